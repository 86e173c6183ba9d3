//! Health concerns.

use jiff::civil::date;
use shared_plan::concern::{Concern, ConcernContent, ConcernStatus, NewConcern, Onset, add, change, move_to};
use shared_plan::plan::Coded;
use shared_plan::ports::Kind;
use shared_plan::{Id, Kept, Version, Who};

use crate::world::*;

fn content(text: &str) -> ConcernContent {
    ConcernContent { description: Coded::text(text), onset: Some(Onset::parse("2019-05")), note: None }
}

fn new(content: ConcernContent, status: ConcernStatus) -> NewConcern {
    NewConcern { tenant: tenant(), person: person(), content, status }
}

fn sore(world: &World, by: &Who) -> Concern {
    add(new(content("Sore feet"), ConcernStatus::Active), &world.act(by, None)).unwrap().entry
}

#[test]
fn what_concerns_the_person_is_told_where_they_or_their_carer_say_it() {
    let world = World::default();
    let mut told = Vec::new();
    for by in [patient(), carer(), clinician(), coordinator()] {
        let added = add(new(content("Sore feet"), ConcernStatus::Active), &world.act(&by, None));
        told.push(entered(&added));
        assert_eq!(added.unwrap().entry.entered_by, by);
    }
    assert_eq!(told, ["v1: concern-added active", "v1: concern-added active", "v1: ", "v1: "]);
}

#[test]
fn a_concern_is_kept_as_a_document_of_its_own_kind() {
    let world = World::default();
    let by = patient();
    let added = add(new(content("Sore feet"), ConcernStatus::Active), &world.act(&by, None)).unwrap();
    let commit = added.commit(&world, None);
    assert_eq!((commit.document.key.kind, commit.seen), (Kind::Concern, None));
    assert_eq!(commit.document.key, added.entry.key());
    assert_eq!((commit.document.version, commit.document.status.as_str()), (Version::FIRST, "active"));
    let event = &commit.events[0];
    assert_eq!((event.kind, &event.document, event.version), (Kind::Concern, &commit.document.key.id, Version::FIRST));
    assert!(commit.parts.is_empty() && commit.dues.is_empty());
    assert_eq!(Concern::from_document(&commit.document).unwrap(), added.entry);
}

#[test]
fn a_concern_that_cannot_stand_is_refused_by_field() {
    let world = World::default();
    let by = patient();
    let try_onset = |onset: &str| {
        let content = ConcernContent { onset: Some(Onset::parse(onset)), ..content("Sore feet") };
        entered(&add(new(content, ConcernStatus::Active), &world.act(&by, None)))
    };
    assert_eq!(try_onset("2026-11-22"), "/onset in-the-future");
    assert_eq!(try_onset("2027"), "/onset in-the-future");
    assert_eq!(try_onset(" "), "/onset empty");
    for fine in ["2026-11-21", "2026", "2026-11", "since I was a child"] {
        assert_eq!(try_onset(fine), "v1: concern-added active", "{fine}");
    }
    let partial = ConcernContent { onset: Some(Onset::Partial("in May".to_owned())), ..content("") };
    let refused = add(new(partial, ConcernStatus::Active), &world.act(&by, None));
    assert_eq!(entered(&refused), "/description empty, /onset not-a-date");
    let began: Vec<&str> = ConcernStatus::ALL
        .into_iter()
        .filter(|status| add(new(content("A"), *status), &world.act(&by, None)).is_ok())
        .map(ConcernStatus::code)
        .collect();
    assert_eq!(began, ["active", "recurrence", "relapse", "inactive", "remission"]);
}

#[test]
fn an_onset_is_read_as_exactly_as_it_was_typed() {
    assert_eq!(Onset::parse(" 2026-11-21 "), Onset::Day(TODAY));
    assert_eq!(Onset::parse("2019-05"), Onset::Partial("2019-05".to_owned()));
    assert_eq!(Onset::parse("2019-05").first_day(), Some(date(2019, 5, 1)));
    assert_eq!(Onset::parse("2019-13"), Onset::Text("2019-13".to_owned()));
    assert_eq!(Onset::parse("long ago").first_day(), None);
}

#[test]
fn a_concern_is_changed_until_it_was_entered_in_error() {
    let world = World::default();
    let by = patient();
    let concern = sore(&world, &by);
    let changed = change(&concern, content("Sore knees"), &world.act(&by, None));
    assert_eq!(entered(&changed), "v2: ");
    let changed = changed.unwrap();
    assert_eq!((changed.seen, changed.entry.id), (Some(Version::FIRST), concern.id));
    assert!(changed.entry.at > concern.at && changed.entry.created == concern.created);
    assert_eq!(entered(&change(&concern, content("Sore feet"), &world.act(&by, None))), "nothing would change");
    assert_eq!(entered(&change(&concern, content(""), &world.act(&by, None))), "/description empty");
    let error = move_to(&concern, ConcernStatus::EnteredInError, &world.act(&by, Some("not me"))).unwrap().entry;
    let late = change(&error, content("B"), &world.act(&by, None));
    assert_eq!(entered(&late), "a concern that is entered-in-error is not changed");
}

#[test]
fn a_concern_moves_along_its_ways_and_gives_its_reasons() {
    let world = World::default();
    let by = clinician();
    for from in ConcernStatus::ALL {
        let concern = Concern { status: from, ..sore(&world, &by) };
        for to in ConcernStatus::ALL {
            let moved = move_to(&concern, to, &world.act(&by, Some("because")));
            let expected = if to == from {
                "nothing would change".to_owned()
            } else if from.may_become(to) {
                "v2: ".to_owned()
            } else {
                format!("a concern that is {} may not become {}", from.code(), to.code())
            };
            assert_eq!(entered(&moved), expected);
            if let Ok(moved) = moved {
                assert_eq!(moved.entry.status_reason.as_deref(), Some("because"));
            }
        }
    }
    let concern = sore(&world, &by);
    let needs: Vec<&str> = ConcernStatus::ALL
        .into_iter()
        .filter(|to| entered(&move_to(&concern, *to, &world.act(&by, None))) == "/reason empty")
        .map(ConcernStatus::code)
        .collect();
    assert_eq!(needs, ["inactive", "resolved", "entered-in-error"]);
    assert_ne!(concern.id, Id::from_random([0; 16]));
}
