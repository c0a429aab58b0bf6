//! What of the settings could be no Rust.

use syn::Attribute;
use syn::parse::Parser;

use crate::foreign::Foreign;
use crate::settings::Settings;

/// What is wrong with a setting.
#[derive(Debug)]
pub struct Fault {
    /// The table that it stands in.
    pub table: &'static str,
    /// Its key there.
    pub key: String,
    /// What is wrong.
    pub message: String,
}

impl Settings {
    /// What could be no Rust, if something could not: a type, a trait, or an attribute.
    pub(crate) fn fault(&self) -> Option<Fault> {
        let formats = self.formats.iter().map(|(name, foreign)| ("formats", "format", name, foreign));
        let encodings = self.encodings.iter().map(|(name, foreign)| ("encodings", "encoding", name, foreign));
        let types = self.types.iter().map(|(name, foreign)| ("types", "schema", name, foreign));
        let mapped = formats.chain(encodings).chain(types).find_map(of_mapped);
        mapped.or_else(|| self.of_derives()).or_else(|| self.of_attributes())
    }

    fn of_derives(&self) -> Option<Fault> {
        let (pattern, path) =
            self.derive.all().find(|(_, path)| syn::parse_str::<syn::Path>(path).is_err())?;
        let message = format!("`{path}`, which `{pattern}` is to derive, is no path of a trait");
        Some(Fault { table: "derive", key: pattern.to_owned(), message })
    }

    fn of_attributes(&self) -> Option<Fault> {
        let is_none = |text: &str| !text.starts_with("#[") || Attribute::parse_outer.parse_str(text).is_err();
        let (pattern, text) = self.attributes.all().find(|(_, text)| is_none(text))?;
        let message = format!("`{text}`, of `{pattern}`, is no attribute such as `#[non_exhaustive]`");
        Some(Fault { table: "attributes", key: pattern.to_owned(), message })
    }
}

fn of_mapped((table, kind, name, foreign): (&'static str, &str, &String, &Foreign)) -> Option<Fault> {
    let message = format!("{}, for the {kind} `{name}`", foreign.fault()?);
    Some(Fault { table, key: name.clone(), message })
}
