/// A path as a URI: of one from the root with `file:`, of another relative. What is one already stays.
pub fn uri(path: &str) -> String {
    if path.contains("://") {
        return path.to_owned();
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let escaped = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let is_of_a_drive = path.as_bytes().get(1..3) == Some(b":/");
    match (path.starts_with('/'), is_of_a_drive) {
        (true, _) => format!("file://{}", path.bytes().map(escaped).collect::<String>()),
        (_, true) => format!("file:///{}{}", &path[..2], path[2..].bytes().map(escaped).collect::<String>()),
        _ => path.bytes().map(escaped).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_uri_that_says_whether_it_is_absolute() {
        for (path, expected) in [
            ("a b/c#.json", "a%20b/c%23.json"),
            ("a:b.json", "a%3Ab.json"),
            ("/a/ü.json", "file:///a/%C3%BC.json"),
            ("C:/x y.json", "file:///C:/x%20y.json"),
            ("https://example.com/s#", "https://example.com/s#"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
