//! Faults of links -> findings that say what to do.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{SourcePath, UrlPath};
use crate::diag::Diagnostic;
use crate::page::{Head, Link, LinkKind};

use super::address;
use super::links::{Fault, ids};
use super::suggestions::{Ids, Names, Suggestion};
use super::targets::{Target, Targets, split_name, stem};
use super::types::{Finding, LeftOut, PageId, Place, SiteInputs};

/// A link with a fault: its page, and its index there.
pub(super) struct Faulty {
    pub page: PageId,
    pub link: u32,
    pub fault: Fault,
}

/// The findings for these links, in their order.
pub(super) fn findings(
    faulty: Vec<Faulty>,
    heads: &[Arc<Head>],
    targets: &Targets<'_>,
    inputs: &SiteInputs,
    content: &SourcePath,
) -> Vec<Finding> {
    if faulty.is_empty() {
        return Vec::new();
    }
    let mut advice = Advice::new(heads, targets, inputs, content);
    // One dead link may stand on thousands of pages: each fault is thought about once.
    let mut faults: Vec<&Fault> = faulty.iter().map(|faulty| &faulty.fault).collect();
    faults.sort();
    faults.dedup();
    for fault in &faults {
        if let Fault::NoAnchor(page, _) = fault {
            advice.ids.entry(*page).or_insert_with(|| Ids::new(ids(&heads[page.0 as usize])));
        }
    }
    let hints: BTreeMap<&Fault, Option<Hint>> = faults.par_iter().map(|fault| (*fault, advice.hint(fault))).collect();
    let finding = |faulty: &Faulty| {
        let head = &heads[faulty.page.0 as usize];
        let link = &head.links[faulty.link as usize];
        let written = &link.target;
        // In an included file, what helps there helps on every page.
        let file = link.written_in.as_ref().unwrap_or(&head.path);
        let hint = advice.unescaped(&faulty.fault, written, head).or(hints[&faulty.fault]);
        let diagnostic = diagnostic(&faulty.fault, written, file, hint, heads, content);
        let diagnostic = match advice.cure(&faulty.fault, link, file, content, hint) {
            Some(mended) if *mended != **written => diagnostic.fix(written, &mended),
            _ => diagnostic,
        };
        Finding { page: faulty.page, place: Place::Link(faulty.link), diagnostic }
    };
    faulty.iter().map(finding).collect()
}

/// What may help with a fault.
#[derive(Clone, Copy)]
enum Hint<'a> {
    /// Another target: a path below the content folder.
    Near(Suggestion<'a>),
    /// Another id.
    Id(&'a str),
    /// The page exists and is not built.
    LeftOut(LeftOut),
}

/// What hints are made from.
struct Advice<'a> {
    heads: &'a [Arc<Head>],
    targets: &'a Targets<'a>,
    pages: Names<'a>,
    files: Names<'a>,
    left_out: BTreeMap<&'a str, LeftOut>,
    /// Of the pages that dead anchors lead to.
    ids: BTreeMap<PageId, Ids<'a>>,
}

impl<'a> Advice<'a> {
    fn new(
        heads: &'a [Arc<Head>],
        targets: &'a Targets<'_>,
        inputs: &'a SiteInputs,
        content: &SourcePath,
    ) -> Advice<'a> {
        let left_out = inputs.left_out.iter();
        Advice {
            heads,
            targets,
            pages: Names::new(heads.iter().map(|head| &*head.relative)),
            files: Names::new(targets.files.iter().map(|file| file.out.as_str())),
            left_out: left_out.filter_map(|(path, reason)| Some((stem(path.below(content)?), *reason))).collect(),
            ids: BTreeMap::new(),
        }
    }

    /// The page or file with a name that has `#` or `?` in it, which a link has to escape.
    fn unescaped(&self, fault: &Fault, written: &str, head: &Head) -> Option<Hint<'a>> {
        if !written.contains(['#', '?']) || !matches!(fault, Fault::NoPage(_) | Fault::NoFile(_) | Fault::NoPicture(_))
        {
            return None;
        }
        let place = UrlPath::new(&head.relative).join(&address::decoded(written));
        let path = match self.targets.linked(&place.as_str()[1..])? {
            Target::Page(page) => &*self.heads[page.0 as usize].relative,
            Target::File(file) => self.targets.files[file].out.as_str(),
        };
        Some(Hint::Near(Suggestion::Path(path)))
    }

    fn hint(&self, fault: &Fault) -> Option<Hint<'a>> {
        match fault {
            Fault::NoPage(wanted) => {
                let left_out = self.left_out.get(stem(wanted)).map(|reason| Hint::LeftOut(*reason));
                left_out.or_else(|| self.pages.nearest(wanted).map(Hint::Near))
            }
            Fault::NoFile(wanted) | Fault::NoPicture(wanted) => self.files.nearest(wanted).map(Hint::Near),
            Fault::NoAnchor(page, id) => self.ids.get(page).and_then(|ids| ids.nearest(id)).map(Hint::Id),
            Fault::Outside(wanted) => self.pages.in_other_letters(wanted).map(Hint::Near),
            Fault::Empty | Fault::Moved(..) => None,
        }
    }
}

