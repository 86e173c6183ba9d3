//! A browser without script that asks one thing at a time: whoever drives it decides whether a redirect is followed.
//!
//! Accord is asked in this process by its own router; the EHRs are asked over loopback.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::ServiceExt;
use url::Url;

use super::form::{self, Form};

/// Name of the session's cookie.
pub const SESSION: &str = "__Host-sid";

/// One browser profile.
pub struct Browser {
    router: Router,
    accord: Url,
    outside: Client<HttpConnector, Body>,
    /// By host and port. Real browsers share cookies between ports; here Accord's own must stay apart from the EHRs'.
    cookies: Mutex<BTreeMap<(String, String), String>>,
}

/// An answer as it arrived.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub url: Url,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// Where it sends the browser.
    pub fn location(&self) -> Option<Url> {
        let to = self.headers.get(LOCATION).filter(|_| self.status.is_redirection())?;
        self.url.join(to.to_str().ok()?).ok()
    }
}

impl Browser {
    pub fn new(router: Router, accord: Url) -> Self {
        let outside = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
        Self { router, accord, outside, cookies: Mutex::default() }
    }

    /// The value of the session's cookie.
    pub fn session(&self) -> Option<String> {
        self.held().get(&(host(&self.accord), SESSION.to_owned())).cloned()
    }

    /// Asks once.
    pub async fn get(&self, url: &Url) -> Page {
        self.ask(Method::GET, url, None, &self.cookies_for(url)).await
    }

    /// Asks Accord once with another session's cookie instead of its own.
    pub async fn get_as(&self, url: &Url, session: &str) -> Page {
        self.ask(Method::GET, url, None, &format!("{SESSION}={session}")).await
    }

    /// Sends a form that stood on the page of an address.
    pub async fn post(&self, from: &Url, form: &Form) -> Page {
        let body = serde_urlencoded::to_string(form.pairs()).expect("texts");
        self.ask(Method::POST, &form.action, Some((from, body)), &self.cookies_for(&form.action)).await
    }

    /// Signs in at an EHR, from an address of Accord that leads there, up to the address by which it comes back.
    ///
    /// `Err` is the page where it ended instead.
    pub async fn sign_in(&self, from: Url, user: &str, patient: &str) -> Result<Url, Page> {
        let mut page = self.get(&from).await;
        for _ in 0..12 {
            page = match page.location() {
                Some(next) if next.origin() == self.accord.origin() && next.path().starts_with("/callback/") => {
                    return Ok(next);
                }
                Some(next) => self.get(&next).await,
                None => match form::with_choice(&page, &[patient, user]) {
                    Some(form) if page.url.origin() != self.accord.origin() => self.post(&page.url, &form).await,
                    _ => return Err(page),
                },
            };
        }
        Err(page)
    }

    async fn ask(&self, method: Method, url: &Url, body: Option<(&Url, String)>, cookies: &str) -> Page {
        let ours = url.origin() == self.accord.origin();
        let uri = if ours { &url[url::Position::BeforePath..url::Position::AfterQuery] } else { url.as_str() };
        let mut request =
            Request::builder().method(method).uri(uri).header(ACCEPT, "text/html").header(HOST, host(url));
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies);
        }
        if let Some((from, _)) = &body {
            let origin = from.origin().ascii_serialization();
            request = request.header(REFERER, from.as_str()).header(ORIGIN, origin);
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = body.map(|(_, body)| body).unwrap_or_default();
        let mut request = request.body(Body::from(body)).expect("a request");
        let response = if ours {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
            self.router.clone().oneshot(request).await.expect("a router always answers")
        } else {
            self.outside.request(request).await.expect("an answer").map(Body::new)
        };
        let page = read(url, response).await;
        for line in page.headers.get_all(SET_COOKIE) {
            self.keep(&host(url), line.to_str().expect("a cookie"));
        }
        page
    }

    fn cookies_for(&self, url: &Url) -> String {
        let at = host(url);
        let pairs: Vec<String> = self
            .held()
            .iter()
            .filter(|((host, _), _)| *host == at)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep(&self, host: &str, line: &str) {
        let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
        let key = (host.to_owned(), name.to_owned());
        if line.contains("Max-Age=0") || value.is_empty() {
            self.held().remove(&key);
        } else {
            self.held().insert(key, value.to_owned());
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, BTreeMap<(String, String), String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn host(url: &Url) -> String {
    format!("{}:{}", url.host_str().expect("a host"), url.port_or_known_default().expect("a port"))
}

/// Reads an answer to its end; of a stream of events the first one, which comes at once.
pub async fn read(url: &Url, response: Response<Body>) -> Page {
    let (parts, mut body) = response.into_parts();
    let endless = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    let bytes = if endless {
        let frame = body.frame().await.map(|frame| frame.expect("an event"));
        frame.and_then(|frame| frame.into_data().ok()).unwrap_or_default()
    } else {
        body.collect().await.expect("a whole body").to_bytes()
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Page { status: parts.status, url: url.clone(), headers: parts.headers, text }
}
