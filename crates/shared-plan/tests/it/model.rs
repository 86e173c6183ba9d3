//! The plan beside a model of it that is simple enough to be seen to be right: the same commands are accepted by both and
//! leave both in the same state.
//!
//! The model is written from the description: *draft, in review (reviewers by role), approved, active, review due,
//! revised; sign-off per role; closing a plan asks about its open activities.*

use std::collections::BTreeMap;

use access::Role;
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use shared_plan::commands::{
    Changed, Closing, Done, GoalLeft, LeftOpen, NewTarget, Refusal, activate, add_activity_for, add_goal, add_member,
    ask_for_changes, assign_activity, change_goal, change_member, change_plan, close, complete_activity, hold,
    judge_goal, move_activity, move_goal, resume, send_to_review, set_next_review, sign_off,
};
use shared_plan::plan::{
    Achievement, ActivityStatus, GoalStatus, MemberContent, Period, Plan, PlanStatus, ReviewState, Workflow,
};

use crate::world::*;

/// All that the description speaks of.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    status: PlanStatus,
    review: ReviewState,
    asked: Vec<Role>,
    signed: Vec<Role>,
    next: Option<Date>,
    goals: Vec<(GoalStatus, Option<Achievement>)>,
    activities: Vec<(ActivityStatus, Option<usize>)>,
    /// Whether each is in the team today.
    members: Vec<bool>,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    AddGoal,
    ChangeGoal(usize),
    MoveGoal(usize, GoalStatus, bool),
    Judge(usize, Achievement),
    AddActivity(Option<usize>),
    MoveActivity(usize, ActivityStatus, bool),
    Assign(usize, Option<usize>),
    Complete(usize),
    AddMember,
    Leave(usize),
    ChangePlan,
    Send(Role),
    Sign(Role),
    GiveBack(Role, bool),
    Activate,
    Hold(bool),
    Resume,
    Next(i8),
    Close(PlanStatus, bool),
}

const ROLES: [Role; 4] = [Role::Clinician, Role::Patient, Role::Coordinator, Role::Carer];

fn moves() -> impl Strategy<Value = Step> {
    let part = 0..3_usize;
    let role = prop::sample::select(ROLES.to_vec());
    let goal_state = prop::sample::select(GoalStatus::ALL.to_vec());
    let activity_state = prop::sample::select(ActivityStatus::ALL.to_vec());
    let achievement = prop::sample::select(Achievement::ALL.to_vec());
    let ends = prop::sample::select(PlanStatus::ALL.to_vec());
    prop_oneof![
        2 => Just(Step::AddGoal),
        1 => part.clone().prop_map(Step::ChangeGoal),
        3 => (part.clone(), goal_state, any::<bool>()).prop_map(|(at, to, why)| Step::MoveGoal(at, to, why)),
        2 => (part.clone(), achievement).prop_map(|(at, how)| Step::Judge(at, how)),
        2 => prop::option::of(part.clone()).prop_map(Step::AddActivity),
        3 => (part.clone(), activity_state, any::<bool>()).prop_map(|(at, to, why)| Step::MoveActivity(at, to, why)),
        2 => (part.clone(), prop::option::of(part.clone())).prop_map(|(at, to)| Step::Assign(at, to)),
        2 => part.clone().prop_map(Step::Complete),
        1 => Just(Step::AddMember),
        1 => part.prop_map(Step::Leave),
        1 => Just(Step::ChangePlan),
        5 => role.clone().prop_map(Step::Send),
        7 => role.clone().prop_map(Step::Sign),
        2 => (role, any::<bool>()).prop_map(|(role, why)| Step::GiveBack(role, why)),
        4 => Just(Step::Activate),
        2 => any::<bool>().prop_map(Step::Hold),
        2 => Just(Step::Resume),
        2 => any::<i8>().prop_map(Step::Next),
        1 => (ends, any::<bool>()).prop_map(|(to, answered)| Step::Close(to, answered)),
    ]
}

