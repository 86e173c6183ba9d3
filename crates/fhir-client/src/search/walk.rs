//! Following the pages of a search to their end (smart-launch F6).

use std::collections::HashSet;

use url::Url;

use super::{Found, Page, Query, Searched};
use crate::links::next_page;
use crate::{FhirError, FhirServer, Reason, Status, answer};

impl FhirServer {
    /// Searches, and follows all pages. Never fails: [`Found::status`] says how it went.
    pub async fn search(&self, query: &Query) -> Found {
        match self.query_url(query) {
            Ok(url) => self.collect(url).await,
            Err(error) => Found::failed(error),
        }
    }

    /// Searches, and hands out each page as it comes, so that what has come is kept whatever happens later.
    pub async fn search_pages(&self, query: &Query, on_page: &mut (dyn FnMut(Page) + Send)) -> Searched {
        match self.query_url(query) {
            Ok(url) => self.walk(url, on_page).await,
            Err(error) => Searched { status: Status::of_first_page(error), pages: 0, entries: 0 },
        }
    }

    pub(crate) async fn collect(&self, first: Url) -> Found {
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

    async fn walk(&self, first: Url, on_page: &mut (dyn FnMut(Page) + Send)) -> Searched {
        let caps = self.options().pages;
        let (mut pages, mut entries, mut unusable, mut more) = (0, 0, 0, false);
        let mut seen = HashSet::from([first.clone()]);
        let mut url = first;
        let ended = loop {
            let page = match self.page(url.clone()).await {
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

    async fn page(&self, url: Url) -> Result<Page, FhirError> {
        let response = self.get(url, self.options().page).await?;
        Page::parse(self.source(), answer::json(&response)?)
    }

    fn query_url(&self, query: &Query) -> Result<Url, FhirError> {
        let mut url = self.url(&[&query.kind])?;
        if !query.params.is_empty() {
            url.query_pairs_mut().extend_pairs(&query.params);
        }
        Ok(url)
    }
}
