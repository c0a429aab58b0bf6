//! Chains of methods of `TypeSpaceSettings`, as build scripts have them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::import::{Patch, Said, What};
use super::literal::{apart, last_word, text};
use super::render::{path, plain_path};
use super::tokens::{Kind, Token};

const SETTINGS: &str = "TypeSpaceSettings";
const PATCH: &str = "TypeSpacePatch";

/// What is said to one value of `TypeSpaceSettings`.
#[derive(Debug, Default)]
pub struct Chain {
    pub line: usize,
    /// Whether a value is made there, and not only handed in.
    is_made: bool,
    pub said: Vec<Said>,
}

/// All of them, in order.
pub fn chains(tokens: &[Token]) -> Vec<Chain> {
    let mut walk = Walk::default();
    walk.through(tokens);
    // What is only the type of something says nothing.
    walk.chains.retain(|chain| chain.is_made || !chain.said.is_empty());
    walk.chains
}

/// Of what a variable is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    Settings(usize),
    Patch,
}

#[derive(Default)]
struct Walk {
    chains: Vec<Chain>,
    variables: BTreeMap<String, Kept>,
    patches: BTreeMap<String, Patch>,
}

/// A method that is called.
struct Method<'t> {
    name: &'t str,
    line: usize,
    arguments: Vec<&'t [Token]>,
}

impl Walk {
    fn through(&mut self, tokens: &[Token]) {
        let mut bound = None;
        for (index, token) in tokens.iter().enumerate() {
            match &token.kind {
                Kind::Group(_, inside) => self.through(inside),
                Kind::Mark(';') => bound = None,
                Kind::Word(word) if word == "let" => bound = bound_by(&tokens[index + 1..]),
                Kind::Word(word) if word == SETTINGS || word == PATCH => {
                    let is_path = tokens.get(index + 1).is_some_and(|next| next.is_mark(':'));
                    let name = bound.clone().or_else(|| typed(&tokens[..index]));
                    self.begin(word, token.line, name, is_path.then(|| &tokens[index + 1..]));
                }
                Kind::Word(word) => {
                    let is_part =
                        index > 0 && (tokens[index - 1].is_mark('.') || tokens[index - 1].is_mark(':'));
                    if let Some(&kept) = self.variables.get(word).filter(|_| !is_part) {
                        self.say(kept, word, &tokens[index + 1..]);
                    }
                }
                _ => {}
            }
        }
    }

    /// Begins with a value, which `rest` makes if it is a path, and which may have a name.
    fn begin(&mut self, word: &str, line: usize, name: Option<String>, rest: Option<&[Token]>) {
        if rest.is_none() && name.is_none() {
            return;
        }
        let known = name.as_ref().and_then(|name| self.variables.get(name)).copied();
        let kept = match known {
            // Its type was told before its value.
            Some(kept) if rest.is_some() => kept,
            _ if word == SETTINGS => {
                self.chains.push(Chain { line, is_made: rest.is_some(), said: Vec::new() });
                Kept::Settings(self.chains.len() - 1)
            }
            _ => Kept::Patch,
        };
        let name = name.unwrap_or_default();
        if !name.is_empty() {
            self.variables.insert(name.clone(), kept);
        }
        if let Some(rest) = rest {
            let start = rest.iter().position(|token| token.group('(').is_some()).map_or(0, |at| at + 1);
            self.say(kept, &name, &rest[start..]);
        }
    }

    fn say(&mut self, kept: Kept, name: &str, rest: &[Token]) {
        for method in methods(rest) {
            match kept {
                Kept::Patch => patch_by(self.patches.entry(name.to_owned()).or_default(), &method),
                Kept::Settings(index) => {
                    let what = self.what(&method);
                    self.chains[index].said.extend(what.map(|what| Said { line: method.line, what }));
                }
            }
        }
    }

    /// What a method says; none if it is no setting.
    fn what(&self, method: &Method) -> Option<What> {
        let setting = method.name.strip_prefix("with_")?;
        let unclear = || What::Unclear(method.name.to_owned());
        let arguments = &method.arguments;
        let first = arguments.first().copied().unwrap_or_default();
        let string = |index: usize| arguments.get(index).and_then(|one| text(one)).map(str::to_owned);
        let what = match setting {
            "derive" => string(0).map(|path| What::Derive(plain_path(&path))),
            "attr" => string(0).map(What::Attribute),
            "type_mod" => string(0).map(What::TypeMod),
            "map_type" => string(0).map(|path| What::MapType(plain_path(&path))),
            "struct_builder" => match first {
                [token] => token.word().and_then(|word| word.parse().ok()).map(What::StructBuilder),
                _ => None,
            },
            "unknown_crates" => last_word(first).map(|word| What::UnknownCrates(word.to_owned())),
            "crate" => a_crate(arguments),
            "replacement" => {
                string(0).zip(string(1)).map(|(name, path)| What::Replace { name, path: plain_path(&path) })
            }
            "patch" => string(0)
                .zip(arguments.get(1).and_then(|patch| self.patch(patch)))
                .map(|(name, patch)| What::Patch { name, patch }),
            "conversion" => schema(first)
                .zip(string(1))
                .map(|(schema, path)| What::Convert { schema, path: plain_path(&path) }),
            _ => None,
        };
        Some(what.unwrap_or_else(unclear))
    }

