//! The page: one file of HTML, CSS and script, put together when this is compiled.

/// What stands where the nonce belongs.
const NONCE: &str = "%nonce%";

/// The page, with a hole for the nonce.
const PAGE: &str = concat!(
    include_str!("page/head.html"),
    "<style nonce=\"%nonce%\">\n",
    include_str!("page/look.css"),
    include_str!("page/panes.css"),
    "</style>\n</head>\n",
    include_str!("page/body.html"),
    "<script type=\"module\" nonce=\"%nonce%\">\n",
    include_str!("page/elements.js"),
    include_str!("page/asking.js"),
    include_str!("page/tokens.js"),
    include_str!("page/editor.js"),
    include_str!("page/problems.js"),
    include_str!("page/settings.js"),
    include_str!("page/types.js"),
    include_str!("page/instance.js"),
    include_str!("page/changes.js"),
    include_str!("page/divide.js"),
    include_str!("page/main.js"),
    "</script>\n</html>\n",
);

/// The page, whose style and script bear this nonce.
pub fn page(nonce: &str) -> String {
    PAGE.replace(NONCE, nonce)
}

/// What the page may do: nothing but what bears the nonce, and to ask where it came from.
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::{PAGE, page};

    #[test]
    fn text_never_becomes_markup_or_script_in_the_page() {
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "srcdoc",
            " on=",
            "onclick=",
            "javascript:",
            "DOMParser",
            "createContextualFragment",
            "setHTML",
        ] {
            assert!(!PAGE.contains(word), "{word}");
        }
    }

    #[test]
    fn nothing_in_the_page_leads_elsewhere() {
        assert!(!PAGE.contains("://") && !PAGE.contains("url(") && !PAGE.contains("@import"));
        assert_eq!(page("abc").matches("nonce=\"abc\"").count(), 2);
        assert!(!page("abc").contains("%nonce%"));
    }
}
