//! The hero and the features of a home page, from the three ways in which front matter writes them: VuePress 1
//! (`actionText`), VuePress 2 (`actions`) and VitePress (`hero`).

use serde::Serialize;
use serde_yaml::{Mapping, Value};

use super::types::Locale;
use crate::base::escaped;

/// A home page, as templates see it. Texts are HTML: what VuePress takes as plain text is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Home {
    name: Option<String>,
    text: Option<String>,
    tagline: Option<String>,
    image: Option<Picture>,
    actions: Vec<Action>,
    features: Vec<Feature>,
    /// What the page says at its foot in the place of the site's footer.
    #[serde(skip)]
    pub footer: Option<String>,
}

/// A picture, with one for dark windows where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
struct Picture {
    src: String,
    dark: Option<String>,
    alt: String,
    height: Option<String>,
}

/// A link of the hero.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
struct Action {
    text: String,
    href: String,
    primary: bool,
}

/// A feature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
struct Feature {
    title: String,
    details: Vec<String>,
    icon: Option<String>,
    image: Option<Picture>,
    href: Option<String>,
    link_text: Option<String>,
}

impl Home {
    /// What the front matter of a home page says; `href` makes an address of one as it is written there.
    pub fn new(values: &Mapping, locale: &Locale, href: &dyn Fn(&str) -> String) -> Home {
        let reader = Reader { href };
        match values.get("layout").and_then(Value::as_str) == Some("home") {
            true => reader.vitepress(values),
            false => reader.vuepress(values, locale),
        }
    }

    /// Its texts, in the order in which they are shown, as HTML: what it says of the site, and not where it leads.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let hero = [&self.name, &self.text, &self.tagline].into_iter().flatten();
        let features = self.features.iter().flat_map(|feature| std::iter::once(&feature.title).chain(&feature.details));
        hero.chain(features).map(String::as_str)
    }
}

struct Reader<'a> {
    href: &'a dyn Fn(&str) -> String,
}

impl Reader<'_> {
    fn vuepress(&self, values: &Mapping, locale: &Locale) -> Home {
        // `null` hides what would stand there by default.
        let or_default = |key: &str, default: &str| match values.get(key) {
            Some(Value::Null | Value::Bool(false)) => None,
            Some(value) => plain(value),
            None => Some(default.to_owned()).filter(|text| !text.is_empty()),
        };
        let description = values.get("description").and_then(plain).unwrap_or_else(|| locale.description.to_string());
        let mut actions: Vec<Action> =
            sequence(values, "actions").filter_map(|action| self.action(action, escaped)).collect();
        if let (Some(text), Some(link)) = (text(values, "actionText"), text(values, "actionLink")) {
            actions.insert(0, Action { text: escaped(&text), href: self.href(&link), primary: true });
        }
        let image = text(values, "heroImage").map(|src| Picture {
            src: self.href(&src),
            dark: text(values, "heroImageDark").map(|dark| self.href(&dark)),
            alt: text(values, "heroAlt").unwrap_or_default(),
            height: text(values, "heroHeight").filter(|height| height.bytes().all(|byte| byte.is_ascii_digit())),
        });
        let raw = values.get("footerHtml").and_then(Value::as_bool) == Some(true);
        Home {
            name: or_default("heroText", &locale.title).map(|text| escaped(&text)),
            text: None,
            tagline: or_default("tagline", &description).map(|text| escaped(&text)),
            image,
            actions,
            features: sequence(values, "features").map(|feature| self.feature(feature, escaped)).collect(),
            footer: text(values, "footer").map(|text| if raw { text } else { escaped(&text) }),
        }
    }

    fn vitepress(&self, values: &Mapping) -> Home {
        let none = Mapping::new();
        let hero = values.get("hero").and_then(Value::as_mapping).unwrap_or(&none);
        Home {
            name: text(hero, "name"),
            text: text(hero, "text"),
            tagline: text(hero, "tagline"),
            image: hero.get("image").and_then(|image| self.picture(image)),
            actions: sequence(hero, "actions").filter_map(|action| self.action(action, str::to_owned)).collect(),
            features: sequence(values, "features").map(|feature| self.feature(feature, str::to_owned)).collect(),
            footer: None,
        }
    }

    /// `{text, link, type: primary}` or `{text, link, theme: brand}`; the first kind of each is the default.
    fn action(&self, action: &Mapping, html: fn(&str) -> String) -> Option<Action> {
        let kind = text(action, "type").or_else(|| text(action, "theme"));
        Some(Action {
            text: html(&text(action, "text")?),
            href: self.href(&text(action, "link")?),
            primary: kind.is_none_or(|kind| kind == "primary" || kind == "brand"),
        })
    }

    fn feature(&self, feature: &Mapping, html: fn(&str) -> String) -> Feature {
        let details = match feature.get("details") {
            Some(Value::Sequence(several)) => several.iter().filter_map(plain).map(|text| html(&text)).collect(),
            Some(one) => plain(one).map(|text| html(&text)).into_iter().collect(),
            None => Vec::new(),
        };
        let icon = feature.get("icon");
        Feature {
            title: html(&text(feature, "title").unwrap_or_default()),
            details,
            icon: icon.and_then(plain),
            image: icon.filter(|icon| icon.is_mapping()).and_then(|icon| self.picture(icon)),
            href: text(feature, "link").map(|link| self.href(&link)),
            link_text: text(feature, "linkText").map(|text| html(&text)),
        }
    }

    /// `/a.png`, `{src, alt}` or `{light, dark, alt}`.
    fn picture(&self, image: &Value) -> Option<Picture> {
        let Some(map) = image.as_mapping() else {
            return plain(image).map(|src| Picture {
                src: self.href(&src),
                dark: None,
                alt: String::new(),
                height: None,
            });
        };
        Some(Picture {
            src: self.href(&text(map, "src").or_else(|| text(map, "light"))?),
            dark: text(map, "dark").map(|dark| self.href(&dark)),
            alt: text(map, "alt").unwrap_or_default(),
            height: text(map, "height").filter(|height| height.bytes().all(|byte| byte.is_ascii_digit())),
        })
    }

    fn href(&self, written: &str) -> String {
        (self.href)(written)
    }
}

