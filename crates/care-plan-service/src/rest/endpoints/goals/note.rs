//! `POST /{plan}/goals/{goal}/notes`: a note to a goal.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{Noted, add_note};
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Write;
use crate::rest::body::NoteBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/{plan}/goals/{goal}/notes", "noteGoal", "Adds a note to a goal.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Goal>), NoteBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan, goal), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::ReportProgress, plan, &asked, |plan, act| {
            add_note(plan, Noted::Goal(goal), &body.text, act)
        })
        .await?;
    GoalAnswer::saved(&saved, goal)
}
