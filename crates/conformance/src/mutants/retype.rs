//! A type to other types that a schema must tell from it.

use syn::{GenericArgument, PathArguments, Type, TypePath, TypeTuple, parse_quote};

/// A type after a change, and the kind of change: `i64 → String`.
pub type Changed = (String, Type);

/// All changes of a type: of itself, and of what stands in it.
///
/// `Box<T>` is not told from `T`, `PathBuf` not from `String`, and `Option<Option<T>>` not from `Option<T>`:
/// schemars says the same of them.
pub fn changed(ty: &Type) -> Vec<Changed> {
    let mut all = itself(ty);
    if named(ty) != "Option" {
        all.push((TO_OPTION.into(), parse_quote!(Option<#ty>)));
    }
    all.extend(inside(ty));
    all.retain(|(_, to)| !is_twice_optional(to));
    all
}

/// `Option<Option<T>>`, and `Option<Box<Option<T>>>`
fn is_twice_optional(ty: &Type) -> bool {
    let inner = |ty: &Type| if let Type::Path(path) = ty { argument(path).cloned() } else { None };
    let held = inner(ty).and_then(|held| if named(&held) == "Box" { inner(&held) } else { Some(held) });
    named(ty) == "Option" && held.is_some_and(|held| named(&held) == "Option")
}

/// The changes of a flattened field. An `Option` around it is not told: it makes what is required optional, and
/// of a map nothing is.
pub fn changed_flattened(ty: &Type) -> Vec<Changed> {
    let mut all = changed(ty);
    all.retain(|(kind, to)| kind != TO_OPTION || named(to) != "Option");
    all
}

const TO_OPTION: &str = "T → Option<T>";

/// The last segment of a path.
fn named(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The last argument of a path's last segment: what an `Option`, `Vec` or `Box` holds, and a map's values.
fn argument(path: &TypePath) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.last()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn itself(ty: &Type) -> Vec<Changed> {
    let to = |changes: &[&str]| {
        let from = named(ty);
        let changes =
            changes.iter().filter_map(|to| Some((format!("{from} → {to}"), syn::parse_str(to).ok()?)));
        changes.collect::<Vec<Changed>>()
    };
    let path = match ty {
        Type::Path(path) => path,
        Type::Tuple(tuple) => return shorter(tuple).into_iter().collect(),
        _ => return Vec::new(),
    };
    match (named(ty).as_str(), argument(path)) {
        ("i64", _) => to(&["String", "f64"]),
        ("u64", _) => to(&["String", "f64", "i64"]),
        ("f64", _) => to(&["String", "i64"]),
        ("bool", _) => to(&["String"]),
        ("Value", _) if is_value(ty) => to(&["String"]),
        ("String" | "PathBuf", _) => to(&["bool"]),
        ("Box" | "BTreeMap", _) => Vec::new(),
        ("Option", Some(inner)) => vec![("Option<T> → T".into(), inner.clone())],
        // A box, since the element may be the type that holds the vector.
        ("Vec", Some(inner)) => vec![("Vec<T> → T".into(), parse_quote!(Box<#inner>))],
        _ => vec![("T → Vec<T>".into(), parse_quote!(Vec<#ty>))],
    }
}

/// `serde_json::Value`; a type of the module may be called `Value` as well.
fn is_value(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.len() == 2) && named(ty) == "Value"
}

fn shorter(tuple: &TypeTuple) -> Option<Changed> {
    let mut shorter = tuple.clone();
    shorter.elems.pop()?;
    if !shorter.elems.is_empty() && !shorter.elems.trailing_punct() {
        shorter.elems.push_punct(syn::Token![,](proc_macro2::Span::call_site()));
    }
    Some(("(…, T) → (…)".into(), shorter.into()))
}

/// The type with a change of what stands in it.
fn inside(ty: &Type) -> Vec<Changed> {
    let each = |inner: &Type, put: &dyn Fn(&mut Type, Type)| {
        let changes = changed(inner).into_iter().map(|(kind, inner)| {
            let mut outer = ty.clone();
            put(&mut outer, inner);
            (kind, outer)
        });
        changes.collect::<Vec<Changed>>()
    };
    match ty {
        Type::Path(path) => argument(path).map(|inner| each(inner, &put_argument)).unwrap_or_default(),
        Type::Array(array) => each(&array.elem, &|outer, inner| {
            if let Type::Array(outer) = outer {
                *outer.elem = inner;
            }
        }),
        Type::Tuple(tuple) => {
            let elements = tuple.elems.iter().enumerate();
            elements.flat_map(|(index, element)| each(element, &put_element(index))).collect()
        }
        _ => Vec::new(),
    }
}

fn put_argument(outer: &mut Type, inner: Type) {
    if let Type::Path(path) = outer
        && let Some(last) = path.path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
        && let Some(last) = arguments.args.last_mut()
    {
        *last = GenericArgument::Type(inner);
    }
}

fn put_element(index: usize) -> impl Fn(&mut Type, Type) {
    move |outer, inner| {
        if let Type::Tuple(outer) = outer {
            outer.elems[index] = inner;
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    fn changes(ty: &str, changed: fn(&Type) -> Vec<Changed>) -> Vec<String> {
        let ty: Type = syn::parse_str(ty).expect("a type");
        let changed = changed(&ty);
        assert!(changed.iter().all(|(_, other)| *other != ty), "one is the same");
        changed.iter().map(|(_, ty)| ty.to_token_stream().to_string().replace(' ', "")).collect()
    }

    #[test]
    fn scalars_become_other_scalars() {
        assert_eq!(changes("i64", changed), ["String", "f64", "Option<i64>"]);
        assert_eq!(changes("f64", changed), ["String", "i64", "Option<f64>"]);
        assert_eq!(changes("bool", changed), ["String", "Option<bool>"]);
        assert_eq!(changes("String", changed), ["bool", "Option<String>"]);
        assert_eq!(changes("serde_json::Value", changed), ["String", "Option<serde_json::Value>"]);
        assert_eq!(changes("Value", changed), ["Vec<Value>", "Option<Value>"]);
    }

    #[test]
    fn what_stands_inside_is_changed_as_well() {
        assert_eq!(changes("Option<bool>", changed), ["bool", "Option<String>"]);
        assert_eq!(changes("Option<Box<Pet>>", changed), ["Box<Pet>", "Option<Box<Vec<Pet>>>"]);
        assert_eq!(
            changes("Vec<Pet>", changed),
            ["Box<Pet>", "Option<Vec<Pet>>", "Vec<Vec<Pet>>", "Vec<Option<Pet>>"]
        );
        assert_eq!(
            changes("BTreeMap<String, bool>", changed),
            ["Option<BTreeMap<String,bool>>", "BTreeMap<String,String>", "BTreeMap<String,Option<bool>>"]
        );
        assert_eq!(
            changes("(bool, Pet)", changed),
            [
                "(bool,)",
                "Option<(bool,Pet)>",
                "(String,Pet)",
                "(Option<bool>,Pet)",
                "(bool,Vec<Pet>)",
                "(bool,Option<Pet>)"
            ]
        );
    }

    #[test]
    fn a_flattened_map_gets_no_option_around_it() {
        assert_eq!(
            changes("BTreeMap<String, bool>", changed_flattened),
            ["BTreeMap<String,String>", "BTreeMap<String,Option<bool>>"]
        );
    }
}
