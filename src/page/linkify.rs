//! Addresses in plain text: where one begins and where it ends, as readers see it.
//!
//! `https://`, `http://`, `ftp://`, `//host`, `mailto:` and addresses of e-mail are found, and where the settings want more
//! `www.` too, or any name of a machine. The full stop that ends a sentence is no part of an address, nor is a closing bracket without its opening one.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3_iter;
use percent_encoding::percent_decode_str;

/// The longest address, and how far the end of a bracket is looked for.
const LONGEST: usize = 1_000;

/// Ends of names of machines for which an address of e-mail is one; all of two letters are, too.
const TOP_LEVEL: &[&str] = &[
    "aero", "asia", "biz", "com", "coop", "edu", "gov", "info", "museum", "name", "net", "org", "pro", "shop", "web",
    "xxx",
];

/// The codes of countries that end names of machines: the first letter, and all second ones.
const COUNTRIES: &[(u8, &[u8])] = &[
    (b'a', b"cdefgilmnoqrstuwxz"),
    (b'b', b"abdefghijmnorstvwyz"),
    (b'c', b"acdfghiklmnoruvwxyz"),
    (b'd', b"ejkmoz"),
    (b'e', b"cegrstu"),
    (b'f', b"ijkmor"),
    (b'g', b"abdefghilmnpqrstuwy"),
    (b'h', b"kmnrtu"),
    (b'i', b"delmnoqrst"),
    (b'j', b"emop"),
    (b'k', b"eghimnprwyz"),
    (b'l', b"abcikrstuvy"),
    (b'm', b"acdeghklmnopqrstuvwxyz"),
    (b'n', b"acefgilopruz"),
    (b'o', b"m"),
    (b'p', b"aefghklmnrstwy"),
    (b'q', b"a"),
    (b'r', b"eosuw"),
    (b's', b"abcdeghijklmnortuvxyz"),
    (b't', b"cdfghjklmnortvwz"),
    (b'u', b"agksyz"),
    (b'v', b"aceginu"),
    (b'w', b"fs"),
    (b'y', b"et"),
    (b'z', b"amw"),
];

/// Countries whose two letters end the names of files, too: `README.md` is no machine in Moldova.
const OF_FILES: &[&str] = &["cc", "md", "mk", "ml", "mm", "pl", "ps", "py", "rs", "sh", "so"];

/// Which addresses are found that do not say how they are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bare {
    /// None.
    No,
    /// Those that begin with `www.`.
    Www,
    /// These, and names of machines: `example.org/a`.
    Hosts,
}

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it needs before it to be a whole address: nothing, `mailto:` or `http://`.
    pub prefix: &'static str,
}

/// The addresses in `text`.
pub(crate) fn find(text: &str, bare: Bare) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in memchr3_iter(b':', b'@', b'/', text.as_bytes()) {
        let done = found.last().map_or(0, |found| found.range.end);
        if at < done {
            continue;
        }
        let one = match text.as_bytes()[at] {
            b':' => with_scheme(text, done, at),
            b'@' => mail(text, done, at),
            _ => without_scheme(text, done, at),
        };
        found.extend(one);
    }
    if bare != Bare::No {
        found.extend(text.match_indices("www.").filter_map(|(at, _)| www(text, at)));
        if bare == Bare::Hosts {
            found.extend(hosts(text));
        }
        found.sort_by_key(|found| (found.range.start, found.range.end));
        // Of two that share a part, the first is meant: `www.a.b/?of=https://c.d` is one address.
        let mut done = 0;
        found.retain(|one| {
            let is_apart = one.range.start >= done;
            done = if is_apart { one.range.end } else { done };
            is_apart
        });
    }
    found
}

/// How long the address with a scheme is that `text` begins with.
pub(crate) fn at_start(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    with_scheme(text, 0, colon).filter(|found| found.range.start == 0).map(|found| found.range.end)
}

