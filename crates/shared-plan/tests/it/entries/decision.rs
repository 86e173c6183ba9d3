//! What people settled about detected issues.

use shared_plan::decision::{
    Chosen, Decision, DecisionStatus, Issue, Message, NewDecision, decide, decide_anew, redraft, withdraw,
};
use shared_plan::ports::Kind;
use shared_plan::{EventKind, Kept};

use crate::world::*;

fn issue() -> Issue {
    Issue {
        id: "targets-differ-1".to_owned(),
        code: "targets-differ".to_owned(),
        subject: r#"{"code":"targets-differ"}"#.to_owned(),
        seen: r#"{"sides":[]}"#.to_owned(),
    }
}

fn message() -> Message {
    let to = Some(foreign("Practitioner", "p"));
    Message { to, about: foreign("MedicationRequest", "m"), text: "Please look at the dose".to_owned() }
}

fn new(chosen: Chosen) -> NewDecision {
    NewDecision { tenant: tenant(), person: person(), issue: issue(), chosen, words: None, message: None }
}

#[test]
fn an_issue_is_settled_and_others_are_told() {
    let world = World::default();
    let by = coordinator();
    let made = decide(new(Chosen::Adopted(foreign("Goal", "g1"))), &world.act(&by, Some("newer")));
    assert_eq!(entered(&made), "v1: decision-made in-force");
    let made = made.unwrap();
    assert_eq!((&made.entry.by, made.entry.reason.as_deref()), (&by, Some("newer")));
    let commit = made.commit(&world, None);
    assert_eq!((commit.document.key.kind, commit.document.status.as_str()), (Kind::Decision, "in-force"));
    assert_eq!((commit.events[0].what, commit.events[0].kind), (EventKind::DecisionMade, Kind::Decision));
    assert_eq!(Decision::from_document(&commit.document).unwrap(), made.entry);
}

#[test]
fn a_decision_that_cannot_stand_is_refused_by_field() {
    let world = World::default();
    let by = coordinator();
    let refused = |new: NewDecision| entered(&decide(new, &world.act(&by, None)));
    let mut blind = new(Chosen::Changed);
    blind.issue.seen = String::new();
    blind.issue.code = " ".to_owned();
    assert_eq!(refused(blind), "/issue/code empty, /issue/seen empty");
    assert_eq!(refused(new(Chosen::KeptAsIs)), "/reason empty");
    assert_eq!(refused(new(Chosen::NotAnIssue)), "/reason empty");
    let mut nobody = foreign("Goal", "");
    nobody.display = None;
    assert_eq!(refused(new(Chosen::Adopted(nobody))), "/chosen/adopted/id empty");
    for chosen in [Chosen::Changed, Chosen::AskedTeam] {
        assert_eq!(refused(new(chosen)), "v1: decision-made in-force");
    }
}

#[test]
fn a_prescriber_is_asked_by_a_message_about_a_medication() {
    let world = World::default();
    let by = clinician();
    let asked = |message| NewDecision { message, ..new(Chosen::AskedPrescriber) };
    assert_eq!(entered(&decide(asked(None), &world.act(&by, None))), "/message empty");
    let mut blank = message();
    blank.text = "\n".to_owned();
    blank.about.id = String::new();
    let refused = decide(asked(Some(blank)), &world.act(&by, None));
    assert_eq!(entered(&refused), "/message/text empty, /message/about/id empty");
    let made = decide(asked(Some(message())), &world.act(&by, None)).unwrap().entry;
    let other = Message { text: "Please look at the dose at night".to_owned(), ..message() };
    let redrafted = redraft(&made, other.clone(), &world.act(&by, None));
    assert_eq!(entered(&redrafted), "v2: ");
    let redrafted = redrafted.unwrap().entry;
    assert_eq!((redrafted.message.as_ref(), redrafted.issue), (Some(&other), made.issue.clone()));
    assert_eq!(entered(&redraft(&made, message(), &world.act(&by, None))), "nothing would change");
    let silent = decide(new(Chosen::AskedTeam), &world.act(&by, None)).unwrap().entry;
    assert_eq!(entered(&redraft(&silent, message(), &world.act(&by, None))), "the plan has no such message");
    let back = withdraw(&made, &world.act(&by, Some("called instead"))).unwrap().entry;
    let late = redraft(&back, other, &world.act(&by, None));
    assert_eq!(entered(&late), "a decision that is withdrawn is not changed");
}

#[test]
fn a_decision_is_taken_back_once_and_with_a_reason() {
    let world = World::default();
    let by = clinician();
    let made = decide(new(Chosen::Changed), &world.act(&by, None)).unwrap().entry;
    assert_eq!(entered(&withdraw(&made, &world.act(&by, Some(" ")))), "/reason empty");
    let back = withdraw(&made, &world.act(&by, Some("the records were wrong")));
    assert_eq!(
        entered(&back),
        "v2: decision-withdrawn withdrawn (correction)",
        "who was told that it was settled is told that it is not"
    );
    let back = back.unwrap().entry;
    assert_eq!((back.status, &back.by), (DecisionStatus::Withdrawn, &made.by));
    assert_eq!(
        entered(&withdraw(&back, &world.act(&by, Some("again")))),
        "a decision that is withdrawn may not become withdrawn"
    );
}

#[test]
fn a_person_has_one_decision_about_an_issue_however_it_is_written() {
    let world = World::default();
    let (by, other) = (clinician(), coordinator());
    let first = decide(new(Chosen::Changed), &world.act(&by, None)).unwrap().entry;
    let mut spaced = new(Chosen::AskedTeam);
    spaced.issue.subject = r#"{ "code" : "targets-differ" }"#.to_owned();
    let second = decide(spaced.clone(), &world.act(&other, None)).unwrap().entry;
    assert_eq!(first.id, second.id, "one of them is told that the other was first");
    let anew = decide_anew(&first, spaced, &world.act(&other, Some("asked again")));
    assert_eq!(entered(&anew), "v2: decision-made in-force");
    let anew = anew.unwrap().entry;
    assert_eq!((anew.id, &anew.by, &anew.chosen), (first.id, &other, &Chosen::AskedTeam));
    let mut elsewhere = new(Chosen::Changed);
    elsewhere.issue.subject = r#"{"code":"stages-differ"}"#.to_owned();
    assert_eq!(entered(&decide_anew(&first, elsewhere, &world.act(&by, None))), "/issue/subject points-nowhere");
}

#[test]
fn what_was_taken_back_is_settled_once_more_as_a_later_version() {
    let world = World::default();
    let by = clinician();
    let made = decide(new(Chosen::Changed), &world.act(&by, None)).unwrap().entry;
    let back = withdraw(&made, &world.act(&by, Some("the records were wrong"))).unwrap().entry;
    let words = NewDecision { words: Some("below 7.8 %".to_owned()), ..new(Chosen::Changed) };
    let anew = decide_anew(&back, words, &world.act(&by, Some("agreed"))).unwrap().entry;
    assert_eq!((anew.status, anew.status_reason, anew.version.0), (DecisionStatus::InForce, None, 3));
    assert_eq!(anew.words.as_deref(), Some("below 7.8 %"));
}
