//! Who is bound where a formula stands, and a function's arguments.

use crate::compile::MAX_PEOPLE_BOUND;
use crate::value::Value;

/// People by how deep they are bound, and arguments: a value each, or a column of many households.
pub(crate) struct Frame<'a, T = Value> {
    people: [u8; MAX_PEOPLE_BOUND],
    arguments: &'a [T],
}

// Not derived: a frame is copied whatever its arguments are.
impl<T> Clone for Frame<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Frame<'_, T> {}

impl<'a, T> Frame<'a, T> {
    /// Nobody bound.
    pub const NOBODY: Self = Self { people: [0; MAX_PEOPLE_BOUND], arguments: &[] };

    /// One person as `self`.
    pub fn of(person: usize) -> Self {
        Self::NOBODY.with(0, person)
    }

    /// A function's frame: nobody is bound in it yet.
    pub fn call(arguments: &'a [T]) -> Self {
        Self { arguments, ..Self::NOBODY }
    }

    pub fn with(mut self, level: u8, person: usize) -> Self {
        if let Some(bound) = self.people.get_mut(usize::from(level)) {
            *bound = u8::try_from(person).unwrap_or(u8::MAX);
        }
        self
    }

    #[inline]
    pub fn person(&self, level: u8) -> usize {
        self.people.get(usize::from(level)).map_or(0, |p| usize::from(*p))
    }

    pub fn argument(&self, number: u16) -> Option<&'a T> {
        self.arguments.get(usize::from(number))
    }
}
