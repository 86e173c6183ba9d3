//! A consumer who counts by events counts what the documents say.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared_plan::commands::start;
use shared_plan::plan::{Achievement, GoalStatus, Plan, PlanStatus};
use shared_plan::{Event, EventKind};

use super::moves::apply;
use crate::world::*;

/// Goals that are reached, by programme, its version and the days: the goal's own, else the plan's.
type Figures = BTreeMap<(Option<String>, Option<String>, String), usize>;

/// One row a goal and one a plan, each replaced by what comes later: what `docs/events.md` says to do.
#[derive(Default)]
struct Consumer {
    goals: BTreeMap<String, (String, Option<String>, shared_plan::plan::Period)>,
    plan: (Option<String>, Option<String>, shared_plan::plan::Period, String),
}

impl Consumer {
    fn hear(&mut self, event: &Event) {
        let facts = event.facts.clone().expect("of this release");
        (self.plan.0, self.plan.1) = (event.programme.clone(), facts.programme_version.clone());
        self.plan.2 = facts.plan_period;
        let state = event.state.clone().unwrap_or_default();
        match (&event.part, event.what) {
            (None, _) => self.plan.3 = state,
            (Some(part), EventKind::GoalChanged | EventKind::GoalAchieved | EventKind::GoalOverdue) => {
                self.goals.insert(part.clone(), (state, facts.achievement, facts.period));
            }
            _ => {}
        }
    }

    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let (programme, version, plan_period, plan_state) = &self.plan;
        for (state, achievement, period) in self.goals.values() {
            let reached = matches!(achievement.as_deref(), Some("achieved" | "sustaining"));
            if reached && state != "entered-in-error" && plan_state != "entered-in-error" {
                let days = (period.start.or(plan_period.start), period.end.or(plan_period.end));
                *figures.entry((programme.clone(), version.clone(), format!("{days:?}"))).or_default() += 1;
            }
        }
        figures
    }
}

/// The same, counted in the plan itself.
fn counted(plan: &Plan) -> Figures {
    let mut figures = Figures::new();
    let programme = plan.programme();
    for goal in &plan.goals {
        let reached = goal
            .achievement
            .as_ref()
            .is_some_and(|one| matches!(one.status, Achievement::Achieved | Achievement::Sustaining));
        let stands = goal.status != GoalStatus::EnteredInError && plan.status != PlanStatus::EnteredInError;
        if reached && stands {
            let due = goal.content.targets.iter().filter_map(|target| target.due).max();
            let days = (goal.content.start.or(plan.content.period.start), due.or(plan.content.period.end));
            let key = (
                programme.as_ref().map(|one| one.canonical.clone()),
                programme.as_ref().and_then(|one| one.version.clone()),
                format!("{days:?}"),
            );
            *figures.entry(key).or_default() += 1;
        }
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn who_counts_by_events_counts_what_the_plans_say(moves in prop::collection::vec(any::<[u8; 4]>(), 0..60)) {
        let world = World::default();
        let mut consumer = Consumer::default();
        let started = start(new_plan("Diabetes"), &world.act(&coordinator(), None)).unwrap();
        started.commit(&world, None).events.iter().for_each(|event| consumer.hear(event));
        let mut plan = started.plan;
        for one in moves {
            let Ok(changed) = apply(&plan, one, &world) else { continue };
            let events = changed.commit(&world, None).events;
            // Each comes at least once.
            events.iter().chain(&events).for_each(|event| consumer.hear(event));
            plan = changed.plan;
            prop_assert_eq!(consumer.figures(), counted(&plan));
        }
    }
}

/// What every event of a change tells.
pub fn told(before: &Plan, after: &Plan, events: &[Event]) {
    for event in events {
        let facts = event.facts.as_ref().expect("of this release");
        assert_eq!(event.programme, after.programme().map(|one| one.canonical));
        let text = serde_json::to_string(event).unwrap();
        for word in ["maria@", "mailto", "Diabetes", "Walking", "because", "A note"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        let goal = event.part.as_ref().and_then(|part| after.goals.iter().find(|goal| goal.id.to_string() == *part));
        if let Some(goal) = goal {
            assert_eq!(event.state.as_deref(), Some(goal.status.code()), "the state is the lifecycle");
            assert_eq!(facts.achievement.as_deref(), goal.achievement.as_ref().map(|one| one.status.code()));
            let was = before.goal(goal.id).map(|goal| goal.status.code());
            assert_eq!(facts.before.as_ref().and_then(|before| before.state.as_deref()), was);
        }
        if event.state.as_deref() == Some("entered-in-error") {
            let was = facts.before.as_ref().and_then(|before| before.state.as_deref());
            assert_eq!(facts.correction, was != Some("entered-in-error"));
        }
        if event.what == EventKind::ActivityAssigned {
            assert!(facts.assigned.is_some(), "somebody is to do it");
        }
    }
    // Whoever listens to assignments alone hears of each.
    for activity in &after.activities {
        let was = before.activity(activity.id).and_then(|activity| activity.assigned);
        let told = events.iter().any(|event| {
            event.what == EventKind::ActivityAssigned && event.part.as_deref() == Some(&activity.id.to_string())
        });
        assert_eq!(told, activity.assigned.is_some() && activity.assigned != was);
    }
}
