//! From what the derive says to what the source says: the spellings that lead there.

use std::collections::BTreeSet;

use isomorph_json::Pointer;
use schemars::Schema;
use serde_json::{Map, Value, json};

use isomorph_runtime::spelling::{self, type_bound_by};

use super::asserted::{self, Asserted};
use super::beside;
use super::bounds;
use super::entry::{Saying, say};
use super::here;
use super::listed;
use super::only;
use super::order::order;
use super::selected;
use super::spelling::{Simple, Spelling, Standing};
use super::structure::{
    asserts_beside, is_applicator, is_closed_at_last, is_closed_elsewhere, is_schema, is_structure, is_wordy,
    no_form_says, says_nothing,
};
use super::whole::{is_branch, is_of_parts};
use crate::model::{Reason, stands_beside};

/// What a fit may rely on.
pub struct Allowed<'a> {
    /// What of the outermost schema a validator checks beside the shape.
    pub guarded: &'a [Reason],
    /// The type to which a reference of the source leads, if it can be mentioned.
    pub target: &'a dyn Fn(&str) -> Option<String>,
    /// Whether two references lead to the same schema: the derive's, and the source's.
    pub same: &'a dyn Fn(&str, &str) -> bool,
    /// What the derive writes for the whole of a document where that is not what it is asked for.
    pub other_name: &'a dyn Fn(&str) -> Option<String>,
    /// The same, if the schema there says of no part of a value what it is.
    pub asserts: &'a dyn Fn(&str) -> Option<String>,
    /// What stands where the derive refers to it, by that reference.
    pub standing: &'a dyn Fn(&str) -> Option<Standing>,
    /// Whether what stands beside a reference means nothing.
    pub reference_stands_alone: bool,
}

/// What brings `said` as close to `source` as can be, with its places, in the order in which it works.
pub fn fit(said: &mut Value, source: &Value, allowed: &Allowed) -> Vec<(Pointer, Saying)> {
    let mut fit = Fit { allowed, sayings: Vec::new() };
    fit.schema(said, source, &Pointer::root());
    fit.sayings
}

struct Fit<'a> {
    allowed: &'a Allowed<'a>,
    sayings: Vec<(Pointer, Saying)>,
}

/// More rewriting than any schema needs.
const MOST_STEPS: usize = 40;

