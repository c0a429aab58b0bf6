//! From the names that people give in JSON to the names that Rust takes.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::Value;

/// Names that generated code uses without a path, so that no type may take them.
pub const TAKEN: [&str; 17] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Err",
    "Hash",
    "JsonSchema",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "String",
    "Vec",
];

/// Keywords that cannot be written as raw identifiers.
const NEVER_RAW: [&str; 4] = ["crate", "self", "super", "_"];

/// Whether a name is a keyword of Rust, strict or reserved, in any edition.
pub fn is_keyword(name: &str) -> bool {
    // `syn` does not know the newest.
    name == "gen" || is_word(name) && syn::parse_str::<syn::Ident>(name).is_err()
}

/// Whether a text is an identifier or a keyword.
pub fn is_word(text: &str) -> bool {
    let begins = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    text.starts_with(begins) && text.chars().all(unicode_ident::is_xid_continue)
}

/// The name of a type: `fooBar-2` → `FooBar2`.
pub fn type_ident(text: &str) -> String {
    let ident = camel(text, "Type", "N");
    if TAKEN.contains(&ident.as_str()) { format!("{ident}Type") } else { ident }
}

/// The name of a variant, written behind `Self::`: `unsupported_format` → `UnsupportedFormat`.
pub fn variant_ident(text: &str) -> String {
    let ident = camel(text, "Empty", "N");
    if ident == "Self" { "SelfValue".into() } else { ident }
}

/// The name of a variant that stands for a string: `1.0` → `V1_0`, `-1` → `Minus1`.
pub fn value_ident(value: &str) -> String {
    let is_number = |rest: &&str| is_digits(rest) || rest.eq_ignore_ascii_case("infinity");
    match value.strip_prefix('-').filter(is_number) {
        Some(number) => format!("Minus{}", camel(number, "", "")),
        None if is_version(value) => camel(value, "", "V"),
        None => variant_ident(value),
    }
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())
}

/// Whether a text is a version, maybe with more behind it (`1.0-beta`), or a date.
fn is_version(text: &str) -> bool {
    let numbers = text.split_once(['-', '+', ' ']).map_or(text, |(before, _)| before);
    let is_dotted = numbers.contains('.') && numbers.split('.').all(is_digits);
    let date: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = date.iter().map(|part| part.len()).collect();
    is_dotted || date.into_iter().all(is_digits) && (lengths == [4, 2] || lengths == [4, 2, 2])
}

/// The name of a field: `fooBar` → `foo_bar`, `type` → `r#type`, `self` → `self_`.
pub fn field_ident(text: &str) -> String {
    let word = field_word(text);
    if is_keyword(&word) { format!("r#{word}") } else { word }
}

/// The same, not raw where it is a keyword.
pub fn field_word(text: &str) -> String {
    let words = spoken(&spelled_out(text)).to_snake_case();
    let ident = led_by_letter(if words.is_empty() { "empty".into() } else { words }, "_");
    if NEVER_RAW.contains(&ident.as_str()) { format!("{ident}_") } else { ident }
}

/// Words whose capitals begin no word.
const SPOKEN: [(&str, &str); 5] =
    [("IPv4", "Ipv4"), ("IPv6", "Ipv6"), ("OAuth", "Oauth"), ("iOS", "ios"), ("macOS", "macos")];

/// The longest text in which words are looked for.
const LONGEST: usize = 200;

/// With words written so that capitals begin them: `tagIDs` → `tagIds`, `IPv4` → `Ipv4`.
fn spoken(text: &str) -> String {
    let mut spoken = text.to_owned();
    if text.len() > LONGEST {
        return spoken;
    }
    for (written, word) in SPOKEN {
        let mut from = 0;
        while let Some(found) = spoken[from..].find(written) {
            let (start, end) = (from + found, from + found + written.len());
            // Not the end of another word, nor the beginning of one.
            let begins =
                written.starts_with(char::is_uppercase) || !spoken[..start].ends_with(char::is_alphabetic);
            if begins && !spoken[end..].starts_with(char::is_lowercase) {
                spoken.replace_range(start..end, word);
            }
            from = end;
        }
    }
    with_plurals(&spoken)
}

/// With one capital in a run of them that a plural `s` ends: `URLs` → `Urls`.
fn with_plurals(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_capital = |c: &char| c.is_uppercase();
    let (mut said, mut rest) = (String::new(), letters.as_slice());
    while let [first, others @ ..] = rest {
        said.push(*first);
        let inner = others.iter().take_while(|c| is_capital(c)).count();
        let (run, behind) = others.split_at(if is_capital(first) { inner } else { 0 });
        let is_plural = behind.first() == Some(&'s') && behind.get(1).is_none_or(|c| !c.is_lowercase());
        for c in run {
            if is_plural { said.extend(c.to_lowercase()) } else { said.push(*c) }
        }
        rest = behind;
    }
    said
}

