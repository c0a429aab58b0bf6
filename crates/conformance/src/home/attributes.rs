//! What attributes say.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// The values of serde's attributes by their names; of those without a value, an empty text.
pub fn of_serde(attributes: &[Attribute]) -> BTreeMap<String, String> {
    of("serde", attributes)
}

fn of(whose: &str, attributes: &[Attribute]) -> BTreeMap<String, String> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident(whose));
    let lists = ours.filter_map(|attribute| {
        attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
    });
    lists.flatten().map(|meta| (name(&meta), value(&meta))).collect()
}

fn name(meta: &Meta) -> String {
    meta.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

fn value(meta: &Meta) -> String {
    let Meta::NameValue(pair) = meta else { return String::new() };
    text(&pair.value).unwrap_or_default()
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The description: the documentation without a title, and without the paragraph in italics that a generator adds.
pub fn description(attributes: &[Attribute]) -> String {
    if let Some(description) = of("schemars", attributes).remove("description") {
        return description;
    }
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let lines = lines.filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) => text(&pair.value),
        _ => None,
    });
    let all: Vec<_> = lines.map(|line| line.trim().to_owned()).collect();
    let all = all.join("\n");
    let all = match all.strip_prefix("# ") {
        Some(titled) => titled.split_once('\n').map_or("", |(_, rest)| rest.trim()),
        None => all.as_str(),
    };
    let mut paragraphs: Vec<_> = all.split("\n\n").map(str::trim).collect();
    paragraphs.retain(|paragraph| !(paragraph.starts_with('_') && paragraph.ends_with('_')));
    paragraphs.join("\n\n")
}

/// Whether an item is told to be out of use.
pub fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
}

/// A name in one of the cases of `rename_all`.
pub fn in_case(name: &str, case: &str, is_variant: bool) -> String {
    let words = words(name, is_variant);
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    let capitals = || words.iter().map(capital).collect::<Vec<String>>();
    match case {
        "lowercase" => words.concat(),
        "UPPERCASE" => words.concat().to_uppercase(),
        "PascalCase" => capitals().concat(),
        "camelCase" => words.iter().take(1).cloned().chain(capitals().into_iter().skip(1)).collect(),
        "snake_case" => words.join("_"),
        "SCREAMING_SNAKE_CASE" => words.join("_").to_uppercase(),
        "kebab-case" => words.join("-"),
        "SCREAMING-KEBAB-CASE" => words.join("-").to_uppercase(),
        _ => name.to_owned(),
    }
}

/// The words of a name, in lower case: a variant's begin with capitals, a field's stand between underscores.
fn words(name: &str, is_variant: bool) -> Vec<String> {
    if !is_variant {
        return name.split('_').map(str::to_owned).collect();
    }
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_lowercase().collect()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::in_case;

    #[test]
    fn names_are_those_that_serde_makes() {
        let variant = |case| in_case("PullRequest", case, true);
        let field = |case| in_case("base_branch", case, false);
        assert_eq!((variant("lowercase"), field("camelCase")), ("pullrequest".into(), "baseBranch".into()));
        assert_eq!((variant("camelCase"), field("PascalCase")), ("pullRequest".into(), "BaseBranch".into()));
        assert_eq!(
            (variant("SCREAMING-KEBAB-CASE"), field("kebab-case")),
            ("PULL-REQUEST".into(), "base-branch".into())
        );
    }
}
