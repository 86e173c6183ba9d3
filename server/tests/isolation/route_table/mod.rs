//! Every route of the table, by every method, asked by everybody who should not be answered and in every broken way.
//!
//! What the policy says about who asks is what the answer is held against; a foreign launch is answered like one that
//! never was, down to the header; a refused request leaves no event of a read behind.

mod cast;
mod patterns;

use std::collections::{BTreeMap, BTreeSet};

use access::policy::{Context, LaunchOf, Way};
use access::{Decision, Operation, decide};
use axum::http::{Method, StatusCode};
use cast::{Ask, Cast, Open};
use server::{Done, Route};

use crate::judge::{Verdict, alike, only};
use crate::support::browser::Page;
use crate::support::people::Human;

const NEVER: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
/// More than any form may be.
const OVERSIZE: usize = 300 * 1024;

/// A run over the table.
struct Run {
    cast: Cast,
    counts: BTreeMap<&'static str, usize>,
    complaints: Vec<String>,
    /// Answers that were given because they may be: without any, the rest would prove nothing.
    shown: usize,
}

impl Run {
    fn judge(&mut self, way: &'static str, ask: &Ask, verdict: Verdict) {
        *self.counts.entry(way).or_default() += 1;
        if let Err(wrong) = verdict {
            let Ask { method, target, .. } = ask;
            self.complaints.push(format!("{way}: {method} {}: {wrong}", target.chars().take(160).collect::<String>()));
        }
    }

    /// A launch is asked for by somebody whose launch it is not.
    async fn stranger(
        &mut self,
        way: &'static str,
        route: &Route,
        method: &Method,
        cookie: Option<String>,
        signed_in: bool,
    ) {
        for function in functions(route) {
            let operation = operation(route, function);
            let at = |launch: &str, cast: &Cast| target(route, launch, &cast.victim, function);
            let (foreign, never) = (at(&self.cast.victim.launch, &self.cast), at(NEVER, &self.cast));
            let ask = Ask::ours(method, &foreign, cookie.as_deref());
            self.cast.done();
            let Some(page) = self.cast.ask(&ask).await else { continue };
            let events = self.cast.done();
            let other = Ask { target: never, ..ask.clone() };
            let Some(other) = self.cast.ask(&other).await else { continue };
            let launch = if route.rule.in_launch { LaunchOf::Another } else { LaunchOf::Nobody };
            let context = Context { session: signed_in, launch, way: Way::None };
            let refused = operation.is_none_or(|operation| decide(None, operation, &context) != Decision::Allowed);
            let verdict = sound(&page, &BTreeSet::new())
                .and_then(|()| if refused { not_done(&page, &events) } else { Ok(()) })
                .and_then(|()| match route.rule.in_launch && refused {
                    true => alike((&page, &self.cast.victim.launch), (&other, NEVER)),
                    false => Ok(()),
                });
            self.judge(way, &ask, verdict);
        }
    }

    /// Users ask for what is theirs, each of another role: what the policy says is what they get.
    async fn by_role(&mut self, route: &Route, method: &Method) {
        let asking = [&self.cast.victim, &self.cast.colleague, &self.cast.patient].map(Clone::clone);
        for who in asking {
            for function in functions(route) {
                let (launch, way, viewer) = match route.rule.in_launch {
                    true => (LaunchOf::ThisSession, Way::OwnGrant, Some(&who.viewer)),
                    // None of them has signed in without a person.
                    false => (LaunchOf::Nobody, Way::None, None),
                };
                let context = Context { session: true, launch, way };
                let refused = operation(route, function)
                    .is_none_or(|operation| decide(viewer, operation, &context) != Decision::Allowed);
                let ask = Ask::ours(method, &target(route, &who.launch, &who, function), Some(&who.cookie));
                self.cast.done();
                let Some(page) = self.cast.ask(&ask).await else { continue };
                let events = self.cast.done();
                let allowed = BTreeSet::from([who.human]);
                self.shown += usize::from(page.status == StatusCode::OK && !refused);
                let verdict =
                    sound(&page, &allowed).and_then(|()| if refused { not_done(&page, &events) } else { Ok(()) });
                self.judge("own, by role", &ask, verdict);
            }
        }
        if *method == Method::POST {
            self.cast.mend().await;
        }
    }

