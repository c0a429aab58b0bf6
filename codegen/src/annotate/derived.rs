//! What schemars' derive says of a shape, before it is compiled.
//!
//! Where it matters the answer is schemars' own, not a copy of its logic: `Option` is asked here.

use std::borrow::Cow;
use std::cell::RefCell;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::docs::Told;
use crate::foreign::StandIn;
use crate::known::BySchemars;
use crate::model::{DefinitionId, Form, Holder, Key, Object, Property, Rest, Union, Width};
use crate::presence::Presence;
use isomorph_runtime::spelling;
use isomorph_schema::Types;

/// The schema of a value. `definition` gives that of a definition where it is mentioned.
pub fn of_form(form: &Form, definition: &dyn Fn(DefinitionId) -> Value) -> Value {
    match form {
        Form::Any => true.into(),
        Form::Null => json!({"type": "null"}),
        Form::Boolean => json!({"type": "boolean"}),
        Form::Integer(width) => of_integer(*width),
        Form::Number => json!({"type": "number", "format": "double"}),
        Form::NumberAsWritten => json!({"type": "number"}),
        Form::String => json!({"type": "string"}),
        Form::Foreign(stand_in) => of_stand_in(stand_in),
        // The variants are called as the texts of their values.
        Form::Literals(values) => {
            let texts: Vec<_> = values.iter().map(Value::to_string).collect();
            json!({"type": "string", "enum": texts})
        }
        Form::Names(names) => json!({"type": "string", "enum": names}),
        Form::Object(object) => of_object(object, &[], definition),
        Form::Map(part, key) => of_map(&of_form(&part.form, definition), *key),
        Form::List(part, holder) => of_list(&of_form(&part.form, definition), *holder),
        Form::Tuple(parts) => {
            let items: Vec<_> = parts.iter().map(|part| of_form(&part.form, definition)).collect();
            json!({"type": "array", "prefixItems": items, "minItems": parts.len(), "maxItems": parts.len()})
        }
        Form::Nullable(part) => of_option(of_form(&part.form, definition)),
        Form::Union(union) => of_union(union, &[], definition),
        Form::Reference(id) => definition(*id),
    }
}

fn of_list(items: &Value, holder: Holder) -> Value {
    match holder {
        Holder::List => json!({"type": "array", "items": items}),
        Holder::Set => json!({"type": "array", "uniqueItems": true, "items": items}),
        Holder::Array(length) => {
            json!({"type": "array", "items": items, "minItems": length, "maxItems": length})
        }
    }
}

fn of_map(values: &Value, key: Key) -> Value {
    let pattern = match key {
        Key::Text => return json!({"type": "object", "additionalProperties": values}),
        Key::Integer(width) if width.least() == 0 => r"^\d+$",
        Key::Integer(_) => r"^-?\d+$",
    };
    json!({"type": "object", "additionalProperties": false, "patternProperties": {pattern: values}})
}

fn of_stand_in(stand_in: &StandIn) -> Value {
    match (stand_in.said(), stand_in.types) {
        (BySchemars::Format(format), _) => json!({"type": "string", "format": format}),
        (BySchemars::Number(format), _) => json!({"type": "number", "format": format}),
        (_, Types::STRING) => json!({"type": "string"}),
        (_, Types::INTEGER) => of::<i64>(),
        (_, Types::NUMBER) => of::<f64>(),
        _ => true.into(),
    }
}

fn of_integer(width: Width) -> Value {
    match width {
        Width::I8 => of::<i8>(),
        Width::U8 => of::<u8>(),
        Width::I16 => of::<i16>(),
        Width::U16 => of::<u16>(),
        Width::I32 => of::<i32>(),
        Width::U32 => of::<u32>(),
        Width::I64 => of::<i64>(),
        Width::U64 => of::<u64>(),
        Width::Isize => of::<isize>(),
        Width::Usize => of::<usize>(),
    }
}

/// The schema of a type of schemars' own.
fn of<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaGenerator::default()).to_value()
}

/// What the derive lists as `required`: the properties whose fields are no `Option`.
pub fn required(object: &Object) -> Vec<&str> {
    let tag = object.tag().map(|(property, _)| property).filter(|property| property.required);
    let properties = object.fields().filter(|property| !is_option(property));
    tag.into_iter().chain(properties).map(|property| property.name.as_str()).collect()
}

fn is_option(property: &Property) -> bool {
    match Presence::of(property) {
        Presence::Required => matches!(property.schema.form, Form::Nullable(_)),
        Presence::Optional | Presence::Null | Presence::Defaulted(_) => true,
    }
}