impl Fit<'_> {
    fn schema(&mut self, said: &mut Value, source: &Value, at: &Pointer) {
        for _ in 0..MOST_STEPS {
            if said == source {
                return;
            }
            // Only what is changed is copied: most of what is said is as the source says it.
            if let Some(spelling) = self.next(said, source) {
                let before = said.clone();
                self.take(said, Saying::Spelled(spelling), at);
                if *said == before {
                    self.sayings.pop();
                    break;
                }
            } else if let Some((index, keyword, value)) = for_a_branch(said, source) {
                let at = at.join("anyOf").join(index);
                self.take(&mut said["anyOf"][index], Saying::Keyword(keyword, value), &at);
            } else {
                break;
            }
        }
        self.inside(said, source, at);
        let asserted = self.asserted(said, source, at);
        for (keyword, value) in self.missing(said, source, at) {
            self.take(said, Saying::Keyword(keyword, value), at);
        }
        for Asserted { keyword, value, mentions } in asserted {
            self.take(said, Saying::Keyword(keyword, value), at);
            self.take(said, Saying::Spelled(Spelling::Mentions(mentions)), at);
        }
    }

    /// Says something of what is said at a place.
    fn take(&mut self, said: &mut Value, saying: Saying, at: &Pointer) {
        if is_schema(said) {
            *said = say(std::mem::take(said), [&saying]);
        }
        self.sayings.push((at.clone(), saying));
    }

    /// The next step from a schema to its source.
    fn next(&self, said: &Value, source: &Value) -> Option<Spelling> {
        let Value::Object(source) = source else { return None };
        let Value::Object(said) = said else {
            return (*said == Value::Bool(true)).then_some(Simple::Braces.into());
        };
        let simple = |is_next: bool, simple: Simple| is_next.then_some(Spelling::from(simple));
        let (has, has_said) = (|k: &str| source.contains_key(k), |k: &str| said.contains_key(k));
        None.or_else(|| self.reference(said, source))
            .or_else(|| simple(bounds::are_ranged(said, source), Simple::Ranged))
            .or_else(|| bounds::next(said, source))
            .or_else(|| selected::next(said, source))
            .or_else(|| simple(is_bare(said, source), Simple::Bare))
            .or_else(|| simple(bounds::are_fractions(said, source), Simple::Fractions))
            .or_else(|| only::of_all(said, source))
            .or_else(|| only::of_union(said, source))
            .or_else(|| null(said, source))
            .or_else(|| simple(has("const") && !has("enum") && has_one_value(said), Simple::Constant))
            .or_else(|| simple(has("enum") && !has("const") && has_said("const"), Simple::Enumerated))
            .or_else(|| undeclared(said, source))
            .or_else(|| simple(listed::lists_what_is_told(said, source), Simple::Listed))
            .or_else(|| listed::in_branches(said, source))
            .or_else(|| simple(listed::lists_strings(said, source), Simple::EnumAsConstants))
            // What binds one branch of an open union goes into that first.
            .or_else(|| {
                let is_other = !has("anyOf") && has_other(said);
                simple(is_other && for_a_branch_of(said, source).is_none(), Simple::OrOther)
            })
            .or_else(|| {
                let is_of_two = said.get("anyOf").and_then(Value::as_array).is_some_and(|all| all.len() == 2);
                let means_one = has("then") && has("else") && !has("anyOf") && !has("oneOf");
                simple(is_of_two && means_one, Simple::Conditional)
            })
            .or_else(|| simple(has_said("anyOf") && merges(said, source), Simple::Merged))
            .or_else(|| simple(is_wordy(said, source), Simple::Terse))
            .or_else(|| simple(is_closed_at_last(said, source), Simple::ClosedAtLast))
            .or_else(|| simple(is_closed_elsewhere(said, source), Simple::ClosedElsewhere))
            .or_else(|| beside::next(said, source))
            .or_else(|| simple(has("oneOf") && has_said("anyOf") && !has_said("oneOf"), Simple::OneOf))
            .or_else(|| simple(has("anyOf") && has_said("oneOf") && !has_said("anyOf"), Simple::AnyOf))
            .or_else(|| listed::typed(said, source))
            .or_else(|| simple(listed::is_numeric(said, source), Simple::Numeric))
            .or_else(|| simple(listed::has_integers_too(said, source), Simple::WithIntegers))
            .or_else(|| simple(listed::is_null_constant(said, source), Simple::NullConstant))
            .or_else(|| listed::ruled_out(said, source))
            .or_else(|| listed::also_typed(said, source))
            .or_else(|| pattern(said, source))
            .or_else(|| tuple(said, source))
            .or_else(|| simple(!has("type") && has_said("type"), Simple::Untyped))
            .or_else(|| simple(listed::lists_one_type(said, source), Simple::TypeListed))
            .or_else(|| order(said, source))
            .or_else(|| default_as(said, source))
            .or_else(|| description(said, source))
            .or_else(|| required(said, source))
    }

    fn reference(&self, said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
        let from = said.get("$ref")?.as_str()?;
        let Some(to) = source.get("$ref") else {
            for keyword in ["$dynamicRef", "$recursiveRef"] {
                let to = source.get(keyword).and_then(Value::as_str);
                if let Some(to) = to.filter(|to| from == *to || (self.allowed.same)(from, to)) {
                    let other = (self.allowed.other_name)(from);
                    let from = std::iter::once(from.to_owned()).chain(other).collect();
                    return Some(Spelling::ReferBy(keyword, to.to_owned(), from));
                }
            }
            return here::next(source, (self.allowed.standing)(from)?);
        };
        let to = to.as_str()?;
        let differ = from != to && (self.allowed.same)(from, to);
        differ.then(|| Spelling::Refer(from.to_owned(), to.to_owned()))
    }

    /// The same for the subschemas that both have.
    fn inside(&mut self, said: &mut Value, source: &Value, at: &Pointer) {
        const ONE: [&str; 3] = ["items", "additionalProperties", "additionalItems"];
        const MANY: [&str; 7] =
            ["properties", "patternProperties", "anyOf", "oneOf", "allOf", "prefixItems", "items"];
        let (Value::Object(said), Value::Object(source)) = (said, source) else { return };
        for keyword in ONE {
            if let (Some(said), Some(source)) = (said.get_mut(keyword), source.get(keyword))
                && is_schema(said)
            {
                self.schema(said, source, &at.join(keyword));
            }
        }
        for keyword in MANY {
            let at = at.join(keyword);
            match (said.get_mut(keyword), source.get(keyword)) {
                (Some(Value::Object(said)), Some(Value::Object(source))) if keyword != "items" => {
                    for (name, said) in said {
                        if let Some(source) = source.get(name) {
                            self.schema(said, source, &at.join(name));
                        }
                    }
                }
                (Some(Value::Array(said)), Some(Value::Array(source))) => {
                    for (index, (said, source)) in said.iter_mut().zip(source).enumerate() {
                        self.schema(said, source, &at.join(index));
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a validator checks a keyword at a place that binds the whole value.
    fn is_guarded(&self, keyword: &str, at: &Pointer) -> bool {
        is_of_parts(at) && self.allowed.guarded.iter().any(|reason| reason.is(keyword))
    }

    /// What a validator checks of scalars by schemas that stand elsewhere.
    fn asserted(&self, said: &Value, source: &Value, at: &Pointer) -> Vec<Asserted> {
        let is_guarded = |keyword: &str| self.is_guarded(keyword, at) && no_form_says(keyword);
        let mut all = asserted::of_scalars(said, source, &is_guarded, self.allowed.target);
        if is_of_parts(at) && !self.allowed.reference_stands_alone {
            all.extend(asserted::of_object(said, source, self.allowed.asserts));
        }
        all
    }

    /// The keywords of the source that no shape says, in order: theirs in the source means nothing, and is
    /// not to show.
    fn missing(&self, said: &Value, source: &Value, at: &Pointer) -> Vec<(String, Value)> {
        let Value::Object(source) = source else { return Vec::new() };
        let is_guarded = |keyword: &String| self.is_guarded(keyword, at);
        let means_nothing = self.allowed.reference_stands_alone
            && source.contains_key("$ref")
            && said.get("$ref") == source.get("$ref");
        let is_beside = |keyword: &String, value: &Value| {
            means_nothing
                || stands_beside(keyword)
                || says_nothing(keyword, value)
                || binds_others(keyword, said)
                || (is_guarded(keyword) && no_form_says(keyword) && !is_structure(keyword, value))
        };
        let has_said = |keyword: &str| said.get(keyword).is_some();
        let is_union = has_said("anyOf") || has_said("oneOf");
        // The branches or the target say it as well.
        let repeats = |keyword: &str| match keyword {
            "type" => is_union || has_said("allOf") || has_said("$ref"),
            "required" => is_union && !has_said("properties"),
            _ => false,
        };
        // What of an object is in no other part may be nothing.
        let is_empty_part = |keyword: &str, value: &Value| {
            keyword == "type" && value == "object" && *said == json!({}) && is_of_parts(at)
        };
        let closes = |keyword: &String, value: &Value| {
            // serde closes all variants of an enum or none.
            let is_known = has_said("patternProperties") || has_said("properties") && is_branch(at);
            (is_known && keyword == "additionalProperties" && *value == false)
                || repeats(keyword)
                || is_empty_part(keyword, value)
                || (is_applicator(keyword) && !has_said(keyword) && asserts_beside(value))
        };
        let mut missing: Vec<_> = source
            .iter()
            // What the derive says is never said anew: that would be a copy of the source.
            .filter(|(keyword, _)| !has_said(keyword))
            .filter(|(keyword, value)| is_beside(keyword, value) || closes(keyword, value))
            .map(|(keyword, value)| (keyword.clone(), value.clone()))
            .collect();
        missing.sort_by(|a, b| a.0.cmp(&b.0));
        missing
    }
}

fn is_bare(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    said.contains_key("format") && said.get("format") != source.get("format") && changes(said, spelling::bare)
}

fn changes(said: &Map<String, Value>, spelling: fn(&mut Schema)) -> bool {
    let mut changed = Schema::from(said.clone());
    spelling(&mut changed);
    changed.as_object() != Some(said)
}

/// Whether the last branch is for values of any other type.
pub fn has_other(said: &Map<String, Value>) -> bool {
    let branches = said.get("anyOf").and_then(Value::as_array);
    branches.is_some_and(|branches| branches.last() == Some(&Value::Bool(true)))
}

/// A keyword that is said beside the branches of a union, and binds values of one of them: there, it tells
/// which.
fn for_a_branch(said: &Value, source: &Value) -> Option<(usize, String, Value)> {
    for_a_branch_of(said.as_object()?, source.as_object()?)
}

fn for_a_branch_of(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<(usize, String, Value)> {
    let branches = said.get("anyOf").and_then(Value::as_array).filter(|_| has_other(said))?;
    source.iter().find_map(|(keyword, value)| {
        let bound = type_bound_by(keyword).filter(|_| !said.contains_key(keyword))?;
        let is_bound = |branch: &Value| branch.get("type").is_some_and(|name| name == bound);
        let index = branches.iter().position(|branch| is_bound(branch) && branch.get(keyword).is_none())?;
        Some((index, keyword.clone(), value.clone()))
    })
}

fn has_one_value(said: &Map<String, Value>) -> bool {
    said.get("enum").and_then(Value::as_array).is_some_and(|values| values.len() == 1)
}

/// Whether a keyword binds no values of the types that are said.
fn binds_others(keyword: &str, said: &Value) -> bool {
    let Some(named) = said.get("type") else { return false };
    let is_named =
        |name: &str| named.as_array().map_or(named == name, |names| names.iter().any(|one| one == name));
    type_bound_by(keyword).is_some_and(|bound| !(is_named(bound) || bound == "number" && is_named("integer")))
}

fn merges(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let branches = said.get("anyOf").and_then(Value::as_array);
    source.get("type").is_none_or(Value::is_array)
        && !source.contains_key("anyOf")
        && !source.contains_key("oneOf")
        && branches.is_some_and(|branches| branches.iter().all(|branch| branch.get("type").is_some()))
}

/// `null` beside a type, as the source writes it.
fn null(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|name| name == "null");
    let branches = |schema: &Map<String, Value>, keyword: &str| {
        let branches = schema.get(keyword).and_then(Value::as_array);
        branches.is_some_and(|branches| branches.len() == 2 && branches.iter().any(is_null))
    };
    let listed = |schema: &Map<String, Value>| {
        let types = schema.get("type").and_then(Value::as_array);
        types.is_some_and(|types| types.iter().any(|name| name == "null"))
    };
    let valued = |schema: &Map<String, Value>| {
        let values = schema.get("enum").and_then(Value::as_array);
        values.is_some_and(|values| values.contains(&Value::Null))
    };
    let among = |schema: &Map<String, Value>| {
        let mut unions = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
        unions.any(|branches| branches.len() > 2 && branches.iter().any(is_null))
    };
    let said_inside = said.get("anyOf").and_then(|branches| branches.get(0)?.as_object());
    let said_null = listed(said) || branches(said, "anyOf") || (valued(said) && !said.contains_key("type"));
    // What the source names and does not list is said by the list alone.
    let listed_source = listed(source) && (valued(source) || !valued(said));
    let spelling = if listed(said) && branches(source, "anyOf") {
        Simple::AnyOfNull
    } else if branches(said, "anyOf") && among(source) && said_inside.is_some_and(|inside| !among(inside)) {
        Simple::NullAmong
    } else if said_null && branches(source, "oneOf") {
        Simple::OneOfNull
    } else if said_null && !listed_source && !valued(source) && !branches(source, "anyOf") {
        Simple::NotNull
    } else {
        return None;
    };
    Some(Spelling::Simple(spelling))
}

fn pattern(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let patterns = source.get("patternProperties")?.as_object().filter(|patterns| patterns.len() == 1)?;
    let is_map = said.get("additionalProperties").is_some_and(|values| *values != false);
    let (pattern, values) =
        patterns.iter().next().filter(|_| is_map && !said.contains_key("patternProperties"))?;
    let is_both = source.get("additionalProperties") == Some(values);
    let spelling = if is_both { Spelling::AlsoPatterned } else { Spelling::PatternProperties };
    Some(spelling(pattern.clone()))
}

fn undeclared(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let declared =
        |name: &String| source.get("properties").is_some_and(|declared| declared.get(name).is_some());
    let mut anything = said.get("properties")?.as_object()?.iter().filter(|(_, schema)| **schema == true);
    let (name, _) = anything.find(|(name, _)| !declared(name))?;
    Some(Spelling::Undeclared(name.clone()))
}

fn tuple(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    if !said.contains_key("prefixItems") {
        return None;
    }
    let closes =
        |keyword: &str| source.get(keyword) == Some(&Value::Bool(false)) && !said.contains_key(keyword);
    if closes("items") {
        Some(Spelling::ClosedTuple("items"))
    } else if closes("additionalItems") {
        Some(Spelling::ClosedTuple("additionalItems"))
    } else {
        let is_list = source.get("items").is_some_and(Value::is_array) && !source.contains_key("prefixItems");
        is_list.then_some(Spelling::Simple(Simple::ItemList))
    }
}

/// What must be there, where that is not what the derive lists.
fn required(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let names = |schema: &Map<String, Value>| -> Option<BTreeSet<String>> {
        let names = schema.get("required")?.as_array()?.iter();
        Some(names.filter_map(Value::as_str).map(ToOwned::to_owned).collect())
    };
    let (found, wanted) = (names(said).unwrap_or_default(), names(source)?);
    let differ = said.contains_key("properties") && found != wanted;
    differ.then(|| Spelling::Required(wanted.into_iter().collect()))
}

/// How a default is written, if the source writes it otherwise.
fn default_as(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let (said, wanted) = (said.get("default")?, source.get("default")?);
    (said != wanted).then(|| Spelling::DefaultAs(wanted.clone()))
}

/// How a description is laid out, if the source does it otherwise; and whether there is none.
fn description(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let is_told = |keyword: &str| source.get("description").is_none() && !said.contains_key(keyword);
    let (text, said) = (|keyword: &str| source.get(keyword)?.as_str(), said.get("description")?.as_str()?);
    for (keyword, spelling) in [("markdownDescription", Simple::Markdown), ("title", Simple::Titled)] {
        let Some(wanted) = text(keyword).filter(|_| is_told(keyword)) else { continue };
        if said == wanted {
            return Some(spelling.into());
        }
        let laid_out = Spelling::Described(wanted.to_owned());
        let mut out = Schema::from(Map::from_iter([("description".to_owned(), Value::from(said))]));
        laid_out.apply(&mut out);
        if out.get("description").is_some_and(|out| out == wanted) {
            return Some(laid_out);
        }
    }
    match source.get("description") {
        None => Some(Simple::Undescribed.into()),
        Some(Value::String(text)) if text.is_empty() => Some(Simple::Undescribed.into()),
        Some(Value::String(text)) => (said != text).then(|| Spelling::Described(text.clone())),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Allowed, fit};
    use crate::model::Reason;

    #[test]
    fn structure_is_not_copied_though_a_guard_checks_it() {
        let said = json!({"type": "object"});
        let guarded = ["anyOf", "additionalProperties"].map(Reason::keyword);
        let allowed = Allowed {
            guarded: &guarded,
            target: &|_| None,
            same: &|_, _| false,
            other_name: &|_| None,
            asserts: &|_| None,
            standing: &|_| None,
            reference_stands_alone: false,
        };
        for (source, is_said) in [
            (json!({"type": "object", "anyOf": [{"required": ["a"]}, {"minProperties": 2}]}), true),
            (
                json!({"type": "object", "anyOf": [{"properties": {"a": {"type": "string"}}}, {"minProperties": 2}]}),
                false,
            ),
            (json!({"type": "object", "additionalProperties": false}), true),
            (json!({"type": "object", "anyOf": [{"$ref": "#/$defs/A"}]}), false),
        ] {
            let mut fitted = said.clone();
            fit(&mut fitted, &source, &allowed);
            assert_eq!(fitted == source, is_said, "{source}");
        }
    }

    #[test]
    fn what_the_derive_says_is_not_said_anew_though_a_guard_checks_it() {
        let mut said = json!({"oneOf": [{"type": "string"}], "required": ["a"]});
        let source = json!({"oneOf": [{"type": "boolean"}], "required": ["b"]});
        let guarded = ["oneOf", "required"].map(Reason::keyword);
        let same = |_: &str, _: &str| false;
        assert_eq!(
            fit(
                &mut said,
                &source,
                &Allowed {
                    guarded: &guarded,
                    target: &|_| None,
                    same: &same,
                    other_name: &|_| None,
                    asserts: &|_| None,
                    standing: &|_| None,
                    reference_stands_alone: false
                }
            ),
            []
        );
        assert_ne!(said, source);
    }
}
