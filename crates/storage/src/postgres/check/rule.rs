//! The rules of a database that keeps tenants apart.

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The role, or one that it can become, is a superuser.
    Superuser,
    /// The role, or one that it can become, bypasses row level security.
    BypassesSecurity,
    /// The role, or one that it can become, may give itself other roles.
    MakesRoles,
    /// The role, or one that it can become, may copy the whole server.
    Replicates,
    /// The role, or one that it can become, reaches the server's files or programs.
    ReachesServer,
    /// The role, or one that it can become, owns something.
    Owner,
    /// The role, or one that it can become, may make things in our schema.
    MakesThings,
    /// The role, or one that it can become, may empty a table, hang triggers on it or refer to it.
    TooManyRights,
    /// A table without forced row level security.
    NoSecurity,
    /// A table without a policy that has both expressions.
    NoPolicy,
    /// A table with a policy that lets through more than the tenant's own rows.
    WidePolicy,
    /// A table without the tenant.
    NoTenant,
    /// A unique index that does not begin with the tenant.
    UniqueIndex,
    /// A foreign key that does not begin with the tenant.
    ForeignKey,
    /// A view that reads as its owner.
    View,
    /// A copy that knows no policies.
    MaterialisedView,
    /// A function that runs as its owner.
    Definer,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 17] = [
        Self::Superuser,
        Self::BypassesSecurity,
        Self::MakesRoles,
        Self::Replicates,
        Self::ReachesServer,
        Self::Owner,
        Self::MakesThings,
        Self::TooManyRights,
        Self::NoSecurity,
        Self::NoPolicy,
        Self::WidePolicy,
        Self::NoTenant,
        Self::UniqueIndex,
        Self::ForeignKey,
        Self::View,
        Self::MaterialisedView,
        Self::Definer,
    ];

    /// The word of `check.sql`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Superuser => "superuser",
            Self::BypassesSecurity => "bypasses-security",
            Self::MakesRoles => "makes-roles",
            Self::Replicates => "replicates",
            Self::ReachesServer => "reaches-server",
            Self::Owner => "owner",
            Self::MakesThings => "makes-things",
            Self::TooManyRights => "too-many-rights",
            Self::NoSecurity => "no-security",
            Self::NoPolicy => "no-policy",
            Self::WidePolicy => "wide-policy",
            Self::NoTenant => "no-tenant",
            Self::UniqueIndex => "unique-index",
            Self::ForeignKey => "foreign-key",
            Self::View => "view",
            Self::MaterialisedView => "materialised-view",
            Self::Definer => "definer",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// How its subject breaks it.
    pub(super) fn breach(self) -> &'static str {
        match self {
            Self::Superuser => "is a superuser, or can become one, and no policy holds for those",
            Self::BypassesSecurity => "bypasses row level security",
            Self::MakesRoles => "may give itself other roles, that of the tables' owner too",
            Self::Replicates => "may copy the whole server, beside every policy",
            Self::ReachesServer => "reaches the server's files or programs, beside every policy",
            Self::Owner => "is owned by the role that Accord connects as, or by one that it can become",
            Self::MakesThings => "lets the role that Accord connects as make tables and functions",
            Self::TooManyRights => "may be emptied, watched by triggers or referred to, which asks no policy",
            Self::NoSecurity => "is without forced row level security",
            Self::NoPolicy => "has no policy with both USING and WITH CHECK",
            Self::WidePolicy => "has a policy that lets through more than the tenant's own rows",
            Self::NoTenant => "has no column tenant_id NOT NULL",
            Self::UniqueIndex => "does not begin with tenant_id, so its errors tell of other tenants' rows",
            Self::ForeignKey => {
                "does not begin with tenant_id on both sides, so its errors tell of other tenants' rows"
            }
            Self::View => "is a view that reads as its owner",
            Self::MaterialisedView => "is a materialised view, a copy that knows no policies",
            Self::Definer => "is a SECURITY DEFINER function, which runs as its owner",
        }
    }

    /// What to do about it.
    pub(super) fn remedy(self, subject: &str) -> String {
        match self {
            Self::Superuser => "connect as a role of its own, made by CREATE ROLE … LOGIN".to_owned(),
            Self::BypassesSecurity => format!("ALTER ROLE {subject} NOBYPASSRLS, or take it from Accord's role"),
            Self::MakesRoles => format!("ALTER ROLE {subject} NOCREATEROLE, or take it from Accord's role"),
            Self::Replicates => format!("ALTER ROLE {subject} NOREPLICATION, or take it from Accord's role"),
            Self::ReachesServer => format!("REVOKE {subject} from Accord's role"),
            Self::Owner => "let another role own it, and take that role from Accord's: REVOKE … FROM …".to_owned(),
            Self::MakesThings => "REVOKE CREATE ON SCHEMA accord FROM Accord's role and from PUBLIC".to_owned(),
            Self::TooManyRights => format!("REVOKE TRUNCATE, REFERENCES, TRIGGER ON {subject}"),
            Self::NoSecurity => format!("ALTER TABLE {subject} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"),
            Self::NoPolicy | Self::WidePolicy => "its one policy is USING and WITH CHECK (tenant_id = \
                                                  current_setting('app.tenant', true))"
                .to_owned(),
            Self::NoTenant => {
                "run `accord migrate`; a table of another program belongs into another database".to_owned()
            }
            Self::UniqueIndex | Self::ForeignKey => "make it anew with tenant_id first".to_owned(),
            Self::View => format!("ALTER VIEW {subject} SET (security_invoker = true)"),
            Self::MaterialisedView | Self::Definer => "drop it, or move it to another database".to_owned(),
        }
    }
}
