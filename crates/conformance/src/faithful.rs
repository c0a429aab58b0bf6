//! The part of a generated program that holds what schemars says of types against their source.

/// Definitions in a schema are definitions of their own.
pub const FAITHFUL: &str = r##"
#[allow(unused_imports)]
use schemars::JsonSchema;

#[allow(dead_code)]
struct Source {
    case: usize,
    document: Value,
    keyword: &'static str,
    /// What schemars says of the whole document.
    said: Value,
    /// The same, with the definitions that its root does not mention.
    whole: std::cell::RefCell<Value>,
}

#[allow(dead_code)]
impl Source {
    fn new<Root: schemars::JsonSchema>(case: usize, schema: &str) -> Self {
        let document: Value = serde_json::from_str(schema).unwrap_or_default();
        let older = document.get("definitions").is_some() && document.get("$defs").is_none();
        let keyword = if older { "definitions" } else { "$defs" };
        let said = isomorph_runtime::schema_with_definitions::<Root>(keyword).to_value();
        Self { case, document, keyword, said, whole: Default::default() }
    }

    /// Of a type that stands for several places, annotations that not all have are `left` to what is around each: that
    /// is held as well, with all that is inside it.
    fn hold<T: schemars::JsonSchema>(&self, pointer: &str, left: &[&str]) {
        let mut said = self.say::<T>(pointer);
        // Alone, a type calls the root by its name; where it stands in the whole, as the source does.
        let mentions_root = said.to_string().contains("\"$ref\":\"#\"");
        if mentions_root
            && !self.is_said(&said, pointer, left)
            && let Some(part) = self.said.pointer(pointer).or(self.whole.borrow().pointer(pointer))
        {
            said.clone_from(part);
            if let Some(keywords) = said.as_object_mut() {
                keywords.retain(|keyword, _| !left.contains(&keyword.as_str()));
            }
        }
        let equal = self.is_said(&said, pointer, left);
        let said = (!equal).then(|| said.to_string().chars().take(300).collect::<String>());
        println!("{}", serde_json::json!({"case": self.case, "pointer": pointer, "faithful": equal, "said": said}));
    }

    /// Whether the function that gives the whole document does.
    fn whole(&self, said: schemars::Schema) {
        println!("{}", serde_json::json!({"case": self.case, "whole": isomorph_runtime::same_schema(said.as_value(), &self.document)}));
        self.whole.replace(said.to_value());
    }

    /// Whether the schema at a place is this one.
    fn is_said(&self, said: &Value, pointer: &str, left: &[&str]) -> bool {
        let mut source = self.document.pointer(pointer).cloned().unwrap_or_default();
        if let Some(keywords) = source.as_object_mut() {
            keywords.retain(|keyword, _| !left.contains(&keyword.as_str()));
        }
        let mut said = said.clone();
        for schema in [&mut said, &mut source] {
            if let Some(keywords) = schema.as_object_mut() {
                keywords.remove("$defs");
                keywords.remove("definitions");
            }
        }
        isomorph_runtime::same_schema(&said, &source)
    }

    /// As part of the whole, or for itself if the root does not mention it.
    fn say<T: schemars::JsonSchema>(&self, pointer: &str) -> Value {
        if pointer.is_empty() {
            return self.said.clone();
        }
        let name = T::schema_name();
        let part = self.said.get(self.keyword).and_then(|all| all.get(name.as_ref()));
        if let Some(part) = part.filter(|_| !T::inline_schema()) {
            return part.clone();
        }
        self.say_alone::<T>()
    }

    fn say_alone<T: schemars::JsonSchema>(&self) -> Value {
        let alone = isomorph_runtime::definition_of::<T>(self.keyword).to_value().to_string();
        // What the whole document calls "#" has a name here.
        let named = format!("\"$ref\":\"#/{}/Root\"", self.keyword);
        serde_json::from_str(&alone.replace(&named, "\"$ref\":\"#\"")).unwrap_or_default()
    }
}
"##;
