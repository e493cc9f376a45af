//! A folder -> its layout, its settings, its pages. Floor 3.
//!
//! In come the files of a project and what was asked for on the command line; out comes an [`Opened`]. The steps:
//! [`detect`] tells whose folder it is, [`program`] runs settings that are a program, [`vuepress`] and [`vitepress`] read
//! settings in their own shapes, [`functions`] tells what functions in them do,
//! [`plugins`] says what becomes of plugins, [`inputs`] tells pages from other files.

mod detect;
mod dynamic;
mod edit_link;
mod fallback;
mod folders;
mod functions;
mod inputs;
mod language;
mod markdown;
mod plugins;
mod program;
mod rewriting;
mod search;
mod text;
mod vitepress;
mod vuepress;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::base::{SourcePath, Span};
use crate::config::{Config, Document, Fields, Format, FrameConfig, Layout, LocaleConfig, languages, native};
use crate::diag::Diagnostic;
use crate::script::Environment;
use crate::vfs::{Files, Listing, Unread};

pub use detect::BESIDE;
pub use inputs::{Inputs, MadePage};
pub use program::Kept;

/// What the command line asks for; it wins over the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The layout, if it is not to be told from the files.
    pub layout: Option<Layout>,
    /// The folder of the site in the project, if it is not to be looked for: the one that holds `.vuepress` or `.vitepress`.
    pub folder: Option<SourcePath>,
    /// The output folder, seen from the project's folder, or absolute.
    pub out_dir: Option<String>,
    /// The path under which the site is published.
    pub base: Option<String>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether pictures are shown as they are, and no cards are drawn: for somebody who writes, and does not wait.
    pub originals: bool,
    /// Where the site will be published, as far as the machine that builds it can tell; the settings know better.
    pub origin: Option<String>,
    /// The nearest `package.json` above the project, which tells the version of VuePress if the project is the `docs`
    /// folder of a repository.
    pub package: Option<String>,
    /// The time that settings may ask for, in milliseconds since 1970.
    pub now: u64,
    /// The variables of the environment, which settings may ask for.
    pub variables: BTreeMap<String, String>,
}

impl Request {
    /// What programs of the project may know of the world.
    fn environment(&self) -> Environment {
        let (package, variables) = (self.package.clone(), self.variables.clone());
        Environment { now: self.now, package, variables, ..Environment::default() }
    }
}

/// What is at hand while a project is opened.
struct Opening<'o> {
    files: &'o dyn Files,
    /// All of them, sorted.
    listing: &'o [SourcePath],
    request: &'o Request,
    kept: &'o mut Kept,
    diagnostics: &'o mut Vec<Diagnostic>,
}

/// A project that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its settings.
    pub config: Config,
    /// Its files.
    pub inputs: Inputs,
    /// Every file of the project, its settings and theme among them.
    pub files: Vec<SourcePath>,
    /// Files and folders that are links: where they really lie, and their names.
    pub links: Vec<(SourcePath, SourcePath)>,
    /// What is wrong with its settings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Opens a project. It always has settings; where they are wrong there are diagnostics.
pub fn open(files: &dyn Files, request: &Request) -> Opened {
    open_again(files, request, &mut Kept::default())
}

