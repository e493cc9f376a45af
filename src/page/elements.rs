//! What browsers do with the elements of HTML: which end which, and which change how all that follows is read.

/// Elements without an end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that end a paragraph where they begin.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    ) || is_heading(name)
        || is_table_part(name)
}

pub(crate) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that stand in tables, and nowhere else.
pub(crate) fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// Elements in which nothing but parts of a table may stand: browsers move what else does out of the table.
pub(crate) fn is_table_frame(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup")
}

/// Elements in which everything is text up to their end tag.
pub(crate) fn is_raw(name: &str) -> bool {
    matches!(name, "iframe" | "noembed" | "noframes" | "script" | "style" | "textarea" | "title" | "xmp")
}

/// Elements that browsers do not take where text stands, or that would take the rest of the page whatever follows.
pub(crate) fn is_ignored(name: &str) -> bool {
    matches!(name, "html" | "head" | "body" | "frame" | "frameset" | "image" | "plaintext")
}

/// Elements that an end tag of another, inside them, does not reach beyond.
pub(crate) fn is_scope(name: &str) -> bool {
    matches!(name, "applet" | "caption" | "marquee" | "object" | "table" | "td" | "template" | "th")
}

/// Elements that text is set in: the end tag of one reaches beyond others of them, and not beyond blocks.
pub(crate) fn is_special(name: &str) -> bool {
    is_block(name) || is_scope(name) || matches!(name, "button" | "noscript" | "select")
}

/// Elements whose end tag may be left out.
pub(crate) fn has_optional_end(name: &str) -> bool {
    is_table_part(name) || matches!(name, "p" | "li" | "dd" | "dt" | "optgroup" | "option" | "rb" | "rp" | "rt" | "rtc")
}

/// Elements of HTML that end a drawing or formula in which they stand.
pub(crate) fn breaks_out(name: &str) -> bool {
    is_block(name)
        || matches!(
            name,
            "b" | "big"
                | "body"
                | "br"
                | "code"
                | "em"
                | "embed"
                | "font"
                | "head"
                | "i"
                | "img"
                | "meta"
                | "nobr"
                | "ruby"
                | "s"
                | "small"
                | "span"
                | "strong"
                | "strike"
                | "sub"
                | "sup"
                | "tt"
                | "u"
                | "var"
        )
}

/// Elements of drawings and formulas in which HTML stands again.
pub(crate) fn holds_html(name: &str, is_math: bool) -> bool {
    match is_math {
        true => matches!(name, "mi" | "mo" | "mn" | "ms" | "mtext"),
        false => matches!(name, "foreignobject" | "desc" | "title"),
    }
}

/// Elements of ours that may be ended early, and begun again: the tag that begins them.
pub(crate) fn again(name: &str) -> Option<&'static str> {
    Some(match name {
        "p" => "<p>",
        "em" => "<em>",
        "strong" => "<strong>",
        "s" => "<s>",
        "sub" => "<sub>",
        "sup" => "<sup>",
        "mark" => "<mark>",
        "ins" => "<ins>",
        "code" => "<code>",
        _ => return None,
    })
}

/// Whether an element of ours is set in a line of text, or a paragraph: what begins or ends inside it may end it.
pub(crate) fn gives_way(name: &str) -> bool {
    again(name).is_some() || matches!(name, "a" | "abbr" | "label" | "span")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_begin_again_gives_way() {
        assert!(gives_way("p") && gives_way("a") && !gives_way("li") && again("a").is_none());
    }
}
