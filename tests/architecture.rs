//! A module names only modules on lower floors. The floors are the table at the top of `src/lib.rs`.
#![allow(clippy::disallowed_methods, reason = "these tests read the program's own sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the table, each with its floor.
fn floors(lib: &str) -> BTreeMap<String, u32> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix("//! |")?.split('|').map(str::trim);
        let floor = cells.next()?.parse().ok()?;
        Some((cells.next()?.trim_matches('`').to_owned(), floor))
    };
    lib.lines().filter_map(row).collect()
}

/// A piece of Rust that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Path,
    Mark(char),
}

/// The tokens of a source, without comments, texts, characters and lifetimes.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut tokens, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        match (at(i), at(i + 1)) {
            ('/', '/') => i += chars[i..].iter().take_while(|&&c| c != '\n').count(),
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            ('"', _) => i = text_end(&chars, i),
            ('r', '"' | '#') | ('b', 'r') if raw_text_end(&chars, i).is_some() => {
                i = raw_text_end(&chars, i).unwrap_or(i);
            }
            ('\'', '\\') => i += 3 + chars[i + 3..].iter().take_while(|&&c| c != '\'').count() + 1,
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                tokens.push(Token::Path);
                i += 2;
            }
            (c, _) if is_word(c) => {
                let word: String = chars[i..].iter().take_while(|&&c| is_word(c)).collect();
                i += word.chars().count();
                tokens.push(Token::Word(word));
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push(Token::Mark(c));
                }
                i += 1;
            }
        }
    }
    tokens
}

fn text_end(chars: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The end of `r"..."`, `r##"..."##` or `br"..."`, if one starts here.
fn raw_text_end(chars: &[char], start: usize) -> Option<usize> {
    let quote = start + if chars[start] == 'b' { 2 } else { 1 };
    let hashes = chars.get(quote..)?.iter().take_while(|&&c| c == '#').count();
    let open = quote + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let ends = |i: &usize| {
        chars[*i] == '"' && chars.get(i + 1..i + 1 + hashes).is_some_and(|after| after.iter().all(|&c| c == '#'))
    };
    (open + 1..chars.len()).find(ends).map(|i| i + 1 + hashes)
}

/// The tokens without what is compiled only for tests: a test may look wherever it likes.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let marks = |text: &str| self::tokens(text);
    let test = marks("#[cfg(test)]");
    let mut kept = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if !tokens[i..].starts_with(&test) {
            kept.push(tokens[i].clone());
            i += 1;
            continue;
        }
        // The item ends with its first block, or with a semicolon before any.
        let mut depth = 0;
        while i < tokens.len() {
            i += 1;
            match tokens[i - 1] {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') if depth == 1 => break,
                Token::Mark('}') => depth -= 1,
                Token::Mark(';') if depth == 0 => break,
                _ => {}
            }
        }
    }
    kept
}

/// The modules at the root of the crate that a file names. `depth` is how many `super` lead from it to the root.
fn named(source: &str, depth: usize) -> BTreeSet<String> {
    let tokens = without_tests(&tokens(source));
    let word = |index: usize| match tokens.get(index) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let is_path = |index: usize| tokens.get(index) == Some(&Token::Path);
    let mut names = BTreeSet::new();
    let mut i = 0;
    while i < tokens.len() {
        let root = match word(i) {
            Some("crate") if is_path(i + 1) => Some(i + 2),
            Some("super") if i == 0 || !is_path(i - 1) => {
                let up = (0..).take_while(|n| word(i + 2 * n) == Some("super") && is_path(i + 2 * n + 1)).count();
                (up >= depth).then_some(i + 2 * up)
            }
            _ => None,
        };
        i += 1;
        let Some(next) = root else { continue };
        if let Some(name) = word(next) {
            names.insert(name.to_owned());
        } else if tokens.get(next) == Some(&Token::Mark('{')) {
            names.extend(first_names(&tokens[next..]));
        }
    }
    names
}

