//! The form that changes a goal. It names where the change is saved before it is saved.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shared_plan::overlay::Overlay;

use super::goal_conflict::{goal_conflict, going_on};
use super::goal_kept::Laid;
use super::goal_locked::goal_locked;
use super::look::Look;
use crate::desk::{Answer, GoalAnswer, GoalFields, GoalMember, GoalSheet, Keeps, SavePlace, member_name};
use crate::functions::SaveGoal;
use crate::parts::{SourceBadge, TextArea};
use crate::words::ACHIEVEMENTS;

/// Last segment of the function's path.
pub const FUNCTION: &str = "save_goal";

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fill {
    /// Version that is compared when saving.
    pub version: Option<String>,
    /// What that version says.
    pub base: GoalFields,
    /// What the user wants.
    pub mine: GoalFields,
    /// Note to add.
    pub note: String,
    /// Why, for an edit that is kept in the shared plan.
    pub reason: String,
}

/// Decides what stands in a form: what the record says, or what was typed when it was not taken.
///
/// After a conflict the base is the record's newest state, so that saving again is a decision made in sight of it; what
/// the user had not touched says what the record says now. Nothing that was typed is lost.
pub fn fill(member: &GoalMember, answer: Option<&Answer>) -> Fill {
    let fresh = Fill {
        version: member.version.clone(),
        base: member.base.clone(),
        mine: member.base.clone(),
        note: String::new(),
        reason: String::new(),
    };
    let Some(answer) = answer.filter(|answer| is_for(member, answer)) else { return fresh };
    let typed = |field: &str| answer.typed(field).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let note = answer.typed("note").unwrap_or_default().to_owned();
    let reason = answer.typed("reason").unwrap_or_default().to_owned();
    match answer.of::<GoalAnswer>(FUNCTION) {
        Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. }) => fresh,
        Some(GoalAnswer::NothingToChange) => Fill { note, reason, ..fresh },
        Some(GoalAnswer::Conflict { base, theirs, mine, version, .. }) => {
            let mine = going_on(&base, &theirs, &mine);
            Fill { version, base: theirs, mine, note, reason }
        }
        Some(
            GoalAnswer::Refused { .. }
            | GoalAnswer::NotTaken { .. }
            | GoalAnswer::Unclear { .. }
            | GoalAnswer::Failed { .. },
        )
        | None => Fill {
            version: typed("version"),
            base: GoalFields {
                achievement: typed("base_achievement"),
                target_value: typed("base_target_value"),
                due: typed("base_due"),
            },
            mine: GoalFields {
                achievement: typed("achievement"),
                target_value: typed("target_value"),
                due: typed("due"),
            },
            note,
            reason,
        },
    }
}

/// True where the answer is about this member and target.
fn is_for(member: &GoalMember, answer: &Answer) -> bool {
    let target = answer.typed("target").and_then(|text| text.parse().ok()).unwrap_or(0);
    answer.function == FUNCTION && answer.typed("member") == Some(&member.name) && target == member.target
}

/// Draws one form for each record and target of a goal, each with what it was told.
pub fn goal_form(look: &Look, sheet: &GoalSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let forms = sheet.members.iter().enumerate().map(|(index, member)| form(look, sheet, member, index, answer));
    view! {
        <section class="panel" id="goal-form" aria-labelledby="goal-form-heading">
            <h2 id="goal-form-heading">{words.change_goal()}</h2>
            {forms.collect_view()}
        </section>
    }
    .into_any()
}

