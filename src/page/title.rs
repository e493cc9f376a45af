//! The title of a page, as each version finds it. VuePress 1 reads the raw source, the others the first `h1`.

mod flatten;

use pulldown_cmark::{Event, Parser};
use serde_yaml::Value;

use crate::config::Conventions;

use super::{FrontMatter, emoji};

pub use flatten::flatten;

/// The title of a page: of its front matter, or else of its text. `first_h1` is the text of its first `h1`.
pub fn page_title(
    conventions: Conventions,
    front_matter: &FrontMatter,
    first_h1: Option<&str>,
    body: &str,
) -> Option<String> {
    let title = match conventions {
        Conventions::VuePress1 => v1(body, front_matter),
        Conventions::VuePress2 => {
            front_matter.text("title").filter(|title| !title.is_empty()).or_else(|| first_h1.map(str::to_owned))
        }
        Conventions::VitePress1 | Conventions::VitePress2 => match front_matter.get("title") {
            Some(Value::String(title)) => Some(inline_text(title)),
            _ => first_h1.map(str::to_owned),
        },
    };
    title.filter(|title| !title.is_empty())
}

/// The title that VuePress 1 finds: of the front matter, `Home`, or the heading that the raw text starts with.
fn v1(body: &str, front_matter: &FrontMatter) -> Option<String> {
    if front_matter.is_truthy("title")
        && let Some(title) = front_matter.text("title")
    {
        return Some(flatten(&title));
    }
    if front_matter.is_truthy("home") {
        return Some("Home".to_owned());
    }
    let text = body.trim_start_matches(is_js_space).strip_prefix('#')?.trim_start_matches('#');
    let title = text.trim_start_matches(is_js_space);
    // The line may be another one: `#` alone takes what follows.
    (title.len() < text.len()).then(|| flatten(title.lines().next().unwrap_or_default()))
}

/// What JavaScript's `\s` and `trim` take for white space.
fn is_js_space(char: char) -> bool {
    // U+0085 is white space to Unicode only, the byte order mark to JavaScript only.
    char.is_whitespace() && char != '\u{85}' || char == '\u{feff}'
}

/// The text of inline Markdown.
fn inline_text(markdown: &str) -> String {
    // A word before it keeps it inline: `1. First` is no list here.
    let inline = format!("x {}", markdown.replace('\n', " "));
    let mut text = String::new();
    let mut images = 0_u32;
    for event in Parser::new(&inline) {
        match event {
            Event::Start(pulldown_cmark::Tag::Image { .. }) => images += 1,
            Event::End(pulldown_cmark::TagEnd::Image) => images -= 1,
            Event::Text(part) if images == 0 => text.push_str(&part),
            Event::Code(part) => text.push_str(&part),
            _ => {}
        }
    }
    emoji::replace(text.strip_prefix('x').unwrap_or(&text).trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Conventions::{VitePress1, VuePress1, VuePress2};

    fn front_matter(yaml: &str) -> FrontMatter {
        FrontMatter { values: serde_yaml::from_str(yaml).expect("valid YAML"), ..FrontMatter::default() }
    }

    fn check(conventions: Conventions, yaml: &str, h1: Option<&str>, body: &str, title: Option<&str>) {
        assert_eq!(page_title(conventions, &front_matter(yaml), h1, body).as_deref(), title, "{yaml} {body}");
    }

    #[test]
    fn vuepress_1_reads_the_raw_text() {
        let none = "{}";
        check(VuePress1, none, None, "\n\n# A *title*\ntext", Some("A title"));
        check(VuePress1, none, None, "### Any level", Some("Any level"));
        check(VuePress1, none, Some("Later"), "text\n\n# Later", None);
        check(VuePress1, none, Some("T"), "T\n===\n", None);
        check(VuePress1, none, None, "#no space", None);
        check(VuePress1, none, None, "#\n\n\u{feff}next line\nmore", Some("next line"));
        check(VuePress1, none, None, "#", None);
        check(VuePress1, "{home: true}", None, "# T", Some("Home"));
        check(VuePress1, "{title: '', home: no}", None, "# T", Some("Home"));
        check(VuePress1, "{title: 3.0}", None, "# T", Some("3"));
        check(VuePress1, "{title: '`a` :tada:'}", None, "# T", Some("a 🎉"));
    }

    #[test]
    fn the_others_take_the_first_h1() {
        check(VuePress2, "{}", Some("H"), "## x", Some("H"));
        check(VuePress2, "{title: 3}", Some("H"), "", Some("3"));
        check(VuePress2, "{title: ''}", Some("H"), "", Some("H"));
        check(VuePress2, "{title: '*a*'}", Some("H"), "", Some("*a*"));
        check(VitePress1, "{title: 3}", Some("H"), "", Some("H"));
        check(VitePress1, "{title: ''}", Some("H"), "", None);
        check(
            VitePress1,
            "{title: '*a* `b` [c](d) <b>e</b> ![f](g) :tada: h &amp; i'}",
            None,
            "",
            Some("a b c e  🎉 h & i"),
        );
        check(VitePress1, "{title: '1. First'}", None, "", Some("1. First"));
        check(VitePress1, "{}", None, "", None);
    }
}
