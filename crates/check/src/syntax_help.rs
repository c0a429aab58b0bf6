use isomorph_json::foreign;
use isomorph_validator::explain::Problem;

/// What may help where a text is no JSON: what other formats have and JSON has not. `text` is the JSON.
pub fn syntax_help(text: &str, problem: &mut Problem) {
    let found = foreign(text, problem.span.start).filter(|_| problem.keyword == "syntax");
    problem.help.extend(found.map(|found| match found.taken {
        Some((format, taken)) => format!("{}; `--input {format}` takes {taken}", found.words),
        None => found.words.to_owned(),
    }));
}
