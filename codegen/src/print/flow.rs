//! Code that stands with one part in a line, laid out with as many in a line as it holds.

use std::iter::Peekable;

use super::layout::{WIDTH, filled_to};

/// A part: a line, or what is in brackets.
struct Part {
    /// The line, or what opens.
    head: String,
    /// What is inside, each with the comma behind it.
    inner: Vec<Part>,
    /// What closes.
    tail: String,
    /// All in one line, if a line holds it and it may stand in one.
    flat: Option<String>,
}

/// The same code in fewer lines, of which none is longer than one that is indented by so many columns may be. Statements keep
/// a line each. What is not laid out as expected stays as it is.
pub fn flowed(lines: &[String], indent: usize) -> Vec<String> {
    let mut rest = lines.iter().map(String::as_str).peekable();
    match parts(&mut rest, 0) {
        Some(parts) if rest.peek().is_none() => {
            parts.iter().flat_map(|part| part.lines(WIDTH.saturating_sub(indent))).collect()
        }
        _ => lines.to_vec(),
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn opens(line: &str) -> bool {
    line.ends_with(['(', '[', '{'])
}

/// The parts that are indented so far.
fn parts<'l>(lines: &mut Peekable<impl Iterator<Item = &'l str>>, indent: usize) -> Option<Vec<Part>> {
    const STEP: usize = 4;
    let mut parts: Vec<Part> = Vec::new();
    while let Some(line) = lines.next_if(|line| indent_of(line) == indent) {
        let head = line.trim().to_owned();
        if !opens(&head) {
            parts.push(Part::line(head));
        } else if lines.peek().is_some_and(|next| indent_of(next) == indent + STEP) {
            let inner = self::parts(lines, indent + STEP)?;
            let tail = lines.next_if(|line| indent_of(line) == indent && !opens(line))?;
            parts.push(Part::around(head, inner, tail.trim().to_owned()));
        } else {
            return None;
        }
        // What is done with the part before.
        while let Some(next) = lines.next_if(|next| indent_of(next) > indent) {
            let (call, last) = (next.trim(), parts.last_mut()?);
            if !call.starts_with('.') || opens(call) {
                return None;
            }
            last.extend(call);
        }
    }
    let closes = |line: &&str| line.trim_start().starts_with(['.', '?']);
    lines.peek().is_none_or(|next| indent_of(next) < indent && !closes(next)).then_some(parts)
}

impl Part {
    fn line(head: String) -> Self {
        let flat = Some(head.clone());
        Self { head, inner: Vec::new(), tail: String::new(), flat }
    }

    fn around(head: String, inner: Vec<Self>, tail: String) -> Self {
        let flat = flat(&head, &inner, &tail).filter(|flat| flat.chars().count() <= WIDTH);
        Self { head, inner, tail, flat }
    }

    /// Puts a call behind it.
    fn extend(&mut self, call: &str) {
        let end = if self.inner.is_empty() { &mut self.head } else { &mut self.tail };
        end.push_str(call);
        if let Some(flat) = &mut self.flat {
            flat.push_str(call);
        }
    }

    /// As few lines as hold it.
    fn lines(&self, width: usize) -> Vec<String> {
        if let Some(flat) = self.flat.as_ref().filter(|flat| flat.chars().count() <= width) {
            return vec![flat.clone()];
        }
        if self.inner.is_empty() {
            return vec![self.head.clone()];
        }
        let mut block = Block { head: self.head.clone(), inner: &self.inner, tail: self.tail.clone() };
        while let Some(hugging) = block.hugging(width) {
            block = hugging;
        }
        block.lines(width)
    }
}

/// What opens, has lines inside, and closes.
struct Block<'p> {
    head: String,
    inner: &'p [Part],
    tail: String,
}

