//! `pressoir search [DIR] QUERY`: what the browser would find, ranked by the same rules from the same files.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::artefact::{Body, Output};
use crate::base::OutPath;
use crate::build::Build;
use crate::compat;
use crate::diag::Severity;
use crate::search::{Found, Hit, Reader, as_written, tokens};
use crate::vfs::Disk;

use super::arguments::{Common, Search, SearchFormat};
use super::progress::Progress;
use super::settled::Settled;
use super::terminal::Stream;
use super::{Exit, Failure};

pub(super) fn run(options: &Search) -> Result<Exit, Failure> {
    let (named, query) = asked(&options.words, Path::new("."))?;
    let mut settled = Settled::new(&common(options, named.clone().unwrap_or_else(|| ".".into())))?;
    settled.request.originals = true;
    let mut engine = settled.engine();
    let build = {
        let _progress = Progress::new(&settled.terminal, "Reading the site");
        engine.build()
    };
    if build.stats.pages == 0 {
        settled.terminal.report(&build.report, &|path| engine.text(path), settled.format, false, Stream::Messages)?;
        settled.terminal.say("There are no pages here that could be searched")?;
        return Ok(super::exit(&build, false));
    }
    if build.report.diagnostics().iter().any(|found| found.severity == Severity::Error) {
        settled
            .terminal
            .say("The site has errors, which `pressoir check` shows; what can be read of it is searched")?;
    }
    let folder = index(&build, options.lang.as_deref())?;
    let load = |name: &str| text(&build.output, &format!("{folder}{name}"));
    let found = Reader::open(&load).and_then(|reader| reader.search(&query, options.limit));
    let found = found.map_err(|wrong| Failure::Machine(wrong.to_string()))?;
    match options.format {
        SearchFormat::Json => settled.terminal.answer(json(&found).as_bytes())?,
        SearchFormat::Human => {
            for (word, meant) in &found.corrected {
                let seen = found.hits.iter().flat_map(texts);
                let (word, meant) = (as_written([query.as_str()], word), as_written(seen, meant));
                settled.terminal.say(&format!("Nobody wrote `{word}`; looked for `{meant}` and the like"))?;
            }
            if found.hits.is_empty() {
                settled.terminal.say(&nothing(named.as_deref(), &options.words))?;
            }
            settled.terminal.answer(human(&found).as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}

/// The folder that was typed, if one was, and the query. Of several words the first is a folder if it is written like one (`docs/`, `../docs`),
/// or if a site lies in the folder of that name, seen from `here`.
fn asked(words: &[String], here: &Path) -> Result<(Option<PathBuf>, String), Failure> {
    let (first, others) = words.split_first().ok_or_else(empty)?;
    let folder = here.join(first);
    let is_folder = !first.is_empty() && folder.is_dir();
    // `I/O errors` and `.env files` are words.
    let is_path = ["/", "./", "../", "~"].iter().any(|start| first.starts_with(start))
        || matches!(first.as_str(), "." | "..")
        || first.ends_with('/') && is_folder;
    if others.is_empty() && is_path && is_folder {
        return Err(Failure::Usage(format!("what is looked for in `{first}`? write it behind the folder")));
    }
    if !others.is_empty() && is_path && !is_folder {
        return Err(Failure::Usage(format!("there is no folder `{first}`")));
    }
    let is_named = !others.is_empty() && is_folder && (is_path || compat::holds_site(&Disk::new(&folder)));
    let query = if is_named { others.join(" ") } else { words.join(" ") };
    if query.trim().is_empty() {
        return Err(empty());
    }
    if tokens(&query).is_empty() {
        return Err(Failure::Usage(format!("`{query}` holds no word to look for: type letters or numbers")));
    }
    Ok((is_named.then(|| first.into()), query))
}

fn empty() -> Failure {
    Failure::Usage("what is looked for?".into())
}

/// What is said where nothing was found. The name of a folder may have been meant as a word.
fn nothing(named: Option<&Path>, words: &[String]) -> String {
    match named {
        None => "Nothing was found".to_owned(),
        Some(folder) if folder.to_string_lossy().contains('/') => {
            format!("Nothing was found in the site of `{}`", folder.display())
        }
        Some(folder) => format!(
            "Nothing was found in the site of `{}`; if that is a word to look for, put all of them between quotes: \"{}\"",
            folder.display(),
            words.join(" ")
        ),
    }
}

fn common(options: &Search, folder: PathBuf) -> Common {
    Common {
        folder,
        out_dir: None,
        base: None,
        layout: options.layout,
        drafts: options.drafts,
        strict: false,
        format: None,
        all: false,
        quiet: false,
        verbose: false,
        color: options.color,
    }
}

/// The folder of the index of a language: of the one that is named, else of the first.
fn index(build: &Build, lang: Option<&str>) -> Result<String, Failure> {
    let locales = &build.config.site.locales;
    let Some(index) = lang.map_or(Some(0), |lang| build.config.site.locale_named(lang)) else {
        let known: Vec<&str> = locales.iter().map(|locale| locale.lang.as_str()).collect();
        let lang = lang.unwrap_or_default();
        return Err(Failure::Usage(format!("the site has no language `{lang}`, only {}", known.join(", "))));
    };
    if !build.config.theme.frame(index).search {
        return Err(Failure::Usage("the settings say `search: false`: there is no index".into()));
    }
    Ok(format!("search{}", locales[index].prefix))
}

fn text(output: &Output, path: &str) -> Option<String> {
    match &output.get(&OutPath::new(path)?)?.body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Body::Copy(_) => None,
    }
}

/// What is read of a result.
fn texts(hit: &Hit) -> impl Iterator<Item = &str> {
    std::iter::once(&hit.excerpt.text).chain(&hit.trail).chain([&hit.title]).map(String::as_str)
}

/// A result as programs read it.
#[derive(Serialize)]
struct Row<'h> {
    url: String,
    page: &'h str,
    section: Option<&'h str>,
    excerpt: &'h str,
    score: u64,
}

fn json(found: &Found) -> String {
    let rows: Vec<Row<'_>> = found.hits.iter().map(row).collect();
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}

fn row(hit: &Hit) -> Row<'_> {
    Row {
        url: address(hit),
        page: &hit.title,
        section: hit.trail.last().map(String::as_str),
        excerpt: &hit.excerpt.text,
        score: hit.score,
    }
}