/// `https://host/path`: the colon stands at `colon`; nothing before `from` belongs to it.
fn with_scheme(text: &str, from: usize, colon: usize) -> Option<Found> {
    let before = &text[from..colon];
    let scheme = ["https", "http", "ftp", "mailto"].into_iter().find(|scheme| {
        let length = before.len().checked_sub(scheme.len());
        length.is_some_and(|at| before.is_char_boundary(at) && before[at..].eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
    if text[..start].ends_with(goes_on) {
        return None;
    }
    let end = if scheme == "mailto" {
        let at = colon + 1 + text[colon + 1..].bytes().take(LONGEST).take_while(|byte| is_of_mailbox(*byte)).count();
        (at > colon + 1 && text[at..].starts_with('@')).then(|| mail_host(text, at + 1))??
    } else {
        let host = text[colon + 1..].strip_prefix("//").map(|_| colon + 3)?;
        path_end(text, host_end(text, login_end(text, host))?)
    };
    Some(Found { range: start..end, prefix: "" })
}

/// `//host/path`, whose first slash stands at `slash`.
fn without_scheme(text: &str, from: usize, slash: usize) -> Option<Found> {
    let before = text[from..slash].chars().next_back();
    if !text[slash..].starts_with("//")
        || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '/' | '_' | '\\'))
        || from == slash && from > 0
    {
        return None;
    }
    let host = slash + 2;
    let end = host_end(text, host)?;
    let name = text[host..end].split(':').next().unwrap_or("");
    let (_, top) = name.rsplit_once('.').unwrap_or(("", ""));
    let is_host = name == "localhost" || top.starts_with(|c: char| c.is_alphabetic());
    is_host.then(|| Found { range: slash..path_end(text, end), prefix: "" })
}

/// `name@host.org`, whose `@` stands at `at`.
fn mail(text: &str, from: usize, at: usize) -> Option<Found> {
    let name = text.as_bytes()[from..at].iter().rev().take(LONGEST).take_while(|byte| is_of_mailbox(**byte)).count();
    let start = at - name;
    if name == 0 || text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@')) {
        return None;
    }
    Some(Found { range: start..mail_host(text, at + 1)?, prefix: "mailto:" })
}

/// The end of the host of an address of e-mail that begins at `start`.
fn mail_host(text: &str, start: usize) -> Option<usize> {
    let end = host_end(text, start)?;
    let end = start + text[start..end].find(':').unwrap_or(end - start);
    let (_, top) = text[start..end].rsplit_once('.')?;
    let is_known = top.len() == 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        || top.starts_with("xn--")
        || TOP_LEVEL.iter().any(|known| top.eq_ignore_ascii_case(known));
    is_known.then_some(end)
}

/// `www.host.org/path`.
fn www(text: &str, start: usize) -> Option<Found> {
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '.' | '-' | '_' | ':')) {
        return None;
    }
    let host = host_end(text, start)?;
    let has_name = text.get(start + "www.".len()..host).is_some_and(|name| name.contains('.'));
    has_name.then(|| Found { range: start..path_end(text, host), prefix: "http://" })
}

/// `host.org/path`, at the beginning of a word.
fn hosts(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut done = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        if dot < done {
            continue;
        }
        let label =
            bytes[done..dot].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let start = dot - label;
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '.' | '-' | '_' | ':' | '\\');
        if label == 0 || text[..start].ends_with(goes_on) {
            continue;
        }
        let Some(end) = host_end(text, start) else { continue };
        done = end;
        let name = text[start..end].split(':').next().unwrap_or("");
        let Some((_, top)) = name.rsplit_once('.').filter(|_| name.is_ascii()) else { continue };
        let is_known = |known: &&str| top.eq_ignore_ascii_case(known);
        let of_country = is_country(top) && !OF_FILES.iter().any(is_known);
        let follows = text[end..].chars().next();
        if (of_country || TOP_LEVEL.iter().any(is_known)) && !follows.is_some_and(|c| matches!(c, '@' | '_' | '-')) {
            done = path_end(text, end);
            found.push(Found { range: start..done, prefix: "http://" });
        }
    }
    found
}