/// `a` and `b` of `{a::x, b::{y, z}}`.
fn first_names(group: &[Token]) -> Vec<String> {
    let (mut names, mut depth, mut first) = (Vec::new(), 0, false);
    for token in group {
        match token {
            Token::Mark('{') => (depth, first) = (depth + 1, depth == 0),
            Token::Mark('}') if depth == 1 => break,
            Token::Mark('}') => depth -= 1,
            Token::Mark(',') => first = depth == 1,
            Token::Word(name) if first => {
                names.push(name.clone());
                first = false;
            }
            _ => {}
        }
    }
    names
}

/// The Rust files below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        match path.is_dir() {
            true => found.extend(rust_files(&path)),
            false if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// A file is left out if it is compiled only for tests: `mod tests;` below `#[cfg(test)]`.
fn is_test_file(path: &Path) -> bool {
    let parent = path.parent().expect("it is below src").with_extension("rs");
    let Ok(parent) = fs::read_to_string(parent) else { return false };
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let declared = |tokens: &[Token]| tokens.windows(2).any(|two| two == [word("mod"), word(stem)]);
    let all = tokens(&parent);
    declared(&all) && !declared(&without_tests(&all))
}

fn word(text: &str) -> Token {
    Token::Word(text.into())
}

#[test]
fn a_module_names_only_lower_floors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let floors = floors(&fs::read_to_string(src.join("lib.rs")).expect("the library has a root"));
    assert!(!floors.is_empty(), "src/lib.rs has no table of floors");
    let mut faults = Vec::new();
    for file in rust_files(&src) {
        let below = file.strip_prefix(&src).expect("it is below src").with_extension("");
        let steps: Vec<&str> = below.iter().filter_map(|step| step.to_str()).collect();
        let module = steps[0];
        if matches!(steps[..], ["lib" | "main"]) || is_test_file(&file) {
            continue;
        }
        let Some(floor) = floors.get(module) else {
            faults.push(format!("`{module}` has no floor in the table of src/lib.rs"));
            continue;
        };
        let source = fs::read_to_string(&file).expect("the sources can be read");
        for other in named(&source, steps.len()).iter().filter(|other| *other != module) {
            if let Some(above) = floors.get(other).filter(|above| *above >= floor) {
                let file = below.display();
                faults.push(format!("src/{file}.rs: `{module}` (floor {floor}) names `{other}` (floor {above})"));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_table_lists_every_module_and_no_other() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).expect("the library has a root");
    let tokens = tokens(&lib);
    let declared: BTreeSet<String> = tokens
        .windows(2)
        .filter_map(|two| match two {
            [Token::Word(key), Token::Word(name)] if key == "mod" => Some(name.clone()),
            _ => None,
        })
        .collect();
    let listed: BTreeSet<String> = floors(&lib).into_keys().collect();
    assert_eq!(listed, declared, "left: the table, right: the `mod` lines of src/lib.rs");
}

#[test]
fn names_are_found_wherever_they_stand() {
    for (depth, source, want) in [
        (1, "use crate::base::Hash;", &["base"][..]),
        (1, "use crate::{base::{Hash, Span}, diag};", &["base", "diag"]),
        (1, "fn f() -> crate::site::Site { crate::page::parse() }", &["page", "site"]),
        (1, "// crate::a\n/* crate::b /* crate::c */ */ /// crate::d\n", &[]),
        (1, "const A: &str = \"crate::a \\\" crate::b\"; const B: &str = r#\"crate::c\" \"#;", &[]),
        (1, "const A: char = '\"'; use crate::a; const B: char = '\\''; fn f<'a>(x: &'a crate::b::C) {}", &["a", "b"]),
        (1, "#[cfg(test)]\nmod tests { use crate::a; }\nuse crate::b;", &["b"]),
        (1, "#[cfg(test)]\nmod tests;\nuse crate::b;", &["b"]),
        (1, "use super::serve::Server;", &["serve"]),
        (2, "use super::serve::Server;", &[]),
        (2, "use super::super::serve::Server;", &["serve"]),
        (1, "pub(crate) fn crate_name() {}", &[]),
    ] {
        let want: BTreeSet<String> = want.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(named(source, depth), want, "{source}");
    }
}
