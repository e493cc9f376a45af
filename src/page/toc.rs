//! `[[toc]]`: the page's headings as nested lists.

use std::collections::BTreeSet;

use super::slug::of_heading;
use super::types::Heading;
use crate::base::{escape, escaped};
use crate::config::{Conventions, MarkdownConfig};

/// The table of contents of a page with these headings.
pub(crate) fn html(headings: &[Heading], config: &MarkdownConfig) -> String {
    let (first, last) = config.toc_levels;
    let vuepress1 = config.conventions == Conventions::VuePress1;
    let nested = config.toc.nested.unwrap_or(vuepress1);
    let listed: Vec<&Heading> = headings
        .iter()
        .filter(|heading| (first..=last).contains(&heading.level) && (nested || !heading.nested))
        .collect();
    let class = escaped(&config.toc.class);
    if listed.is_empty() {
        // No empty list, and no landmark around nothing.
        return format!("<div class=\"{class}\"></div>\n");
    }
    let tag = if vuepress1 { "div" } else { "nav" };
    let look = Look {
        list: if config.toc.ordered { "ol" } else { "ul" },
        list_class: class_attribute(&config.toc.list_class),
        item_class: class_attribute(&config.toc.item_class),
        link_class: class_attribute(&config.toc.link_class),
    };
    let mut html = format!("<{tag} class=\"{class}\">{}", config.toc.header);
    let targets: Vec<String> = match vuepress1 {
        true => vuepress1_targets(&listed, headings, config),
        false => listed.iter().map(|heading| heading.id.to_string()).collect(),
    };
    if vuepress1 && !config.toc.full {
        list_until_shallower(&listed, &targets, &look, &mut html);
    } else {
        list_all(&listed, &targets, &look, &mut html);
    }
    html.push_str(&format!("{}</{tag}>\n", config.toc.footer));
    html
}

/// VuePress 1 links to the slug of a heading's text, without the number that makes its id unique: a heading that repeats
/// another's text leads to the first. Where no heading has that id the link would lead nowhere; there it is mended.
fn vuepress1_targets(listed: &[&Heading], headings: &[Heading], config: &MarkdownConfig) -> Vec<String> {
    let ids: BTreeSet<&str> = headings.iter().map(|heading| &*heading.id).collect();
    let target = |heading: &&Heading| {
        let slug = of_heading(config, &heading.text);
        if ids.contains(slug.as_str()) { slug } else { heading.id.to_string() }
    };
    listed.iter().map(target).collect()
}

/// VuePress 1: the first heading gives the level, deeper ones are nested, and a shallower one ends the list.
/// Returns how many headings were listed.
fn list_until_shallower(headings: &[&Heading], targets: &[String], look: &Look, html: &mut String) -> usize {
    look.begin(html);
    let mut listed = 0;
    while let Some(heading) = headings.get(listed) {
        if heading.level < headings[0].level {
            break;
        }
        look.item(heading, &targets[listed], html);
        listed += 1;
        if headings.get(listed).is_some_and(|next| next.level > heading.level) {
            listed += list_until_shallower(&headings[listed..], &targets[listed..], look, html);
        }
        html.push_str("</li>");
    }
    look.end(html);
    listed
}

/// VuePress 2 and VitePress: each heading under the nearest shallower one before it.
fn list_all(headings: &[&Heading], targets: &[String], look: &Look, html: &mut String) {
    look.begin(html);
    let mut at = 0;
    while let Some(heading) = headings.get(at) {
        look.item(heading, &targets[at], html);
        let after = &headings[at + 1..];
        let below = after.iter().take_while(|deeper| deeper.level > heading.level).count();
        if below > 0 {
            list_all(&after[..below], &targets[at + 1..], look, html);
        }
        html.push_str("</li>");
        at += 1 + below;
    }
    look.end(html);
}

/// How the lists are written; classes are whole attributes, or nothing.
struct Look {
    list: &'static str,
    list_class: String,
    item_class: String,
    link_class: String,
}

impl Look {
    fn begin(&self, html: &mut String) {
        html.push_str(&format!("<{}{}>", self.list, self.list_class));
    }

    fn end(&self, html: &mut String) {
        html.push_str(&format!("</{}>", self.list));
    }

    /// The link of an entry, without the end of its list item.
    fn item(&self, heading: &Heading, target: &str, html: &mut String) {
        html.push_str(&format!("<li{}><a{} href=\"#", self.item_class, self.link_class));
        escape(target, html);
        html.push_str("\">");
        html.push_str(&heading.html);
        html.push_str("</a>");
    }
}

fn class_attribute(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{}\"", escaped(class)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(levels: &[u8], conventions: Conventions) -> String {
        let headings: Vec<Heading> = levels
            .iter()
            .enumerate()
            .map(|(index, &level)| Heading {
                level,
                id: format!("{index}").into(),
                text: format!("{index}").into(),
                html: format!("{index}").into(),
                nested: false,
            })
            .collect();
        let config = MarkdownConfig { conventions, ..MarkdownConfig::default() };
        let html = html(&headings, &config);
        let Some(start) = html.find("<ul>") else { return html };
        let end = html.rfind("</ul>").expect("a list") + "</ul>".len();
        let mut shown = html[start..end].to_owned();
        for index in 0..levels.len() {
            shown = shown.replace(&format!("<a href=\"#{index}\">{index}</a>"), &index.to_string());
        }
        shown.replace("<ul>", "(").replace("</ul>", ")").replace("<li>", "").replace("</li>", ",")
    }

    #[test]
    fn nesting() {
        for (levels, vuepress1, vuepress2) in [
            (&[2, 3, 3, 2][..], "(0(1,2,),3,)", "(0(1,2,),3,)"),
            (&[2, 4, 2], "(0,2,)", "(0,2,)"),
            (&[3, 2, 3], "(0,)", "(0,1(2,),)"),
            (&[3, 3, 2, 2], "(0,1,)", "(0,1,2,3,)"),
            (&[1], "<div class=\"table-of-contents\"></div>\n", "<div class=\"table-of-contents\"></div>\n"),
        ] {
            assert_eq!(lists(levels, Conventions::VuePress1), vuepress1, "{levels:?}");
            assert_eq!(lists(levels, Conventions::VuePress2), vuepress2, "{levels:?}");
        }
    }
}
