use serde::Serializer;
use serde::ser::Error;
use time::format_description::well_known::{self, Iso8601};
use time::{Date, OffsetDateTime};

use super::adapter::{ReadAs, WriteAs};
use super::rfc3339::{is_date, is_date_time};
use super::text::read_known;
use crate::input::Input;

/// Dates and times of the crate `time`, which has several ways to write them, as RFC 3339 does.
pub enum Rfc3339 {}

impl ReadAs<OffsetDateTime> for Rfc3339 {
    fn read_as<I: Input>(input: I) -> Result<OffsetDateTime, I::Error> {
        let parsed = |text: &str| {
            OffsetDateTime::parse(text, &well_known::Rfc3339).ok().filter(|_| is_date_time(text))
        };
        read_known(input, "a date and time of RFC 3339", parsed)
    }
}

impl WriteAs<OffsetDateTime> for Rfc3339 {
    fn write_as<S: Serializer>(value: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.format(&well_known::Rfc3339).map_err(S::Error::custom)?)
    }
}

impl ReadAs<Date> for Rfc3339 {
    fn read_as<I: Input>(input: I) -> Result<Date, I::Error> {
        let parsed = |text: &str| Date::parse(text, &Iso8601::DATE).ok().filter(|_| is_date(text));
        read_known(input, "a date of RFC 3339", parsed)
    }
}

impl WriteAs<Date> for Rfc3339 {
    fn write_as<S: Serializer>(value: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.format(&Iso8601::DATE).map_err(S::Error::custom)?)
    }
}
