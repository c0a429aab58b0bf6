use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::rfc3339::{is_date, is_date_time};
use super::text::read_known;
use crate::input::{Input, Read};

impl Read for DateTime<FixedOffset> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        let parsed = |text: &str| DateTime::parse_from_rfc3339(text).ok().filter(|_| is_date_time(text));
        read_known(input, "a date and time of RFC 3339", parsed)
    }
}

impl Read for DateTime<Utc> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        DateTime::<FixedOffset>::read(input).map(|time| time.to_utc())
    }
}

impl Read for NaiveDate {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        let parsed = |text: &str| text.parse().ok().filter(|_| is_date(text));
        read_known(input, "a date of RFC 3339", parsed)
    }
}
