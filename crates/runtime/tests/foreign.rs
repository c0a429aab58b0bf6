//! What the adapters of known types read, refuse and write again.
#![cfg(all(feature = "value", feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]

use isomorph_runtime::v1::via::{As, Base64, ReadAs, Rfc3339, Same, Str, WriteAs};
use isomorph_runtime::{Buffered, v1};
use serde_json::Value;

/// What a value is written as again, or why it is refused.
fn again<T, A: ReadAs<T> + WriteAs<T>>(value: &Value) -> Result<Value, String> {
    let read = A::read_as(Buffered::<false>(value)).map_err(|refusal| refusal.to_string())?;
    Ok(As::<A>::serialize(&read, serde_json::value::Serializer).expect("what was read can be written"))
}

/// What is the same again, what comes back otherwise, and what is refused, with the words after the value.
fn hold<T, A: ReadAs<T> + WriteAs<T>>(same: &[&str], other: &[(&str, &str)], refused: &[&str], words: &str) {
    for (text, written) in same.iter().map(|text| (text, text)).chain(other.iter().map(|(a, b)| (a, b))) {
        assert_eq!(again::<T, A>(&Value::from(*text)), Ok(Value::from(*written)), "{text}");
    }
    for text in refused {
        let expected = format!("invalid value: string {text:?}{words}");
        assert_eq!(again::<T, A>(&Value::from(*text)), Err(expected), "{text}");
    }
    for value in [Value::Null, Value::from(1), Value::from(vec!["a"])] {
        let error = again::<T, A>(&value).expect_err("it is no string");
        assert!(error.ends_with(", expected a string"), "{error}");
    }
}

#[test]
fn known_types_hold_what_their_formats_say_and_give_it_back() {
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let braces = format!("{{{id}}}");
    let upper = id.to_uppercase();
    hold::<uuid::Uuid, Same>(
        &[id],
        &[(&upper, id)],
        &[&braces, "67e5504410b1426f9247bb680e5fe0c8", ""],
        ", expected a UUID",
    );
    let times = ["2026-01-31T10:20:30Z"];
    let no_times =
        ["2026-01-31", "2026-01-31 10:20:30Z", "2026-02-30T10:20:30Z", "2026-01-31T10:20:30", "soon"];
    let words = ", expected a date and time of RFC 3339";
    let shifted = [("2026-01-31T11:20:30+01:00", "2026-01-31T10:20:30Z")];
    hold::<chrono::DateTime<chrono::Utc>, Same>(&times, &shifted, &no_times, words);
    hold::<jiff::Timestamp, Same>(&times, &shifted, &no_times, words);
    let with_offsets = ["2026-01-31T10:20:30Z", "2026-01-31T10:20:30.5+01:00"];
    hold::<chrono::DateTime<chrono::FixedOffset>, Same>(
        &["2026-01-31T10:20:30+01:00"],
        &[("2026-01-31T10:20:30.5Z", "2026-01-31T10:20:30.500Z")],
        &no_times,
        words,
    );
    hold::<time::OffsetDateTime, Rfc3339>(&with_offsets, &[], &no_times, words);
    let no_dates = ["2026-02-30", "2026-01-31T10:20:30Z", "20260131", "31.1.2026"];
    let words = ", expected a date of RFC 3339";
    hold::<chrono::NaiveDate, Same>(&["2026-01-31"], &[], &no_dates, words);
    hold::<jiff::civil::Date, Same>(&["2026-01-31"], &[], &no_dates, words);
    hold::<time::Date, Rfc3339>(&["2026-01-31", "0001-01-01"], &[], &no_dates, words);
    hold::<std::net::Ipv4Addr, Same>(
        &["10.0.0.1"],
        &[],
        &["10.0.0", "::1", "010.0.0.1"],
        ", expected an IPv4 address",
    );
    hold::<std::net::Ipv6Addr, Same>(
        &["::1"],
        &[("0:0::1", "::1")],
        &["10.0.0.1"],
        ", expected an IPv6 address",
    );
    hold::<std::net::IpAddr, Same>(&["::1", "10.0.0.1"], &[], &["x"], ", expected an IP address");
    hold::<Vec<u8>, Base64>(&["", "Zm9v", "Zg=="], &[], &["Zg", "Zh=="], ", expected base64, padded");
    hold::<std::num::NonZeroU8, Str>(
        &["7"],
        &[("+07", "7")],
        &["0"],
        ": number would be zero for non-zero type",
    );
}

#[derive(Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
enum Amount {
    Exact(#[serde(serialize_with = "As::<Str>::serialize")] std::num::NonZeroU8),
    Range(#[serde(serialize_with = "As::<(Str, Same)>::serialize")] (std::num::NonZeroU8, bool)),
    Each(
        #[serde(serialize_with = "As::<std::collections::BTreeMap<String, Option<Str>>>::serialize")]
        std::collections::BTreeMap<String, Option<std::num::NonZeroU8>>,
    ),
}

v1::union! {
    Amount: OneOf {
        0 Exact as (Str): STRING; 1 Range as ((Str, Same)): ARRAY;
        2 Each as (std::collections::BTreeMap<String, Option<Str>>): OBJECT;
    }
}

#[test]
fn an_adapter_reaches_into_variants_tuples_maps_and_options() {
    for text in [r#""7""#, r#"["7",true]"#, r#"{"a":"7","b":null}"#] {
        let amount: Amount = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&amount).expect(text), text);
    }
    for (text, error) in [
        (r#"["0",true]"#, "/0: invalid value: string \"0\": number would be zero for non-zero type"),
        (r#"{"a":"7","b":7}"#, "/b: invalid type: integer `7`, expected a string"),
    ] {
        let refused = serde_json::from_str::<Amount>(text).expect_err(text).to_string();
        assert!(refused.starts_with(error), "{refused}");
    }
}
