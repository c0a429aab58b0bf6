//! Types of the standard library and of crates in wide use: how they are read and written, and what they have.

use std::sync::LazyLock;

use crate::via::Via;

/// What is known of a type that is not ours.
pub struct Known {
    /// Its path, without spaces.
    path: &'static str,
    /// How it is read.
    pub via: Via,
    /// Whether its own `Serialize` writes what is read.
    pub serializes: bool,
    /// What schemars says of it.
    pub said: BySchemars,
    /// The feature of schemars that is needed for that.
    pub schemars: Option<&'static str>,
    /// The feature of the runtime that reads it.
    pub feature: Option<&'static str>,
    /// The crate and its version, and the features that it needs.
    pub dependency: Option<(&'static str, &'static str)>,
    /// Whether it is `Ord`, `Eq` and `Hash`.
    pub is_ordered: bool,
    /// Whether every string is one of it and comes back.
    pub holds_any_string: bool,
    /// What of a string it asserts, and what it does not keep.
    pub told: &'static str,
}

/// What schemars says of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BySchemars {
    /// That it is a string.
    String,
    /// That it is a string of a format.
    Format(&'static str),
    /// That it is a number of a format.
    Number(&'static str),
    /// Nothing, or something else.
    Otherwise,
}

const NOTHING: Known = Known {
    path: "",
    via: Via::Read,
    serializes: true,
    said: BySchemars::Otherwise,
    schemars: None,
    feature: None,
    dependency: None,
    is_ordered: true,
    holds_any_string: false,
    told: "",
};

/// What is known of the type at a path.
pub fn of(path: &str) -> Option<&'static Known> {
    let path: String = path.chars().filter(|c| !c.is_whitespace()).collect();
    let path = path.trim_start_matches("::");
    ALL.iter().find(|known| known.path == path)
}

const UUID: (&str, &str) = ("uuid", "1 (serde)");
const CHRONO: (&str, &str) = ("chrono", "0.4 (serde)");
const JIFF: (&str, &str) = ("jiff", "0.2 (serde)");
const TIME: (&str, &str) = ("time", "0.3");
const URL: (&str, &str) = ("url", "2 (serde)");
const DECIMAL: (&str, &str) = ("rust_decimal", "1 (serde)");
const BIG: (&str, &str) = ("num-bigint", "0.4");

static ALL: LazyLock<[Known; 18]> = LazyLock::new(|| {
    let net = |path, format, told| Known { path, said: BySchemars::Format(format), told, ..NOTHING };
    let date_time =
        "asserts a `date-time` of RFC 3339; it comes back in UTC, of the fraction no more than nanoseconds";
    let with_offset =
        "asserts a `date-time` of RFC 3339; of the fraction no more comes back than nanoseconds";
    let date = "asserts a `full-date` of RFC 3339, which comes back as it was";
    let chrono = |path, format, told| Known {
        path,
        said: BySchemars::Format(format),
        schemars: Some("chrono04"),
        feature: Some("chrono"),
        dependency: Some(CHRONO),
        told,
        ..NOTHING
    };
    let jiff = |path, format, told| Known {
        path,
        said: BySchemars::Format(format),
        schemars: Some("jiff02"),
        feature: Some("jiff"),
        dependency: Some(JIFF),
        told,
        ..NOTHING
    };
    let time = |path, told| Known {
        path,
        via: Via::Rfc3339,
        serializes: false,
        feature: Some("time"),
        dependency: Some(TIME),
        told,
        ..NOTHING
    };
    let big = |path| Known {
        path,
        via: Via::Str,
        serializes: false,
        dependency: Some(BIG),
        told: "asserts a decimal integer; it comes back without a plus sign and leading zeros",
        ..NOTHING
    };
    [
        Known {
            path: "std::path::PathBuf",
            said: BySchemars::String,
            holds_any_string: true,
            told: "takes any string",
            ..NOTHING
        },
        net("std::net::Ipv4Addr", "ipv4", "asserts an IPv4 address, which comes back as it was"),
        net("std::net::Ipv6Addr", "ipv6", "asserts an IPv6 address; it comes back in its shortest form"),
        net("std::net::IpAddr", "ip", "asserts an IP address; an IPv6 one comes back in its shortest form"),
        Known {
            path: "uuid::Uuid",
            said: BySchemars::Format("uuid"),
            schemars: Some("uuid1"),
            feature: Some("uuid"),
            dependency: Some(UUID),
            told: "asserts a UUID with hyphens; it comes back in lower case",
            ..NOTHING
        },
        chrono("chrono::DateTime<chrono::Utc>", "date-time", date_time),
        chrono("chrono::DateTime<chrono::FixedOffset>", "date-time", with_offset),
        chrono("chrono::NaiveDate", "date", date),
        jiff("jiff::Timestamp", "date-time", date_time),
        jiff("jiff::civil::Date", "date", date),
        time("time::OffsetDateTime", with_offset),
        time("time::Date", date),
        Known {
            path: "url::Url",
            via: Via::Str,
            said: BySchemars::Format("uri"),
            schemars: Some("url2"),
            dependency: Some(URL),
            told: "asserts a URL that is not relative; it comes back as the URL standard writes it",
            ..NOTHING
        },
        Known {
            path: "rust_decimal::Decimal",
            via: Via::Str,
            dependency: Some(DECIMAL),
            told: "asserts a decimal number of at most 28 digits; it comes back without a plus sign and leading zeros",
            ..NOTHING
        },
        big("num_bigint::BigInt"),
        big("num_bigint::BigUint"),
        Known {
            path: "f32",
            said: BySchemars::Number("float"),
            is_ordered: false,
            told: "asserts a number that is not too large for single precision, and keeps its digits no further",
            ..NOTHING
        },
        Known {
            path: "Vec<u8>",
            via: Via::Base64,
            serializes: false,
            told: "asserts base64 with padding, which comes back as it was",
            ..NOTHING
        },
    ]
});
