//! Rust items as lines that say what matters of them, without what a schema does not say.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Field, Fields, File, Item, ItemEnum, ItemStruct, Variant};

use super::attributes::{description, in_case, is_deprecated, of_serde};
use super::types;

/// The items of some Rust, by name.
#[derive(Debug, Default)]
pub struct Items {
    structs: BTreeMap<String, ItemStruct>,
    enums: BTreeMap<String, ItemEnum>,
    /// The names of those with parameters.
    generic: Vec<String>,
}

/// What is said of an item.
pub type Lines = BTreeSet<String>;

impl Items {
    /// Those of a file.
    pub fn add(&mut self, file: File) {
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    let name = item.ident.to_string();
                    if !item.generics.params.is_empty() {
                        self.generic.push(name.clone());
                    }
                    self.structs.insert(name, item);
                }
                Item::Enum(item) => {
                    self.enums.insert(item.ident.to_string(), item);
                }
                _ => {}
            }
        }
    }

    /// The names of all, but of those with parameters, of which only instances are printed.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.structs.keys().chain(self.enums.keys()).filter(|name| !self.generic.contains(name))
    }

    /// The names of those with parameters.
    pub fn generic(&self) -> &[String] {
        &self.generic
    }

    /// Whether an item prints what is inside it, by its name.
    pub fn is_transparent(&self, name: &str) -> bool {
        self.structs.get(name).is_some_and(|item| {
            of_serde(&item.attrs).contains_key("transparent") && matches!(item.fields, Fields::Named(_))
        })
    }

    /// What is said of an item; `generic` are the names of types with parameters that it may be an instance of.
    pub fn lines(&self, name: &str, generic: &[String]) -> Option<Lines> {
        let reading = Reading { items: self, generic };
        let lines = match (self.structs.get(name), self.enums.get(name)) {
            (Some(item), _) => reading.of_struct(item),
            (_, Some(item)) => reading.of_enum(item),
            _ => return None,
        };
        Some(lines)
    }
}

/// How items are read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    items: &'a Items,
    generic: &'a [String],
}

impl Reading<'_> {
    fn of_struct(self, item: &ItemStruct) -> Lines {
        let said = of_serde(&item.attrs);
        let mut lines = of_any(&item.attrs);
        if said.contains_key("deny_unknown_fields") {
            lines.insert("lets nothing else in".to_owned());
        }
        match &item.fields {
            Fields::Named(_) if said.contains_key("transparent") => lines.extend(self.around(&item.fields)),
            Fields::Named(_) => lines.extend(self.fields(&item.fields, &said)),
            Fields::Unnamed(_) => lines.extend(self.around(&item.fields)),
            Fields::Unit => drop(lines.insert("around ()".to_owned())),
        }
        lines
    }

    fn of_enum(self, item: &ItemEnum) -> Lines {
        let said = of_serde(&item.attrs);
        let mut lines = of_any(&item.attrs);
        let tag = |name: &str| said.get(name).map(|value| format!(" {name} {value:?}")).unwrap_or_default();
        let is_untagged = said.contains_key("untagged");
        let kind = if is_untagged { " untagged" } else { "" };
        lines.insert(format!("enum{kind}{}{}", tag("tag"), tag("content")));
        for variant in &item.variants {
            lines.insert(self.variant(variant, &said, is_untagged));
        }
        lines
    }

    fn variant(self, variant: &Variant, said: &BTreeMap<String, String>, is_untagged: bool) -> String {
        let own = of_serde(&variant.attrs);
        let name = variant.ident.to_string();
        let name = if is_untagged {
            "variant".to_owned()
        } else {
            in_json(&name, &own, said.get("rename_all"), true)
        };
        let case = own.get("rename_all").or(said.get("rename_all_fields"));
        let inner: BTreeMap<_, _> =
            case.map(|case| ("rename_all".to_owned(), case.clone())).into_iter().collect();
        let fields = match &variant.fields {
            Fields::Unit => String::new(),
            Fields::Unnamed(_) => format!(" {}", self.around(&variant.fields).join(", ")),
            Fields::Named(_) => {
                let lines: BTreeSet<_> = self.fields(&variant.fields, &inner).into_iter().collect();
                format!(" {{ {} }}", lines.into_iter().collect::<Vec<_>>().join("; "))
            }
        };
        format!("{name}{fields}{}", told(&variant.attrs))
    }

    /// What unnamed fields, or the field of a transparent struct, stand around.
    fn around(self, fields: &Fields) -> Vec<String> {
        let types: Vec<_> = fields.iter().map(|field| types::text(&field.ty, self.generic)).collect();
        match types.as_slice() {
            [one] => vec![format!("around {one}")],
            all => vec![format!("around ({})", all.join(", "))],
        }
    }

    fn fields(self, fields: &Fields, said: &BTreeMap<String, String>) -> Vec<String> {
        let has_default = said.contains_key("default");
        let lines = fields.iter().flat_map(|field| {
            let own = of_serde(&field.attrs);
            let ty = types::text(&field.ty, self.generic);
            if own.contains_key("flatten") {
                return self.flattened(&ty);
            }
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let name = in_json(name.trim_start_matches("r#"), &own, said.get("rename_all"), false);
            vec![format!("{name}: {}{}", typed(ty, &own, has_default), told_of(field))]
        });
        lines.collect()
    }

    /// The fields of a struct, or what else is in there.
    fn flattened(self, ty: &str) -> Vec<String> {
        let Some(item) = self.items.structs.get(ty) else { return vec![format!("flattened: {ty}")] };
        self.fields(&item.fields, &of_serde(&item.attrs))
    }
}

/// A type, and whether it has a default. Of an optional property, null and absence are one.
fn typed(ty: String, own: &BTreeMap<String, String>, has_default: bool) -> String {
    let is_defaulted = has_default || own.contains_key("default");
    if types::optional(&ty).is_some() {
        return ty;
    }
    match (is_defaulted, own.contains_key("skip_serializing_if")) {
        (true, true) => format!("Option<{ty}>"),
        (true, false) => format!("{ty} = default"),
        _ => ty,
    }
}

/// How something is called in JSON, and in Rust if its name there is made of that.
fn in_json(name: &str, own: &BTreeMap<String, String>, case: Option<&String>, is_variant: bool) -> String {
    match (own.get("rename"), case) {
        (Some(renamed), _) => renamed.clone(),
        (_, Some(case)) => in_case(name, case, is_variant),
        _ => name.to_owned(),
    }
}

fn of_any(attributes: &[Attribute]) -> Lines {
    let mut lines = Lines::new();
    let description = description(attributes);
    if !description.is_empty() {
        lines.insert(format!("/// {description:?}"));
    }
    if is_deprecated(attributes) {
        lines.insert("deprecated".to_owned());
    }
    lines
}

fn told(attributes: &[Attribute]) -> String {
    of_any(attributes).into_iter().flat_map(|line| [" ".to_owned(), line]).collect()
}

fn told_of(field: &Field) -> String {
    told(&field.attrs)
}
