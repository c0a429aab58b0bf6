//! The traits that types are told to derive.

use quote::ToTokens;

/// What a trait is called that types may derive anyhow: those of the standard library, of serde and of schemars, by their
/// names alone or by their paths. `None` for those of others, which may have the same name.
pub fn known_trait(path: &syn::Path) -> Option<String> {
    const CRATES: [&str; 4] = ["std", "core", "serde", "schemars"];
    let of_known = path.segments.len() == 1 || CRATES.iter().any(|known| path.segments[0].ident == known);
    let last = path.segments.last().filter(|last| of_known && last.arguments.is_none())?;
    Some(last.ident.to_string())
}

/// The paths that name no trait which is `derived` already, each once.
pub fn others<'p>(paths: &'p [syn::Path], derived: &[String]) -> Vec<&'p syn::Path> {
    let mut known = derived.to_vec();
    let mut others = Vec::new();
    for path in paths {
        let name = known_trait(path).unwrap_or_else(|| path.to_token_stream().to_string());
        if !known.contains(&name) {
            known.push(name);
            others.push(path);
        }
    }
    others
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::others;

    #[test]
    fn what_is_derived_is_not_derived_again_by_its_path() {
        let derived = ["Debug", "Serialize", "JsonSchema"].map(ToOwned::to_owned);
        for (told, is_new) in [
            ("JsonSchema", false),
            ("schemars::JsonSchema", false),
            ("::schemars::JsonSchema", false),
            ("serde::Serialize", false),
            ("std::fmt::Debug", false),
            ("std::hash::Hash", true),
            ("strum::Display", true),
            // What another crate calls so is another trait, or none: that is for who says it.
            ("mine::JsonSchema", true),
        ] {
            let path: syn::Path = syn::parse_str(told).expect("a path");
            assert_eq!(others(&[path], &derived).len(), usize::from(is_new), "{told}");
        }
    }

    #[test]
    fn what_is_told_twice_is_derived_once() {
        let paths = ["Eq", "strum::Display", "std::cmp::Eq", "strum::Display"];
        let paths = paths.map(|path| syn::parse_str::<syn::Path>(path).expect("a path"));
        let names: Vec<_> =
            others(&paths, &[]).iter().map(|path| path.to_token_stream().to_string()).collect();
        assert_eq!(names, ["Eq", "strum :: Display"]);
    }
}
