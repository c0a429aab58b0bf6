//! What the branches of unions suggest, and what unions join.

use std::collections::BTreeMap;

use isomorph_schema::Types;
use serde_json::Value;

use super::class_names::ClassNames;
use super::joined::joined;
use super::places::{Around, At, Places};
use super::singular::{one, several};
use super::suggestion::Noun;
use super::words::{Words, is_generic, words};
use crate::model::definition_id::DefinitionId;
use crate::model::form::{Branch, Form, Subschema, Union};
use crate::names::literal_ident;

/// What a union is, as far as names go.
struct Kind {
    /// What each branch joins as.
    parts: Vec<Option<Words>>,
    /// How many branches are objects with properties that stand here.
    structs: usize,
    /// Whether all branches are plain types.
    is_plain: bool,
    /// Whether one of the branches is.
    has_scalar: bool,
    /// The branches that are lists of types that stand here.
    lists: Vec<DefinitionId>,
    /// Whether a tag, or the only property of each, tells the branches apart.
    is_told: bool,
}

/// What tells a branch from the others.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Its words.
    pub words: Words,
    /// Whether that is one of several properties, any of which tells.
    pub is_of_several: bool,
}

impl Told {
    fn by(words: Words) -> Self {
        Self { words, is_of_several: false }
    }
}

/// The shortest of some properties, one that says something alone if there is such.
fn most_telling(properties: &[&(&str, bool)]) -> Words {
    let all = properties.iter().map(|(name, _)| (words(name), *name));
    let best = all.min_by_key(|(words, name)| (is_generic(words), name.chars().count(), *name));
    best.map(|(words, _)| words).unwrap_or_default()
}