    /// The user's own launch is asked for in a way that a page of ours never asks.
    async fn own(&mut self, way: &'static str, ask: &Ask, refused: bool) {
        self.cast.done();
        let Some(page) = self.cast.ask(ask).await else { return };
        let events = self.cast.done();
        let allowed = BTreeSet::from([self.cast.victim.human]);
        let verdict = sound(&page, &allowed).and_then(|()| if refused { not_done(&page, &events) } else { Ok(()) });
        self.judge(way, ask, verdict);
        if ask.method == Method::POST {
            self.cast.mend().await;
        }
    }
}

/// No failure of ours, nobody's data but this, nothing of the address come alive.
fn sound(page: &Page, allowed: &BTreeSet<Human>) -> Verdict {
    only(page, allowed)?;
    if page.status.is_server_error() {
        return Err(format!("{}: {}", page.status, page.text));
    }
    for alive in ["<script>alert", "<img src=x"] {
        if page.text.contains(alive) {
            return Err(format!("{alive} is live on the page"));
        }
    }
    if page.headers.get_all("set-cookie").iter().any(|cookie| cookie.as_bytes().starts_with(b"evil")) {
        return Err("a header was smuggled in".to_owned());
    }
    match page.location() {
        Some(to) if to.host_str() == Some("evil.test") => Err(format!("sends the browser to {to}")),
        _ => Ok(()),
    }
}

/// Neither answered nor written down as done.
fn not_done(page: &Page, events: &[access::AuditEvent]) -> Verdict {
    if page.status.is_success() || page.status.is_redirection() {
        return Err(format!("is answered by {}", page.status));
    }
    if events.is_empty() { Ok(()) } else { Err(format!("is written down as done: {events:?}")) }
}

/// The functions that a route stands for; `""` for a route that is one operation.
fn functions(route: &Route) -> &'static [&'static str] {
    match route.rule.done {
        Done::This(_) => &[""],
        Done::Function => &["save_goal", "retry_source", "no_such_function"],
    }
}

fn operation(route: &Route, function: &str) -> Option<Operation> {
    match (route.rule.done, function) {
        (Done::This(operation), _) => Some(operation),
        (Done::Function, "save_goal") => Some(Operation::ChangeGoal),
        (Done::Function, "retry_source") => Some(Operation::RetrySource),
        (Done::Function, _) => None,
    }
}

/// Names of the parameters of a route.
fn parameters(route: &Route) -> Vec<&str> {
    route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// The route's path with something in each parameter: what is somebody's own where it has an id, `x` for the rest.
fn target(route: &Route, launch: &str, of: &Open, function: &str) -> String {
    filled(route, launch, (&of.goal, &of.plan), function)
}

fn filled(route: &Route, launch: &str, (goal, plan): (&str, &str), function: &str) -> String {
    let path = route.path.replace("{launch}", launch).replace("{item}", goal).replace("{*function}", function);
    let path = path
        .replace("{source}", "alder-west")
        .replace("{plan}", plan)
        .replace("{part}", "new")
        .replace("{concern}", plan);
    let mut path = [("write", "send-to-review"), ("sign", "sign"), ("report", "note-goal"), ("answer", "answer-goal")]
        .into_iter()
        .fold(path, |path, (way, command)| path.replace(&format!("/{way}/{{command}}"), &format!("/{way}/{command}")));
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path = format!("{}x{}", &path[..from], &path[to + 1..]);
    }
    path
}