/// The name of a variant that stands for a value: `1` → `N1`, `-1` → `Minus1`, `null` → `Null`.
pub fn literal_ident(value: &Value) -> String {
    match value {
        Value::String(text) => value_ident(text),
        Value::Number(number) => {
            let text = number.to_string();
            let digits =
                text.trim_start_matches('-').replace("e+", "E").replace("e-", "EMinus").replace('.', "_");
            format!("{}{digits}", if text.starts_with('-') { "Minus" } else { "N" })
        }
        Value::Array(elements) => of_elements(elements).unwrap_or_else(|| "Array".into()),
        Value::Object(_) => "Object".into(),
        other => variant_ident(&other.to_string()),
    }
}

/// The name of a constant list of few plain values: what they are called.
fn of_elements(elements: &[Value]) -> Option<String> {
    const MOST: usize = 4;
    const LONGEST: usize = 40;
    let is_plain = |element: &Value| !element.is_array() && !element.is_object();
    if elements.is_empty() || elements.len() > MOST || !elements.iter().all(is_plain) {
        return None;
    }
    let name: String = elements.iter().map(literal_ident).collect();
    (name.chars().count() <= LONGEST).then_some(name)
}

/// Whether a name has a meaning in Rust that no type may take from it.
pub fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// Whether `text` can be configured as the name of a type.
pub fn is_type_ident(text: &str) -> bool {
    is_word(text) && !text.starts_with('_') && !TAKEN.contains(&text) && !is_keyword(text)
}

fn camel(text: &str, empty: &str, before_digit: &str) -> String {
    let spelled = spelled_out(text);
    let parts = between_digits(&spelled).into_iter().map(ToUpperCamelCase::to_upper_camel_case);
    let words = parts.collect::<Vec<_>>().join("_");
    led_by_letter(if words.is_empty() { empty.into() } else { words }, before_digit)
}

/// The parts of a text between which something stays between digits: `v1.1` → `v1` and `1`.
fn between_digits(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut last) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        if let Some(end) = last.filter(|end| *end < at && c.is_ascii_digit()) {
            parts.push(&text[start..end]);
            start = at;
        }
        last = c.is_ascii_digit().then_some(at + 1);
    }
    parts.push(&text[start..]);
    parts
}

/// Letters, digits and separators; a text of nothing but punctuation is spelled out.
pub fn spelled_out(text: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || is_plain_letter(c);
    if text.chars().any(|c| is_letter(c) || unicode_ident::is_xid_continue(c) && c != '_') {
        let spell = |c: char| match c {
            '_' => "_".to_owned(),
            c if is_letter(c) => c.to_string(),
            // Letters that look like others: by their number, so that no two names look the same.
            c if unicode_ident::is_xid_continue(c) => format!("u{:x}", u32::from(c)),
            _ => " ".to_owned(),
        };
        return text.chars().map(spell).collect();
    }
    text.chars().flat_map(|c| [punctuation(c), " "]).collect()
}

/// Letters beyond ASCII that rustc takes in a name without a warning: Latin ones with marks, and the East
/// Asian scripts.
fn is_plain_letter(c: char) -> bool {
    let ranges = [
        '\u{C0}'..='\u{131}',
        '\u{134}'..='\u{13E}',
        '\u{141}'..='\u{148}',
        '\u{14A}'..='\u{17E}',
        '\u{3041}'..='\u{30FF}',
        '\u{4E00}'..='\u{9FFF}',
        '\u{AC00}'..='\u{D7A3}',
    ];
    ranges.iter().any(|range| range.contains(&c)) && unicode_ident::is_xid_continue(c)
}

/// What a character is called that is no letter or digit.
pub fn punctuation(c: char) -> &'static str {
    match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '~' => "tilde",
        '^' => "caret",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        '"' | '\'' | '`' => "quote",
        '\\' => "backslash",
        '_' => "underscore",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '¢' => "cent",
        '°' => "degree",
        '§' => "section",
        '×' => "times",
        '÷' => "divided",
        '±' => "plus minus",
        '≤' => "less equal",
        '≥' => "greater equal",
        '≠' => "not equal",
        '∞' => "infinity",
        '–' | '—' => "dash",
        '…' => "dots",
        '→' => "right",
        '←' => "left",
        '↑' => "up",
        '↓' => "down",
        c if c.is_whitespace() => "space",
        _ => "symbol",
    }
}

/// An identifier, with `prefix` in front where it begins with no letter.
pub fn led_by_letter(ident: String, prefix: &str) -> String {
    if ident.starts_with(unicode_ident::is_xid_start) { ident } else { format!("{prefix}{ident}") }
}

