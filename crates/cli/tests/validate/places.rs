//! Places are right: what is reported is exactly what was changed.

use serde_json::{Value, json};

use super::written::{Style, Written, write as written};
use super::{Numbers, folder, report, schema, write};

/// A single change to a valid instance.
struct Mutation {
    instance: Value,
    /// The value that is changed, or the object that lacks a property.
    pointer: String,
    is_missing: bool,
}

/// The pointers of all values in an instance.
fn pointers(instance: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match instance {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| pointers(value, &format!("{at}/{name}"), found));
        }
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

fn mutation(numbers: &mut Numbers) -> Mutation {
    let mut instance = numbers.upload_result();
    let mut all = Vec::new();
    pointers(&instance, "", &mut all);
    let pointer = all[numbers.below(all.len())].clone();
    let value = instance.pointer_mut(&pointer).expect("it is there");
    let required = value.as_object().map(|members| {
        members
            .keys()
            .filter(|name| !matches!(name.as_str(), "asset_id" | "reason"))
            .cloned()
            .collect::<Vec<_>>()
    });
    if let (Some(names), Some(members)) = (&required, value.as_object_mut())
        && !names.is_empty()
        && numbers.below(3) > 0
    {
        members.remove(&names[numbers.below(names.len())]);
        return Mutation { instance, pointer, is_missing: true };
    }
    // None of these is what any property of the schema wants.
    let wrong = [json!(true), json!(1.5), json!([1, "two"]), json!({"a": [{}]})];
    let mut wrong = wrong[numbers.below(4)].clone();
    if value.is_object() && wrong.is_object() || value.is_array() && wrong.is_array() {
        wrong = json!("neither");
    }
    *value = wrong;
    Mutation { instance, pointer, is_missing: false }
}

fn expected(mutation: &Mutation, written: &Written) -> (usize, usize) {
    let span = if mutation.is_missing { &written.handle } else { &written.value };
    (span.start, span.len())
}

#[test]
fn of_two_thousand_mutations_exactly_what_was_changed_is_reported() {
    let mut numbers = Numbers(7);
    let here = folder(&[]);
    let mut places = Vec::new();
    for index in 0..2000 {
        let mutation = mutation(&mut numbers);
        let (style, ending) =
            [(Style::Pretty, "json"), (Style::Compact, "json"), (Style::Yaml, "yaml")][index % 3];
        let written = written(&mutation.instance, &mutation.pointer, style);
        let name = format!("{index:04}.{ending}");
        write(&here, &name, written.text.as_bytes());
        places.push((name, expected(&mutation, &written), mutation, written));
    }
    let (code, report) = report(here.path(), &["--schema", &schema(), "."]);
    assert_eq!(code, 1);
    let problems = report["problems"].as_array().expect("an array");
    for (name, (offset, length), mutation, written) in &places {
        let own: Vec<_> = problems.iter().filter(|problem| problem["file"] == name.as_str()).collect();
        let found = own.iter().map(|problem| (problem["offset"].as_u64(), problem["length"].as_u64()));
        let expected = (Some(*offset as u64), Some(*length as u64));
        let pointer = &mutation.pointer;
        assert!(!own.is_empty(), "{name}: nothing is reported at {pointer}: {}", written.text);
        for place in found {
            let shown = |(offset, length): (usize, usize)| &written.text[offset..offset + length];
            assert_eq!(
                place,
                expected,
                "{name} at {pointer}: {:?}\n{}",
                shown((*offset, *length)),
                written.text
            );
        }
        let line = 1 + written.text[..*offset].matches('\n').count();
        let start = written.text[..*offset].rfind('\n').map_or(0, |newline| newline + 1);
        let column = 1 + written.text[start..*offset].chars().count();
        assert_eq!(own[0]["line"], line, "{name}");
        assert_eq!(own[0]["column"], column, "{name}");
    }
}

#[test]
fn text_says_path_line_and_column() {
    let here = folder(&[
        ("a/b.json", "{\n\t\"ü\": 1, \"a\": \"x\"}"),
        ("s.json", r#"{"properties": {"a": {"type": "null"}}}"#),
    ]);
    let run = super::validate(here.path(), &["--schema", "s.json", "a/b.json"]);
    assert!(run.stdout.contains("a/b.json:2:15\n"), "{}", run.stdout);
    assert!(run.stdout.contains("s.json:1:23\n"), "{}", run.stdout);
    let long = format!("[{}{{\"a\": 2}}]", "{}, ".repeat(5000));
    write(&here, "long.json", long.as_bytes());
    write(&here, "l.json", br#"{"items": {"properties": {"a": {"type": "null"}}}}"#);
    let run = super::validate(here.path(), &["--schema", "l.json", "long.json"]);
    assert!(run.stdout.contains("long.json:1:20008\n"), "{}", run.stdout);
    assert!(run.stdout.len() < 2000, "a long line is not shown whole: {}", run.stdout);
}
