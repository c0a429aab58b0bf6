use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};

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
    let mut document = generator(keyword).into_root_schema_for::<T>();
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
