//! JSON text on a tape says what serde_json reads, and each place lies inside the text.
#![no_main]

use isomorph_json::{Rule, Tape, TapeNode, parse, span};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// As deep as serde_json goes.
const DEEPEST: usize = 127;

fuzz_target!(|text: &str| {
    let mut tape = Tape::default();
    let read = serde_json::from_str::<Value>(text);
    match parse(text, DEEPEST, &mut tape) {
        Ok(()) => {
            let root = TapeNode::root(text, &tape);
            assert!(text.get(span(root)).is_some(), "a place outside the text");
            assert_eq!(root.value(), read.expect("serde_json refuses what the tape takes"));
        }
        Err(faults) => {
            let says_more = faults.faults.iter().any(|fault| fault.rule != Rule::Syntax);
            assert!(read.is_err() || says_more, "serde_json takes what the tape refuses: {faults:?}");
        }
    }
});
