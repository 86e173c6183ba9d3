//! Pages are followed to their end, and no further than they may.

use fhir_client::{Found, PageLimits, Query, Reason, Status};

use crate::fake::{Fake, json, outcome, page, status};

fn goals() -> Query {
    Query::of("Goal").with("patient", "a b|c").with("_count", "2")
}

fn ids(found: &Found) -> Vec<&str> {
    found.resources.iter().map(fhir::Resource::id).collect()
}

#[tokio::test]
async fn f6_all_pages_are_read_by_links_taken_verbatim() {
    let server = Fake::start(|_, n| match n {
        0 => page(&["1", "2"], Some("?_getpages=x%20y&_offset=2")),
        1 => page(&[], Some("Goal?cursor=%3D%3D")),
        _ => page(&["3"], None),
    })
    .await;
    let found = server.client().search(&goals()).await;
    assert_eq!((found.status.clone(), found.pages, found.entries), (Status::Complete, 3, 3));
    assert_eq!(ids(&found), ["1", "2", "3"]);
    assert_eq!(
        server.targets(),
        ["Goal?patient=a+b%7Cc&_count=2", "Goal?_getpages=x%20y&_offset=2", "Goal?cursor=%3D%3D"]
    );
}

#[tokio::test]
async fn f6_a_next_link_that_repeats_ends_the_walk_and_is_stated() {
    let server = Fake::start(|seen, _| {
        let next = if seen.target.ends_with("page=2") { "Goal?page=3" } else { "Goal?page=2" };
        page(&["1"], Some(next))
    })
    .await;
    let found = server.client().search(&goals()).await;
    assert_eq!((found.status, found.pages), (Status::Partial(Reason::TooManyPages), 3));
}

#[tokio::test]
async fn f6_endless_pages_end_at_the_cap() {
    let server = Fake::start(|_, n| page(&["1", "2"], Some(&format!("Goal?page={n}")))).await;
    let mut options = server.options();
    options.pages = PageLimits { pages: 4, entries: 1000 };
    let found = fhir_client::FhirServer::new(options.clone()).search(&goals()).await;
    assert_eq!((found.status, found.pages, found.entries), (Status::Partial(Reason::TooManyPages), 4, 8));
    options.pages = PageLimits { pages: 50, entries: 5 };
    let found = fhir_client::FhirServer::new(options).search(&goals()).await;
    assert_eq!((found.status, found.entries), (Status::Partial(Reason::TooManyPages), 6));
}

#[tokio::test]
async fn f6_a_foreign_next_link_is_not_followed() {
    let other = Fake::start(|_, _| page(&["9"], None)).await;
    let next = format!("{}/Goal?page=2", other.base);
    let server = Fake::start(move |_, _| page(&["1"], Some(&next))).await;
    let found = server.client().search(&goals()).await;
    assert_eq!(found.status, Status::Partial(Reason::ForeignPage));
    assert_eq!((ids(&found), other.seen().len()), (vec!["1"], 0));
}

#[tokio::test]
async fn f7_a_later_page_that_fails_leaves_what_came_before() {
    let server = Fake::start(|_, n| if n == 0 { page(&["1"], Some("Goal?page=2")) } else { status(500) }).await;
    let found = server.client().search(&goals()).await;
    assert_eq!((ids(&found), found.status.clone()), (vec!["1"], Status::Partial(Reason::Http(500))));
}

#[tokio::test]
async fn f6_each_page_is_handed_out_as_it_comes() {
    let server = Fake::start(|_, n| page(&["1"], (n < 2).then(|| format!("Goal?page={n}")).as_deref())).await;
    let mut sizes = Vec::new();
    let searched = server.client().search_pages(&goals(), &mut |page| sizes.push(page.resources.len())).await;
    assert_eq!((sizes, searched.pages, searched.status), (vec![1, 1, 1], 3, Status::Complete));
}

