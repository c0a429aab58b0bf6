//! From what typify is told to settings of ours.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_codegen::{Foreign, Via};
use serde_json::Value;

use super::import::{Import, Patch, Said, What};
use super::notes::Notes;
use super::render::{plain_path, quoted};
use super::schema_text::SchemaText;

/// What typify makes of formats where nothing is said.
const FORMATS: [(&str, &str); 6] = [
    ("uuid", "uuid::Uuid"),
    ("date", "chrono::NaiveDate"),
    ("date-time", "chrono::DateTime<chrono::Utc>"),
    ("ip", "std::net::IpAddr"),
    ("ipv4", "std::net::Ipv4Addr"),
    ("ipv6", "std::net::Ipv6Addr"),
];

/// The formats by which typify chooses integers.
const INTEGERS: [&str; 8] = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"];

/// What every type derives or implements anyhow.
const ALWAYS: [&str; 7] =
    ["Clone", "Debug", "Deserialize", "PartialEq", "Serialize", "serde::Deserialize", "serde::Serialize"];

/// What the types of Rust are that hold any integer or number of theirs, without serde.
const NUMBERS: [&str; 9] = ["f64", "i16", "i32", "i64", "i8", "u16", "u32", "u64", "u8"];

/// A value of a setting.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// As TOML writes it.
    Plain(String),
    /// A table, whose values are as TOML writes them.
    Table(BTreeMap<String, String>),
}

/// A setting, and why it stands there.
#[derive(Debug, Clone)]
pub struct Line {
    pub name: &'static str,
    pub value: Setting,
    pub because: Option<&'static str>,
}

/// What says the same.
pub struct Translated {
    pub settings: Vec<Line>,
    pub notes: Vec<String>,
}

/// Translates one import, of schemas that may have been read.
pub fn translated(import: &Import, schemas: &[SchemaText]) -> Translated {
    let mut translation = Translation::new(import, schemas);
    translation.without_words();
    for said in &import.said {
        translation.take(said);
    }
    translation.finish()
}

struct Translation<'i> {
    schemas: &'i [SchemaText],
    notes: Notes<'i>,
    plain: BTreeMap<&'static str, (String, Option<&'static str>)>,
    tables: BTreeMap<&'static str, BTreeMap<String, String>>,
    derives: BTreeMap<String, Vec<String>>,
    attributes: BTreeMap<String, Vec<String>>,
    crates: BTreeSet<String>,
    never: BTreeSet<String>,
    has_json_schema: bool,
}

impl<'i> Translation<'i> {
    fn new(import: &'i Import, schemas: &'i [SchemaText]) -> Self {
        Self {
            schemas,
            notes: Notes::of(import),
            plain: BTreeMap::new(),
            tables: BTreeMap::new(),
            derives: BTreeMap::new(),
            attributes: BTreeMap::new(),
            crates: BTreeSet::new(),
            never: BTreeSet::new(),
            has_json_schema: false,
        }
    }

    /// What typify does where nothing is said.
    fn without_words(&mut self) {
        let any = |holds: &dyn Fn(&SchemaText) -> bool| self.schemas.iter().any(holds);
        let is_undated = any(&|schema| !schema.has_dialect());
        let has_null = any(&SchemaText::has_null);
        let has_widths =
            any(&|schema| INTEGERS.iter().any(|format| schema.formats("integer").contains(*format)));
        let formats: Vec<_> = FORMATS
            .iter()
            .filter(|(format, _)| any(&|schema| schema.formats("string").contains(*format)))
            .collect();
        for (format, path) in formats {
            self.map("formats", format, path);
        }
        let because = "typify reads every schema as one of draft 7";
        self.set("dialect", is_undated, quoted("7"), because);
        self.set(
            "map-type",
            true,
            quoted("HashMap"),
            "typify's; without this line maps are `BTreeMap`, and types of maps can be `Hash` and `Ord`",
        );
        self.set("absent-null", has_null, quoted("same"), "typify's; without this line what is absent and what is `null` are told apart, by an `Option` of an `Option`");
        self.set(
            "integers",
            has_widths,
            quoted("format"),
            "typify's; without this line only the bounds of an integer choose its type",
        );
    }

    fn set(&mut self, name: &'static str, holds: bool, value: String, because: &'static str) {
        if holds {
            self.plain.insert(name, (value, Some(because)));
        }
    }

    /// Maps something to a Rust type.
    fn map(&mut self, name: &'static str, key: &str, path: &str) {
        self.tables.entry(name).or_default().insert(key.to_owned(), foreign(path));
    }

