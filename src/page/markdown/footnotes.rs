//! Footnotes: written where they are defined, shown at the end of the page in the order in which they are referred to.

use std::collections::{BTreeMap, BTreeSet};

use super::out::{NoteId, Out};
use super::writer::Writer;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each label, in the order of their first references, and how often it is referred to.
    referred: BTreeMap<String, (usize, usize)>,
    /// Label and content of each definition.
    defined: Vec<(String, Out)>,
    /// The definition that is being written: its label, and what stood before it.
    open: Vec<(String, Out)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        if !self.images.is_empty() {
            return;
        }
        let notes = &mut self.footnotes.referred;
        let next = (notes.len() + 1, 0);
        let (number, times) = notes.entry(label.to_owned()).or_insert(next);
        *times += 1;
        let (number, times) = (*number, *times);
        self.out.html().push_str("<sup class=\"footnote-ref\"><a href=\"#");
        self.out.note_id((number, 0));
        self.out.html().push_str("\" id=\"");
        self.out.note_id((number, times));
        self.out.html().push_str(&format!("\" role=\"doc-noteref\">[{number}]</a></sup>"));
        self.before = Some(']');
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.footnotes.open.push((label.to_owned(), std::mem::take(&mut self.out)));
    }

    pub(super) fn end_footnote(&mut self) {
        if let Some((label, before)) = self.footnotes.open.pop() {
            let content = std::mem::replace(&mut self.out, before);
            self.footnotes.defined.push((label, content));
        }
    }

    /// Writes the list of footnotes. One that nothing refers to comes last, so that no text is lost.
    pub(super) fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.defined.is_empty() {
            return;
        }
        // Of two definitions the first is the note; the text of the other is not lost either.
        let mut referred = notes.referred;
        let mut listed: Vec<((usize, usize), Out)> = notes
            .defined
            .into_iter()
            .map(|(label, content)| (referred.remove(&label).unwrap_or((usize::MAX, 0)), content))
            .collect();
        listed.sort_by_key(|((number, _), _)| *number);
        let back = back(self.context.language);
        self.out.html().push_str(
            "<hr class=\"footnotes-sep\">\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol class=\"footnotes-list\">\n",
        );
        for ((number, times), content) in listed {
            match times {
                0 => self.out.html().push_str("<li class=\"footnote-item\">"),
                _ => {
                    self.out.html().push_str("<li id=\"");
                    self.out.note_id((number, 0));
                    self.out.html().push_str("\" class=\"footnote-item\">");
                }
            }
            self.out.append(content);
            let html = self.out.html();
            let paragraph_end = if html.ends_with("</p>\n") { "</p>\n" } else { "" };
            html.truncate(html.len() - paragraph_end.len());
            for time in 1..=times {
                self.out.html().push_str(" <a href=\"#");
                self.out.note_id((number, time));
                self.out.html().push_str(&format!(
                    "\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"{back}\">\u{21a9}\u{fe0e}</a>"
                ));
            }
            self.out.html().push_str(&format!("{paragraph_end}</li>\n"));
        }
        self.out.html().push_str("</ol>\n</section>\n");
    }
}

/// The id of a note, or of a place that refers to it, which none of the ids that are `taken` is.
pub(super) fn note_id((number, time): NoteId, taken: &BTreeSet<String>) -> String {
    let mut id = match time {
        0 => format!("footnote{number}"),
        1 => format!("footnote-ref{number}"),
        _ => format!("footnote-ref{number}-{time}"),
    };
    while taken.contains(&id) {
        id.push('_');
    }
    id
}

/// What a link back to the text says to readers of screens.
fn back(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("fr") => "Retour au texte",
        Some("de") => "Zurück zum Text",
        Some("es") => "Volver al texto",
        Some("it") => "Torna al testo",
        Some("nl") => "Terug naar de tekst",
        Some("pl") => "Powrót do tekstu",
        Some("pt") => "Voltar ao texto",
        Some("ru") => "Назад к тексту",
        Some("uk") => "Назад до тексту",
        Some("tr") => "Metne dön",
        Some("vi") => "Về lại bài viết",
        Some("ar") => "العودة إلى النص",
        Some("ko") => "본문으로 돌아가기",
        Some("zh") => "返回正文",
        Some("ja") => "本文に戻る",
        _ => "Back to the text",
    }
}
