//! Entries of `schema.rs`, as text.

use serde_json::{Number, Value};

use super::layout::{WIDTH, filled_to, indented};
use super::words::{quoted, raw};
use crate::annotate::{Arguments, OnePart, Saying, Spelling, Step};

/// More sayings in a row are put into blocks: the macro takes one after the other, and not endlessly many.
const MOST: usize = 40;

/// What is said, in braces, behind `head`, which begins a line that is indented by so many columns.
pub fn block(head: &str, indent: usize, sayings: &[Saying]) -> String {
    indented(&unindented(head, indent, sayings), indent)
}

/// The same, not indented yet.
pub fn unindented(head: &str, indent: usize, sayings: &[Saying]) -> String {
    if sayings.is_empty() {
        return format!("{head} {{}}");
    }
    let line = format!("{head} {{ {} }}", flat(sayings));
    if indent + line.chars().count() <= WIDTH {
        return line;
    }
    if let [only] = sayings {
        let inside = text_of(only, indent);
        // What is too long for a line of its own as well, and what has lines of its own, needs none around it.
        if inside.contains('\n') || indent + 4 + inside.chars().count() > WIDTH {
            return format!("{head} {{ {inside} }}");
        }
    }
    format!("{head} {{\n{}}}", indented(&lines(sayings, indent + 4), 4))
}

/// All in one line.
fn flat(sayings: &[Saying]) -> String {
    let all: Vec<_> = sayings.iter().map(one).collect();
    all.join(" ")
}

fn one(saying: &Saying) -> String {
    match saying {
        Saying::In(steps, inner) => format!("{} {{ {} }}", words(steps), flat(inner)),
        other => statement(other),
    }
}

/// As much in a line as it holds, where lines are indented by so many columns.
fn lines(sayings: &[Saying], indent: usize) -> String {
    let is_named =
        |saying: &Saying| matches!(saying, Saying::In(steps, _) if !matches!(steps[0], Step::Keyword(_)));
    // What stands in properties and branches at the end the macro takes at once, however many.
    let last = sayings.iter().rposition(|saying| !is_named(saying)).map_or(0, |last| last + 1);
    let (others, named) = sayings.split_at(last);
    grouped(others, indent) + &in_lines(named, indent)
}

fn in_lines(sayings: &[Saying], indent: usize) -> String {
    let parts: Vec<_> = sayings.iter().map(|saying| text_of(saying, indent)).collect();
    filled_to(&parts, WIDTH.saturating_sub(indent))
}

fn grouped(sayings: &[Saying], indent: usize) -> String {
    if sayings.len() <= MOST {
        return in_lines(sayings, indent);
    }
    let size = sayings.len().div_ceil(MOST).max(MOST);
    let group = |some: &[Saying]| format!("{{\n{}}}\n", indented(&grouped(some, indent + 4), 4));
    sayings.chunks(size).map(group).collect()
}

fn text_of(saying: &Saying, indent: usize) -> String {
    match saying {
        Saying::In(steps, said) => unindented(&words(steps), indent, said),
        other => {
            let line = statement(other);
            match other {
                Saying::Spelled(Spelling::Parts(parts)) if indent + line.chars().count() > WIDTH => {
                    let room = WIDTH.saturating_sub(indent + 4);
                    let parts: String = parts.iter().map(|one| filled_to(&part(one), room)).collect();
                    format!("parts {{\n{}}}", indented(&parts, 4))
                }
                _ => line,
            }
        }
    }
}

/// The words of a part.
fn part(part: &OnePart) -> Vec<String> {
    let refers = part.refers.as_ref();
    let refers =
        refers.map(|(ident, reference, digest)| format!("({ident} {} {digest:#018x})", text(reference)));
    let word = (!part.requires.is_empty()).then(|| "required".to_owned());
    let declares = part.declares.iter().map(|name| text(name));
    let requires = part.requires.iter().map(|name| text(name));
    let mut words: Vec<_> = refers.into_iter().chain(declares).chain(word).chain(requires).collect();
    match words.last_mut() {
        Some(last) => last.push(';'),
        None => words.push(";".to_owned()),
    }
    words
}