impl Advice<'_> {
    /// What the link should be, if that is certain.
    fn cure(
        &self,
        fault: &Fault,
        link: &Link,
        file: &SourcePath,
        content: &SourcePath,
        hint: Option<Hint<'_>>,
    ) -> Option<String> {
        let written = &*link.target;
        let path = written.split(['#', '?']).next().unwrap_or_default();
        let certain = match fault {
            Fault::NoPage(_) if matches!(hint, Some(Hint::LeftOut(_))) => None,
            Fault::NoPage(wanted) | Fault::Outside(wanted) => self.pages.certain(wanted),
            Fault::NoFile(wanted) | Fault::NoPicture(wanted) => self.files.certain(wanted),
            Fault::NoAnchor(page, id) => {
                let id = self.ids.get(page)?.certain(id)?;
                let before = written.split('#').next().unwrap_or_default();
                return Some(format!("{before}#{}", writable(id)));
            }
            Fault::Moved(page, _) => Some(&*self.heads[page.0 as usize].relative),
            Fault::Empty => None,
        }?;
        // In HTML, other generators take a path as it is: one to a source file is right only where such a path was meant.
        let is_html = matches!(link.kind, LinkKind::HtmlLink | LinkKind::HtmlImage);
        if is_html && certain.ends_with(".md") && !path.ends_with(".md") {
            return None;
        }
        let rest = match fault {
            Fault::Moved(_, id) if !id.is_empty() => {
                let query = written[path.len()..].split('#').next().unwrap_or_default();
                format!("{query}#{}", writable(id))
            }
            _ => written[path.len()..].to_owned(),
        };
        Some(format!("{}{rest}", as_link(certain, written, file, content)))
    }
}

fn diagnostic(
    fault: &Fault,
    written: &str,
    file: &SourcePath,
    hint: Option<Hint<'_>>,
    heads: &[Arc<Head>],
    content: &SourcePath,
) -> Diagnostic {
    let (code, message, advice) = match fault {
        Fault::Moved(page, id) => return moved(&heads[page.0 as usize], id, written, file, content),
        Fault::Empty => (
            "dead-link",
            "a link has no address".to_owned(),
            "write where it leads between the parentheses, or take the link away".to_owned(),
        ),
        Fault::NoPage(_) => (
            "dead-link",
            format!("there is no page at `{written}`"),
            format!("no page has a name like this; paths are seen from `{}`", folder(file, content, written)),
        ),
        Fault::NoFile(_) => (
            "missing-file",
            format!("there is no file at `{written}`"),
            format!("no file has a name like this; paths are seen from `{}`", folder(file, content, written)),
        ),
        Fault::NoPicture(wanted) => (
            "missing-image",
            format!("there is no image at `{written}`"),
            match alias(wanted) {
                Some(alias) => {
                    format!(
                        "`{alias}` is known only to Vue's bundler: write the path from the folder of the pages, `/...`"
                    )
                }
                None => {
                    format!(
                        "put the image there, or correct its path, which is seen from `{}`",
                        folder(file, content, written)
                    )
                }
            },
        ),
        Fault::Outside(_) => {
            let content = match content.as_str() {
                "" => "the project".to_owned(),
                content => format!("`{content}`"),
            };
            (
                "dead-link",
                format!("`{written}` leads out of the folder of the pages"),
                format!(
                    "only what lies in {content} is published: move the file there, or link to its address on the web"
                ),
            )
        }
        Fault::NoAnchor(page, id) => {
            let path = &heads[page.0 as usize].path;
            let message = match path == file {
                true => format!("this page has no heading or anchor `#{id}`"),
                false => format!("`{path}` has no heading or anchor `#{id}`"),
            };
            ("dead-anchor", message, "link to one of its headings, or to the page alone".to_owned())
        }
    };
    let help = match hint {
        Some(Hint::LeftOut(reason)) => reason.help().to_owned(),
        Some(Hint::Near(Suggestion::Case(path))) => {
            format!(
                "did you mean `{}`? addresses tell capitals and accents apart",
                as_link(path, written, file, content)
            )
        }
        Some(Hint::Near(Suggestion::Path(path))) => {
            format!("did you mean `{}`?", as_link(path, written, file, content))
        }
        Some(Hint::Id(id)) => {
            let before = written.split('#').next().unwrap_or("");
            format!("did you mean `{before}#{id}`?")
        }
        None => advice,
    };
    Diagnostic::warning(code, message).help(help)
}

/// That a link leads to a former address; readers are led on from there.
fn moved(head: &Head, id: &str, written: &str, file: &SourcePath, content: &SourcePath) -> Diagnostic {
    let fragment = if id.is_empty() { String::new() } else { format!("#{id}") };
    let now = as_link(&head.relative, written, file, content);
    Diagnostic::info("moved-link", format!("`{written}` is a former address"))
        .help(format!("link to `{now}{fragment}`; in the site it does so already"))
}

/// The name that a path begins with, if it stands for a folder that only settings of a bundler know: `~@images` of `~@images/a.png`.
fn alias(wanted: &str) -> Option<&str> {
    let name = wanted.split('/').find(|name| name.starts_with(['~', '@']))?;
    (name.len() > 1).then_some(name)
}