impl Model {
    /// The plan, as far as the model goes.
    fn of(plan: &Plan) -> Self {
        let place = |id| plan.team.members.iter().position(|member| member.id == id);
        Self {
            status: plan.status,
            review: plan.review.state,
            asked: plan.review.asked.clone(),
            signed: plan.review.signed.iter().map(|signed| signed.role).collect(),
            next: plan.review.next,
            goals: plan
                .goals
                .iter()
                .map(|goal| (goal.status, goal.achievement.as_ref().map(|one| one.status)))
                .collect(),
            activities: plan.activities.iter().map(|one| (one.status, one.assigned.and_then(place))).collect(),
            members: plan.team.members.iter().map(|member| member.content.period.holds(TODAY)).collect(),
        }
    }

    /// The model after a move; `None` where it is refused.
    fn after(&self, one: Step) -> Option<Self> {
        let mut model = self.clone();
        let over = matches!(self.status, PlanStatus::Completed | PlanStatus::Revoked | PlanStatus::EnteredInError);
        if over && !matches!(one, Step::Close(PlanStatus::EnteredInError, _)) {
            return None;
        }
        let in_review = self.review == ReviewState::InReview;
        match one {
            Step::AddGoal => {
                model.goals.push((GoalStatus::Active, None));
                model.says_something_else();
            }
            Step::ChangeGoal(at) => {
                // Every change of the test is another one; what is over says nothing new.
                self.goals.get(at).filter(|(status, _)| status.is_open())?;
                model.says_something_else();
            }
            Step::MoveGoal(at, to, why) => {
                let (from, achieved) = *self.goals.get(at)?;
                let gives_up = ["on-hold", "cancelled", "rejected", "entered-in-error"].contains(&to.code());
                if !from.may_become(to) || gives_up && !why {
                    return None;
                }
                model.goals[at] = (to, achieved.filter(|_| !to.is_open() || from.is_open()));
            }
            Step::Judge(at, how) => {
                let (status, before) = *self.goals.get(at)?;
                let pursued = !["proposed", "cancelled", "rejected", "entered-in-error"].contains(&status.code());
                if !pursued || before == Some(how) {
                    return None;
                }
                model.goals[at].1 = Some(how);
            }
            Step::AddActivity(to) => {
                if to.is_some_and(|to| self.members.get(to) != Some(&true)) {
                    return None;
                }
                model.activities.push((ActivityStatus::Requested, to));
                model.says_something_else();
            }
            Step::MoveActivity(at, to, why) => {
                let (from, _) = *self.activities.get(at)?;
                let not_as_planned =
                    ["rejected", "on-hold", "failed", "cancelled", "entered-in-error"].contains(&to.code());
                if !from.may_become(to) || to == ActivityStatus::Completed || not_as_planned && !why {
                    return None;
                }
                model.activities[at].0 = to;
            }
            Step::Assign(at, to) => {
                let (status, before) = *self.activities.get(at)?;
                let there = to.is_none_or(|to| self.members.get(to) == Some(&true));
                if !there || !status.is_open() || before == to {
                    return None;
                }
                let answered = matches!(status, ActivityStatus::Accepted | ActivityStatus::Rejected);
                model.activities[at] = (if answered { ActivityStatus::Requested } else { status }, to);
            }
            Step::Complete(at) => {
                let (from, _) = *self.activities.get(at)?;
                if !from.may_become(ActivityStatus::Completed) {
                    return None;
                }
                model.activities[at].0 = ActivityStatus::Completed;
            }
            Step::AddMember => {
                model.members.push(true);
                model.says_something_else();
            }
            Step::Leave(at) => {
                self.members.get(at).filter(|there| **there)?;
                model.members[at] = false;
                model.says_something_else();
            }
            Step::ChangePlan => model.says_something_else(),
            Step::Send(role) => {
                if in_review || role == Role::Carer {
                    return None;
                }
                (model.review, model.asked) = (ReviewState::InReview, vec![role, other(role)]);
                model.signed.clear();
            }
            Step::Sign(role) => {
                if !in_review || !self.asked.contains(&role) || self.signed.contains(&role) {
                    return None;
                }
                model.signed.push(role);
                if model.asked.iter().all(|asked| model.signed.contains(asked)) {
                    model.review = ReviewState::Approved;
                    model.next = self.next.filter(|day| *day > TODAY);
                }
            }
            Step::GiveBack(role, why) => {
                if !in_review || !why || !self.asked.contains(&role) {
                    return None;
                }
                // Revised where it was ever approved: the test looks at that.
                (model.review, model.asked, model.signed) = (ReviewState::Draft, Vec::new(), Vec::new());
            }
            Step::Activate => {
                if self.status != PlanStatus::Draft || self.review != ReviewState::Approved {
                    return None;
                }
                model.status = PlanStatus::Active;
            }
            Step::Hold(why) => {
                if self.status != PlanStatus::Active || !why {
                    return None;
                }
                model.status = PlanStatus::OnHold;
            }
            Step::Resume => {
                if self.status != PlanStatus::OnHold {
                    return None;
                }
                model.status = PlanStatus::Active;
            }
            Step::Next(days) => {
                if days < 0 || self.next == Some(in_days(days)) {
                    return None;
                }
                model.next = Some(in_days(days));
            }
            Step::Close(to, answered) => {
                let ends = match self.status {
                    PlanStatus::Draft => matches!(to, PlanStatus::Revoked | PlanStatus::EnteredInError),
                    PlanStatus::Active | PlanStatus::OnHold => to.is_closed(),
                    PlanStatus::Completed | PlanStatus::Revoked => to == PlanStatus::EnteredInError,
                    PlanStatus::EnteredInError => false,
                };
                let asks = self.activities.iter().any(|(status, _)| status.is_open())
                    || self.goals.iter().any(|(status, _)| status.is_open());
                let in_error = to == PlanStatus::EnteredInError;
                if !ends || asks && !answered && !in_error {
                    return None;
                }
                for (status, _) in model.activities.iter_mut().filter(|(status, _)| in_error || status.is_open()) {
                    *status = if in_error { ActivityStatus::EnteredInError } else { ActivityStatus::Cancelled };
                }
                for (status, _) in model.goals.iter_mut().filter(|(status, _)| in_error || status.is_open()) {
                    *status = if in_error { GoalStatus::EnteredInError } else { GoalStatus::Cancelled };
                }
                model.status = to;
            }
        }
        Some(model)
    }

