//! TOML that people get wrong, in words that help.

use isomorph_formats::Format;

#[test]
fn what_is_wrong_is_told_in_words_that_help() {
    for (text, words) in [
        ("a = ", "a value is missing here"),
        ("a = # b", "a value is missing here"),
        ("a = x", "this is no value; quote it if it is a text"),
        ("a = 01", "a number has no zero in front; leave it out, or quote what is no number"),
        ("a == 1", "extra `=`"),
    ] {
        let fault = isomorph_formats::read(text, Format::Toml, 100).expect_err("it is none");
        assert_eq!(fault.message, words, "{text}");
    }
}