    fn take(&mut self, Said { line, what }: &Said) {
        let line = *line;
        match what {
            What::Derive(path) => self.derive("*", path, line),
            What::Attribute(attribute) => self.attribute("*", attribute),
            What::StructBuilder(true) => {
                self.plain.insert("constructors", ("true".to_owned(), None));
                self.notes.say(
                    line,
                    "builders end in `.build()`, which checks, where typify's are converted by `try_into`",
                );
            }
            What::StructBuilder(false) => {}
            What::UnknownCrates(word) => self.unknown_crates(word, line),
            What::Crate { name, original, version } => self.a_crate(name, original.as_deref(), version, line),
            What::MapType(path) => self.map_type(path, line),
            What::Patch { name, patch } => self.patch(name, patch, line),
            What::Replace { name, path } => self.replace(name, path, line),
            What::Convert { schema, path } => self.convert(schema, path, line),
            What::TypeMod(name) => self.notes.say(
                line,
                &format!(
                    "`with_type_mod`: types stand where they are included; put them into a module `{name}`"
                ),
            ),
            What::Unclear(method) => self.unclear(method, line),
        }
    }

    fn derive(&mut self, pattern: &str, path: &str, line: usize) {
        let path = plain_path(path);
        if path == "JsonSchema" || path == "schemars::JsonSchema" {
            self.has_json_schema = true;
            if pattern != "*" {
                self.notes.say(line, "`JsonSchema` is implemented for all types or for none");
            }
        } else if !ALWAYS.contains(&path.as_str()) {
            let all = self.derives.entry(pattern.to_owned()).or_default();
            if !all.contains(&path) {
                all.push(path);
            }
        }
    }

    fn attribute(&mut self, pattern: &str, attribute: &str) {
        let all = self.attributes.entry(pattern.to_owned()).or_default();
        if !all.iter().any(|known| known == attribute) {
            all.push(attribute.to_owned());
        }
    }

    fn unknown_crates(&mut self, word: &str, line: usize) {
        match word {
            "Allow" => {
                let named: BTreeSet<_> = self.schemas.iter().flat_map(SchemaText::crates).collect();
                self.crates.extend(named);
                self.notes.say(line, "`Allow` of `unknown_crates`: crates are listed by name, and these are those that the schemas name now");
            }
            "Deny" => self.notes.say(line, "`Deny` of `unknown_crates`: a type of a crate that is not listed is made, and not refused; `x-rust-type` is then an annotation"),
            _ => {}
        }
    }

    fn a_crate(&mut self, name: &str, original: Option<&str>, version: &str, line: usize) {
        let named = original.unwrap_or(name).to_owned();
        if version == "!" {
            self.never.insert(named);
            return;
        }
        if version != "*" {
            self.notes.say(line, &format!("`{named}` {version}: which version of a crate a type is of is not compared; your manifest says it"));
        }
        if original.is_some() {
            self.notes.say(line, &format!("the crate `{named}` is called `{name}` here: paths stay as the schema has them; depend on it as `{named}`, or name its types by `types`, each with its path"));
        }
        self.crates.insert(named);
    }

    fn map_type(&mut self, path: &str, line: usize) {
        let last = path.rsplit("::").next().unwrap_or(path);
        if !["BTreeMap", "HashMap", "IndexMap"].contains(&last) {
            self.notes.say(line, &format!("maps of the type `{path}`: there are `BTreeMap`, `HashMap` and `IndexMap`; this is the first"));
            self.plain.remove("map-type");
            return;
        }
        self.plain.insert("map-type", (quoted(last), None));
    }

    fn patch(&mut self, name: &str, patch: &Patch, line: usize) {
        let new = patch.rename.as_deref().unwrap_or(name);
        if patch.rename.is_some() {
            self.tables.entry("names").or_default().insert(name.to_owned(), quoted(new));
        }
        for path in &patch.derives {
            self.derive(new, path, line);
        }
        for attribute in &patch.attributes {
            self.attribute(new, attribute);
        }
        for method in &patch.unclear {
            self.unclear(method, line);
        }
    }

    fn replace(&mut self, name: &str, path: &str, line: usize) {
        let Some(path) = self.whole(path, line) else { return };
        let names: Vec<_> = self.schemas.iter().flat_map(|schema| schema.definitions(name)).collect();
        if names.is_empty() {
            self.notes.say(line, &format!("`{name}`: no definition of the schemas is called so; say `types = {{ NAME = {} }}` with its name there, or `FILE#/POINTER`", foreign(&path)));
            return;
        }
        for name in &names {
            self.map("types", name, &path);
        }
        self.notes.say(
            line,
            &format!("`{name}` stays a type, around `{path}`: `{name}::new(it)?` and `.into_inner()`"),
        );
    }

