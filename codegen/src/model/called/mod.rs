//! What types and variants are called, once the whole model is known. Whoever clashes gives way, all of them, so that no
//! name depends on the order of keys.

mod branches;
mod candidates;
mod class_names;
mod equal;
mod groups;
mod joined;
mod locked;
mod name;
mod places;
mod settle;
mod share;
mod singular;
mod suggestion;
mod titles;
mod top;
mod variants;
mod words;

pub use locked::{Locked, beside, lock};
pub use name::{Given, name};
pub use titles::of_document;