/// Opens a project that was opened before: settings that are a program are run only if they would see something new.
pub fn open_again(files: &dyn Files, request: &Request, kept: &mut Kept) -> Opened {
    let mut diagnostics = Vec::new();
    let listing = files.list().unwrap_or_else(|error| {
        diagnostics.push(
            Diagnostic::error("unreadable-folder", format!("the folder cannot be read: {error}"))
                .help("check that it is there and that you may read it"),
        );
        Listing::default()
    });
    let project = detect::detect(files, &listing.files, request, &mut diagnostics);
    let mut document = |project: &detect::Found, diagnostics: &mut Vec<Diagnostic>| match &project.settings {
        Some(path) if Format::of(path).is_none() => {
            program::read(files, &listing.files, path, request, kept, diagnostics)
        }
        path => read(files, path.as_ref(), diagnostics),
    };
    let mut rewrites_itself = false;
    let config = match project.layout {
        Layout::Native => match read(files, project.settings.as_ref(), &mut diagnostics) {
            Some(document) => native::settle(&document, &mut diagnostics),
            None => at(native::defaults(Layout::Native, "en-US"), "content"),
        },
        Layout::VuePress1 | Layout::VuePress2 => {
            let document = document(&project, &mut diagnostics);
            vuepress::settle(&project, document.as_ref(), &mut diagnostics)
        }
        Layout::VitePress => {
            let document = document(&project, &mut diagnostics).map(|mut document| {
                let mut folders = Vec::new();
                let found = vitepress::additional::files(&project, &document, &listing.files);
                program::run_all(files, &listing.files, found.iter().map(|(_, path)| *path), request, kept);
                for (folder, path) in found {
                    let own = program::of_folder(files, &listing.files, path, request, kept, &mut diagnostics);
                    if let Some((values, text)) = own {
                        document.others.push((path.clone(), text));
                        folders.push((folder, values));
                    }
                }
                vitepress::additional::merge(&mut document, folders, &mut diagnostics);
                document
            });
            rewrites_itself = document.as_ref().is_some_and(rewriting::is_function);
            vitepress::settle(&project, document.as_ref(), &mut diagnostics)
        }
        Layout::Bare => native::defaults(Layout::Bare, "en-US"),
    };
    diagnostics.extend(detect::programs_of_pages(&project, &listing.files));
    once(&mut diagnostics);
    let config = match config.project.settings {
        Some(_) => config,
        None => spoken(config, language::guess(files, &listing.files)),
    };
    let config = requested(config, request);
    diagnostics.extend(listing.problems.iter().filter_map(|(path, why)| unread(path, why, &config)));
    let holds_pages =
        match SourcePath::new(&config.project.out_dir).filter(|_| !config.project.out_dir.starts_with('/')) {
            Some(output) => config.project.content == output || config.project.content.below(&output).is_some(),
            None => false,
        };
    if holds_pages {
        diagnostics.push(
            Diagnostic::error(
                "output-is-content",
                format!("the site cannot be written to `{}`: that folder holds the pages", config.project.out_dir),
            )
            .help("name another one with `--out-dir`, or with `output:` in the settings"),
        );
    }
    let mut inputs = inputs::inputs(&config, &listing, &mut diagnostics);
    let mut opening = Opening { files, listing: &listing.files, request, kept, diagnostics: &mut diagnostics };
    dynamic::routes(&mut inputs, &config, &mut opening);
    fallback::pages(&mut inputs, &config);
    let mut config = published(config, &inputs, files, request);
    if rewrites_itself {
        rewriting::by_function(&mut config, &inputs, &mut opening);
    }
    if inputs.pages.is_empty()
        && inputs.made.is_empty()
        && !diagnostics.iter().any(|found| matches!(&*found.code, "unreadable-folder" | "output-is-content"))
    {
        diagnostics.push(no_pages(&config));
    }
    Opened { config, inputs, files: listing.files, links: listing.links, diagnostics }
}

/// Whether a folder holds a site: settings, or pages.
pub fn holds_site(files: &dyn Files) -> bool {
    let request = Request::default();
    let paths = files.list().unwrap_or_default().files;
    let found = detect::detect(files, &paths, &request, &mut Vec::new());
    found.layout != Layout::Bare || !open(files, &request).inputs.pages.is_empty()
}

/// Something of the project that could not be read, if it would be part of the site.
fn unread(path: &SourcePath, why: &Unread, config: &Config) -> Option<Diagnostic> {
    let project = &config.project;
    let is_wanted = |below: &str| !below.split('/').any(|name| name.starts_with('.'));
    let mut public = project.public.iter();
    let in_public = public.any(|folder| path == folder || path.below(folder).is_some_and(is_wanted));
    let is_output = SourcePath::new(&project.out_dir).is_some_and(|output| output == *path);
    if is_output || !in_public && !path.below(&project.content).is_some_and(is_wanted) {
        return None;
    }
    let (reason, help) = match why {
        Unread::DeadLink => (
            format!("`{path}` is a link to a file that is not there"),
            "it is left out: put the file itself in its place, or delete the link",
        ),
        Unread::LinkOut => (
            format!("`{path}` is a link that leads out of the project"),
            "it is left out: put the files themselves in its place, or delete the link",
        ),
        Unread::LinkHidden => (
            format!("`{path}` is a link to something hidden"),
            "it is left out: what begins with a dot, such as `.git` or `.env`, is published under its own name only",
        ),
        Unread::Name => {
            (format!("the name of `{path}` cannot be read"), "it is left out: rename the file with letters of Unicode")
        }
        Unread::Other(reason) => {
            (format!("`{path}` cannot be read: {reason}"), "it is left out: see whether you have the right to read it")
        }
    };
    Some(Diagnostic::warning("unreadable-file", reason).help(help))
}

/// What to do about a project without a page.
fn no_pages(config: &Config) -> Diagnostic {
    let content = &config.project.content;
    let folder = match content.as_str() {
        "" => "this folder".to_owned(),
        content => format!("`{content}/`"),
    };
    let first = content.join("README.md").unwrap_or_else(SourcePath::root);
    let elsewhere = match (&config.project.layout, &config.project.settings) {
        (Layout::Native, Some(settings)) => format!("say in `{settings}` where the pages are: `content: docs`"),
        _ => "name the folder that holds the pages after the command".to_owned(),
    };
    Diagnostic::error("no-pages", format!("there is no Markdown file in {folder}"))
        .help(format!("write a page, `{first}`, or {elsewhere}"))
}

/// Reads a settings file.
fn read(files: &dyn Files, path: Option<&SourcePath>, diagnostics: &mut Vec<Diagnostic>) -> Option<Document> {
    let path = path?;
    let format = Format::of(path)?;
    match files.read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let (document, found) = Document::read(path, &text, format);
            diagnostics.extend(found);
            if let std::borrow::Cow::Owned(mended) = &text {
                let at = mended.find('\u{fffd}').unwrap_or(0);
                let before = mended[..at].trim_start_matches('\u{feff}').replace("\r\n", "\n").len();
                diagnostics.push(
                    Diagnostic::warning("invalid-text", "the settings have letters that are not UTF-8")
                        .at(Span::new(path.clone(), before..before + '\u{fffd}'.len_utf8()))
                        .help("save the file as UTF-8 and write the letter again"),
                );
            }
            Some(document)
        }
        Err(error) => {
            diagnostics.push(
                Diagnostic::error("unreadable-file", format!("`{path}` cannot be read: {error}"))
                    .help("check the permissions of the file"),
            );
            None
        }
    }
}