/// The steps that lead to the same.
fn words(steps: &[Step]) -> String {
    let word = |step: &Step| match step {
        Step::Name(name) => text(name),
        Step::Keyword(keyword) => keyword.clone(),
        Step::Index(index) => index.to_string(),
    };
    steps.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn statement(saying: &Saying) -> String {
    match saying {
        Saying::Keyword(name, value) => {
            let name = keyword(name);
            let short = json(value, DEEPEST).filter(|json| json.chars().count() < WIDTH);
            short.map_or_else(
                || format!("{name} json {};", raw(&value.to_string())),
                |json| format!("{name}: {json};"),
            )
        }
        Saying::Spelled(Spelling::Parts(parts)) => {
            let parts: Vec<_> = parts.iter().flat_map(part).collect();
            format!("parts {{ {} }}", parts.join(" "))
        }
        Saying::Spelled(spelling) => {
            let arguments = spelling.arguments().map(|arguments| format!("({})", told(&arguments)));
            format!("{}{};", spelling.word(), arguments.unwrap_or_default())
        }
        Saying::In(..) => one(saying),
    }
}

fn told(arguments: &Arguments) -> String {
    let all: Vec<_> = match arguments {
        Arguments::Texts(texts) => texts.iter().map(|one| text(one)).collect(),
        Arguments::Numbers(keyword, numbers) => {
            keyword.map(text).into_iter().chain(numbers.iter().map(ToString::to_string)).collect()
        }
        Arguments::Bound(keyword, bound) => vec![text(keyword), any_json(bound)],
        Arguments::Types(types) => types.to_vec(),
        Arguments::Type(ident, reference) => vec![(*ident).to_owned(), text(reference)],
        Arguments::Values(values) => values.iter().map(any_json).collect(),
        // In braces.
        Arguments::Parts(parts) => parts.iter().flat_map(part).collect(),
    };
    all.join(", ")
}

/// A keyword, as the macro takes it.
fn keyword(name: &str) -> String {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(name, "true" | "false");
    if is_word { name.to_owned() } else { text(name) }
}

/// A text in quotes, raw if that spares marks of escape.
fn text(text: &str) -> String {
    let is_plain = text.contains('\\') && !text.contains('"') && quoted(text).contains("\\\\");
    if is_plain && !text.contains(isomorph_runtime::spelling::is_hidden) {
        return format!("r\"{text}\"");
    }
    quoted(text)
}

/// How deep a value may be that is written as it is.
const DEEPEST: usize = 12;

/// A value as the macro takes it, if it does.
fn json(value: &Value, deepest: usize) -> Option<String> {
    let inner = |value: &Value| {
        let is_negative = value.as_f64().is_some_and(f64::is_sign_negative);
        json(value, deepest.checked_sub(1)?).filter(|_| !is_negative)
    };
    Some(match value {
        Value::Number(number) => self::number(number),
        Value::String(string) => text(string),
        Value::Array(elements) => {
            let elements: Option<Vec<_>> = elements.iter().map(inner).collect();
            format!("[{}]", elements?.join(", "))
        }
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Some(format!("{}: {}", text(name), inner(value)?));
            let members: Option<Vec<_>> = members.iter().map(member).collect();
            format!("{{{}}}", members?.join(", "))
        }
        other => other.to_string(),
    })
}

/// What fits in the type that a bare literal has needs none.
fn number(number: &Number) -> String {
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) if i32::try_from(whole).is_ok() => whole.to_string(),
        (Some(i64::MIN), _) => "-9223372036854775808_i64".to_owned(),
        (Some(whole), _) => format!("{whole}_i64"),
        (None, Some(whole)) => format!("{whole}_u64"),
        (None, None) => number.to_string(),
    }
}

/// A value that a spelling is told.
fn any_json(value: &Value) -> String {
    json(value, DEEPEST).unwrap_or_else(|| format!("(json {})", raw(&value.to_string())))
}
