use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use isomorph_json::{Excerpt, Position, is_hidden, visible};

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
            let excerpt = Some(&schema.excerpt);
            show(&mut elements, &schema.file, schema.start, excerpt, AnnotationKind::Context, None);
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
            let excerpt = place.excerpt.as_ref();
            show(&mut elements, input, place.start, excerpt, AnnotationKind::Primary, label);
            // Without the lines there is nothing to write it beside.
            let path = label.filter(|_| excerpt.is_none());
            elements.extend(path.map(|path| Level::NOTE.message(format!("this is {path}")).into()));
        }
        None => elements.push(Origin::path(input).into()),
    }
    elements.extend(finding.notes(input).into_iter().map(|note| Level::NOTE.message(note).into()));
    elements.extend(finding.help.iter().map(|help| Level::HELP.message(help.as_str()).into()));
    title.elements(elements)
}

/// The lines of an excerpt, in which what would command a terminal, hide or turn letters around is one plain character,
/// and what matters in them.
fn plain(excerpt: &Excerpt) -> (String, Range<usize>) {
    let plain = |c: char| if is_hidden(c) && !matches!(c, '\n' | '\r' | '\t') { '\u{FFFD}' } else { c };
    let until = |end: usize| excerpt.text[..end].chars().map(plain).collect::<String>();
    let text = until(excerpt.text.len());
    let span = until(excerpt.span.start).len()..until(excerpt.span.end).len();
    (text, span)
}

/// Shows an excerpt of a file under its path, line and column.
fn show<'a>(
    elements: &mut Vec<Element<'a>>,
    file: &'a str,
    start: Position,
    excerpt: Option<&'a Excerpt>,
    kind: AnnotationKind,
    label: Option<&'a str>,
) {
    let Some(excerpt) = excerpt else {
        return elements.push(Origin::path(file).line(start.line).char_column(start.column).into());
    };
    let (text, span) = plain(excerpt);
    let annotation = kind.span(span).label(label);
    let snippet = Snippet::source(text).line_start(start.line).annotation(annotation);
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
        let input = visible(input.to_owned());
        for finding in findings {
            writeln!(out, "{}\n", self.render(&input, finding))?;
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let more = tally.problems - tally.reported.min(tally.problems);
        if more > 0 {
            let input = visible(input.to_owned());
            writeln!(out, "{input}: {}; `--max-errors` shows them\n", counted(more, "more problem"))?;
        }
        Ok(())
    }
}
