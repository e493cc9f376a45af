//! What a site tells others: sitemap, robots, feed, Open Graph, JSON-LD, the Markdown of pages, pictures, and who counts readers. Each is read
//! again and held against the rules of its format.

mod support;

use std::collections::BTreeSet;

use pressoir::artefact::Body;
use pressoir::build::Build;
use pressoir::compat::Request;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use support::{Project, findings, page};

const ORIGIN: &str = "https://example.org/docs";

/// A site in two languages with all that there is to tell.
fn site() -> Project {
    Project::new([
        (
            "pressoir.yml",
            "title: Le guide & co\nlang: fr\ndescription: Tout < sur le \"guide\"\nurl: https://example.org/docs/\nimage: /carte.svg\n\
             locales:\n  /: {label: Français}\n  /en/: {lang: en-GB, title: The guide}\n",
        ),
        ("content/index.md", "---\nhome: true\ntagline: Bienvenue\n---\n\n[Début](guide/debut.md)\n"),
        (
            "content/guide/debut.md",
            "---\ndescription: Commencer \"ici\"\ndate: 2026-01-31 10:00\nauthor: Ada <x>\nlastUpdated: '2026-02-01'\n---\n# Début & fin\n\n\
             ## Un\n\n![Un plan](plan.svg)\n",
        ),
        ("content/guide/index.md", "# Le guide\n"),
        (
            "content/guide/suite.md",
            "---\ndate: 2026-03-01\nimage: plan.svg\nhead:\n- [meta, {property: 'og:title', content: À moi}]\n- [link, {rel: canonical, href: 'https://autre.example/x'}]\n---\n# Suite\n",
        ),
        ("content/guide/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>"),
        ("content/carte.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"/>"),
        ("content/cache.md", "---\nnoindex: true\ndate: 2026-04-01\n---\n# Caché\n"),
        ("content/en/index.md", "# Home\n"),
        ("content/en/guide/debut.md", "---\ndate: 2026-01-30\n---\n# Start\n"),
    ])
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

/// The values of an attribute of the elements of a page that a selector finds.
fn values(html: &str, css: &str, attribute: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let value = |element: ElementRef<'_>| element.value().attr(attribute).map(str::to_owned);
    document.select(&selector(css)).filter_map(value).collect()
}

fn one(html: &str, css: &str, attribute: &str) -> String {
    let found = values(html, css, attribute);
    assert_eq!(found.len(), 1, "{css} in\n{html}");
    found[0].clone()
}

fn file(build: &Build, path: &str) -> String {
    page(build, path).unwrap_or_else(|| panic!("there is no {path}: {:?}", build.output.keys().collect::<Vec<_>>()))
}

/// An element of XML: its name, its attributes, what is in it.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    inner: Vec<Element>,
}

impl Element {
    fn all(&self, name: &'static str) -> impl Iterator<Item = &Element> {
        self.inner.iter().filter(move |element| element.name == name)
    }

    fn only(&self, name: &'static str) -> &Element {
        let found: Vec<_> = self.all(name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        found[0]
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads XML that has elements, attributes and text, and panics where it is not well formed.
fn xml(text: &str) -> Element {
    let rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("the first line of XML");
    let mut open =
        vec![Element { name: String::new(), attributes: Vec::new(), text: String::new(), inner: Vec::new() }];
    let mut rest = rest;
    while let Some(at) = rest.find('<') {
        let last = open.last_mut().expect("the root");
        last.text.push_str(&unescaped(&rest[..at]));
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().expect("an element is open");
            assert_eq!(element.name, name);
            open.last_mut().expect("the root").inner.push(element);
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !list.trim().is_empty() {
            let (key, after) = list.trim_start().split_once("=\"").expect("an attribute");
            let (value, after) = after.split_once('"').expect("a value ends");
            attributes.push((key.to_owned(), unescaped(value)));
            list = after;
        }
        let element = Element { name: name.to_owned(), attributes, text: String::new(), inner: Vec::new() };
        match is_empty {
            true => open.last_mut().expect("the root").inner.push(element),
            false => open.push(element),
        }
    }
    assert!(rest.trim().is_empty() && open.len() == 1, "{rest}");
    open.pop().and_then(|mut root| root.inner.pop()).expect("one element")
}

/// Text of XML; a sign that begins no entity is wrong.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, after) = part.split_once(';').unwrap_or_else(|| panic!("`&{part}` is no entity"));
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => panic!("`&{name};` is no entity of XML"),
        });
        plain.push_str(after);
    }
    plain
}