/// The same settings, with another language.
fn spoken(mut config: Config, lang: &str) -> Config {
    for locale in &mut Arc::make_mut(&mut config.site).locales {
        locale.lang = lang.to_owned();
    }
    Arc::make_mut(&mut config.markdown).languages = languages(&config.site.locales);
    config
}

/// The same settings, with the pages in another folder.
fn at(mut config: Config, content: &str) -> Config {
    if let Some(content) = SourcePath::new(content) {
        Arc::make_mut(&mut config.project).content = content;
    }
    config
}

/// What the command line asks for wins.
fn requested(mut config: Config, request: &Request) -> Config {
    let project = Arc::make_mut(&mut config.project);
    if let Some(out_dir) = &request.out_dir {
        project.out_dir.clone_from(out_dir);
    }
    project.drafts |= request.drafts;
    if request.originals {
        let theme = Arc::make_mut(&mut config.theme);
        (theme.images.smaller, theme.cards) = (None, None);
    }
    if request.base.is_some() {
        Arc::make_mut(&mut config.site).base = native::base(request.base.clone());
    }
    config
}

/// The same settings with the address of the site, if they do not tell it and something else does: the host that `CNAME` names, or the
/// machine that builds the site.
fn published(mut config: Config, inputs: &Inputs, files: &dyn Files, request: &Request) -> Config {
    if config.site.url.is_some() {
        return config;
    }
    let at_root = |file: &&SourcePath| file.below(&config.project.content) == Some("CNAME");
    let public = inputs.public.iter().find(|(_, out)| out == "CNAME").map(|(file, _)| file);
    let of_file = || {
        let text = files.read(public.or_else(|| inputs.files.iter().find(at_root))?).ok()?;
        let text = String::from_utf8(text).ok()?;
        text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
    };
    let named = config.site.publish.cname.clone().or_else(of_file).map(|host| format!("https://{host}"));
    let url = named.filter(|url| native::is_url(url)).or_else(|| request.origin.clone());
    Arc::make_mut(&mut config.site).url = url.map(|url| url.trim_end_matches('/').to_owned());
    config
}

/// A language of the site, and what surrounds its pages.
#[derive(Clone, Debug)]
struct Language {
    locale: LocaleConfig,
    frame: FrameConfig,
}

/// Settings of these languages, as written; the one of the root comes first and is always there.
fn with_languages(mut config: Config, mut languages: Vec<Language>, root: Language) -> Config {
    let root = match languages.iter().position(|language| language.locale.prefix == "/") {
        Some(index) => languages.remove(index),
        // Pages beside the folders of all languages are of none that readers choose.
        None => Language { locale: LocaleConfig { listed: languages.is_empty(), ..root.locale }, ..root },
    };
    let theme = Arc::make_mut(&mut config.theme);
    theme.frame = root.frame;
    let mut locales = vec![root.locale];
    for Language { locale, frame } in languages {
        locales.push(locale);
        theme.others.push(frame);
    }
    Arc::make_mut(&mut config.markdown).languages = self::languages(&locales);
    Arc::make_mut(&mut config.site).locales = locales;
    config
}

/// A text that stands before a date or names, with the colon that VuePress and VitePress put after it.
fn before_value(text: &str, lang: &str) -> String {
    let text = text.trim_end();
    if text.ends_with([':', '：']) || text.is_empty() {
        return text.to_owned();
    }
    let colon = match lang.split('-').next() {
        Some("fr") => "\u{a0}:",
        Some("zh" | "ja") => "：",
        _ => ":",
    };
    format!("{text}{colon}")
}

/// Counts settings as used that say what is so here in any case: that something is wanted which is there, or that
/// something is not wanted which is not.
fn skip_if(fields: &mut Fields<'_>, value: bool, names: &[&str]) {
    for name in names {
        if fields.is(name, value) {
            fields.skip(&[name]);
        }
    }
}

/// What is not used is told once, not once a language.
fn once(diagnostics: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    diagnostics.retain(|found| {
        !matches!(&*found.code, "setting-ignored" | "plugin-not-used") || told.insert(found.message.clone())
    });
}

/// What pages may show of `themeConfig`: all but menus, which they have around them, and what a program says.
fn theme_data(document: &Document) -> Mapping {
    let menus = ["nav", "navbar", "sidebar", "locales"];
    let written = document.values.get("themeConfig").and_then(Value::as_mapping);
    let is_data = |(key, value): &(&Value, &Value)| {
        !key.as_str().is_some_and(|key| menus.contains(&key)) && !crate::config::is_program(value)
    };
    let kept = written.into_iter().flatten().filter(is_data);
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests;
