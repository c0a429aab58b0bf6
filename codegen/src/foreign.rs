//! Rust types that are not ours, and how they stand for values.

use std::fmt;

use isomorph_schema::Types;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::known::{self, BySchemars, Known};
use crate::via::Via;

/// A Rust type that stands for values, as the configuration says: `"uuid::Uuid"`, `{ type = "crate::Money", via = "str" }`
/// or `{ type = "std::time::Duration", with = "crate::seconds" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The path of the type.
    path: String,
    via: Via,
}

/// A type that is not ours in the place of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct StandIn {
    /// The type.
    pub foreign: Foreign,
    /// The format for which it stands there, if it is that.
    pub format: Option<String>,
    /// The JSON types of its values.
    pub types: Types,
}

impl StandIn {
    /// Whether every string is one of the type and comes back from it.
    pub fn holds_any_string(&self) -> bool {
        self.foreign.known().is_some_and(|known| known.holds_any_string)
    }

    /// What schemars says of the type, where that is what it is to say here; otherwise it is told of another type.
    pub fn said(&self) -> BySchemars {
        match self.foreign.known().map(|known| known.said) {
            Some(BySchemars::Format(format) | BySchemars::Number(format))
                if self.format.as_deref() != Some(format) =>
            {
                BySchemars::Otherwise
            }
            said => said.unwrap_or(BySchemars::Otherwise),
        }
    }

    /// The type of ours that schemars is told to take it for.
    pub fn plainly(&self) -> &'static str {
        match self.types {
            Types::STRING => "String",
            Types::INTEGER => "i64",
            Types::NUMBER => "f64",
            _ => "serde_json::Value",
        }
    }
}

/// A type and how it is read, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "type")]
    path: String,
    via: Option<Via>,
    with: Option<String>,
}

impl<'de> Deserialize<'de> for Foreign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// Takes a path, or a table.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Foreign;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the path of a Rust type, or a table of `type` with `via` or `with`")
    }

    fn visit_str<E: Error>(self, path: &str) -> Result<Foreign, E> {
        Ok(path.into())
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Foreign, M::Error> {
        let Table { path, via, with } = Table::deserialize(MapAccessDeserializer::new(map))?;
        match (via, with) {
            (Some(_), Some(_)) => Err(M::Error::custom("a type has one of `via` and `with`")),
            (Some(via), None) => Ok(Foreign { path, via }),
            (None, Some(module)) => Ok(Foreign { path, via: Via::With(module) }),
            (None, None) => Ok(path.into()),
        }
    }
}

/// The type at a path, read and written as it is known to be, or else from and to strings.
impl<T: Into<String>> From<T> for Foreign {
    fn from(path: T) -> Self {
        let path: String = path.into();
        let via = known::of(&path).map_or(Via::Str, |known| known.via.clone());
        Self { path, via }
    }
}

impl Foreign {
    /// A type by its path, and how it is read and written.
    pub fn new(path: impl Into<String>, via: Via) -> Self {
        Self { path: path.into(), via }
    }

    /// The path of the type.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How it is read and written.
    pub fn via(&self) -> &Via {
        &self.via
    }

    /// What is known of it, if it is read and written as it is known to be.
    pub(crate) fn known(&self) -> Option<&'static Known> {
        known::of(&self.path).filter(|known| known.via == self.via)
    }

    /// The type, as it is written.
    pub(crate) fn ty(&self) -> syn::Type {
        // What is no type is refused before.
        syn::parse_str(&self.path).unwrap_or_else(|_| syn::parse_quote!(()))
    }

    /// Why it cannot be used, if so.
    pub fn fault(&self) -> Option<String> {
        if syn::parse_str::<syn::TypePath>(&self.path).is_err() {
            return Some(format!("`{}` is no path of a Rust type", self.path));
        }
        match &self.via {
            Via::With(module) if syn::parse_str::<syn::Path>(module).is_err() => {
                Some(format!("`{module}` is no path of a module"))
            }
            _ => None,
        }
    }
}