/// The folder that a link is seen from, as people name it: that of the file it is written in, or that of all pages.
fn folder(file: &SourcePath, content: &SourcePath, written: &str) -> String {
    let folder = if written.starts_with('/') { content.clone() } else { file.folder() };
    match folder.as_str() {
        "" => "./".to_owned(),
        folder => format!("{folder}/"),
    }
}

/// A path below the content folder as a link of `file`, from the root if the author wrote the link so.
fn as_link(path: &str, written: &str, file: &SourcePath, content: &SourcePath) -> String {
    let relative = file.below(content).filter(|_| !written.starts_with('/'));
    let Some(relative) = relative else { return writable(&format!("/{path}")) };
    let (from, _) = split_name(relative);
    let from: Vec<&str> = from.split_terminator('/').collect();
    let (to, name) = split_name(path);
    let to: Vec<&str> = to.split_terminator('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let down = to[shared..].iter().flat_map(|folder| [*folder, "/"]).collect::<String>();
    writable(&format!("{}{down}{name}", "../".repeat(from.len() - shared)))
}

/// A path as a link has it. Letters of all languages stay: people read them.
pub(super) fn writable(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for char in path.chars() {
        match char {
            ' ' | '#' | '%' | '<' | '>' | '?' => text.push_str(&format!("%{:02X}", u32::from(char))),
            char => text.push(char),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::config::Layout;
    use crate::page::LinkKind;
    use crate::site::fixture::{Folder, source};
    use crate::site::types::LeftOut;

    #[test]
    fn findings_say_what_to_do() {
        let folder = || {
            let mut folder = Folder::new(
                Layout::Bare,
                &[
                    "guide/a.md",
                    "install.md",
                    "guide/Début.md",
                    "guide/c #1?.md",
                    "guide/images/plan.png",
                    "guide/s p.pdf",
                    "guide/100%.png",
                ],
            )
            .headings("install.md", &["linux-x64"]);
            folder.inputs.left_out = vec![(source("soon.md"), LeftOut::Draft), (source("x.md"), LeftOut::Excluded)];
            folder
        };
        for (kind, target, code, message, help) in [
            (
                LinkKind::Link,
                "instal.md",
                "dead-link",
                "there is no page at `instal.md`",
                "did you mean `../install.md`?",
            ),
            (
                LinkKind::Link,
                "./début.md",
                "dead-link",
                "there is no page at `./début.md`",
                "did you mean `Début.md`? addresses tell capitals and accents apart",
            ),
            (
                LinkKind::Link,
                "../install.md#linux",
                "dead-anchor",
                "`install.md` has no heading or anchor `#linux`",
                "did you mean `../install.md#linux-x64`?",
            ),
            (
                LinkKind::Link,
                "#nothing",
                "dead-anchor",
                "this page has no heading or anchor `#nothing`",
                "link to one of its headings, or to the page alone",
            ),
            (
                LinkKind::Link,
                "c #1?.md",
                "dead-link",
                "there is no page at `c #1?.md`",
                "did you mean `c%20%231%3F.md`?",
            ),
            (
                LinkKind::Image,
                "100.png",
                "missing-image",
                "there is no image at `100.png`",
                "did you mean `100%25.png`?",
            ),
            (
                LinkKind::Image,
                "plan.png",
                "missing-image",
                "there is no image at `plan.png`",
                "did you mean `images/plan.png`?",
            ),
            (
                LinkKind::Image,
                "/imges/plan.png",
                "missing-image",
                "there is no image at `/imges/plan.png`",
                "did you mean `/guide/images/plan.png`?",
            ),
            (
                LinkKind::HtmlLink,
                "q.pdf",
                "missing-file",
                "there is no file at `q.pdf`",
                "no file has a name like this; paths are seen from `guide/`",
            ),
            (
                LinkKind::Link,
                "../soon.md",
                "dead-link",
                "there is no page at `../soon.md`",
                "the page is a draft: take `draft: true` out of its front matter, or build with `--drafts`",
            ),
            (
                LinkKind::Link,
                "/x.html",
                "dead-link",
                "there is no page at `/x.html`",
                "the file is there, but the settings exclude it from the site",
            ),
            (
                LinkKind::Link,
                "../../other/x.md",
                "dead-link",
                "`../../other/x.md` leads out of the folder of the pages",
                "only what lies in the project is published: move the file there, or link to its address on the web",
            ),
            (
                LinkKind::Link,
                "../../Install.md",
                "dead-link",
                "`../../Install.md` leads out of the folder of the pages",
                "did you mean `../install.md`? addresses tell capitals and accents apart",
            ),
        ] {
            let site = folder().link("guide/a.md", target, kind).site();
            let found: Vec<_> = site.findings.iter().map(|finding| &finding.diagnostic).collect();
            assert_eq!(found.len(), 1, "{target}: {found:?}");
            assert_eq!((&*found[0].code, &*found[0].message), (code, message), "{target}");
            assert_eq!(found[0].help.as_deref(), Some(help), "{target}");
        }
    }
}
