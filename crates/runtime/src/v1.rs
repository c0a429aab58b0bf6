//! What generated code calls. What stands here stays as it is: code that was generated once compiles with every later
//! version of this crate.
//!
//! Generated code says what its types are in declarations, one for each type, and this crate makes implementations of
//! them. A type has one of these, and after it, where there is more to check than its parts say, a
//! `check |value| { … }` over the typed value, a `holds { … }` with a [`Condition`](condition::Condition) on it, or a
//! `guard DOCUMENTS 0 "/pointer"`, by which a validator of that schema checks what neither says.
//!
//! | declaration | what it says |
//! | --- | --- |
//! | `object! { Type { 0 field: required "name", … .. } }` | a struct: each field by number, and whether it is `required`, `optional` or `default`; behind them `..` where others are passed over, `..rest` where they are kept, nothing where they are refused; `tag required "kind" = "cat"` before them for a property that no field holds; `* map: starting "x-"` for those of such names |
//! | `names! { Type { Variant = "name", … } }` | an enum of strings; `Type or Unknown` here and in the next two where a variant keeps what is of no other |
//! | `literals! { Type { Variant = "JSON", … } }` | an enum of any values, by their texts |
//! | `union! { Type: AnyOf { 0 Variant: OBJECT \| NULL; … } }` | an enum of branches, each with the JSON types that it may have; `OneOf` where a value of two is refused, `by "tag"` where a property tells them apart, `trying [1, 0]` where branches are tried in another order; a variant with fields, of a tuple, of strings, or in a property, as [`union`] has it |
//! | `newtype! { Type (inner) … }` | a struct around one value |
//! | `validate! { Type … }` | that types say whether a value, as it stands, would be accepted (feature `value`) |
//! | `adapter! { Name: Type = module }` | that a type that is not ours is read and written by two functions: see [`via`], and `as (Adapter)` behind a field, a variant or a newtype |
//! | `conditions! { NAME = Condition; … }` | conditions that others ask for by their names |
//! | `from! { Type { Variant: Inner, … } }` | that an enum is made from what its variants are around |
//! | `carried! { Type inline "Name" from DOCUMENTS 0 "/pointer" }` | whose schema is an embedded copy; `without ["title"]` where it stands for places of which not all have that |
//! | `schema! { every { plain; } a_type { title: "T"; … } }` | what the sources of types say beyond the derive: see [`schema!`](crate::schema) |
//! | `document! { Type in "$defs" … }` | that the type stands for a whole document; `Type said "JSON" in …` where the document refers to it and says nothing else, `fn name said …` where it says nothing but definitions |
//! | `written_beside_numbers! { Type, … }` | what stands in tuples beside numbers, which [`write_numbers`] writes |
//! | `held! { openapi 4 in "definitions" { Type = "Name": "/fragment", … } … }` | that the types stand for schemas that a document of another kind holds |

#[cfg(feature = "value")]
pub use crate::adapter;
pub use crate::check;
pub use crate::condition;
pub use crate::embedded;
#[cfg(feature = "guard")]
pub use crate::guard;
pub use crate::pattern::{Pattern, Run};
pub use crate::via;
pub use crate::write_numbers;
#[cfg(feature = "schemars")]
pub use crate::{carried, document, held, schema};
pub use crate::{conditions, from, names, newtype, object, validate, written_beside_numbers};
#[cfg(feature = "value")]
pub use crate::{literals, union};

/// What this version knows of the declarations: it grows with each thing that generated code may say.
pub const REVISION: u32 = 13;

/// Holds generated code to a version of this crate that knows what it says; for a constant, so that the compiler does.
///
/// # Panics
///
/// If this version is too old.
pub const fn needs(revision: u32) {
    assert!(
        revision <= REVISION,
        "this code was generated for a newer isomorph-runtime: run `cargo update -p isomorph-runtime`, or generate it \
         again with an older `isomorph`"
    );
}

#[cfg(test)]
mod tests {
    use super::{REVISION, needs};

    const _: () = needs(2);

    #[test]
    #[should_panic(expected = "cargo update -p isomorph-runtime")]
    fn code_for_a_newer_version_is_told_what_to_do() {
        needs(REVISION + 1);
    }
}
