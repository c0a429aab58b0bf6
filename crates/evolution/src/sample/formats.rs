//! Strings of formats.

use fastrand::Rng;

/// A string of a format.
pub fn formatted(format: &str, random: &mut Rng) -> Option<String> {
    let n = random.u16(1..=999);
    let (month, day) = (1 + n % 12, 1 + n % 28);
    Some(match format {
        "date-time" => format!("2024-{month:02}-{day:02}T{:02}:00:00Z", n % 24),
        "date" => format!("20{:02}-{month:02}-{day:02}", n % 100),
        "time" => format!("{:02}:{:02}:00Z", n % 24, n % 60),
        "duration" => format!("P{n}D"),
        "email" | "idn-email" => format!("user{n}@example.com"),
        "hostname" | "idn-hostname" => format!("host{n}.example.com"),
        "ipv4" => format!("192.0.2.{}", n % 256),
        "ipv6" => format!("2001:db8::{n:x}"),
        "uri" | "iri" | "url" => format!("https://example.com/{n}"),
        "uri-reference" | "iri-reference" | "json-pointer" => format!("/a/{n}"),
        "uri-template" => format!("/a/{{b{n}}}"),
        "uuid" => format!("{:08x}-{n:04x}-4000-8000-{:012x}", random.u32(..), random.u32(..)),
        "relative-json-pointer" => format!("{n}/a"),
        "regex" => format!("^a{{{}}}", n % 9),
        "path" => format!("a{n}.txt"),
        "byte" => ["YQ==", "YWI=", "YWJj", ""][usize::from(n % 4)].to_owned(),
        _ => return None,
    })
}

/// A pattern of which all strings are of a format, though not all that are.
pub fn pattern_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => {
            "^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-](0\\d|1[0-2]):[0-5]\\d)$"
        }
        "date" => "^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])$",
        "time" => "^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-](0\\d|1[0-2]):[0-5]\\d)$",
        "duration" => "^P(\\d{1,4}Y)?(\\d{1,4}M)?\\d{1,9}D(T\\d{1,9}H(\\d{1,9}M(\\d{1,9}S)?)?)?$",
        "email" | "idn-email" => "^[a-z0-9]{1,30}@[a-z0-9]{1,30}\\.(com|org)$",
        "hostname" | "idn-hostname" => "^[a-z0-9]{1,40}(\\.[a-z0-9]{1,40}){0,3}\\.(com|org)$",
        "ipv4" => "^(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}$",
        "ipv6" => "^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$",
        "uri" | "iri" | "url" => "^https?://[a-z0-9]{1,30}\\.(com|org)(/[a-z0-9]{0,30})*$",
        "uri-reference" | "iri-reference" | "json-pointer" => "^(/[a-z0-9]{0,30})*$",
        "uri-template" => "^(/[a-z0-9]{0,30}|/\\{[a-z]{1,20}\\})*$",
        "relative-json-pointer" => "^\\d(#|(/[a-z0-9]{0,30})*)$",
        "regex" => "^\\^?[a-z0-9]*\\$?$",
        "uuid" => "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
        _ => return None,
    })
}
