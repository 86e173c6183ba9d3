//! From a form to a command of the shared plan: one form a file.
//!
//! *A new form:* its command in `app::desk::shared_plan`, its section, a file here.

mod activity;
mod close;
mod coded;
mod content;
mod goal;
mod links;
mod member;
mod progress;
mod review;
mod start;
mod states;
mod targets;

use access::Role;
use app::desk::Picture;
use app::desk::shared_plan::Command;
use shared_plan::commands::{Act, Changed, Problem, Refusal, Wrong};
use shared_plan::plan::Plan;

use super::{Chosen, Fields};

pub use start::start;

/// What is done to a plan.
pub type Deed = Box<dyn FnOnce(&Plan, &Act<'_>) -> Result<Changed, Refusal> + Send>;

/// A form that is being read.
pub struct Reading<'a> {
    /// Its fields.
    pub fields: Fields<'a>,
    /// What its choices mean.
    pub picture: &'a Picture,
    /// In which role the user acts.
    pub role: Role,
    /// Whom it has chosen from the provider directory.
    pub provider: Option<Chosen>,
}

/// Reads the form of a command.
///
/// # Errors
/// Which fields cannot be read.
pub fn read(command: Command, form: &mut Reading<'_>) -> Result<Deed, Vec<Problem>> {
    let deed = match command {
        // These are about no plan that is there.
        Command::Start | Command::AddConcern => None,
        Command::ChangePlan => content::change(form),
        Command::AddGoal => goal::add(form),
        Command::ChangeGoal => goal::change(form),
        Command::MoveGoal => states::goal(form),
        Command::JudgeGoal => states::judge(form),
        Command::AnswerGoal => progress::answer(form),
        Command::NoteGoal => progress::note_goal(form),
        Command::AddActivity => activity::add(form),
        Command::ChangeActivity => activity::change(form),
        Command::MoveActivity => states::activity(form),
        Command::AssignActivity => activity::assign(form),
        Command::CompleteActivity => progress::complete(form),
        Command::NoteActivity => progress::note_activity(form),
        Command::AddMember => member::add(form),
        Command::ChangeMember => member::change(form),
        Command::SendToReview => review::send(form),
        Command::TakeBack => review::take_back(form),
        Command::SetNextReview => review::next(form),
        Command::Activate => review::activate(form),
        Command::Hold => states::hold(form),
        Command::Resume => states::resume(form),
        Command::Close => close::close(form),
        Command::Sign => review::sign(form),
        Command::GiveBack => review::give_back(form),
    };
    let mut problems = std::mem::take(&mut form.fields.problems);
    match deed {
        Some(deed) if problems.is_empty() => Ok(deed),
        _ => {
            if problems.is_empty() {
                problems.push(Problem { field: "part".to_owned(), wrong: Wrong::PointsNowhere });
            }
            Err(problems)
        }
    }
}
