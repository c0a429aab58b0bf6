//! Schema files in generated code: for guards, and for types whose schema is a copy of the source.

/// A schema file, embedded in generated code.
#[derive(Debug)]
pub struct Document {
    /// The URI by which guards and other documents refer to it.
    pub uri: &'static str,
    /// The dialect of a text that names none, or one that is not known.
    pub dialect: &'static str,
    /// The JSON text.
    pub text: &'static str,
}

/// The schema at `pointer` in an embedded document, as its author wrote it; for types whose schema is
/// carried. Without these keywords, if it stands for several places of which not all have them.
#[cfg(feature = "schemars")]
pub fn carried(document: &Document, pointer: &str, left: &[&str]) -> schemars::Schema {
    let document: serde_json::Value = serde_json::from_str(document.text).unwrap_or_default();
    let mut schema = document.pointer(pointer).cloned().unwrap_or_default();
    if let serde_json::Value::Object(keywords) = &mut schema {
        keywords.retain(|keyword, _| !left.contains(&keyword.as_str()));
    }
    schema.try_into().unwrap_or_default()
}