/// The address of a section, from the site's root.
fn address(hit: &Hit) -> String {
    match hit.id.is_empty() {
        true => format!("/{}", hit.url),
        false => format!("/{}#{}", hit.url, hit.id),
    }
}

fn human(found: &Found) -> String {
    let mut text = String::new();
    for (number, hit) in (1..).zip(&found.hits) {
        let trail = std::iter::once(hit.title.as_str()).chain(hit.trail.iter().map(String::as_str));
        let trail: Vec<&str> = trail.collect();
        text.push_str(&format!("{number:>2}. {}\n    {}\n", trail.join(" › "), address(hit)));
        if !hit.excerpt.text.is_empty() {
            text.push_str(&format!("    {}\n", hit.excerpt.text));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::arguments::Color;
    use super::*;

    #[test]
    fn the_first_word_is_a_folder_where_a_site_lies() {
        let here = tempfile::tempdir().expect("a folder");
        for (path, text) in [
            ("themes/site/theme.yml", ""),
            ("src/main.rs", ""),
            ("docs/README.md", "# A"),
            ("own/pressoir.yml", "content: pages"),
            ("old/.vuepress/config.js", ""),
        ] {
            let path = here.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            fs::write(path, text).expect("it is written");
        }
        for (words, want) in [
            (&["themes", "couleurs"][..], Ok((None, "themes couleurs"))),
            (&["src", "css"], Ok((None, "src css"))),
            (&["src/", "css"], Ok((Some("src/"), "css"))),
            (&["docs", "quiet", "room"], Ok((Some("docs"), "quiet room"))),
            (&["own", "room"], Ok((Some("own"), "room"))),
            (&["old", "room"], Ok((Some("old"), "room"))),
            (&["docs room"], Ok((None, "docs room"))),
            (&["docs"], Ok((None, "docs"))),
            (&["I/O", "errors"], Ok((None, "I/O errors"))),
            (&["and/", "or"], Ok((None, "and/ or"))),
            (&["./nowhere", "x"], Err("there is no folder `./nowhere`")),
            (&["./docs"], Err("what is looked for in `./docs`? write it behind the folder")),
            (&[""], Err("what is looked for?")),
            (&["  ", " "], Err("what is looked for?")),
            (&["docs", " "], Err("what is looked for?")),
            (&["🎉"], Err("`🎉` holds no word to look for: type letters or numbers")),
            (&["docs", "?!"], Err("`?!` holds no word to look for: type letters or numbers")),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let told = asked(&words, here.path()).map_err(|failure| match failure {
                Failure::Usage(message) | Failure::Machine(message) => message,
            });
            let want = want.map(|(folder, query)| (folder.map(PathBuf::from), query.to_owned()));
            assert_eq!(told, want.map_err(str::to_owned), "{words:?}");
        }
    }

    #[test]
    fn a_folder_without_pages_ends_as_in_other_commands() {
        let here = tempfile::tempdir().expect("a folder");
        let options = Search {
            words: vec![here.path().to_string_lossy().into_owned(), "room".to_owned()],
            limit: 3,
            lang: None,
            format: SearchFormat::Human,
            layout: None,
            drafts: false,
            color: Color::Never,
        };
        assert_eq!(run(&options).ok(), Some(Exit::Findings));
        fs::write(here.path().join("a.md"), "# A").expect("it is written");
        assert_eq!(run(&options).ok(), Some(Exit::Clean));
    }
}
