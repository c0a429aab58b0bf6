use isomorph_evolution::{Operation, Told, Verdict};

/// Text of a schema on one line.
pub fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A verdict in a sentence's part.
pub fn verdict(told: &Told, accepted_by: &str, rejected_by: &str) -> String {
    match (told.verdict, &told.witness) {
        (Verdict::Breaking, Some(witness)) => {
            format!(
                "breaking: the {accepted_by} schema accepts {}, the {rejected_by} one does not",
                quoted(witness)
            )
        }
        (Verdict::Unknown, _) => {
            format!("unknown: {}", told.error.as_deref().unwrap_or("nothing was compared"))
        }
        (Verdict::Accepted, _) => format!("accepted: {}", one_line(&told.accepted.join("; "))),
        (Verdict::Breaking, None) if told.error.is_some() => {
            format!("breaking: {}", told.error.as_deref().unwrap_or_default())
        }
        (Verdict::Breaking, None) => format!(
            "breaking: proven, though no short example was found that the {rejected_by} schema rejects"
        ),
        (Verdict::Unproven, _) => match told.tried.unwrap_or_default() {
            0 => "unproven: no instance could be tried in the time there was".to_owned(),
            1 => format!("unproven: the one instance tried is not rejected by the {rejected_by} schema"),
            more => {
                format!("unproven: none of {more} instances tried is rejected by the {rejected_by} schema")
            }
        },
        (verdict, _) => verdict.word().to_owned(),
    }
}

/// The verdict on data for readers that keep unknown variants.
pub fn kept(readers: &Told) -> String {
    let word = readers.verdict.word();
    match readers.verdict {
        Verdict::Compatible => format!("{word}: they keep unknown variants"),
        _ => format!("{word}, though they keep unknown variants"),
    }
}

/// Which way the instances of an operation go, and whom a change of it concerns.
pub fn way(operation: &Operation) -> (&'static str, String) {
    if operation.is_request {
        ("request", format!("old requests  {}", verdict(&operation.data, "old", "new")))
    } else {
        ("response", format!("new responses  {}", verdict(&operation.data, "new", "old")))
    }
}

/// A witness as code; one that is too long is cut.
fn quoted(witness: &serde_json::Value) -> String {
    const LONGEST: usize = 400;
    // A backtick would end the code; in JSON it can be written otherwise.
    let text = witness.to_string().replace('`', "\\u0060");
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(LONGEST).collect::<String>())
}
