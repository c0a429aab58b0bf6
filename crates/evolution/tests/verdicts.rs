//! The library by itself: two schemas, and what is said of them.

use std::cell::Cell;
use std::time::Duration;

use isomorph_evolution::{
    Answer, Canonical, Clock, Extent, Options, Report, Unbounded, Verdict, Version, compare,
};
use isomorph_schema::{Dialect, Document, Source, load};
use serde_json::{Value, json};

/// A clock that goes on by so much whenever it is looked at.
struct Ticking {
    now: Cell<Duration>,
    tick: Duration,
}

impl Ticking {
    fn by(tick: Duration) -> Self {
        Self { now: Cell::new(Duration::ZERO), tick }
    }
}

impl Clock for Ticking {
    fn now(&self) -> Duration {
        self.now.set(self.now.get() + self.tick);
        self.now.get()
    }
}

/// Somebody who knows nothing of canonical forms.
struct Ignorant;

impl Canonical for Ignorant {
    fn contained(&self, _: &Value, _: &Value, _: bool) -> Answer {
        Answer::Unknown(None)
    }

    fn disjoint(&self, _: &Value, _: &Value, _: bool) -> bool {
        false
    }

    fn extent(&self, _: &Value) -> Option<Extent> {
        None
    }
}

fn documents(schema: &Value) -> Vec<Document> {
    let source = Source { file: "A.json".into(), uri: None, text: schema.to_string().into_bytes() };
    load(&[source], Dialect::default()).expect("a schema")
}

fn report(old: &Value, new: &Value, canonical: &dyn Canonical, tick: Duration) -> Report {
    let (old, new) = (documents(old), documents(new));
    let (old, new) = (
        Version { label: "old", documents: &old, selected: &[] },
        Version { label: "new", documents: &new, selected: &[] },
    );
    let options = Options::new(Duration::from_secs(10));
    compare(&old, &new, &options, canonical, &Ticking::by(tick)).expect("they can be compared")
}

/// Holds the verdicts on old data under the new schema, and on new data under the old one.
fn check(old: &Value, new: &Value, expected: [Verdict; 2]) {
    let data = report(old, new, &Unbounded, Duration::ZERO).data;
    assert_eq!([data.old_data.verdict, data.new_data.verdict], expected, "{old} → {new}");
}

const COMPATIBLE: Verdict = Verdict::Compatible;
const BREAKING: Verdict = Verdict::Breaking;

#[test]
fn a_wider_schema_breaks_only_who_reads_by_the_old_one() {
    check(&json!({"maxLength": 2}), &json!({"maxLength": 3}), [COMPATIBLE, BREAKING]);
    check(&json!({"type": "integer"}), &json!({"type": ["integer", "null"]}), [COMPATIBLE, BREAKING]);
    check(&json!({"enum": [1, 2]}), &json!({"enum": [2, 3]}), [BREAKING, BREAKING]);
    check(&json!({"title": "a"}), &json!({"title": "b"}), [COMPATIBLE, COMPATIBLE]);
}

#[test]
fn what_breaks_is_shown_by_an_instance() {
    let report = report(&json!({"maxLength": 3}), &json!({"maxLength": 2}), &Unbounded, Duration::ZERO);
    let witness = report.data.old_data.witness.expect("a witness");
    assert_eq!(witness.as_str().map(|text| text.chars().count()), Some(3), "{witness}");
    assert_eq!(report.definitions[0].changes[0].changes[0].keyword, "/maxLength");
}

#[test]
fn without_canonical_forms_nothing_is_proven_of_a_bound_and_breaks_are_found_all_the_same() {
    let data = report(&json!({"maximum": 2}), &json!({"maximum": 3}), &Ignorant, Duration::ZERO).data;
    assert_eq!([data.old_data.verdict, data.new_data.verdict], [Verdict::Unproven, BREAKING]);
}

#[test]
fn when_time_is_over_nothing_is_looked_for() {
    let late = Duration::from_secs(100);
    let data = report(&json!({"maximum": 3}), &json!({"maximum": 2}), &Ignorant, late).data;
    assert_eq!((data.old_data.verdict, data.old_data.tried), (Verdict::Unproven, Some(0)));
}

#[test]
fn verdicts_are_in_order() {
    assert!(Verdict::Compatible < Verdict::Unproven && Verdict::Unproven < Verdict::Breaking);
}
