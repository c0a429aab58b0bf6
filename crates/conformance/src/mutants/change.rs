//! A type to its mutants, each changed in one thing.

use quote::{ToTokens, format_ident};
use syn::punctuated::Punctuated;
use syn::{Field, Fields, Ident, Item, Token, Type, Variant};

use super::arguments::{Argument, arguments, drop_argument, rename};
use super::retype::{Changed, changed, changed_flattened};

/// A type that is changed in one thing.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// What kind of change it is.
    pub kind: String,
    /// What was changed, for people.
    pub what: String,
    /// The changed type.
    pub item: Item,
    /// If the change is of the type of a field, a newtype or a variant, this type.
    pub retyped: Option<Retyped>,
}

/// A changed type in a type. If schemars says the same of both, nobody can tell the mutant.
#[derive(Debug, Clone)]
pub struct Retyped {
    /// What it was.
    pub from: Type,
    /// What it is.
    pub to: Type,
    /// Whether it is that of a field, which an `Option` makes optional as well.
    pub is_of_field: bool,
}

/// All mutants of a struct or an enum.
pub fn mutants(item: &Item) -> Vec<Mutant> {
    let mut maker = Maker { original: item, made: Vec::new() };
    maker.drop_arguments();
    match item {
        Item::Struct(made) => match &made.fields {
            Fields::Named(fields) => maker.change_fields(&fields.named),
            Fields::Unnamed(fields) => maker.change_newtype(&fields.unnamed),
            Fields::Unit => {}
        },
        Item::Enum(made) => maker.change_variants(&made.variants),
        _ => {}
    }
    maker.made
}

struct Maker<'a> {
    original: &'a Item,
    made: Vec<Mutant>,
}

impl Maker<'_> {
    /// Adds a mutant, if the change is one.
    fn add(&mut self, kind: impl Into<String>, what: String, change: impl FnOnce(&mut Item)) {
        let mut item = self.original.clone();
        change(&mut item);
        if item != *self.original {
            self.made.push(Mutant { kind: kind.into(), what, item, retyped: None });
        }
    }

    /// Adds a mutant for each change of the type of what `name` is.
    fn retype(
        &mut self,
        name: &str,
        (of, from): (&str, &Type),
        all: Vec<Changed>,
        field: impl Fn(&mut Item) -> Option<&mut Field>,
    ) {
        let text = |ty: &Type| ty.to_token_stream().to_string().replace(' ', "");
        for (kind, to) in all {
            let what = format!("{name}: {} → {}", text(from), text(&to));
            let before = self.made.len();
            self.add(format!("{of}{kind}"), what, |item| {
                if let Some(field) = field(item) {
                    field.ty = to.clone();
                }
            });
            if let Some(made) = self.made.get_mut(before) {
                made.retyped = Some(Retyped { from: from.clone(), to, is_of_field: of.is_empty() });
            }
        }
    }

    fn drop_arguments(&mut self) {
        for (index, argument) in arguments(self.original).iter().enumerate().filter(|(_, one)| shows(one)) {
            let Argument { attribute, of, text } = argument;
            let of = if of.is_empty() { String::new() } else { format!(" of {of}") };
            let kind = format!("drop {attribute} {}", argument.name());
            self.add(kind, format!("drop {attribute}({text}){of}"), |item| drop_argument(item, index));
        }
    }

    fn change_fields(&mut self, all: &Punctuated<Field, Token![,]>) {
        for (index, field) in all.iter().enumerate() {
            let Some(ident) = &field.ident else { continue };
            self.add("drop field", format!("drop field {ident}"), |item| {
                if let Some(all) = fields(item) {
                    *all = without(all, index);
                }
            });
            let is_flattened = arguments_of(self.original, ident).any(|one| one.name() == "flatten");
            let field_of = field_at(index);
            // The name of a flattened field is in no schema.
            if !is_flattened {
                self.add("rename field", format!("rename field {ident}"), |item| {
                    if let Some(field) = field_of(item) {
                        rename(&mut field.attrs);
                        field.ident = Some(renamed(ident));
                    }
                });
            }
            let all = if is_flattened { changed_flattened(&field.ty) } else { changed(&field.ty) };
            self.retype(&ident.to_string(), ("", &field.ty), all, field_of);
        }
    }

    fn change_newtype(&mut self, all: &Punctuated<Field, Token![,]>) {
        for (index, field) in all.iter().enumerate() {
            let field_of = field_at(index);
            self.retype("newtype", ("newtype ", &field.ty), changed(&field.ty), field_of);
        }
    }

    fn change_variants(&mut self, all: &Punctuated<Variant, Token![,]>) {
        let is_untagged = arguments(self.original).iter().any(|one| one.name() == "untagged");
        for (index, variant) in all.iter().enumerate() {
            let ident = &variant.ident;
            // The variant for values of several others is in no schema.
            if arguments_of(self.original, ident).any(|one| one.name() == "skip") {
                continue;
            }
            self.add("drop variant", format!("drop variant {ident}"), |item| {
                if let Some(all) = variants(item) {
                    *all = without(all, index);
                }
            });
            // The name of an untagged variant is in no schema.
            if !is_untagged {
                self.add("rename variant", format!("rename variant {ident}"), |item| {
                    if let Some(variant) = variants(item).and_then(|all| all.get_mut(index)) {
                        rename(&mut variant.attrs);
                        variant.ident = renamed(ident);
                    }
                });
            }
            let Some(value) = variant.fields.iter().next() else { continue };
            self.retype(&ident.to_string(), ("variant ", &value.ty), changed(&value.ty), |item| {
                variants(item).and_then(|all| all.get_mut(index)).and_then(|one| one.fields.iter_mut().next())
            });
        }
    }
}

