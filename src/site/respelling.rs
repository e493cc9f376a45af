//! A link whose target moved, or whose page did -> how it may be written now, the way nearest to how it was written first.

use super::address::Address;
use super::findings::writable;
use super::targets::{is_index_name, split_name, stem};
use crate::page::LinkKind;

/// What a link leads to.
#[derive(Clone, Copy, Debug)]
pub struct Aimed<'a> {
    /// The path below the content folder; of a file that is no page, its path in the output.
    pub path: &'a str,
    /// Its address, decoded, from the root of the site.
    pub url: &'a str,
    /// Whether it is a page.
    pub is_page: bool,
}

/// How a link may be written in a file at `from`, a path below the content folder. `base` is where old settings publish the
/// site.
pub fn spellings(written: &str, kind: LinkKind, from: &str, to: Aimed<'_>, base: &str) -> Vec<String> {
    let address = Address::new(written);
    let (path, rest) = (address.path, &written[address.path.len()..]);
    let (top, below) = top(path, base);
    // What follows names the target the same way: as a file, as an address, or without an ending.
    let like = like(below, to);
    let page_path = writable(to.path);
    let url = writable(&to.url[1..]);
    let mut ways = vec![like.clone()];
    match kind {
        LinkKind::Link | LinkKind::Image => ways.extend([page_path, url]),
        LinkKind::HtmlLink | LinkKind::HtmlImage => ways.extend([url, page_path]),
    }
    let mut spellings = Vec::new();
    // Some characters of a path are read otherwise where links stand. Those that are only in some places are tried as they are.
    let (always, maybe): (&[char], &[char]) = match kind {
        LinkKind::Link | LinkKind::Image => (&['"', '`', '\\', '|'], &['(', ')', '&', '\'', '[', ']']),
        LinkKind::HtmlLink | LinkKind::HtmlImage => (&['"', '\'', '`', '&', '\\', '|'], &['(', ')', '[', ']']),
    };
    let dotted = path.starts_with("./");
    for way in ways {
        let whole = format!("{}{way}", top.unwrap_or("/"));
        let relative = relative(from, &way, dotted);
        match top {
            Some(_) => spellings.extend([whole, relative]),
            None => spellings.extend([relative, whole]),
        }
    }
    spellings.push(format!("/{like}"));
    let both = |path: String| {
        let hard = escaped(&path, always);
        let hard = if is_balanced(&hard) { hard } else { escaped(&hard, &['(', ')']) };
        let soft = escaped(&hard, maybe);
        [format!("{hard}{rest}"), format!("{soft}{rest}")]
    };
    let spellings: Vec<String> = spellings.into_iter().flat_map(both).collect();
    let mut known: Vec<String> = Vec::with_capacity(spellings.len());
    for spelling in spellings {
        if !known.contains(&spelling) && spelling != written {
            known.push(spelling);
        }
    }
    known
}

/// Whether every parenthesis has its other half: a link would end at one without.
fn is_balanced(path: &str) -> bool {
    let mut open = 0_usize;
    for char in path.chars() {
        match char {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// The path with some characters as numbers.
fn escaped(path: &str, chars: &[char]) -> String {
    let mut text = String::with_capacity(path.len());
    for char in path.chars() {
        match chars.contains(&char) {
            true => text.push_str(&format!("%{:02X}", u32::from(char))),
            false => text.push(char),
        }
    }
    text
}

/// What stands for the content folder at the start of a path, and the rest; `None` for a path that is seen from its file.
fn top<'p>(path: &'p str, base: &str) -> (Option<&'p str>, &'p str) {
    let base = format!("/{}/", base.trim_matches('/'));
    let tops = [base.as_str(), "~@source/", "@source/", "~@/", "@/", "~/", "/"];
    match tops
        .iter()
        .find(|top| top.len() > 1 && **top != "//" && path.starts_with(**top))
        .or(tops.last().filter(|_| path.starts_with('/')))
    {
        Some(top) => (Some(&path[..top.len()]), &path[top.len()..]),
        None => (None, path),
    }
}

/// The path of a target, from the root and without a slash, as `written` names it.
fn like(written: &str, to: Aimed<'_>) -> String {
    let url = &to.url[1..];
    if !to.is_page || stem(written) != written && !written.ends_with(".html") {
        return writable(to.path);
    }
    if written.ends_with(".html") {
        return writable(&match url.ends_with('/') || url.is_empty() {
            true => format!("{url}index.html"),
            false if url.ends_with(".html") => url.to_owned(),
            false => format!("{url}.html"),
        });
    }
    let (folder, name) = split_name(stem(to.path));
    match is_index_name(name) {
        // `guide/` and `guide`; the folder itself is nothing but a slash.
        true if written.is_empty() || written.ends_with(['/', '.']) || folder.is_empty() => writable(folder),
        true => writable(folder.trim_end_matches('/')),
        false => writable(url.strip_suffix(".html").unwrap_or(url)),
    }
}

/// A path from the root, seen from the folder of a file.
fn relative(from: &str, to: &str, dotted: bool) -> String {
    let (from, _) = split_name(from);
    let from: Vec<&str> = from.split_terminator('/').collect();
    let (folder, name) = split_name(to);
    let folder: Vec<&str> = folder.split_terminator('/').collect();
    // The names of folders in a link are escaped where they must be.
    let shared = from.iter().zip(&folder).take_while(|(a, b)| writable(a) == **b).count();
    let down: String = folder[shared..].iter().flat_map(|folder| [*folder, "/"]).collect();
    let up = "../".repeat(from.len() - shared);
    match (up.is_empty(), down.is_empty() && name.is_empty()) {
        (true, true) => "./".to_owned(),
        (true, false) if dotted => format!("./{down}{name}"),
        _ => format!("{up}{down}{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_written_as_they_were() {
        let page = Aimed { path: "manual/start here.md", url: "/manual/start here.html", is_page: true };
        let folder = Aimed { path: "manual/README.md", url: "/manual/", is_page: true };
        let picture = Aimed { path: "manual/a.png", url: "/manual/a.png", is_page: false };
        for (written, from, to, want) in [
            ("./start.md#x", "guide/a.md", page, "../manual/start%20here.md#x"),
            ("./start.md", "manual/a.md", page, "./start%20here.md"),
            ("start.md", "manual/a.md", page, "start%20here.md"),
            ("/guide/start.html?a#b", "guide/a.md", page, "/manual/start%20here.html?a#b"),
            ("../guide/start", "x/a.md", page, "../manual/start%20here"),
            ("/docs/guide/start.html", "a.md", page, "/docs/manual/start%20here.html"),
            ("@/guide/start.md", "a.md", page, "@/manual/start%20here.md"),
            ("./", "x.md", folder, "./manual/"),
            ("../guide/", "x/a.md", folder, "../manual/"),
            ("../guide", "x/a.md", folder, "../manual"),
            ("README.md", "manual/a.md", folder, "README.md"),
            ("index.html", "guide/a.md", folder, "../manual/index.html"),
            ("./", "manual/a.md", folder, "./"),
            ("i/a.png", "guide/a.md", picture, "../manual/a.png"),
            ("~@/i/a.png", "guide/a.md", picture, "~@/manual/a.png"),
        ] {
            let got = spellings(written, LinkKind::Link, from, to, "/docs/");
            // What is written already is no change.
            let first = got.first().map(String::as_str).filter(|_| want != written).unwrap_or(written);
            assert_eq!(first, want, "{written}");
        }
    }
}
