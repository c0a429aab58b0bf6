use std::collections::HashMap;
use std::ops::Range;

use isomorph_json::{DEEPEST, Fault, JsonText, Rule, Transcribed};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use super::extent;
use super::fault::fault;
use super::offsets::Offsets;
use super::pairs::Pairs;
use super::scalar::{Json, Scalar};
use super::tabs::{Tabbed, compact, in_flow, indented};
use super::tags::of_collection;

/// How many bytes of JSON aliases may make of a file: this many, and this many times its size.
const LARGEST: (usize, usize) = (1 << 24, 16);

/// Reads all documents of a YAML file.
///
/// # Errors
///
/// If it is not YAML, is nested deeper than `deepest`, or says something that JSON cannot.
pub fn read(text: &str, deepest: usize) -> Result<Vec<Transcribed>, Fault> {
    let offsets = Offsets::new(text);
    let mut tabbed = Tabbed::new(text);
    let mut pairs = Pairs::default();
    loop {
        match Reader::new(text, &offsets, &pairs, deepest).read(tabbed.text()) {
            Ok(documents) => return Ok(documents),
            Err(Failed::Fault(fault)) => return Err(fault),
            Err(Failed::Parser { message, at, open }) if message == Pairs::REFUSED && pairs.is_empty() => {
                pairs = Pairs::of(tabbed.text_mut());
                if pairs.is_empty() {
                    return Err(fault(text, &message, at, open));
                }
            }
            Err(Failed::Parser { message, at, open }) => {
                if !tabbed.takes(&message, at) {
                    return Err(fault(text, &message, at, open));
                }
            }
        }
    }
}

/// Why a text is not read.
enum Failed {
    Fault(Fault),
    /// What the parser says, where, and the list or mapping with brackets that is open there.
    Parser {
        message: String,
        at: usize,
        open: Option<usize>,
    },
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A node of a document.
pub(super) enum Node {
    Scalar(Scalar),
    Sequence(Vec<usize>),
    /// The members, with those that merges bring.
    Mapping(Vec<(usize, usize)>),
    /// Another node, which is used here.
    Alias(usize),
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    offsets: &'t Offsets,
    pairs: &'t Pairs,
    deepest: usize,
    pub(super) nodes: Vec<(Node, Range<usize>)>,
    anchors: HashMap<usize, usize>,
    open: Vec<Open>,
    /// How many members merges brought.
    pub(super) merged: usize,
}

/// A collection that is not complete: what it is, where it starts, where what was read of it ends, its anchor, and the nodes in it
/// so far.
struct Open {
    is_mapping: bool,
    is_flow: bool,
    start: usize,
    end: usize,
    anchor: usize,
    nodes: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, offsets: &'t Offsets, pairs: &'t Pairs, deepest: usize) -> Self {
        let (nodes, anchors, open) = (Vec::new(), HashMap::new(), Vec::new());
        Self { text, offsets, pairs, deepest, nodes, anchors, open, merged: 0 }
    }

    /// The documents; `text` has spaces for some tabs.
    fn read(mut self, text: &str) -> Result<Vec<Transcribed>, Failed> {
        let mut parser = Parser::new_from_str(text);
        let mut documents = Vec::new();
        while let Some(event) = parser.next_event() {
            if let (Event::DocumentStart(_), _) = event.map_err(|error| self.failed(&error))? {
                self.nodes.clear();
                self.anchors.clear();
                let root = self.document(&mut parser)?;
                documents.push(self.transcribe(root)?);
            }
        }
        // What reads YAML reads nothing as null; a file that has lost its contents is not to pass for valid.
        if documents.is_empty() {
            self.nodes.clear();
            let root = self.nothing();
            documents.push(self.transcribe(root)?);
        }
        Ok(documents)
    }

