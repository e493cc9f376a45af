//! What weighs much: pictures that readers wait for, and sites that GitHub Pages does not take.

use std::collections::{BTreeMap, BTreeSet};

use super::Engine;
use super::assembly::Last;
use crate::artefact::{Body, Output};
use crate::base::{OutPath, SourcePath, Span};
use crate::diag::Diagnostic;
use crate::page::LinkKind;
use crate::site::Resolved;

/// Endings of pictures.
const PICTURES: &[&str] = &["png", "apng", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff"];

/// How many bytes the files of a site may have before it is told: GitHub Pages takes 1 GB.
const MOST: u64 = 900_000_000;

/// How many bytes a file may have: GitHub takes none with more.
const MOST_OF_FILE: u64 = 100_000_000;

impl Engine {
    /// The pictures of the site that weigh more than the settings want, and how many bytes those have.
    pub(super) fn heavy(&self, last: &Last) -> BTreeMap<SourcePath, u64> {
        let most = u64::from(last.opening.opened.config.theme.images.heaviest) * 1000;
        let is_picture = |path: &&SourcePath| PICTURES.contains(&path.extension().to_ascii_lowercase().as_str());
        let weighed = last.site().files.values().filter(is_picture).map(|path| {
            let bytes = self.pictures.heaviest(path).or_else(|| self.weight(path)).unwrap_or_default();
            (path.clone(), bytes)
        });
        weighed.filter(|(_, bytes)| *bytes > most).collect()
    }

    /// That pictures are heavy, each where the first page shows it.
    pub(super) fn shown_heavy(&self, last: &Last, heavy: &BTreeMap<SourcePath, u64>) -> Vec<Diagnostic> {
        // Most sites have none, and an edit need not look at every link for it.
        if heavy.is_empty() {
            return Vec::new();
        }
        let heaviest = last.opening.opened.config.theme.images.heaviest;
        let site = last.site();
        let (mut found, mut known) = (Vec::new(), BTreeSet::new());
        for (page, entry) in last.pages().iter().zip(&site.pages).filter(|(page, _)| !page.head.stands_in) {
            for ((link, resolved), span) in page.head.links.iter().zip(entry.links.iter()).zip(&page.link_spans) {
                let (LinkKind::Image | LinkKind::HtmlImage, Resolved::File { url, .. }) = (link.kind, resolved) else {
                    continue;
                };
                let Some(path) = url.out_path().and_then(|out| site.files.get(&out)) else { continue };
                if let Some(bytes) = heavy.get(path).filter(|_| known.insert(path)) {
                    found.push(heavy_picture(span, *bytes, heaviest));
                }
            }
        }
        found
    }

    /// How many bytes a file of the project has.
    fn weight(&self, path: &SourcePath) -> Option<u64> {
        self.copied_bytes(path).or_else(|| self.files.size(path).ok())
    }

    /// What is too large for GitHub Pages.
    pub(super) fn too_large(&self, output: &Output) -> Vec<Diagnostic> {
        let bytes = |body: &Body| match body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Copy(path) => self.weight(path).unwrap_or_default(),
        };
        let files: Vec<(&OutPath, &Body, u64)> =
            output.iter().map(|(out, artefact)| (out, &artefact.body, bytes(&artefact.body))).collect();
        too_large(&files)
    }
}

fn heavy_picture(span: &Span, bytes: u64, heaviest: u32) -> Diagnostic {
    Diagnostic::warning("heavy-image", format!("this picture weighs {}", megabytes(bytes))).at(span.clone()).help(
        format!(
            "readers on a slow line wait for it: make it smaller, or have it made smaller, `images: {{ format: webp }}`. More \
             than {heaviest} KB is told; `images: {{ heaviest: 800 }}` in the settings says otherwise"
        ),
    )
}

fn too_large(files: &[(&OutPath, &Body, u64)]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (out, body, bytes) in files.iter().filter(|(.., bytes)| *bytes > MOST_OF_FILE) {
        let told = Diagnostic::warning("large-file", format!("`{out}` has {}", megabytes(*bytes)))
            .help("GitHub takes no file of more than 100 MB: keep it elsewhere, and link to it there");
        found.push(match body {
            Body::Copy(path) => told.at(Span::new(path.clone(), 0..0)),
            Body::Bytes(_) => told,
        });
    }
    let total = files.iter().map(|(.., bytes)| bytes).sum();
    if total > MOST {
        let message = format!("the site has {}", megabytes(total));
        found.push(
            Diagnostic::warning("large-site", message)
                .help("GitHub Pages takes 1 GB at most: keep large files elsewhere, or make pictures smaller"),
        );
    }
    found
}

/// A number of bytes as people say it.
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_github_pages() {
        let out = |name: &str| OutPath::new(name).expect("a path");
        let (one, two) = (out("a.zip"), out("b.html"));
        let copy = Body::Copy(SourcePath::new("files/a.zip").expect("a path"));
        let bytes = Body::Bytes(std::sync::Arc::from(&b""[..]));
        let codes = |files: &[(&OutPath, &Body, u64)]| {
            too_large(files).into_iter().map(|found| format!("{} {}", found.code, found.message)).collect::<Vec<_>>()
        };
        assert_eq!(
            codes(&[(&one, &copy, 100_000_000), (&two, &bytes, 800_000_000 - 1)]),
            ["large-file `b.html` has 799.9 MB"]
        );
        assert_eq!(codes(&[(&one, &copy, 99_000_000), (&two, &bytes, 99_000_000)]), [] as [String; 0]);
        let many: Vec<(&OutPath, &Body, u64)> = vec![(&one, &copy, 90_100_000); 10];
        assert_eq!(codes(&many), ["large-site the site has 901.0 MB"]);
    }
}
