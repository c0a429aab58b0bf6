//! The settings, as people are told of them: one table, to which manifest, builder, macro and command line are held, and which
//! the documentation prints.

use std::fmt::Write;

use isomorph_schema::{Setting, Unresolved};

use crate::preset::Preset;
use crate::settings::{
    AbsentNull, Arrays, Defaults, Integers, Keys, MapType, Modules, Schemars, Sets, StringType, Undeclared,
    UnknownVariants, Untyped,
};

/// A setting.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// Its name in a manifest and in the macro.
    pub name: &'static str,
    /// How it is written there.
    pub example: &'static str,
    /// Its words, the default first, if it has one of a few.
    pub words: Option<fn() -> Vec<&'static str>>,
    /// What it says.
    pub says: &'static str,
    /// What it gives up of what types do otherwise, if it trades a law.
    pub gives_up: Option<&'static str>,
    /// The function of [`Generator`](crate::Generator) that says it, if that is for a builder to say.
    pub builder: Option<&'static str>,
    /// The option of `isomorph generate --schema`, if it is for one to say.
    pub option: Option<&'static str>,
}

/// The words of a setting.
fn words<S: Setting>() -> Vec<&'static str> {
    S::WORDS.iter().map(|word| word.word).collect()
}

const fn row(name: &'static str, example: &'static str, says: &'static str) -> Row {
    Row { name, example, words: None, says, gives_up: None, builder: None, option: None }
}

impl Row {
    const fn of<S: Setting>(self) -> Self {
        Self { words: Some(words::<S>), ..self }
    }

    const fn gives_up(self, what: &'static str) -> Self {
        Self { gives_up: Some(what), ..self }
    }

    const fn by(self, builder: &'static str, option: &'static str) -> Self {
        Self { builder: Some(builder), option: Some(option), ..self }
    }
}

