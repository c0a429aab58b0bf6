//! What the variants of enums are called.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Types, only_value};
use serde_json::{Value, json};

use super::class_names::ClassNames;
use super::locked::beside;
use super::places::Places;
use super::titles;
use super::words::{Words, common_tail, pascal, same_word, words};
use crate::clashing::variant_idents;
use crate::model::definition::{Definition, Origin};
use crate::model::form::{Branch, Form, Union};
use crate::model::variant_names::VARIANT_NAMES;
use crate::names::{Names, literal_ident};

impl Places<'_> {
    /// The variants of a union: each called by its title, its tag, what it refers to, the property that only it has, its
    /// constant, or its type.
    pub fn variants(&self, union: &Union) -> Vec<String> {
        let mut own: Vec<_> = self.own_properties(union).into_iter().map(|told| told.words).collect();
        // Of one object, that it is one tells it from what is none.
        if own.iter().filter(|words| !words.is_empty()).count() == 1 && !self.is_external(union) {
            own.iter_mut().for_each(Vec::clear);
        }
        let tags_tell = self.tags_tell(union);
        let classes = self.classes(union);
        let titles = self.titles(union);
        let mut wanted: Vec<Words> = Vec::new();
        for ((branch, own), title) in union.branches.iter().zip(own).zip(titles) {
            wanted.push(self.variant(branch, title, &own, tags_tell.then_some(&classes)));
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

    /// The names of the classes that the tags of branches are, if they are.
    pub fn classes(&self, union: &Union) -> ClassNames {
        ClassNames::of(union.branches.iter().flat_map(|branch| self.telling(branch)))
    }

    /// The words of a variant; of classes it is known what they are called where tags tell the branches apart.
    fn variant(&self, branch: &Branch, title: Words, own: &Words, classes: Option<&ClassNames>) -> Words {
        let or = |first: Words, second: &dyn Fn() -> Words| if first.is_empty() { second() } else { first };
        let tag = || match self.telling(branch).as_slice() {
            [only] => classes.map_or_else(|| words(only), |classes| classes.words(only)),
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
        let by_tag = || if classes.is_some() { or(tag(), &reference) } else { or(reference(), &tag) };
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
        match self.present(&branch.schema.form) {
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

    /// What a form stands for besides `null`.
    fn present<'f>(&'f self, form: &'f Form) -> &'f Form {
        match self.resolved(form) {
            Form::Nullable(inner) => self.resolved(&inner.form),
            form => form,
        }
    }

    /// With what tells a branch from others of its name: what it is a list or a map of, or its format.
    fn apart(&self, branch: &Branch, name: &Words) -> Words {
        let format = self.source(&branch.schema).get("format").and_then(Value::as_str).map(words);
        let of = |part| self.part(part, Types::ALL, &Words::new()).filter(|inner| !inner.is_empty());
        match (self.present(&branch.schema.form), format) {
            (Form::List(part, _), _) => {
                of(part).map_or_else(|| name.clone(), |inner| super::singular::several(&inner))
            }
            (Form::Map(part, _), _) => of(part).map_or_else(
                || name.clone(),
                |mut inner| {
                    inner.push("Map".to_owned());
                    inner
                },
            ),
            (_, Some(format)) if !format.is_empty() => format,
            _ => name.clone(),
        }
    }
}

/// The variants of an enum of strings, which is `called` so if it is known: as the schema names them, by the title beside each,
/// or by its value, without what the enum is called in front of all of them.
pub fn of_names(definition: &Definition, names: &[String], called: Option<&str>) -> Vec<String> {
    let told = told(&definition.schema);
    let classes = ClassNames::of(names.iter().map(String::as_str));
    let texts: Vec<_> = names.iter().map(|name| classes.text(name)).collect();
    let mut idents = variant_idents(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    if let Some(called) = called.filter(|_| told.is_empty()) {
        idents = without_enum(&idents, called).unwrap_or(idents);
    }
    let own = |name: &String| told.get(&json!(name).to_string()).map(of_words);
    beside(names.iter().map(own).collect(), idents)
}

/// Without what the enum is called, where all begin with that: `ORDER_STATUS_OPEN` of `Status` is `Open`.
fn without_enum(idents: &[String], called: &str) -> Option<Vec<String>> {
    let noun = words(called).pop()?;
    let all: Vec<_> = idents.iter().map(|ident| words(ident)).collect();
    let (first, others) = all.split_first().filter(|(_, others)| !others.is_empty())?;
    let is_common = |at: &usize| {
        others.iter().all(|other| other.get(*at).is_some_and(|word| same_word(word, &first[*at])))
    };
    let common = (0..first.len()).take_while(is_common).count();
    let end = (0..common).rev().find(|at| same_word(&first[*at], &noun))?;
    let front = pascal(&first[..=end]).len();
    let rest = idents.iter().map(|ident| {
        let rest = ident.get(front..).filter(|rest| rest.starts_with(char::is_uppercase))?;
        Some(if rest == "Self" { "SelfValue".to_owned() } else { rest.to_owned() })
    });
    rest.collect()
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

fn of_words(words: &Words) -> String {
    let ident = crate::names::led_by_letter(pascal(words), "N");
    if ident == "Self" { "SelfValue".into() } else { ident }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{told, without_enum};
    use crate::model::variant_names::VARIANT_NAMES;

    #[test]
    fn constants_are_called_without_what_their_enum_is_called() {
        let cases: [(&[&str], &str, &[&str]); 7] = [
            (&["StatusOpen", "StatusInUse"], "OrderStatus", &["Open", "InUse"]),
            (&["OrderStatusOpen", "OrderStatusInUse"], "Status", &["Open", "InUse"]),
            (&["StatusOpen", "Closed"], "Status", &[]),
            (&["StatusOpen", "Status"], "Status", &[]),
            (&["Status1", "Status2"], "Status", &[]),
            (&["StatusesOpen", "StatusesClosed"], "Status", &[]),
            (&["StatusOpen"], "Status", &[]),
        ];
        for (idents, called, expected) in cases {
            let idents: Vec<_> = idents.iter().map(|ident| (*ident).to_owned()).collect();
            let found = without_enum(&idents, called).unwrap_or_default();
            assert_eq!(found, expected, "{idents:?}");
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
