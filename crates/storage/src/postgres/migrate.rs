//! The schema, brought up to date by the role that owns it.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

use super::rights::RIGHTS;

/// Forward only, as for SQLite.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations_postgres");

/// The version of the schema that this program was written for.
pub(super) fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Why the schema could not be brought up to date. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// No connection.
    #[error("the database could not be reached as the role that owns the tables")]
    Connect(#[source] sqlx::Error),
    /// The role of the application is not there.
    #[error("there is no role {0}: make it with CREATE ROLE {0} LOGIN")]
    NoSuchRole(String),
    /// Owner and application are one role.
    #[error("the role {0} is to own the tables, so Accord must connect as another one")]
    OneRole(String),
    /// A migration failed; what was done before it stays.
    #[error("the schema could not be brought up to date; was it made by a newer Accord?")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// The rights could not be given.
    #[error("the rights of the role {role} could not be given")]
    Grant {
        /// The application's role.
        role: String,
        /// What the database said.
        #[source]
        cause: sqlx::Error,
    },
}

/// Brings the schema up to date as the role of `owner_url`, and gives `application_role` the rights that `accord` needs.
/// Doing it twice changes nothing; of two who do it at once, one waits.
///
/// What was applied is written down in a schema of its own, `accord_migrations`, which the application never sees.
///
/// # Errors
/// What the database or its roles lack.
pub async fn migrate(owner_url: &str, application_role: &str) -> Result<(), MigrateError> {
    let mut owner = PgConnection::connect(owner_url).await.map_err(MigrateError::Connect)?;
    let roles = "SELECT current_user::text, EXISTS (SELECT FROM pg_roles WHERE rolname = $1)";
    let (current, there): (String, bool) =
        sqlx::query_as(roles).bind(application_role).fetch_one(&mut owner).await.map_err(MigrateError::Connect)?;
    if !there {
        return Err(MigrateError::NoSuchRole(application_role.to_owned()));
    }
    if current == application_role {
        return Err(MigrateError::OneRole(current));
    }
    let mut migrations = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
    migrations.create_schema("accord_migrations");
    migrations.dangerous_set_table_name("accord_migrations.applied");
    migrations.run(&mut owner).await.map_err(MigrateError::Migrate)?;
    grant(&mut owner, application_role)
        .await
        .map_err(|cause| MigrateError::Grant { role: application_role.to_owned(), cause })?;
    let _ = owner.close().await;
    Ok(())
}

/// Takes all rights back and gives those of the list, in one step; then says in the catalogue which version this is.
async fn grant(owner: &mut PgConnection, role: &str) -> Result<(), sqlx::Error> {
    let role: String = sqlx::query_scalar("SELECT quote_ident($1)").bind(role).fetch_one(&mut *owner).await?;
    let mut statements = vec![
        // Two that write one row of the catalogue at once would not wait for each other.
        "SELECT pg_advisory_xact_lock(hashtext('accord rights'))".to_owned(),
        format!("REVOKE ALL ON ALL TABLES IN SCHEMA accord FROM {role}"),
        format!("REVOKE ALL ON SCHEMA accord FROM {role}"),
        format!("GRANT USAGE ON SCHEMA accord TO {role}"),
        format!("COMMENT ON SCHEMA accord IS 'version {}'", newest()),
    ];
    let granted = RIGHTS.iter().flat_map(|area| area.iter());
    statements.extend(granted.map(|(table, rights)| format!("GRANT {rights} ON accord.{table} TO {role}")));
    let mut step = owner.begin().await?;
    for statement in statements {
        step.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
    }
    step.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_rights() {
        let all: String = MIGRATIONS.iter().map(|migration| migration.sql.as_str()).collect();
        let mut made: Vec<&str> =
            all.split("CREATE TABLE accord.").skip(1).filter_map(|text| text.split([' ', '(']).next()).collect();
        let mut granted: Vec<&str> = RIGHTS.iter().flat_map(|area| area.iter()).map(|(table, _)| *table).collect();
        made.sort_unstable();
        granted.sort_unstable();
        assert_eq!(made, granted);
    }
}
