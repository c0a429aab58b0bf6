use isomorph_evolution::{Change, Instance, Operation, Place, Told, Verdict};

/// Text of a schema on one line.
pub fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A verdict in a sentence's part.
pub fn verdict(told: &Told, accepted_by: &str, rejected_by: &str) -> String {
    match (told.verdict, &told.witness) {
        (Verdict::Breaking, Some(witness)) => {
            format!("breaking: {}", shown(witness, accepted_by, rejected_by))
        }
        (Verdict::Unknown, _) => {
            format!("unknown: {}", told.error.as_deref().unwrap_or("nothing was compared"))
        }
        (Verdict::Accepted, witness) => {
            let shown = witness.as_ref().map(|witness| shown(witness, accepted_by, rejected_by));
            let shown = shown.map(|shown| format!(" ({shown})")).unwrap_or_default();
            format!("accepted: {}{shown}", one_line(&told.accepted.join("; ")))
        }
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

/// What an instance shows.
fn shown(witness: &Instance, accepted_by: &str, rejected_by: &str) -> String {
    format!("the {accepted_by} schema accepts {}, the {rejected_by} one does not", quoted(witness))
}

/// What changed, in words; and that it is accepted, where the verdicts on its place do not say so.
pub fn changed(change: &Change, place: &Place) -> String {
    let told = place.data.iter().chain(&place.around).flat_map(|data| [&data.old_data, &data.new_data]);
    let is_said = told.into_iter().any(|told| told.verdict == Verdict::Accepted);
    match change.accepted.as_ref().filter(|_| !is_said) {
        Some(reason) => format!("{} (accepted: {})", change.change, one_line(reason)),
        None => change.change.clone(),
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
fn quoted(witness: &Instance) -> String {
    const LONGEST: usize = 400;
    // A backtick would end the code; in JSON it can be written otherwise.
    let text = witness.to_string().replace('`', "\\u0060");
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(LONGEST).collect::<String>())
}
