//! The laws, held against what a type said of an instance, and what it wrote.

use isomorph_codegen::Dialect;
use isomorph_runtime::same;
use serde::Serialize;
use serde_json::Value;

use super::instances::Judged;
use crate::judge::Verdict;
use crate::lossless::{Back, Declared};
use crate::settings::Settings;

/// A law of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Law {
    /// Every valid schema generates types that compile without a warning, and nothing ends otherwise than it should.
    Total,
    /// The type accepts what the schema does, and no more.
    Exact,
    /// What schemars says of the type is the schema.
    Faithful,
    /// What was read comes back.
    Lossless,
    /// What is written is accepted, and comes back as it is.
    Closed,
}

impl Law {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Total, Self::Exact, Self::Faithful, Self::Lossless, Self::Closed];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Exact => "exact",
            Self::Faithful => "faithful",
            Self::Lossless => "lossless",
            Self::Closed => "closed",
        }
    }
}

/// Where a law does not hold.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The law.
    pub law: Law,
    /// How it does not: a few words, the same for all differences of a kind.
    pub kind: String,
    /// The index of the instance, if it is about one.
    pub instance: Option<usize>,
    /// What was said, or what is otherwise.
    pub detail: String,
}

impl Difference {
    /// One that is about no instance.
    pub fn of_schema(law: Law, kind: &str, detail: impl Into<String>) -> Self {
        Self { law, kind: kind.to_owned(), instance: None, detail: detail.into() }
    }
}

/// What is right for a schema.
pub struct Truth<'a> {
    /// The validator.
    pub validator: &'a jsonschema::Validator,
    /// What must come back.
    pub declared: &'a Declared,
    /// How the type was generated.
    pub settings: Settings,
    /// What the schema is written in.
    pub dialect: Dialect,
}

/// What became of an instance.
pub enum Outcome {
    /// All laws hold.
    Right,
    /// It is outside what types can hold, and refused.
    Beyond,
    /// A limit was reached, and it is refused.
    Limit,
    /// A law does not hold.
    Different(Difference),
}

/// How long reading and writing a small instance may take, twice by each door, in a program that is not optimised.
const SLOW: u64 = 4000;

/// What a type says that refuses an integer because no double is it, where a verdict depends on the last digit.
const NO_DOUBLE: &str = "a number that a double holds";

/// What became of an instance of this index.
pub fn outcome(truth: &Truth, index: usize, instance: &Judged, verdict: &Verdict) -> Outcome {
    let refusals = [
        (verdict.accepted, &verdict.error, ""),
        (verdict.from_value.unwrap_or(instance.valid), &verdict.from_value_error, ", from a value"),
        (verdict.from_text.unwrap_or(instance.valid), &verdict.from_text_error, ", from text"),
    ];
    for (accepted, error, door) in refusals {
        let error = error.as_deref().unwrap_or_default();
        if !accepted && is_limit(error) {
            return Outcome::Limit;
        }
        if accepted == instance.valid {
            continue;
        }
        // In draft 4 `1e19` is no integer. Of such a number the validator does not know how it is written, and says that it is.
        let is_told = !instance.valid && truth.dialect != Dialect::Draft4;
        if !is_told && (has_what_no_type_holds(instance) || error.contains(NO_DOUBLE)) {
            return Outcome::Beyond;
        }
        let kind = if instance.valid { "false reject" } else { "false accept" };
        return different(Law::Exact, &format!("{kind}{door}"), index, error);
    }
    if let Some([built]) = &verdict.built
        && !truth.validator.is_valid(built)
        && !is_beyond(built)
    {
        return different(Law::Closed, "validate accepts what the schema refuses", index, &built.to_string());
    }
    if verdict.millis > SLOW {
        return different(Law::Total, "slow", index, &format!("{} ms", verdict.millis));
    }
    if !instance.valid {
        return Outcome::Right;
    }
    written(truth, index, &read(instance), verdict)
}

