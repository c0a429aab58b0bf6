//! YAML as JSON, by the core schema of YAML 1.2 and with the merge keys of 1.1.

use std::collections::HashMap;
use std::ops::Range;

use isomorph_json::{DEEPEST, Fault, JsonText, Rule, Transcribed};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

/// How many bytes of JSON aliases may make of a file: this many, and this many times its size.
const LARGEST: (usize, usize) = (1 << 24, 16);

/// Reads all documents of a YAML file.
///
/// # Errors
///
/// If it is not YAML, is nested deeper than `deepest`, or says something that JSON cannot.
pub fn read(text: &str, deepest: usize) -> Result<Vec<Transcribed>, Fault> {
    let offsets = Offsets::new(text);
    let mut reader = Reader { text, offsets: &offsets, deepest, nodes: Vec::new(), anchors: HashMap::new() };
    let mut parser = Parser::new_from_str(text);
    let mut documents = Vec::new();
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentStart(_), _)) => {
                reader.nodes.clear();
                reader.anchors.clear();
                let root = reader.document(&mut parser)?;
                documents.push(reader.transcribe(root)?);
            }
            Ok(_) => {}
            Err(error) => return Err(reader.scan_error(&error)),
        }
    }
    // What reads YAML reads nothing as null; a file that has lost its contents is not to pass for valid.
    if documents.is_empty() {
        reader.nodes.clear();
        let root = reader.add(scalar("", ScalarStyle::Plain, None), 0..0, 0);
        documents.push(reader.transcribe(root)?);
    }
    Ok(documents)
}

/// A node of a document.
enum Node {
    /// A scalar as JSON, and as the name of a property.
    Scalar {
        json: Scalar,
        name: String,
        is_quoted: bool,
    },
    Sequence(Vec<usize>),
    Mapping(Vec<(usize, usize)>),
}

enum Scalar {
    Literal(String),
    Text,
    /// A number that JSON does not have.
    NoNumber,
}

struct Reader<'t> {
    text: &'t str,
    offsets: &'t Offsets,
    deepest: usize,
    nodes: Vec<(Node, Range<usize>)>,
    anchors: HashMap<usize, usize>,
}

/// A collection that is not complete: what it is, where it starts, its anchor, and the nodes in it so far.
struct Open {
    is_mapping: bool,
    start: usize,
    anchor: usize,
    nodes: Vec<usize>,
}

