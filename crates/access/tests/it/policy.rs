//! The policy as a table, and what holds for all of it.

use access::policy::{Context, Decision, LaunchOf, Operation, Way, Why, decide};
use access::{Role, Viewer};

const ROLES: [Role; 4] = [Role::Clinician, Role::Coordinator, Role::Patient, Role::Carer];
const WAYS: [Way; 4] = [Way::OwnGrant, Way::SharedGrant, Way::Backend, Way::None];
/// What a token of one's own may bring beside a grant.
const BY_TOKEN: [Way; 6] =
    [Way::OwnGrant, Way::SharedGrant, Way::Backend, Way::Treatment, Way::Registration, Way::None];

/// Each user in a launch of their own that stands by their own grant, and a stranger.
const TABLE: &str = "
                   nobody clinician coordinator patient carer
open-start         yes    yes       yes         yes     yes
read-health        yes    yes       yes         yes     yes
read-keys          yes    yes       yes         yes     yes
read-file          yes    yes       yes         yes     yes
choose-provider    yes    yes       yes         yes     yes
begin-launch       yes    yes       yes         yes     yes
finish-launch      yes    yes       yes         yes     yes
sign-out           yes    yes       yes         yes     yes
extend-session     –      yes       yes         yes     yes
read-session       –      yes       yes         yes     yes
keep-typed         yes    yes       yes         yes     yes
read-plan          –      yes       yes         yes     yes
read-plan-data     –      yes       yes         yes     yes
follow-events      –      yes       yes         yes     yes
read-goal          –      yes       yes         yes     yes
change-goal        –      yes       yes         yes     –
read-sources       –      yes       yes         yes     yes
connect-source     –      yes       yes         yes     yes
retry-source       –      yes       yes         yes     yes
disconnect-source  –      yes       yes         yes     yes
confirm-person     –      yes       yes         yes     yes
join-persons       –      yes       yes         yes     –
split-person       –      yes       yes         yes     –
open-panel         –      –         yes         –       –
open-person        –      –         yes         –       –
read-consents      –      yes       yes         yes     yes
give-consent       –      –         –           yes     –
revoke-consent     –      –         –           yes     –
read-audit         –      –         –           yes     –
read-shared-plan   –      yes       yes         yes     yes
write-shared-plan  –      yes       yes         –       –
sign-shared-plan   –      yes       yes         yes     –
report-progress    –      yes       yes         yes     yes
answer-goal        –      yes       yes         yes     yes
add-concern        –      yes       yes         yes     yes
decide-issue       –      yes       yes         yes     –
call-care-plan-service yes    yes       yes         yes     yes
";

fn viewer(role: Role) -> Viewer {
    Viewer { user: None, role, name: None, fhir_user: None }
}

fn context(launch: LaunchOf, way: Way) -> Context {
    Context { session: true, launch, way }
}

fn own_launch() -> Context {
    context(LaunchOf::ThisSession, Way::OwnGrant)
}

#[test]
fn the_policy_is_this_table() {
    let mut table = String::from("\n                   nobody clinician coordinator patient carer\n");
    for operation in Operation::ALL {
        let stranger = Context { session: false, launch: LaunchOf::Another, way: Way::OwnGrant };
        let word = |decision| if decision == Decision::Allowed { "yes" } else { "–" };
        let mut row = format!("{:<18} {:<6}", operation.code(), word(decide(None, operation, &stranger)));
        for (role, width) in ROLES.into_iter().zip([9, 11, 7, 5]) {
            let decision = decide(Some(&viewer(role)), operation, &own_launch());
            row += &format!(" {:<width$}", word(decision));
        }
        table += row.trim_end();
        table.push('\n');
    }
    assert_eq!(table, TABLE, "\n{table}");
}

#[test]
fn a_carer_joined_two_known_persons_whom_no_carer_may_part_again() {
    for role in ROLES {
        let may = |operation| decide(Some(&viewer(role)), operation, &own_launch()) == Decision::Allowed;
        assert_eq!(may(Operation::JoinPersons), may(Operation::SplitPerson), "{role:?}");
    }
}

#[test]
fn every_operation_has_one_word() {
    let mut words: Vec<_> = Operation::ALL.map(Operation::code).to_vec();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Operation::ALL.len());
    for operation in Operation::ALL {
        assert_eq!(serde_json::to_value(operation).unwrap(), operation.code());
    }
}

#[test]
fn a_launch_of_somebody_else_is_refused_alike_for_every_role() {
    for operation in Operation::ALL {
        let refusals =
            ROLES.map(|role| decide(Some(&viewer(role)), operation, &context(LaunchOf::Another, Way::OwnGrant)));
        let open = decide(None, operation, &Context { session: true, ..context(LaunchOf::Another, Way::None) });
        match refusals[0] {
            Decision::Allowed => assert_eq!(open, Decision::Allowed, "{}", operation.code()),
            Decision::Refused(why) => assert!(why.is_hidden(), "{}", operation.code()),
        }
        assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "{}", operation.code());
    }
}