    /// Reads the nodes of a document; gives its root.
    fn document(&mut self, parser: &mut Parser<StrInput>) -> Result<usize, Failed> {
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.failed(&error))?;
            let origin = self.offsets.range(&span);
            let is_mapping = matches!(event, Event::MappingStart(..));
            let (complete, end) = match event {
                Event::Scalar(value, style, anchor, tag) => {
                    let is_nothing = value.is_empty() && style == ScalarStyle::Plain;
                    let origin = extent::of_scalar(self.text, origin);
                    // Of nothing the parser says where the next thing is.
                    let origin = if is_nothing { origin.start..origin.start } else { origin };
                    self.is_indented(origin.start)?;
                    let end = origin.end;
                    let is_double = style == ScalarStyle::DoubleQuoted;
                    let value = self.pairs.restored(value, is_double, &origin, self.text);
                    (self.add(Node::Scalar(Scalar::new(&value, style, tag.as_deref())), origin, anchor), end)
                }
                Event::Alias(anchor) => {
                    let end = extent::trimmed(self.text, origin.clone()).end;
                    let known = self.anchors.get(&anchor).copied();
                    let none = || Fault::syntax(origin.clone(), "this alias refers to itself or to nothing");
                    let known = known.ok_or_else(none)?;
                    (self.add(Node::Alias(known), origin.start..end, 0), end)
                }
                Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                    of_collection(tag.as_deref(), is_mapping, &origin)?;
                    self.begin(origin, anchor, is_mapping)?;
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                    Some(done) => self.complete(done, extent::end(self.text, &origin))?,
                    None => continue,
                },
                Event::DocumentEnd | Event::StreamEnd => break,
                _ => continue,
            };
            match self.open.last_mut() {
                Some(around) => {
                    around.nodes.push(complete);
                    around.end = around.end.max(end);
                }
                None => return Ok(complete),
            }
        }
        Ok(self.nothing())
    }

    fn begin(&mut self, origin: Range<usize>, anchor: usize, is_mapping: bool) -> Result<(), Fault> {
        if self.open.len() >= self.deepest {
            let message = format!("nested deeper than {} levels", self.deepest);
            return Err(Fault::new(Rule::Depth, origin, message));
        }
        let start = extent::start(self.text, origin.start, is_mapping);
        let is_flow = extent::is_flow(self.text, start);
        self.open.push(Open { is_mapping, is_flow, start, end: start, anchor, nodes: Vec::new() });
        if is_flow { self.is_indented(start) } else { compact(self.text, start) }
    }

    /// Refuses a node that is indented by a tab, where that says how deep it is.
    fn is_indented(&self, start: usize) -> Result<(), Fault> {
        match self.open.last() {
            Some(Open { is_flow: false, is_mapping, nodes, .. }) if !is_mapping || nodes.len() % 2 == 0 => {
                indented(self.text, start)
            }
            Some(Open { is_flow: true, .. }) => {
                let block = self.open.iter().rfind(|open| !open.is_flow);
                block.map_or(Ok(()), |block| in_flow(self.text, block.start, start))
            }
            _ => Ok(()),
        }
    }

    fn nothing(&mut self) -> usize {
        self.add(Node::Scalar(Scalar::new("", ScalarStyle::Plain, None)), 0..0, 0)
    }

    pub(super) fn add(&mut self, node: Node, origin: Range<usize>, anchor: usize) -> usize {
        self.nodes.push((node, origin));
        let index = self.nodes.len() - 1;
        if anchor > 0 {
            self.anchors.insert(anchor, index);
        }
        index
    }

    /// A collection that ends there, or, where nothing says so, with what is in it; and where that is.
    fn complete(&mut self, done: Open, end: usize) -> Result<(usize, usize), Fault> {
        let node = if done.is_mapping {
            let own = done.nodes.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            Node::Mapping(self.members(own)?)
        } else {
            Node::Sequence(done.nodes)
        };
        let end = if done.is_flow { end } else { done.end };
        let origin = extent::trimmed(self.text, done.start..end);
        let end = origin.end;
        Ok((self.add(node, origin, done.anchor), end))
    }

    fn transcribe(&self, root: usize) -> Result<Transcribed, Fault> {
        let mut json = JsonText::default();
        self.write(root, 0, &mut json)?;
        Ok(json.finish())
    }

    fn write(&self, index: usize, depth: usize, json: &mut JsonText) -> Result<(), Fault> {
        let Some((node, origin)) = self.nodes.get(index) else { return Ok(()) };
        if json.length() > LARGEST.0 + self.text.len() * LARGEST.1 {
            return Err(too_much(origin));
        }
        if depth > DEEPEST.max(self.deepest) {
            return Err(Fault::new(Rule::Depth, origin.clone(), "nested too deeply by aliases"));
        }
        match node {
            Node::Scalar(Scalar { json: Json::Literal(literal), .. }) => {
                json.literal(literal, origin.clone());
            }
            Node::Scalar(Scalar { json: Json::Text, name, .. }) => json.string(name, origin.clone()),
            Node::Scalar(Scalar { json: Json::Nothing(message) | Json::Mistagged(message), .. }) => {
                return Err(Fault::new(Rule::Number, origin.clone(), message.clone()));
            }
            Node::Sequence(elements) => {
                let opened = json.open('[');
                elements.iter().try_for_each(|element| self.write(*element, depth + 1, json))?;
                json.close(opened, ']', origin.clone());
            }
            Node::Mapping(members) => {
                let opened = json.open('{');
                for &(key, value) in members {
                    let (name, origin) = self.name(key)?;
                    let before = json.length();
                    json.key(name, origin);
                    if let Some((Node::Alias(_), at)) = self.nodes.get(key) {
                        json.used(before, at.clone());
                    }
                    self.write(value, depth + 1, json)?;
                }
                json.close(opened, '}', origin.clone());
            }
            Node::Alias(meant) => {
                let before = json.length();
                self.write(*meant, depth, json)?;
                json.used(before, origin.clone());
            }
        }
        Ok(())
    }

    /// The node that one stands for: another, if it is an alias.
    pub(super) fn meant(&self, mut index: usize) -> usize {
        while let Some((Node::Alias(meant), _)) = self.nodes.get(index) {
            index = *meant;
        }
        index
    }

    pub(super) fn name(&self, key: usize) -> Result<(&str, Range<usize>), Fault> {
        match self.nodes.get(self.meant(key)) {
            Some((Node::Scalar(Scalar { json: Json::Mistagged(message), .. }), origin)) => {
                Err(Fault::new(Rule::Number, origin.clone(), message.clone()))
            }
            Some((Node::Scalar(Scalar { name, .. }), origin)) => Ok((name, origin.clone())),
            Some((_, origin)) => Err(Fault::syntax(origin.clone(), "only a scalar can be a key in JSON")),
            None => Ok(("", 0..0)),
        }
    }

    fn failed(&self, error: &saphyr_parser::ScanError) -> Failed {
        let at = self.offsets.byte(error.marker().index()).min(self.text.len());
        let open = self.open.last().filter(|open| open.is_flow).map(|open| open.start);
        Failed::Parser { message: error.info().to_owned(), at, open }
    }
}

