//! The files of the towns' public folders, over HTTP.
//!
//! [`path`] reads what was asked for, [`cache`] finds it (loading it by [`stored`] when it changed), [`answer`]
//! says it, after [`accept`], [`conditional`] and [`range`] have read how it is wanted.

mod accept;
mod answer;
mod body;
mod cache;
mod conditional;
mod names;
mod path;
mod range;
mod stored;
mod towns;

pub(crate) use answer::Files;
pub(crate) use names::is_root_version;
pub(crate) use stored::Content;
pub(crate) use towns::Towns;
