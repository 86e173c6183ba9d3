//! The form that settles an issue. It names where the decision is kept, and that no record is changed, before it is sent.

use access::Role;
use care_plan::decisions::Seen;
use care_plan::plan::{DetectedIssue, Side};
use leptos::prelude::*;

use super::{Choice, Locked, choices, is_of_order, locked};
use crate::desk::Answer;
use crate::desk::kept::{DECIDE, DecideAnswer, seen_of};
use crate::desk::shared_plan::PlanAnswer;
use crate::parts::TextArea;
use crate::sections::Look;
use crate::sections::issue_facts::value;
use crate::sections::issue_standing::changed;
use crate::words::IssueKind;

/// Draws the form of an open issue, or says why there is none; `answer` is what a form of the page was told.
pub(in crate::sections) fn decide_form(look: &Look, issue: &DetectedIssue, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    match locked(look, issue) {
        None => {}
        Some(Locked::NoService) => return ().into_any(),
        Some(why) => {
            let (line, place) = words.decide_locked(why);
            let link = place.map(|(place, label)| view! { " "<a href=look.path(place)>{label}</a> });
            return view! { <p class="decide decide--locked">{line}{link}</p> }.into_any();
        }
    }
    let answer = answer.filter(|answer| is_for(issue, answer));
    let drawn = form(look, issue, answer);
    if IssueKind::of(issue.code) == IssueKind::Gap {
        return view! {
            <details class="decide__gap" open=answer.is_some()><summary>{words.decide_summary()}</summary>{drawn}</details>
        }
        .into_any();
    }
    drawn
}

/// True where the answer is to a form of this issue.
pub(super) fn is_for(issue: &DetectedIssue, answer: &Answer) -> bool {
    answer.typed("issue") == Some(issue.id.0.as_str())
}

/// True where what the viewer says of an issue stands beside it and settles nothing: it may harm, and they are no
/// professional.
pub(super) fn is_word_only(look: &Look, issue: &DetectedIssue) -> bool {
    issue.needs_professional() && matches!(look.role(), Role::Patient | Role::Carer)
}

fn form(look: &Look, issue: &DetectedIssue, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let id = |field: &str| format!("{field}-{}", issue.id.0);
    let typed = answer.filter(|answer| answer.function == DECIDE);
    let said = typed.and_then(|answer| answer.of::<DecideAnswer>(DECIDE));
    let problems = match &said {
        Some(DecideAnswer::Not(PlanAnswer::Refused { problems })) => problems.as_slice(),
        _ => &[],
    };
    let wrong = |field: &str| problems.iter().find(|(name, _)| name == field).map(|(_, why)| why.clone());
    let marked = |field: &str| wrong(field).map(|_| id(&format!("{field}-wrong")));
    let wrong_line = |field: &str| {
        wrong(field).map(|why| view! { <p class="field__wrong" id=id(&format!("{field}-wrong"))>{why}</p> })
    };
    let value_of = |field: &str| typed.and_then(|answer| answer.typed(field)).unwrap_or_default().to_owned();
    let mut offered = choices(issue);
    // In the order in which the records stand above.
    offered.sort_by_key(|choice| match choice {
        Choice::Adopt(key, _) => look.order(&key.source),
        _ => usize::MAX,
    });
    let options = offered.into_iter().map(|choice| {
        let (code, line) = (choice.code(), in_words(look, issue, &choice));
        let checked = typed.is_some_and(|answer| answer.chose("choice", &code));
        view! {
            <label class="decide__choice">
                <input type="radio" name="choice" value=code checked=checked required=true/>
                <span>{line}</span>
            </label>
        }
    });
    let order = is_of_order(issue).then(|| view! { <p>{words.decide_order()}</p> });
    let word = is_word_only(look, issue).then(|| view! { <p>{words.decide_word_only()}</p> });
    let version = look.kept().about(issue).map(|decision| decision.version.to_string()).unwrap_or_default();
    view! {
        <form class="decide" id=id("decide") method="post" action=look.path("decide") data-unsaved=typed.map(|_| "")>
            {typed.and_then(|answer| told(look, issue, answer))}
            <input type="hidden" name="issue" value=issue.id.0.clone()/>
            <input type="hidden" name="seen" value=seen_of(issue)/>
            <input type="hidden" name="version" value=version/>
            <fieldset class="decide__choices" id=id("choice") aria-describedby=marked("choice")>
                <legend>{words.decide_legend()}</legend>
                <div>{options.collect_view()}</div>
                {wrong_line("choice")}
            </fieldset>
            <div class="decide__rest">
                <div class="decide__words">
                    <label for=id("words")>{words.decide_words()}</label>
                    <input class="field" id=id("words") name="words" autocomplete="off" maxlength="1000" value=value_of("words")
                        aria-invalid=wrong("words").map(|_| "true") aria-describedby=marked("words")/>
                    {wrong_line("words")}
                </div>
                <label for=id("reason")>{words.decide_reason()}</label>
                <TextArea id=id("reason") name="reason" text=value_of("reason")/>
                {wrong_line("reason")}
                <div class="saves-to">{order}{word}<p>{words.decide_saves_to()}</p></div>
                <button class="button button--primary">{words.decide_send()}<span class="hidden-text">{format!(": {}", issue.title)}</span></button>
            </div>
        </form>
    }
    .into_any()
}

/// What the form was told, with what changed since it was drawn.
fn told(look: &Look, issue: &DetectedIssue, answer: &Answer) -> Option<AnyView> {
    let words = look.words();
    let said = answer.of::<DecideAnswer>(DECIDE);
    let changes = match &said {
        Some(DecideAnswer::Kept | DecideAnswer::TakenBack) => return None,
        Some(DecideAnswer::RecordsChanged) => {
            let seen = answer.typed("seen").and_then(|seen| serde_json::from_str::<Seen>(seen).ok());
            seen.map(|seen| seen.changes_to(&Seen::of(issue))).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let changes = changes.iter().map(|change| view! { <li>{changed(look, change)}</li> }).collect_view();
    Some(
        view! {
            <div class="told told--bad" role="status" tabindex="-1">
                <p>{words.decide_answer(said.as_ref())}</p>
                <ul class="lines lines--marked">{changes}</ul>
            </div>
        }
        .into_any(),
    )
}

/// A choice in words: whose value, and what it is.
pub(super) fn in_words(look: &Look, issue: &DetectedIssue, choice: &Choice) -> String {
    let words = look.words();
    match choice {
        Choice::Adopt(key, part) => {
            let side = issue.sides.iter().find(|side| (&side.key, side.part) == (key, *part));
            let says: Vec<String> = side.map(|side| differing(look, side)).unwrap_or_default();
            let name = look.badge(&key.source).name;
            // Where one source has several sides, its own words tell them apart.
            let alone = issue.sides.iter().filter(|side| side.key.source == key.source).count() < 2;
            let called = look.called(key).filter(|_| !alone);
            words.choose_record(&name, called, &says)
        }
        Choice::Keep if choices(issue).iter().any(|choice| matches!(choice, Choice::Adopt(..))) => {
            words.choose_both().to_owned()
        }
        Choice::Keep => words.choose_as_it_is().to_owned(),
        Choice::NotRelevant => words.choose_not_relevant().to_owned(),
        Choice::Other => words.choose_other().to_owned(),
        Choice::AskPrescriber => words.choose_prescriber().to_owned(),
    }
}

fn differing(look: &Look, side: &Side) -> Vec<String> {
    let differing = side.says.iter().filter(|fact| fact.differs);
    differing.take(2).map(|fact| value(look, fact)).collect()
}
