//! The entries under which the derive may say what the source says.

use std::borrow::Cow;

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use super::derived;
use super::entry::{Entry, Saying, gathered, in_order, say};
use super::fit::{Allowed, fit};
use super::parts;
use super::spelling::{OnePart, Simple, Spelling};
use crate::model::{Definition, Form, Model, Property, difference};

/// Entries that lead from what the derive says to the source, each by another convention; or the first place that none of
/// them says.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The entries. Of two that say as much, the plainer comes first.
    pub entries: Vec<Entry>,
    /// The place that came closest to the end.
    pub closest: Pointer,
}

/// What is to be said of a definition.
pub struct Wanted<'a> {
    /// The model.
    pub model: &'a Model,
    /// The definition.
    pub definition: &'a Definition,
    /// What the derive says by itself.
    pub shape: &'a Value,
    /// Whether documentation says anything otherwise than the descriptions.
    pub is_read_back: bool,
    /// Where in variants it says so.
    pub read_back: &'a [Pointer],
    /// What a fit may rely on.
    pub allowed: Allowed<'a>,
}

/// All entries that say what is wanted.
pub fn candidates(wanted: &Wanted) -> Candidates {
    let mut found = Candidates::default();
    // What is said under each convention, and what else leads to the source from there.
    let mut known: Vec<(Vec<Saying>, Value, Option<Vec<Saying>>)> = Vec::new();
    for every in conventions(wanted) {
        let (first, said) = first(wanted, &every);
        let same = known.iter().find(|(other, before, _)| *before == said && *other == first);
        let then = match same {
            Some((.., then)) => then.clone(),
            None => {
                fitted(wanted, &said).map_err(|place| found.closest = found.closest.clone().max(place)).ok()
            }
        };
        known.push((first.clone(), said, then.clone()));
        found.entries.extend(then.map(|then| Entry { first, every, then }));
    }
    found
}

/// The conventions to try, the plainest first.
fn conventions(wanted: &Wanted) -> Vec<Vec<Saying>> {
    let mut conventions = vec![vec![], vec![Simple::Plain]];
    let titles_all = all_are_titled(wanted.definition.said());
    conventions.extend(titles_all.then(|| vec![Simple::Pydantic]));
    if wanted.is_read_back {
        // Documentation is escaped; only this gives the author's text back.
        conventions[0].push(Simple::PlainDescriptions);
    }
    if let Form::Object(object) = &wanted.definition.form {
        conventions.extend(titles_all.then(|| vec![Simple::UndefaultedNotNull, Simple::Pydantic]));
        if object.properties.iter().any(is_null_beside_default) {
            conventions.insert(2, vec![Simple::PlainKeepingNull]);
        }
    }
    let saying = |simple: Simple| Saying::Spelled(simple.into());
    conventions.into_iter().map(|all| all.into_iter().map(saying).collect()).collect()
}

/// Whether each property has a title that can have one: pydantic makes one for each, and no spelling takes that away again.
fn all_are_titled(schema: &Value) -> bool {
    const ELSEWHERE: [&str; 4] = ["$ref", "anyOf", "oneOf", "allOf"];
    let is_without = |schema: &Value| {
        let has = |keyword: &str| schema.get(keyword).is_some();
        let says_something = schema.as_object().is_some_and(|keywords| !keywords.is_empty());
        says_something && !has("title") && !ELSEWHERE.into_iter().any(has)
    };
    !properties(schema).any(|(_, property)| is_without(property))
}

/// Whether a property has a default, and may be `null` besides.
fn is_null_beside_default(property: &Property) -> bool {
    let is_nullable = matches!(property.schema.form, Form::Nullable(_));
    is_nullable && property.default.as_ref().is_some_and(|default| !default.is_null())
}

