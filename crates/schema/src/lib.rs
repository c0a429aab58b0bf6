//! JSON Schemas as documents: read, linked, and gone through. It knows no Rust type, and fetches nothing.
//!
//! | file | job |
//! | --- | --- |
//! | `load` | bytes to a document: strict JSON that is a valid schema of a known dialect |
//! | `opening` | documents that hold schemas, opened; and objects that are no schemas, refused |
//! | `resolve` | where references lead, by the rules and the code of the validator |
//! | `keywords` | which keywords a dialect has, which instances they bind, and which schemas they hold |
//! | `subschemas`, `live`, `loops` | the schemas inside schemas; those in force; those that bind an instance by binding it |
//! | `holders` | documents that hold schemas and are none |
//! | `bundle` | a schema and all that it refers to, as one |
//! | `files`, `linked` | schemas in files, with what they refer to; with something in the place of what is not here |
//! | `setting` | settings of a few values, with the words for them |
//! | `configuration` | which schemas a manifest names, and what is held against them |
//! | `validate` | validators of schemas in documents |

#![warn(missing_docs)]

mod bundle;
mod configuration;
mod dialect;
mod error;
mod files;
pub mod holders;
mod keywords;
mod linked;
pub mod live;
mod load;
mod location;
pub mod loops;
mod opening;
mod place;
mod resolve;
mod setting;
mod subschemas;
mod types;
mod unresolved;
mod validate;

pub use bundle::{Bundle, Bundler, subschemas};
pub use configuration::Configuration;
pub use dialect::Dialect;
pub use error::Error;
pub use files::Files;
pub use keywords::{DEFINITIONS, Holds, binds, binds_in, bound_by, held_by, is_foreign};
pub use linked::linked;
pub use load::{Document, Source, parse_all, uri_of, validate_all};
pub use location::Location;
pub use opening::{Opening, load, opened};
pub use place::Place;
pub use resolve::{Resolver, Target, missing};
pub use setting::{Setting, Word};
pub use subschemas::{Inner, inside, inside_any, inside_keywords};
pub use types::Types;
pub use unresolved::Unresolved;
pub use validate::{validates_all, validator, validator_at, validator_of};
