//! The settings in force as YAML that can be saved as `pressoir.yml`.

use serde_yaml::{Mapping, Value};

use super::settled::{Config, Conventions, LocaleConfig, MenuItem, SidebarConfig};

impl Config {
    /// The settings as YAML. Saved as `pressoir.yml` they mean the same again.
    pub fn to_yaml(&self) -> String {
        let (project, markdown, site, theme) = (&self.project, &self.markdown, &self.site, &self.theme);
        let mut root = Mapping::new();
        let locale = &site.locales[0];
        put(&mut root, "lang", locale.lang.as_str());
        put_text(&mut root, "url", site.url.as_deref());
        put(&mut root, "base", site.base.as_str());
        put(&mut root, "clean_urls", site.clean_urls);
        put(&mut root, "content", if project.content.as_str().is_empty() { "." } else { project.content.as_str() });
        if !project.public.is_empty() {
            put(&mut root, "public", list(project.public.iter().map(|folder| folder.as_str())));
        }
        put(&mut root, "copy", if project.copy_all { "all" } else { "used" });
        put(&mut root, "output", project.out_dir.as_str());
        put(&mut root, "exclude", list(project.exclude.iter().map(String::as_str)));
        put(&mut root, "drafts", project.drafts);
        put(&mut root, "conventions", conventions(markdown.conventions));
        let mut inner = Mapping::new();
        put(&mut inner, "extensions", markdown.extended);
        put(&mut inner, "line_numbers", markdown.line_numbers);
        put(&mut inner, "toc", levels(markdown.toc_levels));
        let titles =
            markdown.container_titles.iter().map(|(kind, title)| (kind.as_str().into(), title.as_str().into()));
        put(&mut inner, "container_titles", Value::Mapping(titles.collect()));
        put(&mut root, "markdown", Value::Mapping(inner));
        put(&mut root, "outline", levels(theme.outline_levels));
        put(&mut root, "theme", theme.name.as_str());
        for (name, value) in
            [("logo", &theme.logo), ("repo", &theme.repo), ("edit_link", &theme.edit_link), ("footer", &theme.footer)]
        {
            put_text(&mut root, name, value.as_deref());
        }
        if !theme.data.is_empty() {
            put(&mut root, "data", theme.data.clone());
        }
        if let [only] = site.locales.as_slice() {
            texts(only, &mut root);
        } else {
            let locales = site.locales.iter().map(|locale| {
                let mut keys = Mapping::new();
                put(&mut keys, "lang", locale.lang.as_str());
                texts(locale, &mut keys);
                (Value::from(locale.prefix.as_str()), Value::Mapping(keys))
            });
            put(&mut root, "locales", Value::Mapping(locales.collect()));
        }
        serde_yaml::to_string(&Value::Mapping(root)).unwrap_or_default()
    }
}

fn put(mapping: &mut Mapping, key: &str, value: impl Into<Value>) {
    mapping.insert(key.into(), value.into());
}

fn put_text(mapping: &mut Mapping, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        put(mapping, key, value);
    }
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    Value::Sequence(texts.map(Value::from).collect())
}

fn levels((first, last): (u8, u8)) -> Value {
    let mut mapping = Mapping::new();
    put(&mut mapping, "levels", Value::Sequence(vec![first.into(), last.into()]));
    Value::Mapping(mapping)
}

/// What one language says.
fn texts(locale: &LocaleConfig, keys: &mut Mapping) {
    put_text(keys, "label", locale.label.as_deref());
    put_text(keys, "title", locale.title.as_deref());
    put_text(keys, "description", locale.description.as_deref());
    put(keys, "nav", items(&locale.nav));
    put(keys, "sidebar", sidebar(&locale.sidebar));
}

fn items(items: &[MenuItem]) -> Value {
    let item = |item: &MenuItem| {
        if let MenuItem { text: None, link: Some(link), collapsed: None, .. } = item
            && item.items.is_empty()
        {
            return Value::from(link.as_str());
        }
        let mut keys = Mapping::new();
        put_text(&mut keys, "text", item.text.as_deref());
        // An empty link is the folder that the list belongs to.
        put_text(&mut keys, "link", item.link.as_deref().map(|link| if link.is_empty() { "./" } else { link }));
        if let Some(collapsed) = item.collapsed {
            put(&mut keys, "collapsed", collapsed);
        }
        if !item.items.is_empty() {
            put(&mut keys, "items", self::items(&item.items));
        }
        Value::Mapping(keys)
    };
    Value::Sequence(items.iter().map(item).collect())
}

fn sidebar(config: &SidebarConfig) -> Value {
    match config {
        SidebarConfig::Folders => "folders".into(),
        SidebarConfig::Headings => "headings".into(),
        SidebarConfig::Off => false.into(),
        SidebarConfig::Items(list) => items(list),
        SidebarConfig::ByPrefix(sections) => Value::Mapping(
            sections.iter().map(|(prefix, section)| (prefix.as_str().into(), sidebar(section))).collect(),
        ),
    }
}

fn conventions(conventions: Conventions) -> &'static str {
    match conventions {
        Conventions::VuePress1 => "vuepress1",
        Conventions::VuePress2 => "vuepress2",
        Conventions::VitePress1 => "vitepress1",
        Conventions::VitePress2 => "vitepress2",
    }
}
