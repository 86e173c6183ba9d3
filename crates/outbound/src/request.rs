//! One request and its answer.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use crate::Limits;

/// One request.
#[derive(Clone)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// Whom to ask.
    pub url: Url,
    /// Headers; `User-Agent` and `Accept-Encoding` are added by the client.
    pub headers: HeaderMap,
    /// What to send along.
    pub body: Option<Bytes>,
    /// How long and how large the answer may be.
    pub limits: Limits,
}

impl Request {
    /// Asks for a resource.
    pub fn get(url: Url) -> Self {
        Self::new(Method::GET, url, None)
    }

    /// Sends a body.
    pub fn post(url: Url, body: impl Into<Bytes>) -> Self {
        Self::new(Method::POST, url, Some(body.into()))
    }

    /// Any method, with a body or without.
    pub fn new(method: Method, url: Url, body: Option<Bytes>) -> Self {
        Self { method, url, headers: HeaderMap::new(), body, limits: Limits::default() }
    }

    /// Sets a header, in the place of one of that name.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the limits of the answer.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// Shows the origin only: path, headers and body may hold a person's data or a token.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("origin", &self.url.origin().ascii_serialization())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// One answer, whole and decoded.
#[derive(Clone)]
pub struct Response {
    /// Status; any but a redirect.
    pub status: StatusCode,
    /// Headers, without those on length and encoding, which the body no longer has.
    pub headers: HeaderMap,
    /// Body after decompression.
    pub body: Bytes,
}

/// Shows status and size only: headers and body may hold a person's data or a token.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
