//! The Markdown of each page beside it, `llms-full.txt`, all of a language in one file, and `llms.txt`, a list of them.
//!
//! They are made of the bodies of pages: so they are made when they are asked for, like the search. No page shows anything of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::llms;
use crate::artefact::{Artefact, Output};
use crate::base::{OutPath, UrlPath};
use crate::config::Config;
use crate::page::Page;
use crate::site::made::{LLMS, LLMS_FULL};
use crate::site::{Resolved, Site, SitePage};

/// Whether a file may be one of these.
pub fn is_markdown(out: &OutPath) -> bool {
    let name = out.as_str().rsplit('/').next().unwrap_or_default();
    name.ends_with(".md") || name == LLMS_FULL || name == LLMS
}

/// Where the Markdown of pages is, by the addresses of the pages.
type Beside<'s> = BTreeMap<&'s UrlPath, &'s UrlPath>;

/// The files of a site whose pages are `pages`, in the order of the site. A file of the project takes the place of one that would be made.
pub fn markdown(pages: &[Arc<Page>], site: &Site, config: &Config) -> Output {
    let beside = site.pages.iter().filter_map(|page| Some((&page.route.url, page.markdown.as_ref()?)));
    let beside: Beside<'_> = beside.collect();
    let texts: Vec<(OutPath, Artefact)> = pages
        .par_iter()
        .zip(&site.pages)
        .filter_map(|(page, entry)| {
            let at = entry.markdown.as_ref()?;
            Some((at.out_path()?, Artefact::bytes(text(page, entry, at, &beside).into_bytes())))
        })
        .collect();
    let mut output: Output = texts.into_iter().collect();
    let by_url: BTreeMap<&UrlPath, &Page> =
        site.pages.iter().zip(pages).map(|(entry, page)| (&entry.route.url, &**page)).collect();
    let url = config.site.url.as_deref().map(|url| url.trim_end_matches('/'));
    for (index, locale) in site.locales.iter().enumerate() {
        let sections = llms::sections(index, locale, site);
        let here = locale.prefix.join(LLMS_FULL);
        let mut full = String::new();
        for entry in sections.iter().flat_map(|(_, pages)| pages) {
            let Some(page) = by_url.get(&entry.route.url) else { continue };
            let address = match url {
                Some(url) => format!("{url}{}", entry.route.url.encoded()),
                None => entry.route.url.relative_from(&here),
            };
            let text = text(page, entry, &here, &beside);
            full.push_str(&format!("---\nurl: {address}\n---\n\n{}\n\n", text.trim_end()));
        }
        if let Some(out) = here.out_path().filter(|_| !full.is_empty()) {
            output.insert(out, Artefact::bytes(full.into_bytes()));
        }
    }
    let lists = llms::files(site, url).into_iter();
    output.extend(lists.filter_map(|(name, text)| Some((OutPath::new(&name)?, Artefact::bytes(text.into_bytes())))));
    output.retain(|out, _| !site.files.contains_key(out));
    output
}

/// The Markdown of a page, for a file at `at`.
fn text(page: &Page, entry: &SitePage, at: &UrlPath, beside: &Beside<'_>) -> String {
    let own = entry.markdown.as_ref();
    let address = |number: u32| {
        let (url, suffix) = match entry.links.get(number as usize)? {
            Resolved::Page { url, suffix } => (beside.get(url).copied().unwrap_or(url), suffix),
            Resolved::File { url, suffix } => (url, suffix),
            // Far from its page an anchor alone leads nowhere.
            Resolved::Here(suffix) => (own.filter(|own| *own != at)?, suffix),
            Resolved::External(_) | Resolved::Broken(_) => return None,
        };
        // A bracket would end the address.
        Some(format!("{}{suffix}", url.relative_from(at)).replace('(', "%28").replace(')', "%29"))
    };
    let body = page.markdown.filled(&address);
    let body = body.trim_start_matches('\n');
    let mut text = String::with_capacity(body.len() + 64);
    if !page.head.headings.iter().any(|heading| heading.level == 1) {
        text.push_str(&format!("# {}\n\n", entry.title));
        text.push_str(&entry.summary().map(|summary| format!("> {summary}\n\n")).unwrap_or_default());
    }
    text.push_str(body);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
