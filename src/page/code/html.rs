//! The HTML of a code block.

use super::CodeBlock;
use super::marks::{LineMarks, Mark};
use super::words;
use crate::base::escape;
use crate::page::highlight;

/// A line longer than this needs scrolling on a phone, and what scrolls must be reachable by keyboard.
const PHONE_COLUMNS: usize = 36;

impl CodeBlock {
    /// Its HTML, highlighted.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() * 2 + 100);
        if let Some(title) = &self.title {
            html.push_str(
                "<figure class=\"code-block-with-title\">\n<figcaption class=\"code-block-title-bar\" data-title=\"",
            );
            escape(title, &mut html);
            html.push_str("\"><span>");
            escape(title, &mut html);
            html.push_str("</span></figcaption>\n");
        }
        html.push_str("<div class=\"language-");
        escape(&self.language, &mut html);
        html.push_str(if self.numbers.is_some() { " line-numbers-mode\"" } else { "\"" });
        if let Some(start) = self.numbers.filter(|&start| start != 1) {
            html.push_str(&format!(" style=\"--start:{start}\""));
        }
        html.push_str("><pre");
        self.write_states(&mut html);
        if self.text.lines().any(|line| line.len() > PHONE_COLUMNS) {
            html.push_str(" tabindex=\"0\"");
        }
        html.push_str("><code>");
        if self.numbers.is_some() || !self.highlight.is_empty() || !self.marks.is_empty() {
            self.write_lines(&mut html);
            html.push('\n');
        } else {
            html.push_str(&highlight::highlight(&self.text, &self.grammar));
            html.push_str(if self.text.is_empty() { "" } else { "\n" });
        }
        html.push_str("</code></pre></div>\n");
        html.push_str(if self.title.is_some() { "</figure>\n" } else { "" });
        html
    }

    /// Writes the classes that say what its notations mark.
    fn write_states(&self, html: &mut String) {
        let any = |marks: &[Mark]| marks.iter().any(|mark| self.marks.any(*mark));
        let states = [
            (any(&[Mark::Added, Mark::Removed]), "has-diff"),
            (any(&[Mark::Highlighted, Mark::Info, Mark::Warning, Mark::Error]), "has-highlighted"),
            (any(&[Mark::Focused]), "has-focused-lines"),
        ];
        let states: Vec<&str> = states.into_iter().filter(|(is_on, _)| *is_on).map(|(_, class)| class).collect();
        if !states.is_empty() {
            html.push_str(&format!(" class=\"{}\"", states.join(" ")));
        }
    }

    /// Writes its lines, each in an element of its own.
    fn write_lines(&self, html: &mut String) {
        let lines = highlight::lines(&self.text, &self.grammar);
        let marks = self.marks.of_lines(&self.highlight, lines.len());
        let words = self.marks.words_of_lines(lines.len());
        let visible = self.visible();
        for (index, ((line, text), (marks, words))) in
            lines.iter().zip(visible.split('\n')).zip(marks.into_iter().zip(words)).enumerate()
        {
            html.push_str(if index > 0 { "\n" } else { "" });
            let name = element(marks);
            html.push_str(&format!("<{name} class=\"line"));
            write_classes(marks, html);
            html.push_str("\">");
            if words == 0 {
                html.push_str(line);
            } else {
                let wanted = self.marks.words.iter().enumerate().filter(|(bit, _)| words & (1 << bit) != 0);
                html.push_str(&words::mark(line, text, wanted.map(|(_, (_, word))| &**word)));
            }
            html.push_str(&format!("</{name}>"));
        }
    }
}

/// What a line of a difference is where no style says it.
fn element(marks: LineMarks) -> &'static str {
    match (marks.has(Mark::Added), marks.has(Mark::Removed)) {
        (true, false) => "ins",
        (_, true) => "del",
        (false, false) => "span",
    }
}

fn write_classes(marks: LineMarks, html: &mut String) {
    let has = |mark| marks.has(mark);
    let stands_out = [Mark::Highlighted, Mark::Info, Mark::Warning, Mark::Error].into_iter().any(has);
    let diff = has(Mark::Added) || has(Mark::Removed);
    let classes = [
        (stands_out, " highlighted"),
        (has(Mark::Info), " info"),
        (has(Mark::Warning), " warning"),
        (has(Mark::Error), " error"),
        (diff, " diff"),
        (has(Mark::Added), " add"),
        (has(Mark::Removed), " remove"),
        (has(Mark::Focused), " has-focus"),
    ];
    classes.iter().filter(|(is_on, _)| *is_on).for_each(|(_, class)| html.push_str(class));
}
