//! Writes instances, and tells where a value was written. It shares no code with what it is to test.

use std::ops::Range;

use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Compact,
    Pretty,
    Yaml,
}

/// A text, and where the places that were asked for stand in it.
#[derive(Default)]
pub struct Written {
    pub text: String,
    /// The value at the pointer.
    pub value: Range<usize>,
    /// The key of the value at the pointer, or its first byte if it has none.
    pub handle: Range<usize>,
}

/// Writes `instance`, and notes where the value at `pointer` is.
pub fn write(instance: &Value, pointer: &str, style: Style) -> Written {
    let mut written = Written::default();
    value(&mut written, instance, "", pointer, style, 0);
    if style == Style::Yaml {
        written.text.push('\n');
    }
    written
}

fn value(out: &mut Written, instance: &Value, at: &str, wanted: &str, style: Style, depth: usize) {
    let start = out.text.len();
    match (instance, style) {
        (Value::Object(members), Style::Yaml) if !members.is_empty() => {
            for (index, (name, member)) in members.iter().enumerate() {
                let inner = format!("{at}/{name}");
                if index > 0 {
                    new_line(out, depth);
                }
                key(out, name, &inner, wanted);
                let is_block = matches!(member, Value::Object(inner) if !inner.is_empty());
                let is_list = matches!(member, Value::Array(inner) if !inner.is_empty());
                if is_block || is_list {
                    new_line(out, depth + 1);
                } else {
                    out.text.push(' ');
                }
                value(out, member, &inner, wanted, style, depth + 1);
            }
        }
        (Value::Array(elements), Style::Yaml) if !elements.is_empty() => {
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    new_line(out, depth);
                }
                out.text += "- ";
                value(out, element, &format!("{at}/{index}"), wanted, style, depth + 1);
            }
        }
        (Value::Object(members), _) => {
            out.text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                let inner = format!("{at}/{name}");
                separate(out, index, style, depth);
                key(out, name, &inner, wanted);
                if style != Style::Compact {
                    out.text.push(' ');
                }
                value(out, member, &inner, wanted, style, depth + 1);
            }
            end(out, members.is_empty(), style, depth, '}');
        }
        (Value::Array(elements), _) => {
            out.text.push('[');
            for (index, element) in elements.iter().enumerate() {
                separate(out, index, style, depth);
                value(out, element, &format!("{at}/{index}"), wanted, style, depth + 1);
            }
            end(out, elements.is_empty(), style, depth, ']');
        }
        (scalar, _) => out.text += &scalar.to_string(),
    }
    if at == wanted {
        out.value = start..out.text.len();
        if out.handle.is_empty() {
            out.handle = first(instance, start, style);
        }
    }
}

/// The bracket of an object, or where it has none its first key.
fn first(instance: &Value, start: usize, style: Style) -> Range<usize> {
    let name = instance.as_object().and_then(|members| members.keys().next());
    match name {
        Some(name) if style == Style::Yaml => start..start + name.len(),
        _ => start..start + 1,
    }
}

fn key(out: &mut Written, name: &str, at: &str, wanted: &str) {
    let start = out.text.len();
    // Names are plain here; JSON has them in quotes, YAML without.
    if out.text.ends_with([' ', '\n']) && !out.text.contains('{') || out.text.is_empty() {
        out.text += name;
    } else {
        out.text += &Value::from(name).to_string();
    }
    if at == wanted {
        out.handle = start..out.text.len();
    }
    out.text.push(':');
}

fn separate(out: &mut Written, index: usize, style: Style, depth: usize) {
    if index > 0 {
        out.text.push(',');
    }
    if style == Style::Pretty {
        new_line(out, depth + 1);
    }
}

fn end(out: &mut Written, is_empty: bool, style: Style, depth: usize, bracket: char) {
    if style == Style::Pretty && !is_empty {
        new_line(out, depth);
    }
    out.text.push(bracket);
}

fn new_line(out: &mut Written, depth: usize) {
    out.text.push('\n');
    out.text.extend(std::iter::repeat_n("  ", depth));
}
