use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// The schema of `T` as a document: its definitions under `$defs`, and neither a `title` nor a
/// `$schema` that the source does not have (`schemars::schema_for!` makes up both).
pub fn schema_of<T: JsonSchema>() -> Schema {
    schema_with_definitions::<T>("$defs")
}

/// [`schema_of`], with its definitions under another keyword: `definitions`, for drafts before 2019-09.
pub fn schema_with_definitions<T: JsonSchema>(keyword: &str) -> Schema {
    let settings = || {
        SchemaSettings::default().with(|settings| settings.definitions_path = format!("/{keyword}").into())
    };
    let own = T::json_schema(&mut SchemaGenerator::new(settings()));
    if own.as_bool().is_some() {
        return own;
    }
    let mut document = SchemaGenerator::new(settings()).into_root_schema_for::<T>();
    for made_up in ["title", "$schema"] {
        match own.get(made_up) {
            Some(said) => document.insert(made_up.into(), said.clone()),
            None => document.remove(made_up),
        };
    }
    document
}
