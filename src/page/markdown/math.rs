//! Formulas in text.

use std::ops::Range;

use super::dollars::is_formula;
use super::writer::Writer;
use crate::base::escape;
use crate::page::math::mathml;

impl Writer<'_> {
    /// What the parser takes for a formula.
    pub(super) fn maybe_math(&mut self, latex: &str, display: bool, range: Range<usize>) {
        let text = &self.scanned.rewritten.text;
        if is_formula(text, &range, latex, display) {
            self.math(latex, display, range);
        } else {
            // It may hold the start of something else: the page is read again.
            self.body.has_plain_dollars = true;
            let typed = text[range.clone()].replace("&#36;", "$");
            self.text(&typed, range);
        }
    }

    /// A formula, which stands at `range` of the rewritten text.
    pub(super) fn math(&mut self, latex: &str, display: bool, range: Range<usize>) {
        self.section_text(latex.trim());
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(latex);
            return;
        }
        let html = match mathml(latex, display) {
            Ok(html) => html,
            Err(reason) => {
                let mut html = "<code class=\"math-error\">".to_owned();
                escape(latex.trim(), &mut html);
                html.push_str("</code>");
                let place = self.scanned.rewritten.source_range(range);
                self.body.wrong_math.push((reason, place));
                html
            }
        };
        self.out.html().push_str(&html);
        self.heading_text(latex, latex);
        self.heading_markup(&html);
        self.before = Some('x');
    }
}
