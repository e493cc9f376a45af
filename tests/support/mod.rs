//! What several tests share: a project in memory that can be edited while an engine holds it.

#![allow(dead_code, reason = "each test uses its part of it")]
#![allow(clippy::disallowed_types, reason = "an engine and a test share the files")]

pub mod command;
pub mod program;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use pressoir::base::{SourcePath, Span};
use pressoir::build::{Build, Engine};
use pressoir::compat::Request;
use pressoir::vfs::{Changes, Files, History, Listing};

/// Where a project says which commit it stands at.
const COMMIT: &str = ".git/HEAD";

/// A project in memory. Clones share their files.
#[derive(Clone, Default)]
pub struct Project(Arc<Mutex<BTreeMap<SourcePath, Vec<u8>>>>);

impl Project {
    /// A project of these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Project {
        let project = Project::default();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> SourcePath {
        let path = SourcePath::new(path).expect("a path inside the project");
        self.0.lock().expect("no test panics while it writes").insert(path.clone(), text.as_ref().to_vec());
        path
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) -> SourcePath {
        let path = SourcePath::new(path).expect("a path inside the project");
        self.0.lock().expect("no test panics while it writes").remove(&path);
        path
    }

    /// Removes a folder; returns the paths that went.
    pub fn remove_folder(&self, folder: &str) -> Vec<SourcePath> {
        let folder = SourcePath::new(folder).expect("a path inside the project");
        let mut files = self.0.lock().expect("no test panics while it writes");
        let gone: Vec<SourcePath> = files.keys().filter(|path| path.below(&folder).is_some()).cloned().collect();
        gone.iter().for_each(|path| _ = files.remove(path));
        gone
    }

    /// From now on it is a repository that stands at this commit, whose history is made of its name.
    pub fn commit(&self, name: &str) {
        self.write(COMMIT, name);
    }

    /// Renames a folder, over what lies in the new one; returns the paths that came and went.
    pub fn rename(&self, from: &str, to: &str) -> Vec<SourcePath> {
        let folder = SourcePath::new(from).expect("a path inside the project");
        let mut files = self.0.lock().expect("no test panics while it writes");
        let mut changed: Vec<SourcePath> = files.keys().filter(|path| path.below(&folder).is_some()).cloned().collect();
        for index in 0..changed.len() {
            let below = changed[index].below(&folder).expect("it was chosen so").to_owned();
            let new = SourcePath::new(&format!("{to}/{below}")).expect("a path inside the project");
            let text = files.remove(&changed[index]).expect("it is there");
            files.insert(new.clone(), text);
            changed.push(new);
        }
        changed
    }

    /// An engine for the project.
    pub fn engine(&self) -> Engine {
        self.engine_for(Request::default())
    }

    /// An engine that was asked for something.
    pub fn engine_for(&self, request: Request) -> Engine {
        Engine::new(Box::new(self.clone()), request)
    }

    /// A cold build.
    pub fn build(&self) -> Build {
        self.engine().build()
    }
}

impl Files for Project {
    fn list(&self) -> io::Result<Listing> {
        let files = self.0.lock().expect("no test panics while it writes");
        let files = files.keys().filter(|path| path.as_str() != COMMIT).cloned().collect();
        Ok(Listing { files, ..Listing::default() })
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let files = self.0.lock().expect("no test panics while it writes");
        files.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn revision(&self) -> Option<String> {
        let name = self.read(&SourcePath::new(COMMIT)?).ok()?;
        Some(String::from_utf8_lossy(&name).into_owned())
    }

    fn history(&self, below: &SourcePath) -> History {
        let Some(commit) = self.revision() else { return History::new() };
        let last = commit.bytes().map(i64::from).sum::<i64>() * 1_000_000;
        let files = self.list().map_or_else(|_| Vec::new(), |listing| listing.files);
        let pages = files.into_iter().filter(|path| path.below(below).is_some() && path.extension() == "md");
        pages.map(|path| (path, Changes { last, authors: vec![commit.as_str().into()] })).collect()
    }
}

/// The text of an output file.
pub fn page(build: &Build, path: &str) -> Option<String> {
    let (_, artefact) = build.output.iter().find(|(out, _)| out.as_str() == path)?;
    match &artefact.body {
        pressoir::artefact::Body::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        pressoir::artefact::Body::Copy(path) => Some(format!("copy of {path}")),
    }
}

/// What stands in the content element of a page, without white space around it.
pub fn article(html: &str) -> Option<&str> {
    let start = html.find("<article class=\"prose\"")?;
    let start = start + html[start..].find('>')? + 1;
    let end = start + html[start..].rfind("</article>")?;
    Some(html[start..end].trim())
}

fn place(span: &Span, engine: &Engine) -> String {
    let source = engine.text(&span.file).unwrap_or_default();
    let at = pressoir::base::line_column(&source, span.start as usize);
    format!("{}:{}:{}", span.file, at.line, at.column)
}

/// The findings of a build, one a line: `path:line:column: severity[code]: message`.
pub fn findings(build: &Build, engine: &Engine) -> String {
    let mut text = String::new();
    for diagnostic in build.report.diagnostics() {
        let at = diagnostic.span.as_ref().map_or("-".to_owned(), |span| place(span, engine));
        let severity = format!("{:?}", diagnostic.severity).to_lowercase();
        text.push_str(&format!("{at}: {severity}[{}]: {}\n", diagnostic.code, diagnostic.message));
        for label in &diagnostic.labels {
            text.push_str(&format!("  {}: {}\n", place(&label.span, engine), label.message));
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("  help: {help}\n"));
        }
    }
    text
}
