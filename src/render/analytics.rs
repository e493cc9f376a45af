//! The scripts of those who count readers. Each is asked for by a line of ours, which asks nobody on the author's own computer.

use crate::config::Analytics;

/// The scripts, one a line. They are written as they are.
pub(super) fn scripts(analytics: Option<&Analytics>) -> Vec<String> {
    let Some(analytics) = analytics else { return Vec::new() };
    let mut scripts = Vec::new();
    if let Some(plausible) = &analytics.plausible {
        scripts.push(script("", &plausible.script, &format!("s.dataset.domain={};", quoted(&plausible.domain))));
    }
    if let Some(matomo) = &analytics.matomo {
        let queue = format!(
            "window._paq=[[\"trackPageView\"],[\"enableLinkTracking\"],[\"setTrackerUrl\",{}],[\"setSiteId\",{}]];",
            quoted(&format!("{}/matomo.php", matomo.url)),
            quoted(&matomo.site)
        );
        scripts.push(script(&queue, &format!("{}/matomo.js", matomo.url), ""));
    }
    if let Some(id) = &analytics.google {
        let queue = format!(
            "window.dataLayer=[];window.gtag=function(){{dataLayer.push(arguments)}};gtag(\"js\",new Date());gtag(\"config\",{});",
            quoted(id)
        );
        scripts.push(script(&queue, &format!("https://www.googletagmanager.com/gtag/js?id={id}"), ""));
    }
    scripts
}

fn script(before: &str, src: &str, more: &str) -> String {
    format!(
        "(d=>{{if(location.protocol==\"file:\"||/^(localhost|127\\.|\\[::1])/.test(location.hostname))return;{before}\
         let s=d.createElement(\"script\");s.async=true;s.src={};{more}d.head.append(s)}})(document)",
        quoted(src)
    )
}

/// A text as JavaScript in a page has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
}
