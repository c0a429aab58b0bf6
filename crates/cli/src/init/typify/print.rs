//! What says the same, as text: in the code, and in a manifest.

use std::fmt::Write;

use super::import::Import;
use super::render::quoted;
use super::translate::{Line, Setting, Translated};

/// What is printed of one import.
pub struct Printed {
    /// What to know, a line each.
    pub notes: Vec<String>,
    /// The macro.
    pub code: String,
    /// The configuration.
    pub manifest: String,
}

/// The text of one import.
pub fn printed(import: &Import, Translated { settings, notes }: Translated) -> Printed {
    let schema = match import.schemas.as_slice() {
        [only] => quoted(only),
        several => format!("[{}]", several.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", ")),
    };
    let module = module(import);
    let code = code(&schema, &module, &settings);
    let manifest = manifest(&schema, &module, &settings);
    Printed { notes, code, manifest }
}

/// What the module of the types is called: as the schema.
pub fn module(import: &Import) -> String {
    let file = import.schemas.first().map_or("types", String::as_str);
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = file.split('.').next().unwrap_or(file).to_lowercase();
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase()) && !isomorph_codegen::is_keyword(&name);
    if is_name { name } else { "types".to_owned() }
}

fn code(schema: &str, module: &str, settings: &[Line]) -> String {
    let mut text = format!("mod {module} {{\n    isomorph_macros::types!(\n        {schema},\n");
    for Line { name, value, because } in settings {
        if let Some(because) = because {
            let _ = writeln!(text, "        // {because}");
        }
        let _ = match value {
            Setting::Plain(value) => writeln!(text, "        {name} = {value},"),
            Setting::Table(table) => {
                let members =
                    table.iter().map(|(key, value)| format!("            {} = {value},\n", key_of(key)));
                writeln!(text, "        {name} = {{\n{}        }},", members.collect::<String>())
            }
        };
    }
    text + "    );\n}\n"
}

fn manifest(schema: &str, module: &str, settings: &[Line]) -> String {
    let mut text = format!("[package.metadata.isomorph]\nschema = {schema}\nout = \"src/{module}\"\n");
    for Line { name, value, because } in settings {
        if let Setting::Plain(value) = value {
            comment(&mut text, *because);
            let _ = writeln!(text, "{name} = {value}");
        }
    }
    for Line { name, value, because } in settings {
        if let Setting::Table(table) = value {
            text.push('\n');
            comment(&mut text, *because);
            let _ = writeln!(text, "[package.metadata.isomorph.{name}]");
            for (key, value) in table {
                let _ = writeln!(text, "{} = {value}", key_of(key));
            }
        }
    }
    text
}

fn comment(text: &mut String, because: Option<&str>) {
    if let Some(because) = because {
        let _ = writeln!(text, "# {because}");
    }
}

/// A key, as both have it.
fn key_of(key: &str) -> String {
    let is_bare = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_bare { key.to_owned() } else { quoted(key) }
}
