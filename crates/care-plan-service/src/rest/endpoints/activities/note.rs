//! `POST /{plan}/activities/{activity}/notes`: a note to an activity.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{Noted, add_note};
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Write;
use crate::rest::body::NoteBody;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/{plan}/activities/{activity}/notes", "noteActivity", "Adds a note to an activity.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Activity>), NoteBody>) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan, activity), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::ReportProgress, plan, &asked, |plan, act| {
            add_note(plan, Noted::Activity(activity), &body.text, act)
        })
        .await?;
    ActivityAnswer::saved(&saved, activity)
}
