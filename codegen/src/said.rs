//! What a build script says of the settings.

use std::path::PathBuf;

use isomorph_schema::{Dialect, Unresolved};

use crate::foreign::Foreign;
use crate::generator::Generator;
use crate::preset::Preset;
use crate::settings::{
    AbsentNull, Arrays, Defaults, Formats, Integers, Keys, Layout, MapType, Modules, Schemars, Sets,
    StringType, Undeclared, UnknownVariants, Untyped,
};

impl Generator {
    /// Names the type of a schema, by `FILE#POINTER`; or types by a pattern of what they would be called, in which `*` stands
    /// for anything, and in the name for that.
    pub fn type_name(&mut self, place: impl Into<String>, name: impl Into<String>) -> &mut Self {
        self.settings.names.insert(place.into(), name.into());
        self
    }

    /// Names the field of a property, by `FILE#POINTER`, or by `TYPE.PROPERTY`, in which `*` stands for anything.
    pub fn field_name(&mut self, place: impl Into<String>, name: impl Into<String>) -> &mut Self {
        self.settings.fields.insert(place.into(), name.into());
        self
    }

    /// Names the variant of a branch or a constant, by `FILE#POINTER`, or by `TYPE.NAME`, in which `*` stands for anything and
    /// the name is the string, or what the variant would be called.
    pub fn variant_name(&mut self, place: impl Into<String>, name: impl Into<String>) -> &mut Self {
        self.settings.variants.insert(place.into(), name.into());
        self
    }

    /// Names the type of the only document's root.
    pub fn root_name(&mut self, name: impl Into<String>) -> &mut Self {
        self.settings.root_name = Some(name.into());
        self
    }

    /// Maps a format to a Rust type, by its path or with how it is read.
    pub fn format(&mut self, format: impl Into<String>, ty: impl Into<Foreign>) -> &mut Self {
        self.settings.formats.insert(format.into(), ty.into());
        self
    }

    /// Maps strings of a `contentEncoding` to a Rust type, by its path or with how it is read.
    pub fn encoding(&mut self, encoding: impl Into<String>, ty: impl Into<Foreign>) -> &mut Self {
        self.settings.encodings.insert(encoding.into(), ty.into());
        self
    }

    /// Maps the schema at `FILE#POINTER`, or the definitions and documents of a name, to a Rust type.
    pub fn ty(&mut self, place: impl Into<String>, ty: impl Into<Foreign>) -> &mut Self {
        self.settings.types.insert(place.into(), ty.into());
        self
    }

    /// Takes schemas at their word that name the Rust type they stand for (`x-rust-type`), if it is of one of these crates.
    pub fn allow_rust_types(&mut self, crates: impl IntoIterator<Item = impl Into<String>>) -> &mut Self {
        self.settings.allow_rust_types.extend(crates.into_iter().map(Into::into));
        self
    }

    /// Takes the types of a document, by its URI or file, from a crate or module that has them, made by this generator from
    /// the same document. It is read all the same, to know what they are called there.
    pub fn crate_of(&mut self, uri: impl Into<String>, path: impl Into<String>) -> &mut Self {
        self.settings.crates.insert(uri.into(), path.into());
        self
    }

    /// Whether formats are Rust types. What was said of single ones before is forgotten.
    pub fn formats(&mut self, formats: Formats) -> &mut Self {
        self.settings.say_formats(formats);
        self
    }

    /// The dialect of schemas that do not say it, or say one that is not known.
    pub fn dialect(&mut self, dialect: Dialect) -> &mut Self {
        self.settings.dialect = dialect;
        self.files.unknown = Some(dialect);
        self
    }

    /// When the types implement `schemars::JsonSchema`.
    pub fn schemars(&mut self, schemars: Schemars) -> &mut Self {
        self.settings.schemars = schemars;
        self
    }

    /// What becomes of a schema that refers to documents which are not here, or to itself.
    pub fn unresolved(&mut self, unresolved: Unresolved) -> &mut Self {
        self.settings.unresolved = unresolved;
        self
    }

