//! Days in words: `2026-01-31` is `31 January 2026`.

/// How a language writes days.
pub(super) struct Dates {
    /// `:day :month :year`.
    pattern: String,
    first_day: String,
    months: Vec<String>,
}

impl Dates {
    /// As the words of the theme have it.
    pub(super) fn new<'t>(word: impl Fn(&str) -> &'t str) -> Dates {
        let months = word("months").split(',').map(|month| month.trim().to_owned()).collect();
        Dates { pattern: word("date").to_owned(), first_day: word("first_day").to_owned(), months }
    }

    /// A day that is written as `2026-01-31`, perhaps with an hour; `None` for anything else.
    pub(super) fn in_words(&self, day: &str) -> Option<String> {
        let (date, hour) = day.split_at_checked(10)?;
        if !(hour.is_empty() || hour.starts_with(['T', ' '])) {
            return None;
        }
        let mut parts = date.split('-').map(|part| part.parse::<usize>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let month = self.months.get(month.checked_sub(1)?)?;
        let day = match day {
            0 | 32.. => return None,
            1 => self.first_day.clone(),
            _ => day.to_string(),
        };
        let filled = self.pattern.replace(":day", &day).replace(":month", month).replace(":year", &year.to_string());
        Some(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::default_theme;

    #[test]
    fn every_language_has_its_way() {
        let theme = default_theme();
        let in_words = |lang: &str, day: &str| Dates::new(|key| theme.texts.get(lang, &[], key)).in_words(day);
        for (lang, want) in [
            ("ar", "29 فبراير 2024"),
            ("de", "29. Februar 2024"),
            ("en", "29 February 2024"),
            ("es", "29 de febrero de 2024"),
            ("fr", "29 février 2024"),
            ("it", "29 febbraio 2024"),
            ("ja", "2024年2月29日"),
            ("ko", "2024년 2월 29일"),
            ("nl", "29 februari 2024"),
            ("pl", "29 lutego 2024"),
            ("pt", "29 de fevereiro de 2024"),
            ("ru", "29 февраля 2024"),
            ("tr", "29 Şubat 2024"),
            ("uk", "29 лютого 2024"),
            ("vi", "ngày 29 tháng 2 năm 2024"),
            ("zh", "2024年2月29日"),
        ] {
            assert_eq!(in_words(lang, "2024-02-29").as_deref(), Some(want), "{lang}");
            assert!(in_words(lang, "2024-12-02").is_some() && in_words(lang, "2024-13-02").is_none(), "{lang}");
        }
        assert_eq!(in_words("fr", "2024-05-01T10:00:00Z").as_deref(), Some("1er mai 2024"));
        for other in ["yesterday", "2024", "2024-02-00", "2024-02-291", "au printemps 2024"] {
            assert_eq!(in_words("fr", other), None, "{other}");
        }
    }
}
