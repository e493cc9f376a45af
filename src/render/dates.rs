//! Days as the theme's words say them.

use tera::Value;

/// A day, `2026-01-31`, as readers write it: `31 janvier 2026`; `None` if it is no such day or the words lack a month.
pub(super) fn in_words(day: &str, words: &Value) -> Option<String> {
    let (year, rest) = day.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let word = |key: &'static str| words.as_map()?.get(&key.into())?.as_str();
    let month = word("months")?.split_whitespace().nth(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day = match day.trim_start_matches('0') {
        "1" => word("first_day")?,
        day => day,
    };
    // Months are put in last: what stands in a word is no mark.
    let pattern = word("date")?;
    Some(pattern.replace(":day", day).replace(":year", year.trim_start_matches('0')).replace(":month", month))
}

/// The day that a text begins with: `2026-01-31` of `2026-01-31T10:00:00Z`.
pub(super) fn day(written: &str) -> Option<&str> {
    let day = written.trim().get(..10)?;
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?;
    let [year, month, number_of_day] = parts.as_slice() else { return None };
    let fits = year.len() == 4
        && number(year).is_some()
        && number(month).is_some_and(|month| (1..=12).contains(&month))
        && number(number_of_day).is_some_and(|day| (1..=31).contains(&day));
    fits.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::texts::Texts;

    #[test]
    fn every_language_writes_days_in_its_own_way() {
        let (texts, _) = Texts::new(&[], &Default::default());
        for (lang, first, other) in [
            ("ar", "1 يناير 2026", "28 نوفمبر 2026"),
            ("de", "1. Januar 2026", "28. November 2026"),
            ("en-US", "January 1, 2026", "November 28, 2026"),
            ("es", "1 de enero de 2026", "28 de noviembre de 2026"),
            ("fr-FR", "1er janvier 2026", "28 novembre 2026"),
            ("it", "1 gennaio 2026", "28 novembre 2026"),
            ("ja", "2026年1月1日", "2026年11月28日"),
            ("ko", "2026년 1월 1일", "2026년 11월 28일"),
            ("nl", "1 januari 2026", "28 november 2026"),
            ("pl", "1 stycznia 2026", "28 listopada 2026"),
            ("pt", "1 de janeiro de 2026", "28 de novembro de 2026"),
            ("ru", "1 января 2026 г.", "28 ноября 2026 г."),
            ("tr", "1 Ocak 2026", "28 Kasım 2026"),
            ("uk", "1 січня 2026 р.", "28 листопада 2026 р."),
            ("vi", "1 tháng 1, 2026", "28 tháng 11, 2026"),
            ("zh-CN", "2026年1月1日", "2026年11月28日"),
        ] {
            let words = texts.value(lang);
            assert_eq!(in_words("2026-01-01", &words).as_deref(), Some(first));
            assert_eq!(in_words("2026-11-28", &words).as_deref(), Some(other));
        }
        assert_eq!(in_words("2026-13-01", &texts.value("en")), None);
        assert_eq!(in_words("soon", &texts.value("en")), None);
    }

    #[test]
    fn days_that_front_matter_writes() {
        for (written, want) in [
            ("2024-01-31", Some("2024-01-31")),
            (" 2024-01-31T10:00:00Z", Some("2024-01-31")),
            ("2024-01-31 10:00:00", Some("2024-01-31")),
            ("2024-13-31", None),
            ("2024-1-31", None),
            ("last week, for all", None),
            ("no", None),
            ("été été été", None),
        ] {
            assert_eq!(day(written), want, "{written}");
        }
    }
}
