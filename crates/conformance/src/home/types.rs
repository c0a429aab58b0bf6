//! Types as text, without what a schema does not say of them.

use syn::{GenericArgument, PathArguments, Type};

use super::unsaid::{AROUND, read_back};

/// A type by the last names of its paths. Of generic types of ours, only the name, without the number of an instance.
pub fn text(ty: &Type, generic: &[String]) -> String {
    match ty {
        Type::Path(path) => path_text(path, generic),
        Type::Tuple(tuple) => {
            let parts: Vec<_> = tuple.elems.iter().map(|part| text(part, generic)).collect();
            format!("({})", parts.join(", "))
        }
        Type::Array(array) => {
            let length = &array.len;
            format!("[{}; {}]", text(&array.elem, generic), quote::quote!(#length))
        }
        other => quote::quote!(#other).to_string(),
    }
}

fn path_text(path: &syn::TypePath, generic: &[String]) -> String {
    let Some(last) = path.path.segments.last() else { return String::new() };
    let name = last.ident.to_string();
    let arguments: Vec<_> = match &last.arguments {
        PathArguments::AngleBracketed(all) => all.args.iter().filter_map(as_type).collect(),
        _ => Vec::new(),
    };
    if AROUND.contains(&name.as_str()) {
        return arguments.first().map_or(name, |inner| text(inner, generic));
    }
    // The map of the crate serde_json says what it maps to what by its name.
    if name == "Map" {
        return "BTreeMap<String, Value>".to_owned();
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if generic.iter().any(|known| known == bare) {
        return bare.to_owned();
    }
    let name = read_back(&name);
    if arguments.is_empty() {
        return name.to_owned();
    }
    let mut arguments: Vec<_> = arguments.into_iter().map(|argument| text(argument, generic)).collect();
    if let [key, _] = arguments.as_mut_slice() {
        *key = widest(key);
    }
    format!("{name}<{}>", arguments.join(", "))
}

/// Of the integers that are names of members, only the sign is printed.
fn widest(key: &str) -> String {
    match key {
        "i8" | "i16" | "i32" | "isize" => "i64".to_owned(),
        "u8" | "u16" | "u32" | "usize" => "u64".to_owned(),
        other => other.to_owned(),
    }
}

fn as_type(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// What is inside of an `Option`, if that is what a type is.
pub fn optional(text: &str) -> Option<&str> {
    text.strip_prefix("Option<")?.strip_suffix('>')
}
