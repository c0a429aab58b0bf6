//! What an absent property reads as: its `default`, as a value of its type, where that is one.
//!
//! `default` is an annotation (2020-12, validation, section 9.2), and its value need not be valid. One that
//! is no value of the type, or that the schema refuses, is documentation and nothing more.

use std::collections::{BTreeSet, HashMap};

use isomorph_schema::{Document, Types};
use serde_json::{Map, Number, Value};

use super::absence::Kept;
use super::builder::Builder;
use super::constant::{Constant, ConstantObject};
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Check, Form, Object, Rest, Subschema, Union};
use super::holder::{Holder, Key};
use super::width::Width;
use crate::error::Error;
use crate::settings::Defaults;

/// More values than anybody wants to see in code, or than schemas that repeat each other may grow to.
const LARGEST: usize = 200;

/// Decides of every property what it reads as when it is absent, and which types have a `Default`.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn apply(builder: &Builder, definitions: &mut [Definition]) -> Result<(), Error> {
    let documents = builder.documents;
    let mut applied = Applied {
        documents,
        kept: match builder.settings.defaults {
            Defaults::Apply => Kept::find(builder, definitions)?,
            Defaults::Keep => Kept::all(definitions),
        },
        definitions,
        known: HashMap::new(),
        open: BTreeSet::new(),
    };
    let mut found = Vec::new();
    for definition in applied.definitions {
        let Form::Object(object) = &definition.form else { continue };
        for index in 0..object.properties.len() {
            if let Some(constant) = applied.when_absent(definition.id, index) {
                found.push((definition.id, index, constant));
            }
        }
    }
    let all = applied.definitions;
    let own: Vec<_> = all.iter().map(|definition| applied.own_default(definition)).collect();
    for (id, index, constant) in found {
        if let Form::Object(object) = &mut definitions[id.0].form {
            object.properties[index].when_absent = Some(constant);
        }
    }
    for (definition, own) in definitions.iter_mut().zip(own) {
        definition.default = own;
    }
    let empty: Vec<_> = definitions.iter().map(|one| empty(one, documents)).collect();
    for (definition, empty) in definitions.iter_mut().zip(empty) {
        definition.default = definition.default.take().or(empty);
    }
    Ok(())
}

/// Gives a `Default` to the types that nobody has to set anything of but for what no field holds, and to those around a list
/// or a map that may be empty.
pub fn apply_to_types(definitions: &mut [Definition], documents: &[Document]) {
    for definition in definitions.iter_mut().filter(|definition| definition.default.is_none()) {
        let is_free = definition.guard.is_empty() && definition.checks.is_empty();
        let wrapped = |inner| Some(Constant::Wrapped(definition.id, Box::new(inner)));
        definition.default = match &definition.form {
            Form::List(_, holder @ (Holder::List | Holder::Set)) if is_free => {
                wrapped(Constant::List(Vec::new(), *holder))
            }
            Form::Map(_, _) if is_free => wrapped(Constant::Map(Vec::new())),
            _ => empty(definition, documents),
        };
    }
}

/// The object that has nothing, if the schema allows it.
fn empty(definition: &Definition, documents: &[Document]) -> Option<Constant> {
    let Form::Object(object) = &definition.form else { return None };
    if object.fields().any(|property| property.required) || !may_be_empty(definition, documents) {
        return None;
    }
    let properties = object.properties.iter().map(|property| {
        let of_property = |constant: &Constant| Constant::WhenAbsent(Box::new(constant.clone()));
        (property.name.clone(), property.when_absent.as_ref().map(of_property))
    });
    let properties = properties.collect();
    Some(Constant::Object(ConstantObject { id: definition.id, properties, rest: Vec::new() }))
}

/// Whether what the form of an object does not say lets one pass that has nothing.
fn may_be_empty(definition: &Definition, documents: &[Document]) -> bool {
    // They say something of properties that are there.
    const OF_PROPERTIES: [&str; 8] = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
    ];
    let mut schema = definition.schema.clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.retain(|keyword, _| !OF_PROPERTIES.contains(&keyword.as_str()));
    }
    let has_tag = matches!(&definition.form, Form::Object(object) if object.tag().is_some());
    let lets_pass = || !has_tag && is_let_pass(schema, &Value::Object(Map::new()), documents, definition);
    definition.checks.is_empty() && (definition.guard.is_empty() || lets_pass())
}

/// Whether a schema of a definition lets a value pass. One that looks at other schemas is not asked.
fn is_let_pass(mut schema: Value, value: &Value, documents: &[Document], of: &Definition) -> bool {
    if !stands_alone(&schema) {
        return false;
    }
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("$schema".into(), documents[of.location.document].dialect.uri().into());
        keywords.shift_remove("$id");
        keywords.shift_remove("id");
    }
    isomorph_validator::verdict_on(&schema, value) == Some(true)
}

struct Applied<'a> {
    definitions: &'a [Definition],
    documents: &'a [Document],
    /// The properties that must stay absent where they are.
    kept: Kept,
    known: HashMap<(DefinitionId, usize), Option<Constant>>,
    /// The properties whose defaults are being looked at.
    open: BTreeSet<(DefinitionId, usize)>,
}

