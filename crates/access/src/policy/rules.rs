//! The rules: what an operation needs, and whom it is for.

use super::Operation;
use crate::Role;

/// What must be there before it is asked who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing: a stranger may, and learns nothing about anybody.
    Nothing,
    /// A session of this browser.
    Session,
    /// A signed-in user.
    User,
    /// A launch of this user's own session, about one person.
    Launch,
    /// As [`Needs::Launch`], by a way to the person that stands now: their record is shown.
    Record,
    /// As [`Needs::User`], with a way to the person that stands now: their record is opened.
    Way,
}

pub(super) fn needs(operation: Operation) -> Needs {
    match operation {
        // These come before anybody is known. A launch is guarded by its state and its browser, not by who asks.
        Operation::OpenStart
        | Operation::ReadHealth
        | Operation::ReadKeys
        | Operation::ReadFile
        | Operation::ChooseProvider
        | Operation::BeginLaunch
        | Operation::FinishLaunch
        // Without a session there is nothing to end, and the answer is the same.
        | Operation::SignOut
        // The sender is shown what the sender typed; back into a form it goes only in a session that has that form.
        | Operation::KeepTyped
        // The token is verified by the service, which asks this policy for what the call does.
        | Operation::CallCarePlanService => Needs::Nothing,
        Operation::ExtendSession | Operation::ReadSession => Needs::Session,
        Operation::OpenPanel => Needs::User,
        Operation::OpenPerson => Needs::Way,
        Operation::ReadPlan
        | Operation::ReadPlanData
        | Operation::FollowEvents
        | Operation::ReadGoal
        | Operation::ChangeGoal
        | Operation::ReadSources
        | Operation::RetrySource
        | Operation::ConfirmPerson
        | Operation::JoinPersons
        | Operation::ReadSharedPlan
        | Operation::WriteSharedPlan
        | Operation::SignSharedPlan
        | Operation::ReportProgress
        | Operation::AnswerGoal
        | Operation::AddConcern
        | Operation::DecideIssue
        // The care team has no business with what somebody shares who shares nothing any more.
        | Operation::ReadConsents => Needs::Record,
        // Taking away must also work where the way no longer stands.
        Operation::ConnectSource
        | Operation::DisconnectSource
        | Operation::SplitPerson
        | Operation::GiveConsent
        | Operation::RevokeConsent
        | Operation::ReadAudit => Needs::Launch,
    }
}

pub(super) fn is_for(operation: Operation, role: Role) -> bool {
    match operation {
        Operation::OpenStart
        | Operation::ReadHealth
        | Operation::ReadKeys
        | Operation::ReadFile
        | Operation::ChooseProvider
        | Operation::BeginLaunch
        | Operation::FinishLaunch
        | Operation::SignOut
        | Operation::ExtendSession
        | Operation::ReadSession
        | Operation::KeepTyped
        | Operation::CallCarePlanService => true,
        // Whoever has a launch was let in to this record by its source; everybody sees the same plan, because people
        // who see different plans of one person work against each other.
        Operation::ReadPlan
        | Operation::ReadPlanData
        | Operation::FollowEvents
        | Operation::ReadGoal
        | Operation::ReadSources
        | Operation::ConnectSource
        | Operation::RetrySource
        | Operation::DisconnectSource
        // Signing in at a second source raises the question, so whoever may do the one must be able to answer the other.
        | Operation::ConfirmPerson => true,
        // What somebody says of their own: nobody can say it for them, and each is kept with who said it.
        Operation::ReadSharedPlan | Operation::ReportProgress | Operation::AnswerGoal | Operation::AddConcern => true,
        // A shared plan binds a team, and is written by those who answer for it; the person and their carers say what
        // they think of it by their answers, notes and concerns, and the person signs it.
        Operation::WriteSharedPlan => match role {
            Role::Clinician | Role::Coordinator => true,
            Role::Patient | Role::Carer => false,
        },
        Operation::SignSharedPlan | Operation::DecideIssue => match role {
            Role::Clinician | Role::Coordinator | Role::Patient => true,
            Role::Carer => false,
        },
        // A target is agreed between the person and those who treat them. A carer's view is heard through them: a
        // target changed by somebody else would stand in the record as theirs.
        Operation::ChangeGoal => match role {
            Role::Clinician | Role::Coordinator | Role::Patient => true,
            Role::Carer => false,
        },
        // Two people in one plan is the gravest error there is: everybody with a professional duty to see it, and the
        // person, can end it at once. A carer often knows one of the two records only, so neither do they make one of two
        // persons whom Accord knows: they could not undo it.
        Operation::JoinPersons | Operation::SplitPerson => match role {
            Role::Clinician | Role::Coordinator | Role::Patient => true,
            Role::Carer => false,
        },
        // Clinicians come from the EHR with the person chosen there, where the choice is checked; a search inside a
        // launch for one person would lead to the wrong one (smart-launch P10).
        Operation::OpenPanel | Operation::OpenPerson => match role {
            Role::Coordinator => true,
            Role::Clinician | Role::Patient | Role::Carer => false,
        },
        // The care team must see what it may rely on, and what not.
        Operation::ReadConsents => true,
        // The decision is the person's. That a source lets a carer read does not say that they may decide.
        Operation::GiveConsent | Operation::RevokeConsent => match role {
            Role::Patient => true,
            Role::Clinician | Role::Coordinator | Role::Carer => false,
        },
        // The accounting of disclosures is owed to the person (45 CFR 164.528). The operator has a command for theirs.
        Operation::ReadAudit => match role {
            Role::Patient => true,
            Role::Clinician | Role::Coordinator | Role::Carer => false,
        },
    }
}

/// What a program may do by itself, where the operator has registered it. It carries on what others have said, and says
/// nothing that counts as somebody's own word: it signs nothing, settles nothing and answers for nobody.
pub(super) fn is_for_programs(operation: Operation) -> bool {
    match operation {
        Operation::ReadSharedPlan
        | Operation::WriteSharedPlan
        | Operation::ReportProgress
        | Operation::AddConcern
        | Operation::CallCarePlanService => true,
        Operation::SignSharedPlan
        | Operation::AnswerGoal
        | Operation::DecideIssue
        | Operation::OpenStart
        | Operation::ReadHealth
        | Operation::ReadKeys
        | Operation::ReadFile
        | Operation::ChooseProvider
        | Operation::BeginLaunch
        | Operation::FinishLaunch
        | Operation::SignOut
        | Operation::ExtendSession
        | Operation::ReadSession
        | Operation::KeepTyped
        | Operation::ReadPlan
        | Operation::ReadPlanData
        | Operation::FollowEvents
        | Operation::ReadGoal
        | Operation::ChangeGoal
        | Operation::ReadSources
        | Operation::ConnectSource
        | Operation::RetrySource
        | Operation::DisconnectSource
        | Operation::ConfirmPerson
        | Operation::JoinPersons
        | Operation::SplitPerson
        | Operation::OpenPanel
        | Operation::OpenPerson
        | Operation::ReadConsents
        | Operation::GiveConsent
        | Operation::RevokeConsent
        | Operation::ReadAudit => false,
    }
}
