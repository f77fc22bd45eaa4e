//! Values as far as they are known: each is the set of what is still possible.

use crate::calendar;
use crate::number::Interval;

/// Yes, no, or not known (Kleene).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Truth {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// It depends on what is not known.
    Unknown,
}

impl Truth {
    /// A known answer.
    #[inline]
    pub const fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// The other answer.
    #[inline]
    pub const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Both.
    #[inline]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// Either.
    #[inline]
    pub const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// Whichever of two.
    #[inline]
    pub fn hull(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }
}

/// A day that lies between two, both included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Days {
    /// Not before.
    pub first: i32,
    /// Not after.
    pub last: i32,
}

impl Days {
    /// Any day.
    pub const ANY: Self = Self { first: calendar::FIRST, last: calendar::LAST };

    /// A known day.
    #[inline]
    pub const fn exactly(day: i32) -> Self {
        Self { first: day, last: day }
    }

    /// The day, when it is known.
    #[inline]
    pub fn known(self) -> Option<i32> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whichever of two.
    #[inline]
    pub fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Through a function that never turns round.
    #[inline]
    pub fn map(self, f: impl Fn(i32) -> i32) -> Self {
        Self { first: f(self.first), last: f(self.last) }
    }
}

/// Members of a small set: what is certainly in, and what may be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Members {
    /// Certainly in.
    pub must: u64,
    /// In or perhaps in: includes `must`.
    pub may: u64,
}

/// A value of any type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// A number in the unit of its type.
    Number(Interval),
    /// A day.
    Date(Days),
    /// Yes or no.
    Bool(Truth),
    /// One word of a choice: a bit for each that is still possible.
    Choice(u64),
    /// Some words of a choice, or some people.
    Set(Members),
    /// A text, by its number in the rules' list of texts; `None` when not known.
    Text(Option<u32>),
    /// One person of the household: a bit for each that is possible, [`NOBODY`] for none of them.
    Person(u64),
}

/// The bit of a [`Value::Person`] that says: none of the household.
pub const NOBODY: u64 = 1 << 63;

impl Value {
    /// Whether only one value is possible.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Number(n) => n.known().is_some(),
            Self::Date(d) => d.known().is_some(),
            Self::Bool(t) => *t != Truth::Unknown,
            Self::Choice(bits) | Self::Person(bits) => bits.count_ones() <= 1,
            Self::Set(members) => members.must == members.may,
            Self::Text(text) => text.is_some(),
        }
    }

    /// Whatever either may be. Two values of different types do not meet in checked rules.
    #[inline]
    pub fn hull(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a.hull(b)),
            (Self::Date(a), Self::Date(b)) => Self::Date(a.hull(b)),
            (Self::Bool(a), Self::Bool(b)) => Self::Bool(a.hull(b)),
            (Self::Choice(a), Self::Choice(b)) => Self::Choice(a | b),
            (Self::Person(a), Self::Person(b)) => Self::Person(a | b),
            (Self::Set(a), Self::Set(b)) => Self::Set(Members { must: a.must & b.must, may: a.may | b.may }),
            (Self::Text(a), Self::Text(b)) => Self::Text(if a == b { a } else { None }),
            (a, _) => a,
        }
    }

    /// Whether everything that `other` may be, this may be too.
    pub fn covers(&self, other: &Self) -> bool {
        self.hull(*other) == *self
    }
}
