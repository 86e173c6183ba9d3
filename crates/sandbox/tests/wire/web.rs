//! A small browser: follows nothing by itself, keeps cookies, and shows what came.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use url::Url;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Url {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        Url::parse(self.headers[header::LOCATION].to_str().unwrap()).unwrap()
    }

    /// A parameter of the address that a redirect leads to.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.location().query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The value of a hidden field of the page.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {}", self.body)).1;
        rest.split_once('"').unwrap().0.to_owned()
    }
}

/// Credentials and cookies of one client.
#[derive(Debug, Default)]
pub struct Web {
    pub cookies: BTreeMap<String, String>,
    pub authorization: Option<String>,
    pub if_none_match: Option<String>,
}

impl Web {
    pub fn bearer(token: &str) -> Self {
        Self { authorization: Some(format!("Bearer {token}")), ..Self::default() }
    }

    pub fn basic(id: &str, secret: &str) -> Self {
        let text = STANDARD.encode(format!("{id}:{secret}"));
        Self { authorization: Some(format!("Basic {text}")), ..Self::default() }
    }

    pub async fn get(&mut self, url: &str) -> Answer {
        self.send(Method::GET, url, String::new()).await.unwrap()
    }

    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, url, body).await.unwrap()
    }

    /// Posts a resource.
    pub async fn fhir_post(&mut self, url: &str, body: &Value) -> Answer {
        self.send_as(Method::POST, url, "application/fhir+json", body.to_string()).await.unwrap()
    }

    /// Sends one request on a connection of its own.
    pub async fn send(
        &mut self,
        method: Method,
        url: &str,
        body: String,
    ) -> Result<Answer, Box<dyn std::error::Error>> {
        let form = method == Method::POST;
        let kind = if form { "application/x-www-form-urlencoded" } else { "application/fhir+json" };
        self.send_as(method, url, kind, body).await
    }

    async fn send_as(
        &mut self,
        method: Method,
        url: &str,
        kind: &str,
        body: String,
    ) -> Result<Answer, Box<dyn std::error::Error>> {
        let url = Url::parse(url)?;
        let port = url.port().expect("tests use free ports");
        let stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let mut request = Request::builder()
            .method(&method)
            .uri(&url[url::Position::BeforePath..url::Position::AfterQuery])
            .header(header::HOST, &url[url::Position::BeforeHost..url::Position::AfterPort]);
        if method != Method::GET {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        if let Some(tag) = &self.if_none_match {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        let response = sender.send_request(request.body(Full::new(Bytes::from(body)))?).await?;
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str()?.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}
