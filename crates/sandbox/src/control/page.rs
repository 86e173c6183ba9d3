//! `GET /`: all EHRs with their state and their forms.

use std::fmt::Write as _;

use axum::extract::State;

use super::Ehrs;
use crate::{
    ehr::RunningEhr,
    faults::{Fault, GoalRefusal},
    hostile::Step,
    page::{Page, escape},
};

/// Lists the EHRs.
pub(super) async fn page(State(ehrs): State<Ehrs>) -> Page {
    let mut body = "<h1>Simulated EHRs</h1>".to_owned();
    for ehr in ehrs.iter() {
        section(&mut body, ehr, ehr.is_running().await);
    }
    Page::new("Sandbox", "Simulated EHRs").body(body)
}

fn section(body: &mut String, ehr: &RunningEhr, running: bool) {
    let (id, name, origin) = (escape(ehr.id()), escape(ehr.name()), escape(ehr.origin()));
    let state = match (running, ehr.fault()) {
        (false, _) => "stopped".to_owned(),
        (true, Fault::Off) => "running".to_owned(),
        (true, fault) => format!("running, FHIR misbehaves: {}", fault.as_str()),
    };
    let state = match ehr.hostility().filter(|_| running) {
        Some(hostility) => format!("{state}, lies: {hostility}"),
        None => state,
    };
    let _ = write!(
        body,
        "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{name}</h2><p>State: <strong>{state}</strong></p>\
         <p>FHIR: <code>{}</code></p>\
         <p class=\"inline\"><a href=\"{origin}/launcher\">Launcher</a> <a href=\"{origin}/browse\">Records</a></p>",
        escape(ehr.fhir_base().as_str())
    );
    let (action, word) = if running { ("stop", "Stop") } else { ("start", "Start") };
    let _ = write!(
        body,
        "<div class=\"inline\"><form method=\"post\" action=\"/ehrs/{id}/{action}\"><button>{word} {name}</button></form>\
         <form method=\"post\" action=\"/ehrs/{id}/expire-tokens\"><button>End its access tokens</button></form>\
         <form method=\"post\" action=\"/ehrs/{id}/end-grants\"><button>Withdraw what its users allowed</button></form></div>\
         <form class=\"inline\" method=\"post\" action=\"/ehrs/{id}/fault\"><label>FHIR server <select name=\"mode\">"
    );
    for fault in Fault::ALL {
        let selected = if fault == ehr.fault() { " selected" } else { "" };
        let _ = write!(body, "<option value=\"{0}\"{selected}>{1}</option>", fault.as_str(), words(fault));
    }
    body.push_str("</select></label> <button>Set</button></form>");
    lies(body, ehr);
    body.push_str("</section>");
}

/// The choice of lies, step by step.
fn lies(body: &mut String, ehr: &RunningEhr) {
    let _ = write!(
        body,
        "<form class=\"inline\" method=\"post\" action=\"/ehrs/{}/hostile\"><label>Honesty <select name=\"way\">\
         <option value=\"off\">honest</option>",
        escape(ehr.id())
    );
    for step in Step::ALL {
        let _ = write!(body, "<optgroup label=\"{}\">", step.as_str());
        for hostility in step.ways() {
            let selected = if ehr.hostility() == Some(hostility) { " selected" } else { "" };
            let _ = write!(
                body,
                "<option value=\"{hostility}\" title=\"{}\"{selected}>{}</option>",
                escape(hostility.meaning()),
                hostility.way()
            );
        }
        body.push_str("</optgroup>");
    }
    body.push_str("</select></label> <button>Set</button></form>");
}

fn words(fault: Fault) -> &'static str {
    match fault {
        Fault::Off => "works",
        Fault::Status500 => "answers 500",
        Fault::Html => "answers with a page",
        Fault::Endless => "never ends an answer",
        Fault::Truncated => "cuts answers off",
        Fault::Slow => "is slow",
        Fault::Goals(GoalRefusal::Forbidden) => "forbids changes of goals (403)",
        Fault::Goals(GoalRefusal::ForbiddenPage) => "forbids changes of goals by a page (403)",
        Fault::Goals(GoalRefusal::NotAllowed) => "offers no changes of goals (405)",
        Fault::Goals(GoalRefusal::NotAllowedEmpty) => "offers no changes of goals, without a word (405)",
        Fault::Goals(GoalRefusal::Unprocessable) => "finds changes of goals against its rules (422)",
    }
}