pub(super) fn too_much(origin: &Range<usize>) -> Fault {
    Fault::new(Rule::Depth, origin.clone(), "the aliases of this file make too much of it")
}

#[cfg(test)]
mod tests {
    use isomorph_json::{SourceText, span};

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
    fn what_an_alias_or_a_merge_brings_is_used_where_they_stand() {
        let text = "a: &x {k: 1, l: &y 2}\nb: *x\nc:\n  <<: *x\nd: *y\n";
        let read = read(text, 64).expect("it is YAML").remove(0);
        assert_eq!(read.json, r#"{"a":{"k":1,"l":2},"b":{"k":1,"l":2},"c":{"k":1,"l":2},"d":2}"#);
        let used = |part: &str, after: &str| {
            let start = read.json.find(after).expect("it is there") + after.len();
            let start = start + read.json[start..].find(part).expect("it is there");
            read.used(&(start..start + part.len())).map(|here| (here.start, &text[here]))
        };
        assert_eq!(used("1", "\"a\""), None);
        assert_eq!(used("1", "\"b\""), Some((25, "*x")));
        assert_eq!(used("\"l\"", "\"c\""), Some((37, "*x")));
        assert_eq!(used("2", "\"c\""), Some((37, "*x")));
        assert_eq!(used("2", "\"d\""), Some((43, "*y")));
    }

    #[test]
    fn two_halves_of_a_character_are_one() {
        let text = r#"{"a": "x\ud83d\ude00\uD83D\uDE01y", 'b': '\ud83d\ude00', c: \ud83d\ude00, "\ud83d\ude00": "\\\ud83d\ude00"} # \ud83d\ude00"#;
        let expected = r#"{"a":"x😀😁y","b":"\\ud83d\\ude00","c":"\\ud83d\\ude00","😀":"\\😀"}"#;
        assert_eq!(json(&text.replace("😀", r"\ud83d\ude00")), [expected]);
        assert_eq!(json(r#"["\ud83d\ude00", "\ue000\uE001"]"#), ["[\"😀\",\"\u{e000}\u{e001}\"]"]);
        for text in [r#""\ud83d""#, r#""\ud83d\ude00\ude00""#, r#""\\\\ud83d\ude00""#, r#""\ude00\ud83d""#] {
            let fault = read(text, 64).err();
            assert!(fault.is_some_and(|fault| fault.message.contains("no character")), "{text}");
        }
        // One after the other is no reason to read anew.
        let many = r#"- "\ud83d\ude00" "#.trim_end().to_owned() + "\n";
        assert_eq!(json(&many.repeat(20_000)).len(), 1);
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
    fn merges_are_followed_as_far_as_they_lead() {
        let chain = "b: &b {k: 1, l: 1}\nm: &m\n  <<: *b\n  l: 2\n";
        let before = r#"{"b":{"k":1,"l":1},"m":{"l":2,"k":1},"#;
        for (more, expected) in [
            ("x:\n  <<: *m\n  n: 3", r#""x":{"n":3,"l":2,"k":1}}"#),
            ("x:\n  <<: [*m]", r#""x":{"l":2,"k":1}}"#),
            ("x:\n  <<: [*b, *m]", r#""x":{"k":1,"l":1}}"#),
            ("x: {<<: {<<: *m, k: 4}}", r#""x":{"k":4,"l":2}}"#),
        ] {
            assert_eq!(json(&format!("{chain}{more}\n")), [format!("{before}{expected}")], "{more}");
        }
        // Each merges the one before and adds a member: what they bring grows with the square of their number.
        let level = |n: usize| format!("a{n}: &a{n}\n  <<: *a{}\n  k{n}: 1\n", n - 1);
        let levels: String = (1..1_200).map(level).collect();
        let fault = read(&format!("a0: &a0 {{}}\n{levels}"), 64).err();
        assert!(fault.is_some_and(|fault| fault.message.contains("too much")));
        // What is brought on and on is used at a few of the places only.
        let level = |n: usize| format!("a{n}: &a{n} {{<<: *a{}}}\n", n - 1);
        let levels: String = (1..20_000).map(level).collect();
        let text = format!("a0: &a0 {{k: [1]}}\n{levels}");
        let last = r#","a19999":{"k":[1]}}"#;
        assert!(json(&text).iter().all(|json| json.ends_with(last)) && !json(&text).is_empty());
    }

    #[test]
    fn tabs_may_stand_between_and_may_not_indent() {
        for text in ["a:\tyes\nb:\t \tno # c\n", "a:\n  - b:\tc\n", "a: x\t# c\n", "-\tx\n", "a:\n \tx\n"] {
            assert!(read(text, 64).is_ok(), "{text:?}: {:?}", read(text, 64).err());
        }
        assert_eq!(json("a:\t'b:\tc'\nd:\t|\n  e:\tf\n"), [r#"{"a":"b:\tc","d":"e:\tf\n"}"#]);
        for (text, place) in
            [("\ta: 1\n", 0), ("a:\n\tb: 1\n", 3), ("a:\n \tb: 1\n", 4), ("a:\n\t- b\n", 3), ("\t- a\n", 0)]
        {
            let fault = read(text, 64).err();
            assert_eq!(fault.as_ref().map(|fault| fault.span.start), Some(place), "{text:?}: {fault:?}");
            assert!(fault.is_some_and(|fault| fault.message.contains("a tab cannot indent")), "{text:?}");
        }
    }

    #[test]
    fn integers_are_exact_in_every_base_and_tags_are_held_to_what_they_say() {
        let text = "[0xFFFFFFFFFFFFFFFFFF, 0o7777777777777777777777777, 0x0, 0x, 0o8, !!float 1, !!int 0x10, !!bool \"true\"]";
        let expected = r#"[4722366482869645213695,37778931862957161709567,0,"0x","0o8",1,16,true]"#;
        assert_eq!(json(text), [expected]);
        for text in [
            "!!int abc",
            "!!int 1.5",
            "!!bool 1",
            "!!null x",
            "!!float true",
            "!!int",
            "!!int abc: 1",
            "{!!bool x: 1}",
            "? !!seq x\n: 1",
            &format!("0x{}", "f".repeat(5000)),
        ] {
            assert!(read(text, 64).is_err(), "{text}");
        }
    }

    #[test]
    fn places_are_exact() {
        for (text, pointer, expected) in [
            ("a: \"x\\\"\"  # c\n", "/a", "\"x\\\"\""),
            ("a: 'x'' # y'  # c\n", "/a", "'x'' # y'"),
            ("a: x # c\n", "/a", "x"),
            ("k:\n- a\n- b\n", "/k", "- a\n- b"),
            ("k:\n  - - a\n    - b\n  - c\n", "/k/0", "- a\n    - b"),
            ("b:\n  c: 1 # d\n# after\nd: 2\n", "/b", "c: 1"),
            ("b:\n  - [1, 2] # d\n  # after\nd: 2\n", "/b", "- [1, 2]"),
            ("a: &x 1\nb:\n  c: *x # d\n# after\n", "/b", "c: *x"),
        ] {
            let json = read(text, 64).expect(text).pop();
            let text = SourceText::new(text.to_owned(), json);
            let value = text.located(pointer).map(|located| text.origin(span(located.value)));
            assert_eq!(value.and_then(|span| text.text.get(span)), Some(expected), "{}", text.text);
        }
    }

    #[test]
    fn what_is_not_yaml_is_told_at_its_place() {
        for (text, place, expected) in [
            ("key: true\nnot a pair\nother: true\n", "not a pair", "no key with a value"),
            ("key: true\nnot a pair\n", "not a pair", "no key with a value"),
            ("a: [1, 2\nb: 3\n", "[", "`]` is missing"),
            ("a: {b: [1, 2\n", "[", "`]` is missing"),
            ("a: {b: 1\nc:\n", "{", "`}` is missing"),
            ("a: b: c\n", ":", "no `:` can be here"),
            ("a: \"\\w\"\n", "\\", "no such escape"),
            ("a: *x\n", "*", "names no anchor"),
            ("a:\n    b: 1\n  c: 2\n", "c", "by 2 spaces, and those above by 0 or 4"),
        ] {
            let fault = read(text, 64).err().unwrap_or_else(|| panic!("{text:?}"));
            let shown = text.get(fault.span.clone()).unwrap_or_default();
            assert!(shown == place && fault.message.contains(expected), "{text:?}: {shown:?} {fault:?}");
        }
    }

    #[test]
    fn what_json_cannot_say_is_a_fault_with_its_place() {
        for (text, place) in
            [("a: .inf", 3), ("ü: [1, .nan]", 8), ("? [1]\n: 2", 2), ("a: [1", 3), ("a: *x", 3)]
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