impl Places<'_> {
    /// Goes through a union. One that joins few things is called by them, and leaves the noun to its object.
    pub fn branches(&mut self, union: &Union, around: &Around) {
        let (id, name) = (around.id, around.name.clone());
        let kind = self.kind(union, &name);
        let joins = joined(&kind.parts).filter(|_| !kind.is_told);
        let suggestion = self.suggestions.entry(id).or_default();
        let is_free = !self.top.contains_key(&id) && suggestion.title.is_empty();
        let leaves_noun =
            is_free && joins.is_some() && (kind.structs == 1 || kind.structs == 0 && kind.lists.len() == 1);
        suggestion.is_joined_first = is_free && joins.is_some() && (kind.is_plain || kind.has_scalar);
        suggestion.is_plain = is_free && joins.is_some() && kind.is_plain && kind.lists.is_empty();
        let role = suggestion.role.unwrap_or("Details");
        if leaves_noun {
            let branch = kind.lists.first().copied().filter(|_| kind.structs == 0);
            let parts = kind.parts.iter().flatten().cloned().collect();
            suggestion.noun = Some(Noun { branch, parts, words: name.clone() });
        }
        suggestion.joined = joins;
        let told = self.told(union);
        for (branch, told) in union.branches.iter().zip(told) {
            let at = self.at_branch(branch, told, (&kind, leaves_noun.then_some(role)), around);
            if leaves_noun
                && self.is_struct(&branch.schema.form)
                && let Form::Reference(struct_id) = branch.schema.form
                && let Some(Noun { branch, .. }) = &mut self.suggestions.entry(id).or_default().noun
            {
                *branch = Some(struct_id);
            }
            self.place(&branch.schema, at, id);
        }
    }

    fn kind(&self, union: &Union, noun: &Words) -> Kind {
        let forms: Vec<_> = union.branches.iter().map(|branch| &branch.schema.form).collect();
        let is_scalar = |form: &Form| {
            matches!(
                self.resolved(form),
                Form::Boolean
                    | Form::Integer(_)
                    | Form::Number
                    | Form::NumberAsWritten
                    | Form::String
                    | Form::Foreign(_)
            )
        };
        let list = |form: &Form| match self.resolved(form) {
            Form::List(part, _) => match &part.form {
                Form::Reference(id) if !self.is_top(*id) => Some(*id),
                _ => None,
            },
            _ => None,
        };
        let is_named = |form: &Form| matches!(form, Form::Reference(id) if self.is_top(*id));
        let is_plain = |form: &Form| !is_named(form) && !self.is_struct(form) && !self.is_listed(form);
        let structs = forms.iter().filter(|form| self.is_struct(form)).count();
        let is_external = structs > 0 && self.is_external(union);
        Kind {
            parts: union
                .branches
                .iter()
                .map(|branch| self.part(&branch.schema, branch.types, noun))
                .collect(),
            structs,
            is_plain: forms.iter().all(|form| is_plain(form)),
            has_scalar: forms.iter().any(|form| is_scalar(form)),
            lists: forms.iter().filter_map(|form| list(form)).collect(),
            is_told: is_external || union.branches.iter().all(|branch| branch.tags.is_some()),
        }
    }

    /// Whether each branch lists strings, or is an object of one property, by which it is told.
    pub fn is_external(&self, union: &Union) -> bool {
        union.branches.iter().all(|branch| self.is_listed(&branch.schema.form) || self.is_of_one(branch))
    }

    fn is_listed(&self, form: &Form) -> bool {
        matches!(self.resolved(form), Form::Names(_) | Form::Literals(_))
    }

    /// Whether a branch is an object of one property and no others.
    fn is_of_one(&self, branch: &Branch) -> bool {
        match self.resolved(&branch.schema.form) {
            Form::Object(object) => object.properties.len() == 1 && object.properties[0].required,
            _ => false,
        }
    }

    /// Whether a form is an object with properties that stands here.
    pub fn is_struct(&self, form: &Form) -> bool {
        matches!(form, Form::Reference(id) if !self.is_top(*id))
            && matches!(self.resolved(form), Form::Object(_))
    }

    /// What a branch joins the name of its union as; `None` where nothing tells.
    pub fn part(&self, schema: &Subschema, types: Types, noun: &Words) -> Option<Words> {
        let plain = |name: &str| Some(vec![name.to_owned()]);
        if let Form::Reference(id) = &schema.form
            && let Some((words, _)) = self.top.get(id)
        {
            return Some(words.clone());
        }
        let title = self.title(schema);
        match self.resolved(&schema.form) {
            Form::Object(_) if !title.is_empty() => Some(title),
            Form::Object(_) => Some(noun.clone()),
            Form::Names(names) => match names.as_slice() {
                [only] => Some(words(only)).filter(|words| !words.is_empty()),
                _ => Some(noun.clone()),
            },
            Form::Literals(values) => match values.as_slice() {
                [only @ Value::Bool(_)] => Some(words(&literal_ident(only))),
                _ => None,
            },
            Form::Boolean => plain("Boolean"),
            Form::Integer(_) => plain("Integer"),
            Form::Number | Form::NumberAsWritten => plain("Number"),
            Form::String => plain("String"),
            Form::Foreign(stand_in) => plain(match stand_in.types {
                Types::STRING => "String",
                Types::INTEGER => "Integer",
                _ => "Number",
            }),
            Form::List(part, _) => match self.part(part, Types::ALL, &one(noun)) {
                Some(inner) => Some(several(&inner)),
                None => plain("Array"),
            },
            Form::Tuple(_) => plain("Array"),
            Form::Map(_, _) => plain("Map"),
            Form::Any => match types {
                Types::ARRAY => plain("Array"),
                Types::OBJECT => plain("Map"),
                _ => None,
            },
            _ => None,
        }
    }

    fn at_branch(
        &self,
        branch: &Branch,
        Told { words: told, is_of_several }: Told,
        (kind, leaves_noun): (&Kind, Option<&'static str>),
        around: &Around,
    ) -> At {
        let name = &around.name;
        let within = || around.within();
        let chain = || around.chain.clone();
        let told_apart = || {
            // One of several properties says less than what the union is called.
            let (first, last) = if is_of_several { (name, &told) } else { (&told, name) };
            first.iter().chain(last).cloned().collect::<Words>()
        };
        let at = |chain, own, role| At { chain, own, role: Some(role), branch: told.clone(), to_parts: None };
        // That it is the details of something is nothing to its parts.
        let details = |chain| {
            let own = name.iter().cloned().chain(["Details".to_owned()]).collect();
            At { to_parts: Some(name.clone()), ..at(chain, own, "Details") }
        };
        let schema = &branch.schema;
        let has_title = !self.title(schema).is_empty();
        if self.is_struct(&schema.form) {
            let says_something = !told.is_empty() && !is_generic(&told) && !has_title;
            // Of two of one title, the union that each is of tells more than a number.
            return if has_title {
                At { to_parts: None, ..details(within()) }
            } else if let (Some(role), 1) = (leaves_noun, kind.structs) {
                at(chain(), name.clone(), role)
            } else if kind.structs == 1 && !(kind.is_told && says_something) {
                details(within())
            } else if says_something || !told.is_empty() {
                at(chain(), told_apart(), "Details")
            } else {
                details(chain())
            };
        }
        match self.resolved(&schema.form) {
            Form::Names(names) => {
                let own = match names.as_slice() {
                    [only] => words(only),
                    _ => name.iter().cloned().chain(["Name".to_owned()]).collect(),
                };
                at(within(), own, "Name")
            }
            Form::Literals(values) => {
                let constant = match values.as_slice() {
                    [only] => words(&literal_ident(only)),
                    _ => vec!["Value".to_owned()],
                };
                at(within(), name.iter().cloned().chain(constant).collect(), "Value")
            }
            Form::Union(_) => at(within(), name.clone(), "Choice"),
            Form::List(_, _) => {
                let chain = if leaves_noun.is_some() { around.chain.clone() } else { around.within() };
                at(chain, name.clone(), "List")
            }
            Form::Map(_, _) => at(around.within(), name.clone(), "Map"),
            _ => at(around.within(), name.clone(), "Data"),
        }
    }

    /// What tells each branch from the others: its title, what it refers to, its tag, or the property that only it has.
    fn told(&self, union: &Union) -> Vec<Told> {
        let own = self.own_properties(union);
        let classes = self.classes(union);
        union.branches.iter().zip(own).map(|(branch, own)| self.told_of(branch, own, &classes)).collect()
    }

    fn told_of(&self, branch: &Branch, own: Told, classes: &ClassNames) -> Told {
        let title = self.title(&branch.schema);
        if !title.is_empty() {
            return Told::by(title);
        }
        if let Form::Reference(id) = &branch.schema.form
            && let Some((words, _)) = self.top.get(id)
        {
            return Told::by(words.clone());
        }
        match branch.tags.as_deref() {
            Some([only]) => Told::by(classes.words(only)),
            _ => own,
        }
    }

    /// The property that only one branch requires, or has; for each branch.
    pub fn own_properties(&self, union: &Union) -> Vec<Told> {
        // Of one schema, its types tell more than what it says of one of them.
        if union.branches.windows(2).all(|both| both[0].schema.location == both[1].schema.location) {
            return vec![Told::default(); union.branches.len()];
        }
        let all: Vec<_> = union.branches.iter().map(|branch| self.properties_of(branch)).collect();
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (name, is_required) in all.iter().flatten() {
            let (having, requiring) = counts.entry(name).or_default();
            *having += 1;
            *requiring += usize::from(*is_required);
        }
        let classes = ClassNames::of(counts.keys().copied());
        let of_branch = |properties: &Vec<(&str, bool)>| {
            let required =
                properties.iter().filter(|(name, is_required)| *is_required && counts[name].1 == 1);
            let only = properties.iter().filter(|(name, _)| counts[name].0 == 1);
            let (required, only): (Vec<_>, Vec<_>) = (required.collect(), only.collect());
            match (required.as_slice(), only.as_slice()) {
                ([(one, _)], _) | ([], [(one, _)]) => Told::by(classes.words(one)),
                // Which of several is no matter of their order.
                ([_, ..], _) => Told { words: most_telling(&required), is_of_several: true },
                _ => Told::default(),
            }
        };
        all.iter().map(of_branch).collect()
    }

    /// The properties of a branch, and whether each must be there.
    fn properties_of<'f>(&'f self, branch: &'f Branch) -> Vec<(&'f str, bool)> {
        match self.resolved(&branch.schema.form) {
            Form::Object(object) if self.is_struct(&branch.schema.form) => {
                object.properties.iter().map(|property| (property.name.as_str(), property.required)).collect()
            }
            // What only says which properties must be there has no type of its own.
            _ => {
                let required = self.source(&branch.schema).get("required").and_then(Value::as_array);
                let required = required.into_iter().flatten().filter_map(Value::as_str);
                required.map(|name| (name, true)).collect()
            }
        }
    }
}