    /// What was signed is not what stands there any more.
    fn says_something_else(&mut self) {
        self.signed.clear();
        if self.review == ReviewState::Approved {
            self.review = ReviewState::Revised;
            self.asked.clear();
        }
    }

    /// Every word that people should see on a day.
    fn standing(&self, today: Date) -> Vec<Workflow> {
        let mut words = match self.status {
            PlanStatus::Completed | PlanStatus::Revoked | PlanStatus::EnteredInError => return vec![Workflow::Closed],
            PlanStatus::OnHold => vec![Workflow::OnHold],
            PlanStatus::Active => vec![Workflow::Active],
            PlanStatus::Draft if self.review == ReviewState::Approved => vec![Workflow::Approved],
            PlanStatus::Draft => vec![Workflow::Draft],
        };
        words.extend((self.review == ReviewState::InReview).then_some(Workflow::InReview));
        words.extend((self.review == ReviewState::Revised).then_some(Workflow::Revised));
        let due = self.status == PlanStatus::Active && self.next.is_some_and(|day| day < today);
        words.extend(due.then_some(Workflow::ReviewDue));
        words
    }
}

fn other(role: Role) -> Role {
    if role == Role::Clinician { Role::Patient } else { Role::Clinician }
}

fn in_days(days: i8) -> Date {
    TODAY.checked_add(i64::from(days).days()).unwrap()
}

