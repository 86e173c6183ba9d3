//! What the status codes of R4 mean for a plan: still going on, or over.

/// True for a `clinicalStatus` that says the condition is not present now (R4 condition-clinical).
pub fn is_past_condition(status: Option<&str>) -> bool {
    matches!(status, Some("inactive" | "remission" | "resolved"))
}

/// True for a `lifecycleStatus` of a goal that is no longer pursued (R4 goal-status).
pub fn is_past_goal(status: Option<&str>) -> bool {
    matches!(status, Some("completed" | "cancelled" | "rejected" | "entered-in-error"))
}

/// True for the status of a request or an act that is over, or never was (R4 request-status, event-status, task-status,
/// appointmentstatus, medication statuses).
pub fn is_past_act(status: Option<&str>) -> bool {
    matches!(
        status,
        Some(
            "aborted"
                | "amended"
                | "appended"
                | "cancelled"
                | "completed"
                | "corrected"
                | "ended"
                | "entered-in-error"
                | "failed"
                | "final"
                | "finished"
                | "fulfilled"
                | "noshow"
                | "not-done"
                | "not-taken"
                | "rejected"
                | "revoked"
                | "stopped"
                | "superseded"
        )
    )
}

/// True for the status of a CarePlan that is not in force any more (R4 request-status).
pub fn is_past_plan(status: Option<&str>) -> bool {
    matches!(status, Some("revoked" | "completed" | "entered-in-error"))
}