/// Whether schemars makes something of an argument when it says what is read.
fn shows(argument: &Argument) -> bool {
    // Whether a field is left out when it is written is of no concern to who reads.
    argument.name() != "skip_serializing_if"
}

fn arguments_of(item: &Item, ident: &Ident) -> impl Iterator<Item = Argument> {
    let ident = ident.to_string();
    arguments(item).into_iter().filter(move |argument| argument.of == ident)
}

fn fields(item: &mut Item) -> Option<&mut Punctuated<Field, Token![,]>> {
    match item {
        Item::Struct(item) => match &mut item.fields {
            Fields::Named(fields) => Some(&mut fields.named),
            Fields::Unnamed(fields) => Some(&mut fields.unnamed),
            Fields::Unit => None,
        },
        _ => None,
    }
}

fn field_at(index: usize) -> impl Fn(&mut Item) -> Option<&mut Field> {
    move |item| fields(item)?.get_mut(index)
}

fn variants(item: &mut Item) -> Option<&mut Punctuated<Variant, Token![,]>> {
    match item {
        Item::Enum(item) => Some(&mut item.variants),
        _ => None,
    }
}

fn without<T: Clone>(all: &Punctuated<T, Token![,]>, index: usize) -> Punctuated<T, Token![,]> {
    all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, one)| one.clone()).collect()
}

fn renamed(ident: &Ident) -> Ident {
    let plain = ident.to_string();
    let plain = plain.strip_prefix("r#").unwrap_or(&plain);
    let separator = if plain.starts_with(char::is_uppercase) { "" } else { "_" };
    format_ident!("{plain}{separator}Renamed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Vec<Mutant> {
        let item: Item = syn::parse_str(text).expect("an item");
        let made = mutants(&item);
        assert!(made.iter().all(|mutant| mutant.item != item), "one is the same");
        made
    }

    fn what(text: &str) -> Vec<String> {
        made(text).into_iter().map(|mutant| mutant.what).collect()
    }

    /// The text of the mutant that this was done for.
    fn after(text: &str, what: &str) -> String {
        let made = made(text);
        let mutant = made.iter().find(|mutant| mutant.what == what);
        let mutant = mutant.unwrap_or_else(|| panic!("no {what} in {:?}", self::what(text)));
        mutant.item.to_token_stream().to_string().replace(' ', "")
    }

    const PET: &str = r#"
        #[schemars(title = "Pet", transform = schema::pet, inline)]
        #[serde(deny_unknown_fields)]
        struct Pet {
            #[serde(rename = "from", skip_serializing_if = "Option::is_none")]
            #[schemars(extend("minimum" = 1))]
            r#from: Option<i64>,
            #[serde(flatten)]
            rest: BTreeMap<String, String>,
        }"#;

    #[test]
    fn a_struct_loses_every_argument_but_those_for_writing() {
        let dropped: Vec<_> = what(PET).into_iter().filter(|what| what.contains('(')).collect();
        assert_eq!(
            dropped,
            [
                "drop schemars(title = \"Pet\")",
                "drop schemars(transform = schema :: pet)",
                "drop schemars(inline)",
                "drop serde(deny_unknown_fields)",
                "drop serde(rename = \"from\") of r#from",
                "drop schemars(extend (\"minimum\" = 1)) of r#from",
                "drop serde(flatten) of rest",
            ]
        );
        assert!(after(PET, dropped[0].as_str()).contains("#[schemars(transform="));
        assert!(
            after(PET, dropped[4].as_str()).contains("#[serde(skip_serializing_if=\"Option::is_none\")]")
        );
    }

    #[test]
    fn a_struct_loses_renames_and_retypes_every_field() {
        assert!(!after(PET, "drop field r#from").contains("i64"));
        assert!(after(PET, "rename field r#from").contains("rename=\"fromrenamed\""));
        assert!(after(PET, "r#from: Option<i64> → i64").contains("r#from:i64"));
        assert!(!what(PET).contains(&"rename field rest".to_owned()));
    }

    #[test]
    fn an_enum_loses_and_renames_every_variant() {
        let text = r#"#[serde(rename_all = "snake_case")] enum Color { Red, #[schemars(rename = "1")] One }"#;
        assert_eq!(
            what(text),
            [
                "drop serde(rename_all = \"snake_case\")",
                "drop schemars(rename = \"1\") of One",
                "drop variant Red",
                "rename variant Red",
                "drop variant One",
                "rename variant One",
            ]
        );
        assert!(after(text, "rename variant One").contains(r#"rename="\"1renamed\"""#));
    }

    #[test]
    fn a_union_loses_and_retypes_every_variant() {
        let text = "#[serde(untagged)] enum Id { Number(i64), Text(String) }";
        let kinds: Vec<_> = made(text).into_iter().map(|mutant| mutant.kind).collect();
        assert_eq!(
            kinds,
            [
                "drop serde untagged",
                "drop variant",
                "variant i64 → String",
                "variant i64 → f64",
                "variant T → Option<T>",
                "drop variant",
                "variant String → bool",
                "variant T → Option<T>",
            ]
        );
        assert!(after(text, "Text: String → bool").contains("Number(i64),Text(bool)"));
    }

    #[test]
    fn a_newtype_is_retyped() {
        let kinds: Vec<_> =
            made("struct Names(Vec<String>);").into_iter().map(|mutant| mutant.kind).collect();
        assert_eq!(kinds[..2], ["newtype Vec<T> → T", "newtype T → Option<T>"]);
    }
}
