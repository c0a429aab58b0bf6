//! How declarations are laid out: in one line, or with as much in a line as it holds.

/// How long a line is.
pub const WIDTH: usize = 110;

/// A declaration for a macro of the runtime.
pub struct Declaration {
    /// What the macro is called.
    pub kind: &'static str,
    /// The type, and what stands before its parts.
    pub head: String,
    /// The parts, in braces.
    pub parts: Option<Vec<String>>,
    /// What stands behind them.
    pub tail: Vec<String>,
}

impl Declaration {
    /// The text of it, with the end of the line.
    pub fn text(&self) -> String {
        let Self { kind, head, parts, tail } = self;
        let braced = parts.as_ref().map(|parts| format!("{{ {} }}", parts.join(" ")));
        let words = std::iter::once(head).chain(&braced).chain(tail);
        let line = format!("v1::{kind}! {{ {} }}", words.map(String::as_str).collect::<Vec<_>>().join(" "));
        if !line.contains('\n') && line.chars().count() <= WIDTH {
            return line + "\n";
        }
        let short = braced.as_ref().map(|braced| format!("v1::{kind}! {{ {head} {braced}"));
        let short = short.filter(|short| !short.contains('\n') && short.chars().count() <= WIDTH);
        let open = match (parts, short) {
            (_, Some(short)) => short,
            (Some(parts), None) => format!("v1::{kind}! {{ {head} {{\n{}}}", filled(parts, 4)),
            (None, None) => format!("v1::{kind}! {{ {head}"),
        };
        tail.iter().fold(open, |open, more| beside(&open, more)) + " }\n"
    }
}

/// One more behind a text: in its last line if that holds it, or what of it opens.
fn beside(text: &str, more: &str) -> String {
    let length = |line: Option<&str>| line.map_or(0, |line| line.chars().count());
    if length(text.lines().last()) + 1 + length(more.lines().next()) <= WIDTH {
        format!("{text} {more}")
    } else {
        format!("{text}\n{}", indented(more, 4).trim_end())
    }
}

/// A declaration of nothing but names, in one line or in as many as they fill.
pub fn listed(kind: &str, names: &[String]) -> String {
    let line = format!("v1::{kind}! {{ {} }}\n", names.join(" "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    format!("v1::{kind}! {{\n{}}}\n", filled(names, 4))
}

/// As many in a line as it holds, indented by so many columns; one of several lines stands alone.
pub fn filled(parts: &[String], indent: usize) -> String {
    indented(&filled_to(parts, WIDTH.saturating_sub(indent)), indent)
}

/// As many in a line as so many columns hold; one of several lines stands alone.
pub fn filled_to(parts: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for part in parts {
        let is_long = part.contains('\n');
        match lines.last_mut().filter(|_| is_open && !is_long) {
            Some(line) if line.chars().count() + 1 + part.chars().count() <= width => {
                line.push(' ');
                line.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
        is_open = !is_long;
    }
    let ends = usize::from(!lines.is_empty());
    lines.join("\n") + &"\n"[..ends]
}

/// Every line of a text, indented by so many columns.
pub fn indented(text: &str, indent: usize) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{:indent$}{line}\n", "") };
    text.lines().map(line).collect()
}
