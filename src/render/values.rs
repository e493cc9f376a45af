//! The values of the site that pages write between braces.

use serde_yaml::Value;

use crate::config::Config;
use crate::page::Page;
use crate::page::expression::{SiteValue, shown};
use crate::site::{Site, SitePage};

use super::head_title::head_title;

/// The page's values, by hole; `None` for those that there are not.
pub(super) fn of(page: &Page, entry: &SitePage, site: &Site, config: &Config) -> Vec<Option<String>> {
    page.values.iter().map(|hole| value(&hole.value, entry, site, config)).collect()
}

fn value(value: &SiteValue, entry: &SitePage, site: &Site, config: &Config) -> Option<String> {
    let locale = site.locale(entry);
    let written = |key: &str| entry.head.front_matter.values.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(match value {
        SiteValue::PageTitle => entry.title.to_string(),
        SiteValue::PagePath => entry.route.url.encoded(),
        SiteValue::RelativePath => entry.head.relative.to_string(),
        SiteValue::Description => written("description").unwrap_or_else(|| locale.description.to_string()),
        SiteValue::Lang => written("lang").unwrap_or_else(|| locale.lang.to_string()),
        SiteValue::HeadTitle => {
            let template = config.theme.frame(entry.locale).title_template.as_deref();
            head_title(entry, &locale.title, template, &config.site)
        }
        SiteValue::SiteTitle => locale.title.to_string(),
        SiteValue::SiteDescription => locale.description.to_string(),
        SiteValue::Base => config.site.base.clone(),
        SiteValue::LocalePath => locale.prefix.encoded(),
        SiteValue::Theme(steps) => shown(theme_value(&config.theme.data, steps)?),
    })
}

/// What the settings of the theme say at these steps.
fn theme_value<'d>(data: &'d serde_yaml::Mapping, steps: &[Box<str>]) -> Option<&'d Value> {
    let (first, rest) = steps.split_first()?;
    rest.iter().try_fold(data.get(&**first)?, |value, step| match value {
        Value::Mapping(entries) => entries.get(&**step),
        Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