/// Gives out each name once: the second `Foo` is `Foo2`.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
    /// The number that a name was given last.
    last: BTreeMap<String, usize>,
}

impl Names {
    /// `wanted`, or `wanted` with the first number from 2 that makes it new.
    pub fn take(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let separator = if wanted.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let last = self.last.entry(wanted.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let name = format!("{wanted}{separator}{last}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Names, field_ident, is_keyword, literal_ident, type_ident, value_ident, variant_ident};

    #[test]
    fn types_are_upper_camel_case_and_shadow_nothing() {
        let cases = [
            ("fooBar-2", "FooBar2"),
            ("AssetMediaResponseDto", "AssetMediaResponseDto"),
            ("", "Type"),
            ("1st", "N1st"),
            ("option", "OptionType"),
            ("self", "SelfType"),
            ("r#fn", "RFn"),
            ("été", "Été"),
            ("😀", "Symbol"),
            ("a}b\n\"c", "ABC"),
        ];
        for (text, ident) in cases {
            assert_eq!(type_ident(text), ident, "{text:?}");
        }
    }

    #[test]
    fn variants_are_upper_camel_case() {
        let cases = [
            ("unsupported_format", "UnsupportedFormat"),
            ("", "Empty"),
            ("+", "Plus"),
            ("<=", "LessEqual"),
            ("1.0", "N1_0"),
            ("v1.1", "V1_1"),
            ("x86_64", "X86_64"),
            ("Apache-2.0", "Apache2_0"),
            ("0.5x", "N0_5x"),
            ("h.264", "H264"),
            ("utf-16le", "Utf16le"),
            ("1 é 2", "N1É2"),
            ("self", "SelfValue"),
            ("None", "None"),
        ];
        for (text, ident) in cases {
            assert_eq!(variant_ident(text), ident, "{text:?}");
        }
    }

    #[test]
    fn constants_are_called_by_their_values() {
        let cases = [
            ("1.0", "V1_0"),
            ("2.0.0-rc.1", "V2_0_0Rc1"),
            ("2012-10-17", "V2012_10_17"),
            ("10-50", "N10_50"),
            ("-1", "Minus1"),
            ("-Infinity", "MinusInfinity"),
            ("-name", "Name"),
            ("1", "N1"),
            ("read-all", "ReadAll"),
            ("", "Empty"),
            ("1.", "N1"),
        ];
        for (value, ident) in cases {
            assert_eq!(value_ident(value), ident, "{value}");
        }
        let cases = [
            (json!(["no-op"]), "NoOp"),
            (json!(["delete", "create"]), "DeleteCreate"),
            (json!([1, "1.0"]), "N1V1_0"),
            (json!([]), "Array"),
            (json!([["a"]]), "Array"),
            (json!([1, 2, 3, 4, 5]), "Array"),
        ];
        for (value, ident) in cases {
            assert_eq!(literal_ident(&value), ident, "{value}");
        }
    }

    #[test]
    fn fields_are_snake_case_and_keywords_raw() {
        let cases = [
            ("fooBar", "foo_bar"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "self_"),
            ("crate", "crate_"),
            ("_", "underscore"),
            ("1st", "_1st"),
            ("", "empty"),
            ("é/~$", "é"),
            ("$ref", "r#ref"),
            ("canonifyURLs", "canonify_urls"),
            ("tagIDs", "tag_ids"),
            ("URLsOfAPIs", "urls_of_apis"),
            ("DNSsec", "dn_ssec"),
            ("HTTPServer", "http_server"),
            ("aboutUs", "about_us"),
            ("IPv4", "ipv4"),
            ("allowedIPv6Ranges", "allowed_ipv6_ranges"),
            ("OAuth2", "oauth2"),
            ("iOSVersion", "ios_version"),
            ("sortIOState", "sort_io_state"),
            ("kiOS", "ki_os"),
        ];
        for (text, ident) in cases {
            assert_eq!(field_ident(text), ident, "{text:?}");
        }
    }

    #[test]
    fn keywords_of_all_editions_are_known() {
        for name in [
            "Self", "abstract", "async", "crate", "dyn", "gen", "self", "try", "type", "virtual", "yield",
            "_",
        ] {
            assert!(is_keyword(name), "{name}");
        }
        for name in ["", " type", "type ", "a b", "1", "Type", "_a", "auto", "r#type", "raw", "union", "é"] {
            assert!(!is_keyword(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_given_out_once() {
        let mut names = Names::default();
        let taken: Vec<_> = ["A", "A", "A2", "B1", "B1"].map(|name| names.take(name)).into();
        assert_eq!(taken, ["A", "A2", "A2_2", "B1", "B1_2"]);
    }
}
