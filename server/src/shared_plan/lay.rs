//! An edit of a goal that its source does not take: kept in the shared plan, beside the goal.

use app::desk::kept::foreign_of;
use app::desk::shared_plan::PlanAnswer;
use app::desk::{GoalAnswer, GoalFields, GoalForm, GoalMember, LaunchDesk};
use care_plan_service::service::{Asked, Caller, People};
use fhir::ResourceKey;
use shared_plan::Version;
use shared_plan::overlay::{EditedField, FieldChange, NewOverlay, Overlay, OverlayStatus, withdraw};

use super::once::once_of;
use super::{answer_of, withheld};
use crate::desk::Desk;
use crate::rooms::Room;
use crate::state::Server;

/// Keeps what a form wants beside what the source says. `member` is what it says now.
pub async fn lay(
    server: &Server,
    room: &Room,
    caller: &Caller,
    (key, member): (&ResourceKey, &GoalMember),
    form: GoalForm,
) -> GoalAnswer {
    if let Some(said) = withheld(room, &room.picture(server.clock.now())).await {
        return told(said);
    }
    let source_name = member.source.name.clone();
    let theirs = member.base.clone();
    if has_moved(&form, member.version.as_deref(), &theirs) {
        let version = member.version.clone();
        return GoalAnswer::Conflict { base: form.base, theirs, mine: form.mine, version, source_name };
    }
    let changes = changes(&theirs, &form.mine);
    if changes.is_empty() && form.note.is_none() {
        return GoalAnswer::NothingToChange;
    }
    let (Ok(index), People::Only(person)) = (u32::try_from(form.target), caller.people.clone()) else {
        return refused("this goal is not in the plan any more.");
    };
    if room.kept.shown().waiting.is_on(key, form.target) {
        return refused(
            "an edit of this goal was kept before, and nobody has said yet whether that was for this person.",
        );
    }
    let seen = form.overlay.as_deref().and_then(|version| version.parse().ok()).map(Version);
    let typed = typed(&form, &changes);
    let new = NewOverlay {
        tenant: caller.tenant.clone(),
        person,
        target: foreign_of(key, member.version.as_deref()),
        target_index: index,
        changes,
        note: form.note,
    };
    let asked = Asked { seen, reason: form.reason, once: Some(once_of(room, "lay-overlay", &typed)) };
    match server.care_plans.lay_overlay(caller, new, &asked).await {
        Ok(_) => GoalAnswer::Kept { source_name },
        Err(failure) => told(answer_of(server, &failure, Version::FIRST)),
    }
}

/// Takes the edit on a target of a goal back.
pub async fn unlay(
    server: &Server,
    desk: &Desk,
    caller: &Caller,
    (key, target): (&ResourceKey, usize),
    (seen, reason): (Option<Version>, Option<String>),
) -> PlanAnswer {
    let kept = desk.kept();
    let standing = |overlay: &&Overlay| overlay.status == OverlayStatus::Standing;
    let Some(overlay) = kept.on_key(key, target).filter(standing) else {
        return PlanAnswer::NotNow { why: "it is not there any more.".to_owned() };
    };
    let asked = Asked { seen, reason, once: None };
    match server.care_plans.change_overlay(caller, overlay.id, &asked, withdraw).await {
        Ok(saved) => PlanAnswer::Saved { version: saved.entry.version },
        Err(failure) => answer_of(server, &failure, seen.unwrap_or(Version::FIRST)),
    }
}

/// True where the source says something else than when the form was drawn. Not every source has versions: where it has none,
/// the fields decide, else what the source changed would be laid back as a change that nobody asked for.
fn has_moved(form: &GoalForm, version: Option<&str>, now: &GoalFields) -> bool {
    form.version.as_deref() != version || form.base != *now
}

