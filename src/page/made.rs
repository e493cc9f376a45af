//! A file for many pages, and what one of them is made with -> the text of that page.

use std::sync::Arc;

use serde_yaml::Mapping;

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;

use super::{Made, Source};

/// The line that VitePress puts the text of a page in place of.
const MARK: &str = "<!-- @content -->";

/// The page at `path` that `template` gives with these parameters, and with `content` in the place that is marked for it.
pub fn made(template: &Source, path: SourcePath, params: Mapping, content: Option<&str>) -> Source {
    let content = content.map(|content| content.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    let place = content.as_ref().and_then(|content| Some((template.text.find(MARK)?, content)));
    let text: Arc<str> = match place {
        Some((at, content)) => format!("{}{content}{}", &template.text[..at], &template.text[at + MARK.len()..]).into(),
        None => template.text.clone(),
    };
    let inserted = place.map(|(at, content)| (at as u32, MARK.len() as u32, content.len() as u32));
    Source {
        hash: Hash::of(&(template.hash, &path, &params, &content)),
        path,
        text,
        diagnostics: template.diagnostics.clone(),
        made: Some(Arc::new(Made { template: template.path.clone(), stands_in: false, params, inserted })),
    }
}

/// The page `original` of another language at `path`, where a translation is missing.
pub fn stand_in(original: &Source, path: SourcePath) -> Source {
    let made = Made { template: original.path.clone(), stands_in: true, params: Mapping::new(), inserted: None };
    let hash = Hash::of(&(original.hash, &path));
    Source { path, hash, text: original.text.clone(), diagnostics: Vec::new(), made: Some(Arc::new(made)) }
}

impl Made {
    /// A finding in the page `page`, at its place in the file that the page is made of.
    pub fn told(&self, page: &SourcePath, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels = diagnostic.labels.iter_mut().map(|label| &mut label.span);
        for span in diagnostic.span.iter_mut().chain(labels).filter(|span| span.file == *page) {
            *span = self.place(span);
        }
        diagnostic
    }

    /// A place in the text of the page, in the file that it is made of. What was put in has the place of the mark.
    pub fn place(&self, span: &Span) -> Span {
        Span { file: self.template.clone(), start: self.offset(span.start), end: self.offset(span.end) }
    }

    fn offset(&self, offset: u32) -> u32 {
        match self.inserted {
            Some((at, _, length)) if offset > at && offset < at + length => at,
            Some((at, before, length)) if offset >= at + length && offset > at => offset - length + before,
            _ => offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let path = |path| SourcePath::new(path).expect("a path");
        let template = super::super::decode(path("[a].md"), "one\n<!-- @content -->\nend".as_bytes());
        let page = made(&template, path("x.md"), Mapping::new(), Some("much\nmore"));
        assert_eq!(&*page.text, "one\nmuch\nmore\nend");
        let made = page.made.expect("it was made");
        let start = |offset: usize| {
            let found = Diagnostic::warning("dead-link", "x").at(Span::new(path("x.md"), offset..offset));
            let span = made.told(&path("x.md"), found).span.expect("a place");
            assert_eq!(span.file, path("[a].md"));
            &template.text[span.start as usize..]
        };
        assert_eq!(start(0), &*template.text);
        assert_eq!(start(8), "<!-- @content -->\nend");
        assert_eq!(start(14), "end");
    }
}
