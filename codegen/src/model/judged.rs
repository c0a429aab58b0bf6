//! Conditions held against the official suite: what is asked of any value is judged as the suite says.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use isomorph_json::Pointer;
use isomorph_runtime::condition::{Condition as Held, Evaluated, Scalar};
use isomorph_runtime::pattern::{Pattern, Run};
use isomorph_runtime::quantity::Quantity;
use isomorph_schema::{Dialect, Document, Location, Resolver, Source, Unresolved};
use serde_json::{Number, Value};

use super::asserted::of_any;
use super::builder::Builder;
use super::condition::Condition;
use crate::pattern::{How, Linear};
use crate::settings::Settings;

fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn all<T, U>(values: &[T], make: impl Fn(&T) -> U) -> &'static [U] {
    Vec::leak(values.iter().map(make).collect())
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn quantity(number: &Number) -> Quantity {
    number.as_i128().map_or_else(|| Quantity::Double(number.as_f64().unwrap_or_default()), Quantity::Whole)
}

fn count(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn pattern(linear: &Linear) -> &'static Pattern {
    let source = text(&linear.source);
    leaked(match &linear.how {
        How::Expression(expression) => Pattern::expression(source, text(expression)),
        How::Runs(starts, runs, ends) => {
            let limit = |limit: u32| count(limit.into());
            let run = |run: &crate::pattern::Run| {
                Run(all(&run.ranges, Clone::clone), limit(run.least), run.most.map_or(usize::MAX, limit))
            };
            Pattern::runs(source, *starts, all(runs, run), *ends)
        }
        How::All(parts) => Pattern::all(source, all(parts, |(matches, one)| (*matches, pattern(one)))),
    })
}

fn scalar(value: &Value) -> Scalar {
    match value {
        Value::Bool(value) => Scalar::Boolean(*value),
        Value::Number(number) => Scalar::Number(quantity(number)),
        Value::String(string) => Scalar::Text(text(string)),
        _ => Scalar::Null,
    }
}

/// What conditions ask for.
type Others = BTreeMap<Location, Condition>;

/// How deep conditions may ask for each other here.
const DEEPEST: usize = 6;

/// The condition, as generated code has it; what asks for itself is written out.
fn held(condition: &Condition, others: &Others, depth: usize) -> Held {
    let same = |location: &Location| match depth.checked_sub(1) {
        Some(depth) => held(&others[location], others, depth),
        None => Held::Never,
    };
    let held = |one: &Condition| held(one, others, depth);
    let by_name = |all_of: &[(String, Condition)]| all(all_of, |(name, one)| (text(name), held(one)));
    match condition {
        Condition::Never => Held::Never,
        Condition::Type(types, false) => Held::Type(bits(types.names())),
        Condition::Type(types, true) => Held::TypeAsWritten(bits(types.names())),
        Condition::Enum(values) => Held::Enum(all(values, scalar)),
        Condition::Bound("minimum", limit) => Held::Minimum(quantity(limit)),
        Condition::Bound("maximum", limit) => Held::Maximum(quantity(limit)),
        Condition::Bound("exclusiveMinimum", limit) => Held::ExclusiveMinimum(quantity(limit)),
        Condition::Bound(_, limit) => Held::ExclusiveMaximum(quantity(limit)),
        Condition::MultipleOf(divisor) => Held::MultipleOf(quantity(divisor)),
        Condition::Count("minLength", limit) => Held::MinLength(count(*limit)),
        Condition::Count("maxLength", limit) => Held::MaxLength(count(*limit)),
        Condition::Count("minItems", limit) => Held::MinItems(count(*limit)),
        Condition::Count("maxItems", limit) => Held::MaxItems(count(*limit)),
        Condition::Count("minProperties", limit) => Held::MinProperties(count(*limit)),
        Condition::Count(_, limit) => Held::MaxProperties(count(*limit)),
        Condition::Pattern(linear) => Held::Pattern(pattern(linear)),
        Condition::UniqueItems => Held::UniqueItems,
        Condition::Items(first, others) => Held::Items(all(first, held), leaked(held(others))),
        Condition::Contains(one, least, most) => {
            Held::Contains(leaked(held(one)), count(*least), most.map_or(usize::MAX, count))
        }
        Condition::Required(names) => Held::Required(all(names, |name| text(name))),
        Condition::Properties(declared, matching, others) => {
            let matching = all(matching, |(linear, one)| (pattern(linear), held(one)));
            Held::Properties(by_name(declared), matching, leaked(held(others)))
        }
        Condition::PropertyNames(one) => Held::PropertyNames(leaked(held(one))),
        Condition::Dependent(conditions) => Held::Dependent(by_name(conditions)),
        Condition::AllOf(conditions) => Held::AllOf(all(conditions, held)),
        Condition::AnyOf(conditions) => Held::AnyOf(all(conditions, held)),
        Condition::OneOf(conditions) => Held::OneOf(all(conditions, held)),
        Condition::Not(one) => Held::Not(leaked(held(one))),
        Condition::Unevaluated(evaluated, one) => {
            let evaluated = all(evaluated, |one| {
                Evaluated(held(&one.when), all(&one.names, |name| text(name)), all(&one.patterns, pattern))
            });
            Held::Unevaluated(evaluated, leaked(held(one)))
        }
        Condition::Same(location) => Held::Same(leaked(same(location))),
        Condition::If(three) => Held::If(leaked(three.each_ref().map(held))),
    }
}