/// What has to be said before a convention: what is required, and what the convention would say otherwise; and what is said
/// then.
fn first(wanted: &Wanted, convention: &[Saying]) -> (Vec<Saying>, Value) {
    let mut first: Vec<Saying> = Vec::new();
    if let Form::Object(object) = &wanted.definition.form {
        first.extend(object.tag().map(|(property, value)| {
            let tag = Spelling::Tag(property.name.clone(), value.to_owned(), property.required);
            Saying::Spelled(tag)
        }));
        let said = match first.as_slice() {
            [] => Cow::Borrowed(wanted.shape),
            first => Cow::Owned(say(wanted.shape.clone(), first)),
        };
        if let Some(parts) = parts::of_definition(wanted.model, wanted.definition, &said) {
            first.extend(put_together(parts, convention));
        } else {
            let required = required(wanted.definition, &derived::required(object));
            first.extend(required.map(Saying::Spelled));
        }
    }
    let plain = |at: &Pointer| (at.clone(), Saying::Spelled(Simple::PlainDescriptions.into()));
    first.extend(gathered(wanted.read_back.iter().map(plain).collect(), false));
    let said = say(wanted.shape.clone(), first.iter().chain(convention));
    let source = wanted.definition.said();
    let mut more = Vec::new();
    for (name, source) in properties(source) {
        let (said, shape) = (&said["properties"][name], &wanted.shape["properties"][name]);
        let has_no = |keyword: &str| shape.is_object() && shape.get(keyword).is_none();
        let at = Pointer::root().join("properties").join(name);
        if let (Some(made), Some(title)) = (said.get("title"), source.get("title"))
            && made != title
            && has_no("title")
        {
            more.push((at.clone(), Saying::Keyword("title".to_owned(), title.clone())));
        }
        if source.get("default").is_some_and(Value::is_null) && has_no("default") {
            more.push((at, Saying::Keyword("default".to_owned(), Value::Null)));
        }
    }
    let known = first.len();
    first.extend(gathered(more, false));
    if wanted.definition.keeps_unknown && derived::is_beside_unknown(wanted.shape) {
        first.push(Saying::Spelled(Simple::Only.into()));
    }
    if matches!(wanted.definition.form, Form::Literals(_)) {
        first.push(Saying::Spelled(Simple::Literals.into()));
    }
    if first.len() > known {
        let said = say(wanted.shape.clone(), first.iter().chain(convention));
        return (first, said);
    }
    (first, said)
}

/// That an object is put together of parts; what holds for most types, holds for them as well.
fn put_together(parts: Vec<OnePart>, convention: &[Saying]) -> Vec<Saying> {
    let declares = |part: &OnePart| part.refers.is_none() && !part.declares.is_empty();
    let places = parts.iter().enumerate().filter(|(_, part)| declares(part));
    let at = |index: usize| Pointer::root().join("allOf").join(index);
    let of_parts: Vec<_> = places
        .flat_map(|(index, _)| convention.iter().map(move |saying| (at(index), saying.clone())))
        .collect();
    let whole = Saying::Spelled(Spelling::Parts(parts));
    std::iter::once(whole).chain(gathered(of_parts, false)).collect()
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// How `required` is spelled, if the source lists others than the derive.
fn required(definition: &Definition, derived: &[&str]) -> Option<Spelling> {
    let names = definition.said().get("required").and_then(Value::as_array)?;
    let names: Vec<_> = names.iter().filter_map(Value::as_str).collect();
    let is_same = names.len() == derived.len() && names.iter().all(|name| derived.contains(name));
    (!is_same).then(|| Spelling::Required(names.into_iter().map(ToOwned::to_owned).collect()))
}

/// How sayings at their places are written.
type Way = fn(Vec<(Pointer, Saying)>, bool) -> Vec<Saying>;

/// What leads from `said`, which is under a convention, to the source; or the first place that differs.
fn fitted(wanted: &Wanted, said: &Value) -> Result<Vec<Saying>, Pointer> {
    let source = wanted.definition.said();
    if difference(source, said).is_none() {
        return Ok(Vec::new());
    }
    let mut fitted = said.clone();
    let mut all = fit(&mut fitted, source, &wanted.allowed);
    if let Some(place) = difference(source, &fitted) {
        return Err(place);
    }
    prune(said, source, &mut all);
    // As the generated code says it; where it does not say the same, the lists are named, and then the order is kept.
    let mut closest = Pointer::root();
    let ways: [Way; 2] = [gathered, in_order];
    for (way, named) in ways.into_iter().flat_map(|way| [(way, false), (way, true)]) {
        let then = way(all.clone(), named);
        match difference(source, &say(said.clone(), &then)) {
            None => return Ok(then),
            Some(place) => closest = place,
        }
    }
    Err(closest)
}

/// Drops the spellings without which the same is said; the way to a fit may be longer than the fit.
fn prune(under: &Value, source: &Value, all: &mut Vec<(Pointer, Saying)>) {
    const MOST: usize = 12;
    // One alone is needed, as what is said without it is not the source.
    if all.len() > MOST || all.len() == 1 {
        return;
    }
    for index in (0..all.len()).rev() {
        if matches!(all[index].1, Saying::Spelled(_)) {
            let taken = all.remove(index);
            let said = say(under.clone(), &in_order(all.clone(), true));
            if difference(source, &said).is_some() {
                all.insert(index, taken);
            }
        }
    }
}
