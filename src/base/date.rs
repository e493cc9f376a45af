//! Days of the calendar, and moments.

/// The day of a moment, seconds since 1970 in UTC: `2026-01-31`.
pub fn iso_date(seconds: i64) -> String {
    // Years are counted from the first of March, so that the day that some years have more comes last in one; eras are the
    // 400 years after which the calendar repeats itself.
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The moment that is written like `2026-01-31`, `2026-01-31 10:00` or `2026-01-31T10:00:00+02:00`, in seconds since 1970. Without
/// a zone it is taken for UTC, as YAML has it. `None`: it is no day of the calendar.
pub fn moment(written: &str) -> Option<i64> {
    let (year, rest) = number(written.trim(), 4, 4)?;
    let (month, rest) = number(rest.strip_prefix(['-', '/'])?, 1, 2)?;
    let (day, rest) = number(rest.strip_prefix(['-', '/'])?, 1, 2)?;
    let midnight = days(year, month, day).checked_mul(86_400)?;
    // A day that a month does not have would be one of the next month.
    let is_day = (1..=12).contains(&month) && iso_date(midnight) == format!("{year:04}-{month:02}-{day:02}");
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start();
    let (seconds, zone) = if rest.is_empty() { (0, "") } else { time(rest)? };
    is_day.then_some(midnight + seconds - offset(zone)?)
}

/// The seconds of `10:00`, `10:00:30` or `10:00:30.5`, and what follows.
fn time(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = number(text, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2, 2)?,
        None => (0, rest),
    };
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|char: char| char.is_ascii_digit()));
    (hour < 24 && minute < 60 && second < 61).then_some((hour * 3600 + minute * 60 + second, rest.trim()))
}

/// How many seconds a zone is before UTC: `Z`, `+02:00`, `-0500`, `+2`.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, rest) = number(zone.strip_prefix(['+', '-'])?, 1, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minutes, rest) = if rest.is_empty() { (0, rest) } else { number(rest, 2, 2)? };
    (rest.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The number at the start of a text, of so many digits, and what follows.
fn number(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (digits >= least).then(|| text[..digits].parse().ok().map(|number| (number, &text[digits..])))?
}

/// The days from 1970 to a day; the inverse of [`iso_date`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468
}

/// A moment as Atom and Open Graph have it (RFC 3339): `2026-01-31T10:00:00Z`.
pub fn rfc3339(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(86_400);
    format!("{}T{:02}:{:02}:{:02}Z", iso_date(seconds), of_day / 3600, of_day / 60 % 60, of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (written, want) in [
            ("1970-01-01", Some("1970-01-01T00:00:00Z")),
            ("2024-02-29", Some("2024-02-29T00:00:00Z")),
            ("2024-2-9", Some("2024-02-09T00:00:00Z")),
            ("2026/01/31 10:00", Some("2026-01-31T10:00:00Z")),
            ("2026-01-31T10:00:30.123Z", Some("2026-01-31T10:00:30Z")),
            ("2026-01-31 00:30:00 +02:00", Some("2026-01-30T22:30:00Z")),
            ("2026-01-31T23:00-0130", Some("2026-02-01T00:30:00Z")),
            ("1899-12-31", Some("1899-12-31T00:00:00Z")),
            ("2023-02-29", None),
            ("2024-13-01", None),
            ("2024-01", None),
            ("2024-01-01 at noon", None),
            ("2024-01-01T25:00", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(moment(written).map(rfc3339).as_deref(), want, "{written}");
        }
    }

    #[test]
    fn days() {
        for (seconds, want) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_799, "2024-02-28"),
            (1_709_164_800, "2024-02-29"),
            (4_107_542_400, "2100-03-01"),
            (1_767_225_599, "2025-12-31"),
        ] {
            assert_eq!(iso_date(seconds), want);
        }
    }
}
