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

/// One browser profile.
pub struct Browser {
    client: Client<HttpConnector, Body>,
    /// By host, as browsers do: ports share cookies.
    cookies: Mutex<BTreeMap<(String, String), String>>,
}

/// A page as it arrived.
#[derive(Debug)]
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
        Self { client: Client::builder(TokioExecutor::new()).build(HttpConnector::new()), cookies: Mutex::default() }
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

    /// Posts a form that stood on a page.
    pub async fn post(&self, from: &Url, url: &Url, form: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(form).expect("texts");
        self.follow(Method::POST, url.clone(), Some(body), Some(from.clone())).await
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
        (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
    }

    fn keep(&self, host: &str, line: &str) {
        let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
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
