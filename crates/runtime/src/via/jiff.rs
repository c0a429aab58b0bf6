use jiff::Timestamp;
use jiff::civil::Date;

use super::rfc3339::{is_date, is_date_time};
use super::text::read_known;
use crate::input::{Input, Read};

impl Read for Timestamp {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        let parsed = |text: &str| is_date_time(text).then(|| text.parse().ok()).flatten();
        read_known(input, "a date and time of RFC 3339", parsed)
    }
}

impl Read for Date {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        let parsed = |text: &str| is_date(text).then(|| text.parse().ok()).flatten();
        read_known(input, "a date of RFC 3339", parsed)
    }
}