fn bits(names: Vec<&str>) -> u8 {
    use isomorph_runtime::condition::types;
    let bit = |name: &str| match name {
        "ANY" => types::ANY,
        "NULL" => types::NULL,
        "BOOLEAN" => types::BOOLEAN,
        "NUMBER" => types::NUMBER,
        "INTEGER" => types::INTEGER,
        "FRACTION" => types::FRACTION,
        "STRING" => types::STRING,
        "ARRAY" => types::ARRAY,
        "OBJECT" => types::OBJECT,
        _ => types::NOTHING,
    };
    names.into_iter().map(bit).fold(0, |all, one| all | one)
}

/// What the schema asks of any value, if that can be said.
fn condition(schema: &Value, dialect: Dialect) -> Option<Held> {
    let source = Source { file: "schema.json".into(), uri: None, text: schema.to_string().into_bytes() };
    let documents: Vec<Document> = isomorph_schema::load(&[source], dialect).ok()?;
    let settings = Settings::default();
    let resolver = Resolver::new(&documents, Unresolved::Refuse).ok()?;
    let builder = Builder::new(&documents, &settings, resolver);
    let (condition, others) = of_any(&builder, &Location { document: 0, pointer: Pointer::root() })?;
    Some(held(&condition, &others, DEEPEST))
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the corpus is not the generator's to read")]
fn conditions_judge_as_the_official_suite_does() {
    let corpus = std::env::var_os("ISOMORPH_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from);
    let drafts = [
        ("draft4", Dialect::Draft4),
        ("draft6", Dialect::Draft6),
        ("draft7", Dialect::Draft7),
        ("draft2019-09", Dialect::Draft201909),
        ("draft2020-12", Dialect::Draft202012),
    ];
    let (mut wrong, mut judged, mut left) = (Vec::new(), 0, 0);
    for (draft, dialect) in drafts {
        let folder = corpus.join("json-schema-test-suite/tests").join(draft);
        let Ok(files) = fs::read_dir(&folder) else {
            println!("skipped: there is no {}", folder.display());
            return;
        };
        for file in files.filter_map(Result::ok).filter(|file| file.path().is_file()) {
            let groups: Value =
                serde_json::from_slice(&fs::read(file.path()).expect("a file")).expect("JSON");
            for group in groups.as_array().expect("groups") {
                let Some(condition) = condition(&group["schema"], dialect) else {
                    left += 1;
                    continue;
                };
                for test in group["tests"].as_array().expect("tests") {
                    judged += 1;
                    if condition.check(&test["data"]).is_ok() != test["valid"] {
                        wrong.push(format!("{draft} {} {}", group["description"], test["description"]));
                    }
                }
            }
        }
    }
    println!("{judged} judged, {left} schemas left");
    assert!(wrong.is_empty(), "{} of {judged}: {wrong:#?}", wrong.len());
    assert!(judged > 3_000, "{judged} judged, {left} schemas left");
}