impl Reader<'_> {
    /// Reads the nodes of a document; gives its root.
    fn document(&mut self, parser: &mut Parser<saphyr_parser::StrInput>) -> Result<usize, Fault> {
        let mut open: Vec<Open> = Vec::new();
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.scan_error(&error))?;
            let origin = self.offsets.range(&span);
            let complete = match event {
                Event::Scalar(value, style, anchor, tag) => {
                    let node = scalar(&value, style, tag.as_deref());
                    self.add(node, self.trimmed(origin), anchor)
                }
                Event::Alias(anchor) => self
                    .anchors
                    .get(&anchor)
                    .copied()
                    .ok_or_else(|| Fault::syntax(origin, "this alias refers to itself or to nothing"))?,
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    if open.len() >= self.deepest {
                        let message = format!("nested deeper than {} levels", self.deepest);
                        return Err(Fault::new(Rule::Depth, origin, message));
                    }
                    let is_mapping = matches!(event, Event::MappingStart(..));
                    open.push(Open { is_mapping, start: origin.start, anchor, nodes: Vec::new() });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                    Some(done) => self.complete(done, origin.end),
                    None => continue,
                },
                Event::DocumentEnd | Event::StreamEnd => break,
                _ => continue,
            };
            match open.last_mut() {
                Some(around) => around.nodes.push(complete),
                None => return Ok(complete),
            }
        }
        Ok(self.add(scalar("", ScalarStyle::Plain, None), 0..0, 0))
    }

    fn add(&mut self, node: Node, origin: Range<usize>, anchor: usize) -> usize {
        self.nodes.push((node, origin));
        let index = self.nodes.len() - 1;
        if anchor > 0 {
            self.anchors.insert(anchor, index);
        }
        index
    }

    fn complete(&mut self, done: Open, end: usize) -> usize {
        let node = if done.is_mapping {
            Node::Mapping(done.nodes.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        } else {
            Node::Sequence(done.nodes)
        };
        let origin = self.trimmed(done.start..end);
        self.add(node, origin, done.anchor)
    }

    /// A range without the space at its end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let inside = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + inside.trim_end().len()
    }

    fn transcribe(&self, root: usize) -> Result<Transcribed, Fault> {
        let mut json = JsonText::default();
        self.write(root, 0, &mut json)?;
        Ok(json.finish())
    }

    fn write(&self, index: usize, depth: usize, json: &mut JsonText) -> Result<(), Fault> {
        let Some((node, origin)) = self.nodes.get(index) else { return Ok(()) };
        if json.length() > LARGEST.0 + self.text.len() * LARGEST.1 {
            return Err(Fault::new(
                Rule::Depth,
                origin.clone(),
                "the aliases of this file make too much of it",
            ));
        }
        if depth > DEEPEST.max(self.deepest) {
            return Err(Fault::new(Rule::Depth, origin.clone(), "nested too deeply by aliases"));
        }
        match node {
            Node::Scalar { json: Scalar::Literal(literal), .. } => json.literal(literal, origin.clone()),
            Node::Scalar { json: Scalar::Text, name, .. } => json.string(name, origin.clone()),
            Node::Scalar { json: Scalar::NoNumber, .. } => {
                return Err(Fault::new(Rule::Number, origin.clone(), "JSON has no such number"));
            }
            Node::Sequence(elements) => {
                let opened = json.open('[');
                elements.iter().try_for_each(|element| self.write(*element, depth + 1, json))?;
                json.close(opened, ']', origin.clone());
            }
            Node::Mapping(members) => {
                let opened = json.open('{');
                for (key, value) in self.members(members)? {
                    let (name, origin) = self.name(key)?;
                    json.key(name, origin);
                    self.write(value, depth + 1, json)?;
                }
                json.close(opened, '}', origin.clone());
            }
        }
        Ok(())
    }

    /// The members of a mapping, and those that its merge keys bring where it has none of their names.
    fn members(&self, own: &[(usize, usize)]) -> Result<Vec<(usize, usize)>, Fault> {
        let (merges, mut members): (Vec<_>, Vec<_>) = own.iter().partition(|(key, _)| self.is_merge(*key));
        for (_, merged) in merges {
            let sources = match self.nodes.get(merged) {
                Some((Node::Sequence(sources), _)) => sources.clone(),
                _ => vec![merged],
            };
            for source in sources {
                let Some((Node::Mapping(brought), origin)) = self.nodes.get(source) else {
                    let origin = self.nodes.get(merged).map_or(0..0, |(_, origin)| origin.clone());
                    return Err(Fault::syntax(origin, "only mappings can be merged"));
                };
                if brought.iter().any(|(key, _)| self.is_merge(*key)) && source == merged {
                    return Err(Fault::syntax(
                        origin.clone(),
                        "merge keys in merged mappings are not followed",
                    ));
                }
                for (key, value) in brought {
                    let name = self.name(*key)?.0;
                    let mut known = members.iter().map(|(key, _)| self.name(*key).map(|(name, _)| name));
                    if !known.any(|known| known.is_ok_and(|known| known == name)) {
                        members.push((*key, *value));
                    }
                }
            }
        }
        Ok(members)
    }

    fn is_merge(&self, key: usize) -> bool {
        matches!(self.nodes.get(key), Some((Node::Scalar { name, is_quoted: false, .. }, _)) if name == "<<")
    }

    fn name(&self, key: usize) -> Result<(&str, Range<usize>), Fault> {
        match self.nodes.get(key) {
            Some((Node::Scalar { name, .. }, origin)) => Ok((name, origin.clone())),
            Some((_, origin)) => Err(Fault::syntax(origin.clone(), "only a scalar can be a key in JSON")),
            None => Ok(("", 0..0)),
        }
    }

    fn scan_error(&self, error: &saphyr_parser::ScanError) -> Fault {
        let at = self.offsets.byte(error.marker().index()).min(self.text.len());
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let message = error.info();
        let rule = if message.contains("recursion") || message.contains("depth") {
            Rule::Depth
        } else {
            Rule::Syntax
        };
        Fault::new(rule, at..at + length, message)
    }
}

/// What a scalar is by the core schema, or by its tag: `!!int "1"` is a number.
fn scalar(value: &str, style: ScalarStyle, tag: Option<&Tag>) -> Node {
    let is_quoted = style != ScalarStyle::Plain;
    let is_text = tag.map_or(is_quoted, |tag| {
        !tag.is_yaml_core_schema() || !matches!(tag.suffix.as_str(), "null" | "bool" | "int" | "float")
    });
    let json = if is_text { Scalar::Text } else { plain(value) };
    Node::Scalar { json, name: value.to_owned(), is_quoted }
}

