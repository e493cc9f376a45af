//! `pressoir explain`: what findings mean, and how to mend them.

use std::env;
use std::io::{self, Write as _};

use crate::diag::codes::{self, CODES, Code};
use crate::diag::manual::{self, Language};

use super::arguments::{Explain, LanguageName};
use super::{Exit, Failure, written};

pub(super) fn run(options: &Explain) -> Result<Exit, Failure> {
    let language = match options.lang {
        Some(LanguageName::En) => Language::English,
        Some(LanguageName::Fr) => Language::French,
        None if speaks_french() => Language::French,
        None => Language::English,
    };
    let text = match &options.code {
        Some(code) => explained(code, language)?,
        None => listed(language),
    };
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    Ok(Exit::Clean)
}

/// Whether the system speaks French, as POSIX tells: the first of these that says something decides.
pub(super) fn speaks_french() -> bool {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    said.into_iter().find(|value| !value.is_empty()).is_some_and(|value| value.starts_with("fr"))
}

/// What stands between brackets may be typed with them, as in `warning[dead-link]`.
fn bare(written: &str) -> &str {
    let inner = written.split_once('[').map_or(written, |(_, inner)| inner);
    inner.trim_end_matches(']').trim()
}

fn explained(written: &str, language: Language) -> Result<String, Failure> {
    let name = bare(written);
    let found = codes::find(name).and_then(|code| Some((code, manual::section(code.name, language)?)));
    let Some((code, section)) = found else {
        let near = codes::nearest(name).map_or_else(
            || "`pressoir explain` lists them all".to_owned(),
            |near| format!("Did you mean `{near}`? `pressoir explain` lists them all"),
        );
        return Err(Failure::Usage(format!("there is no finding `{name}`\n{near}")));
    };
    Ok(format!("{} ({})\n\n{}\n", code.name, code.level, section.text))
}

fn listed(language: Language) -> String {
    let width = CODES.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let line = |code: &Code| {
        let summary = manual::section(code.name, language).map(|section| section.summary).unwrap_or_default();
        format!("{:width$}  {:7}  {summary}\n", code.name, code.level.to_string())
    };
    CODES.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_messages_show_them() {
        for written in ["dead-link", "[dead-link]", "warning[dead-link]", " dead-link "] {
            assert_eq!(bare(written), "dead-link");
        }
    }

    #[test]
    fn every_finding_is_listed() {
        for language in [Language::English, Language::French] {
            let list = listed(language);
            assert_eq!(list.lines().count(), CODES.len());
            assert!(list.lines().all(|line| line.len() > 40), "{list}");
        }
    }
}