fn is_whole(address: &str) -> bool {
    address.starts_with(ORIGIN) && !address.contains(|char: char| char.is_whitespace() || "<>\"{}|\\^`".contains(char))
}

/// A moment as RFC 3339 has it.
fn is_moment(text: &str) -> bool {
    let shape: String = text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    shape == "0000-00-00T00:00:00Z"
}

#[test]
fn the_sitemap_follows_its_protocol() {
    let build = site().build();
    let urls = xml(&file(&build, "sitemap.xml"));
    assert_eq!(
        (urls.name.as_str(), urls.attribute("xmlns")),
        ("urlset", Some("http://www.sitemaps.org/schemas/sitemap/0.9"))
    );
    assert_eq!(urls.attribute("xmlns:xhtml"), Some("http://www.w3.org/1999/xhtml"));
    let mut known = BTreeSet::new();
    for url in &urls.inner {
        assert_eq!(url.name, "url");
        // The schema has them in this order.
        let names: Vec<&str> =
            url.inner.iter().map(|element| element.name.as_str()).filter(|name| *name != "xhtml:link").collect();
        assert!(matches!(names.as_slice(), ["loc"] | ["loc", "lastmod"]), "{names:?}");
        let loc = &url.only("loc").text;
        assert!(is_whole(loc) && loc.len() < 2048 && known.insert(loc.clone()), "{loc}");
        for changed in url.all("lastmod") {
            assert!(is_moment(&format!("{}T00:00:00Z", changed.text)), "{changed:?}");
        }
        let links: Vec<&Element> = url.all("xhtml:link").collect();
        assert!(
            links
                .iter()
                .all(|link| link.attribute("rel") == Some("alternate") && link.attribute("href").is_some_and(is_whole))
        );
        // A page names itself among its versions.
        assert!(links.is_empty() || links.iter().any(|link| link.attribute("href") == Some(loc)), "{links:?}");
    }
    let of = |path: &str| format!("{ORIGIN}{path}");
    assert_eq!(
        known.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            of("/"),
            of("/en/"),
            of("/en/guide/debut.html"),
            of("/guide/"),
            of("/guide/debut.html"),
            of("/guide/suite.html")
        ]
    );
    let start =
        urls.inner.iter().find(|url| url.only("loc").text.ends_with("docs/guide/debut.html")).expect("it is there");
    assert_eq!(start.only("lastmod").text, "2026-02-01");
    let langs: Vec<_> = start.all("xhtml:link").filter_map(|link| link.attribute("hreflang")).collect();
    assert_eq!(langs, ["fr", "en-GB"]);
}

#[test]
fn lastmod_comes_from_the_history() {
    let project = site();
    project.commit("abc");
    let urls = xml(&file(&project.build(), "sitemap.xml"));
    let days: BTreeSet<String> = urls.inner.iter().map(|url| url.only("lastmod").text.clone()).collect();
    // The history of such a repository is made of the name of its commit; front matter knows better.
    assert_eq!(days.len(), 2, "{days:?}");
    assert!(days.contains("2026-02-01"));
}

#[test]
fn robots_txt_names_the_sitemap() {
    let robots = file(&site().build(), "robots.txt");
    let mut rules = Vec::new();
    for line in robots.lines().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").expect("a field and its value");
        assert!(["User-agent", "Allow", "Disallow", "Sitemap"].contains(&name), "{line}");
        rules.push((name, value.to_owned()));
    }
    assert_eq!(rules[0], ("User-agent", "*".to_owned()));
    assert!(rules.contains(&("Sitemap", format!("{ORIGIN}/sitemap.xml"))), "{robots}");
}

