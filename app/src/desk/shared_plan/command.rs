//! What can be sent to a shared plan, by the names that forms and addresses have for it.

use access::Operation;

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// A plan is started.
    Start,
    /// A concern of the person is entered; it hangs on the person and not on a plan.
    AddConcern,
    /// What the plan says itself is changed.
    ChangePlan,
    /// A goal is added.
    AddGoal,
    /// What a goal says is changed.
    ChangeGoal,
    /// A goal goes to another state.
    MoveGoal,
    /// It is said how far a goal is reached.
    JudgeGoal,
    /// Somebody says whether they support a goal.
    AnswerGoal,
    /// A note is written to a goal.
    NoteGoal,
    /// An activity is added.
    AddActivity,
    /// What an activity says is changed.
    ChangeActivity,
    /// An activity goes to another state.
    MoveActivity,
    /// Somebody is to do an activity.
    AssignActivity,
    /// An activity is done.
    CompleteActivity,
    /// A note is written to an activity.
    NoteActivity,
    /// Somebody joins the team.
    AddMember,
    /// What is said of a member is changed.
    ChangeMember,
    /// Roles are asked to sign.
    SendToReview,
    /// Whoever sent it takes it back.
    TakeBack,
    /// The day of the next review is set.
    SetNextReview,
    /// The plan is put in force.
    Activate,
    /// The plan is suspended.
    Hold,
    /// The plan goes on.
    Resume,
    /// The plan is closed.
    Close,
    /// A reviewer signs.
    Sign,
    /// A reviewer gives it back.
    GiveBack,
}

impl Command {
    /// Every command.
    pub const ALL: [Self; 26] = [
        Self::Start,
        Self::AddConcern,
        Self::ChangePlan,
        Self::AddGoal,
        Self::ChangeGoal,
        Self::MoveGoal,
        Self::JudgeGoal,
        Self::AnswerGoal,
        Self::NoteGoal,
        Self::AddActivity,
        Self::ChangeActivity,
        Self::MoveActivity,
        Self::AssignActivity,
        Self::CompleteActivity,
        Self::NoteActivity,
        Self::AddMember,
        Self::ChangeMember,
        Self::SendToReview,
        Self::TakeBack,
        Self::SetNextReview,
        Self::Activate,
        Self::Hold,
        Self::Resume,
        Self::Close,
        Self::Sign,
        Self::GiveBack,
    ];

    /// The word in addresses, answers and ids.
    pub fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::AddConcern => "add-concern",
            Self::ChangePlan => "change-plan",
            Self::AddGoal => "add-goal",
            Self::ChangeGoal => "change-goal",
            Self::MoveGoal => "move-goal",
            Self::JudgeGoal => "judge-goal",
            Self::AnswerGoal => "answer-goal",
            Self::NoteGoal => "note-goal",
            Self::AddActivity => "add-activity",
            Self::ChangeActivity => "change-activity",
            Self::MoveActivity => "move-activity",
            Self::AssignActivity => "assign-activity",
            Self::CompleteActivity => "complete-activity",
            Self::NoteActivity => "note-activity",
            Self::AddMember => "add-member",
            Self::ChangeMember => "change-member",
            Self::SendToReview => "send-to-review",
            Self::TakeBack => "take-back",
            Self::SetNextReview => "set-next-review",
            Self::Activate => "activate",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Close => "close",
            Self::Sign => "sign",
            Self::GiveBack => "give-back",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.code() == code)
    }

    /// What the policy is asked for it.
    pub fn operation(self) -> Operation {
        match self {
            Self::Start
            | Self::ChangePlan
            | Self::AddGoal
            | Self::ChangeGoal
            | Self::MoveGoal
            | Self::JudgeGoal
            | Self::AddActivity
            | Self::ChangeActivity
            | Self::MoveActivity
            | Self::AssignActivity
            | Self::AddMember
            | Self::ChangeMember
            | Self::SendToReview
            | Self::TakeBack
            | Self::SetNextReview
            | Self::Activate
            | Self::Hold
            | Self::Resume
            | Self::Close => Operation::WriteSharedPlan,
            Self::Sign | Self::GiveBack => Operation::SignSharedPlan,
            Self::CompleteActivity | Self::NoteGoal | Self::NoteActivity => Operation::ReportProgress,
            Self::AnswerGoal => Operation::AnswerGoal,
            Self::AddConcern => Operation::AddConcern,
        }
    }

    /// The word for its operation in addresses: a route is one operation.
    pub fn way(self) -> &'static str {
        match self.operation() {
            Operation::SignSharedPlan => "sign",
            Operation::ReportProgress => "report",
            Operation::AnswerGoal => "answer",
            _ => "write",
        }
    }

    /// True where it is about the person and not about a plan that is there: it has an address of its own.
    pub fn is_of_person(self) -> bool {
        matches!(self, Self::Start | Self::AddConcern)
    }

    /// The page with its form, below the plan's own; `part` is the word for the part that the form is about.
    pub fn page(self, part: &str) -> String {
        match self {
            Self::Start | Self::AddConcern => String::new(),
            Self::SendToReview | Self::TakeBack | Self::SetNextReview => String::new(),
            Self::Activate | Self::Hold | Self::Resume | Self::Sign | Self::GiveBack => String::new(),
            Self::ChangePlan => "/change".to_owned(),
            Self::Close => "/close".to_owned(),
            Self::AddGoal => "/goals/new".to_owned(),
            Self::ChangeGoal | Self::MoveGoal | Self::JudgeGoal | Self::AnswerGoal | Self::NoteGoal => {
                format!("/goals/{part}")
            }
            Self::AddActivity => "/activities/new".to_owned(),
            Self::ChangeActivity
            | Self::MoveActivity
            | Self::AssignActivity
            | Self::CompleteActivity
            | Self::NoteActivity => format!("/activities/{part}"),
            Self::AddMember => "/team/new".to_owned(),
            Self::ChangeMember => format!("/team/{part}"),
        }
    }

    /// True where one goes on to the plan when it is done; else one stays on the page with the form.
    pub fn leads_to_plan(self) -> bool {
        matches!(
            self,
            Self::ChangePlan
                | Self::AddGoal
                | Self::ChangeGoal
                | Self::AddActivity
                | Self::ChangeActivity
                | Self::AddMember
                | Self::ChangeMember
                | Self::Close
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_word_of_its_own_and_is_read_by_it() {
        for command in Command::ALL {
            assert_eq!(Command::parse(command.code()), Some(command));
        }
        assert_eq!(Command::parse("no-such-command"), None);
    }
}
