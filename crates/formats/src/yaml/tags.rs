//! Tags of the core schema, however they are written: `!!int` and `!<tag:yaml.org,2002:int>` are one.

use std::ops::Range;

use isomorph_json::Fault;
use saphyr_parser::Tag;

/// What a tag says that a node is, if it is one of the core schema.
pub fn kind(tag: &Tag) -> Option<String> {
    let name = format!("{}{}", tag.handle, tag.suffix);
    // A verbatim tag may keep its brackets.
    let name = name.trim_start_matches("!<").trim_end_matches('>').trim_start_matches('!');
    name.strip_prefix("tag:yaml.org,2002:").map(str::to_owned)
}

/// What is said of a tag that says what its node is not.
pub fn wrong(kind: &str) -> String {
    format!("the tag `!!{kind}` says what this is not")
}

/// Refuses a list or a mapping whose tag says that it is something else.
pub fn of_collection(tag: Option<&Tag>, is_mapping: bool, origin: &Range<usize>) -> Result<(), Fault> {
    let scalars = ["bool", "float", "int", "null", "str"];
    let others = if is_mapping { ["omap", "pairs", "seq"].as_slice() } else { &["map", "set"] };
    let is_other = |kind: &String| scalars.contains(&kind.as_str()) || others.contains(&kind.as_str());
    let kind = tag.and_then(kind).filter(is_other);
    kind.map_or(Ok(()), |kind| Err(Fault::syntax(origin.clone(), wrong(&kind))))
}