fn written(truth: &Truth, index: usize, read: &Value, verdict: &Verdict) -> Outcome {
    let Some([back]) = &verdict.back else {
        return different(Law::Lossless, "cannot be written", index, "");
    };
    let declared = truth.declared.back(read, back);
    if declared.is_beyond_limit {
        return Outcome::Limit;
    }
    if let Some(place) = lost(truth, declared, read, back) {
        // Which branch of draft 4 an integer beyond 64 bits is of, and what it declares, the validator does not know either.
        if truth.dialect == Dialect::Draft4 && is_beyond(read) {
            return Outcome::Beyond;
        }
        let kind =
            place.rsplit(' ').next().filter(|word| ["gone", "appears"].contains(word)).unwrap_or("became");
        return different(Law::Lossless, kind, index, &format!("{place}; written: {back}"));
    }
    if !verdict.doors_agree {
        return different(Law::Lossless, "doors differ", index, &format!("from text: {back}"));
    }
    if !truth.validator.is_valid(back) {
        return different(Law::Closed, "the schema refuses what is written", index, &back.to_string());
    }
    match &verdict.again {
        None => {
            let error = verdict.again_error.as_deref().unwrap_or_default();
            different(Law::Closed, "the type refuses what it wrote", index, &format!("{back}: {error}"))
        }
        Some([again]) if !same(again, back) => {
            different(Law::Closed, "otherwise the second time", index, &format!("{back}, then {again}"))
        }
        Some(_) => Outcome::Right,
    }
}

fn lost(truth: &Truth, declared: Back, read: &Value, back: &Value) -> Option<String> {
    let settings = truth.settings;
    let kept = || settings.keeps_undeclared.then(|| missing(read, back, "")).flatten();
    let appeared = || settings.keeps_defaults.then(|| missing(back, read, "")).flatten();
    declared
        .lost
        .or_else(|| kept().map(|place| format!("{place} is gone")))
        .or_else(|| appeared().map(|place| format!("{place} appears")))
}

/// The first property that one has and the other has not.
fn missing(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => one.iter().find_map(|(name, value)| {
            let at = format!("{at}/{name}");
            match other.get(name) {
                Some(other) => missing(value, other, &at),
                None => Some(at),
            }
        }),
        (Value::Array(one), Value::Array(other)) => {
            let mut both = one.iter().zip(other).enumerate();
            both.find_map(|(index, (one, other))| missing(one, other, &format!("{at}/{index}")))
        }
        _ => None,
    }
}

fn different(law: Law, kind: &str, index: usize, detail: &str) -> Outcome {
    let detail = detail.chars().take(400).collect();
    Outcome::Different(Difference { law, kind: kind.to_owned(), instance: Some(index), detail })
}

fn read(instance: &Judged) -> Value {
    serde_json::from_str(&instance.text).unwrap_or_default()
}

/// Whether an error says that a limit was reached, and not that the instance is wrong.
pub fn is_limit(error: &str) -> bool {
    let error = error.to_lowercase();
    error.contains("limit") && error.contains("reached")
}

/// Whether something in an instance is outside what types can hold. Of such numbers the validator knows only the
/// nearest that a double holds.
pub fn has_what_no_type_holds(instance: &Judged) -> bool {
    is_beyond(&read(instance))
}