/// Does the same to the plan. `count` makes each content another one.
fn done(plan: &Plan, one: Step, count: usize, world: &World) -> Result<Changed, Refusal> {
    let by = clinician();
    let why = |given: bool| given.then_some("because");
    let act = world.act(&by, None);
    let goal = |at: usize| plan.goals.get(at).map_or_else(nobody, |goal| goal.id);
    let activity = |at: usize| plan.activities.get(at).map_or_else(nobody, |activity| activity.id);
    let member = |at: usize| plan.team.members.get(at).map_or_else(nobody, |member| member.id);
    match one {
        Step::AddGoal => add_goal(plan, a_goal("A"), Vec::<NewTarget>::new(), GoalStatus::Active, &act),
        Step::ChangeGoal(at) => change_goal(plan, goal(at), a_goal(&format!("B {count}")), Vec::new(), &act),
        Step::MoveGoal(at, to, given) => move_goal(plan, goal(at), to, &world.act(&by, why(given))),
        Step::Judge(at, how) => judge_goal(plan, goal(at), how, &act),
        Step::AddActivity(to) => add_activity_for(plan, an_activity("C"), to.map(member), &act),
        Step::MoveActivity(at, to, given) => move_activity(plan, activity(at), to, &world.act(&by, why(given))),
        Step::Assign(at, to) => assign_activity(plan, activity(at), to.map(member), &act),
        Step::Complete(at) => {
            let done = Done { day: TODAY, outcome: None, performed: Vec::new() };
            complete_activity(plan, activity(at), done, &act)
        }
        Step::AddMember => add_member(plan, a_member("Dora"), &act),
        Step::Leave(at) => {
            let period = Period { start: None, end: Some(TODAY.yesterday().unwrap()) };
            change_member(plan, member(at), MemberContent { period, ..a_member("Gone") }, &act)
        }
        Step::ChangePlan => change_plan(plan, titled(&format!("Plan {count}")), &act),
        Step::Send(role) => send_to_review(plan, vec![role, other(role)], &act),
        Step::Sign(role) => sign_off(plan, role, &act),
        Step::GiveBack(role, given) => ask_for_changes(plan, Some(role), &world.act(&by, why(given))),
        Step::Activate => activate(plan, &act),
        Step::Hold(given) => hold(plan, &world.act(&by, why(given))),
        Step::Resume => resume(plan, &act),
        Step::Next(days) => set_next_review(plan, Some(in_days(days)), &act),
        Step::Close(to, answered) => {
            let left = plan.open_activities().filter(|_| answered).map(|one| (one.id, LeftOpen::Cancel));
            let open: BTreeMap<_, _> = left.collect();
            let goals = plan.open_goals().filter(|_| answered).map(|one| (one.id, GoalLeft::Cancel));
            close(plan, &Closing { to, open, open_goals: goals.collect() }, &world.act(&by, Some("so it ends")))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_plan_does_what_its_model_does(moves in prop::collection::vec(moves(), 0..80)) {
        let world = World::default();
        let mut plan = draft(&world);
        let mut ever_approved = false;
        for (count, one) in moves.into_iter().enumerate() {
            let before = Model::of(&plan);
            let expected = before.after(one).map(|mut model| {
                if matches!(one, Step::GiveBack(..)) && ever_approved {
                    model.review = ReviewState::Revised;
                }
                model
            });
            let came = done(&plan, one, count, &world);
            let after = came.as_ref().ok().map(|changed| Model::of(&changed.plan));
            prop_assert_eq!(&after, &expected, "{:?} on {:?}: {:?}", one, before, came.as_ref().err());
            let Ok(changed) = came else { continue };
            plan = changed.plan;
            ever_approved |= plan.review.state == ReviewState::Approved;
            for day in [TODAY, in_days(60), in_days(127)] {
                let words = plan.standing(day);
                prop_assert_eq!(&words, &Model::of(&plan).standing(day));
                prop_assert!(words.contains(&plan.workflow(day)));
            }
            // The same ids are at the same places for ever, and the days to watch are those of what is open and in force.
            prop_assert!(plan.status == PlanStatus::Active || plan.dues().is_empty());
        }
    }
}