fn is_country(top: &str) -> bool {
    match top.to_ascii_lowercase().as_bytes() {
        [first, second] => COUNTRIES.iter().any(|(letter, others)| letter == first && others.contains(second)),
        _ => false,
    }
}

/// An address as readers see it: what its escapes stand for, but for those that mean something in it.
pub(crate) fn readable(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let decoded = percent_decode_str(address).decode_utf8();
    let Ok(_) = decoded else { return Cow::Borrowed(address) };
    let mut shown = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        shown.push_str(&rest[..at]);
        // A letter of several bytes has as many escapes.
        let escapes = rest.as_bytes()[at..].chunks(3).take_while(|escape| is_escape(escape)).count();
        let end = at + 3 * escapes;
        let part = &rest[at..end];
        for char in percent_decode_str(part).decode_utf8_lossy().chars() {
            match char {
                char if char.is_control() || "%;/?:@&=+$,#".contains(char) => {
                    shown.push_str(&format!("%{:02X}", char as u32))
                }
                char => shown.push(char),
            }
        }
        match escapes {
            0 => {
                shown.push('%');
                rest = &rest[at + 1..];
            }
            _ => rest = &rest[end..],
        }
    }
    shown.push_str(rest);
    match shown == address {
        true => Cow::Borrowed(address),
        false => Cow::Owned(shown),
    }
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn is_of_mailbox(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'=' | b'&' | b'$')
}

/// Behind `user:password@`, if it stands at `start`.
fn login_end(text: &str, start: usize) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'[' | b']' | b'(' | b')' | b'@');
    let end = text.as_bytes()[start..].iter().take(LONGEST).position(ends);
    match end.filter(|&end| end > 0 && text.as_bytes()[start + end] == b'@') {
        Some(end) => start + end + 1,
        None => start,
    }
}

/// The end of a name of a machine, with its port, that begins at `start`.
fn host_end(text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        let label = label_end(text, end);
        if label == end {
            return (end > start).then(|| end - 1).filter(|_| end > start + 1);
        }
        end = label;
        match text.as_bytes().get(end) {
            Some(b'.') if label_end(text, end + 1) > end + 1 => end += 1,
            // `a_b.c` is no name of a machine.
            Some(b'-' | b'_') => return None,
            Some(b':') => {
                let digits = text[end + 1..].bytes().take(6).take_while(u8::is_ascii_digit).count();
                return Some(if (1..=5).contains(&digits) { end + 1 + digits } else { end });
            }
            _ => return Some(end),
        }
    }
}

/// The end of a part of a name between full stops.
fn label_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
    if rest.starts_with('-') { start } else { start + rest[..length].trim_end_matches('-').len() }
}

/// The end of the path, query and fragment that begin at `start`.
pub(crate) fn path_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    if !rest.starts_with(['/', '?', '#']) {
        return start;
    }
    let mut at = 1;
    let is_end = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\u{ff5c}');
    while let Some(c) = rest[at..].chars().next().filter(|c| !is_end(*c)) {
        let after = &rest[at + c.len_utf8()..];
        let next = after.chars().next().filter(|c| !is_end(*c));
        let taken = match c {
            '(' => bracketed(after, ')').map(|end| 1 + end),
            '[' => bracketed(after, ']').map(|end| 1 + end),
            '{' => bracketed(after, '}').map(|end| 1 + end),
            '"' => bracketed(after, '"').map(|end| 1 + end),
            '\'' => bracketed(after, '\'')
                .map(|end| 1 + end)
                .or_else(|| next.filter(|c| c.is_alphanumeric() || *c == '-').map(|_| 1)),
            ')' | ']' | '}' => None,
            // What ends a sentence at the end of an address ends the sentence.
            '.' | ',' | ';' | '?' | '!' => {
                let same = after.len() - after.trim_start_matches(c).len();
                let goes_on =
                    after[same..].chars().next().is_some_and(|c| !is_end(c) && !matches!(c, '"' | '\'' | ')'));
                (goes_on && (same == 0 || matches!(c, '.' | '!'))).then_some(1 + same)
            }
            // Quotation marks of other languages, and full stops of other scripts, stand around addresses.
            '»' | '”' | '’' | '“' | '。' | '，' | '、' | '）' | '」' | '』' | '】' | '；' | '：' | '！' | '？' => {
                None
            }
            c => Some(c.len_utf8()),
        };
        match taken {
            Some(length) => at += length,
            None => break,
        }
    }
    // Of an address that ends with its name nothing is left but a slash.
    if at == 1 && !rest.starts_with('/') { start } else { start + at }
}

