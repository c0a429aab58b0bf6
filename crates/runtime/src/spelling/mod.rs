//! Spellings: from schemars' way of writing a schema to the source's way.
//!
//! A spelling rewrites what the derive said and never says it anew: on a type that lost a field,
//! an `Option` or a variant it yields another schema than the source's, and the round trip fails.

mod beside;
mod constant;
mod default;
mod description;
mod here;
mod null;
mod number;
mod object;
mod part;
mod parts;
mod place;
mod union;

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::Value;

use number::has_range;

pub use beside::{beside, listed_beside, tag_beside};
pub use constant::{
    all_typed, also_typed, constant, enum_as_constants, enumerated, is_ruled_out, listed, listed_in,
    literals, null_constant, numeric, ruled_out, type_listed, typed, untyped, with_integers,
};
pub use default::default_as;
pub use description::{described, is_hidden, markdown, plain_descriptions, titled, undescribed, unescaped};
pub use here::stands_here;
pub use null::{
    absent_not_null, any_of_null, any_of_null_here, not_null, null_among, one_of_null, undefaulted_not_null,
};
pub use number::{above, below, ends, fractions, ranged, unbounded};
pub use object::{
    also_patterned, optional_tag, pattern_properties, property_titles, required, tag, undeclared,
};
pub use part::{Part, Step};
pub(crate) use parts::with_parts;
pub use parts::{
    Elsewhere, Mention, OnePart, closed_at_last, closed_elsewhere, mention, mentions, parts, parts_digest,
};
pub use place::{all_of, alone_in, braces, in_order, one_of_all, refer, refer_by, terse};
pub use union::{
    any_of, closed_tuple, conditional, item_list, merged, one_of, only, or_other, selected, type_bound_by,
};

/// How pydantic writes: no number formats, `anyOf` for nullables, titles made from names; and descriptions as they are.
pub fn pydantic(schema: &mut Schema) {
    plain_descriptions(schema);
    bare_numbers(schema);
    any_of_null(schema);
    property_titles(schema);
}

/// How people write: no number formats, and no `null` for what may be absent; and descriptions as they are.
pub fn plain(schema: &mut Schema) {
    plain_descriptions(schema);
    bare_numbers(schema);
    absent_not_null(schema);
}

/// [`plain`], but what has a default keeps its `null`.
pub fn plain_keeping_null(schema: &mut Schema) {
    plain_descriptions(schema);
    bare_numbers(schema);
    undefaulted_not_null(schema);
}

/// `{"type": "integer", "format": "int64"}` → `{"type": "integer"}`, at every depth.
pub fn bare_numbers(schema: &mut Schema) {
    bare(schema);
    transform_subschemas(&mut bare_numbers, schema);
}

/// [`bare_numbers`], here and no deeper.
pub fn bare(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if matches!(format, "int64" | "uint64" | "double") || has_range(schema, format) {
        schema.remove("format");
    }
}

/// A value from its text; null from one that is not JSON.
pub fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
