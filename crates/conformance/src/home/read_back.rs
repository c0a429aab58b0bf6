//! What is generated of what was printed.

use isomorph_codegen::{Generated, Generator, Layout, Preset, Source};
use schemars::Schema;

/// The types of a printed schema, in a file that is called as the item is.
pub fn read_back(name: &str, schema: &Schema) -> Result<Generated, isomorph_codegen::Error> {
    let file = format!("{name}.json");
    let text = schema.as_value().to_string().into_bytes();
    let mut generator = Generator::new();
    generator.source(Source { file, uri: None, text }).layout(Layout::Split);
    generator.preset(Preset::Schemars);
    for (format, ty) in ADAPTERS {
        generator.format(*format, *ty);
    }
    generator.generate("model.rs")
}

/// The types of other crates by the formats that schemars prints of them.
const ADAPTERS: &[(&str, &str)] = &[
    ("uuid", "uuid::Uuid"),
    ("date-time", "chrono::DateTime<chrono::Utc>"),
    ("date", "chrono::NaiveDate"),
    ("uri", "url::Url"),
    ("ipv4", "std::net::Ipv4Addr"),
    ("ipv6", "std::net::Ipv6Addr"),
    ("ip", "std::net::IpAddr"),
];
