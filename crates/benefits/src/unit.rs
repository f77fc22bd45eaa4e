//! Units of numbers.

/// In what a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Unit {
    /// A plain number.
    Plain,
    /// 人
    People,
    /// 歳
    Years,
    /// か月
    Months,
    /// 日
    Days,
    /// 円
    Yen,
    /// 円/日
    YenPerDay,
    /// 円/月
    YenPerMonth,
    /// 円/年
    YenPerYear,
}