#[tokio::test]
async fn entries_that_are_not_resources_make_the_search_partial() {
    let server = Fake::start(|_, _| {
        json(200, r#"{"resourceType":"Bundle","entry":[17,{"resource":{"resourceType":"Goal","id":"1"}}]}"#)
    })
    .await;
    let found = server.client().search(&goals()).await;
    assert_eq!(found.status, Status::Partial(Reason::EntriesUnusable(1)));
    assert_eq!((found.resources.len(), found.problems.len(), found.entries), (1, 1, 2));
}

#[tokio::test]
async fn f5_a_refused_type_an_unknown_type_and_a_refused_query_are_told_apart() {
    for (answered, expected) in [
        (403, Status::NotPermitted(Reason::Refused(Some("no".into())))),
        (404, Status::NotSupported),
        (405, Status::NotSupported),
        (501, Status::NotSupported),
        (400, Status::Rejected { status: 400, said: Some("no".into()) }),
        (422, Status::Rejected { status: 422, said: Some("no".into()) }),
        (500, Status::Failed(Reason::Http(500))),
    ] {
        let server = Fake::start(move |_, _| outcome(answered, "no")).await;
        assert_eq!(server.client().search(&goals()).await.status, expected, "{answered}");
        assert_eq!(server.seen().len(), 1, "{answered} is not asked again");
    }
}

#[tokio::test]
async fn f12_a_search_that_says_who_somebody_is_goes_in_a_body() {
    let server = Fake::start(|_, n| page(&["1"], (n == 0).then_some("Patient?cursor=2"))).await;
    let queries = [
        Query::of("Patient").with("identifier", "urn:x|4 711"),
        Query::of("Patient").with("family:exact", "Roe"),
        Query::of("Goal").with("patient.birthdate", "1957-11-03"),
    ];
    for query in queries {
        assert_eq!(server.client().search(&query).await.status, Status::Complete);
    }
    let seen = server.seen();
    assert_eq!(server.targets(), ["Patient/_search", "Patient?cursor=2", "Patient/_search", "Goal/_search"]);
    assert_eq!((&seen[0].method, seen[0].body.as_str()), (&http::Method::POST, "identifier=urn%3Ax%7C4+711"));
    assert_eq!(seen[0].headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!((&seen[1].method, seen[1].body.as_str()), (&http::Method::GET, ""));
}

/// Epic's message that it does not keep the pages of a search any more.
fn expired() -> axum::response::Response {
    json(
        400,
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"processing","details":{"coding":[
        {"system":"urn:oid:1.2.840.114350.1.13.0.1.7.2.657369","code":"4113"}],"text":"The session has expired"}}]}"#,
    )
}

#[tokio::test]
async fn f6_an_expired_page_makes_the_search_begin_anew_and_brings_nothing_twice() {
    for gone in [400, 404, 410] {
        let server = Fake::start(move |seen, n| match (seen.target.as_str(), n) {
            ("Goal?page=old", _) if gone == 400 => expired(),
            ("Goal?page=old", _) => status(gone),
            ("Goal?page=new", _) => page(&["2", "3"], None),
            (_, 0) => json(200, MIXED.replace("PAGE", "old")),
            _ => json(200, MIXED.replace("PAGE", "new")),
        })
        .await;
        let found = server.client().search(&goals()).await;
        assert_eq!(ids(&found), ["1", "2", "3"], "{gone}");
        assert_eq!((found.problems.len(), found.outcomes.len(), found.entries), (1, 1, 5), "{gone}");
        assert_eq!((found.status, found.pages), (Status::Partial(Reason::EntriesUnusable(1)), 3), "{gone}");
    }
}

/// A page with a resource, an entry that is none, and a message.
const MIXED: &str = r#"{"resourceType":"Bundle","link":[{"relation":"next","url":"Goal?page=PAGE"}],"entry":[17,
    {"resource":{"resourceType":"Goal","id":"1"}},{"resource":{"resourceType":"OperationOutcome","issue":[]}}]}"#;

#[tokio::test]
async fn f6_a_search_begins_anew_once_only() {
    let server =
        Fake::start(|seen, _| if seen.target == "Goal?page=2" { expired() } else { page(&["1"], Some("Goal?page=2")) });
    let server = server.await;
    let found = server.client().search(&goals()).await;
    assert_eq!((ids(&found), found.status.clone()), (vec!["1"], Status::Partial(Reason::Http(410))));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn f6_what_has_changed_before_the_search_began_anew_comes_as_it_is_now() {
    let goal = |version: &str, next: Option<&str>| {
        let link = next.map(|next| format!(r#""link":[{{"relation":"next","url":"{next}"}}],"#)).unwrap_or_default();
        json(
            200,
            format!(
                r#"{{"resourceType":"Bundle",{link}"entry":[{{"resource":{{"resourceType":"Goal","id":"1","meta":{{"versionId":"{version}"}}}}}}]}}"#
            ),
        )
    };
    let server = Fake::start(move |_, n| match n {
        0 => goal("1", Some("Goal?page=2")),
        1 => expired(),
        _ => goal("2", None),
    })
    .await;
    let found = server.client().search(&goals()).await;
    let versions: Vec<_> = found.resources.iter().filter_map(fhir::Resource::version).collect();
    assert_eq!((versions, found.status.clone()), (vec!["1", "2"], Status::Complete));
}

#[tokio::test]
async fn f6_a_first_page_that_is_not_there_is_no_expired_one() {
    for answered in [404, 410] {
        let server = Fake::start(move |_, _| status(answered)).await;
        assert_eq!(server.client().search(&goals()).await.status, Status::NotSupported);
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn f6_total_decides_nothing() {
    for total in ["0", "1000", "\"many\"", "null", "-1"] {
        let server = Fake::start(move |_, n| {
            let link = if n == 0 { r#","link":[{"relation":"next","url":"Goal?page=2"}]"# } else { "" };
            let entry = format!(r#"{{"resource":{{"resourceType":"Goal","id":"{n}"}}}}"#);
            json(200, format!(r#"{{"resourceType":"Bundle","total":{total}{link},"entry":[{entry}]}}"#))
        })
        .await;
        let found = server.client().search(&goals()).await;
        assert_eq!((ids(&found), found.status.clone()), (vec!["0", "1"], Status::Complete), "{total}");
    }
}
