use schemars::{JsonSchema, Schema, SchemaGenerator};

/// The schema of `T` as a document: its definitions under `$defs`, and neither a `title` nor a
/// `$schema` that the source does not have (`schemars::schema_for!` makes up both).
pub fn schema_of<T: JsonSchema>() -> Schema {
    let own = T::json_schema(&mut SchemaGenerator::default());
    if own.as_bool().is_some() {
        return own;
    }
    let mut document = SchemaGenerator::default().into_root_schema_for::<T>();
    for made_up in ["title", "$schema"] {
        match own.get(made_up) {
            Some(said) => document.insert(made_up.into(), said.clone()),
            None => document.remove(made_up),
        };
    }
    document
}
