//! The cards of pages: drawn where they are asked for, where the address of the site is known, and where a page has no picture of its own.

use std::sync::Arc;

use rayon::prelude::*;

use super::assembly::Last;
use super::{Engine, guarded};
use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath, Span, UrlPath};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::memo::{Slots, Store};
use crate::pictures::{Card, CardStyle, Fonts, Logo, card};
use crate::render::{CardLook, Frame, direction};
use crate::site::{self, PageId, Site, SitePage};
use crate::vfs::Files;

/// It changes whenever the same title gives another card than before.
const VERSION: u32 = 1;

/// What cards are drawn with, and those that were drawn.
#[derive(Default)]
pub(super) struct Cards {
    style: Option<Style>,
    slots: Slots<SourcePath, Drawn>,
    keys: Vec<Hash>,
}

/// How all cards of a site look.
struct Style {
    look: CardLook,
    fonts: Arc<Fonts>,
    logo: Option<Logo>,
    /// The hash of all that.
    hash: Hash,
    /// What is wrong with it.
    found: Vec<Diagnostic>,
}

/// A card as PNG, or why there is none.
type Drawn = Result<Arc<[u8]>, String>;

/// Where a card lies, and what it says.
type Placed = (PageId, UrlPath, Arc<str>);

impl Engine {
    /// Reads what cards are drawn with, if any are.
    pub(super) fn prepare_cards(&mut self, last: &Last) {
        let config = &last.opening.opened.config;
        let is_wanted = config.theme.cards.is_some() && config.site.url.is_some();
        self.cards.style = is_wanted.then(|| Style::read(last.theme().card.clone(), config, last.site(), &*self.files));
    }
}

impl Style {
    fn read(look: CardLook, config: &Config, site: &Site, files: &dyn Files) -> Style {
        let mut found = Vec::new();
        let mut own = None;
        if let Some((file, place)) = &look.font {
            let read = files.read(file).map_err(|_| format!("there is no font `{file}`"));
            let told = |reason: String| {
                Diagnostic::warning("theme-font", reason)
                    .at(place.clone())
                    .help("cards are drawn with the font that Pressoir has; name a file of woff2 in the project")
            };
            match read.and_then(|bytes| Ok((Fonts::new(Some(&bytes))?, Hash::of_bytes(&bytes)))) {
                Ok(fonts) => own = Some(fonts),
                // What is wrong with a font of pages is told where it is read for them.
                Err(reason) if config.theme.cards.as_ref().is_some_and(|cards| cards.font.is_some()) => {
                    found.push(told(reason));
                }
                Err(_) => {}
            }
        }
        let (fonts, font_hash) = own.unwrap_or_else(|| (Fonts::shipped(), Hash::default()));
        let logo = config.theme.frame.logo.as_ref().and_then(|logo| {
            let out = UrlPath::new(&logo.src).out_path()?;
            let file = site.files.get(&out)?;
            let bytes = files.read(file).ok()?;
            let read = guarded(|| Logo::read(file.extension(), &bytes, &fonts)).and_then(|read| read);
            match read {
                Ok(logo) => Some((logo, Hash::of_bytes(&bytes))),
                Err(reason) => {
                    let told = format!("the logo `{file}` cannot be drawn on cards: {reason}");
                    found.push(
                        Diagnostic::warning("broken-image", told)
                            .at(Span::new(file.clone(), 0..0))
                            .help("save it anew, as SVG, PNG, JPEG or WebP; until then cards are without it"),
                    );
                    None
                }
            }
        });
        let (logo, logo_hash) = logo.unzip();
        let colours = (&look.ground, &look.text, &look.quiet, &look.accent);
        let hash = Hash::of(&(colours, font_hash, logo_hash));
        Style { hash, look, fonts: Arc::new(fonts), logo, found }
    }
}

