//! What happened to a plan's review and to the consent of those it is for, told to the person: the summary of a plan's
//! content does not speak of it.

use shared_plan::plan::{Acceptance, Goal, Plan, ReviewState, SignOff};
use shared_plan::ports::WhyMoved;

use crate::words::Words;

impl Words {
    /// What a version changed besides the content: who was asked, who signed, who supports a goal. Never empty, so that no
    /// version stands there without a word.
    pub fn plan_reviewed(self, before: &Plan, now: &Plan) -> Vec<String> {
        let (was, is) = (&before.review, &now.review);
        let mut said = Vec::new();
        if was.state != is.state && is.state == ReviewState::InReview {
            let roles: Vec<String> = is.asked.iter().map(|role| self.role(*role).to_lowercase()).collect();
            said.push(self.plan_was_sent(&roles));
        }
        let is_new = |signed: &&SignOff| !was.signed.contains(signed);
        said.extend(is.signed.iter().filter(is_new).map(|signed| self.plan_was_signed(&signed.by.name)));
        if was.state != is.state && is.state == ReviewState::Approved {
            said.push(self.plan_was_approved().to_owned());
        }
        if was.state == ReviewState::InReview && matches!(is.state, ReviewState::Draft | ReviewState::Revised) {
            said.push(self.plan_was_returned().to_owned());
        }
        for goal in &now.goals {
            let before: &[Acceptance] = before.goal(goal.id).map_or(&[], |goal: &Goal| &goal.acceptance);
            let new = goal.acceptance.iter().filter(|answer| !before.contains(answer));
            let title = goal.content.description.text.as_deref().unwrap_or_else(|| self.goal_page());
            said.extend(new.map(|answer| format!("{title}: {}.", self.plan_support(&answer.by.name, answer.answer))));
        }
        said
    }

    /// A plan that was sent to those who sign.
    fn plan_was_sent(self, roles: &[String]) -> String {
        let Self::English = self;
        if roles.is_empty() {
            "It was sent to review.".to_owned()
        } else {
            format!("It was sent to be signed: by the {}.", self.list(roles))
        }
    }

    /// A signature.
    fn plan_was_signed(self, name: &str) -> String {
        let Self::English = self;
        format!("{name} has signed it.")
    }

    /// The last signature.
    fn plan_was_approved(self) -> &'static str {
        match self {
            Self::English => "Everybody who was asked has signed it.",
        }
    }

    /// Given or taken back.
    fn plan_was_returned(self) -> &'static str {
        match self {
            Self::English => "It goes back to those who write it.",
        }
    }

    /// A version in which nothing was written, and only settled whose plan it is.
    pub fn plan_moved(self, why: WhyMoved) -> &'static str {
        match (self, why) {
            (Self::English, WhyMoved::Joined) => "Two records turned out to be of one person, whose plan this is.",
            (Self::English, WhyMoved::Settled | WhyMoved::RecordTakenOut) => {
                "After a record was taken out it was said whose plan this is."
            }
        }
    }

    /// A version of which there is nothing to say in words without codes.
    pub fn plan_details_changed(self) -> &'static str {
        match self {
            Self::English => "Details were changed.",
        }
    }
}
