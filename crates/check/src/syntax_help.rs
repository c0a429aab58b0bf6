use isomorph_validator::explain::Problem;

/// What may help where a text is no JSON: what other formats have and JSON has not. `text` is the JSON.
pub fn syntax_help(text: &str, problem: &mut Problem) {
    let found = text.get(problem.span.start..).filter(|_| problem.keyword == "syntax");
    let before = text.get(..problem.span.start).unwrap_or_default().trim_end();
    problem.help.extend(found.and_then(|found| help(found, before)).map(str::to_owned));
}

fn help(found: &str, before: &str) -> Option<&'static str> {
    let begins = |with: &[&str]| with.iter().any(|with| found.starts_with(with));
    if begins(&["//", "/*", "#"]) {
        return Some("JSON has no comments; `--input jsonc` takes them");
    }
    if begins(&["'"]) {
        return Some("JSON has double quotes alone; `--input json5` takes single ones");
    }
    if begins(&["}", "]"]) && before.ends_with(',') {
        return Some("remove the comma in front of it; `--input jsonc` takes it");
    }
    if begins(&["NaN", "Infinity", "-Infinity", "-NaN"]) {
        return Some("JSON has no such number");
    }
    begins(&["True", "False", "None"]).then_some("JSON has `true`, `false` and `null`")
}
