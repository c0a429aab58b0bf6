//! Proof that one schema accepts whatever another does, keyword by keyword.
//!
//! | file | says |
//! | --- | --- |
//! | `prove` | in which order things are tried |
//! | `memory` | what was proven, and on what it rests: how a recursion is proven |
//! | `settle` | what follows from all that binds what the inner schema accepts (`layers`), by kind: `own`, `objects`, `arrays`, `branches` |
//! | `finite` | where only a few values are accepted |
//! | `strings` | what patterns and lengths say of strings together |
//! | `empty` | where none is |
//! | `in_step` | what stands on both sides |
//! | `elsewhere` | what is left, for those who know nothing of all this: canonical forms and validators |
//! | `ask`, `here` | what the parts ask each other, and see |

mod arrays;
mod ask;
mod branches;
mod elsewhere;
mod empty;
mod finite;
mod here;
mod in_step;
mod layers;
mod memory;
mod objects;
mod own;
mod prove;
mod rest;
mod settle;
mod strings;

pub use prove::Proof;