/// The schema of an enum that has a variant besides which schemars passes over: no longer one of units alone.
pub fn beside_unknown(names: Value) -> Value {
    if names.get("enum").is_some() { json!({"oneOf": [names]}) } else { names }
}

/// Whether a schema is of an enum of units beside which schemars passed over another variant.
pub fn is_beside_unknown(schema: &Value) -> bool {
    schema["oneOf"].as_array().is_some_and(|branches| branches.len() == 1)
}

/// The schema of an enum of strings of whose variants this is told.
pub fn of_names(names: &[String], told: &[Told]) -> Value {
    let mut plain = Vec::new();
    let mut others = Vec::new();
    for (index, name) in names.iter().enumerate() {
        match told.get(index).filter(|told| told.says_something()) {
            None => plain.push(name),
            Some(told) => others.push(of_member(json!({"type": "string", "const": name}), told)),
        }
    }
    let plain = (!plain.is_empty() || others.is_empty()).then(|| json!({"type": "string", "enum": plain}));
    match (plain, others.is_empty()) {
        (Some(plain), true) => plain,
        (plain, _) => json!({"oneOf": plain.into_iter().chain(others).collect::<Vec<_>>()}),
    }
}

/// The schema of an enum of objects that a tag tells apart, of whose variants this is told, and of their fields.
pub fn of_tagged<'m>(
    tag: &str,
    variants: impl Iterator<Item = (&'m str, Variant<'m>, Told)>,
    definition: &dyn Fn(DefinitionId) -> Value,
) -> Value {
    let variants: Vec<_> = variants.collect();
    let is_open =
        |variant: &Variant| matches!(variant, Variant::Own(object, _) if object.rest != Rest::Forbidden);
    let one_is_open = variants.iter().any(|(_, variant, _)| is_open(variant));
    let branches = variants.into_iter().map(|(value, variant, told)| {
        let mut schema = match variant {
            Variant::Own(object, told_of_fields) => {
                let mut schema = of_object(object, &told_of_fields, definition);
                // serde closes all variants or none; of one among open ones an entry says it.
                if one_is_open && object.rest == Rest::Forbidden {
                    schema.as_object_mut().and_then(|said| said.remove("additionalProperties"));
                }
                schema
            }
            Variant::Value(form) => of_form(form, definition),
            _ => json!({}),
        };
        insert(&mut schema, "type", "object".into());
        if let Ok(schema) = <&mut Schema>::try_from(&mut schema) {
            spelling::tag(tag, value)(schema);
        }
        of_member(schema, &told)
    });
    json!({"oneOf": branches.collect::<Vec<_>>()})
}

/// The schema of an enum of objects that a tag tells apart, and of which another property holds what the variant does.
pub fn of_adjacent<'m>(
    variants: impl Iterator<Item = (&'m Object, Variant<'m>, Told)>,
    definition: &dyn Fn(DefinitionId) -> Value,
) -> Value {
    let branches = variants.filter_map(|(object, variant, told)| {
        let (tag, value) = object.tag()?;
        let mut properties = Map::new();
        properties.insert(tag.name.clone(), json!({"type": "string", "const": value}));
        let content = match variant {
            Variant::Content(property) => Some((property, of_form(&property.schema.form, definition))),
            Variant::Fields(property, object, told) => Some((property, of_object(object, &told, definition))),
            Variant::Units(_) | Variant::Own(..) | Variant::Value(_) => None,
        };
        properties.extend(content.map(|(property, value)| (property.name.clone(), value)));
        let required: Vec<_> = properties.keys().cloned().collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        if object.rest == Rest::Forbidden {
            insert(&mut schema, "additionalProperties", false.into());
        }
        Some(of_member(schema, &told))
    });
    json!({"oneOf": branches.collect::<Vec<_>>()})
}

