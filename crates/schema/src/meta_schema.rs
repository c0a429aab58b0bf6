//! The meta-schemas, as schemas that documents are held against, and what they say of one that is not valid.

use isomorph_json::{Pointer, Tape, TapeNode, parse};
use isomorph_validator::explain::{Problem, Schema, SchemaText, explain};
use serde_json::Value;
use std::sync::Arc;

use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::Flaw;
use crate::misspelt::{Misspelt, misspelt_in};
use crate::place::{Place, Spot};
use crate::source::Source;
use crate::strict::DEEPEST;

/// How many flaws of a schema are told.
const MOST: usize = 100;

/// A meta-schema of the specification by its URI, as a file of that name.
pub fn meta_schema(uri: &str) -> Option<Source> {
    let dialect = Dialect::of(uri)?;
    let (uri, root) = texts_of(dialect).into_iter().next()?;
    Some(Source { file: uri.to_owned(), uri: None, text: format!("{root:#}\n").into_bytes() })
}

/// All that is wrong with a document that is no valid schema of its dialect; none, if that cannot be said of its text.
pub fn flaws(document: &Document) -> Vec<Flaw> {
    let Some(schema) = compiled(document.dialect) else { return Vec::new() };
    // What is held by a document of another kind was translated, and is nowhere as it is judged.
    let translated = document.holder.as_ref().map(|_| document.root.to_string());
    let (json, mut tape) = (translated.as_deref().unwrap_or(document.text.as_json()), Tape::default());
    if parse(json, DEEPEST, &mut tape).is_err() {
        return Vec::new();
    }
    let (problems, _) = explain(&schema, TapeNode::root(json, &tape), MOST);
    let mut flaws: Vec<_> = problems.into_iter().map(|problem| flaw(document, problem)).collect();
    if !flaws.is_empty() {
        flaws.extend(misspelt_in(document).into_iter().map(Misspelt::flaw));
        flaws.sort_by_key(|flaw| flaw.place.spot.as_ref().map(|spot| spot.span.start));
    }
    flaws
}

fn flaw(document: &Document, problem: Problem) -> Flaw {
    let pointer = Pointer::parse(&problem.instance_location).unwrap_or_default();
    let place = if document.holder.is_some() {
        document.place_in_text(&pointer)
    } else {
        let spot = Spot::new(&document.text.text, &document.text.origin(problem.span));
        Place { file: document.file.clone(), pointer, spot: Some(Box::new(spot)) }
    };
    Flaw { place, message: problem.message, help: problem.help }
}

/// A meta-schema as instances are held against it.
fn compiled(dialect: Dialect) -> Option<Schema> {
    let all = texts_of(dialect);
    let (own, _) = all.first()?;
    let text = |(uri, root): &(&'static str, Value)| SchemaText {
        uri: (*uri).to_owned(),
        file: (*uri).to_owned(),
        text: Arc::new(format!("{root:#}").into()),
        root: root.clone(),
        moved: Vec::new(),
    };
    Schema::new(all.iter().map(text).collect(), own, dialect.uri(), "").ok()
}

/// The meta-schema of a dialect by its URI, and behind it those that it refers to.
fn texts_of(dialect: Dialect) -> Vec<(&'static str, Value)> {
    use referencing::meta;
    let all: Vec<(&str, &Value)> = match dialect {
        Dialect::Draft4 => vec![("http://json-schema.org/draft-04/schema", &meta::DRAFT4)],
        Dialect::Draft6 => vec![("http://json-schema.org/draft-06/schema", &meta::DRAFT6)],
        Dialect::Draft7 => vec![("http://json-schema.org/draft-07/schema", &meta::DRAFT7)],
        Dialect::Draft201909 => vec![
            ("https://json-schema.org/draft/2019-09/schema", &meta::DRAFT201909),
            ("https://json-schema.org/draft/2019-09/meta/core", &meta::DRAFT201909_CORE),
            ("https://json-schema.org/draft/2019-09/meta/applicator", &meta::DRAFT201909_APPLICATOR),
            ("https://json-schema.org/draft/2019-09/meta/validation", &meta::DRAFT201909_VALIDATION),
            ("https://json-schema.org/draft/2019-09/meta/meta-data", &meta::DRAFT201909_META_DATA),
            ("https://json-schema.org/draft/2019-09/meta/format", &meta::DRAFT201909_FORMAT),
            ("https://json-schema.org/draft/2019-09/meta/content", &meta::DRAFT201909_CONTENT),
        ],
        Dialect::Draft202012 => vec![
            ("https://json-schema.org/draft/2020-12/schema", &meta::DRAFT202012),
            ("https://json-schema.org/draft/2020-12/meta/core", &meta::DRAFT202012_CORE),
            ("https://json-schema.org/draft/2020-12/meta/applicator", &meta::DRAFT202012_APPLICATOR),
            ("https://json-schema.org/draft/2020-12/meta/unevaluated", &meta::DRAFT202012_UNEVALUATED),
            ("https://json-schema.org/draft/2020-12/meta/validation", &meta::DRAFT202012_VALIDATION),
            ("https://json-schema.org/draft/2020-12/meta/meta-data", &meta::DRAFT202012_META_DATA),
            (
                "https://json-schema.org/draft/2020-12/meta/format-annotation",
                &meta::DRAFT202012_FORMAT_ANNOTATION,
            ),
            ("https://json-schema.org/draft/2020-12/meta/content", &meta::DRAFT202012_CONTENT),
        ],
    };
    all.into_iter().map(|(uri, root)| (uri, root.clone())).collect()
}
