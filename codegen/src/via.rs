use serde::Deserialize;

/// How a type that is not ours is read and written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Via {
    /// Through the runtime's `Read` and serde's `Serialize`, which it has.
    Read,
    /// From and to strings: through `FromStr` and `Display`.
    Str,
    /// Through serde's `Deserialize` and `Serialize`.
    Serde,
    /// From and to strings of base64; for `Vec<u8>`.
    Base64,
    /// As RFC 3339 writes dates and times; for those of the crate `time`.
    Rfc3339,
    /// By the functions `deserialize` and `serialize` of this module, as serde's `with` has them.
    #[serde(skip)]
    With(String),
}
