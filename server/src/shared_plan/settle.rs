//! From a form to a decision about a detected issue. Only what the page offered is taken.

use app::desk::kept::{DECIDE, DecideAnswer, seen_of, subject_of};
use app::desk::shared_plan::PlanAnswer;
use app::desk::{LaunchDesk, Picture};
use app::pages::PlanQuery;
use app::sections::Look;
use app::sections::decide::{Choice, Locked, choices, draft, is_of_order, locked};
use care_plan::decisions::Seen;
use care_plan::plan::{DetectedIssue, Settlement};
use care_plan_service::service::{Asked, Caller, Failure, People};
use fhir::ResourceKey;
use shared_plan::commands::Wrong;
use shared_plan::decision::{Chosen, DecisionStatus, Issue, Message, NewDecision, withdraw};
use shared_plan::{Foreign, Version};

use super::once::once_of;
use super::{Fields, answer_of, problems};
use crate::desk::Desk;
use crate::rooms::Room;
use crate::state::Server;

/// Keeps what a form chose about an issue.
pub async fn settle(
    server: &Server,
    room: &Room,
    desk: &Desk,
    caller: &Caller,
    typed: &[(String, String)],
) -> DecideAnswer {
    let picture = desk.glance();
    let form = match read(desk, &picture, caller, typed) {
        Ok(form) => form,
        Err(answer) => return answer,
    };
    let asked = Asked { once: Some(once_of(room, DECIDE, typed)), ..form.asked };
    match server.care_plans.decide(caller, form.new, &asked).await {
        Ok(_) => DecideAnswer::Kept,
        Err(failure) => not(server, &failure, asked.seen),
    }
}

/// Takes the decision about an issue back.
pub async fn take_back(server: &Server, desk: &Desk, caller: &Caller, typed: &[(String, String)]) -> DecideAnswer {
    let fields = Fields::of(typed);
    let picture = desk.glance();
    let Some(issue) = named(&picture, &fields) else { return DecideAnswer::Gone };
    let kept = desk.kept();
    let Some(decision) = kept.about(issue).filter(|decision| decision.status == DecisionStatus::InForce) else {
        return DecideAnswer::Gone;
    };
    let seen = fields.text("version").and_then(|text| text.parse().ok()).map(Version);
    let asked = Asked { seen, reason: fields.text("reason").map(str::to_owned), once: None };
    match server.care_plans.change_decision(caller, decision.id, &asked, withdraw).await {
        Ok(_) => DecideAnswer::TakenBack,
        Err(failure) => not(server, &failure, seen),
    }
}

/// What a form asks for.
struct Form {
    new: NewDecision,
    asked: Asked,
}

fn read(desk: &Desk, picture: &Picture, caller: &Caller, typed: &[(String, String)]) -> Result<Form, DecideAnswer> {
    let mut fields = Fields::of(typed);
    let issue = named(picture, &fields).ok_or(DecideAnswer::Gone)?;
    let look = Look::of(desk, picture.clone(), &PlanQuery::default());
    if let Some(why) = locked(&look, issue) {
        return Err(DecideAnswer::Not(refusal(why)));
    }
    let seen: Option<Seen> = fields.text("seen").and_then(|seen| serde_json::from_str(seen).ok());
    if seen.is_none_or(|seen| !seen.changes_to(&Seen::of(issue)).is_empty()) {
        return Err(DecideAnswer::RecordsChanged);
    }
    let offered = choices(issue);
    let choice = fields.must_choose("choice", |code| offered.iter().find(|choice| choice.code() == code).cloned());
    let words = fields.text("words").filter(|_| choice == Some(Choice::Other)).map(str::to_owned);
    if choice == Some(Choice::Other) && words.is_none() {
        fields.wrong("words", Wrong::Empty);
    }
    // Nobody understands later why records go on to differ, or why one of them counts, without it.
    let reason = fields.text("reason").map(str::to_owned);
    if reason.is_none() {
        fields.wrong("reason", Wrong::Empty);
    }
    let (Some(choice), Some(reason), []) = (choice, reason, &fields.problems[..]) else {
        return Err(DecideAnswer::Not(problems(&fields.problems)));
    };
    let People::Only(person) = caller.people.clone() else { return Err(DecideAnswer::Gone) };
    let message = message(issue, &choice).map(|about| Message {
        to: None,
        about,
        text: draft(&look, issue, &choice, words.as_deref(), &reason),
    });
    let version = fields.text("version").and_then(|text| text.parse().ok()).map(Version);
    let new = NewDecision {
        tenant: caller.tenant.clone(),
        person,
        issue: Issue { id: issue.id.0.clone(), code: code_of(issue), subject: subject_of(issue), seen: seen_of(issue) },
        chosen: chosen(&choice, &look),
        words,
        message,
    };
    Ok(Form { new, asked: Asked { seen: version, reason: Some(reason), once: None } })
}

fn named<'p>(picture: &'p Picture, fields: &Fields<'_>) -> Option<&'p DetectedIssue> {
    let id = fields.text("issue")?;
    picture.plan.issues.iter().find(|issue| issue.id.0 == id)
}

fn chosen(choice: &Choice, look: &Look) -> Chosen {
    match choice {
        Choice::Adopt(key, _) => Chosen::Adopted(foreign(key, look.called(key))),
        Choice::Other => Chosen::Changed,
        Choice::Keep => Chosen::KeptAsIs,
        Choice::NotRelevant => Chosen::NotAnIssue,
        Choice::AskPrescriber => Chosen::AskedPrescriber,
    }
}

/// The order that a message is about, where somebody has to change one; nothing where all stay as they are.
fn message(issue: &DetectedIssue, choice: &Choice) -> Option<Foreign> {
    if !is_of_order(issue) || matches!(choice, Choice::Keep | Choice::NotRelevant) {
        return None;
    }
    let asked = issue.settle.iter().find_map(|settlement| match settlement {
        Settlement::AskPrescriber { about } => about.first(),
        _ => None,
    });
    let side = || issue.sides.iter().map(|side| &side.key).find(|key| key.kind.starts_with("Medication"));
    asked.or_else(side).map(|key| foreign(key, None))
}

fn foreign(key: &ResourceKey, display: Option<&str>) -> Foreign {
    Foreign {
        source: key.source.to_string(),
        kind: key.kind.clone(),
        id: key.id.clone(),
        version: None,
        display: display.map(str::to_owned),
    }
}

/// The word of an issue's rule.
fn code_of(issue: &DetectedIssue) -> String {
    let code = serde_json::to_value(issue.code).ok();
    code.and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

fn refusal(why: Locked) -> PlanAnswer {
    match why {
        Locked::NotLicensed | Locked::NoService => PlanAnswer::NotLicensed,
        Locked::Role => not_now("your role may not do this."),
        Locked::NotRead => not_now("what was settled before could not be read. Load the page again."),
        Locked::Labelled => not_now("a record labels this as confidential."),
        Locked::Waits => not_now("it was settled before, and nobody has said yet whether that was for this person."),
        Locked::AtSources => not_now("this is settled on the page of the sources."),
    }
}

fn not_now(why: &str) -> PlanAnswer {
    PlanAnswer::NotNow { why: why.to_owned() }
}

fn not(server: &Server, failure: &Failure, seen: Option<Version>) -> DecideAnswer {
    DecideAnswer::Not(answer_of(server, failure, seen.unwrap_or(Version::FIRST)))
}
