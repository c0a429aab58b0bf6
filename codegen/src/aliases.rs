//! Old names of types, for those who still use them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use syn::{Item, Type};

use crate::api::Api;
use crate::error::Error;
use crate::generator::Generated;
use crate::write::read_if_there;

impl Generated {
    /// Adds a deprecated alias for every type that is called otherwise in the files in `folder`, and keeps those that are
    /// there and still lead to a type.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub(crate) fn alias(&mut self, folder: &Path) -> Result<(), Error> {
        let Some(file) = self.files.first() else { return Ok(()) };
        let Some(before) = read_if_there(&folder.join(&file.name))? else { return Ok(()) };
        let renames = self.renames(folder)?;
        let api = Api::of(std::slice::from_ref(file))?;
        let types: BTreeSet<&str> = api.items.iter().map(|item| item.name.as_str()).collect();
        let aliases = aliases(&before, &renames, &types);
        let mut text = String::new();
        for (old, now) in &aliases {
            let _ =
                write!(text, "\n#[deprecated(note = \"it is called `{now}`\")]\npub type {old} = {now};\n");
        }
        if let Some(file) = self.files.first_mut() {
            file.text.push_str(&text);
        }
        Ok(())
    }
}

/// The old names, and the types that they are for: of what was there and of what came, what is no type's own name.
fn aliases(
    before: &str,
    renames: &BTreeMap<String, String>,
    types: &BTreeSet<&str>,
) -> BTreeMap<String, String> {
    let known = written(before).into_iter().map(|(old, now)| {
        let now = renames.get(&now).cloned().unwrap_or(now);
        (old, now)
    });
    let came = renames.iter().map(|(old, now)| (old.clone(), now.clone()));
    let mut all: BTreeMap<_, _> = known.chain(came).collect();
    all.retain(|old, now| types.contains(now.as_str()) && !types.contains(old.as_str()));
    all
}

/// The deprecated aliases in a file; none if it is no Rust.
fn written(text: &str) -> Vec<(String, String)> {
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let alias = |item: Item| {
        let Item::Type(item) = item else { return None };
        let Type::Path(path) = *item.ty else { return None };
        let is_deprecated = item.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"));
        let now = path.path.get_ident().filter(|_| is_deprecated)?;
        Some((item.ident.to_string(), now.to_string()))
    };
    file.items.into_iter().filter_map(alias).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::aliases;

    #[test]
    fn old_names_lead_to_what_types_are_called_now() {
        let before = "pub struct Step;\n#[deprecated(note = \"\")]\npub type RootStep = Step;\n\
            #[deprecated]\npub type Gone = Nothing;\npub type Own = Step;\n#[deprecated]\npub type Job = Step;";
        let renames =
            BTreeMap::from([("Step".to_owned(), "JobStep".to_owned()), ("Old".to_owned(), "Job".to_owned())]);
        let found = aliases(before, &renames, &BTreeSet::from(["JobStep", "Job"]));
        let found: Vec<_> = found.iter().map(|(old, now)| (old.as_str(), now.as_str())).collect();
        assert_eq!(found, [("Old", "Job"), ("RootStep", "JobStep"), ("Step", "JobStep")]);
    }
}