/// All of them, in the order in which they are told.
pub const SETTINGS: &[Row] = &[
    row("schema", "schema = \"schema\"", "where schemas are: a folder, a file, a glob, or `FILE#/POINTER`; or a list").by("schema", "schema"),
    row("out", "out = \"src\"", "where the generated files go").by("write_to_out_dir", "out"),
    row("within", "within = \"..\"", "the folder that references stay in, if not that of the schemas").by("within", "within"),
    row("map", "map = { \"https://example.com/\" = \"vendor/\" }", "the files of documents that schemas refer to elsewhere").by("map", "map"),
    row("vendor", "vendor = \"vendor\"", "the folder of `isomorph fetch`"),
    row("dialect", "dialect = \"2020-12\"", "the dialect of schemas without `$schema`, or with one that is not known").by("dialect", "dialect"),
    row("unresolved", "unresolved = \"refuse\"", "what becomes of references to documents that are not here").of::<Unresolved>().by("unresolved", "unresolved"),
    row("operations", "operations = true", "of OpenAPI documents, the schemas of operations too").by("opening", "operations"),
    row("allow-any", "allow-any = true", "an object without a keyword is a schema that accepts anything").by("opening", "allow-any"),
    row("only", "only = []", "the definitions or files that types are made of, with what they need").by("only", "only"),
    row("names", "names = { \"Api*\" = \"*\" }", "names of types, by `FILE#POINTER`, or by a pattern of what they would be called: what `*` stands for in it stands for the one in the name. Equal schemas may share a name").by("type_name", "names"),
    row("fields", "fields = { \"*.type\" = \"kind\" }", "names of fields, by `FILE#POINTER` of the property, or by `TYPE.PROPERTY`, in which `*` stands for anything").by("field_name", "fields"),
    row("variants", "variants = { \"Status.*open*\" = \"Open\" }", "names of variants, by `FILE#POINTER` of the branch or constant (`…/oneOf/0`, `…/enum/1`), or by `TYPE.NAME`, where the name is the string, or what the variant would be called").by("variant_name", "variants"),
    row("lock-names", "lock-names = true", "`isomorph.lock` keeps what types and variants are called, so that an addition to the schemas renames nothing: [names](names.md)").by("lock_names", "lock-names"),
    row("aliases", "aliases = true", "a type that is called otherwise in the files that are there keeps that name as a deprecated alias, until the setting goes again: turn it off after the release that has them").by("aliases", "aliases"),
    row("schemars", "schemars = \"always\"", "when types implement `JsonSchema`; in a manifest `feature`, unless it says otherwise").of::<Schemars>().by("schemars", "schemars"),
    row("defaults", "defaults = \"apply\"", "an absent property reads as its default, or stays absent").of::<Defaults>().by("defaults", "defaults"),
    row("undeclared", "undeclared = \"ignore\"", "what becomes of properties that the schema neither declares nor forbids: `keep` has them in a map").of::<Undeclared>().by("undeclared", "undeclared"),
    row("constructors", "constructors = true", "`T::builder()`, whose `build()` fills in defaults and holds the value against its schema").by("constructors", "constructors"),
    row("derive", "derive = { \"Order*\" = [\"strum::Display\"] }", "traits for all types, `[\"Ord\", \"strum::Display\"]`, or by pattern of their names. A standard trait that a part has not is an error that names the part; `JsonSchema` is for `schemars` to say").by("derive", "derive"),
    row("attributes", "attributes = [\"#[non_exhaustive]\"]", "attributes for all types, or by pattern").by("attribute", "attributes"),
    row("arrays", "arrays = \"numbers\"", "`numbers`: an array of a certain length is a `Vec` that is checked, or `[f64; 3]` if it holds numbers (up to 32); `fixed`: `[T; 3]` whatever it holds; `list`: always a `Vec`").of::<Arrays>().by("arrays", "arrays"),
    row("map-type", "map-type = \"BTreeMap\"", "the type of maps. Types that hold another than a `BTreeMap` are neither `Hash` nor `Ord`; `IndexMap` is of the crate `indexmap`").of::<MapType>().by("map_type", "map-type"),
    row("string-type", "string-type = \"String\"", "the type of strings; names of members stay `String`. `Arc<str>` needs serde's feature `rc`").of::<StringType>().by("string_type", "string-type"),
    row("modules", "modules = \"one\"", "types are beside each other, none two of one name; with `files` each file has a module besides, where its types are called as it calls them (`order::Address` for `OrderAddress`), with `namespaces` each namespace of definitions (`core::v1::Pod` of `io.k8s.api.core.v1.Pod`)").of::<Modules>().by("modules", "modules"),
    row("preset", "preset = \"none\"", "the settings under which types come back that schemars printed; see below").of::<Preset>().by("preset", "preset"),
    row("formats", "formats = { uuid = \"uuid::Uuid\" }", "Rust types by format, or `\"annotate\"`: [your own types](your-own-types.md)").gives_up("what the type does not hold; other ways to write it").by("format", "formats"),
    row("encodings", "encodings = { base64 = \"Vec<u8>\" }", "Rust types by `contentEncoding`").gives_up("what the type does not hold; other ways to write it").by("encoding", "encodings"),
    row("types", "types = { Money = \"crate::Money\" }", "Rust types by `FILE#POINTER` or by the name of a definition").gives_up("what the type does not hold; other ways to write it").by("ty", "types"),
    row("allow-rust-types", "allow-rust-types = [\"uuid\"]", "the crates of which schemas may name types by `x-rust-type`, as they are for typify; of others it is an annotation").gives_up("what the type does not hold; other ways to write it").by("allow_rust_types", "allow-rust-types"),
    row("crates", "crates = { \"https://example.com/common.json\" = \"common_types\" }", "the crates or modules that have the types of a document already, by its URI or file: [your own types](your-own-types.md#types-of-another-crate)").by("crate_of", "crates"),
    row("integers", "integers = \"bounds\"", "an integer is the type whose range its bounds are, else `i64` or `u64`; or the one that its format says: `int32` is `i32`").of::<Integers>().gives_up("integers that a format such as `int32` does not hold").by("integers", "integers"),
    row("untyped", "untyped = \"any\"", "`properties` without `type` is an object or anything else, or an object").of::<Untyped>().gives_up("what is no object").by("untyped", "untyped"),
    row("absent-null", "absent-null = \"apart\"", "a property that may be absent and may be `null` is an `Option<Option<T>>`, or one `Option`").of::<AbsentNull>().gives_up("a `null`, which is not written again. Not where a schema around it tells instances apart by their properties").by("absent_null", "absent-null"),
    row("sets", "sets = \"Vec\"", "where `uniqueItems` says so: a list that is checked, or a set where the elements are strings, integers or booleans that are not mapped, and no keyword goes by their places").of::<Sets>().gives_up("the order of the elements").by("sets", "sets"),
    row("keys", "keys = \"text\"", "in a map under `^\\d+$` or `^-?\\d+$` alone, names are strings, which are checked, or integers. Formats other than JSON may write such names as integers").of::<Keys>().gives_up("names of more than 64 bits, and leading zeros").by("keys", "keys"),
    row("unknown-variants", "unknown-variants = \"refuse\"", "an enum has the variants of its schema, or one more, `Unknown`, for the rest; see below").of::<UnknownVariants>().gives_up("that only what the schema lists is accepted").by("unknown_variants", "unknown-variants"),
    row("validate", "validate = { \"*.json\" = \"a.json\" }", "what `isomorph validate` holds against what: [validate](validate.md)"),
    row("accepted", "accepted = [{ place = \"order.json#/properties/status\", reason = \"nobody was sent it\" }]", "breaks that were decided on, for `isomorph diff`: [when the schema changes](when-the-schema-changes.md)"),
    row("assert-formats", "assert-formats = true", "formats assert where files are checked; or a list of those that do"),
    row("allow-schema-key", "allow-schema-key = true", "instances may have a `$schema` that a closed schema does not declare"),
    row("redact", "redact = true", "`isomorph validate` shows no value in what it reports"),
    row("baseline", "baseline = \"known.json\"", "the problems that are known, of which `isomorph validate` does not tell: [validate](validate.md)"),
];

/// The settings as the documentation prints them: all, and those that trade a law.
pub fn tables() -> String {
    let mut text = String::from("| setting | is | says |\n| --- | --- | --- |\n");
    for row in SETTINGS {
        let is = match row.words {
            Some(words) => words().iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
            None => format!("`{}`", row.example.split_once(" = ").map_or(row.example, |(_, value)| value)),
        };
        let _ = writeln!(text, "| `{}` | {is} | {} |", row.name, row.says);
    }
    text
}

/// Those that trade a law, with what they give up.
pub fn trades() -> String {
    let mut text = String::from("| setting | gives up |\n| --- | --- |\n");
    for row in SETTINGS {
        if let Some(what) = row.gives_up {
            let value = row.words.and_then(|words| words().get(1).copied());
            let value = value.map(|value| format!(" = \"{value}\"")).unwrap_or_default();
            let _ = writeln!(text, "| `{}{value}` | {what} |", row.name);
        }
    }
    text
}
