//! What was settled: what was agreed, the message to a prescriber, and the way to take it back.

use care_plan::plan::DetectedIssue;
use leptos::prelude::*;
use shared_plan::decision::{Decision, DecisionStatus};

use super::form::is_for;
use crate::desk::Answer;
use crate::desk::kept::{DecideAnswer, UNDECIDE};
use crate::desk::shared_plan::{PlanAnswer, SharedPlanDoor};
use crate::parts::TextArea;
use crate::sections::Look;

/// Draws what stands beside an issue that was settled.
pub(in crate::sections) fn settled(look: &Look, issue: &DetectedIssue, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let Some(decision) = look.kept().about(issue).filter(|decision| decision.status == DecisionStatus::InForce) else {
        return ().into_any();
    };
    let agreed = decision.words.clone().map(|agreed| view! { <p><b>{words.decide_words()}</b>": "{agreed}</p> });
    let message = decision.message.as_ref().map(|message| {
        let id = format!("message-{}", issue.id.0);
        view! {
            <label for=id.clone()>{words.message_to_copy()}</label>
            <TextArea id=id name="message" text=message.text.clone()/>
        }
    });
    // Where a record is to follow, that is a change of its goal, saved there.
    let goals = issue.items.iter().filter(|item| look.plan().goals.iter().any(|goal| goal.item.id == **item));
    let goals = goals.map(|item| {
        view! { <p><a href=look.goal_href(item)>{words.decide_to_goal(look.title(item).unwrap_or_default())}</a></p> }
    });
    view! {
        <div class="decide decide--settled">
            {agreed}
            {message}
            {goals.collect_view()}
            {take_back(look, issue, decision, answer)}
        </div>
    }
    .into_any()
}

fn take_back(look: &Look, issue: &DetectedIssue, decision: &Decision, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let kept = look.kept();
    let is_own = matches!(decision.by.role, Some(access::Role::Patient | access::Role::Carer));
    if look.shared_plan() != SharedPlanDoor::Open || !kept.may_decide {
        return None;
    }
    if !is_own && !kept.may_write {
        return Some(view! { <p class="muted">{words.take_back_not_yours()}</p> }.into_any());
    }
    let id = |field: &str| format!("{field}-{}", issue.id.0);
    let typed = answer.filter(|answer| answer.function == UNDECIDE && is_for(issue, answer));
    let said = typed.and_then(|answer| answer.of::<DecideAnswer>(UNDECIDE));
    let wrong = match &said {
        Some(DecideAnswer::Not(PlanAnswer::Refused { problems })) => problems.first().map(|(_, why)| why.clone()),
        _ => None,
    };
    let told = typed.map(|_| {
        view! { <div class="told told--bad" role="status" tabindex="-1"><p>{words.decide_answer(said.as_ref())}</p></div> }
    });
    let reason = typed.and_then(|answer| answer.typed("reason")).unwrap_or_default().to_owned();
    Some(
        view! {
            <details class="decide__back" open=typed.is_some()>
                <summary>{words.take_back()}<span class="hidden-text">{format!(": {}", issue.title)}</span></summary>
                <form class="goal-form" id=id("take-back") method="post" action=look.path("decide/take-back") data-unsaved=typed.map(|_| "")>
                    {told}
                    <input type="hidden" name="issue" value=issue.id.0.clone()/>
                    <input type="hidden" name="version" value=decision.version.to_string()/>
                    <label for=id("back-reason")>{words.take_back_reason()}</label>
                    <TextArea id=id("back-reason") name="reason" text=reason/>
                    {wrong.map(|why| view! { <p class="field__wrong">{why}</p> })}
                    <p class="saves-to">{words.take_back_saves_to()}</p>
                    <button class="button">{words.take_back_send()}</button>
                </form>
            </details>
        }
        .into_any(),
    )
}
