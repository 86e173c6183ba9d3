//! A database that does not keep tenants apart is not used.

use sqlx::{AssertSqlSafe, Executor};
use storage::postgres::{OpenError, Refusal, Rule};

use crate::plans::{connect, migrated, open};

/// What a superuser does, which rule it breaks, what is named, and what mends it. `{app}` and `{owner}` are the roles.
const BREACHES: &[(&str, Rule, &str, &str)] = &[
    ("ALTER ROLE {app} SUPERUSER", Rule::Superuser, "{app}", "ALTER ROLE {app} NOSUPERUSER"),
    (
        "CREATE ROLE {app}_root SUPERUSER; GRANT {app}_root TO {app}",
        Rule::Superuser,
        "{app}_root",
        "DROP ROLE {app}_root",
    ),
    ("ALTER ROLE {app} BYPASSRLS", Rule::BypassesSecurity, "{app}", "ALTER ROLE {app} NOBYPASSRLS"),
    (
        "CREATE ROLE {app}_wide BYPASSRLS; CREATE ROLE {app}_step; GRANT {app}_wide TO {app}_step; \
         GRANT {app}_step TO {app}; ALTER ROLE {app} NOINHERIT",
        Rule::BypassesSecurity,
        "{app}_wide",
        "DROP ROLE {app}_wide, {app}_step; ALTER ROLE {app} INHERIT",
    ),
    ("ALTER ROLE {app} CREATEROLE", Rule::MakesRoles, "{app}", "ALTER ROLE {app} NOCREATEROLE"),
    ("ALTER ROLE {app} REPLICATION", Rule::Replicates, "{app}", "ALTER ROLE {app} NOREPLICATION"),
    (
        "GRANT pg_read_server_files TO {app}",
        Rule::ReachesServer,
        "pg_read_server_files",
        "REVOKE pg_read_server_files FROM {app}",
    ),
    ("GRANT {owner} TO {app}", Rule::Owner, "accord.document", "REVOKE {owner} FROM {app}"),
    (
        "ALTER TABLE accord.turn OWNER TO {app}",
        Rule::Owner,
        "accord.turn",
        "ALTER TABLE accord.turn OWNER TO {owner}; GRANT SELECT, INSERT, UPDATE ON accord.turn TO {app}",
    ),
    (
        "GRANT CREATE ON SCHEMA accord TO PUBLIC",
        Rule::MakesThings,
        "schema accord",
        "REVOKE CREATE ON SCHEMA accord FROM PUBLIC",
    ),
    (
        "GRANT TRUNCATE ON accord.outbox TO PUBLIC",
        Rule::TooManyRights,
        "accord.outbox",
        "REVOKE TRUNCATE ON accord.outbox FROM PUBLIC",
    ),
    (
        "GRANT REFERENCES (id) ON accord.document TO {app}",
        Rule::TooManyRights,
        "accord.document",
        "REVOKE REFERENCES (id) ON accord.document FROM {app}",
    ),
    (
        "ALTER TABLE accord.outbox DISABLE ROW LEVEL SECURITY",
        Rule::NoSecurity,
        "accord.outbox",
        "ALTER TABLE accord.outbox ENABLE ROW LEVEL SECURITY",
    ),
    (
        "ALTER TABLE accord.outbox NO FORCE ROW LEVEL SECURITY",
        Rule::NoSecurity,
        "accord.outbox",
        "ALTER TABLE accord.outbox FORCE ROW LEVEL SECURITY",
    ),
    (
        "DROP POLICY own_tenant ON accord.turn",
        Rule::NoPolicy,
        "accord.turn",
        "CREATE POLICY own_tenant ON accord.turn USING (tenant_id = current_setting('app.tenant', true)) \
         WITH CHECK (tenant_id = current_setting('app.tenant', true))",
    ),
    (
        "DROP POLICY own_tenant ON accord.turn; \
         CREATE POLICY own_tenant ON accord.turn USING (tenant_id = current_setting('app.tenant', true))",
        Rule::NoPolicy,
        "accord.turn",
        "DROP POLICY own_tenant ON accord.turn; \
         CREATE POLICY own_tenant ON accord.turn USING (tenant_id = current_setting('app.tenant', true)) \
         WITH CHECK (tenant_id = current_setting('app.tenant', true))",
    ),
    (
        "CREATE POLICY all_rows ON accord.turn FOR SELECT USING (true)",
        Rule::WidePolicy,
        "accord.turn",
        "DROP POLICY all_rows ON accord.turn",
    ),
    (
        "CREATE POLICY empty_too ON accord.turn USING (tenant_id = current_setting('app.tenant', true)) \
         WITH CHECK (true)",
        Rule::WidePolicy,
        "accord.turn",
        "DROP POLICY empty_too ON accord.turn",
    ),
    ("CREATE TABLE accord.lookup (id int)", Rule::NoTenant, "accord.lookup", "DROP TABLE accord.lookup"),
    ("CREATE TABLE accord.lookup (tenant_id text)", Rule::NoTenant, "accord.lookup", "DROP TABLE accord.lookup"),
    (
        "CREATE TABLE public.notes (note text); GRANT SELECT (note) ON public.notes TO {app}",
        Rule::NoTenant,
        "public.notes",
        "DROP TABLE public.notes",
    ),
    (
        "CREATE TABLE public.notes (note text); GRANT INSERT ON public.notes TO PUBLIC",
        Rule::NoSecurity,
        "public.notes",
        "DROP TABLE public.notes",
    ),
    (
        "CREATE UNIQUE INDEX one_event ON accord.outbox (event)",
        Rule::UniqueIndex,
        "accord.one_event on accord.outbox",
        "DROP INDEX accord.one_event",
    ),
    (
        "CREATE UNIQUE INDEX one_event ON accord.outbox ((lower(tenant_id)), event)",
        Rule::UniqueIndex,
        "accord.one_event on accord.outbox",
        "DROP INDEX accord.one_event",
    ),
    (
        "ALTER TABLE accord.document_due ADD CONSTRAINT turned FOREIGN KEY (kind, tenant_id, document) \
         REFERENCES accord.document (kind, tenant_id, id)",
        Rule::ForeignKey,
        "turned on accord.document_due",
        "ALTER TABLE accord.document_due DROP CONSTRAINT turned",
    ),
    (
        "CREATE VIEW accord.plans AS SELECT * FROM accord.document",
        Rule::View,
        "accord.plans",
        "ALTER VIEW accord.plans SET (security_invoker = on); GRANT SELECT ON accord.plans TO {app}",
    ),
    (
        "DROP VIEW accord.plans; CREATE MATERIALIZED VIEW accord.plans AS SELECT * FROM accord.document",
        Rule::MaterialisedView,
        "accord.plans",
        "DROP MATERIALIZED VIEW accord.plans",
    ),
    (
        "CREATE FUNCTION public.everything() RETURNS bigint LANGUAGE sql SECURITY DEFINER \
         AS 'SELECT count(*) FROM accord.document'",
        Rule::Definer,
        "public.everything",
        "DROP FUNCTION public.everything",
    ),
];

