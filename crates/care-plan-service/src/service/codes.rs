//! Codes that a change brings in are asked of the terminology server: one place, so that no endpoint and no form forgets it.
//!
//! Which fields: category, goal (its description, categories, measures and target values), activity (description, outcome),
//! roles of the team, health concern; each as it is entered, by a form or by REST.
//!
//! - A code that its system does not have is refused by field.
//! - A code is always called what its system calls it; the user's own words stand in the text beside it.
//! - While the server cannot be asked, everything is taken, and the code says of itself that nobody has vouched for it. It is
//!   asked again at the next change of what it stands in, which it does not hold up.
//! - *Invariant:* what a command has left as it was stays as it was, its codes too. A signature, a note or a change of another
//!   part would otherwise change what was signed, and nobody would see by which hand.

use std::collections::{BTreeMap, BTreeSet};

use shared_plan::commands::{Problem, Refusal, Wrong};
use shared_plan::concern::Concern;
use shared_plan::decision::Decision;
use shared_plan::overlay::Overlay;
use shared_plan::plan::{Coded, Coding, Plan, TargetValue};

use super::{Failure, Service};
use crate::neighbours::terminology::Known;

/// System, code, and what it is called: a code under another name is asked for again.
type Key = (String, String, Option<String>);

/// What is known of a code, or that nobody could be asked.
#[derive(Clone)]
enum Verdict {
    Known { called: Option<String>, in_any_case: bool },
    Unverified,
}

impl Service {
    /// Refuses codes that their code system does not have. Where nobody can be asked they stand as they were written, and
    /// say so.
    pub(super) async fn check_codes<T: Codes + Send + Sync>(
        &self,
        before: Option<&T>,
        after: &mut T,
    ) -> Result<(), Failure> {
        let standing = before.map(|before| before.codings(None)).unwrap_or_default();
        let standing: BTreeMap<Key, bool> = standing.into_iter().map(|(_, was)| (key(was), was.unverified)).collect();
        // What is there already holds up no change, whatever it is called now.
        let was_there: BTreeSet<(&str, &str)> = standing.keys().map(|(system, code, _)| (&**system, &**code)).collect();
        let mut verdicts: BTreeMap<Key, Verdict> = BTreeMap::new();
        let mut problems = Vec::new();
        let mut away = false;
        let asked: Vec<(String, Coding)> =
            after.codings(before).into_iter().map(|(field, coding)| (field, coding.clone())).collect();
        for (field, coding) in asked {
            if verdicts.contains_key(&key(&coding)) || standing.get(&key(&coding)) == Some(&false) {
                continue;
            }
            // Nobody waits for each code of a plan while the server is away.
            let known = if away { None } else { Some(self.terminology.known(&coding).await) };
            let verdict = match known {
                Some(Ok(Known::No)) if !was_there.contains(&(&*coding.system, &*coding.code)) => {
                    problems.push(Problem { field, wrong: Wrong::NotACode });
                    continue;
                }
                Some(Ok(Known::Yes { display })) => Verdict::Known { called: display, in_any_case: false },
                Some(Ok(Known::OtherDisplay { display })) => {
                    Verdict::Known { called: Some(display), in_any_case: true }
                }
                Some(Ok(Known::OtherSystem)) => Verdict::Known { called: None, in_any_case: false },
                Some(Ok(Known::No)) | None => Verdict::Unverified,
                Some(Err(error)) => {
                    tracing::warn!(%error, "codes were taken without being checked");
                    away = true;
                    Verdict::Unverified
                }
            };
            verdicts.insert(key(&coding), verdict);
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems).into());
        }
        for coding in after.codings_mut(before) {
            match verdicts.get(&key(coding)) {
                Some(Verdict::Known { called, in_any_case }) => {
                    coding.unverified = false;
                    if let Some(called) = called.as_ref().filter(|_| *in_any_case || coding.display.is_none()) {
                        coding.display = Some(called.clone());
                    }
                }
                Some(Verdict::Unverified) => coding.unverified = true,
                // It was there, and somebody had vouched for it.
                None => coding.unverified = false,
            }
        }
        Ok(())
    }
}

fn key(coding: &Coding) -> Key {
    (coding.system.clone(), coding.code.clone(), coding.display.clone())
}

