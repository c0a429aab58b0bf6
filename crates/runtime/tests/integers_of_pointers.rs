//! Integers as wide as a pointer.

use isomorph_runtime::object;

#[derive(Debug, PartialEq)]
struct Counts {
    up: usize,
    both: isize,
}

object! { Counts { 0 up: required "up", 1 both: required "both", .. } }

#[test]
#[cfg(target_pointer_width = "64")]
fn what_they_cannot_hold_is_refused_and_nothing_is_read_as_another_number() {
    let read = |up: &str, both: &str| {
        serde_json::from_str::<Counts>(&format!(r#"{{"up":{up},"both":{both}}}"#))
            .map_err(|error| error.to_string())
    };
    let large = 10_000_000_000_000_000_000;
    for text in ["1e19", "10000000000000000000", "1.0e19"] {
        assert_eq!(read(text, "-2.0"), Ok(Counts { up: large, both: -2 }), "{text}");
    }
    for (up, both) in [
        ("18446744073709551616", "0"),
        ("1e30", "0"),
        ("-1", "0"),
        ("-1e30", "0"),
        ("0.5", "0"),
        ("0", "9223372036854775808"),
        ("0", "-1e19"),
        ("0", "1e300"),
    ] {
        assert!(read(up, both).is_err(), "{up} {both}");
    }
}