/// What a form wants otherwise than the source says.
fn changes(base: &GoalFields, mine: &GoalFields) -> Vec<FieldChange> {
    let fields = [
        (EditedField::Achievement, &base.achievement, &mine.achievement),
        (EditedField::TargetValue, &base.target_value, &mine.target_value),
        (EditedField::Due, &base.due, &mine.due),
    ];
    let changed = fields.into_iter().filter(|(_, from, to)| from != to);
    changed.map(|(field, from, to)| FieldChange { field, from: from.clone(), to: to.clone() }).collect()
}

/// What tells one form from another, so that a second click keeps nothing more.
fn typed(form: &GoalForm, changes: &[FieldChange]) -> Vec<(String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut typed: Vec<(String, String)> = [
        ("member", form.member.clone()),
        ("target", form.target.to_string()),
        ("version", text(&form.version)),
        ("overlay", text(&form.overlay)),
        ("note", text(&form.note)),
        ("reason", text(&form.reason)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    typed.extend(changes.iter().map(|change| (change.field.code().to_owned(), format!("{:?}", change.to))));
    typed
}

/// The answer to a goal form, of what the shared plan answered.
fn told(said: PlanAnswer) -> GoalAnswer {
    match said {
        PlanAnswer::Refused { problems } => GoalAnswer::Refused {
            field: problems.first().map(|(field, _)| field.clone()),
            why: problems.into_iter().map(|(_, why)| why).collect::<Vec<_>>().join(" "),
        },
        PlanAnswer::Stale { .. } => refused(
            "somebody else kept or took back an edit of this goal meanwhile. It stands beside the goal now; look at it before you send this once more.",
        ),
        PlanAnswer::NotLicensed => refused("this organisation has no licence for shared plans."),
        PlanAnswer::NotNow { why } => refused(&why),
        PlanAnswer::Failed { why } => GoalAnswer::Failed { why },
        PlanAnswer::Unchanged | PlanAnswer::Saved { .. } => GoalAnswer::NothingToChange,
    }
}

fn refused(why: &str) -> GoalAnswer {
    GoalAnswer::Refused { field: None, why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use app::desk::{GoalFields, GoalForm, SavePlace};

    use super::{changes, has_moved};

    fn says(value: &str, due: &str) -> GoalFields {
        GoalFields { achievement: None, target_value: Some(value.to_owned()), due: Some(due.to_owned()) }
    }

    fn form(version: Option<&str>, base: GoalFields, mine: GoalFields) -> GoalForm {
        GoalForm {
            item: "g-1".to_owned(),
            member: "m-1".to_owned(),
            target: 0,
            version: version.map(str::to_owned),
            base,
            mine,
            note: None,
            place: SavePlace::InSharedPlan,
            overlay: None,
            reason: None,
        }
    }

    #[test]
    fn an_overlay_on_a_source_without_versions_held_a_change_that_nobody_had_asked_for() {
        // The user moves the due date; meanwhile the source, which has no versions, has moved the target.
        let form = form(None, says("7.0", "2030-01-01"), says("7.0", "2030-06-01"));
        let now = says("8.0", "2030-01-01");
        assert_eq!(changes(&now, &form.mine).len(), 2, "that is what would have been laid");
        assert!(has_moved(&form, None, &now));
        assert!(!has_moved(&form, None, &says("7.0", "2030-01-01")));
    }

    #[test]
    fn another_version_is_a_conflict_also_where_the_fields_are_as_they_were() {
        let form = form(Some("1"), says("7.0", "2030-01-01"), says("7.5", "2030-01-01"));
        assert!(has_moved(&form, Some("2"), &form.base.clone()));
        assert!(!has_moved(&form, Some("1"), &form.base.clone()));
    }

    #[test]
    fn space_around_what_a_source_says_is_no_conflict_for_ever() {
        let form = form(None, says("7.0", "2030-01-01"), says("7.5", "2030-01-01"));
        assert!(!has_moved(&form, None, &says(" 7.0", "2030-01-01 ").tidy()));
    }
}
