//! `search-type`, page by page (R4 search.html).
//!
//! What one person has, and what is named by ids, is gathered whole, sorted and counted. A search over everybody, or one
//! without a wish for an order, follows the store from document to document and ends each page by a link.

mod along;
mod asked;
mod by_now;
mod gathered;
mod looked_at;
mod page;
mod provenances;
mod scanned;
mod whose;

use std::collections::BTreeSet;

use access::PersonId;
use fhir_server::{Failure, Handling, Issue, SearchMode, SearchSet};
use shared_plan::fhir::ResourceKind;

use super::answer::Answer;
use super::failure::of;
use super::reader::Reader;
use super::scopes::{Refused, Want};
use along::Along;
use asked::Asked;
use looked_at::{looked_at, looks_into_activities};
use page::Page;
use whose::Whose;

/// Answers a search, or its next page where the parameters are `_page` and a token of ours.
///
/// # Errors
/// 400 for what was not understood or would be too much, 403 for what is not allowed, also by its parameters, 410 for a token that is none.
pub(super) async fn search(
    reader: Reader<'_>,
    kind: ResourceKind,
    pairs: Vec<(String, String)>,
    handling: Handling,
) -> Result<Answer, Refused> {
    reader.may(kind, Want::Search)?;
    let asked = Asked::parse(reader, kind, pairs, handling).await?;
    if looks_into_activities(&asked) && !reader.allows(ResourceKind::Task, Want::Search) {
        return Err(Refused::Scope(ResourceKind::Task, Want::Search));
    }
    let whose = Whose::of(&asked, reader)?;
    let mut page = match (kind, &whose) {
        (ResourceKind::Provenance, whose) => provenances::page(reader, &asked, whose).await?,
        (_, Whose::Anybody) => scanned::page(reader, &asked, None).await?,
        (_, Whose::These(people)) if people.len() == 1 && !asked.wants_all() => {
            scanned::page(reader, &asked, people.first()).await?
        }
        (_, whose) => gathered::page(reader, &asked, whose).await?,
    };
    let mut set = match page.total {
        Some(total) => SearchSet::new(total, asked.own_url(reader)),
        None => SearchSet::uncounted(asked.own_url(reader)),
    };
    if asked.query.controls().only_total {
        return Ok(Answer::of_search(set));
    }
    let along = Along::gather(reader, &asked, &page).await?;
    page.end_after(along.matches);
    if let Some((key, row)) = &page.next {
        set.next(asked.next_url(reader, key, *row));
    }
    if matches!(whose, Whose::Anybody) {
        tell(reader, &page).await?;
    }
    for item in page.items {
        set.push(asked.query.told(item.shown.resource), SearchMode::Match, reader.base());
    }
    let mut issues = asked.query.warnings().to_vec();
    issues.extend(along.issues());
    for resource in along.resources {
        set.push(resource, SearchMode::Include, reader.base());
    }
    set.say(issues);
    Ok(Answer::of_search(set))
}

/// Writes of whom a search over everybody tells, before it tells it.
async fn tell(reader: Reader<'_>, page: &Page) -> Result<(), Failure> {
    let people: BTreeSet<&PersonId> =
        page.items.iter().filter_map(|item| item.held.as_ref()).map(|held| held.person()).collect();
    let people: Vec<&PersonId> = people.into_iter().collect();
    reader.service().tells_of(reader.caller(), &people).await.map_err(of)
}

/// Says that something was left out, because it would have been too much.
fn too_much(sentence: &str) -> Issue {
    Issue::warning("too-costly", sentence)
}