#[tokio::test]
async fn whatever_breaks_the_walls_is_refused_by_name_until_it_is_mended() {
    let Some((postgres, database)) = migrated().await else { return };
    let filled =
        |text: &str| text.replace("{app}", &database.application_role).replace("{owner}", &database.owner_role);
    for (breach, rule, subject, mending) in BREACHES {
        postgres.as_superuser(&database.name, &filled(breach)).unwrap();
        let Err(OpenError::Refused(refusals)) = open(&database).await else { panic!("{breach} was let in") };
        let expected = Refusal { rule: *rule, subject: filled(subject) };
        assert!(refusals.contains(&expected), "{breach}: {refusals:#?}");
        let said = OpenError::Refused(refusals).to_string();
        assert!(said.contains(&filled(subject)), "{said}");
        postgres.as_superuser(&database.name, &filled(mending)).unwrap();
        if let Err(error) = open(&database).await {
            panic!("after {mending}: {error}");
        }
    }
    let tried: std::collections::BTreeSet<Rule> = BREACHES.iter().map(|(_, rule, ..)| *rule).collect();
    assert_eq!(tried.into_iter().collect::<Vec<_>>(), Rule::ALL, "every rule was tried");
}

#[tokio::test]
async fn the_owner_of_the_tables_is_refused() {
    let Some((_, database)) = migrated().await else { return };
    let owner = test_services::Database { application_url: database.owner_url.clone(), ..database.clone() };
    let Err(OpenError::Refused(refusals)) = open(&owner).await else { panic!("the owner was let in") };
    let named = |subject: &str| refusals.contains(&Refusal { rule: Rule::Owner, subject: subject.to_owned() });
    assert!(named("accord.document") && named("schema accord") && named(&format!("database {}", database.name)));
}

/// Otherwise `RESET ROLE` would be the way out.
#[tokio::test]
async fn a_login_that_only_plays_the_applications_role_is_looked_at_too() {
    let Some((postgres, database)) = migrated().await else { return };
    let (owner, app) = (&database.owner_role, &database.application_role);
    let play = format!("GRANT {app} TO {owner}; ALTER ROLE {owner} IN DATABASE {} SET role = {app}", database.name);
    postgres.as_superuser(&database.name, &play).unwrap();
    let mut connection = connect(&database.owner_url).await;
    let current: String = sqlx::query_scalar("SELECT current_user::text").fetch_one(&mut connection).await.unwrap();
    assert_eq!(current, *app);
    let owner = test_services::Database { application_url: database.owner_url.clone(), ..database.clone() };
    let Err(OpenError::Refused(refusals)) = open(&owner).await else { panic!("the owner was let in") };
    assert!(refusals.iter().any(|refusal| refusal.rule == Rule::Owner), "{refusals:?}");
}

#[tokio::test]
async fn what_the_application_cannot_reach_is_no_reason_to_refuse() {
    let Some((_, database)) = migrated().await else { return };
    let mut owner = connect(&database.owner_url).await;
    let statements = "CREATE TABLE public.notes (note text); CREATE SCHEMA away; CREATE TABLE away.notes (note text); \
                      GRANT SELECT ON away.notes TO PUBLIC";
    owner.execute(AssertSqlSafe(statements.to_owned())).await.unwrap();
    open(&database).await.unwrap();
}
