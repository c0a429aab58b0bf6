//! Values as texts that are the same exactly where the values are equal (2020-12, core, section 4.2.2): numbers by
//! their value, however many digits they have, and objects whatever the order of their members.

use std::borrow::Cow;
use std::fmt::Write;

use crate::decimal::Decimal;
use crate::node::TapeNode;
use crate::number::Number;
use crate::word::Kind;

/// The text of a value.
pub fn canonical(node: TapeNode) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

fn write(node: TapeNode, text: &mut String) {
    match node.word().kind() {
        Kind::Null => text.push('n'),
        Kind::True => text.push('t'),
        Kind::False => text.push('f'),
        Kind::Number => write_number(node.number(), text),
        Kind::String => write_string(&node.string(), text),
        Kind::Array => {
            text.push('[');
            for element in node.elements() {
                write(element, text);
                text.push(',');
            }
            text.push(']');
        }
        Kind::Object => {
            let mut members: Vec<(Cow<str>, TapeNode)> =
                node.members().map(|(key, value)| (key.string(), value)).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            text.push('{');
            for (key, value) in members {
                write_string(&key, text);
                write(value, text);
            }
            text.push('}');
        }
    }
}

/// With its length in front, so that nothing in it can be taken for what stands around it.
fn write_string(string: &str, text: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(text, "{}\"{string}", string.len());
}

/// As digits without zeros at either end, and the power of ten of the last of them.
fn write_number(number: Number, text: &mut String) {
    let number = Decimal::new(number.literal());
    if number.digits().is_empty() {
        return text.push('0');
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let _ = write!(text, "{sign}{}e{}", number.digits(), number.exponent());
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use crate::node::TapeNode;
    use crate::parse::{DEEPEST, parse};
    use crate::tape::Tape;

    fn of(text: &str) -> String {
        let mut tape = Tape::default();
        parse(text, DEEPEST, &mut tape).expect("it is JSON");
        canonical(TapeNode::root(text, &tape))
    }

    #[test]
    fn equal_values_have_the_same_text() {
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("-0", "0.0e5"),
            ("0.1", "100e-3"),
            ("123456789012345678901234567890", "12345678901234567890123456789e1"),
            (r#"{"a": 1, "b": [2]}"#, r#"{"b": [2.0], "a": 1}"#),
            (r#""a""#, r#""\u0061""#),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn values_that_differ_have_texts_that_do() {
        for (one, other) in [
            ("123456789012345678901234567890", "123456789012345678901234567891"),
            ("1", "-1"),
            ("1", "10"),
            ("1", "\"1\""),
            ("1", "true"),
            ("null", "0"),
            ("[1, 2]", "[12]"),
            ("[[1], 2]", "[[1, 2]]"),
            (r#"["a", "b"]"#, r#"["a,1\"b"]"#),
            (r#"{"a": 1}"#, r#"["a", 1]"#),
            (r#"{"a": {"b": 1}}"#, r#"{"a": {}, "b": 1}"#),
        ] {
            assert_ne!(of(one), of(other), "{one} {other}");
        }
    }
}