/// Whether there is an integer in it beyond 64 bits.
fn is_beyond(value: &Value) -> bool {
    const BOUND: f64 = 9.2e18;
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() > BOUND),
        Value::Array(elements) => elements.iter().any(is_beyond),
        Value::Object(members) => members.values().any(is_beyond),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use isomorph_codegen::{Generator, Source};
    use serde_json::{Value, json};

    use super::{Dialect, Judged, Outcome, Truth, outcome};
    use crate::lossless::Declared;
    use crate::random::worker::validator;
    use crate::settings::Settings;

    /// What is said of an instance of an object with an integer `a` and at least one property.
    fn said(instance: &Value, verdict: &Value, settings: Settings) -> String {
        said_in(Dialect::default(), instance, verdict, settings)
    }

    fn said_in(dialect: Dialect, instance: &Value, verdict: &Value, settings: Settings) -> String {
        let schema = json!({"type": "object", "properties": {"a": {"type": "integer"}}, "minProperties": 1});
        let mut generator = Generator::new();
        let text = schema.to_string().into_bytes();
        generator.source(Source { file: "schema.json".into(), uri: None, text });
        let declared = Declared::of(&generator.documents().expect("the schema is valid"));
        let validator = validator(&schema, dialect).expect("the schema is valid");
        let truth = Truth { validator: &validator, declared: &declared, settings, dialect };
        let judged = Judged { text: instance.to_string(), valid: validator.is_valid(instance) };
        let mut whole = json!({
            "case": 0, "instance": 0, "accepted": true, "error": null, "from_value": true, "from_value_error": null,
            "from_text": true, "from_text_error": null,
            "back": [instance], "doors_agree": true, "again": [instance], "again_error": null, "built": null,
            "millis": 1,
        });
        for (name, value) in verdict.as_object().into_iter().flatten() {
            whole[name] = value.clone();
        }
        let verdict = serde_json::from_value(whole).expect("a verdict");
        match outcome(&truth, 0, &judged, &verdict) {
            Outcome::Right => "right".into(),
            Outcome::Beyond => "beyond".into(),
            Outcome::Limit => "limit".into(),
            Outcome::Different(difference) => format!("{}: {}", difference.law.name(), difference.kind),
        }
    }

    #[test]
    fn what_is_declared_beside_an_integer_beyond_64_bits_is_not_told_in_draft_4() {
        let (instance, gone) = (json!({"a": 1e19}), json!({"back": [{}]}));
        assert_eq!(said(&instance, &gone, Settings::default()), "lossless: gone");
        assert_eq!(said_in(Dialect::Draft4, &instance, &gone, Settings::default()), "beyond");
        assert_eq!(said_in(Dialect::Draft4, &json!({"a": 1}), &gone, Settings::default()), "lossless: gone");
    }

    #[test]
    fn every_way_to_break_a_law_is_seen() {
        let refused = json!({"accepted": false, "from_value": false, "from_text": false, "error": "no", "back": null, "again": null});
        let mut built_of_nothing = refused.clone();
        built_of_nothing["built"] = json!([{}]);
        let cases = [
            (json!({"a": 1}), json!({}), "right"),
            (json!({"a": "x"}), refused.clone(), "right"),
            (json!({"a": 1}), refused.clone(), "exact: false reject"),
            (json!({"a": 1e30}), refused, "beyond"),
            (json!({"a": "x"}), json!({}), "exact: false accept"),
            (json!({"a": 1}), json!({"built": [{"a": 2}]}), "right"),
            (json!({}), built_of_nothing, "closed: validate accepts what the schema refuses"),
            (json!({"a": 1}), json!({"from_value": false}), "exact: false reject, from a value"),
            (json!({"a": 1}), json!({"from_text": false}), "exact: false reject, from text"),
            (json!({"a": 1}), json!({"accepted": false, "error": "limit reached: too much"}), "limit"),
            (json!({"a": 1}), json!({"millis": 60_000}), "total: slow"),
            (json!({"a": 1}), json!({"back": null}), "lossless: cannot be written"),
            (json!({"a": 1, "z": 1}), json!({"back": [{"z": 1}]}), "lossless: gone"),
            (json!({"a": 1}), json!({"back": [{"a": 2}]}), "lossless: became"),
            (json!({"a": 1}), json!({"back": [{"a": 1, "b": 1}]}), "lossless: appears"),
            (json!({"a": 1}), json!({"doors_agree": false}), "lossless: doors differ"),
            (json!({"z": 1}), json!({"back": [{}]}), "closed: the schema refuses what is written"),
            (json!({"a": 1}), json!({"again": null}), "closed: the type refuses what it wrote"),
            (json!({"a": 1}), json!({"again": [{"a": 1, "b": 1}]}), "closed: otherwise the second time"),
        ];
        for (instance, verdict, expected) in cases {
            assert_eq!(said(&instance, &verdict, Settings::default()), expected, "{instance} {verdict}");
        }
    }

    #[test]
    fn how_a_number_beyond_64_bits_is_written_is_not_held_against_draft_4() {
        let (instance, accepted) = (json!({"a": "x", "z": 1e19}), json!({}));
        let said = |dialect| said_in(dialect, &instance, &accepted, Settings::default());
        assert_eq!(said(Dialect::Draft4), "beyond");
        assert_eq!(said(Dialect::Draft6), "exact: false accept");
    }

    #[test]
    fn what_is_undeclared_is_lost_only_where_it_is_to_be_kept() {
        let (instance, verdict) = (json!({"a": 1, "z": 1}), json!({"back": [{"a": 1}], "again": [{"a": 1}]}));
        let kept = Settings { keeps_undeclared: true, ..Settings::default() };
        assert_eq!(said(&instance, &verdict, Settings::default()), "right");
        assert_eq!(said(&instance, &verdict, kept), "lossless: gone");
    }
}
