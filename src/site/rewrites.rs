//! Other paths for pages than those of their files, as VitePress has them: patterns of paths, and what stands for them.
//!
//! A pattern is text with parameters: `:name` stands for a name, `:name*` for any number of names, `:name+` for at least one,
//! `:name?` for one or none, `:name(regex)` and `(regex)` for what the expression matches. A `/` or `.` before a parameter
//! belongs to it, and goes where it goes.

use regex::Regex;

use crate::base::SourcePath;
use crate::config::Project;
use crate::diag::Diagnostic;

/// The rules of a project, ready to be used.
#[derive(Debug, Default)]
pub struct Rewrites(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    from: From,
    /// The names of the groups of `from`, in order.
    names: Vec<String>,
    to: Vec<Token>,
}

/// What a rule fits.
#[derive(Debug)]
enum From {
    /// This path.
    Path(String),
    /// What this matches.
    Like(Regex),
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Text(String),
    Parameter {
        name: String,
        /// `/` or `.` before it, or nothing.
        prefix: String,
        /// What it stands for.
        regex: String,
        /// `*`, `+`, `?`, or nothing.
        times: Option<char>,
    },
}

impl Rewrites {
    /// The rules of a project, and what is wrong with them.
    pub fn new(project: &Project) -> (Rewrites, Vec<Diagnostic>) {
        let (mut rules, mut diagnostics) = (Vec::new(), Vec::new());
        for (from, to) in &project.rewrites {
            match rule(from, to) {
                Some(rule) => rules.push(rule),
                None => diagnostics.push(
                    Diagnostic::warning("setting-value", format!("`{from}: {to}` is no rule that rewrites paths"))
                        .help("write it like `packages/:name/README.md: :name/index.md`; it is not used"),
                ),
            }
        }
        (Rewrites(rules), diagnostics)
    }

    /// The path of a page below the content folder: that of its file, or what stands for it by the first rule that fits.
    pub fn relative(&self, path: &SourcePath, content: &SourcePath) -> String {
        let relative = path.below(content).unwrap_or(path.as_str());
        let rewritten = self.0.iter().find_map(|rule| rule.apply(relative));
        // A path that leads out of the folder, or to no page, is none.
        let valid = rewritten.and_then(|path| SourcePath::new(path.trim_start_matches('/')));
        let valid = valid.filter(|path| path.is_markdown());
        valid.map_or_else(|| relative.to_owned(), |path| path.as_str().to_owned())
    }
}

impl Rule {
    /// What stands for `path`, if the rule fits it.
    fn apply(&self, path: &str) -> Option<String> {
        let found = match &self.from {
            From::Path(from) if from == path => None,
            From::Path(_) => return None,
            From::Like(regex) => Some(regex.captures(path)?),
        };
        let value = |name: &str| {
            let index = self.names.iter().position(|known| known == name)?;
            found.as_ref()?.get(index + 1).map(|group| group.as_str())
        };
        let mut made = String::new();
        for token in &self.to {
            match token {
                Token::Text(text) => made.push_str(text),
                Token::Parameter { name, prefix, times, .. } => match value(name).filter(|value| !value.is_empty()) {
                    Some(value) => {
                        made.push_str(prefix);
                        made.push_str(value);
                    }
                    None if matches!(times, Some('*' | '?')) => {}
                    None => return None,
                },
            }
        }
        Some(made)
    }
}

fn rule(from: &str, to: &str) -> Option<Rule> {
    let (tokens, to) = (tokens(from)?, tokens(to)?);
    if let ([Token::Text(path)], [Token::Text(_)]) = (&*tokens, &*to) {
        return Some(Rule { from: From::Path(path.clone()), names: Vec::new(), to });
    }
    let mut regex = String::from("^");
    let mut names = Vec::new();
    for token in &tokens {
        match token {
            Token::Text(text) => regex.push_str(&regex::escape(text)),
            Token::Parameter { name, prefix, regex: inner, times } => {
                let prefix = regex::escape(prefix);
                let part = match times {
                    Some('*' | '+') => {
                        let many = format!("(?:{prefix}((?:{inner})(?:{prefix}(?:{inner}))*))");
                        if *times == Some('*') { format!("{many}?") } else { many }
                    }
                    Some(_) => format!("(?:{prefix}({inner}))?"),
                    None => format!("{prefix}({inner})"),
                };
                regex.push_str(&part);
                names.push(name.clone());
            }
        }
    }
    regex.push('$');
    let from = Regex::new(&regex).ok()?;
    // An expression of the author's that has groups of its own would shift ours.
    let is_known = |token: &Token| match token {
        Token::Text(_) => true,
        Token::Parameter { name, .. } => names.contains(name),
    };
    (from.captures_len() == names.len() + 1 && to.iter().all(is_known)).then_some(Rule {
        from: From::Like(from),
        names,
        to,
    })
}