fn plain(value: &str) -> Scalar {
    match value {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Literal("null".into()),
        "true" | "True" | "TRUE" => return Scalar::Literal("true".into()),
        "false" | "False" | "FALSE" => return Scalar::Literal("false".into()),
        ".nan" | ".NaN" | ".NAN" => return Scalar::NoNumber,
        _ => {}
    }
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Scalar::NoNumber;
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = value.strip_prefix(prefix).filter(|digits| !digits.starts_with(['+', '-']))
            && let Ok(number) = u64::from_str_radix(digits, radix)
        {
            return Scalar::Literal(number.to_string());
        }
    }
    decimal(value, unsigned).map_or(Scalar::Text, Scalar::Literal)
}

/// A decimal number, as JSON writes it.
fn decimal(value: &str, unsigned: &str) -> Option<String> {
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let power = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    if !has_digits || !all_digits(whole) || !all_digits(fraction.unwrap_or_default()) {
        return None;
    }
    if power.is_some_and(|power| power.is_empty() || !all_digits(power)) {
        return None;
    }
    let sign = if value.starts_with('-') { "-" } else { "" };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.map(|fraction| format!(".{}", if fraction.is_empty() { "0" } else { fraction }));
    let exponent = exponent.map(|exponent| format!("e{exponent}"));
    Some(format!("{sign}{whole}{}{}", fraction.unwrap_or_default(), exponent.unwrap_or_default()))
}

/// From the characters that the parser counts to bytes.
struct Offsets {
    /// The byte of every [`Self::STEP`]th character; empty where characters are bytes.
    steps: Vec<usize>,
    text: String,
}

impl Offsets {
    const STEP: usize = 64;

    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { steps: Vec::new(), text: String::new() };
        }
        let steps = text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte).collect();
        Self { steps, text: text.to_owned() }
    }

    fn byte(&self, character: usize) -> usize {
        if self.steps.is_empty() {
            return character;
        }
        let start = self.steps.get(character / Self::STEP).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(character % Self::STEP).map_or(rest.len(), |(byte, _)| byte)
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn json(text: &str) -> Vec<String> {
        read(text, 64).map(|all| all.into_iter().map(|one| one.json).collect()).unwrap_or_default()
    }

    #[test]
    fn scalars_are_read_by_the_core_schema() {
        let text = "[~, null, true, yes, 1, -007, 0x1F, 0o17, 1.5, .5, 5., 1e3, +2, 1_000, 'x', \"1\", !!str 1, 2001-01-01, \
            !!int \"1\", !!null '', ! 1, !mine 1, !!binary 12]";
        let expected = r#"[null,null,true,"yes",1,-7,31,15,1.5,0.5,5.0,1e3,2,"1_000","x","1","1","2001-01-01",1,null,"1","1","12"]"#;
        assert_eq!(json(text), [expected]);
    }

    #[test]
    fn documents_anchors_and_merges_are_followed() {
        assert_eq!(json("a: 1\n---\n- b\n"), ["{\"a\":1}", "[\"b\"]"]);
        assert_eq!(json("a: &x {k: 1}\nb: *x\n"), [r#"{"a":{"k":1},"b":{"k":1}}"#]);
        assert_eq!(
            json("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n"),
            [r#"{"a":{"k":1,"l":2},"b":{"k":3,"l":2}}"#]
        );
        assert_eq!(json("'<<': {k: 1}\n"), [r#"{"<<":{"k":1}}"#]);
    }

    #[test]
    fn what_json_cannot_say_is_a_fault_with_its_place() {
        for (text, place) in
            [("a: .inf", 3), ("ü: [1, .nan]", 8), ("? [1]\n: 2", 2), ("a: [1", 5), ("a: *x", 3)]
        {
            assert_eq!(read(text, 64).err().map(|fault| fault.span.start), Some(place), "{text}");
        }
    }

    #[test]
    fn aliases_of_aliases_are_bounded() {
        let level = |level: usize| {
            let inner = vec![format!("*a{}", level - 1); 10].join(", ");
            format!("a{level}: &a{level} [{inner}]\n")
        };
        let levels: String = (1..12).map(level).collect();
        assert!(read(&format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{levels}"), 64).is_err());
    }
}