impl Applied<'_> {
    /// What a property reads as when it is absent; `None` if that is to be seen in the value.
    fn when_absent(&mut self, id: DefinitionId, index: usize) -> Option<Constant> {
        if let Some(known) = self.known.get(&(id, index)) {
            return known.clone();
        }
        let definitions = self.definitions;
        let Form::Object(object) = &definitions[id.0].form else { return None };
        let property = &object.properties[index];
        let applies = !property.required && !self.kept.has(id, &property.name);
        let default = property.default.as_ref().filter(|_| applies);
        self.open.insert((id, index));
        let constant = default.and_then(|value| self.constant(&property.schema, value));
        self.open.remove(&(id, index));
        let constant = constant.filter(|constant| constant.size() <= LARGEST);
        self.known.insert((id, index), constant.clone());
        constant
    }

    /// The `default` of a definition itself.
    fn own_default(&mut self, definition: &Definition) -> Option<Constant> {
        let value = definition.schema.get("default")?;
        let is_single = !matches!(definition.form, Form::Object(_) | Form::Any) && definition.slice.is_none();
        let constant = is_single.then(|| self.of_definition(definition.id, value)).flatten();
        constant.filter(|constant| constant.size() <= LARGEST)
    }

    /// A value of a schema; `None` if it is none.
    fn constant(&mut self, schema: &Subschema, value: &Value) -> Option<Constant> {
        schema
            .checks
            .iter()
            .all(|check| holds(check, value))
            .then(|| self.of_form(&schema.form, value))
            .flatten()
    }

    fn of_form(&mut self, form: &Form, value: &Value) -> Option<Constant> {
        match (form, value) {
            (Form::Nullable(_) | Form::Null, Value::Null) => {
                Some(if *form == Form::Null { Constant::Null } else { Constant::None })
            }
            (Form::Nullable(part), value) => Some(Constant::Some(Box::new(self.constant(part, value)?))),
            (Form::Any, Value::Array(_) | Value::Object(_)) => None,
            (Form::Any, scalar) => Some(Constant::Any(scalar.clone())),
            (Form::Boolean, Value::Bool(value)) => Some(Constant::Boolean(*value)),
            (Form::Integer(width), Value::Number(number)) => {
                let value = whole(number).filter(|value| (width.least()..=width.most()).contains(value))?;
                Some(match width {
                    Width::U64 | Width::Usize => Constant::Unsigned(value.try_into().ok()?),
                    _ => Constant::Integer(value.try_into().ok()?),
                })
            }
            (Form::Number, Value::Number(number)) => number.as_f64().map(Constant::Number),
            (Form::String, Value::String(text)) => Some(Constant::String(text.clone())),
            (Form::Foreign(stand_in), Value::String(text)) => {
                stand_in.holds_any_string().then(|| Constant::Path(text.clone()))
            }
            (Form::List(part, holder), Value::Array(elements)) => {
                let elements = elements.iter().map(|element| self.constant(part, element));
                let elements = elements.collect::<Option<Vec<_>>>()?;
                let elements = if *holder == Holder::Set { in_order(elements)? } else { elements };
                Some(Constant::List(elements, *holder))
            }
            (Form::Tuple(parts), Value::Array(elements)) if parts.len() == elements.len() => {
                let elements = parts.iter().zip(elements).map(|(part, element)| self.constant(part, element));
                elements.collect::<Option<_>>().map(Constant::Tuple)
            }
            // A map whose keys are no strings is not put together.
            (Form::Map(part, Key::Text), Value::Object(members)) => {
                self.members(part, members.iter().collect()).map(Constant::Map)
            }
            (Form::Reference(id), value) => self.of_definition(*id, value),
            _ => None,
        }
    }

    fn members(
        &mut self,
        part: &Subschema,
        members: Vec<(&String, &Value)>,
    ) -> Option<Vec<(String, Constant)>> {
        let members =
            members.into_iter().map(|(name, value)| Some((name.clone(), self.constant(part, value)?)));
        members.collect()
    }

    fn of_definition(&mut self, id: DefinitionId, value: &Value) -> Option<Constant> {
        let definitions = self.definitions;
        let definition = &definitions[id.0];
        let is_valid =
            definition.checks.iter().all(|check| holds(check, value)) && self.is_let_pass(definition, value);
        if !is_valid {
            return None;
        }
        match (&definition.form, value) {
            (Form::Names(names), Value::String(text)) => {
                let index = names.iter().position(|name| name == text)?;
                Some(Constant::Variant(id, index, value.clone()))
            }
            (Form::Literals(values), _) => {
                let index = values.iter().position(|known| isomorph_runtime::same(known, value))?;
                Some(Constant::Variant(id, index, values[index].clone()))
            }
            (Form::Union(union), _) => self.branch(id, union, value),
            (Form::Object(object), Value::Object(members)) => self.object(id, object, members),
            (Form::Names(_) | Form::Object(_), _) => None,
            (form, _) => Some(Constant::Wrapped(id, Box::new(self.of_form(form, value)?))),
        }
    }

    /// A value that only one branch can be meant by.
    fn branch(&mut self, id: DefinitionId, union: &Union, value: &Value) -> Option<Constant> {
        let types = Types::of(value);
        let is_meant = |index: &usize| union.branches[*index].types.meets(types);
        let mut candidates = (0..union.branches.len()).filter(is_meant);
        match (candidates.next(), candidates.next()) {
            (Some(only), None) => {
                let constant = self.constant(&union.branches[only].schema, value)?;
                Some(Constant::Branch(id, only, Box::new(constant)))
            }
            _ => None,
        }
    }

    fn object(
        &mut self,
        id: DefinitionId,
        object: &Object,
        members: &Map<String, Value>,
    ) -> Option<Constant> {
        let mut properties = Vec::new();
        for (index, property) in object.properties.iter().enumerate() {
            let constant = match members.get(&property.name) {
                Some(value) => Some(self.constant(&property.schema, value)?),
                None if property.required || self.open.contains(&(id, index)) => return None,
                None => {
                    let constant = self.when_absent(id, index);
                    constant.map(|constant| Constant::WhenAbsent(Box::new(constant)))
                }
            };
            properties.push((property.name.clone(), constant));
        }
        let is_declared = |name: &String| object.properties.iter().any(|property| property.name == *name);
        let others: Vec<_> = members.iter().filter(|(name, _)| !is_declared(name)).collect();
        let rest = match &object.rest {
            Rest::Kept(part) => self.members(part, others)?,
            _ if others.is_empty() => Vec::new(),
            _ => return None,
        };
        Some(Constant::Object(ConstantObject { id, properties, rest }))
    }

    /// Whether the guard of a definition lets a value pass.
    fn is_let_pass(&self, definition: &Definition, value: &Value) -> bool {
        definition.guard.is_empty()
            || is_let_pass(definition.schema.clone(), value, self.documents, definition)
    }
}