impl Block<'_> {
    /// The same with its last part opened in the line that opens it, if those before that part need no lines.
    fn hugging(&self, width: usize) -> Option<Self> {
        let (last, before) = self.inner.split_last()?;
        let is_statement = [&self.head, &last.head].iter().any(|head| head.ends_with('{'));
        if is_statement || last.inner.is_empty() || (is_tuple(&self.head) && before.is_empty()) {
            return None;
        }
        let before: Option<String> = before.iter().map(|part| Some(part.flat.clone()? + " ")).collect();
        let head = format!("{}{}{}", self.head, before?, last.head);
        let tail = format!("{}{}", last.tail.trim_end_matches(','), self.tail);
        (head.chars().count() <= width).then_some(Self { head, inner: &last.inner, tail })
    }

    fn lines(self, width: usize) -> Vec<String> {
        const STEP: usize = 4;
        let room = width.saturating_sub(STEP);
        let inner: Vec<_> = self.inner.iter().map(|part| part.lines(room).join("\n")).collect();
        let inner = if self.head.ends_with('{') { inner.join("\n") } else { filled_to(&inner, room) };
        let inner = inner.lines().map(|line| format!("{:STEP$}{line}", ""));
        [self.head].into_iter().chain(inner).chain([self.tail]).collect()
    }
}

/// Whether this opens a tuple, of which the comma counts if it is of one.
fn is_tuple(head: &str) -> bool {
    head.strip_suffix('(').is_some_and(|before| !before.ends_with(is_name))
}

/// All in one line, if it may be.
fn flat(head: &str, inner: &[Part], tail: &str) -> Option<String> {
    let mut all = inner.iter().map(|part| part.flat.as_deref()).collect::<Option<Vec<_>>>()?;
    if head.ends_with('{') {
        // Statements have a line each.
        return (all.len() == 1).then(|| format!("{head} {} {tail}", all[0]));
    }
    if let Some(last) = all.last_mut().filter(|_| !is_tuple(head) || inner.len() > 1) {
        *last = last.trim_end_matches(',');
    }
    Some(format!("{head}{}{tail}", all.join(" ")))
}

fn is_name(end: char) -> bool {
    end.is_alphanumeric() || matches!(end, '_' | '!' | '>')
}

#[cfg(test)]
mod tests {
    use super::flowed;

    fn after(text: &str, indent: usize) -> String {
        let lines: Vec<_> = text.lines().map(ToOwned::to_owned).collect();
        flowed(&lines, indent).join("\n")
    }

    #[test]
    fn what_a_line_holds_stands_in_it() {
        let text =
            "Properties(\n    &[\n        (\"a\", ALWAYS),\n        (\"b\", ALWAYS),\n    ],\n    &Never,\n)";
        assert_eq!(after(text, 0), "Properties(&[(\"a\", ALWAYS), (\"b\", ALWAYS)], &Never)");
        let parts = "Properties(\n    &[(\"a\", ALWAYS), (\"b\", ALWAYS)], &Never,\n)";
        assert_eq!(after(text, 60), parts);
        assert_eq!(after("(\n    a,\n)", 0), "(a,)");
    }

    #[test]
    fn a_last_part_opens_where_the_one_around_it_does() {
        let text = "Items(\n    &[],\n    &AllOf(\n        &[\n            Type(ARRAY),\n            MinItems(1),\n        ],\n    ),\n)";
        assert_eq!(after(text, 90), "Items(&[], &AllOf(&[\n    Type(ARRAY),\n    MinItems(1),\n]))");
        let tuple = "(\n    AllOf(\n        &[\n            Type(ARRAY),\n            MinItems(1),\n        ],\n    ),\n)";
        assert_eq!(
            after(tuple, 90),
            "(\n    AllOf(&[\n        Type(ARRAY),\n        MinItems(1),\n    ]),\n)"
        );
    }

    #[test]
    fn statements_have_a_line_each_and_one_may_stand_in_its_block() {
        let one = "if let Some(value) = &value.a {\n    check(value)?;\n}\ncheck(\n        a,\n    )\n    .within(b)?;";
        assert_eq!(after(one, 0), one, "it is not as expected");
        let one = "if let Some(value) = &value.a {\n    check(value)\n        .within(\"a\")?;\n}";
        assert_eq!(after(one, 0), "if let Some(value) = &value.a { check(value).within(\"a\")?; }");
        let two = "if let Some(value) = &value.a {\n    check(value)?;\n    check(value)?;\n}";
        assert_eq!(after(two, 0), two);
        let other = "if a {\n    b;\n} else {\n    c;\n}";
        assert_eq!(after(other, 0), other);
    }
}