#[test]
fn without_a_session_a_user_is_nobody() {
    for operation in Operation::ALL {
        for role in ROLES {
            let ended = Context { session: false, ..own_launch() };
            assert_eq!(decide(Some(&viewer(role)), operation, &ended), decide(None, operation, &ended));
        }
    }
}

#[test]
fn no_record_is_read_or_opened_without_a_way_that_stands() {
    let reads = [
        Operation::ReadPlan,
        Operation::ReadPlanData,
        Operation::FollowEvents,
        Operation::ReadGoal,
        Operation::ChangeGoal,
        Operation::ReadSources,
        Operation::RetrySource,
        Operation::ConfirmPerson,
        Operation::JoinPersons,
        Operation::ReadConsents,
        Operation::ReadSharedPlan,
        Operation::WriteSharedPlan,
        Operation::SignSharedPlan,
        Operation::ReportProgress,
        Operation::AnswerGoal,
        Operation::AddConcern,
        Operation::DecideIssue,
        Operation::OpenPerson,
    ];
    let coordinator = viewer(Role::Coordinator);
    for operation in Operation::ALL {
        let decisions = WAYS.map(|way| decide(Some(&coordinator), operation, &context(LaunchOf::ThisSession, way)));
        if reads.contains(&operation) {
            let none = Decision::Refused(Why::NoConsent);
            assert_eq!(decisions, [Decision::Allowed, Decision::Allowed, Decision::Allowed, none]);
        } else {
            assert!(decisions.iter().all(|decision| *decision == decisions[0]), "{}", operation.code());
        }
    }
}

#[test]
fn a_grant_that_was_shared_with_the_care_team_opens_nothing_for_others() {
    for (role, decision) in ROLES.into_iter().zip([
        Decision::Allowed,
        Decision::Allowed,
        Decision::Refused(Why::NoConsent),
        Decision::Refused(Why::NoConsent),
    ]) {
        let shared = context(LaunchOf::ThisSession, Way::SharedGrant);
        assert_eq!(decide(Some(&viewer(role)), Operation::ReadPlan, &shared), decision, "{role:?}");
    }
}

#[test]
fn by_each_way_each_role_reads_and_writes_what_this_table_says() {
    let mut table = String::new();
    for way in BY_TOKEN {
        for (operation, letter) in [
            (Operation::ReadSharedPlan, 'r'),
            (Operation::WriteSharedPlan, 'w'),
            (Operation::SignSharedPlan, 's'),
            (Operation::ReportProgress, 'p'),
            (Operation::AnswerGoal, 'a'),
            (Operation::AddConcern, 'c'),
            (Operation::DecideIssue, 'd'),
        ] {
            let of = |role: &Role| {
                let decision = decide(Some(&viewer(*role)), operation, &context(LaunchOf::ThisSession, way));
                if decision == Decision::Allowed { letter } else { '-' }
            };
            table.extend(ROLES.iter().map(of));
            table.push(' ');
        }
        table = format!("{}\n", table.trim_end());
    }
    // Clinician, coordinator, patient, carer; by their own grant, what is shared, the tenant's registration at a source,
    // treatment, a program's registration, and no way.
    let expected = "\
rrrr ww-- sss- pppp aaaa cccc ddd-
rr-- ww-- ss-- pp-- aa-- cc-- dd--
rrrr ww-- sss- pppp aaaa cccc ddd-
r--- w--- s--- p--- a--- c--- d---
rrrr ww-- ---- pppp ---- cccc ----
---- ---- ---- ---- ---- ---- ----
";
    assert_eq!(table, expected, "\n{table}");
}

#[test]
fn a_program_does_nothing_that_counts_as_somebodys_own_word() {
    for operation in Operation::ALL {
        let by_itself =
            decide(Some(&viewer(Role::Coordinator)), operation, &context(LaunchOf::ThisSession, Way::Registration));
        let open = decide(None, operation, &Context { session: false, ..context(LaunchOf::Nobody, Way::None) });
        let may = matches!(
            operation,
            Operation::ReadSharedPlan | Operation::WriteSharedPlan | Operation::ReportProgress | Operation::AddConcern
        );
        // What needs a session of a browser only is no matter of programs.
        let of_browsers = matches!(operation, Operation::ExtendSession | Operation::ReadSession);
        let expected = may || open == Decision::Allowed || of_browsers;
        assert_eq!(by_itself == Decision::Allowed, expected, "{}", operation.code());
    }
}
