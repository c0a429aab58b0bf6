use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use isomorph_json::{Excerpt, Position};

use super::super::finding::Finding;
use super::super::summary::counted;
use super::tally::Tally;
use super::writer::Report;

/// For people, as a compiler prints errors.
pub struct Text {
    renderer: Renderer,
}

impl Text {
    pub fn new(is_colored: bool) -> Self {
        Self { renderer: if is_colored { Renderer::styled() } else { Renderer::plain() } }
    }

    fn render(&self, input: &str, finding: &Finding) -> String {
        let mut groups = vec![main(input, finding)];
        if let Some(schema) = &finding.schema {
            let title = format!("the schema says so at {}", shown_pointer(&schema.pointer));
            let mut elements = Vec::new();
            show(&mut elements, &schema.file, schema.start, &schema.excerpt, AnnotationKind::Context, None);
            groups.push(Level::NOTE.secondary_title(title).elements(elements));
        }
        self.renderer.render(&groups)
    }
}

fn main<'a>(input: &'a str, finding: &'a Finding) -> Group<'a> {
    let title = Level::ERROR.primary_title(finding.message.as_str()).id(finding.keyword.as_str());
    let mut elements: Vec<Element> = Vec::new();
    match &finding.place {
        Some(place) => {
            let label = finding.path.as_deref();
            show(&mut elements, input, place.start, &place.excerpt, AnnotationKind::Primary, label);
        }
        None => elements.push(Origin::path(input).into()),
    }
    if let Some((position, why)) = &finding.related {
        let message = format!("{why}: {input}:{}:{}", position.line, position.column);
        elements.push(Level::NOTE.message(message).into());
    }
    if let Some(branch) = &finding.branch {
        let message = format!(
            "of the {} branches of `{}`, number {} comes closest, and this is what it wants",
            branch.of,
            branch.keyword,
            branch.index + 1
        );
        elements.push(Level::NOTE.message(message).into());
    }
    elements.extend(finding.help.iter().map(|help| Level::HELP.message(help.as_str()).into()));
    title.elements(elements)
}

/// The name of a file, without what a terminal would take for a command or for other letters than there are.
fn shown_file(name: &str) -> String {
    let is_safe = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let shown = |c: char| if is_safe(c) { c.to_string() } else { c.escape_default().to_string() };
    name.chars().map(shown).collect()
}

/// Shows an excerpt of a file under its path, line and column.
fn show<'a>(
    elements: &mut Vec<Element<'a>>,
    file: &'a str,
    start: Position,
    excerpt: &'a Excerpt,
    kind: AnnotationKind,
    label: Option<&'a str>,
) {
    let annotation = kind.span(excerpt.span.clone()).label(label);
    let snippet = Snippet::source(excerpt.text.as_str()).line_start(start.line).annotation(annotation);
    if excerpt.is_cut {
        // The column is not the one in the excerpt.
        elements.push(Origin::path(file).line(start.line).char_column(start.column).into());
        elements.push(snippet.into());
    } else {
        elements.push(snippet.path(file).into());
    }
}

fn shown_pointer(pointer: &str) -> String {
    if pointer.is_empty() { "its root".to_owned() } else { format!("`#{pointer}`") }
}

impl Report for Text {
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        let input = shown_file(input);
        for finding in findings {
            writeln!(out, "{}\n", self.render(&input, finding))?;
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let more = tally.problems - tally.reported.min(tally.problems);
        if more > 0 {
            let input = shown_file(input);
            writeln!(out, "{input}: {}; `--max-errors` shows them\n", counted(more, "more problem"))?;
        }
        Ok(())
    }
}
