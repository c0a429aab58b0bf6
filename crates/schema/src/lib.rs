//! JSON Schemas as documents: read, linked, and gone through. It knows no Rust type, and fetches nothing.
//!
//! | file | job |
//! | --- | --- |
//! | `source`, `written_in`, `document`, `place` | a file as it was read; the schema in it; the places there |
//! | `strict` | JSON in which no key comes twice |
//! | `load` | bytes to documents: JSON, YAML or TOML that is a valid schema of a known dialect |
//! | `opening` | documents that hold schemas, opened; and objects that are no schemas, refused |
//! | `resolve`, `astray` | where references lead, by the rules and the code of the validator |
//! | `keywords` | which keywords a dialect has, which instances they bind, and which schemas they hold |
//! | `listed` | the values that a schema lists |
//! | `ways` | where schemas stand, told where it is asked for |
//! | `subschemas`, `live`, `loops` | the schemas inside schemas; those in force; those that bind an instance by binding it |
//! | `inherit` | files in the dialect of the documents that refer to them |
//! | `holders` | documents that hold schemas and are none |
//! | `bundle`, `overridden` | a schema and all that it refers to, as one; dynamic references that nothing can override |
//! | `store`, `disk`, `memory` | where files come from |
//! | `files`, `set` | the schemas that are named; all documents that belong to them |
//! | `selection`, `root` | what a name stands for; the folder that references stay in, and its URIs |
//! | `reading`, `gather`, `find` | from what is named to all that it refers to; the file that a URI means |
//! | `mapped` | the files that URIs say, or are mapped to |
//! | `no_uri` | identifiers and references that are no URIs |
//! | `missing`, `misspelt`, `note` | what is not here, keywords that are none, and what is worth a line, in words |
//! | `meta_schema` | the meta-schemas as schemas, and what they say of one that is not valid |
//! | `lock` | the documents that were fetched, and the files that hold them; names that types keep |
//! | `linked` | the documents with something in the place of what is not here |
//! | `setting` | settings of a few values, with the words for them |
//! | `configuration`, `configured_text`, `held_against` | which schemas a manifest or `isomorph.toml` names, and what is held against them |
//! | `validate`, `patterns` | validators of schemas in documents; patterns that keep one from being built |

#![warn(missing_docs)]

mod astray;
mod bundle;
mod configuration;
mod configured_text;
mod dialect;
mod disk;
mod document;
mod error;
mod files;
mod find;
mod gather;
mod held_against;
pub mod holders;
mod inherit;
mod keywords;
mod linked;
mod listed;
pub mod live;
mod load;
mod location;
mod lock;
pub mod loops;
mod mapped;
mod meant;
mod memory;
mod meta_schema;
mod missing;
mod misspelt;
mod no_uri;
mod note;
mod opening;
mod overridden;
mod patterns;
mod place;
mod places;
mod reading;
mod resolve;
mod root;
mod schema_texts;
mod selection;
mod set;
mod setting;
mod source;
mod store;
mod strict;
mod subschemas;
mod types;
mod unresolved;
mod validate;
mod ways;
mod written_in;

pub use bundle::{Bundle, Bundler, subschemas};
pub use configuration::Configuration;
pub use configured_text::{ConfiguredText, instead};
pub use dialect::Dialect;
pub use disk::Disk;
pub use document::Document;
pub use error::{Error, Flaw};
pub use files::Files;
pub use held_against::HeldAgainst;
pub use keywords::{DEFINITIONS, Holds, binds, binds_in, bound_by, held_by, is_foreign};
pub use linked::linked;
pub use listed::{listed, only_value};
pub use load::{parse_all, validate_all};
pub use location::Location;
pub use lock::{Lock, Locked, LockedName, stays_inside};
pub use mapped::{mapped, of_file_uri};
pub use memory::Memory;
pub use meta_schema::meta_schema;
pub use missing::{Hint, Missing};
pub use note::Note;
pub use opening::{Opening, load, opened};
pub use patterns::{loose_patterns, refused_patterns};
pub use place::{Place, Spot, marked};
pub use resolve::{Resolver, Target};
pub use root::{normal, path_of, uri_of};
pub use schema_texts::schema_texts;
pub use selection::{Selection, files_below, is_glob, is_schema_file, named_start, plain_start};
pub use set::Set;
pub use setting::{Setting, Word};
pub use source::Source;
pub use store::{Kind, Store};
pub use subschemas::{Inner, Key, inside, inside_any, inside_keywords};
pub use types::Types;
pub use unresolved::Unresolved;
pub use validate::{validates_all, validator, validator_at, validator_of, validator_with};