/// The route's path with one parameter replaced by a pattern.
fn broken(route: &Route, parameter: &str, pattern: &str, cast: &Cast) -> String {
    let marked = Route { path: route.path.replace(&format!("{{{parameter}}}"), "PATTERN"), ..route.clone() };
    let function = functions(route)[0];
    let pattern = patterns::filled(pattern, &cast.victim.launch, &cast.foreigner.launch);
    target(&marked, &cast.victim.launch, &cast.victim, function).replace("PATTERN", &pattern)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_answers_nobody_who_should_not_be_answered_and_falls_over_nothing() {
    let mut run = Run { cast: Cast::assemble().await, counts: BTreeMap::new(), complaints: Vec::new(), shown: 0 };
    let routes = server::routes(&run.cast.world.server);
    assert!(routes.len() > 15, "the table has the routes: {routes:?}");
    for route in &routes {
        for method in METHODS.map(|name| Method::from_bytes(name.as_bytes()).expect("a method")) {
            let (colleague, foreigner) = (run.cast.colleague.cookie.clone(), run.cast.foreigner.cookie.clone());
            run.stranger("no cookie", route, &method, None, false).await;
            run.stranger("a cookie that never was", route, &method, Some(NEVER.to_owned()), false).await;
            let ended = run.cast.ended.clone();
            run.stranger("a cookie that has ended", route, &method, Some(ended), false).await;
            // What ends a session would end the stranger's.
            if route.path != "/sign-out" {
                run.stranger("a colleague's launch", route, &method, Some(colleague), true).await;
                run.stranger("another tenant's launch", route, &method, Some(foreigner), true).await;
            }
            if route.path != "/sign-out" {
                run.by_role(route, &method).await;
            }
            from_elsewhere(&mut run, route, &method).await;
            for query in patterns::QUERIES {
                let query = patterns::filled(query, &run.cast.victim.launch, &run.cast.foreigner.launch);
                let ask = own(&run.cast, route, &method);
                let ask = Ask { target: format!("{}?{query}", ask.target), ..ask };
                run.own("bad query", &ask, false).await;
            }
            for parameter in parameters(route) {
                for pattern in patterns::IDS {
                    let ask =
                        Ask { target: broken(route, parameter, pattern, &run.cast), ..own(&run.cast, route, &method) };
                    // Nobody's launch but a read of one's own session; `.` and `..` are taken as they stand.
                    let nobodys = parameter == "launch"
                        && operation(route, functions(route)[0]).is_some_and(|o| o != Operation::ReadSession);
                    run.own(if parameter == "launch" { "bad launch" } else { "bad id" }, &ask, nobodys).await;
                }
            }
        }
        for (kind, body) in patterns::BODIES {
            let ask = own(&run.cast, route, &Method::POST).with("content-type", kind);
            run.own("bad body", &Ask { body: body.to_vec(), ..ask }, false).await;
        }
        let body = format!("note={}", "x".repeat(OVERSIZE)).into_bytes();
        let ask = Ask { body, ..own(&run.cast, route, &Method::POST) };
        run.own("oversize body", &ask, false).await;
    }
    let cases: usize = run.counts.values().sum();
    eprintln!(
        "route table: {} routes, {cases} cases, {} answered as they may be: {:?}",
        routes.len(),
        run.shown,
        run.counts
    );
    assert!(run.shown > 60, "only {} requests were answered", run.shown);
    let complaints = &run.complaints;
    assert!(
        complaints.is_empty(),
        "{} complaints:\n{}",
        complaints.len(),
        complaints.iter().take(80).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(cases >= 5_000, "only {cases} cases");
}

/// The user's own request, as a page of ours would send it.
fn own(cast: &Cast, route: &Route, method: &Method) -> Ask {
    let function = functions(route)[0];
    let target = target(route, &cast.victim.launch, &cast.victim, function);
    Ask::ours(method, &target, Some(&cast.victim.cookie))
}

/// A page of another site sends what only ours may send.
async fn from_elsewhere(run: &mut Run, route: &Route, method: &Method) {
    let safe = ["GET", "HEAD", "OPTIONS"].contains(&method.as_str());
    let ask = own(&run.cast, route, method);
    let ways = [
        ("wrong origin", ask.clone().without("sec-fetch-site").with("origin", "https://evil.test")),
        ("cross-site", ask.clone().without("origin").with("sec-fetch-site", "cross-site")),
        ("same-site", ask.clone().without("origin").with("sec-fetch-site", "same-site")),
        ("origin null", ask.without("sec-fetch-site").with("origin", "null")),
    ];
    for (way, ask) in ways {
        run.own(way, &ask, !safe).await;
    }
}

#[test]
fn a_parameter_is_replaced_and_the_others_are_filled() {
    let rule = server::Rule { done: Done::Function, in_launch: true, asked_by: server::AskedBy::User };
    let route = Route { path: "/l/{launch}/api/{*function}".to_owned(), rule };
    assert_eq!(parameters(&route), ["launch", "*function"]);
    assert_eq!(filled(&route, "L", ("G", "P"), "f"), "/l/L/api/f");
    let other = Route { path: "/l/{launch}/confirm/{question}".to_owned(), rule };
    assert_eq!(filled(&other, "L", ("G", "P"), ""), "/l/L/confirm/x");
    let path = "/l/{launch}/shared-plan/{plan}/write/{command}".to_owned();
    assert_eq!(filled(&Route { path, rule }, "L", ("G", "P"), ""), "/l/L/shared-plan/P/write/send-to-review");
}
