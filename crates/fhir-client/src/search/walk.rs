//! Following the pages of a search to their end (smart-launch F6).

use std::collections::HashSet;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use super::anew::HandedOut;
use super::{Found, Page, Query, Searched};
use crate::conditional::is_unchanged;
use crate::links::next_page;
use crate::server::Call;
use crate::{FhirError, FhirServer, Reason, Status, Validators, answer};

/// Why the pages were not read to their end.
enum Stop {
    /// For good.
    At(Status),
    /// Before they began: the answer is the one that is known.
    Unchanged,
    /// A later page is gone: another walk may get further.
    Expired(FhirError),
}

/// What has come until now, in one walk or two.
#[derive(Default)]
struct Tally {
    pages: u32,
    entries: usize,
    unusable: usize,
    more: bool,
    is_second: bool,
    /// Those of the first page.
    validators: Option<Validators>,
    handed_out: HandedOut,
}

impl Tally {
    /// Counts a page, of a second walk only what is new on it.
    fn take(&mut self, page: &mut Page, has_next: bool) {
        if self.is_second {
            self.handed_out.leaves(page);
        } else if has_next {
            self.handed_out.note(page);
        }
        self.pages += 1;
        self.entries += page.entries();
        self.unusable += page.problems.len();
        self.more |= page.outcomes.iter().any(|outcome| outcome.more);
    }
}

/// How the first page is asked for; the following ones are at the addresses that the server gives.
#[derive(Clone)]
pub(crate) struct First {
    url: Url,
    form: Option<Bytes>,
    known: Option<Validators>,
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
            Err(error) => Searched { status: Status::of_first_page(error), ..Searched::default() },
        }
    }

    /// As [`FhirServer::search_pages`], where the answer to the same query is known that had these validators. It must
    /// have been one page: what they say of the first page says nothing of the others.
    pub async fn search_pages_unless(
        &self,
        query: &Query,
        known: Option<Validators>,
        on_page: &mut (dyn FnMut(Page) + Send),
    ) -> Searched {
        match self.first(query) {
            Ok(first) => self.walk(First { known, ..first }, on_page).await,
            Err(error) => Searched { status: Status::of_first_page(error), ..Searched::default() },
        }
    }

    pub(crate) async fn collect(&self, url: Url) -> Found {
        self.gather(First { url, form: None, known: None }).await
    }

    async fn gather(&self, first: First) -> Found {
        let (mut resources, mut problems, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
        let Searched { status, pages, entries, .. } = self
            .walk(first, &mut |page| {
                resources.extend(page.resources);
                problems.extend(page.problems);
                outcomes.extend(page.outcomes);
            })
            .await;
        Found { resources, problems, outcomes, entries, pages, status }
    }

    async fn walk(&self, first: First, on_page: &mut (dyn FnMut(Page) + Send)) -> Searched {
        let mut tally = Tally::default();
        let mut ended = self.pages(&first, &mut tally, on_page).await;
        if let Err(Stop::Unchanged) = ended {
            return Searched { unchanged: true, validators: first.known, ..Searched::default() };
        }
        if let Err(Stop::Expired(_)) = ended {
            tally.is_second = true;
            ended = self.pages(&first, &mut tally, on_page).await;
        }
        let status = match ended {
            Err(Stop::At(status)) => status,
            Err(Stop::Unchanged) => Status::Complete,
            Err(Stop::Expired(error)) => Status::Partial(error.into()),
            Ok(()) if tally.more => Status::Partial(Reason::SourceSaysMore),
            Ok(()) if tally.unusable > 0 => Status::Partial(Reason::EntriesUnusable(tally.unusable)),
            Ok(()) => Status::Complete,
        };
        Searched {
            status,
            pages: tally.pages,
            entries: tally.entries,
            validators: tally.validators.filter(|_| tally.pages == 1),
            unchanged: false,
        }
    }

    /// Reads page after page. What `total` says is not asked: servers leave it out, estimate it, or count what they hide.
    async fn pages(
        &self,
        first: &First,
        tally: &mut Tally,
        on_page: &mut (dyn FnMut(Page) + Send),
    ) -> Result<(), Stop> {
        let caps = self.options().pages;
        let First { mut url, mut form, known } = first.clone();
        let mut known = known.filter(|_| tally.pages == 0);
        let mut seen = HashSet::from([url.clone()]);
        loop {
            let is_first = seen.len() == 1;
            let mut page = match self.page(url.clone(), form.take(), known.as_ref()).await {
                Ok((page, validators)) => {
                    tally.validators = validators.filter(|_| is_first && !tally.is_second);
                    page
                }
                Err(error) if known.is_some() && is_unchanged(&error) => return Err(Stop::Unchanged),
                Err(error) if tally.pages == 0 => return Err(Stop::At(Status::of_first_page(error))),
                Err(error @ (FhirError::PageExpired | FhirError::NotFound)) if !is_first => {
                    return Err(Stop::Expired(error));
                }
                Err(error) => return Err(Stop::At(Status::Partial(error.into()))),
            };
            known = None;
            let next = page.next.take();
            tally.take(&mut page, next.is_some());
            on_page(page);
            let Some(next) = next else { return Ok(()) };
            url = next_page(self.base(), &url, &next).map_err(|_| Stop::At(Status::Partial(Reason::ForeignPage)))?;
            let is_over = tally.pages >= caps.pages || tally.entries >= caps.entries;
            if is_over || !seen.insert(url.clone()) {
                return Err(Stop::At(Status::Partial(Reason::TooManyPages)));
            }
        }
    }

    async fn page(
        &self,
        url: Url,
        form: Option<Bytes>,
        known: Option<&Validators>,
    ) -> Result<(Page, Option<Validators>), FhirError> {
        let limits = self.options().page;
        let response = match form {
            None => self.get_unless(url, limits, known).await?,
            Some(form) => {
                let mut headers = HeaderMap::new();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                self.send(Call { method: Method::POST, url, headers, body: Some(form), limits }).await?
            }
        };
        let validators = Validators::of(&response.headers);
        Ok((Page::parse(self.source(), answer::json(&response)?)?, validators))
    }

    fn first(&self, query: &Query) -> Result<First, FhirError> {
        let mut url = self.url(&[&query.kind])?;
        if query.tells_who() {
            let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&query.params).finish();
            url.path_segments_mut().map_err(|()| FhirError::NotAllowed)?.push("_search");
            return Ok(First { url, form: Some(Bytes::from(form)), known: None });
        }
        if !query.params.is_empty() {
            url.query_pairs_mut().extend_pairs(&query.params);
        }
        Ok(First { url, form: None, known: None })
    }
}
