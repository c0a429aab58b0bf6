/// The keywords by which schemas name the constants of an `enum`: that of generators for OpenAPI, and NJsonSchema's.
pub const VARIANT_NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
