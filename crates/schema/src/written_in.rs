use isomorph_formats::Format;

/// What a file is written in: what its name says, or what it begins with.
pub fn format_of(file: &str, text: &str) -> Format {
    Format::of_name(file.as_bytes()).unwrap_or_else(|| sniffed(text))
}

/// What a text without a name seems to be written in.
fn sniffed(text: &str) -> Format {
    let start = text.trim_start();
    if start.starts_with("//") || start.starts_with("/*") {
        Format::Jsonc
    } else if start.starts_with(['{', '[', '"']) || ["true", "false", ""].contains(&start.trim_end()) {
        Format::Json
    } else {
        Format::Yaml
    }
}

#[cfg(test)]
mod tests {
    use isomorph_formats::Format;

    use super::format_of;

    #[test]
    fn a_name_says_the_format_or_else_the_text() {
        for (file, text, expected) in [
            ("a.yaml", "{}", Format::Yaml),
            ("-", " {\"type\": 1}", Format::Json),
            ("-", "// a\n{}", Format::Jsonc),
            ("-", "type: object", Format::Yaml),
            ("a.v1", "true\n", Format::Json),
            ("-", "", Format::Json),
        ] {
            assert_eq!(format_of(file, text), expected, "{file} {text}");
        }
    }
}
