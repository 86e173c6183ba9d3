//! Looks for everything by which one tenant could see, change or guess another's rows. Where the catalogue shows any of
//! it, the database is not used.

mod rule;

use std::fmt;

use sqlx::postgres::PgConnection;

pub use rule::Rule;

/// Each row is a rule's code, and what breaks it.
const CHECK: &str = include_str!("check.sql");

/// One thing by which tenants are not kept apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Which rule it breaks.
    pub rule: Rule,
    /// The role, table, view, function or index.
    pub subject: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, subject } = self;
        write!(f, "{subject} {}: {}", rule.breach(), rule.remedy(subject))
    }
}

/// Asks the catalogue.
pub(super) async fn check(connection: &mut PgConnection) -> Result<Vec<Refusal>, sqlx::Error> {
    let rows: Vec<(String, String)> = sqlx::query_as(CHECK).fetch_all(connection).await?;
    let mut refusals = Vec::new();
    for (code, subject) in rows {
        let rule = Rule::parse(&code).ok_or_else(|| sqlx::Error::Protocol(format!("an unknown rule, {code}")))?;
        refusals.push(Refusal { rule, subject });
    }
    refusals.sort();
    refusals.dedup();
    // A superuser may do everything; what follows from that is no news.
    if refusals.iter().any(|refusal| refusal.rule == Rule::Superuser) {
        refusals.retain(|refusal| refusal.rule == Rule::Superuser);
    }
    Ok(refusals)
}
