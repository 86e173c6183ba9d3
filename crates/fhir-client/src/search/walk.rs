//! Following the pages of a search to their end (smart-launch F6).

use std::collections::HashSet;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use super::{Found, Page, Query, Searched};
use crate::links::next_page;
use crate::server::Call;
use crate::{FhirError, FhirServer, Reason, Status, answer};

/// How the first page is asked for; the following ones are at the addresses that the server gives.
pub(crate) struct First {
    url: Url,
    form: Option<Bytes>,
}

impl FhirServer {
    /// Searches, and follows all pages. Never fails: [`Found::status`] says how it went.
    pub async fn search(&self, query: &Query) -> Found {
        match self.first(query) {
            Ok(first) => self.gather(first).await,
            Err(error) => Found::failed(error),
        }
    }

    /// Searches, and hands out each page as it comes, so that what has come is kept whatever happens later.
    pub async fn search_pages(&self, query: &Query, on_page: &mut (dyn FnMut(Page) + Send)) -> Searched {
        match self.first(query) {
            Ok(first) => self.walk(first, on_page).await,
            Err(error) => Searched { status: Status::of_first_page(error), pages: 0, entries: 0 },
        }
    }

    pub(crate) async fn collect(&self, url: Url) -> Found {
        self.gather(First { url, form: None }).await
    }

    async fn gather(&self, first: First) -> Found {
        let (mut resources, mut problems, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
        let Searched { status, pages, entries } = self
            .walk(first, &mut |page| {
                resources.extend(page.resources);
                problems.extend(page.problems);
                outcomes.extend(page.outcomes);
            })
            .await;
        Found { resources, problems, outcomes, entries, pages, status }
    }

    async fn walk(&self, first: First, on_page: &mut (dyn FnMut(Page) + Send)) -> Searched {
        let caps = self.options().pages;
        let (mut pages, mut entries, mut unusable, mut more) = (0, 0, 0, false);
        let First { mut url, mut form } = first;
        let mut seen = HashSet::from([url.clone()]);
        let ended = loop {
            let page = match self.page(url.clone(), form.take()).await {
                Ok(page) => page,
                Err(error) if pages == 0 => break Err(Status::of_first_page(error)),
                Err(error) => break Err(Status::Partial(error.into())),
            };
            pages += 1;
            entries += page.entries();
            unusable += page.problems.len();
            more |= page.outcomes.iter().any(|outcome| outcome.more);
            let next = page.next.clone();
            on_page(page);
            let Some(next) = next else { break Ok(()) };
            url = match next_page(self.base(), &url, &next) {
                Err(_) => break Err(Status::Partial(Reason::ForeignPage)),
                Ok(next) if pages >= caps.pages || entries >= caps.entries || !seen.insert(next.clone()) => {
                    break Err(Status::Partial(Reason::TooManyPages));
                }
                Ok(next) => next,
            };
        };
        let status = match ended {
            Err(status) => status,
            Ok(()) if more => Status::Partial(Reason::SourceSaysMore),
            Ok(()) if unusable > 0 => Status::Partial(Reason::EntriesUnusable(unusable)),
            Ok(()) => Status::Complete,
        };
        Searched { status, pages, entries }
    }

    async fn page(&self, url: Url, form: Option<Bytes>) -> Result<Page, FhirError> {
        let limits = self.options().page;
        let response = match form {
            None => self.get(url, limits).await?,
            Some(form) => {
                let mut headers = HeaderMap::new();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                self.send(Call { method: Method::POST, url, headers, body: Some(form), limits }).await?
            }
        };
        Page::parse(self.source(), answer::json(&response)?)
    }

    fn first(&self, query: &Query) -> Result<First, FhirError> {
        let mut url = self.url(&[&query.kind])?;
        if query.tells_who() {
            let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&query.params).finish();
            url.path_segments_mut().map_err(|()| FhirError::NotAllowed)?.push("_search");
            return Ok(First { url, form: Some(Bytes::from(form)) });
        }
        if !query.params.is_empty() {
            url.query_pairs_mut().extend_pairs(&query.params);
        }
        Ok(First { url, form: None })
    }
}
