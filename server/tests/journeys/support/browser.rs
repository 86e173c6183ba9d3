//! A browser without script: it keeps cookies, follows redirects and posts forms.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use url::Url;

use super::canaries;

/// Where the pages of a browser stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It does not say: an old browser.
    Unsaid,
    /// In a window.
    Window,
    /// In a frame of another site; third-party cookies are blocked but for partitioned ones.
    Frame,
    /// In a frame of our own site: every cookie is kept.
    FrameAtHome,
    /// In a frame of another site that keeps no cookie at all.
    FrameWithoutCookies,
}

/// One browser profile.
pub struct Browser {
    client: Client<HttpConnector, Body>,
    stands: Mutex<Stands>,
    given: Mutex<Vec<String>>,
    /// By host, as browsers do: ports share cookies.
    cookies: Mutex<BTreeMap<(String, String), String>>,
}

/// A page as it arrived.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    pub url: Url,
    pub headers: HeaderMap,
    pub text: String,
    /// Every address on the way here, the last one included.
    pub way: Vec<Url>,
}

impl Browser {
    pub fn new() -> Self {
        Self::standing(Stands::Unsaid)
    }

    pub fn standing(stands: Stands) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build(HttpConnector::new()),
            stands: Mutex::new(stands),
            given: Mutex::default(),
            cookies: Mutex::default(),
        }
    }

    /// From now on its pages stand elsewhere.
    pub fn stand(&self, stands: Stands) {
        *self.stands.lock().expect("no panic while it was held") = stands;
    }

    fn stands(&self) -> Stands {
        *self.stands.lock().expect("no panic while it was held")
    }

    /// Every line by which it was given a cookie.
    pub fn given(&self) -> Vec<String> {
        self.given.lock().expect("no panic while it was held").clone()
    }

    /// The same browser at this moment: what either is given later, the other does not have.
    pub fn twin(&self) -> Self {
        let twin = Self::standing(self.stands());
        *twin.cookies.lock().expect("new") = self.cookies.lock().expect("no panic while it was held").clone();
        twin
    }

    /// Follows redirects until one leads to a path that begins like this, and gives that address without asking it.
    pub async fn up_to(&self, url: &Url, path: &str) -> Url {
        let mut url = url.clone();
        for _ in 0..12 {
            let (_, headers, text) = self.once(&Method::GET, &url, None, None).await;
            let to = headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_else(|| panic!("{url}: {text}"));
            url = url.join(to).expect("an address");
            if url.path().starts_with(path) {
                return url;
            }
        }
        panic!("no redirect leads to {path}");
    }

    /// Another browser with the same cookies, as whoever saw them could make.
    pub fn fork(&self) -> Self {
        let cookies = self.cookies.lock().expect("no panic while it was held").clone();
        Self { cookies: Mutex::new(cookies), ..Self::new() }
    }

    /// The values of all cookies it holds.
    pub fn cookies(&self) -> Vec<String> {
        self.cookies.lock().expect("no panic while it was held").values().cloned().collect()
    }

    pub async fn get(&self, url: &Url) -> Page {
        self.follow(Method::GET, url.clone(), None, None).await
    }

    /// Asks, and tells the status before the body has come: for streams that end when something happens.
    pub async fn begin(&self, url: &Url) -> (StatusCode, impl Future<Output = String> + use<>) {
        let request = Request::builder().uri(url.as_str()).header(COOKIE, self.cookie_header(url));
        let request = request.body(Body::empty()).expect("a request");
        let (parts, body) = self.client.request(request).await.expect("an answer").into_parts();
        let text =
            async { String::from_utf8_lossy(&body.collect().await.expect("a whole body").to_bytes()).into_owned() };
        (parts.status, text)
    }

    fn cookie_header(&self, url: &Url) -> String {
        let kept = self.cookies.lock().expect("no panic while it was held");
        let host = url.host_str().expect("a host");
        let ours = kept.iter().filter(|((at, _), _)| at == host);
        ours.map(|((_, name), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Posts a form that stood on a page.
    pub async fn post(&self, from: &Url, url: &Url, form: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(form).expect("texts");
        self.follow(Method::POST, url.clone(), Some(body), Some(from.clone())).await
    }

    /// Posts a form as an old browser may: without saying from where.
    pub async fn post_unaccounted(&self, url: &Url) -> StatusCode {
        self.once(&Method::POST, url, Some("source=x".to_owned()), None).await.0
    }

    async fn follow(&self, method: Method, url: Url, body: Option<String>, referer: Option<Url>) -> Page {
        let (mut method, mut url, mut body, mut referer) = (method, url, body, referer);
        let mut way = Vec::new();
        for _ in 0..12 {
            way.push(url.clone());
            let (status, headers, text) = self.once(&method, &url, body.take(), referer.as_ref()).await;
            match headers.get(LOCATION).and_then(|to| to.to_str().ok()).filter(|_| status.is_redirection()) {
                Some(to) => {
                    let next = url.join(to).expect("an address");
                    (referer, url, method) = (Some(url), next, Method::GET);
                }
                None => return Page { status, url, headers, text, way },
            }
        }
        panic!("redirects without end: {way:?}");
    }

    async fn once(
        &self,
        method: &Method,
        url: &Url,
        body: Option<String>,
        referer: Option<&Url>,
    ) -> (StatusCode, HeaderMap, String) {
        let host = url.host_str().expect("a host").to_owned();
        // Names below localhost are this machine, as browsers know (RFC 6761).
        let mut address = url.clone();
        if host.ends_with("localhost") {
            address.set_host(Some("127.0.0.1")).expect("a host");
        }
        let mut request = Request::builder().method(method.clone()).uri(address.as_str()).header(ACCEPT, "text/html");
        request = request.header(HOST, format!("{host}:{}", url.port_or_known_default().expect("a port")));
        match self.stands() {
            Stands::Unsaid => {}
            Stands::Window => request = request.header("sec-fetch-dest", "document"),
            _ => request = request.header("sec-fetch-dest", "iframe"),
        }
        let cookies: Vec<String> = {
            let kept = self.cookies.lock().expect("no panic while it was held");
            kept.iter().filter(|((at, _), _)| *at == host).map(|((_, name), value)| format!("{name}={value}")).collect()
        };
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some(referer) = referer {
            request = request.header(REFERER, referer.as_str());
            if method == Method::POST {
                request = request
                    .header(ORIGIN, referer.origin().ascii_serialization())
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            }
        }
        let response = self
            .client
            .request(request.body(Body::from(body.unwrap_or_default())).expect("a request"))
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(SET_COOKIE) {
            self.keep(&host, line.to_str().expect("a cookie"));
        }
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        canaries::saw(&canaries::Answer { url, headers: &parts.headers, body: &text, cookies: self.cookies() });
        (parts.status, parts.headers, text)
    }

    fn keep(&self, host: &str, line: &str) {
        let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
        self.given.lock().expect("no panic while it was held").push(line.to_owned());
        match self.stands() {
            Stands::Frame if !line.contains("Partitioned") => return,
            Stands::FrameWithoutCookies => return,
            _ => {}
        }
        let mut kept = self.cookies.lock().expect("no panic while it was held");
        if line.contains("Max-Age=0") || value.is_empty() {
            kept.remove(&(host.to_owned(), name.to_owned()));
        } else {
            kept.insert((host.to_owned(), name.to_owned()), value.to_owned());
        }
    }
}

impl Page {
    /// `/l/…` of the launch that the page belongs to.
    pub fn launch(&self) -> String {
        self.url.path().split('/').take(3).collect::<Vec<_>>().join("/")
    }

    /// The address below the launch.
    pub fn at(&self, path: &str) -> Url {
        self.url.join(&format!("{}/{path}", self.launch())).expect("an address")
    }
}