impl Cards {
    /// What was asked for in the store.
    pub fn keys(&self) -> impl Iterator<Item = Hash> + '_ {
        self.keys.iter().copied()
    }

    /// The pages whose titles have letters that no font has: told once, on the first of them.
    pub fn findings(&self, last: &Last) -> Vec<Diagnostic> {
        let Some(style) = &self.style else { return Vec::new() };
        let mut found = style.found.clone();
        let site = last.site();
        let without = wanted(site).filter_map(|(_, page)| {
            let lacking = style.fonts.lacking(&said(page, site));
            (!lacking.is_empty()).then_some((page, lacking))
        });
        let without: Vec<(&SitePage, Vec<char>)> = without.collect();
        if let Some((page, lacking)) = without.first() {
            let signs: String = lacking.iter().take(5).collect();
            let pages = match without.len() {
                1 => "this page has no social card".to_owned(),
                number => format!("{number} pages have no social card, this one first"),
            };
            found.push(
                Diagnostic::warning("card-text", format!("{pages}: the font has no `{signs}`"))
                    .at(Span::new(page.head.path.clone(), 0..0))
                    .help("name a font that has these letters, `social_cards: { font: fonts/title.woff2 }`, or a picture in the front matter, `image:`"),
            );
        }
        found
    }

    /// Draws the cards of all pages that want one, as far as they are not known: where each lies, their files, and what went wrong.
    pub fn draw(
        &mut self,
        site: &Site,
        config: &Config,
        frame: &Frame,
        store: &dyn Store,
    ) -> (Vec<Placed>, Vec<(OutPath, Artefact)>, Vec<Diagnostic>) {
        self.keys.clear();
        let (Some(style), Some(url)) = (&self.style, config.site.url.as_deref()) else { return Default::default() };
        let host = url.split_once("://").map_or(url, |(_, host)| host).trim_end_matches('/');
        let pages: Vec<(PageId, &SitePage)> =
            wanted(site).filter(|(_, page)| style.fonts.lacking(&said(page, site)).is_empty()).collect();
        // Half of a sentence would say something else.
        let is_whole = |text: &&str| style.fonts.lacking(text).is_empty();
        let slots = &self.slots;
        let drawn: Vec<(Hash, Drawn)> = pages
            .par_iter()
            .map(|(id, page)| {
                let locale = site.locale(page);
                let says = Card {
                    title: title(page, site),
                    above: frame.section(*id).filter(|_| !page.home).filter(is_whole),
                    below: page.summary().or(Some(&*locale.description).filter(|_| page.home)).filter(is_whole),
                    site: &locale.title,
                    host,
                    is_rtl: direction(&locale.lang) == "rtl",
                };
                let key = Hash::of(&("card", VERSION, &says, style.hash));
                (key, slots.get(&page.head.path, key, || drawn(&says, style, key, store)))
            })
            .collect();
        self.keys = drawn.iter().map(|(key, _)| *key).collect();
        let (mut placed, mut files, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for ((id, page), (_, drawn)) in pages.iter().zip(drawn) {
            match drawn {
                Ok(bytes) => {
                    let artefact = Artefact::bytes(bytes);
                    let name = page.route.out.as_str();
                    let name = name.strip_suffix(".html").unwrap_or(name);
                    let name = format!("assets/cards/{name}.{}.png", artefact.hash.short(8));
                    let Some(out) = OutPath::new(&name) else { continue };
                    let says = match page.home {
                        true => site.locale(page).title.clone(),
                        false => format!("{} – {}", page.title, site.locale(page).title).into(),
                    };
                    placed.push((*id, UrlPath::new(out.as_str()), says));
                    files.push((out, artefact));
                }
                Err(reason) => found.push(
                    Diagnostic::warning("card-text", format!("the social card of this page cannot be drawn: {reason}"))
                        .at(Span::new(page.head.path.clone(), 0..0))
                        .help(
                            "please report it with the title of the page; a picture of your own, `image:`, stands in",
                        ),
                ),
            }
        }
        self.slots.retain(|path| site.by_path.contains_key(path));
        (placed, files, found)
    }
}

/// The pages that want a card: they can be shared, and have no picture of their own.
fn wanted(site: &Site) -> impl Iterator<Item = (PageId, &SitePage)> {
    let pages = (0..).map(PageId).zip(&site.pages);
    pages.filter(|(_, page)| {
        page.route.out.as_str() != "404.html" && !page.head.stands_in && site::picture(page, None, site).is_none()
    })
}

/// What stands largest on the card of a page.
fn title<'s>(page: &'s SitePage, site: &'s Site) -> &'s str {
    if page.home { &site.locale(page).title } else { &page.title }
}

/// What must be readable on it.
fn said(page: &SitePage, site: &Site) -> String {
    format!("{} {}", title(page, site), site.locale(page).title)
}

fn drawn(says: &Card<'_>, style: &Style, key: Hash, store: &dyn Store) -> Drawn {
    if let Some(known) = store.get(key) {
        return Ok(known.into());
    }
    let Style { look, fonts, logo, .. } = style;
    let style = CardStyle {
        ground: &look.ground,
        text: &look.text,
        quiet: &look.quiet,
        accent: &look.accent,
        logo: logo.as_ref(),
        fonts,
    };
    let png = guarded(|| card(says, &style)).and_then(|drawn| drawn)?;
    store.put(key, &png);
    Ok(png.into())
}
