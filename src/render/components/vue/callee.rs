//! The components that a template uses, as far as those who use them must know.

use crate::page::components::normal;
use crate::render::components::defined;

/// A component that a template uses.
#[derive(Clone)]
pub(in crate::render) struct Callee {
    /// Its name, as its template has it.
    pub name: String,
    /// The names of its arguments.
    pub arguments: Vec<String>,
    /// Whether it takes others besides.
    pub takes_any: bool,
}

/// The components that a template of ours defines.
pub(in crate::render) fn callees(text: &str) -> impl Iterator<Item = Callee> {
    defined(text).filter_map(|name| {
        let (_, after) = text.split_once(&format!("component {name}("))?;
        let (arguments, takes_any) = arguments(&format!("({after}"));
        Some(Callee { name: name.to_owned(), arguments, takes_any })
    })
}

/// The names in a list of arguments, `(text: String = "a, b", @t, ...rest)`, and whether it ends with a rest. What every component may
/// read is no argument.
fn arguments(list: &str) -> (Vec<String>, bool) {
    let mut takes_any = false;
    let (mut names, mut depth, mut quoted, mut begins) = (Vec::new(), 0, false, false);
    for (at, c) in list.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 1 => break,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if begins && !c.is_whitespace() {
            let rest = &list[at..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            names.extend((end > 0).then(|| rest[..end].to_owned()));
            takes_any |= rest.starts_with("...");
            begins = false;
        }
        begins |= depth == 1 && !quoted && matches!(c, '(' | ',');
    }
    (names, takes_any)
}

impl Callee {
    /// Its argument of this name, however it is written.
    pub fn argument(&self, written: &str) -> Option<String> {
        let same = normal(written);
        let known = self.arguments.iter().find(|name| normal(name) == same).cloned();
        known.or_else(|| self.takes_any.then(|| written.replace('-', "_")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_a_template() {
        let text =
            "{% component A(a: String = \"x, (y)\", b = [1, 2], @t) -%}{%- endcomponent A %}{% component B(...rest) %}";
        let found: Vec<Callee> = callees(text).collect();
        assert_eq!(found[0].arguments, ["a", "b"]);
        assert_eq!(found[0].argument("A"), Some("a".to_owned()));
        assert_eq!((found[0].argument("c"), found[1].argument("c-d")), (None, Some("c_d".to_owned())));
    }
}
