use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use isomorph_schema::{Setting, Word};

/// Reads the words of a setting; help, completions and messages list them.
pub fn words<S: Setting>() -> impl TypedValueParser<Value = S> {
    let values = PossibleValuesParser::new(S::WORDS.iter().map(value));
    // Only words that it lists come this far.
    values.try_map(|word| S::said(&word).ok_or("no such word"))
}

fn value<S>(word: &Word<S>) -> PossibleValue {
    let value = PossibleValue::new(word.word).aliases(word.alias);
    if word.means.is_empty() { value } else { value.help(word.means) }
}
