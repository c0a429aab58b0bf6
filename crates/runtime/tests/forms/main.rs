//! Every form that a declaration can say: what it reads, through every door, what it refuses and with which words, and
//! that what it reads is what serde's derive writes.
#![cfg(feature = "guard")]
#![allow(clippy::option_option, reason = "absent and null are told apart")]

mod handed_on;
mod objects;
mod told_apart;
mod twice;
mod untagged;

use std::fmt::Debug;

use isomorph_runtime::{Buffered, Read};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a text is read as, or why not: through every door the same.
fn read<T: DeserializeOwned + Read + Serialize + TryFrom<Value>>(text: &str) -> Result<T, String> {
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let words = |error: serde_json::Error| {
        let error = error.to_string();
        error.split(" at line ").next().unwrap_or_default().to_owned()
    };
    let read = serde_json::from_str::<T>(text).map_err(words);
    let doors = [
        serde_json::from_slice::<T>(text.as_bytes()).map_err(words),
        serde_json::from_reader::<_, T>(text.as_bytes()).map_err(words),
        serde_json::from_value::<T>(value.clone()).map_err(words),
        T::read(Buffered::<false>(&value)).map_err(|refusal| refusal.to_string()),
        isomorph_runtime::from_str::<T>(text).map_err(|error| without_place(&error)),
        T::try_from(value.clone()).map_err(|_| read.as_ref().err().cloned().unwrap_or_default()),
    ];
    let json = |read: &Result<T, String>| {
        read.as_ref().map(|read| serde_json::to_string(read).unwrap()).map_err(Clone::clone)
    };
    for (index, door) in doors.iter().enumerate() {
        assert_eq!(json(door), json(&read), "door {index} of {text}");
    }
    if let Ok(read) = &read {
        let trusted =
            T::read(Buffered::<true>(&value)).ok().map(|read| serde_json::to_string(&read).unwrap());
        assert_eq!(trusted, serde_json::to_string(read).ok(), "trusted: {text}");
    }
    read
}

/// What an error says, less the line and the column.
fn without_place(error: &isomorph_runtime::ReadError) -> String {
    let said = error.to_string();
    said.split_once(" at line ").map_or(said.clone(), |(reason, _)| reason.to_owned())
}

/// Holds a type to what it is to read, each as it is written again, and to what it is to refuse, each with its reason.
fn holds<T>(reads: &[(&str, T)], refuses: &[(&str, &str)])
where
    T: DeserializeOwned + Read + Serialize + TryFrom<Value> + PartialEq + Debug,
{
    for (text, expected) in reads {
        let value = read::<T>(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value, *expected, "{text}");
        let (written, source): (Value, Value) =
            (serde_json::to_value(&value).unwrap(), serde_json::from_str(text).unwrap());
        assert_eq!(written, source, "what was read is written");
    }
    for (text, reason) in refuses {
        assert_eq!(read::<T>(text).unwrap_err(), *reason, "{text}");
    }
}
