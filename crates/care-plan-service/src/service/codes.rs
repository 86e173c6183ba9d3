//! Codes that a change brings in are asked of the terminology server: one place, so that no endpoint forgets it.

use std::collections::BTreeSet;

use shared_plan::commands::{Problem, Refusal, Wrong};
use shared_plan::concern::Concern;
use shared_plan::decision::Decision;
use shared_plan::overlay::Overlay;
use shared_plan::plan::{Coded, Coding, Plan, TargetValue};

use super::{Failure, Service};
use crate::neighbours::terminology::Known;

impl Service {
    /// Refuses codes that their code system does not have. Where nobody can be asked they stand as they were written.
    pub(super) async fn check_codes<T: Codes + Sync>(&self, before: Option<&T>, after: &T) -> Result<(), Failure> {
        let mut seen: BTreeSet<(&str, &str)> = before
            .map(T::codings)
            .unwrap_or_default()
            .into_iter()
            .map(|(_, coding)| (coding.system.as_str(), coding.code.as_str()))
            .collect();
        let mut problems = Vec::new();
        let new = after.codings().into_iter().filter(|(_, coding)| seen.insert((&coding.system, &coding.code)));
        for (field, coding) in new {
            match self.terminology.known(coding).await {
                Ok(Known::No) => problems.push(Problem { field, wrong: Wrong::NotACode }),
                Ok(Known::Yes { .. } | Known::OtherSystem) => {}
                // Nobody waits for each code of a plan while the server is away.
                Err(error) => {
                    tracing::warn!(%error, "codes were taken without being checked");
                    break;
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems).into()) }
    }
}

/// What may hold codes.
pub(super) trait Codes {
    /// Every coding, with the pointer to its code.
    fn codings(&self) -> Vec<(String, &Coding)> {
        Vec::new()
    }
}

impl Codes for Plan {
    fn codings(&self) -> Vec<(String, &Coding)> {
        codings(self)
    }
}

impl Codes for Concern {
    fn codings(&self) -> Vec<(String, &Coding)> {
        let mut found = Vec::new();
        one(&mut found, "/description", &self.content.description);
        found
    }
}

// Their codes are those of what they point at.
impl Codes for Overlay {}
impl Codes for Decision {}

/// Every coding of a plan, with the pointer to its code within the part that it belongs to.
fn codings(plan: &Plan) -> Vec<(String, &Coding)> {
    let mut found = Vec::new();
    each(&mut found, "/categories", &plan.content.categories);
    for goal in &plan.goals {
        one(&mut found, "/description", &goal.content.description);
        each(&mut found, "/categories", &goal.content.categories);
        for (at, target) in goal.content.targets.iter().enumerate() {
            if let Some(measure) = &target.measure {
                one(&mut found, &format!("/targets/{at}/measure"), measure);
            }
            if let Some(TargetValue::Concept(concept)) = &target.value {
                one(&mut found, &format!("/targets/{at}/value/concept"), concept);
            }
        }
    }
    for activity in &plan.activities {
        one(&mut found, "/description", &activity.content.description);
        if let Some(outcome) = activity.completion.as_ref().and_then(|completion| completion.outcome.as_ref()) {
            one(&mut found, "/outcome", outcome);
        }
    }
    for member in &plan.team.members {
        each(&mut found, "/roles", &member.content.roles);
    }
    found
}

fn each<'a>(found: &mut Vec<(String, &'a Coding)>, field: &str, list: &'a [Coded]) {
    for (at, coded) in list.iter().enumerate() {
        one(found, &format!("{field}/{at}"), coded);
    }
}

fn one<'a>(found: &mut Vec<(String, &'a Coding)>, field: &str, coded: &'a Coded) {
    found.extend(coded.codings.iter().enumerate().map(|(at, coding)| (format!("{field}/codings/{at}/code"), coding)));
}