    fn convert(&mut self, schema: &Value, path: &str, line: usize) {
        let Some(path) = self.whole(path, line) else { return };
        let keyword = |name: &str| schema.get(name).and_then(Value::as_str);
        let is_of_two =
            schema.as_object().is_some_and(|members| members.len() == 2) && keyword("type").is_some();
        for (name, setting) in [("format", "formats"), ("contentEncoding", "encodings")] {
            if let Some(value) = keyword(name).filter(|_| is_of_two) {
                self.map(setting, value, &path);
                return;
            }
        }
        let places: Vec<_> = self.schemas.iter().flat_map(|one| one.places(schema)).collect();
        for place in &places {
            self.map("types", place, &path);
        }
        let what =
            format!("`convert` of `{schema}`: types are said by format, by `contentEncoding`, or by place");
        if places.is_empty() {
            self.notes.say(
                line,
                &format!(
                    "{what}, and no schema is so; say `types = {{ \"FILE#/POINTER\" = {} }}`",
                    foreign(&path)
                ),
            );
        } else {
            self.notes.say(line, &format!("{what}; these are the places where a schema is so now"));
        }
    }

    /// The path of a type, if it is one from everywhere.
    fn whole(&mut self, path: &str, line: usize) -> Option<String> {
        let is_builtin = NUMBERS.contains(&path) || path == "f32" || path.starts_with("Vec<");
        let is_relative = path.starts_with("self::") || path.starts_with("super::") || !path.contains("::");
        if is_relative && !is_builtin {
            self.notes.say(line, &format!("`{path}` is no whole path: say it from a crate on, or from `crate`, and give it as `types` or `formats`"));
            return None;
        }
        Some(path.to_owned())
    }

    fn unclear(&mut self, method: &str, line: usize) {
        let instead = match method {
            "with_rename" => "names = { OLD = \"NEW\" }",
            "with_derive" => "derive = [\"PATH\"]",
            "with_attr" => "attributes = [\"#[…]\"]",
            "with_struct_builder" => "constructors = true",
            "with_map_type" => "map-type = \"BTreeMap\"",
            "with_crate" | "with_unknown_crates" => "allow-rust-types = [\"CRATE\"]",
            "with_replacement" => "types = { NAME = \"PATH\" }",
            "with_conversion" => {
                "formats = { FORMAT = \"PATH\" }, or types = { \"FILE#/POINTER\" = \"PATH\" }"
            }
            "with_patch" => "names = { OLD = \"NEW\" }, and derive and attributes by name",
            _ => {
                self.notes.say(line, &format!("`{method}` is no setting that is known here"));
                return;
            }
        };
        self.notes.say(
            line,
            &format!("`{method}`: what it is told cannot be read without running the code; say {instead}"),
        );
    }

    fn finish(mut self) -> Translated {
        let crates: Vec<_> = self.crates.difference(&self.never).map(|name| quoted(name)).collect();
        if !crates.is_empty() {
            self.plain.insert("allow-rust-types", (format!("[{}]", crates.join(", ")), None));
        }
        let (schemars, because) = if self.has_json_schema {
            ("always", None)
        } else {
            (
                "never",
                Some(
                    "typify's types have no `JsonSchema`; without this line these have, and give the schema back",
                ),
            )
        };
        self.plain.insert("schemars", (quoted(schemars), because));
        let mut settings: Vec<Line> = Vec::new();
        for (name, (value, because)) in self.plain {
            settings.push(Line { name, value: Setting::Plain(value), because });
        }
        for (name, said) in [("derive", &self.derives), ("attributes", &self.attributes)] {
            settings.extend(by_name(said).map(|value| Line { name, value, because: None }));
        }
        for (name, table) in self.tables {
            let because = (name == "formats").then_some(
                "as typify has them, or as it is told; a format that is not here stays a `String`",
            );
            settings.push(Line { name, value: Setting::Table(table), because });
        }
        Translated { settings, notes: self.notes.lines() }
    }
}

/// A list if it is said of all types, else a table of lists.
fn by_name(said: &BTreeMap<String, Vec<String>>) -> Option<Setting> {
    let list = |words: &[String]| {
        format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
    };
    if let (1, Some(all)) = (said.len(), said.get("*")) {
        return Some(Setting::Plain(list(all)));
    }
    (!said.is_empty())
        .then(|| Setting::Table(said.iter().map(|(name, words)| (name.clone(), list(words))).collect()))
}

/// A type as the tables of types have it: typify reads all of them by serde.
fn foreign(path: &str) -> String {
    let is_known = Foreign::from(path).via() != &Via::Str || NUMBERS.contains(&path);
    if is_known { quoted(path) } else { format!("{{ type = {}, via = \"serde\" }}", quoted(path)) }
}
