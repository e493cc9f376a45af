//! For programs: everything, in one document.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::{Anchor, Changed, Difference, Link};

pub(super) fn print(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let document = json!({
        "pages": { "old": difference.pages.0, "new": difference.pages.1 },
        "gone": difference.gone.iter().map(|gone| json!({ "address": gone.address, "became": gone.became })).collect::<Vec<_>>(),
        "redirected": difference.moved.iter().map(|(from, to)| json!({ "address": from, "to": to })).collect::<Vec<_>>(),
        "new": difference.new,
        "changed": difference.changed.iter().map(page).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn page(page: &Changed) -> Value {
    let anchors = |anchors: &[Anchor]| -> Value {
        let anchor = |it: &Anchor| json!({ "id": it.id, "heading": it.heading, "became": it.became });
        anchors.iter().map(anchor).collect()
    };
    let links = |links: &[Link]| -> Value {
        links.iter().map(|link| json!({ "text": link.text, "target": link.target })).collect()
    };
    let places = page.text.places.iter().map(|it| json!({ "before": it.before, "gone": it.gone, "new": it.new }));
    json!({
        "address": page.address,
        "title": page.title.as_ref().map(|(old, new)| json!({ "old": old, "new": new })),
        "anchors": { "gone": anchors(&page.anchors.gone), "new": anchors(&page.anchors.new) },
        "links": { "gone": links(&page.links.gone), "new": links(&page.links.new) },
        "text": { "gone": page.text.gone, "new": page.text.new, "places": places.collect::<Vec<_>>() },
    })
}
