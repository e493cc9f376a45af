//! `pressoir search [DIR] QUERY`: what the browser would find, ranked by the same rules from the same files.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::artefact::{Body, Output};
use crate::base::OutPath;
use crate::build::Build;
use crate::diag::Severity;
use crate::search::{Found, Hit, Reader, as_written};

use super::arguments::{Common, Search, SearchFormat};
use super::progress::Progress;
use super::settled::Settled;
use super::{Exit, Failure};

pub(super) fn run(options: &Search) -> Result<Exit, Failure> {
    let (folder, query) = asked(&options.words)?;
    let mut settled = Settled::new(&common(options, folder))?;
    settled.request.originals = true;
    let mut engine = settled.engine();
    let build = {
        let _progress = Progress::new(&settled.terminal, "Reading the site");
        engine.build()
    };
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
                settled.terminal.say("Nothing was found")?;
            }
            settled.terminal.answer(human(&found).as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}

/// The folder and the query that were typed: the first word is a folder if others follow and there is one of that name.
fn asked(words: &[String]) -> Result<(PathBuf, String), Failure> {
    let (first, others) = words.split_first().ok_or_else(|| Failure::Usage("what is looked for?".into()))?;
    if !others.is_empty() && Path::new(first).is_dir() {
        return Ok((first.into(), others.join(" ")));
    }
    // `I/O errors` and `.env files` are words.
    let is_path =
        ["/", "./", "../", "~"].iter().any(|start| first.starts_with(start)) || matches!(first.as_str(), "." | "..");
    if others.is_empty() && is_path && Path::new(first).is_dir() {
        return Err(Failure::Usage(format!("what is looked for in `{first}`? write it behind the folder")));
    }
    if !others.is_empty() && is_path {
        return Err(Failure::Usage(format!("there is no folder `{first}`")));
    }
    Ok((".".into(), words.join(" ")))
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
    let wanted = |lang: &str| {
        let is = |known: &str| known.eq_ignore_ascii_case(lang);
        let whole = locales.iter().position(|locale| is(&locale.lang) || is(locale.prefix.trim_matches('/')));
        whole.or_else(|| locales.iter().position(|locale| locale.lang.split('-').next().is_some_and(is)))
    };
    let found = match lang {
        None => Some(0),
        Some(lang) => wanted(lang),
    };
    let Some(index) = found else {
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
