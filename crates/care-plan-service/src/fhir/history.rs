//! `history-instance` (R4 http.html#history), newest first, page by page.

use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Version as Tag};
use serde_json::{Value, json};
use shared_plan::Version;
use shared_plan::fhir::ResourceKind;
use std::sync::Arc;

use super::answer::Answer;
use super::held::Shown;
use super::read::missing;
use super::reader::Reader;
use super::scopes::Want;
use super::walk::{Walk, before};

/// Versions on a page where the client does not say.
const USUAL: usize = 50;
/// Versions on a page at most.
const MOST: usize = 100;

/// Lists the versions of one resource.
///
/// # Errors
/// 400 for a parameter that it does not have; 403; 404.
pub(super) async fn history(reader: Reader<'_>, kind: ResourceKind, id: &str, query: &str) -> Result<Answer, Failure> {
    reader.may(kind, Want::Read)?;
    let asked = Asked::parse(query)?;
    if matches!(kind, ResourceKind::Provenance | ResourceKind::Patient) {
        return of_the_unchanging(reader, kind, id).await;
    }
    let held = Arc::new(reader.held(kind, id).await?);
    // Of an activity that asked for a service in some versions only, nobody has counted them.
    let newest = held.stamp(kind, id).map_or(0, |(version, _)| version.0);
    let total = (kind != ResourceKind::ServiceRequest).then_some(newest);
    let mut walk = Walk::begin(reader, held, kind, id);
    // A token beyond the latest version is one that we did not give.
    let mut next = Some(asked.from.unwrap_or(walk.top()).min(walk.top()));
    let (mut entries, mut walked) = (Vec::new(), 0);
    while let Some(upper) = next.filter(|_| walked < asked.count) {
        walked += 1;
        let Some(step) = walk.newest(upper).await? else {
            next = None;
            break;
        };
        let made = walk.at(step.head.version).await?;
        let shown = made.and_then(|held| reader.one(&held, kind, id));
        entries.extend(shown.map(|shown| entry(reader, &shown, step.version)));
        next = if step.version == Version::FIRST { None } else { before(step.head.version) };
    }
    if entries.is_empty() && next.is_none() && asked.from.is_none() {
        return Err(missing(kind, id));
    }
    let own = format!("{}/{}/{id}/_history", reader.base().as_str(), kind.name());
    let mut links = vec![json!({ "relation": "self", "url": asked.written(&own, asked.from) })];
    links.extend(next.map(|next| json!({ "relation": "next", "url": asked.written(&own, Some(next)) })));
    Ok(Answer::of_value(bundle(entries, total, links)))
}

/// What has one version only.
async fn of_the_unchanging(reader: Reader<'_>, kind: ResourceKind, id: &str) -> Result<Answer, Failure> {
    let shown = match kind {
        ResourceKind::Provenance => Some(super::provenance::find(reader, id).await?),
        _ => super::patient::find(reader, id).await?,
    };
    let shown = shown.ok_or_else(|| missing(kind, id))?;
    let own = format!("{}/{}/{id}/_history", reader.base().as_str(), kind.name());
    let links = vec![json!({ "relation": "self", "url": own })];
    Ok(Answer::of_value(bundle(vec![entry(reader, &shown, Version::FIRST)], Some(1), links)))
}

fn bundle(entries: Vec<Value>, total: Option<u64>, links: Vec<Value>) -> Value {
    let mut bundle = json!({ "resourceType": "Bundle", "type": "history" });
    if let Some(total) = total {
        bundle["total"] = total.into();
    }
    bundle["link"] = links.into();
    if !entries.is_empty() {
        bundle["entry"] = entries.into();
    }
    bundle
}

fn entry(reader: Reader<'_>, shown: &Shown, version: Version) -> Value {
    let (kind, id) = (shown.kind.name(), &shown.id);
    let status = if version == Version::FIRST { "201" } else { "200" };
    let mut response = json!({ "status": status, "etag": Tag(version.0).etag() });
    if let Some((_, at)) = shown.stamp {
        response["lastModified"] = Value::from(at.to_string());
    }
    json!({
        "fullUrl": format!("{}/{kind}/{id}", reader.base().as_str()),
        "resource": &*shown.resource,
        "request": { "method": "PUT", "url": format!("{kind}/{id}") },
        "response": response,
    })
}

/// What a client asks of a history.
struct Asked {
    count: usize,
    /// From which version of the document on.
    from: Option<Version>,
}

impl Asked {
    fn parse(query: &str) -> Result<Self, Failure> {
        let mut asked = Self { count: USUAL, from: None };
        for (name, value) in parse_pairs(query) {
            let wrong = || Failure::bad_request("invalid", format!("{name} cannot have this value here."));
            match name.as_str() {
                "_count" => asked.count = value.parse::<usize>().map_err(|_| wrong())?.clamp(1, MOST),
                "_page" => {
                    let from: u64 = value.parse().ok().filter(|from| *from > 0).ok_or_else(wrong)?;
                    asked.from = Some(Version(from));
                }
                "_format" | "_pretty" => {}
                _ => {
                    let sentence = "A history has the parameters _count and _page only.";
                    return Err(Failure::bad_request("not-supported", sentence));
                }
            }
        }
        Ok(asked)
    }

    fn written(&self, own: &str, from: Option<Version>) -> String {
        let mut pairs = Vec::new();
        if self.count != USUAL {
            pairs.push(format!("_count={}", self.count));
        }
        pairs.extend(from.map(|from| format!("_page={from}")));
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{own}{mark}{}", pairs.join("&"))
    }
}
