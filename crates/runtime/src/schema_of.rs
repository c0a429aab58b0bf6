use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::spelling::with_parts;

/// What the generator writes for the type of a whole schema document.
pub trait Document: JsonSchema {
    /// The keyword of its definitions: `$defs` or `definitions`.
    const DEFINITIONS: &'static str;

    /// Whether the document has the keyword even where it has no definitions.
    const EVEN_EMPTY: bool = false;

    /// The definitions of other documents, which schemars puts under the keyword as well: their names.
    const FOREIGN: &'static [&'static str] = &[];

    /// Where the document keeps definitions that schemars puts under the keyword: names, and JSON Pointers.
    const ELSEWHERE: &'static [(&'static str, &'static str)] = &[];

    /// Keywords that the document does not have in a definition which it shares with another document, and which are
    /// of that: names, and keywords.
    const LESS: &'static [(&'static str, &'static [&'static str])] = &[];

    /// Mentions the definitions that nothing in the document refers to.
    fn mention(generator: &mut SchemaGenerator) {
        let _ = generator;
    }
}

/// The whole document of `T`: its schema as [`schema_of`] has it, with all its definitions under their keyword.
pub fn document_of<T: Document>() -> Schema {
    let mut document = schema_with_definitions::<Whole<T>>(T::DEFINITIONS);
    if let Some(document) = document.as_object_mut() {
        if let Some(definitions) = document.get_mut(T::DEFINITIONS).and_then(Value::as_object_mut) {
            definitions.retain(|name, _| !T::FOREIGN.contains(&name.as_str()));
            for (name, keywords) in T::LESS {
                if let Some(definition) = definitions.get_mut(*name).and_then(Value::as_object_mut) {
                    definition.retain(|keyword, _| !keywords.contains(&keyword.as_str()));
                }
            }
        }
        for (name, place) in T::ELSEWHERE {
            move_definition(document, T::DEFINITIONS, name, place);
        }
        let definitions = document.entry(T::DEFINITIONS).or_insert_with(|| Map::new().into());
        if !T::EVEN_EMPTY && definitions.as_object().is_some_and(Map::is_empty) {
            document.remove(T::DEFINITIONS);
        }
    }
    document
}

/// The schema of a document that has no type, by its text.
pub fn said(text: &str) -> Schema {
    serde_json::from_str(text).unwrap_or_default()
}

/// Moves a definition to its place, if it does not stand there already.
fn move_definition(document: &mut Map<String, Value>, keyword: &str, name: &str, place: &str) {
    let definitions = document.get_mut(keyword).and_then(Value::as_object_mut);
    let Some(definition) = definitions.and_then(|definitions| definitions.remove(name)) else { return };
    let unescaped = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
    let Some((around, last)) = place.rsplit_once('/') else { return };
    let mut segments = around.split('/').skip(1).map(unescaped);
    let Some(first) = segments.next() else { return };
    let mut at = document.entry(first).or_insert_with(|| Map::new().into());
    for segment in segments {
        at = match at {
            Value::Object(members) => members.entry(segment).or_insert_with(|| Map::new().into()),
            Value::Array(elements) => {
                let Some(element) = segment.parse().ok().and_then(|index: usize| elements.get_mut(index))
                else {
                    return;
                };
                element
            }
            _ => return,
        };
    }
    if let Value::Object(definitions) = at {
        definitions.entry(unescaped(last)).or_insert(definition);
    }
}

/// `T`, and what its document holds besides. To schemars it is `T`, so that a reference to it is `#`.
struct Whole<T>(PhantomData<T>);

impl<T: Document> JsonSchema for Whole<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = T::json_schema(generator);
        T::mention(generator);
        schema
    }
}

/// `T`, and what it refers to where none of its fields does.
struct WithParts<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for WithParts<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        with_parts(generator, T::json_schema)
    }
}

/// The schema of `T` as a document: its definitions under `$defs`, and neither a `title` nor a
/// `$schema` that the source does not have (`schemars::schema_for!` makes up both).
pub fn schema_of<T: JsonSchema>() -> Schema {
    schema_with_definitions::<T>("$defs")
}

/// [`schema_of`], with its definitions under another keyword: `definitions`, for drafts before 2019-09.
pub fn schema_with_definitions<T: JsonSchema>(keyword: &str) -> Schema {
    let own = T::json_schema(&mut generator(keyword));
    if own.as_bool().is_some() {
        return own;
    }
    let mut document = generator(keyword).into_root_schema_for::<WithParts<T>>();
    for made_up in ["title", "$schema"] {
        match own.get(made_up) {
            Some(said) => document.insert(made_up.into(), said.clone()),
            None => document.remove(made_up),
        };
    }
    document
}

/// The schema of `T` as it stands in a document that keeps its definitions under `keyword`: `$defs` or
/// `definitions`. A reference to `T` itself says its name, and is no `#`.
pub fn definition_of<T: JsonSchema>(keyword: &str) -> Schema {
    let mut generator = generator(keyword);
    let schema = generator.subschema_for::<T>();
    // It is the first of its name.
    let definition = generator.definitions().get(T::schema_name().as_ref()).filter(|_| !T::inline_schema());
    definition.and_then(|definition| Schema::try_from(definition.clone()).ok()).unwrap_or(schema)
}

fn generator(keyword: &str) -> SchemaGenerator {
    let mut settings = SchemaSettings::default();
    settings.definitions_path = format!("/{keyword}").into();
    SchemaGenerator::new(settings)
}
