//! What the variants of enums are called.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Types, only_value};
use serde_json::{Value, json};

use super::places::Places;
use super::titles;
use super::words::{Words, common_tail, pascal, words};
use crate::model::definition::{Definition, Origin};
use crate::model::form::{Branch, Form, Union};
use crate::model::variant_names::VARIANT_NAMES;
use crate::names::{Names, literal_ident, variant_ident};

impl Places<'_> {
    /// The variants of a union: each called by its title, its tag, what it refers to, the property that only it has, its
    /// constant, or its type.
    pub fn variants(&self, union: &Union) -> Vec<String> {
        let mut own = self.own_properties(union);
        // Of one object, that it is one tells it from what is none.
        if own.iter().filter(|words| !words.is_empty()).count() == 1 && !self.is_external(union) {
            own.iter_mut().for_each(Vec::clear);
        }
        let tags_tell = self.tags_tell(union);
        let titles = self.titles(union);
        let mut wanted: Vec<Words> = Vec::new();
        for ((branch, own), title) in union.branches.iter().zip(own).zip(titles) {
            wanted.push(self.variant(branch, title, &own, tags_tell));
        }
        let most = wanted.iter().map(|words| words.len().saturating_sub(1)).min().unwrap_or(0);
        let all: Vec<_> = wanted.iter().map(Vec::as_slice).collect();
        let common = if wanted.len() > 1 { common_tail(&all, most) } else { 0 };
        let wanted = wanted.iter().map(|words| words[..words.len() - common].to_vec());
        let wanted: Vec<_> = wanted.zip(&union.branches).collect();
        let mut counts: BTreeMap<&Words, usize> = BTreeMap::new();
        for (name, _) in &wanted {
            *counts.entry(name).or_default() += 1;
        }
        let names = wanted.iter().map(
            |(name, branch)| {
                if counts[name] > 1 { self.apart(branch, name) } else { name.clone() }
            },
        );
        let mut taken = Names::default();
        let idents: Vec<_> = names.map(|name| of_words(&name)).collect();
        idents.iter().map(|ident| taken.take(ident)).collect()
    }

    /// The title of each branch; that of a schema of several types is the title of all of them, and tells none.
    fn titles(&self, union: &Union) -> Vec<Words> {
        let is_shared = |branch: &Branch| {
            let here = |other: &&Branch| other.schema.location == branch.schema.location;
            union.branches.iter().filter(here).nth(1).is_some()
        };
        let title =
            |branch: &Branch| if is_shared(branch) { Words::new() } else { self.title(&branch.schema) };
        union.branches.iter().map(title).collect()
    }

    fn variant(&self, branch: &Branch, title: Words, own: &Words, tags_tell: bool) -> Words {
        let or = |first: Words, second: &dyn Fn() -> Words| if first.is_empty() { second() } else { first };
        let tag = || match self.telling(branch).as_slice() {
            [only] => words(only),
            _ => Words::new(),
        };
        let reference = || match &branch.schema.form {
            Form::Reference(id) => self.top.get(id).map(|(words, _)| words.clone()).unwrap_or_default(),
            _ => Words::new(),
        };
        let constant = || match self.resolved(&branch.schema.form) {
            Form::Names(names) if names.len() == 1 => words(&names[0]),
            Form::Literals(values) if values.len() == 1 => words(&literal_ident(&values[0])),
            _ => Words::new(),
        };
        let or_own = || if own.is_empty() { constant() } else { own.clone() };
        // What two share tells less than what they refer to.
        let by_tag = || if tags_tell { or(tag(), &reference) } else { or(reference(), &tag) };
        let named = or(title, &|| or(by_tag(), &or_own));
        or(named, &|| vec![self.json_type(branch).to_owned()])
    }

    /// The values of the tag of a branch, without the name of what it refers to where another is said besides: a
    /// discriminator means that too.
    fn telling<'b>(&self, branch: &'b Branch) -> Vec<&'b str> {
        let mut tags: Vec<_> = branch.tags.iter().flatten().map(String::as_str).collect();
        if let Form::Reference(id) = &branch.schema.form
            && let Origin::Named(name) = &self.definitions[id.0].origin
            && tags.len() > 1
        {
            tags.retain(|tag| tag != name);
        }
        tags
    }

    /// Whether each branch that has a tag has one value of it, which no other has.
    fn tags_tell(&self, union: &Union) -> bool {
        let mut known = BTreeSet::new();
        let mut tagged = union.branches.iter().filter(|branch| branch.tags.is_some());
        tagged.all(|branch| matches!(self.telling(branch).as_slice(), [only] if known.insert(*only)))
    }

    fn json_type(&self, branch: &Branch) -> &'static str {
        if branch.name == "Other" {
            return "Other";
        }
        match self.resolved(&branch.schema.form) {
            Form::Object(_) | Form::Map(_, _) => "Object",
            Form::List(_, _) | Form::Tuple(_) => "Array",
            Form::Boolean => "Boolean",
            Form::Integer(_) => "Integer",
            Form::Number | Form::NumberAsWritten => "Number",
            Form::String => "String",
            Form::Null => "Null",
            Form::Names(_) => "Name",
            _ if branch.types.each().len() == 1 => branch.types.name(),
            _ if branch.types == Types::NUMBER => "Number",
            _ => "Value",
        }
    }

    /// With what tells a branch from others of its name: what it is a list of, or its format.
    fn apart(&self, branch: &Branch, name: &Words) -> Words {
        let format = self.source(&branch.schema).get("format").and_then(Value::as_str).map(words);
        match (self.resolved(&branch.schema.form), format) {
            (Form::List(part, _), _) => self
                .part(part, Types::ALL, &Words::new())
                .filter(|inner| !inner.is_empty())
                .map_or_else(|| name.clone(), |inner| super::singular::several(&inner)),
            (_, Some(format)) if !format.is_empty() => format,
            _ => name.clone(),
        }
    }
}

