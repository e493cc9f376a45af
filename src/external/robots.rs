//! `robots.txt`: what a host lets programs look at (RFC 9309).

/// The rules of a host for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// Patterns of paths, and whether they are allowed.
    rules: Vec<(String, bool)>,
}

impl Robots {
    pub fn all_allowed() -> Robots {
        Robots::default()
    }

    pub fn none_allowed() -> Robots {
        Robots { rules: vec![("/".to_owned(), false)] }
    }

    /// The rules for a program that calls itself `name`: those of its own group, else those for all.
    pub fn read(text: &str, name: &str) -> Robots {
        let product = name.split(['/', ' ']).next().unwrap_or_default().to_ascii_lowercase();
        let (mut own, mut all, mut has_own) = (Vec::new(), Vec::new(), false);
        // Lines that name programs stand together, before the rules of their group.
        let (mut is_own, mut is_all, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if in_rules {
                        (is_own, is_all, in_rules) = (false, false, false);
                    }
                    is_own |= value.to_ascii_lowercase() == product;
                    is_all |= value == "*";
                    has_own |= is_own;
                }
                key @ ("allow" | "disallow") => {
                    in_rules = true;
                    // An empty rule says nothing.
                    if value.is_empty() {
                        continue;
                    }
                    let rule = (value.to_owned(), key == "allow");
                    if is_own {
                        own.push(rule.clone());
                    }
                    if is_all {
                        all.push(rule);
                    }
                }
                _ => {}
            }
        }
        Robots { rules: if has_own { own } else { all } }
    }

    /// Whether a path may be looked at: the longest pattern decides, and of two alike the one that allows.
    pub fn allow(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching.max_by_key(|(pattern, allowed)| (pattern.len(), *allowed)).is_none_or(|(_, allowed)| *allowed)
    }
}

/// Whether a path begins as a pattern says, in which `*` is anything and `$` the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if to_the_end && index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_the_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read() {
        let all = "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow:\n";
        let own = "User-agent: other\nUser-agent: Pressoir # us\nDisallow: /only\n\nUser-agent: *\nDisallow: /\n";
        for (text, path, want) in [
            (all, "/", true),
            (all, "/private/x", false),
            (all, "/private/open/x", true),
            (own, "/x", true),
            (own, "/only?x", false),
            ("", "/x", true),
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false),
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true),
            ("User-agent: *\nDisallow: /a*b/c", "/axxb/cd", false),
            ("User-agent: *\nDisallow: /x$", "/x", false),
            ("User-agent: *\nDisallow: /x$", "/xy", true),
            ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", true),
        ] {
            assert_eq!(Robots::read(text, "pressoir/1.0 (x)").allow(path), want, "{text}: {path}");
        }
        assert!(!Robots::none_allowed().allow("/") && Robots::all_allowed().allow("/"));
    }
}
