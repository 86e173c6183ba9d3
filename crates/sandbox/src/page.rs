//! The frame of every page a simulated EHR shows.
//!
//! Plain HTML that works without script and on a phone, in a look of its own: nobody shall take the EHR for Accord.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

/// Styles of all pages, served at `/ehr.css`.
const STYLES: &str = include_str!("page.css");

/// A page of one EHR.
#[derive(Debug)]
pub(crate) struct Page {
    ehr: String,
    title: String,
    body: String,
    frames: bool,
}

impl Page {
    /// An empty page of the EHR of that name.
    pub(crate) fn new(ehr: &str, title: &str) -> Self {
        Self { ehr: ehr.to_owned(), title: title.to_owned(), body: String::new(), frames: false }
    }

    /// Sets the content, which is HTML: whoever writes it escapes what came from elsewhere.
    pub(crate) fn body(mut self, html: String) -> Self {
        self.body = html;
        self
    }

    /// Lets the page show other sites in frames, as an EHR does with its applications.
    pub(crate) fn with_frames(mut self) -> Self {
        self.frames = true;
        self
    }

    fn html(&self) -> String {
        let (ehr, title) = (escape(&self.ehr), escape(&self.title));
        let body = &self.body;
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · {ehr}</title>\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <link rel=\"stylesheet\" href=\"/ehr.css\"><link rel=\"icon\" href=\"data:,\"></head><body>\
             <header><a class=\"name\" href=\"/\">{ehr}</a><span class=\"label\">Simulated EHR, invented people</span></header>\
             <main>{body}</main></body></html>"
        )
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Html(self.html()).into_response();
        let headers = response.headers_mut();
        never_stored(headers);
        // No `form-action`: browsers apply it to the redirect after a form too, and that one leads to the application.
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(if self.frames {
                "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-src http: https:"
            } else {
                "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'"
            }),
        );
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }
}

/// `GET /ehr.css`.
pub(crate) async fn styles() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], STYLES)
}

/// Makes text harmless in HTML, in content and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Keeps answers with codes, tokens and records out of every cache, and their addresses out of `Referer`.
pub(crate) fn never_stored(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use http_body_util::BodyExt;

    use super::{Page, escape};

    #[test]
    fn markup_in_data_stays_text() {
        assert_eq!(escape("<a href='x\"'>&"), "&lt;a href=&#39;x&quot;&#39;&gt;&amp;");
    }

    #[tokio::test]
    async fn a_page_says_that_it_is_a_simulation_and_escapes_names() {
        let response = Page::new("<b>Clinic", "Sign in").into_response();
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.into_body().collect().await.expect("a page is whole").to_bytes();
        let html = String::from_utf8(body.to_vec()).expect("UTF-8");
        assert!(html.contains("Simulated EHR, invented people"));
        assert!(html.contains("&lt;b&gt;Clinic") && !html.contains("<b>Clinic"));
    }
}