/// The whole numbers below are exact in `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a schema refers to no other.
fn stands_alone(schema: &Value) -> bool {
    const REFER: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];
    match schema {
        Value::Object(keywords) => {
            REFER.iter().all(|keyword| !keywords.contains_key(*keyword))
                && keywords.values().all(stands_alone)
        }
        Value::Array(elements) => elements.iter().all(stands_alone),
        _ => true,
    }
}

/// The elements of a set, in its order, as far as that is known here.
fn in_order(mut elements: Vec<Constant>) -> Option<Vec<Constant>> {
    let number = |element: &Constant| match element {
        Constant::Boolean(value) => Some(i128::from(*value)),
        Constant::Integer(value) => Some((*value).into()),
        Constant::Unsigned(value) => Some((*value).into()),
        _ => None,
    };
    if elements.iter().all(|element| number(element).is_some()) {
        elements.sort_by_key(number);
    } else if elements.iter().all(|element| matches!(element, Constant::String(_))) {
        elements.sort_by(|a, b| match (a, b) {
            (Constant::String(a), Constant::String(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
    } else if elements.len() > 1 {
        return None;
    }
    Some(elements)
}

/// An integer, however it is written.
fn whole(number: &Number) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that is exact in f64")]
    let whole = |float: f64| (float.fract() == 0.0 && float.abs() < EXACT).then_some(float as i128);
    number.as_i128().or_else(|| whole(number.as_f64()?))
}

/// Whether an assertion holds for a value that it binds.
fn holds(check: &Check, value: &Value) -> bool {
    let compared = |limit: &Number| match value {
        Value::Number(number) => match (number.as_i64(), limit.as_i64()) {
            (Some(number), Some(limit)) => Some(number.cmp(&limit)),
            _ => number.as_f64()?.partial_cmp(&limit.as_f64()?),
        },
        _ => None,
    };
    let count = || match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(elements) => Some(elements.len()),
        Value::Object(members) => Some(members.len()),
        _ => None,
    };
    let count = || count().and_then(|count| u64::try_from(count).ok());
    match check {
        Check::Minimum(limit) => compared(limit).is_none_or(std::cmp::Ordering::is_ge),
        Check::Maximum(limit) => compared(limit).is_none_or(std::cmp::Ordering::is_le),
        Check::ExclusiveMinimum(limit) => compared(limit).is_none_or(std::cmp::Ordering::is_gt),
        Check::ExclusiveMaximum(limit) => compared(limit).is_none_or(std::cmp::Ordering::is_lt),
        Check::MinLength(limit) | Check::MinItems(limit) | Check::MinProperties(limit) => {
            count().is_none_or(|count| count >= *limit)
        }
        Check::MaxLength(limit) | Check::MaxItems(limit) | Check::MaxProperties(limit) => {
            count().is_none_or(|count| count <= *limit)
        }
        Check::WrittenAsIntegers => !value.is_f64(),
        // Those are made later; nothing is known of them here.
        Check::Holds(..) => false,
    }
}