/// What may hold codes.
pub(super) trait Codes {
    /// The codings of every part that is not as it was `before`, each with the pointer to its code within its part.
    fn codings(&self, _before: Option<&Self>) -> Vec<(String, &Coding)> {
        Vec::new()
    }

    /// The same, in the same order.
    fn codings_mut(&mut self, _before: Option<&Self>) -> Vec<&mut Coding> {
        Vec::new()
    }
}

impl Codes for Plan {
    fn codings(&self, before: Option<&Self>) -> Vec<(String, &Coding)> {
        let mut found = Vec::new();
        for (field, coded) in concepts(self, before) {
            one(&mut found, &field, coded);
        }
        found
    }

    fn codings_mut(&mut self, before: Option<&Self>) -> Vec<&mut Coding> {
        concepts_mut(self, before).into_iter().flat_map(|(_, coded)| &mut coded.codings).collect()
    }
}

impl Codes for Concern {
    fn codings(&self, before: Option<&Self>) -> Vec<(String, &Coding)> {
        let mut found = Vec::new();
        if before.is_none_or(|before| before.content != self.content) {
            one(&mut found, "/description", &self.content.description);
        }
        found
    }

    fn codings_mut(&mut self, before: Option<&Self>) -> Vec<&mut Coding> {
        let is_same = before.is_some_and(|before| before.content == self.content);
        self.content.description.codings.iter_mut().filter(|_| !is_same).collect()
    }
}

// Their codes are those of what they point at.
impl Codes for Overlay {}
impl Codes for Decision {}

/// Writes the walk over the concepts of a plan, to look at them and to change them: each with its field within the part
/// that it belongs to, without the parts that say what they said before.
macro_rules! concepts {
    ($name:ident, $iter:ident $(, $change:tt)?) => {
        fn $name<'p>(
            plan: &'p $($change)? Plan,
            before: Option<&Plan>,
        ) -> Vec<(String, &'p $($change)? Coded)> {
            let mut found = Vec::new();
            if before.is_none_or(|before| before.content != plan.content) {
                for (at, category) in plan.content.categories.$iter().enumerate() {
                    found.push((format!("/categories/{at}"), category));
                }
            }
            for goal in plan.goals.$iter() {
                let was = before.and_then(|before| before.goal(goal.id));
                if was.is_some_and(|was| was.content == goal.content) {
                    continue;
                }
                found.push(("/description".to_owned(), & $($change)? goal.content.description));
                for (at, category) in goal.content.categories.$iter().enumerate() {
                    found.push((format!("/categories/{at}"), category));
                }
                for (at, target) in goal.content.targets.$iter().enumerate() {
                    if let Some(measure) = & $($change)? target.measure {
                        found.push((format!("/targets/{at}/measure"), measure));
                    }
                    if let Some(TargetValue::Concept(concept)) = & $($change)? target.value {
                        found.push((format!("/targets/{at}/value/concept"), concept));
                    }
                }
            }
            for activity in plan.activities.$iter() {
                let was = before.and_then(|before| before.activity(activity.id));
                if was.is_none_or(|was| was.content != activity.content) {
                    found.push(("/description".to_owned(), & $($change)? activity.content.description));
                }
                if was.is_some_and(|was| was.completion == activity.completion) {
                    continue;
                }
                let completion = & $($change)? activity.completion;
                if let Some(outcome) = completion.$iter().next().and_then(|done| done.outcome.$iter().next()) {
                    found.push(("/outcome".to_owned(), outcome));
                }
            }
            for member in plan.team.members.$iter() {
                let was = before.and_then(|before| before.member(member.id));
                if was.is_some_and(|was| was.content == member.content) {
                    continue;
                }
                for (at, role) in member.content.roles.$iter().enumerate() {
                    found.push((format!("/roles/{at}"), role));
                }
            }
            found
        }
    };
}

concepts!(concepts, iter);
concepts!(concepts_mut, iter_mut, mut);

fn one<'a>(found: &mut Vec<(String, &'a Coding)>, field: &str, coded: &'a Coded) {
    found.extend(coded.codings.iter().enumerate().map(|(at, coding)| (format!("{field}/codings/{at}/code"), coding)));
}