/// A text or a number, as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text(values: &Mapping, key: &str) -> Option<String> {
    values.get(key).and_then(plain).filter(|text| !text.is_empty())
}

/// The mappings of a list.
fn sequence<'a>(values: &'a Mapping, key: &str) -> impl Iterator<Item = &'a Mapping> {
    values.get(key).and_then(Value::as_sequence).into_iter().flatten().filter_map(Value::as_mapping)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::UrlPath;
    use crate::site::NavTree;

    fn home(front_matter: &str) -> serde_json::Value {
        let values: Mapping = serde_yaml::from_str(front_matter).expect("it is YAML");
        let locale = Locale {
            prefix: UrlPath::root(),
            lang: "en-US".into(),
            label: "English".into(),
            listed: true,
            title: "Site".into(),
            description: "A site".into(),
            nav: Arc::new(NavTree::new(Vec::new())),
            home: UrlPath::root(),
        };
        let home = Home::new(&values, &locale, &|written| format!("to:{written}"));
        serde_json::to_value(home).expect("it is plain data")
    }

    #[test]
    fn three_dialects() {
        let first = home(
            "{home: true, heroImage: /a.png, actionText: Go <, actionLink: /guide/start.html, features: [{title: A, details: b & c}]}",
        );
        assert_eq!(first["name"], "Site");
        assert_eq!(first["image"]["src"], "to:/a.png");
        assert_eq!(
            first["actions"][0],
            serde_json::json!({"text": "Go &lt;", "href": "to:/guide/start.html", "primary": true})
        );
        assert_eq!(first["features"][0]["details"][0], "b &amp; c");

        let second = home(
            "{home: true, heroText: null, tagline: T, actions: [{text: A, link: /guide/start}, {text: B, link: 'https://b.org', type: secondary}]}",
        );
        assert_eq!((&second["name"], &second["tagline"]), (&serde_json::Value::Null, &"T".into()));
        assert_eq!(
            (&second["actions"][0]["href"], &second["actions"][0]["primary"]),
            (&"to:/guide/start".into(), &true.into())
        );
        assert_eq!(
            (&second["actions"][1]["href"], &second["actions"][1]["primary"]),
            (&"to:https://b.org".into(), &false.into())
        );

        let third = home(
            "{layout: home, hero: {name: N, text: <i>T</i>, image: {light: /l.png, dark: /d.png, alt: x}, actions: [{theme: alt, text: A, link: '#a'}]}, features: [{icon: 🍷, title: F, details: [a, b], link: /guide/start}]}",
        );
        assert_eq!(third["text"], "<i>T</i>");
        assert_eq!(third["image"]["dark"], "to:/d.png");
        assert_eq!(third["actions"][0]["primary"], false);
        assert_eq!(
            (&third["features"][0]["details"][1], &third["features"][0]["href"]),
            (&"b".into(), &"to:/guide/start".into())
        );
    }
}