#[test]
fn the_feed_follows_the_rules_of_atom() {
    let build = site().build();
    let feed = xml(&file(&build, "atom.xml"));
    assert_eq!(
        (feed.name.as_str(), feed.attribute("xmlns"), feed.attribute("xml:lang")),
        ("feed", Some("http://www.w3.org/2005/Atom"), Some("fr"))
    );
    assert_eq!(feed.only("title").text, "Le guide & co");
    assert_eq!(feed.only("subtitle").text, "Tout < sur le \"guide\"");
    let links = |element: &Element| -> Vec<(String, String)> {
        let pair = |link: &Element| {
            (link.attribute("rel").expect("rel").to_owned(), link.attribute("href").expect("href").to_owned())
        };
        element.all("link").map(pair).collect()
    };
    assert_eq!(
        links(&feed),
        [("self".to_owned(), format!("{ORIGIN}/atom.xml")), ("alternate".to_owned(), format!("{ORIGIN}/"))]
    );
    let mut ids = BTreeSet::from([feed.only("id").text.clone()]);
    let mut moments = Vec::new();
    for entry in feed.all("entry") {
        let (id, updated) = (&entry.only("id").text, &entry.only("updated").text);
        assert!(is_whole(id) && ids.insert(id.clone()), "{id}");
        assert!(is_moment(updated) && is_moment(&entry.only("published").text), "{entry:?}");
        assert!(entry.only("published").text <= *updated);
        assert!(!entry.only("title").text.is_empty() && entry.all("summary").count() <= 1);
        assert_eq!(links(entry), [("alternate".to_owned(), id.clone())]);
        // A feed has an author, or each of its entries.
        assert!(feed.all("author").chain(entry.all("author")).all(|author| !author.only("name").text.is_empty()));
        moments.push(updated.clone());
    }
    assert!(feed.all("author").count() == 1 && is_moment(&feed.only("updated").text));
    assert_eq!(Some(&feed.only("updated").text), moments.iter().max());
    let titles: Vec<_> = feed.all("entry").map(|entry| entry.only("title").text.as_str()).collect();
    assert_eq!(titles, ["Suite", "Début & fin"], "the newest first; no page that is not to be found");
    let start = feed.all("entry").nth(1).expect("two entries");
    assert_eq!(
        (start.only("published").text.as_str(), start.only("updated").text.as_str()),
        ("2026-01-31T10:00:00Z", "2026-02-01T00:00:00Z")
    );
    assert_eq!(
        (start.only("summary").text.as_str(), start.only("author").only("name").text.as_str()),
        ("Commencer \"ici\"", "Ada <x>")
    );
    assert_eq!(xml(&file(&build, "en/atom.xml")).all("entry").count(), 1);
    let discovered = one(&file(&build, "guide/debut.html"), "link[type='application/atom+xml']", "href");
    assert_eq!(discovered, "../atom.xml");
}

#[test]
fn a_feed_is_short_or_left_out() {
    let project = site();
    let settings = "title: T\nlang: fr\nurl: https://example.org\n";
    project.write("pressoir.yml", format!("{settings}feed: {{limit: 1}}\n"));
    assert_eq!(xml(&file(&project.build(), "atom.xml")).all("entry").count(), 1);
    project.write("pressoir.yml", format!("{settings}feed: false\n"));
    let build = project.build();
    assert!(page(&build, "atom.xml").is_none());
    assert!(values(&file(&build, "guide/debut.html"), "link[type='application/atom+xml']", "href").is_empty());
}

