//! The custom properties that a style sheet gives colours to: `--link: light-dark(#1747a6, #9fc3ff)`.

use super::colour::Colour;

/// A colour for light windows and one for dark ones.
pub(in crate::render) type Pair = [Colour; 2];

/// Properties and their colours, in the order of the sheet; of two of one name, the last counts.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Tokens(Vec<(String, Pair)>);

impl Tokens {
    /// Those of a sheet, up to its first media query: what follows holds for some windows only.
    pub(in crate::render) fn read(css: &str) -> Tokens {
        let mut tokens = Tokens::default();
        tokens.add(css);
        tokens
    }

    /// Adds those of another sheet, which counts more.
    pub(in crate::render) fn add(&mut self, css: &str) {
        let css = css.split("@media").next().unwrap_or_default();
        for declaration in css.split([';', '{', '}']) {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let name = name.trim();
            if name.starts_with("--")
                && let Some(pair) = self.pair(value.trim())
            {
                self.set(name, pair);
            }
        }
    }

    /// Gives a property its colours.
    pub(in crate::render) fn set(&mut self, name: &str, pair: Pair) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = pair,
            None => self.0.push((name.to_owned(), pair)),
        }
    }

    /// The colours of a property.
    pub(in crate::render) fn get(&self, name: &str) -> Option<Pair> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, pair)| *pair)
    }

    /// All, with their names.
    #[cfg(test)]
    pub(in crate::render) fn iter(&self) -> impl Iterator<Item = (&str, Pair)> {
        self.0.iter().map(|(name, pair)| (name.as_str(), *pair))
    }

    /// The colours that a value means: one, a pair, or those of a property above.
    pub(in crate::render) fn pair(&self, value: &str) -> Option<Pair> {
        if let Some(name) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
            return self.get(name.trim());
        }
        let Some(pair) = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) else {
            return Colour::parse(value).map(|colour| [colour; 2]);
        };
        // A comma inside parentheses divides the parts of a colour.
        let mut depth = 0;
        let at = pair.find(|char| {
            depth += i32::from(char == '(') - i32::from(char == ')');
            char == ',' && depth == 0
        })?;
        Some([Colour::parse(pair[..at].trim())?, Colour::parse(pair[at + 1..].trim())?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_a_sheet() {
        let css = ":root { --a: light-dark(#fff, rgb(1, 2, 3)); --b: #111111; --c: var(--a); --d: 1px; x: #000 }\n\
                   @media print { :root { --a: #000000; } }";
        let shown: Vec<String> = Tokens::read(css)
            .iter()
            .map(|(name, [light, dark])| format!("{name} {} {}", light.hex(), dark.hex()))
            .collect();
        assert_eq!(shown, ["--a #ffffff #010203", "--b #111111 #111111", "--c #ffffff #010203"]);
    }
}