    /// Whether an absent property reads as its default.
    pub fn defaults(&mut self, defaults: Defaults) -> &mut Self {
        self.settings.defaults = defaults;
        self
    }

    /// What becomes of properties that a schema neither declares, types nor forbids.
    pub fn undeclared(&mut self, undeclared: Undeclared) -> &mut Self {
        self.settings.undeclared = undeclared;
        self
    }

    /// Makes types only of the definitions and documents of these names, and of what they need.
    pub fn only(&mut self, names: impl IntoIterator<Item = impl Into<String>>) -> &mut Self {
        self.settings.only.extend(names.into_iter().map(Into::into));
        self
    }

    /// Gives structs builders: `T::builder()`, whose `build()` fills in defaults and holds the value against its schema.
    pub fn constructors(&mut self) -> &mut Self {
        self.settings.constructors = true;
        self
    }

    /// Sets the settings that belong to a preset; single ones may be set behind.
    pub fn preset(&mut self, preset: Preset) -> &mut Self {
        preset.set(&mut self.settings);
        self
    }

    /// Which Rust type an integer is.
    pub fn integers(&mut self, integers: Integers) -> &mut Self {
        self.settings.integers = integers;
        self
    }

    /// What a schema is that says something of objects, and no type.
    pub fn untyped(&mut self, untyped: Untyped) -> &mut Self {
        self.settings.untyped = untyped;
        self
    }

    /// Whether an absent property and one that is `null` are told apart, where both may be.
    pub fn absent_null(&mut self, absent_null: AbsentNull) -> &mut Self {
        self.settings.absent_null = absent_null;
        self
    }

    /// What holds the elements of an array that have to differ.
    pub fn sets(&mut self, sets: Sets) -> &mut Self {
        self.settings.sets = sets;
        self
    }

    /// What an array of a certain length is.
    pub fn arrays(&mut self, arrays: Arrays) -> &mut Self {
        self.settings.arrays = arrays;
        self
    }

    /// What the names of a map's members are, if they have to be integers.
    pub fn keys(&mut self, keys: Keys) -> &mut Self {
        self.settings.keys = keys;
        self
    }

    /// The type of maps.
    pub fn map_type(&mut self, map_type: MapType) -> &mut Self {
        self.settings.map_type = map_type;
        self
    }

    /// The type of strings.
    pub fn string_type(&mut self, string_type: StringType) -> &mut Self {
        self.settings.string_type = string_type;
        self
    }

    /// In which modules types are called as their sources call them.
    pub fn modules(&mut self, modules: Modules) -> &mut Self {
        self.settings.modules = modules;
        self
    }

    /// What becomes of a value that no variant of an enum stands for.
    pub fn unknown_variants(&mut self, unknown_variants: UnknownVariants) -> &mut Self {
        self.settings.unknown_variants = unknown_variants;
        self
    }

    /// Derives a trait for types whose names are of a pattern, in which `*` stands for anything.
    pub fn derive(&mut self, pattern: impl Into<String>, path: impl Into<String>) -> &mut Self {
        self.settings.derive.say(pattern, path);
        self
    }

    /// Gives an attribute, `#[…]`, to types whose names are of a pattern, in which `*` stands for anything.
    pub fn attribute(&mut self, pattern: impl Into<String>, attribute: impl Into<String>) -> &mut Self {
        self.settings.attributes.say(pattern, attribute);
        self
    }

    /// Writes a deprecated alias for each type that is called otherwise in the files in `folder`, and keeps those that are
    /// there and still lead to a type.
    pub fn aliases(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.settings.aliases = Some(folder.into());
        self
    }

    /// Keeps the names that a lock, `isomorph.lock`, has for the places of schemas. What is generated then knows
    /// [what the lock should be](crate::Generated::write), and writes it with the files.
    pub fn lock_names(&mut self, lock: impl Into<PathBuf>) -> &mut Self {
        self.settings.lock = Some(lock.into());
        self
    }

    /// How the text is laid out.
    pub fn layout(&mut self, layout: Layout) -> &mut Self {
        self.settings.layout = layout;
        self
    }
}