#[test]
fn pages_say_what_they_are() {
    let build = site().build();
    let html = file(&build, "guide/debut.html");
    let said = |name: &str| one(&html, &format!("meta[property='{name}'], meta[name='{name}']"), "content");
    for (name, want) in [
        ("og:type", "article"),
        ("og:site_name", "Le guide & co"),
        ("og:title", "Début & fin"),
        ("og:description", "Commencer \"ici\""),
        ("og:url", "https://example.org/docs/guide/debut.html"),
        ("og:locale", "fr_FR"),
        ("og:locale:alternate", "en_GB"),
        ("og:image", "https://example.org/docs/carte.svg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("article:published_time", "2026-01-31T10:00:00Z"),
        ("twitter:card", "summary_large_image"),
        ("description", "Commencer \"ici\""),
    ] {
        assert_eq!(said(name), want, "{name}");
    }
    assert_eq!(one(&html, "link[rel=canonical]", "href"), said("og:url"));
    let home = file(&build, "index.html");
    assert_eq!(one(&home, "meta[property='og:type']", "content"), "website");
    assert_eq!(one(&home, "meta[property='og:url']", "content"), "https://example.org/docs/");
    // `og:` is a property and `twitter:` a name, in every page and each once.
    for (out, artefact) in build.output.iter().filter(|(out, _)| out.as_str().ends_with(".html")) {
        let Body::Bytes(bytes) = &artefact.body else { continue };
        let html = String::from_utf8_lossy(bytes);
        let (properties, names) = (values(&html, "meta[property]", "property"), values(&html, "meta[name]", "name"));
        assert!(
            properties.iter().all(|name| name.starts_with("og:") || name.starts_with("article:")),
            "{out}: {properties:?}"
        );
        let once: BTreeSet<&String> = properties.iter().chain(&names).collect();
        assert_eq!(once.len(), properties.len() + names.len(), "{out}: {properties:?} {names:?}");
    }
}

#[test]
fn what_the_author_says_is_not_said_twice() {
    let html = file(&site().build(), "guide/suite.html");
    assert_eq!(one(&html, "meta[property='og:title']", "content"), "À moi");
    assert_eq!(one(&html, "link[rel=canonical]", "href"), "https://autre.example/x");
    assert_eq!(one(&html, "meta[property='og:url']", "content"), "https://autre.example/x");
    assert_eq!(one(&html, "meta[property='og:image']", "content"), "https://example.org/docs/guide/plan.svg");
    let hidden = file(&site().build(), "cache.html");
    assert_eq!(one(&hidden, "meta[name=robots]", "content"), "noindex");
}

#[test]
fn breadcrumbs_follow_the_rules_of_schema_org() {
    let build = site().build();
    let read = |path: &str| -> Vec<Value> {
        let document = Html::parse_document(&file(&build, path));
        let wanted = selector("script[type='application/ld+json']");
        document
            .select(&wanted)
            .map(|script| serde_json::from_str(&script.text().collect::<String>()).expect("JSON"))
            .collect()
    };
    assert_eq!(read("index.html"), [] as [Value; 0]);
    let lists = read("guide/debut.html");
    assert_eq!(lists.len(), 1);
    let list = &lists[0];
    assert_eq!(
        (&list["@context"], &list["@type"]),
        (&Value::from("https://schema.org"), &Value::from("BreadcrumbList"))
    );
    let items = list["itemListElement"].as_array().expect("a list");
    assert!(items.len() >= 2);
    for (index, item) in items.iter().enumerate() {
        assert_eq!((&item["@type"], &item["position"]), (&Value::from("ListItem"), &Value::from(index + 1)));
        assert!(item["name"].as_str().is_some_and(|name| !name.is_empty()));
        assert!(item["item"].as_str().is_some_and(is_whole), "{item}");
    }
    let names: Vec<&str> = items.iter().filter_map(|item| item["name"].as_str()).collect();
    assert_eq!(names, ["Le guide & co", "Le guide", "Début & fin"]);
}

#[test]
fn without_an_address_nothing_is_whole() {
    let project = site();
    project.write("pressoir.yml", "title: T\nlang: fr\nfeed: true\n");
    let mut engine = project.engine();
    let build = engine.build();
    for gone in ["sitemap.xml", "robots.txt", "atom.xml", "opensearch.xml"] {
        assert!(page(&build, gone).is_none(), "{gone}");
    }
    let html = file(&build, "guide/debut.html");
    for css in [
        "meta[property]",
        "script[type='application/ld+json']",
        "link[rel=canonical]",
        "link[type='application/atom+xml']",
    ] {
        assert!(Html::parse_document(&html).select(&selector(css)).next().is_none(), "{css}");
    }
    let told = findings(&build, &engine);
    assert_eq!(told.matches("[no-address]").count(), 1, "{told}");
}

#[test]
fn the_address_is_known_from_elsewhere() {
    let origin = |project: &Project, request: Request| {
        let build = project.engine_for(request).build();
        (build.config.site.url.clone(), page(&build, "CNAME"))
    };
    let pages = || Request { origin: Some("https://eig.github.io/guide".to_owned()), ..Request::default() };
    let text = |text: &str| Some(text.to_owned());
    let project = Project::new([("pressoir.yml", "title: T\n"), ("content/index.md", "# T\n")]);
    assert_eq!(origin(&project, Request::default()), (None, None));
    assert_eq!(origin(&project, pages()), (text("https://eig.github.io/guide"), None));
    project.write("pressoir.yml", "title: T\ncname: Docs.Example.org\n");
    assert_eq!(origin(&project, pages()), (text("https://docs.example.org"), text("docs.example.org\n")));
    // The author's own file is never overwritten.
    project.write("content/CNAME", "mine.example.org\n");
    let mut engine = project.engine();
    let build = engine.build();
    assert_eq!(page(&build, "CNAME"), text("copy of content/CNAME"));
    assert!(findings(&build, &engine).contains("info[duplicate-output]"), "{}", findings(&build, &engine));
    project.write("pressoir.yml", "title: T\n");
    assert_eq!(origin(&project, pages()).0, text("https://mine.example.org"));
    project.write("pressoir.yml", "title: T\nurl: https://example.org\n");
    assert_eq!(origin(&project, pages()).0, text("https://example.org"));
}

#[test]
fn the_markdown_of_a_page_lies_beside_it() {
    let project = Project::new([
        (
            "pressoir.yml",
            "title: Le guide\nlang: fr\ndescription: Tout.\nsidebar:\n- text: Premiers pas\n  items: [guide/a.md]\n",
        ),
        ("content/README.md", "---\nhome: true\ntagline: Bienvenue\n---\n"),
        (
            "content/guide/a.md",
            "---\ntitle: Un titre\ndescription: La page a.\npermalink: /autre/a.html\n---\n\nVoir [b](../b.md#x), [c][c], <a href=\"../b.md\">b</a>, \
             [hors](https://example.org/b.md) et [ici](#ici).\n\n## Ici\n\n![Plan](plan.png)\n\n```md\n[b](../b.md)\n[c]: ../b.md\n```\n\n\
             <!-- @include: ../parts/p.md -->\n\n- liste\n\n  <<< ../code.js\n\n[c]: ../b.md \"Titre\"\n",
        ),
        ("content/guide/plan.png", "no picture"),
        ("content/b.md", "# B\n\n## x\n"),
        ("content/code.js", "let a = `b`\n\nlet c\n"),
        ("content/parts/p.md", "Voir [b](../b.md).\n"),
        ("content/secret.md", "---\nllms: false\n---\n# Secret\n"),
        ("content/cache.md", "---\nsearch: false\n---\n# Caché\n"),
        ("content/draft.md", "---\ndraft: true\n---\n# Brouillon\n"),
    ]);
    let build = project.build();
    assert_eq!(
        file(&build, "autre/a.md"),
        "# Un titre\n\n> La page a.\n\nVoir [b](../b.md#x), [c][c], <a href=\"../b.md\">b</a>, [hors](https://example.org/b.md) et [ici](#ici).\n\n\
         ## Ici\n\n![Plan](../guide/plan.png)\n\n```md\n[b](../b.md)\n[c]: ../b.md\n```\n\nVoir [b](../b.md).\n\n\n- liste\n\n  \
         ```javascript\n  let a = `b`\n\n  let c\n  ```\n\n[c]: ../b.md \"Titre\"\n"
    );
    assert_eq!(file(&build, "index.md"), "# Le guide\n\n> Bienvenue\n\n");
    assert_eq!(one(&file(&build, "autre/a.html"), "link[type='text/markdown']", "href"), "a.md");
    for gone in ["secret.md", "cache.md", "draft.md", "404.md"] {
        assert!(page(&build, gone).is_none(), "{gone}");
    }
    assert!(values(&file(&build, "secret.html"), "link[type='text/markdown']", "href").is_empty());
    let llms = file(&build, "llms.txt");
    assert!(
        llms.starts_with("# Le guide\n\n> Tout.\n\n## Documentation\n\n- [Le guide](index.md): Bienvenue\n"),
        "{llms}"
    );
    assert!(llms.contains("\n## Premiers pas\n\n- [Un titre](autre/a.md): La page a.\n"), "{llms}");
    assert!(!llms.contains("secret") && !llms.contains("cache") && !llms.contains("draft"), "{llms}");
    let full = file(&build, "llms-full.txt");
    // Seen from the root.
    assert!(
        full.contains("---\nurl: autre/a.html\n---\n\n# Un titre\n")
            && full.contains("[b](b.md#x)")
            && full.contains("[ici](autre/a.md#ici)"),
        "{full}"
    );
    assert!(!full.contains("Secret") && !full.contains("Caché"), "{full}");

    project.write("pressoir.yml", "title: T\nllms: false\n");
    let without = project.build();
    assert!(without.output.keys().all(|out| !out.as_str().ends_with(".md") && !out.as_str().contains("llms")));
}

#[test]
fn a_file_of_the_author_is_not_overwritten() {
    let project = Project::new([
        (".vuepress/config.yml", "title: T\n"),
        (".vuepress/public/a.md", "mine"),
        (".vuepress/public/llms.txt", "mine"),
        (".vuepress/public/llms-full.txt", "mine"),
        ("a.md", "# A\n"),
        ("README.md", "# T\n"),
    ]);
    let mut engine = project.engine();
    let build = engine.build();
    for path in ["a.md", "llms.txt", "llms-full.txt"] {
        assert_eq!(file(&build, path), format!("copy of .vuepress/public/{path}"));
    }
    let told = findings(&build, &engine);
    assert!(told.contains("info[duplicate-output]: the Markdown of `a.md` would be `a.md`"), "{told}");
}

/// A PNG of this size, as far as its first bytes tell.
fn png(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()));
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    png.resize(png.len().max(bytes), 0);
    png
}

