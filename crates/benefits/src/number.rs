//! Exact numbers: fractions, and the bounds between which an unknown one lies.
//!
//! A yen lost to a float is a wrong answer, so there are none here. Numbers are fractions of 64-bit integers; where one grows
//! beyond that, the bound becomes infinite, which is less than was known but never wrong.

use std::cmp::Ordering;

/// A fraction in lowest terms with a positive denominator; `1/0` and `-1/0` stand for the two infinities.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Ratio {
    n: i64,
    d: i64,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { n: 0, d: 1 };
    /// One.
    pub const ONE: Self = Self { n: 1, d: 1 };
    /// Above every number.
    pub const INFINITE: Self = Self { n: 1, d: 0 };
    /// Below every number.
    pub const MINUS_INFINITE: Self = Self { n: -1, d: 0 };

    /// A whole number.
    #[inline]
    pub const fn whole(n: i64) -> Self {
        Self { n, d: 1 }
    }

    /// `n / d` in lowest terms; `None` when `d` is 0 or a part does not fit in 64 bits.
    pub fn new(n: i128, d: i128) -> Option<Self> {
        if d == 0 {
            return None;
        }
        // By far the most: in 64 bits there is hardware for it.
        if let (Ok(n), Ok(d)) = (i64::try_from(n), i64::try_from(d)) {
            let divisor = small_gcd(n.unsigned_abs(), d.unsigned_abs());
            if let Some(divisor) = i64::try_from(divisor).ok().and_then(|it| it.checked_mul(d.signum())) {
                return Some(Self { n: n.checked_div(divisor)?, d: d.checked_div(divisor)? });
            }
        }
        let divisor = gcd(n.unsigned_abs(), d.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?.checked_mul(d.signum())?;
        Some(Self { n: i64::try_from(n / divisor).ok()?, d: i64::try_from(d / divisor).ok()? })
    }

    /// The numerator (of an infinity: its sign).
    pub const fn numerator(self) -> i64 {
        self.n
    }

    /// The denominator; 0 for the infinities.
    pub const fn denominator(self) -> i64 {
        self.d
    }

    /// Whether it is a number at all.
    #[inline]
    pub const fn is_finite(self) -> bool {
        self.d != 0
    }

    /// The whole number that this is, if it is one.
    pub const fn as_whole(self) -> Option<i64> {
        if self.d == 1 { Some(self.n) } else { None }
    }

    /// `n / d`; when it is too fine for 64 bits, the whole number next to it on the side that `outward` says.
    fn nearest(n: i128, d: i128, outward: Rounding) -> Option<Self> {
        Self::new(n, d).or_else(|| {
            let floor = n.checked_div_euclid(d)?;
            let up = outward == Rounding::Ceil && n.checked_rem_euclid(d)? != 0;
            i64::try_from(floor + i128::from(up)).ok().map(Self::whole)
        })
    }

    #[inline]
    fn add(self, other: Self, outward: Rounding) -> Option<Self> {
        if self.d == 1 && other.d == 1 {
            return Some(Self { n: self.n.checked_add(other.n)?, d: 1 });
        }
        if !self.is_finite() || !other.is_finite() {
            return None;
        }
        let (a, b, c, d) = (i128::from(self.n), i128::from(self.d), i128::from(other.n), i128::from(other.d));
        Self::nearest(a * d + c * b, b * d, outward)
    }

    /// The exact product, if it fits.
    #[inline]
    fn product(self, other: Self) -> Option<Self> {
        if self.d == 1 && other.d == 1 {
            return Some(Self { n: self.n.checked_mul(other.n)?, d: 1 });
        }
        if self.n == 0 || other.n == 0 {
            return Some(Self::ZERO);
        }
        if !self.is_finite() || !other.is_finite() {
            return Some(if (self.n > 0) == (other.n > 0) { Self::INFINITE } else { Self::MINUS_INFINITE });
        }
        Self::new(i128::from(self.n) * i128::from(other.n), i128::from(self.d) * i128::from(other.d))
    }

    fn mul(self, other: Self, outward: Rounding) -> Option<Self> {
        self.product(other).or_else(|| {
            Self::nearest(
                i128::from(self.n) * i128::from(other.n),
                i128::from(self.d) * i128::from(other.d),
                outward,
            )
        })
    }

    fn inverse(self) -> Option<Self> {
        match (self.n, self.d) {
            (_, 0) => Some(Self::ZERO),
            (0, _) => None,
            // In lowest terms it is already.
            (n, d) => Some(Self { n: d.checked_mul(n.signum())?, d: n.checked_abs()? }),
        }
    }

    #[inline]
    fn neg(self) -> Self {
        // i64::MIN never gets in: `new` and the checked operations would have to produce it.
        Self { n: self.n.saturating_neg(), d: self.d }
    }

    /// To a multiple of `unit` (above 0).
    #[inline]
    fn round(self, mode: Rounding, unit: Self, outward: Rounding) -> Option<Self> {
        if !self.is_finite() {
            return Some(self);
        }
        if let (1, Some(d)) = (unit.d, self.d.checked_mul(unit.n)) {
            // How many units: no need of lowest terms to round it.
            let units = Self { n: self.n, d }.round_whole(mode);
            return units.checked_mul(unit.n).map(Self::whole);
        }
        let parts = self.mul(unit.inverse()?, outward)?;
        Self::whole(parts.round_whole(mode)).mul(unit, outward)
    }

    #[inline]
    fn round_whole(self, mode: Rounding) -> i64 {
        if self.d == 1 {
            return self.n;
        }
        let (n, d) = (i128::from(self.n), i128::from(self.d));
        let whole = match mode {
            // By far the most, and it fits as it is.
            Rounding::Floor => return self.n.checked_div_euclid(self.d).unwrap_or(self.n),
            Rounding::Ceil => -((-n).div_euclid(d)),
            Rounding::HalfUp => (2 * n + d).div_euclid(2 * d),
            Rounding::HalfDown => -((-2 * n + d).div_euclid(2 * d)),
        };
        i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
    }
}