/// What a variant is to schemars, where serde says it by its form.
pub enum Variant<'m> {
    /// Strings.
    Units(&'m [crate::pair::Variant<'m>]),
    /// The value of a property.
    Content(&'m Property),
    /// The fields of an object, which is the value of a property.
    Fields(&'m Property, &'m Object, Vec<Told>),
    /// The fields of an object.
    Own(&'m Object, Vec<Told>),
    /// A value.
    Value(&'m Form),
}

/// The schema of an enum of strings, of objects of one property, and of other values, each told so much of.
pub fn of_external<'m>(
    variants: impl Iterator<Item = (Variant<'m>, Told)>,
    definition: &dyn Fn(DefinitionId) -> Value,
) -> Value {
    let (mut plain, mut others, mut is_unique) = (Vec::new(), Vec::new(), true);
    for (variant, told) in variants {
        let schema = match variant {
            Variant::Units(units) if !told.says_something() => {
                plain.extend(units.iter().map(|unit| unit.name));
                continue;
            }
            Variant::Units(units) => {
                let names =
                    units.iter().map(|unit| of_member(json!({"type": "string", "const": unit.name}), &told));
                others.extend(names);
                continue;
            }
            Variant::Content(property) => around(property, &of_form(&property.schema.form, definition)),
            Variant::Fields(property, object, told) => {
                around(property, &of_object(object, &told, definition))
            }
            Variant::Own(object, told) => {
                is_unique = false;
                of_object(object, &told, definition)
            }
            Variant::Value(form) => {
                is_unique = false;
                of_form(form, definition)
            }
        };
        others.push(of_member(schema, &told));
    }
    let plain = (!plain.is_empty()).then(|| json!({"type": "string", "enum": plain}));
    let keyword = if is_unique { "oneOf" } else { "anyOf" };
    json!({keyword: plain.into_iter().chain(others).collect::<Vec<_>>()})
}

fn around(property: &Property, value: &Value) -> Value {
    let name = &property.name;
    json!({"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": false})
}

/// The schema of an enum around values, of whose variants this is told.
pub fn of_union(union: &Union, told: &[Told], definition: &dyn Fn(DefinitionId) -> Value) -> Value {
    let untold = Told::default();
    let branches = union.branches.iter().enumerate().map(|(index, branch)| {
        of_member(of_form(&branch.schema.form, definition), told.get(index).unwrap_or(&untold))
    });
    json!({"anyOf": branches.collect::<Vec<_>>()})
}

/// The schema of a field or a variant of which this is told.
fn of_member(schema: Value, told: &Told) -> Value {
    let mut schema = described(schema, told.documentation.as_deref());
    if told.is_deprecated {
        insert(&mut schema, "deprecated", true.into());
    }
    schema
}

/// The schema of a struct of whose fields this is told.
pub fn of_object(object: &Object, told: &[Told], definition: &dyn Fn(DefinitionId) -> Value) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (index, property) in object.fields().enumerate() {
        let presence = Presence::of(property);
        let value = of_form(&property.schema.form, definition);
        let value = if presence.is_option() { of_option(value) } else { value };
        let mut value = of_member(value, told.get(index).unwrap_or(&Told::default()));
        if let Presence::Defaulted(constant) = presence {
            insert(&mut value, "default", constant.json());
        }
        if !is_option(property) {
            required.push(property.name.clone());
        }
        properties.insert(property.name.clone(), value);
    }
    let mut schema = json!({"type": "object"});
    match &object.rest {
        Rest::Ignored => {}
        Rest::Forbidden => insert(&mut schema, "additionalProperties", false.into()),
        Rest::Kept(part) => insert(&mut schema, "additionalProperties", of_form(&part.form, definition)),
    }
    if !properties.is_empty() {
        insert(&mut schema, "properties", properties.into());
    }
    if !required.is_empty() {
        insert(&mut schema, "required", required.into());
    }
    schema
}

/// A schema with what documentation adds to it.
pub fn described(mut schema: Value, documentation: Option<&str>) -> Value {
    if let Some(text) = documentation.filter(|text| !text.is_empty()) {
        insert(&mut schema, "description", text.into());
    }
    schema
}

/// Adds a keyword; `true` becomes an object first, as in schemars.
pub fn insert(schema: &mut Value, keyword: &str, value: Value) {
    if let Value::Bool(allows) = schema {
        *schema = if *allows { json!({}) } else { json!({"not": {}}) };
    }
    if let Value::Object(keywords) = schema {
        keywords.insert(keyword.to_owned(), value);
    }
}

thread_local! {
    static NAME: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A type of the name that was put into [`NAME`].
struct Called;

impl JsonSchema for Called {
    fn schema_name() -> Cow<'static, str> {
        NAME.with_borrow(Clone::clone).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

/// How schemars refers to the definition `name` under `keyword`.
pub fn reference(keyword: &str, name: &str) -> String {
    NAME.set(name.to_owned());
    let mut settings = SchemaSettings::default();
    settings.definitions_path = format!("/{keyword}").into();
    let schema = SchemaGenerator::new(settings).subschema_for::<Called>();
    schema.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned()
}

thread_local! {
    static ASKED: RefCell<Value> = const { RefCell::new(Value::Null) };
}

/// A type whose schema is what was put into [`ASKED`].
struct Asked;

impl JsonSchema for Asked {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Asked".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::try_from(ASKED.take()).unwrap_or_default()
    }
}

/// The schema of an `Option` of a type with this schema.
fn of_option(schema: Value) -> Value {
    ASKED.set(schema);
    <Option<Asked>>::json_schema(&mut SchemaGenerator::default()).to_value()
}
