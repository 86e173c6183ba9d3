//! What forms of the shared plan are told.

use shared_plan::Version;

use crate::desk::shared_plan::{Command, PlanAnswer};
use crate::words::Words;

impl Words {
    /// What became of a form.
    pub fn plan_answer(self, command: Command, answer: &PlanAnswer) -> String {
        let Self::English = self;
        match answer {
            PlanAnswer::Saved { .. } if command == Command::AddConcern => done(command).to_owned(),
            PlanAnswer::Saved { version: Version(version) } => format!("{} It is version {version} now.", done(command)),
            PlanAnswer::Unchanged => "Nothing to save: the plan says this already.".to_owned(),
            PlanAnswer::Stale { .. } => {
                "Not saved: somebody else has changed the plan since you opened it. What you typed is still here, and what you had not touched is as they left it. Look at what they changed, then send it again or leave it.".to_owned()
            }
            PlanAnswer::Refused { problems } => match &problems[..] {
                [(_, why)] => format!("Not saved: {why} What you typed is still here."),
                several => format!(
                    "Not saved: {} fields cannot stand as they are. What you typed is still here.",
                    several.len()
                ),
            },
            PlanAnswer::NotNow { why } | PlanAnswer::Failed { why } => {
                format!("Not saved: {why} What you typed is still here.")
            }
            PlanAnswer::NotLicensed => {
                "Not saved: this organisation has no licence for shared plans. What you typed is still here.".to_owned()
            }
        }
    }
}

fn done(command: Command) -> &'static str {
    match command {
        Command::Start => "The plan is started.",
        Command::AddConcern => "The concern is kept, and stands in the care plan.",
        Command::ChangePlan => "The plan is saved.",
        Command::AddGoal => "The goal is added.",
        Command::ChangeGoal => "The goal is saved.",
        Command::MoveGoal => "The goal has its new state.",
        Command::JudgeGoal => "How far the goal is reached is saved.",
        Command::AnswerGoal => "What you say to the goal is saved.",
        Command::NoteGoal | Command::NoteActivity => "The note is added.",
        Command::AddActivity => "The activity is added.",
        Command::ChangeActivity => "The activity is saved.",
        Command::MoveActivity => "The activity has its new state.",
        Command::AssignActivity => "Who does it is saved.",
        Command::CompleteActivity => "The activity is done.",
        Command::AddMember => "The team has grown.",
        Command::ChangeMember => "The team is saved.",
        Command::SendToReview => "The plan is in review.",
        Command::TakeBack => "The plan is taken back from review.",
        Command::SetNextReview => "The day of the next review is saved.",
        Command::Activate => "The plan is in force.",
        Command::Hold => "The plan is on hold.",
        Command::Resume => "The plan goes on.",
        Command::Close => "The plan is closed.",
        Command::Sign => "You have signed the plan.",
        Command::GiveBack => "The plan is given back.",
    }
}