impl PartialOrd for Ratio {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.d == other.d && self.d != 0 {
            return self.n.cmp(&other.n);
        }
        // An infinity against anything: compare signs; two of the same sign are the same.
        match (self.d, other.d) {
            (0, 0) => self.n.cmp(&other.n),
            (0, _) => self.n.cmp(&0),
            (_, 0) => 0.cmp(&other.n),
            (a, b) => (i128::from(self.n) * i128::from(b)).cmp(&(i128::from(other.n) * i128::from(a))),
        }
    }
}

impl std::fmt::Display for Ratio {
    /// `48050`, `1/3`; `∞` for what has no bound.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.n, self.d) {
            (1, 0) => f.write_str("∞"),
            (_, 0) => f.write_str("-∞"),
            (n, 1) => write!(f, "{n}"),
            (n, d) => write!(f, "{n}/{d}"),
        }
    }
}

fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// How to round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// 切捨て, towards minus infinity.
    Floor,
    /// 切上げ.
    Ceil,
    /// 四捨五入.
    HalfUp,
    /// 五捨五超入.
    HalfDown,
}

/// A number that lies between two bounds, both included; known when they are one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Interval {
    /// Not below this.
    pub low: Ratio,
    /// Not above this.
    pub high: Ratio,
}

impl Interval {
    /// Any number.
    pub const ANY: Self = Self { low: Ratio::MINUS_INFINITE, high: Ratio::INFINITE };
    /// Nothing.
    pub const ZERO: Self = Self::exactly(Ratio::ZERO);

    /// A known number.
    #[inline]
    pub const fn exactly(value: Ratio) -> Self {
        Self { low: value, high: value }
    }

    /// A known whole number.
    #[inline]
    pub const fn whole(n: i64) -> Self {
        Self::exactly(Ratio::whole(n))
    }

    /// Between two bounds in either order.
    pub fn between(a: Ratio, b: Ratio) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    /// The number, when it is known.
    #[inline]
    pub fn known(self) -> Option<Ratio> {
        (self.low == self.high && self.low.is_finite()).then_some(self.low)
    }

    #[inline]
    fn exact(self) -> Option<Ratio> {
        (self.low == self.high).then_some(self.low)
    }

    /// Both: whatever either may be.
    #[inline]
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Whether `value` is one of these.
    pub fn contains(self, value: Ratio) -> bool {
        self.low <= value && value <= self.high
    }