/// Behind the `close` that ends what begins with `text`, if no white space comes before it.
fn bracketed(text: &str, close: char) -> Option<usize> {
    let is_stop = |c: char| c == close || c.is_whitespace() || c.is_control();
    let (at, found) = text.char_indices().take(LONGEST).find(|(_, c)| is_stop(*c))?;
    (found == close && (at > 0 || !matches!(close, '"' | '\''))).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, bare: Bare) -> String {
        let found = find(text, bare);
        let one = |found: &Found| format!("{}{}", found.prefix, &text[found.range.clone()]);
        found.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn addresses_share_no_part() {
        for (text, want) in [
            ("www.a.b#https://a.b/cmot", "http://www.a.b#https://a.b/cmot"),
            ("www.a.b/www.c.d www.e.f", "http://www.a.b/www.c.d http://www.e.f"),
            ("https://a.b/www.c.d x@www.e.fr", "https://a.b/www.c.d mailto:x@www.e.fr"),
        ] {
            assert_eq!(shown(text, Bare::Www), want, "{text}");
        }
    }

    /// Each with what VitePress makes of it, but for quotation marks and scripts other than Latin.
    #[test]
    fn addresses_end_where_readers_see_them_end() {
        for (text, want) in [
            ("see https://example.com.", "https://example.com"),
            ("(see https://en.wikipedia.org/wiki/A_(b))", "https://en.wikipedia.org/wiki/A_(b)"),
            ("https://en.wikipedia.org/wiki/A_(b)_c, x", "https://en.wikipedia.org/wiki/A_(b)_c"),
            ("http://localhost:8080/a http://a", "http://localhost:8080/a http://a"),
            ("ftp://a.b/c mailto:a@b.cc tel:1", "ftp://a.b/c mailto:a@b.cc"),
            ("//c.d/e //localhost // x a//b.c /a//b.c", "//c.d/e //localhost"),
            ("xhttps://x.y a.https://x.y", ""),
            ("_https://x.y, éhttps://x.y", "https://x.y https://x.y"),
            ("\"https://x.y/a\" 'https://x.y/b'", "https://x.y/a https://x.y/b"),
            ("«https://x.y/c» “https://x.y/d”", "https://x.y/c https://x.y/d"),
            ("https://x.y?a=1&b=2", "https://x.y?a=1&b=2"),
            (
                "https://x.y/a... b https://x.y/a!! https://x.y/a? https://x.y/a;",
                "https://x.y/a https://x.y/a https://x.y/a https://x.y/a",
            ),
            ("https://x.y/a: d", "https://x.y/a:"),
            ("https://x.y/a--b -- https://x.y/--", "https://x.y/a--b https://x.y/--"),
            ("https://x.y/{id}/c https://x.y/[id]", "https://x.y/{id}/c https://x.y/[id]"),
            ("https://x.y/{{ a }}", "https://x.y/"),
            ("https://user:pass@x.y:80/a", "https://user:pass@x.y:80/a"),
            ("https://x.y/a,b,c, https://1.2.3.4/a https://[::1]/", "https://x.y/a,b,c https://1.2.3.4/a"),
            ("https://x.y/#a https://x.y# https://x.y/", "https://x.y/#a https://x.y https://x.y/"),
            ("https://x https://", "https://x"),
            ("HTTPS://X.Y/A", "HTTPS://X.Y/A"),
            ("https://x.y）中文 中https://x.y，z", "https://x.y https://x.y"),
            ("https://x.y/a'b' https://x.y/a\"b\"", "https://x.y/a'b' https://x.y/a\"b\""),
            ("https://x.y:port/ https://x.y:80:", "https://x.y https://x.y:80"),
            ("http://x:8) :)", "http://x:8"),
            ("https://x_y.z/a https://-a.b https://a..b", "https://a"),
            ("https://x.y/(a https://x.y/a) https://x.y/(a)b", "https://x.y/ https://x.y/a https://x.y/(a)b"),
            ("git@github.com:a/b a@b.c a@b.cc, x.y+z@é.fr.", "mailto:git@github.com mailto:a@b.cc mailto:x.y+z@é.fr"),
            ("git+ssh://a.b/c irc://a.b ssh://a@b.cc", ""),
            ("https://été.fr/é à", "https://été.fr/é"),
            ("https://a.b/c?d#e.f", "https://a.b/c?d#e.f"),
            ("@ : / :// a@ @b.com", ""),
        ] {
            assert_eq!(shown(text, Bare::No), want, "{text}");
        }
    }

    #[test]
    fn without_a_scheme() {
        for (text, want) in [
            ("www.example.com.", "http://www.example.com"),
            ("(www.example.com/a?b)", "http://www.example.com/a?b"),
            ("https://www.example.com", "https://www.example.com"),
            ("awww.example.com www.example example.com", ""),
            ("a@www.example.com www.b.org", "mailto:a@www.example.com http://www.b.org"),
        ] {
            assert_eq!(shown(text, Bare::Www), want, "{text}");
        }
    }

    #[test]
    fn escapes_are_shown_as_what_they_stand_for() {
        for (address, want) in [
            ("https://a.b/%E4%B8%AD%20c?d=%2F%25e#%C3%A9", "https://a.b/中 c?d=%2F%25e#é"),
            ("https://a.b/%E4%B8/100%/%zz", "https://a.b/%E4%B8/100%/%zz"),
            ("https://a.b/%0a", "https://a.b/%0A"),
            ("https://a.b/c", "https://a.b/c"),
        ] {
            assert_eq!(readable(address), want, "{address}");
        }
    }

    #[test]
    fn names_of_machines() {
        for (text, want) in [
            ("see draw.io, (example.com/a?b) and ASP.NET.", "http://draw.io http://example.com/a?b http://ASP.NET"),
            ("CLAUDE.md, setup.py, Node.js: a.b.c v1.2 e.g. i.e. 1.5 a.tar.gz", ""),
            (
                "x@example.com https://example.com/b.org www.c.org",
                "mailto:x@example.com https://example.com/b.org http://www.c.org",
            ),
            ("用draw.io，在 draw.io，", "http://draw.io"),
            ("a/b.com _c.com config.com_d localhost:80 d.org:80/x", "http://d.org:80/x"),
        ] {
            assert_eq!(shown(text, Bare::Hosts), want, "{text}");
            assert!(!shown(text, Bare::Www).contains("draw.io"));
        }
    }

    #[test]
    fn it_takes_no_longer_than_the_text() {
        for text in [
            "https://a/(",
            "https://a/\"",
            "a@",
            "www.",
            "begins with www.",
            "www. and more",
            "www.\u{e9}",
            "//a.b/",
            "https://a:",
            "a.",
            "a-",
            "a.bc:",
        ] {
            let found = find(&text.repeat(20_000), Bare::Hosts);
            assert!(found.iter().all(|found| !found.range.is_empty()));
        }
    }
}
