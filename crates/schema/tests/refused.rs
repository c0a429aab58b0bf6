//! What is wrong with the text of a schema: where, and the way out.

use isomorph_schema::{Dialect, Error, Source, load};

fn error(file: &str, text: &str) -> Error {
    let source = Source { file: file.into(), uri: None, text: text.as_bytes().to_vec() };
    load(&[source], Dialect::default()).err().unwrap_or_else(|| panic!("{text} is read"))
}

#[test]
fn what_another_format_has_is_told_with_the_name_of_a_file_that_may_have_it() {
    for (text, place, help) in [
        ("// a\n{}", "a.json:1:1", "JSON has no comments; in a file called `….jsonc` it can have them"),
        ("{'type': 1}", "a.json:1:2", "double quotes alone; in a file called `….json5`"),
        ("{\"a\": 1,}", "a.json:1:9", "remove the comma in front of it"),
        ("{\"minimum\": NaN}", "a.json:1:13", "JSON has no such number"),
    ] {
        let error = error("a.json", text);
        let flaws = error.flaws();
        assert!(error.to_string().starts_with(&format!("{place}: not JSON: ")), "{text}: {error}");
        assert!(flaws.len() == 1 && flaws[0].help.concat().contains(help), "{text}: {flaws:?}");
    }
}

#[test]
fn a_number_that_no_double_holds_is_told_with_the_way_out() {
    for (file, text, place, number) in [
        ("a.json", "{\"enum\": [1, 1e400]}".to_owned(), "a.json:1:14", "1e400"),
        (
            "a.json",
            format!("{{\"maximum\": -{}}}", "9".repeat(400)),
            "a.json:1:13",
            "-99999999999999999999999…",
        ),
        ("a.yaml", "maximum: 5\nconst: 1e400\n".to_owned(), "a.yaml:2:8", "1e400"),
    ] {
        let flaws = error(file, &text).flaws();
        let [flaw] = flaws.as_slice() else { panic!("{flaws:?}") };
        assert_eq!(flaw.place.to_string(), place);
        let message = format!("the number {number} is beyond what a double holds");
        assert!(
            flaw.message.contains(&message) && flaw.help.concat().contains("1.7976931348623157e308"),
            "{flaw:?}"
        );
    }
}
