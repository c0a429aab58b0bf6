//! The texts of dates and times that RFC 3339 has, as the formats `date` and `date-time` do: what the crates of dates read
//! besides is refused, since it would not come back. What months and hours there are the crates know.

/// Whether a text is a `full-date` by its form.
pub fn is_date(text: &str) -> bool {
    has_form(text.as_bytes(), b"0000-00-00")
}

/// Whether a text is a `date-time` by its form.
pub fn is_date_time(text: &str) -> bool {
    const SECONDS: &[u8] = b"0000-00-00T00:00:00";
    let Some((begin, rest)) = text.as_bytes().split_at_checked(SECONDS.len()) else { return false };
    let offset = match rest.strip_prefix(b".") {
        Some(fraction) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        None => rest,
    };
    has_form(begin, SECONDS)
        && (matches!(offset, b"Z" | b"z") || has_form(offset, b"+00:00") || has_form(offset, b"-00:00"))
}

/// Whether there is a digit for each `0`, and all else is the same but for case.
fn has_form(text: &[u8], form: &[u8]) -> bool {
    let is_same = |(found, wanted): (&u8, &u8)| match wanted {
        b'0' => found.is_ascii_digit(),
        _ => found.eq_ignore_ascii_case(wanted),
    };
    text.len() == form.len() && text.iter().zip(form).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time};

    #[test]
    fn forms_are_those_of_the_rfc() {
        let times = ["2026-01-31T10:20:30Z", "2026-01-31t10:20:30.123456789z", "2026-01-31T10:20:30.5-01:30"];
        assert!(times.into_iter().all(is_date_time) && is_date("2026-01-31"));
        for wrong in [
            "2026-01-31",
            "2026-01-31 10:20:30Z",
            "2026-01-31T10:20:30",
            "2026-01-31T10:20Z",
            "2026-01-31T10:20:30.Z",
            "2026-01-31T10:20:30+01",
            "2026-01-31T10:20:30+01:00[Europe/Berlin]",
            "20260131T102030Z",
            "",
            "2026-01-3éT10:20:30Z",
        ] {
            assert!(!is_date_time(wrong), "{wrong}");
        }
        for wrong in ["2026-1-31", "2026-01-31T10:20:30Z", "2026/01/31", "+2026-01-31"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
