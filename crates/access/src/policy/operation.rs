//! What can be done: one word for each thing that a route or a server function does.

use serde::{Deserialize, Serialize};

/// One thing that a route or a server function does.
///
/// *A new route:* its operation here, in [`Operation::ALL`], and a line in `policy/rules.rs`; the compiler asks for the
/// rest, and the table in `tests/it/policy.rs` shows what it means for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The start page.
    OpenStart,
    /// Whether the process lives and is ready.
    ReadHealth,
    /// The public keys that sources verify our assertions with.
    ReadKeys,
    /// The built files of the screens.
    ReadFile,
    /// The choice of providers to sign in at.
    ChooseProvider,
    /// Leaves for a source to sign in, from an EHR or from the start page.
    BeginLaunch,
    /// Comes back from a source.
    FinishLaunch,
    /// Ends the session of this browser.
    SignOut,
    /// Puts off the end of the session, on the user's word.
    ExtendSession,
    /// When the session ends, asked by a page without putting the end off.
    ReadSession,
    /// Shows once more what was typed when the session had ended, and puts it back into its form.
    KeepTyped,
    /// The plan as a page, or its board as a fragment.
    ReadPlan,
    /// The plan as data.
    ReadPlanData,
    /// The stream that says that the plan has changed.
    FollowEvents,
    /// One goal.
    ReadGoal,
    /// Writes a changed goal to the source that owns it.
    ChangeGoal,
    /// Which sources were asked and what came of it.
    ReadSources,
    /// Signs in at one more source for an open launch.
    ConnectSource,
    /// Asks a source once more.
    RetrySource,
    /// Forgets a source's grant for an open launch.
    DisconnectSource,
    /// Answers whether the Patients of two sources are one person, with both shown.
    ConfirmPerson,
    /// Says so of two Patients whom Accord knows as two persons: they are joined.
    JoinPersons,
    /// Takes a wrong link apart.
    SplitPerson,
    /// The people that a coordinator works for.
    OpenPanel,
    /// Opens a person from the panel.
    OpenPerson,
    /// Which consents were given.
    ReadConsents,
    /// Gives a consent for one source and one purpose.
    GiveConsent,
    /// Takes a consent back; what came by it is erased.
    RevokeConsent,
    /// Who saw the plan.
    ReadAudit,
    /// Reads shared plans, and what else hangs on the person.
    ReadSharedPlan,
    /// Starts or changes a shared plan: what it says, its states, its team, who is to do what.
    WriteSharedPlan,
    /// Signs a shared plan, or gives it back.
    SignSharedPlan,
    /// Says that an activity was done, or writes a note.
    ReportProgress,
    /// Says whether one supports a goal.
    AnswerGoal,
    /// Says what concerns the person.
    AddConcern,
    /// Settles a detected issue.
    DecideIssue,
    /// Calls the care plan service with a token of one's own, which is verified there.
    CallCarePlanService,
}

impl Operation {
    /// Every operation, in the order of the table.
    pub const ALL: [Self; 37] = [
        Self::OpenStart,
        Self::ReadHealth,
        Self::ReadKeys,
        Self::ReadFile,
        Self::ChooseProvider,
        Self::BeginLaunch,
        Self::FinishLaunch,
        Self::SignOut,
        Self::ExtendSession,
        Self::ReadSession,
        Self::KeepTyped,
        Self::ReadPlan,
        Self::ReadPlanData,
        Self::FollowEvents,
        Self::ReadGoal,
        Self::ChangeGoal,
        Self::ReadSources,
        Self::ConnectSource,
        Self::RetrySource,
        Self::DisconnectSource,
        Self::ConfirmPerson,
        Self::JoinPersons,
        Self::SplitPerson,
        Self::OpenPanel,
        Self::OpenPerson,
        Self::ReadConsents,
        Self::GiveConsent,
        Self::RevokeConsent,
        Self::ReadAudit,
        Self::ReadSharedPlan,
        Self::WriteSharedPlan,
        Self::SignSharedPlan,
        Self::ReportProgress,
        Self::AnswerGoal,
        Self::AddConcern,
        Self::DecideIssue,
        Self::CallCarePlanService,
    ];

    /// The word for logs, audit events and tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::OpenStart => "open-start",
            Self::ReadHealth => "read-health",
            Self::ReadKeys => "read-keys",
            Self::ReadFile => "read-file",
            Self::ChooseProvider => "choose-provider",
            Self::BeginLaunch => "begin-launch",
            Self::FinishLaunch => "finish-launch",
            Self::SignOut => "sign-out",
            Self::ExtendSession => "extend-session",
            Self::ReadSession => "read-session",
            Self::KeepTyped => "keep-typed",
            Self::ReadPlan => "read-plan",
            Self::ReadPlanData => "read-plan-data",
            Self::FollowEvents => "follow-events",
            Self::ReadGoal => "read-goal",
            Self::ChangeGoal => "change-goal",
            Self::ReadSources => "read-sources",
            Self::ConnectSource => "connect-source",
            Self::RetrySource => "retry-source",
            Self::DisconnectSource => "disconnect-source",
            Self::ConfirmPerson => "confirm-person",
            Self::JoinPersons => "join-persons",
            Self::SplitPerson => "split-person",
            Self::OpenPanel => "open-panel",
            Self::OpenPerson => "open-person",
            Self::ReadConsents => "read-consents",
            Self::GiveConsent => "give-consent",
            Self::RevokeConsent => "revoke-consent",
            Self::ReadAudit => "read-audit",
            Self::ReadSharedPlan => "read-shared-plan",
            Self::WriteSharedPlan => "write-shared-plan",
            Self::SignSharedPlan => "sign-shared-plan",
            Self::ReportProgress => "report-progress",
            Self::AnswerGoal => "answer-goal",
            Self::AddConcern => "add-concern",
            Self::DecideIssue => "decide-issue",
            Self::CallCarePlanService => "call-care-plan-service",
        }
    }
}