#[test]
fn pictures_have_their_size() {
    let text = "# T\n\n![a](a.png)\n\n![b](a.png){width=10}\n\n<img src=\"a.png\" alt=\"c\" loading=\"eager\">\n\n<img alt='d' src='b.svg' />\n\n\
                ![e](https://example.org/x.png)\n\n<img src=\"a.png\" alt=\"f\" style=\"height: 2em\">\n";
    let project = Project::new([
        ("content/index.md", text),
        ("content/b.svg", "<svg width=\"3\" height=\"4\"/>"),
        ("pressoir.yml", "title: T\n"),
    ]);
    project.write("content/a.png", png(30, 20, 0));
    let images = |build: &Build| -> Vec<String> {
        let document = Html::parse_document(&file(build, "index.html"));
        document
            .select(&selector("article img"))
            .map(|image| {
                let say =
                    |name: &str| image.value().attr(name).map(|value| format!(" {name}={value}")).unwrap_or_default();
                format!(
                    "{}{}{}{}{}",
                    image.value().attr("alt").unwrap_or_default(),
                    say("width"),
                    say("height"),
                    say("loading"),
                    say("decoding")
                )
            })
            .collect()
    };
    let mut engine = project.engine();
    assert_eq!(
        images(&engine.build()),
        [
            "a width=30 height=20 decoding=async",
            "b width=10 loading=lazy decoding=async",
            "c width=30 height=20 loading=eager decoding=async",
            "d width=3 height=4 loading=lazy decoding=async",
            "e loading=lazy decoding=async",
            "f loading=lazy decoding=async",
        ]
    );
    // A picture that changes, changes its page.
    let changed = project.write("content/a.png", png(31, 20, 0));
    engine.invalidate(&[changed]);
    assert!(images(&engine.build())[0].starts_with("a width=31"));
    project.write("pressoir.yml", "title: T\nimages: {sizes: false}\nmarkdown: {lazy_images: true}\n");
    assert_eq!(images(&project.build())[0], "a loading=lazy decoding=async");
}

