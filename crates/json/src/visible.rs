//! What a text shows of itself.

/// A text in which nothing commands a terminal, hides, or turns what follows around.
pub fn visible(text: String) -> String {
    if !text.chars().any(is_hidden) {
        return text;
    }
    let shown = |c: char| if is_hidden(c) { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// Whether a character is a control (C0, C1), goes with them, or is a mark of direction.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_would_command_a_terminal_is_shown() {
        for (text, expected) in [
            ("n\u{1b}ame", "n\\u{1b}ame"),
            ("\u{9b}31m\u{202e}x\n", "\\u{9b}31m\\u{202e}x\\n"),
            ("ä `b` 漢", "ä `b` 漢"),
        ] {
            assert_eq!(visible(text.to_owned()), expected);
        }
    }
}
