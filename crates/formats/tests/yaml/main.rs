//! YAML that people get wrong: what is refused, where, and in which words.

use isomorph_formats::Format;

/// What is wrong with a text, and where it is.
fn fault(text: &str) -> Option<(usize, String)> {
    isomorph_formats::read(text, Format::Yaml, 100).err().map(|fault| (fault.span.start, fault.message))
}

#[test]
fn a_tab_indents_nothing() {
    for (text, at) in [
        ("-\ta: 1", 1),
        ("- \ta: 1", 2),
        ("- -\ta: 1", 3),
        ("a: [1,\n\t2]", 7),
        ("a: {\n\tb: 1}", 5),
        ("a: [\n  1,\n\t[2]]", 10),
        ("a:\n  b: [\n \t1]", 11),
        ("a: x\n\ty", 5),
    ] {
        let (found, message) = fault(text).unwrap_or_default();
        assert_eq!((found, message.as_str()), (at, "a tab cannot indent; use spaces"), "{text:?}");
    }
}

#[test]
fn a_tab_separates() {
    for text in
        ["-\t1", "-\t[a, b]", "?\ta\n:\tb", "a:\t1", "[1,\n\t2]", "a: [1,\n \t2]", "\"x\n\ty\"", "- a\t# b"]
    {
        assert_eq!(fault(text), None, "{text:?}");
    }
}

#[test]
fn a_tag_says_what_a_node_is_however_it_is_written() {
    for text in [
        "!<tag:yaml.org,2002:int> abc",
        "!!int abc",
        "!!seq x",
        "!!map x",
        "!!str {x: 1}",
        "!!seq {x: 1}",
        "!!map [x]",
    ] {
        let (_, message) = fault(text).unwrap_or_default();
        assert!(message.contains("says what this is not"), "{text}: {message}");
    }
    for text in [
        "!<tag:yaml.org,2002:int> \"3\"",
        "!!seq [x]",
        "!!map {a: 1}",
        "!!set {a}",
        "!!omap [a: 1]",
        "!foo {a: 1}",
        "!foo x",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_in_words_that_help() {
    for (text, at, words) in [
        ("a: @x", 3, "no text can begin with `@`"),
        ("a: [1,,2]", 6, "a value is missing here"),
        ("[1, 2] x", 7, "the document is complete here"),
        ("%FOO\na: 1", 5, "a document begins with `---`"),
        ("- a\nb: 1", 4, "no key can follow it there"),
        ("a: 1\n- b", 5, "no list can follow it there"),
        ("a: ]", 3, "no bracket is open"),
        ("a: 'x' y", 7, "nothing can follow the closing quote"),
        ("a: >x\n b", 3, "begins on the next line"),
        ("a: *", 3, "a name is missing"),
        ("\"\\ud83d\"", 0, "this escape is no character"),
    ] {
        let (found, message) = fault(text).unwrap_or_default();
        assert!(found == at && message.contains(words), "{text:?}: {found} {message}");
    }
}
