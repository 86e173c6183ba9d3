//! `GET /browse/{type}/{id}`: one resource, all its versions, and what changed from each to the next.

use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{Shelf, diff::differences, list::gist};
use crate::{
    fhir::StoredVersion,
    page::{Page, escape},
};

/// Shows the present version first, then back to the first one.
pub(super) async fn record(State(shelf): State<Shelf>, Path((kind, id)): Path<(String, String)>) -> Response {
    let versions = shelf.store.versions(&kind, &id);
    let title = format!("{kind}/{id}");
    let back = format!("<p><a href=\"/browse\">Records</a> / <a href=\"/browse/{0}\">{0}</a></p>", escape(&kind));
    let Some(newest) = versions.first() else {
        let body = format!("{back}<h1>{}</h1><p role=\"alert\">There is no such resource here.</p>", escape(&title));
        return (StatusCode::NOT_FOUND, Page::new(&shelf.ehr, &title).body(body)).into_response();
    };
    let words = newest.resource.as_deref().map(gist).unwrap_or_default();
    let mut body = format!(
        "{back}<h1>{}</h1><p>{}</p><p class=\"version\">Version {}</p>",
        escape(&title),
        escape(words),
        newest.number.0
    );
    for (index, version) in versions.iter().enumerate() {
        if let Some(before) = versions.get(index + 1) {
            changes(&mut body, before, version);
        }
        whole(&mut body, version, index == 0);
    }
    Page::new(&shelf.ehr, &title).body(body).into_response()
}

fn changes(body: &mut String, before: &StoredVersion, version: &StoredVersion) {
    let _ = write!(body, "<h2>Changed from version {} to version {}</h2>", before.number.0, version.number.0);
    let differences = differences(
        before.resource.as_deref().unwrap_or(&Value::Null),
        version.resource.as_deref().unwrap_or(&Value::Null),
    );
    body.push_str(
        "<div class=\"scroll\"><table class=\"changes\"><thead><tr><th scope=\"col\">Path</th><th scope=\"col\">Before</th>\
         <th scope=\"col\">After</th></tr></thead><tbody>",
    );
    for difference in differences {
        let cell = |value: &Option<String>| {
            value.as_deref().map_or("<em>nothing</em>".to_owned(), |v| format!("<code>{}</code>", escape(v)))
        };
        let _ = write!(
            body,
            "<tr><td><code>{}</code></td><td class=\"old\">{}</td><td class=\"new\">{}</td></tr>",
            escape(&difference.path),
            cell(&difference.old),
            cell(&difference.new)
        );
    }
    body.push_str("</tbody></table></div>");
}

fn whole(body: &mut String, version: &StoredVersion, open: bool) {
    let text = match &version.resource {
        Some(resource) => serde_json::to_string_pretty(&**resource).unwrap_or_default(),
        None => "deleted".to_owned(),
    };
    let _ = write!(
        body,
        "<details{}><summary>JSON of version {}</summary><pre>{}</pre></details>",
        if open { " open" } else { "" },
        version.number.0,
        escape(&text)
    );
}
