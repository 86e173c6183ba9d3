//! What a form is told when the plan or the service refuses.

use app::desk::shared_plan::PlanAnswer;
use app::words::words;
use care_plan_service::service::Failure;
use shared_plan::Version;
use shared_plan::commands::{Problem, Refusal, Wrong};

use crate::routes::trouble;
use crate::state::Server;

/// The answer to a form; `seen` is the version that it was drawn from.
pub fn answer_of(server: &Server, failure: &Failure, seen: Version) -> PlanAnswer {
    match failure {
        Failure::NotLicensed => PlanAnswer::NotLicensed,
        Failure::Stale { now } => PlanAnswer::Stale { seen, now: *now },
        Failure::Plan(refusal) => refused(refusal),
        Failure::Refused(_) => PlanAnswer::NotNow { why: "your role may not do this.".to_owned() },
        Failure::NotFound => PlanAnswer::NotNow { why: "the plan or its part is not there any more.".to_owned() },
        Failure::VersionMissing => {
            PlanAnswer::NotNow { why: "the form does not say which version you saw; open it again.".to_owned() }
        }
        Failure::KeyReused | Failure::Content(_) | Failure::Store(_) => {
            let reference = trouble::reference(server, failure);
            PlanAnswer::Failed { why: format!("something went wrong on our side. Reference: {reference}.") }
        }
        Failure::Unaudited(error) => {
            let reference = trouble::reference(server, &format!("an audit event could not be written: {error}"));
            let why = "who changes a plan is written down first, and that is not possible at the moment.";
            PlanAnswer::Failed { why: format!("{why} Reference: {reference}.") }
        }
    }
}

fn refused(refusal: &Refusal) -> PlanAnswer {
    let why = match refusal {
        Refusal::Invalid(problems) => return self::problems(problems),
        Refusal::LeftOpen { activities, goals } => {
            let unsaid = |field: String| (field, "Say what becomes of this.".to_owned());
            let activities = activities.iter().map(|id| unsaid(format!("open-{id}")));
            let goals = goals.iter().map(|id| unsaid(format!("ends-{id}")));
            return PlanAnswer::Refused { problems: activities.chain(goals).collect() };
        }
        Refusal::NotAsked(role) => {
            format!("nobody asked for the signature of a {}.", words().role(*role).to_lowercase())
        }
        Refusal::AlreadySigned(role) => format!("a {} has signed already.", words().role(*role).to_lowercase()),
        Refusal::Closed
        | Refusal::NoSuchPart { .. }
        | Refusal::MayNotBecome { .. }
        | Refusal::Settled { .. }
        | Refusal::NotInReview
        | Refusal::InReview
        | Refusal::NotApproved
        | Refusal::Unchanged => format!("{refusal}."),
    };
    PlanAnswer::NotNow { why }
}

/// What is wrong with which fields.
pub fn problems(problems: &[Problem]) -> PlanAnswer {
    PlanAnswer::Refused {
        problems: problems.iter().map(|problem| said(field(&problem.field), problem.wrong)).collect(),
    }
}

/// Fields in which one chooses and does not type.
const CHOSEN: [&str; 4] = ["to", "status", "answer", "member"];

fn said(field: String, wrong: Wrong) -> (String, String) {
    let chosen = CHOSEN.contains(&field.as_str());
    let why = if wrong == Wrong::Empty && chosen { words().choose_one().to_owned() } else { wrong.words() };
    (field, why)
}

/// The name of a form's field for a pointer into what was sent; a name of a form stays as it is.
fn field(pointer: &str) -> String {
    let Some(path) = pointer.strip_prefix('/') else { return pointer.to_owned() };
    let steps: Vec<&str> = path.split('/').collect();
    match steps[..] {
        ["targets", at, "measure", ..] => format!("measured-{at}"),
        ["targets", at, "value", .., "unit" | "ucum"] => format!("unit-{at}"),
        ["targets", at, "value", "high", ..] => format!("high-{at}"),
        ["targets", at, "value", ..] => format!("value-{at}"),
        ["targets", at, "due"] => format!("due-{at}"),
        ["targets", at, ..] => format!("measured-{at}"),
        ["description", "codings", _, name] => name.to_owned(),
        ["schedule", "period", ..] | ["period", ..] => "until".to_owned(),
        ["schedule", name] => name.to_owned(),
        ["categories", ..] => "category".to_owned(),
        ["addresses" | "reasons", ..] => "concern".to_owned(),
        ["replaces", ..] => "plan".to_owned(),
        ["goals", ..] => "goal".to_owned(),
        ["members", ..] => "team".to_owned(),
        ["on_behalf_of", ..] => "behalf".to_owned(),
        // The roles of a member, and those who are asked to sign.
        ["roles", ..] => "role".to_owned(),
        ["open", id] => format!("open-{id}"),
        ["open_goals", id] => format!("ends-{id}"),
        [first, ..] => first.to_owned(),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use shared_plan::commands::Wrong;

    use super::{field, said};

    #[test]
    fn a_choice_that_was_not_made_was_called_empty() {
        let why = |name: &str| said(name.to_owned(), Wrong::Empty).1;
        assert_eq!(why("to"), "Choose one of them.");
        assert_eq!(why("title"), "This must not be empty.");
    }

    #[test]
    fn a_pointer_leads_to_the_field_that_the_user_sees() {
        for (pointer, name) in [
            ("/description", "description"),
            ("/description/codings/0/system", "system"),
            ("/targets/1/value/high/unit", "unit-1"),
            ("/targets/0/value", "value-0"),
            ("/schedule/often", "often"),
            ("/schedule/period/end", "until"),
            ("/roles", "role"),
            ("/open/00ff", "open-00ff"),
            ("/open_goals/00ff", "ends-00ff"),
            ("due-0", "due-0"),
        ] {
            assert_eq!(field(pointer), name, "{pointer}");
        }
    }
}