fn form(look: &Look, sheet: &GoalSheet, member: &GoalMember, index: usize, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let badge = look.badge(&member.source.id);
    let answer = answer.filter(|answer| is_for(member, answer));
    if let (Some(why), Keeps::No(not_kept)) = (&member.locked, member.keeps) {
        return goal_locked(look, (member, index), (why, not_kept), answer);
    }
    let mut filled = fill(member, answer);
    let said = answer.and_then(|answer| answer.of::<GoalAnswer>(FUNCTION));
    let place = place(member, answer, said.as_ref());
    let overlay = overlay_of(look, sheet, member).filter(|_| place == SavePlace::InSharedPlan);
    let laid = overlay.and_then(|overlay| Some((overlay, Laid::of(overlay, &filled.base)?)));
    if let Some((overlay, laid)) = &laid {
        // What stands beside the record is what one goes on from.
        filled = laid.fill(filled, overlay, answer);
    }
    let Fill { version, base, mine, note, reason } = filled;
    let overlay_version = overlay.map(|overlay| overlay.version.to_string()).unwrap_or_default();
    let (saves_to, button) = match place {
        SavePlace::AtSource => (words.saves_to(&member.source.name), words.save_at(&member.source.name)),
        SavePlace::InSharedPlan => (words.keeps_in_plan(&member.source.name), words.keep_in_plan().to_owned()),
    };
    let locked = member.locked.clone().map(|why| view! { <p>{why}</p> });
    let told = answer.map(|_| words.goal_answer(said.as_ref()));
    let instead = matches!(said, Some(GoalAnswer::NotTaken { .. })).then(|| match member.keeps {
        Keeps::Yes => Some(words.keep_instead()),
        Keeps::No(why) => words.not_kept(why),
    });
    let warnings = match &said {
        Some(GoalAnswer::Saved { warnings, .. }) => warnings.clone(),
        _ => Vec::new(),
    };
    let on = matches!(said, Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. })).then(|| {
        let href = look.item_href(&sheet.item);
        view! { <p class="told__on"><a class="button" href=href>{words.see_in_plan()}</a></p> }
    });
    let told_class = match said {
        Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. }) => "told told--good",
        Some(GoalAnswer::NothingToChange) | None if answer.is_none() || said.is_some() => "told",
        _ => "told told--bad",
    };
    // What was typed and not taken stands in the form as if it had been there: only this says that it is not saved.
    let unsaved = match said {
        Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. } | GoalAnswer::NothingToChange) => None,
        _ => answer.map(|_| ""),
    };
    let refused = match &said {
        Some(GoalAnswer::Refused { field: Some(field), .. }) => field.clone(),
        _ => String::new(),
    };
    let invalid = |field: &str| (refused == field).then_some("true");
    let conflict = said.as_ref().and_then(|said| goal_conflict(look, said));
    let id = |field: &str| format!("{field}-{index}");
    let options = options(look, mine.achievement.as_deref());
    let with_value = member.unit.is_some() || base.target_value.is_some();
    let label = match (&member.measure, &member.unit) {
        (Some(measure), Some(unit)) => format!("{}: {measure} ({unit})", words.target_value_label()),
        (Some(measure), None) => format!("{}: {measure}", words.target_value_label()),
        (None, Some(unit)) => format!("{} ({unit})", words.target_value_label()),
        (None, None) => words.target_value_label().to_owned(),
    };
    // A date field of the browser takes whole days only; a month that the record has would be lost in it.
    let whole_day = |due: &Option<String>| due.as_deref().is_none_or(|due| due.len() == 10);
    let days = whole_day(&mine.due) && whole_day(&base.due);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    view! {
        <form class="goal-form" method="post" action=look.path(SaveGoal::PATH.trim_start_matches('/')) data-answer="" data-unsaved=unsaved>
            <div class="saves-to">{locked}<p><SourceBadge badge/>" "{saves_to}</p></div>
            <div class=told_class role="status" id=id("told") tabindex="-1">
                {told.map(|told| view! { <p>{told}</p> })}
                {instead.flatten().map(|instead| view! { <p>{instead}</p> })}
                {warnings.into_iter().map(|warning| view! { <p class="told__warning">{warning}</p> }).collect_view()}
            </div>
            {on}
            {conflict}
            <input type="hidden" name="item" value=sheet.item.to_string()/>
            <input type="hidden" name="member" value=member.name.clone()/>
            <input type="hidden" name="target" value=member.target.to_string()/>
            <input type="hidden" name="version" value=text(&version)/>
            <input type="hidden" name="place" value=place.code()/>
            <input type="hidden" name="overlay" value=overlay_version/>
            {laid.map(|(_, laid)| laid.hidden())}
            <input type="hidden" name="base_achievement" value=text(&base.achievement)/>
            <input type="hidden" name="base_target_value" value=text(&base.target_value)/>
            <input type="hidden" name="base_due" value=text(&base.due)/>
            <label for=id("achievement")>{words.achievement_label()}</label>
            <select class="field" id=id("achievement") name="achievement" aria-invalid=invalid("achievement")>{options}</select>
            {with_value.then(|| view! {
                <label for=id("target_value")>{label}</label>
                <input class="field" id=id("target_value") name="target_value" inputmode="decimal" autocomplete="off"
                    value=text(&mine.target_value) aria-invalid=invalid("target_value") aria-describedby=id("told")/>
            })}
            {member.has_target.then(|| view! {
                <label for=id("due")>{words.due_label()}</label>
                <input class="field" id=id("due") name="due" type=if days { "date" } else { "text" } value=text(&mine.due)
                    aria-invalid=invalid("due") aria-describedby=id("told")/>
                {(!days).then(|| view! { <p class="muted">{words.due_hint()}</p> })}
            })}
            <label for=id("note")>{words.note_label()}</label>
            <TextArea id=id("note") name="note" text=note/>
            {(place == SavePlace::InSharedPlan).then(|| view! {
                <label for=id("reason")>{words.overlay_reason()}</label>
                <TextArea id=id("reason") name="reason" text=reason/>
            })}
            <button class="button button--primary" id=id("save")>{button}</button>
        </form>
    }
    .into_any()
}

/// Where the form is saved: at the source, unless it takes no such change, and the shared plan can keep it.
fn place(member: &GoalMember, answer: Option<&Answer>, said: Option<&GoalAnswer>) -> SavePlace {
    let was_kept = answer.and_then(|answer| answer.typed("place")) == Some(SavePlace::InSharedPlan.code());
    let not_taken = matches!(said, Some(GoalAnswer::NotTaken { .. }));
    if member.keeps.is_possible() && (member.locked.is_some() || not_taken || was_kept) {
        SavePlace::InSharedPlan
    } else {
        SavePlace::AtSource
    }
}

/// The overlay on the target that a form is about, one that has ended included.
fn overlay_of<'a>(look: &'a Look, sheet: &GoalSheet, member: &GoalMember) -> Option<&'a Overlay> {
    let goal = look.plan().goals.iter().find(|goal| goal.item.id == sheet.item)?;
    let key = goal.item.members.iter().map(|one| &one.key).find(|key| member_name(key) == member.name)?;
    look.kept().on_key(key, member.target)
}

/// The choices of the achievement status; a code of the record that is not among them stays one.
fn options(look: &Look, chosen: Option<&str>) -> AnyView {
    let words = look.words();
    let own = chosen.filter(|code| !ACHIEVEMENTS.contains(code));
    let options = ACHIEVEMENTS.into_iter().chain(own).map(|code| {
        let (word, _) = words.achievement(code);
        view! { <option value=code.to_owned() selected=chosen == Some(code)>{word}</option> }
    });
    view! { <option value="" selected=chosen.is_none()>{words.no_achievement()}</option>{options.collect_view()} }
        .into_any()
}