/// The variants of an enum of strings: as the schema names them, by the title beside each, or by its value.
pub fn of_names(definition: &Definition, names: &[String]) -> Vec<String> {
    let told = told(&definition.schema);
    let mut idents: Vec<_> = names
        .iter()
        .map(|name| told.get(&json!(name).to_string()).map_or_else(|| of_value(name), of_words))
        .collect();
    // Constants that differ in case only.
    let mut by_ident: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, ident) in idents.iter().enumerate() {
        by_ident.entry(ident.clone()).or_default().push(index);
    }
    for clashing in by_ident.into_values().filter(|who| who.len() > 1) {
        for index in clashing {
            let is_lower =
                names[index].chars().any(char::is_lowercase) && !names[index].chars().any(char::is_uppercase);
            if is_lower {
                idents[index] = format!("Lower{}", idents[index]);
            }
        }
    }
    let mut taken = Names::default();
    idents.iter().map(|ident| taken.take(ident)).collect()
}

/// The variants of an enum of any values: as the schema names them, by the title beside each, or by its value.
pub fn of_literals(definition: &Definition, values: &[Value]) -> Vec<String> {
    let told = told(&definition.schema);
    let mut taken = Names::default();
    let ident = |value: &Value| told.get(&value.to_string()).map_or_else(|| literal_ident(value), of_words);
    values.iter().map(|value| taken.take(&ident(value))).collect()
}

/// What the schema calls its constants, by their JSON.
fn told(schema: &Value) -> BTreeMap<String, Words> {
    let mut told = BTreeMap::new();
    let list =
        |keyword: &str| schema.get(keyword).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let values = list("enum");
    let mut names = VARIANT_NAMES.into_iter().map(list);
    if let Some(names) = names.find(|names| names.len() == values.len()) {
        for (value, name) in values.iter().zip(names) {
            if let Some(name) = name.as_str() {
                told.insert(value.to_string(), words(name));
            }
        }
    }
    for branch in list("oneOf").iter().chain(list("anyOf")) {
        let value = only_value(branch);
        let title = titles::of_constant(branch);
        if let Some(value) = value.filter(|_| !title.is_empty()) {
            told.insert(value.to_string(), title);
        }
    }
    told.retain(|_, words| !words.is_empty());
    told
}

/// The variant of a string: `1.0` → `V1_0`, `-1` → `Minus1`.
fn of_value(value: &str) -> String {
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if value.contains('.') && value.split('.').all(is_digits) {
        return format!("V{}", value.replace('.', "_"));
    }
    match value.strip_prefix('-').filter(|rest| is_digits(rest)) {
        Some(digits) => format!("Minus{digits}"),
        None => variant_ident(value),
    }
}

fn of_words(words: &Words) -> String {
    let ident = crate::names::led_by_letter(pascal(words), "N");
    if ident == "Self" { "SelfValue".into() } else { ident }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of_value;
    use super::told;
    use crate::model::variant_names::VARIANT_NAMES;

    #[test]
    fn constants_are_called_by_their_values() {
        let cases = [
            ("1.0", "V1_0"),
            ("-1", "Minus1"),
            ("1", "N1"),
            ("read-all", "ReadAll"),
            ("", "Empty"),
            ("1.", "N1"),
        ];
        for (value, ident) in cases {
            assert_eq!(of_value(value), ident, "{value}");
        }
    }

    #[test]
    fn a_schema_may_name_its_constants() {
        for keyword in VARIANT_NAMES {
            let schema = json!({"enum": ["a", "b"], keyword: ["First", "second_one"]});
            assert_eq!(
                told(&schema).into_values().map(|words| words.concat()).collect::<Vec<_>>(),
                ["First", "secondone"]
            );
        }
        let schema = json!({"oneOf": [{"const": "a", "title": "Alpha"}, {"const": "b", "title": "The letter that is b"}]});
        assert_eq!(told(&schema).keys().collect::<Vec<_>>(), ["\"a\""]);
    }
}