#[test]
fn a_heavy_picture_is_told_once_where_it_is_shown() {
    let project = Project::new([
        ("content/index.md", "# T\n\n![a](a.png)\n"),
        ("content/x.md", "# X\n\n![a](a.png)\n"),
        ("pressoir.yml", "title: T\n"),
    ]);
    project.write("content/a.png", png(1, 1, 600_000));
    for command in ["check", "build"] {
        let mut engine = project.engine();
        let build = if command == "check" { engine.check() } else { engine.build() };
        let told = findings(&build, &engine);
        let heavy: Vec<&str> = told.lines().filter(|line| line.contains("heavy-image")).collect();
        assert_eq!(heavy, ["content/index.md:3:6: warning[heavy-image]: this picture weighs 600 KB"], "{command}");
    }
    project.write("pressoir.yml", "title: T\nimages: {heaviest: 700}\n");
    let mut engine = project.engine();
    let build = engine.check();
    assert_eq!(findings(&build, &engine), "");
}

#[test]
fn readers_are_counted_where_it_is_asked_for_and_named() {
    let project = Project::new([("pressoir.yml", "title: T\nlang: fr\n"), ("content/index.md", "# T\n")]);
    let hosts = |build: &Build| -> Vec<String> {
        let mut found = Vec::new();
        for artefact in build.output.values() {
            let Body::Bytes(bytes) = &artefact.body else { continue };
            let text = String::from_utf8_lossy(bytes);
            found.extend(
                ["plausible.io", "stats.example.org", "googletagmanager.com"]
                    .iter()
                    .filter(|host| text.contains(**host))
                    .map(|host| (*host).to_owned()),
            );
        }
        found.sort();
        found.dedup();
        found
    };
    let without = project.build();
    assert!(hosts(&without).is_empty() && page(&without, "confidentialite.html").is_none());
    project.write(
        "pressoir.yml",
        "title: T\nlang: fr\nanalytics:\n  plausible: docs.example.org\n  matomo: {url: 'https://stats.example.org/', site: 3}\n  google: G-ABC123\n",
    );
    let mut engine = project.engine();
    let build = engine.build();
    assert_eq!(findings(&build, &engine), "");
    assert_eq!(hosts(&build), ["googletagmanager.com", "plausible.io", "stats.example.org"]);
    let html = file(&build, "index.html");
    for part in [
        "\"https://stats.example.org/matomo.php\"",
        "[\"setSiteId\",\"3\"]",
        "s.dataset.domain=\"docs.example.org\"",
        "gtag/js?id=G-ABC123",
    ] {
        assert!(html.contains(part), "{part} is missing in\n{html}");
    }
    assert_eq!(one(&html, "nav.legal a", "href"), "confidentialite.html");
    let note = file(&build, "confidentialite.html");
    for name in ["Plausible", "Matomo", "Google Analytics", "stats.example.org"] {
        assert!(note.contains(name), "{name}");
    }
    project.write("pressoir.yml", "title: T\nanalytics:\n  google: UA-1\n  matomo: {url: stats}\n");
    let mut engine = project.engine();
    let build = engine.build();
    let told = findings(&build, &engine);
    assert_eq!(told.matches("warning[setting-value]").count(), 3, "{told}");
    assert!(hosts(&build).is_empty());
}
