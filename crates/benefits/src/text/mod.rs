//! From the characters of a file to lines of tokens that know how they are nested.

pub(crate) mod lines;
pub(crate) mod tokens;
pub(crate) mod words;