    /// `self + other`.
    #[inline]
    pub fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.add(other.low, Rounding::Floor).unwrap_or(Ratio::MINUS_INFINITE),
            high: self.high.add(other.high, Rounding::Ceil).unwrap_or(Ratio::INFINITE),
        }
    }

    /// `-self`.
    #[inline]
    pub fn negated(self) -> Self {
        Self { low: self.high.neg(), high: self.low.neg() }
    }

    /// `self - other`.
    #[inline]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// `self × other`.
    #[inline]
    pub fn times(self, other: Self) -> Self {
        if let (Some(a), Some(b)) = (self.exact(), other.exact()) {
            // Known numbers: one product, unless it is too fine.
            if let Some(product) = a.product(b) {
                return Self::exactly(product);
            }
        }
        let corners =
            [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let mut bounds: Option<Self> = None;
        for (a, b) in corners {
            let (Some(low), Some(high)) = (a.mul(b, Rounding::Floor), a.mul(b, Rounding::Ceil)) else {
                return Self::ANY;
            };
            bounds = Some(bounds.map_or(Self { low, high }, |bounds| bounds.hull(Self { low, high })));
        }
        bounds.unwrap_or(Self::ANY)
    }

    /// `self ÷ other`; any number when `other` may be 0.
    pub fn over(self, other: Self) -> Self {
        if other.contains(Ratio::ZERO) {
            return Self::ANY;
        }
        match (other.low.inverse(), other.high.inverse()) {
            (Some(a), Some(b)) => self.times(Self::between(a, b)),
            _ => Self::ANY,
        }
    }

    /// The smaller of the two.
    #[inline]
    pub fn min(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.min(other.high) }
    }

    /// The greater of the two.
    #[inline]
    pub fn max(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    /// Without its sign.
    pub fn abs(self) -> Self {
        let turned = self.negated();
        // Around 0 the smallest is 0, elsewhere one of the ends.
        let low = if self.contains(Ratio::ZERO) { Ratio::ZERO } else { self.low.max(turned.low) };
        Self { low, high: self.high.max(turned.high) }
    }

    /// To multiples of `unit` (above 0).
    #[inline]
    pub fn rounded(self, mode: Rounding, unit: Ratio) -> Self {
        Self {
            low: self.low.round(mode, unit, Rounding::Floor).unwrap_or(Ratio::MINUS_INFINITE),
            high: self.high.round(mode, unit, Rounding::Ceil).unwrap_or(Ratio::INFINITE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio() -> impl Strategy<Value = Ratio> {
        (-5_000_000_000i64..5_000_000_000, 1i64..100)
            .prop_map(|(n, d)| Ratio::new(n.into(), d.into()).unwrap())
    }

    fn bounds() -> impl Strategy<Value = (Interval, Ratio)> {
        (ratio(), ratio(), 0i64..=4).prop_map(|(a, b, at)| {
            let within = Interval::between(a, b);
            // A point of the interval: a quarter, a half, … of the way.
            let span = within.high.add(within.low.neg(), Rounding::Floor).unwrap();
            let part = span.mul(Ratio::new(at.into(), 4).unwrap(), Rounding::Floor).unwrap();
            let way = within.low.add(part, Rounding::Floor);
            (within, way.unwrap())
        })
    }

    proptest! {
        /// What an operation gives for points lies within what it gives for the bounds around them.
        #[test]
        fn operations_keep_every_possible_value((a, x) in bounds(), (b, y) in bounds()) {
            let points = (Interval::exactly(x), Interval::exactly(y));
            for (wide, exact) in [
                (a.plus(b), points.0.plus(points.1)),
                (a.minus(b), points.0.minus(points.1)),
                (a.times(b), points.0.times(points.1)),
                (a.min(b), points.0.min(points.1)),
                (a.max(b), points.0.max(points.1)),
            ] {
                prop_assert!(wide.low <= exact.low && exact.high <= wide.high);
            }
            if y != Ratio::ZERO {
                let (wide, exact) = (a.over(b), points.0.over(points.1));
                prop_assert!(wide.low <= exact.low && exact.high <= wide.high);
            }
            for mode in [Rounding::Floor, Rounding::Ceil, Rounding::HalfUp, Rounding::HalfDown] {
                let unit = Ratio::whole(10);
                let (wide, exact) = (a.rounded(mode, unit), points.0.rounded(mode, unit));
                prop_assert!(wide.low <= exact.low && exact.high <= wide.high);
            }
        }
    }

    #[test]
    fn a_yen_is_not_lost() {
        let income = Interval::whole(20_000_001);
        assert_eq!(income.plus(Interval::ZERO).known(), Some(Ratio::whole(20_000_001)));
        // The partial child rearing allowance of FY2026: 48,050 - floor-to-ten((1,070,000 - 690,000) × 0.0264029 + 10).
        let rate = Interval::exactly(Ratio::new(264_029, 10_000_000).unwrap());
        let cut = Interval::whole(380_000).times(rate).plus(Interval::whole(10));
        assert_eq!(cut.known().unwrap(), Ratio::new(5_021_551, 500).unwrap());
    }

    #[test]
    fn rounding_of_halves_and_of_what_is_below_nothing() {
        let at = |n, d, mode| {
            Interval::exactly(Ratio::new(n, d).unwrap()).rounded(mode, Ratio::ONE).known().unwrap()
        };
        assert_eq!(at(5, 2, Rounding::HalfUp), Ratio::whole(3));
        assert_eq!(at(5, 2, Rounding::HalfDown), Ratio::whole(2));
        assert_eq!(at(-5, 2, Rounding::Floor), Ratio::whole(-3));
        assert_eq!(at(-5, 2, Rounding::Ceil), Ratio::whole(-2));
        assert_eq!(at(51, 20, Rounding::HalfDown), Ratio::whole(3));
    }

    #[test]
    fn what_grows_too_large_becomes_unbounded_and_not_wrong() {
        let large = Interval::whole(i64::MAX / 2);
        let sum = large.plus(large).plus(large);
        assert_eq!(sum.high, Ratio::INFINITE);
        assert_eq!(large.times(large), Interval::ANY);
        // Too fine, and still near.
        let fine = Interval::exactly(Ratio::new(1, 9_999_999_967).unwrap());
        let product = fine.times(fine).plus(Interval::whole(7));
        assert_eq!((product.low, product.high), (Ratio::whole(7), Ratio::whole(8)));
        assert_eq!(Interval::ANY.times(Interval::ZERO), Interval::ZERO);
    }
}
