//! An instance that is shown.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// An instance, and how it is written where memory does not hold all digits of its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    value: Value,
    written: Option<String>,
}

impl Instance {
    /// The instance that a JSON text says; `None` if it is none.
    pub fn written(text: String) -> Option<Self> {
        Some(Self { value: serde_json::from_str(&text).ok()?, written: Some(text) })
    }
}

impl From<Value> for Instance {
    fn from(value: Value) -> Self {
        Self { value, written: None }
    }
}

/// As far as memory holds it.
impl Deref for Instance {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

/// Its JSON text, with all digits.
impl fmt::Display for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match &self.written {
            Some(text) => formatter.write_str(text),
            None => self.value.fmt(formatter),
        }
    }
}

impl Serialize for Instance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.written.as_ref().and_then(|text| RawValue::from_string(text.clone()).ok()) {
            Some(written) => written.serialize(serializer),
            None => self.value.serialize(serializer),
        }
    }
}