/// The pieces of a pattern; `None` if it is none.
fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    let mut unnamed = 0;
    while let Some(char) = chars.next() {
        match char {
            '\\' => text.push(chars.next()?),
            ':' | '(' => {
                let mut name = String::new();
                if char == ':' {
                    while let Some(letter) = chars.next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '_') {
                        name.push(letter);
                    }
                    if name.is_empty() {
                        return None;
                    }
                } else {
                    name = unnamed.to_string();
                    unnamed += 1;
                }
                let own =
                    if char == '(' || chars.next_if_eq(&'(').is_some() { Some(expression(&mut chars)?) } else { None };
                let times = chars.next_if(|letter| matches!(letter, '*' | '+' | '?'));
                let prefix = match text.pop() {
                    Some(last @ ('/' | '.')) => last.to_string(),
                    Some(last) => {
                        text.push(last);
                        String::new()
                    }
                    None => String::new(),
                };
                if !text.is_empty() {
                    tokens.push(Token::Text(std::mem::take(&mut text)));
                }
                let regex = own.unwrap_or_else(|| "[^/#?]+?".to_owned());
                tokens.push(Token::Parameter { name, prefix, regex, times });
            }
            '{' | '}' => return None,
            char => text.push(char),
        }
    }
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
    // Repeated names without anything between them are names of a path all the same.
    for token in &mut tokens {
        if let Token::Parameter { prefix, times: Some('*' | '+'), regex, .. } = token
            && prefix.is_empty()
            && regex == "[^/#?]+?"
        {
            *regex = "[^#?]+?".to_owned();
        }
    }
    Some(tokens)
}

/// The regular expression up to the parenthesis that ends it.
fn expression(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let (mut regex, mut depth) = (String::new(), 1);
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                regex.push(char);
                regex.push(chars.next()?);
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (!regex.is_empty()).then_some(regex);
        }
        regex.push(char);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture::{Folder, source};

    fn rewritten(rules: &[(&str, &str)], path: &str) -> String {
        let mut project = Folder::new(crate::config::Layout::VitePress, &[]).project;
        project.content = source("docs");
        project.rewrites = rules.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        let (rewrites, found) = Rewrites::new(&project);
        assert_eq!(found, []);
        rewrites.relative(&source(&format!("docs/{path}")), &project.content)
    }

    #[test]
    fn patterns() {
        for (from, to, path, want) in [
            ("README.md", "index.md", "README.md", "index.md"),
            ("README.md", "index.md", "a/README.md", "a/README.md"),
            ("packages/:pkg/src/:slug*", ":pkg/:slug*", "packages/a/src/b/c.md", "a/b/c.md"),
            ("packages/:pkg/src/(.*)", ":pkg/(.*)", "packages/a/src/b/c.md", "a/b/c.md"),
            ("en/:rest*", ":rest*", "en/guide/start.md", "guide/start.md"),
            ("en/:rest*", ":rest*", "english/start.md", "english/start.md"),
            (":file(\\d+)-:name.md", ":name/:file.md", "12-été.md", "été/12.md"),
            ("a/:x?/b.md", ":x?/c.md", "a/b.md", "c.md"),
            (":all+.md", "x/:all+.md", "a/b.md", "x/a/b.md"),
            // What would leave the folder, or be no page.
            (":name.md", "../:name.md", "a.md", "a.md"),
            (":name.md", ":name", "a.md", "a.md"),
        ] {
            assert_eq!(rewritten(&[(from, to)], path), want, "{from} -> {to}");
        }
        assert_eq!(rewritten(&[("a.md", "b.md"), ("a.md", "c.md")], "a.md"), "b.md");
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for (from, to) in [("a/:", "b"), ("a", ":b"), ("(", "x"), ("((a)b)", "(x)"), ("{a}", "b")] {
            let mut project = Folder::new(crate::config::Layout::VitePress, &[]).project;
            project.rewrites = vec![(from.to_owned(), to.to_owned())];
            assert_eq!(Rewrites::new(&project).1.len(), 1, "{from} {to}");
        }
    }
}