    /// The patch that an expression is: a variable, or made where it stands.
    fn patch(&self, expression: &[Token]) -> Option<Patch> {
        let words = expression.iter().filter_map(Token::word);
        let named = words.clone().find_map(|word| self.patches.get(word));
        if named.is_some() || !words.clone().any(|word| word == PATCH) {
            return named.cloned();
        }
        let start = expression.iter().position(|token| token.group('(').is_some())? + 1;
        let mut patch = Patch::default();
        for method in methods(&expression[start..]) {
            patch_by(&mut patch, &method);
        }
        Some(patch)
    }
}

/// The name that `let` gives.
fn bound_by(rest: &[Token]) -> Option<String> {
    rest.iter().find_map(|token| token.word().filter(|word| *word != "mut")).map(str::to_owned)
}

/// The name before a type: `settings` of `settings: &mut typify::TypeSpaceSettings`.
fn typed(before: &[Token]) -> Option<String> {
    let is_mark = |index: usize, mark| before.get(index).is_some_and(|token| token.is_mark(mark));
    let mut index = before.len().checked_sub(1)?;
    while let Some(below) = index.checked_sub(1) {
        if is_mark(index, ':') && !is_mark(below, ':') {
            return before[below].word().map(str::to_owned);
        }
        let is_double = is_mark(index, ':') && is_mark(below, ':');
        let is_path = before[index].word().is_some() || is_mark(index, '&') || is_double;
        if !is_path {
            return None;
        }
        index = if is_double { below.checked_sub(1)? } else { below };
    }
    None
}

/// The methods that are called one behind the other.
fn methods(mut rest: &[Token]) -> Vec<Method<'_>> {
    let mut methods = Vec::new();
    while let [dot, name, arguments, after @ ..] = rest {
        let (true, Some(word), Some(inside)) = (dot.is_mark('.'), name.word(), arguments.group('(')) else {
            break;
        };
        methods.push(Method { name: word, line: name.line, arguments: apart(inside) });
        rest = after;
    }
    methods
}

fn patch_by(patch: &mut Patch, method: &Method) {
    let said = method.arguments.first().and_then(|one| text(one)).map(str::to_owned);
    match (method.name, said) {
        ("with_rename", Some(name)) => patch.rename = Some(name),
        ("with_derive", Some(derive)) => patch.derives.push(plain_path(&derive)),
        ("with_attr", Some(attribute)) => patch.attributes.push(attribute),
        (name, _) if name.starts_with("with_") => patch.unclear.push(name.to_owned()),
        _ => {}
    }
}

fn a_crate(arguments: &[&[Token]]) -> Option<What> {
    let [name, version, rename] = arguments else { return None };
    let version = match last_word(version) {
        Some("Any") => "*".to_owned(),
        Some("Never") => "!".to_owned(),
        _ => version.iter().find_map(|token| token.group('(')).and_then(text)?.to_owned(),
    };
    let name = text(name)?.to_owned();
    Some(match last_word(rename) {
        Some("None") => What::Crate { name, original: None, version },
        _ => What::Crate { name: text(rename)?.to_owned(), original: Some(name), version },
    })
}

/// The schema that an expression is: `SchemaObject { … }` of a type and a format, or text that is parsed.
fn schema(expression: &[Token]) -> Option<Value> {
    if let Some(text) = text(expression) {
        return serde_json::from_str(text).ok();
    }
    let is_object = expression.iter().any(|token| token.word() == Some("SchemaObject"));
    let fields = expression.last().filter(|_| is_object)?.group('{')?;
    let mut members = Map::new();
    for field in apart(fields) {
        match field {
            [one, two, ..] if one.is_mark('.') && two.is_mark('.') => {}
            [name, colon, value @ ..] if colon.is_mark(':') => {
                let (key, said) = match name.word()? {
                    "instance_type" => ("type", instance_type(value)?),
                    "format" => ("format", text(value)?.to_owned()),
                    _ => return None,
                };
                members.insert(key.to_owned(), Value::String(said));
            }
            _ => return None,
        }
    }
    Some(Value::Object(members))
}

/// `string` of `Some(InstanceType::String.into())`.
fn instance_type(expression: &[Token]) -> Option<String> {
    let inside = expression.iter().find_map(|token| token.group('(')).unwrap_or(expression);
    let words = path(inside);
    let (_, after) = words.split_once("InstanceType::")?;
    let word: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
    (!after.contains("InstanceType")).then(|| word.to_lowercase())
}
