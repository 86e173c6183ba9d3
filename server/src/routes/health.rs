//! `/healthz`: the process answers.

/// Says so.
pub async fn alive() -> &'static str {
    "ok\n"
}
