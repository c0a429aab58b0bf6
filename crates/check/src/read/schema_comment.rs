/// The schema that a comment at the beginning of a file names, as language servers have it: `# yaml-language-server: $schema=URI`,
/// `# $schema: URI`, `#:schema URI`.
pub fn schema_comment(text: &str) -> Option<&str> {
    // Directives of YAML stand in front of its documents.
    let is_before = |line: &&str| line.is_empty() || line.starts_with(['#', '%']) || *line == "---";
    let lines = text.lines().map(str::trim).take_while(is_before);
    lines.filter_map(named).find(|uri| !uri.is_empty())
}

fn named(line: &str) -> Option<&str> {
    let comment = line.strip_prefix('#')?;
    if let Some(uri) = comment.strip_prefix(":schema") {
        return uri.starts_with([' ', '\t']).then(|| uri.trim());
    }
    let comment = comment.trim_start();
    let of_server = || {
        let said = comment.strip_prefix("yaml-language-server")?.trim_start().strip_prefix(':')?;
        said.trim_start().strip_prefix("$schema")?.trim_start().strip_prefix('=')
    };
    let uri = comment.strip_prefix("$schema:").or_else(of_server)?;
    let uri = uri.trim_start();
    match uri.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        Some(quote) => uri[1..].split(quote).next(),
        None => uri.split_whitespace().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::schema_comment;

    #[test]
    fn comments_in_front_name_a_schema() {
        for (text, expected) in [
            ("# yaml-language-server: $schema=./s.json\na: 1\n", Some("./s.json")),
            ("---\n# c\n\n#yaml-language-server : $schema = s.json # c\n", Some("s.json")),
            ("# $schema: https://example.com/s.json\n", Some("https://example.com/s.json")),
            ("#:schema ./s.json\na = 1\n", Some("./s.json")),
            ("%YAML 1.2\n---\n# yaml-language-server: $schema=\"../my s.json\" # c\n", Some("../my s.json")),
            ("# $schema: 's.json'\n", Some("s.json")),
            ("a: 1\n# $schema: s.json\n", None),
            ("# $schema:\n#:schemas x\n# see yaml-language-server\n", None),
        ] {
            assert_eq!(schema_comment(text), expected, "{text}");
        }
    }
}
