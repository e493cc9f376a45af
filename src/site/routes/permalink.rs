//! Addresses that authors choose: `permalink` in front matter.

use serde_yaml::Value;

use crate::base::Span;
use crate::config::{Conventions, Layout, SiteConfig};
use crate::diag::Diagnostic;
use crate::page::Head;
use crate::page::slug::slugify;

use super::super::front;

/// The address that the front matter of a page asks for, seen from the site's root; `inferred` is the one that its path
/// gives. VitePress has none.
pub(super) fn permalink(
    head: &Head,
    inferred: &str,
    locale: &str,
    config: &SiteConfig,
) -> Result<Option<String>, Box<Diagnostic>> {
    match config.layout {
        // The address is that of the page in the other language.
        _ if head.stands_in => Ok(None),
        Layout::VitePress => Ok(None),
        Layout::VuePress1 => match (front::text(head, "permalink"), &config.permalink) {
            (Some(pattern), _) => vuepress1(&pattern, head, inferred, locale).map(Some),
            // A page that lacks what the pattern of all asks for keeps the address of its file.
            (None, Some(pattern)) => Ok(vuepress1(pattern, head, inferred, locale).ok()),
            (None, None) => Ok(None),
        },
        Layout::VuePress2 | Layout::Native | Layout::Bare => {
            Ok(vuepress2(head, inferred, locale, config.permalink.as_deref()))
        }
    }
}

/// The prefix of the language and the pattern, its variables filled in; it ends in `/` or `.html`.
fn vuepress1(pattern: &str, head: &Head, inferred: &str, locale: &str) -> Result<String, Box<Diagnostic>> {
    let date = date(head);
    let wants_date = [":year", ":month", ":i_month", ":i_day", ":day"].iter().any(|name| pattern.contains(name));
    if wants_date && date.is_none() {
        let found =
            Diagnostic::warning("bad-permalink", format!("the permalink `{pattern}` needs a date that the page lacks"));
        let found = found.at(Span::new(head.path.clone(), 0..0));
        return Err(Box::new(found.help("add a date to the front matter, `date: 2026-01-31`")));
    }
    let Date { year, month, day } = date.unwrap_or_default();
    // Each variable is replaced once.
    let filled = [
        (":year", format!("{year:04}")),
        (":month", format!("{month:02}")),
        (":i_month", month.to_string()),
        (":i_day", day.to_string()),
        (":day", format!("{day:02}")),
        (":minutes", "00".to_owned()),
        (":seconds", "00".to_owned()),
        (":slug", slugify(Conventions::VuePress1, &name(head))),
        (":regular", inferred.trim_start_matches('/').to_owned()),
    ]
    .iter()
    .fold(pattern.to_owned(), |filled, (variable, value)| filled.replacen(variable, value, 1));
    let address = format!("{locale}{}", filled.trim_start_matches('/'));
    Ok(match address.ends_with('/') || address.ends_with(".html") {
        true => address,
        false => format!("{address}/"),
    })
}

/// The permalink as it is written, or its pattern below the prefix of the language.
fn vuepress2(head: &Head, inferred: &str, locale: &str, of_site: Option<&str>) -> Option<String> {
    // Null turns permalinks off, so a pattern does not count either.
    if let Some(written) = head.front_matter.values.get("permalink") {
        return front::scalar(written);
    }
    let pattern = match head.front_matter.values.get("permalinkPattern") {
        Some(written) => front::scalar(written)?,
        None => of_site?.to_owned(),
    };
    let Date { year, month, day } = date(head).unwrap_or_default();
    let filled = pattern
        .replace(":year", &format!("{year:04}"))
        .replace(":month", &format!("{month:02}"))
        .replace(":day", &format!("{day:02}"))
        .replace(":slug", without_date(head.path.stem()))
        .replace(":raw", inferred.trim_start_matches('/'));
    Some(format!("{locale}{}", filled.trim_start_matches('/')))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Date {
    year: u32,
    month: u32,
    day: u32,
}

/// The date in the front matter, else in the file's name, else in its folder's.
fn date(head: &Head) -> Option<Date> {
    let written = match front::value(head, "date") {
        Some(Value::Tagged(tagged)) => front::scalar(&tagged.value),
        Some(value) => front::scalar(value),
        None => None,
    };
    let folder = head.path.folder();
    written
        .and_then(|text| leading_date(&text).map(|(date, _)| date))
        .or_else(|| leading_date(head.path.stem()).map(|(date, _)| date))
        .or_else(|| leading_date(folder.name()).map(|(date, _)| date))
}

/// `2020-01-31` or `2020-01`, and what follows; a missing month or day is the first.
fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = rest.strip_prefix('-').and_then(|rest| number(rest, 2)).unwrap_or((1, rest));
    let (day, rest) = rest.strip_prefix('-').and_then(|rest| number(rest, 2)).unwrap_or((1, rest));
    let is_date = year >= 1000 && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then_some((Date { year, month, day }, rest))
}

