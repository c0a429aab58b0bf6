//! `typify::import_types!(…)`.

use super::arguments::{Entry, entries, schema};
use super::import::{Patch, Said, What};
use super::literal::apart;
use super::render::{path, rendered};
use super::tokens::{Broken, Kind, Token};

/// What one call says.
pub struct Call {
    pub line: usize,
    pub schema: String,
    pub said: Vec<Said>,
}

/// The calls among tokens, in order.
///
/// # Errors
///
/// If what one is told is not what the macro takes.
pub fn calls(tokens: &[Token]) -> Result<Vec<Call>, Broken> {
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if let Kind::Group(_, inside) = &token.kind {
            let is_call = index >= 2
                && tokens[index - 1].is_mark('!')
                && tokens[index - 2].word() == Some("import_types");
            if is_call {
                found.push(call(tokens[index - 2].line, inside)?);
            } else {
                found.extend(calls(inside)?);
            }
        }
    }
    Ok(found)
}

fn call(line: usize, tokens: &[Token]) -> Result<Call, Broken> {
    if let [Token { kind: Kind::Text(schema), .. }] = tokens {
        return Ok(Call { line, schema: schema.clone(), said: Vec::new() });
    }
    let (mut schema, mut said) = (None, Vec::new());
    for entry in entries(tokens)? {
        if entry.name() == "schema" {
            schema = Some(entry.text()?);
            continue;
        }
        said.extend(settings(&entry)?);
    }
    let schema =
        schema.ok_or_else(|| Broken { line, message: "`import_types!` names no `schema`".to_owned() })?;
    Ok(Call { line, schema, said })
}

/// What one argument says.
fn settings(entry: &Entry) -> Result<Vec<Said>, Broken> {
    let line = entry.line();
    let one = |what| Ok(vec![Said { line, what }]);
    match entry.name().as_str() {
        "derives" => each(entry, |token| What::Derive(path(token))),
        "attrs" => each(entry, |token| What::Attribute(rendered(token))),
        "struct_builder" => match entry.value {
            [token] if token.word() == Some("true") => one(What::StructBuilder(true)),
            [token] if token.word() == Some("false") => one(What::StructBuilder(false)),
            _ => Err(entry.odd("`true` or `false`")),
        },
        "unknown_crates" => match entry.value {
            [Token { kind: Kind::Word(word), .. }]
                if ["Generate", "Allow", "Deny"].contains(&word.as_str()) =>
            {
                one(What::UnknownCrates(word.clone()))
            }
            _ => Err(entry.odd("`Generate`, `Allow` or `Deny`")),
        },
        "map_type" => one(What::MapType(path(entry.value))),
        "crates" => members(entry, a_crate),
        "patch" => members(entry, |entry| Ok(What::Patch { name: entry.name(), patch: patch(entry)? })),
        "replace" => {
            members(entry, |entry| Ok(What::Replace { name: entry.name(), path: type_of(entry.value) }))
        }
        "convert" => members(entry, |entry| match &entry.key.kind {
            Kind::Group('{', inside) => {
                Ok(What::Convert { schema: schema(inside)?, path: type_of(entry.value) })
            }
            _ => {
                Err(Broken { line: entry.line(), message: "`convert` goes by schemas in `{…}`".to_owned() })
            }
        }),
        unknown => Err(Broken { line, message: format!("`{unknown}` is no argument of `import_types!`") }),
    }
}

fn each(entry: &Entry, what: fn(&[Token]) -> What) -> Result<Vec<Said>, Broken> {
    let parts = apart(entry.group('[')?);
    Ok(parts.into_iter().map(|part| Said { line: part[0].line, what: what(part) }).collect())
}

fn members(entry: &Entry, what: fn(&Entry) -> Result<What, Broken>) -> Result<Vec<Said>, Broken> {
    let members = entries(entry.group('{')?)?;
    members.iter().map(|member| Ok(Said { line: member.line(), what: what(member)? })).collect()
}

/// `name = "1.0.0"`, or `here = "there@1.0.0"`.
fn a_crate(entry: &Entry) -> Result<What, Broken> {
    let text = entry.text()?;
    let (original, version) = match text.split_once('@') {
        Some((original, version)) => (Some(original.to_owned()), version.to_owned()),
        None => (None, text),
    };
    Ok(What::Crate { name: entry.name(), original, version })
}

fn patch(entry: &Entry) -> Result<Patch, Broken> {
    let mut patch = Patch::default();
    for entry in entries(entry.group('{')?)? {
        match entry.name().as_str() {
            "rename" => patch.rename = Some(entry.text()?),
            "derives" => patch.derives = apart(entry.group('[')?).into_iter().map(path).collect(),
            "attrs" => patch.attributes = apart(entry.group('[')?).into_iter().map(rendered).collect(),
            unknown => {
                return Err(Broken {
                    line: entry.line(),
                    message: format!("`{unknown}` is no part of a patch"),
                });
            }
        }
    }
    Ok(patch)
}

/// The type of `path: Trait + ?Trait`. The traits say what typify may count on.
fn type_of(tokens: &[Token]) -> String {
    let is_single = |index: usize| {
        let is_colon = |index: usize| tokens.get(index).is_some_and(|token| token.is_mark(':'));
        is_colon(index) && !is_colon(index + 1) && (index == 0 || !is_colon(index - 1))
    };
    let end = (0..tokens.len()).find(|&index| is_single(index)).unwrap_or(tokens.len());
    path(&tokens[..end])
}
