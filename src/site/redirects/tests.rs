use crate::config::{Layout, RedirectConfig};
use crate::page::LinkKind;
use crate::site::fixture::{Folder, page};
use crate::site::types::{Resolved, Site};

fn site(rules: &[(&str, &str)], aliases: &[(&str, &str)]) -> Site {
    let mut folder = Folder::new(Layout::Native, &["README.md", "guide/new.md", "guide/other.md", "plan.pdf"])
        .headings("guide/new.md", &["install", "use"]);
    for (file, alias) in aliases {
        folder = folder.edit(file, |head| head.aliases.push((*alias).into()));
    }
    let rule =
        |(from, to): &(&str, &str)| RedirectConfig { from: (*from).into(), to: (*to).into(), span: Some((1, 2)) };
    folder.config.redirects = rules.iter().map(rule).collect();
    folder.site()
}

fn shown(to: &Resolved) -> String {
    match to {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => format!("{url}{suffix}"),
        Resolved::External(address) => address.to_string(),
        other => format!("{other:?}"),
    }
}

/// The redirects of a site, one a line: file, address, text; anchors behind it.
fn redirects(site: &Site) -> Vec<String> {
    let anchors = |anchors: &[crate::site::MovedAnchor]| -> String {
        anchors.iter().map(|anchor| format!(" #{} -> {}", anchor.id, shown(&anchor.to))).collect()
    };
    let pages = site.redirects.iter().map(|(out, redirect)| {
        format!("{} -> {} ({}){}", out.as_str(), shown(&redirect.to), redirect.text, anchors(&redirect.anchors))
    });
    let living = site.pages.iter().filter(|page| !page.moved.is_empty());
    pages.chain(living.map(|page| format!("{}:{}", page.route.url, anchors(&page.moved)))).collect()
}

fn told(site: &Site) -> Vec<String> {
    let of_pages = site.findings.iter().map(|finding| &finding.diagnostic);
    let found = site.diagnostics.iter().chain(of_pages);
    found.map(|found| format!("{:?} {}: {}", found.severity, found.code, found.message)).collect()
}

#[test]
fn pages_and_anchors_are_led_on() {
    let site = site(
        &[
            ("/old.html", "guide/new.md#use"),
            ("/a/", "/plan.pdf"),
            ("/b.md", "https://example.org/x y"),
            ("/c.html#one", "guide/new.md#install"),
            ("/c.html#two", "/"),
            ("/guide/other.html#gone", "guide/new.html#use"),
        ],
        &[
            ("guide/new.md", "former.html"),
            ("guide/new.md", "/guide/new.html"),
            ("guide/new.md", "/guide/other.html#part"),
        ],
    );
    assert_eq!(told(&site), [] as [String; 0]);
    assert_eq!(
        redirects(&site),
        [
            "a/index.html -> /plan.pdf (/plan.pdf)",
            "b.html -> https://example.org/x%20y (https://example.org/x%20y)",
            "c.html -> /guide/new.html (install) #one -> /guide/new.html#install #two -> /",
            "guide/former.html -> /guide/new.html (install)",
            "old.html -> /guide/new.html#use (use)",
            "/guide/other.html: #gone -> /guide/new.html#use #part -> /guide/new.html",
        ]
    );
}

#[test]
fn chains_are_followed_and_circles_are_told() {
    let site = site(
        &[("/a.html", "/b.html#use"), ("/b.html", "former.md"), ("/x.html", "/y.html"), ("/y.html", "/x.html")],
        &[("guide/new.md", "/former.html")],
    );
    assert_eq!(
        redirects(&site),
        [
            "a.html -> /guide/new.html#use (use)",
            "b.html -> /guide/new.html (install)",
            "former.html -> /guide/new.html (install)",
        ]
    );
    assert_eq!(
        told(&site),
        [
            "Info redirect-chain: `/a.html` leads to an address that is led on itself",
            "Info redirect-chain: `/b.html` leads to an address that is led on itself",
            "Warning redirect-loop: `/x.html` leads round in a circle",
            "Warning redirect-loop: `/y.html` leads round in a circle",
        ]
    );
}

#[test]
fn what_is_wrong_is_told() {
    let site = site(
        &[
            ("/guide/new.html", "/"),
            ("/guide/new.html#use", "/"),
            ("/old.html", "guide/nwe.md"),
            ("/old2.html", "guide/new.md#nothing"),
            ("https://example.org", "/"),
            ("/bad.html", "javascript:alert(1)"),
            ("/twice.html", "/"),
        ],
        &[("guide/other.md", "/twice.html")],
    );
    assert_eq!(redirects(&site), ["old2.html -> /guide/new.html (install)", "twice.html -> / (Documentation)"]);
    assert_eq!(
        told(&site),
        [
            "Warning redirect-over-page: nothing is led on from `/guide/new.html`: `guide/new.md` is there",
            "Warning redirect-over-page: nothing is led on from `/guide/new.html#use`: `guide/new.md` is there",
            "Warning bad-redirect: `https://example.org` is no address of this site",
            "Warning dead-redirect: readers are led to `javascript:alert(1)`, which is no page",
            "Warning dead-redirect: readers are led to `guide/nwe.md`, which is no page",
            "Warning dead-redirect: `guide/new.md` has no heading or anchor `#nothing`",
            "Warning duplicate-redirect: `/twice.html` is led on twice",
        ]
    );
}

#[test]
fn links_to_former_addresses_are_led_on() {
    let mut folder = Folder::new(Layout::Native, &["a.md", "guide/new.md"])
        .headings("guide/new.md", &["use"])
        .link("a.md", "old.md#use", LinkKind::Link)
        .link("a.md", "guide/new.md#usage", LinkKind::Link);
    folder.config.redirects = [("/old.html", "guide/new.md"), ("/guide/new.html#usage", "guide/new.md#use")]
        .map(|(from, to)| RedirectConfig { from: from.into(), to: to.into(), span: None })
        .into();
    let site = folder.site();
    let links: Vec<String> = page(&site, "a.md").links.iter().map(shown).collect();
    assert_eq!(links, ["/guide/new.html#use", "/guide/new.html#use"]);
    let helps: Vec<_> = site.findings.iter().map(|found| found.diagnostic.help.as_deref().unwrap_or("")).collect();
    let help = "link to `guide/new.md#use`; in the site it does so already";
    assert_eq!(helps, [help, help]);
}