/// The number of at most `digits` digits at the start of `text`, and the rest.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let end = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    text[..end].parse().ok().map(|number| (number, &text[end..]))
}

/// The file's name without a leading date; the folder's for the page of a folder.
fn name(head: &Head) -> String {
    let stem = head.path.stem();
    if stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index") {
        return head.path.folder().name().to_owned();
    }
    without_date(stem).to_owned()
}

/// What follows the date at the start of a name.
fn without_date(stem: &str) -> &str {
    match leading_date(stem) {
        Some((_, rest)) if rest.starts_with('-') => &rest[1..],
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture::{Folder, head};

    fn settings(layout: Layout, permalink: Option<&str>) -> SiteConfig {
        let mut config = Folder::new(layout, &[]).config;
        config.permalink = permalink.map(str::to_owned);
        config
    }

    #[test]
    fn a_pattern_for_all_pages() {
        for (layout, pattern, file, front, want) in [
            (Layout::VuePress1, "/:year/:slug", "2020-01-31-Été.md", "", Some("/2020/ete/")),
            (Layout::VuePress1, "/:year/:slug", "about.md", "", None),
            (Layout::VuePress1, "/p/:slug", "about.md", "permalink: /x.html", Some("/x.html")),
            (Layout::VuePress2, "/p/:raw", "a/about.md", "", Some("/p/a/about.html")),
            (Layout::VuePress2, "/p/:raw", "about.md", "permalinkPattern: null", None),
            (Layout::VitePress, "/p/:slug", "about.md", "", None),
        ] {
            let inferred = super::super::inferred(file, layout);
            let found = permalink(&head(file, front), &inferred, "/", &settings(layout, Some(pattern)));
            assert_eq!(found, Ok(want.map(str::to_owned)), "{layout:?} {pattern} {file} {front}");
        }
    }

    #[test]
    fn vuepress_1() {
        for (file, front, locale, want) in [
            ("x.md", "permalink: /:year/:month/:day/:slug\ndate: 2018-08-04", "/", Some("/2018/08/04/x/")),
            ("x.md", "permalink: /:year/:i_month/:i_day/:slug\ndate: 2018-08-04T10:00:00Z", "/", Some("/2018/8/4/x/")),
            (
                "_posts/2020-1-2-My post.md",
                "permalink: /p/:year-:month-:day-:slug.html",
                "/",
                Some("/p/2020-01-02-my-post.html"),
            ),
            ("guide/x.md", "permalink: /:regular", "/", Some("/guide/x.html")),
            ("x.md", "permalink: /hello", "/", Some("/hello/")),
            ("fr/x.md", "permalink: hello.html", "/fr/", Some("/fr/hello.html")),
            ("x.md", "permalink: /:year/:slug", "/", None),
        ] {
            let head = head(file, front);
            let inferred = super::super::inferred(file, Layout::VuePress1);
            let found = permalink(&head, &inferred, locale, &settings(Layout::VuePress1, None));
            assert_eq!(found.as_ref().ok().cloned().flatten().as_deref(), want, "{file} {front}");
            assert_eq!(found.is_err(), want.is_none(), "{file} {front}");
        }
    }

    #[test]
    fn vuepress_2() {
        for (file, front, want) in [
            ("x.md", "permalink: /hello", Some("/hello")),
            ("x.md", "permalink: null\npermalinkPattern: /a/:slug.html", None),
            ("2021-03-post.md", "permalinkPattern: :year/:month/:day/:slug.html", Some("/2021/03/01/post.html")),
            ("a/x.md", "permalinkPattern: /:year/:raw", Some("/0000/a/x.html")),
            ("x.md", "title: x", None),
        ] {
            let head = head(file, front);
            let inferred = super::super::inferred(file, Layout::VuePress2);
            let found = permalink(&head, &inferred, "/", &settings(Layout::VuePress2, None));
            assert_eq!(found.expect("no problem").as_deref(), want, "{file} {front}");
        }
    }

    #[test]
    fn vitepress_has_none() {
        let head = head("x.md", "permalink: /hello");
        assert_eq!(permalink(&head, "/x.html", "/", &settings(Layout::VitePress, None)), Ok(None));
    }
}
