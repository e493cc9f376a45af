//! The site that is measured: pages alike in size and kind to real documentation. 7 KB of Markdown, four code blocks of 16
//! lines, a table, three containers, eight links. Each code block differs, so that nothing is gained by having seen it before.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const WORDS: &[&str] = &[
    "la",
    "documentation",
    "de",
    "chaque",
    "projet",
    "décrit",
    "les",
    "étapes",
    "pour",
    "installer",
    "et",
    "configurer",
    "un",
    "service",
    "avec",
    "des",
    "exemples",
    "complets",
    "vérifiés",
    "par",
    "équipe",
    "utilisateurs",
    "données",
    "ouvertes",
];

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}

fn code(language: &str, numbers: &mut Numbers) -> String {
    let mut code = format!("```{language}\n");
    for line in 0..16 {
        let (a, b) = (numbers.below(10_000), WORDS[numbers.below(WORDS.len())]);
        let _ = match language {
            "js" => writeln!(code, "const value{line} = compute({a}, \"{b}\") // {b}"),
            "bash" => writeln!(code, "deploy --target \"{b}-{a}\" && echo $HOME # {b}"),
            "yaml" => writeln!(code, "key{line}: [{a}, \"{b}\"] # {b}"),
            _ => writeln!(code, "let value_{line}: u32 = compute({a}, \"{b}\")?; // {b}"),
        };
    }
    code.push_str("```\n\n");
    code
}

/// A page of the site.
pub fn page(number: usize, pages: usize) -> String {
    let mut numbers = Numbers(number as u64 + 1);
    let mut text = format!("# Page {number}\n\n[[toc]]\n\n");
    for (section, language) in ["js", "bash", "yaml", "rust"].into_iter().enumerate() {
        let _ = writeln!(text, "## Partie {section} : {}\n", numbers.words(4));
        for _ in 0..2 {
            let to = numbers.below(pages);
            let link = format!("[{}](../s{}/p{to}.md)", numbers.words(2), to / 100);
            let _ = writeln!(text, "{} {link} {}.\n", numbers.words(40), numbers.words(40));
        }
        if section < 3 {
            let _ = writeln!(text, "::: tip {}\n{}\n:::\n", numbers.words(2), numbers.words(20));
        }
        text.push_str(&code(language, &mut numbers));
    }
    let _ = writeln!(text, "| {} | {} |\n|---|---|", numbers.words(1), numbers.words(1));
    for _ in 0..6 {
        let _ = writeln!(text, "| {} | {} |", numbers.words(3), numbers.words(6));
    }
    text
}

/// Writes a site of so many pages; the bytes of its Markdown.
pub fn write_site(pages: usize, folder: &Path) -> usize {
    let content = folder.join("content");
    let mut markdown = 0;
    for number in 0..pages {
        let path = content.join(format!("s{}/p{number}.md", number / 100));
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        let text = page(number, pages);
        markdown += text.len();
        fs::write(path, text).expect("it can be written");
    }
    fs::write(content.join("README.md"), "# Accueil\n").expect("it can be written");
    fs::write(folder.join("pressoir.yml"), "title: Mesure\nlang: fr\n").expect("it can be written");
    markdown
}
