//! Edits that a source did not take.

use shared_plan::overlay::{
    EditedField, FieldChange, NewOverlay, Overlay, OverlayStatus, lay, lay_anew, mark_taken, revise, withdraw,
};
use shared_plan::ports::Kind;
use shared_plan::{Foreign, Kept, Version};

use crate::world::*;

fn to(field: EditedField, from: &str, to: &str) -> FieldChange {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    FieldChange { field, from: said(from), to: said(to) }
}

fn new(changes: Vec<FieldChange>) -> NewOverlay {
    let target = foreign("Goal", "g1");
    NewOverlay { tenant: tenant(), person: person(), target, target_index: 0, changes, note: None }
}

fn standing(world: &World) -> Overlay {
    let by = clinician();
    let change = to(EditedField::TargetValue, "7.5", "8.0");
    lay(new(vec![change]), &world.act(&by, Some("low sugar at night"))).unwrap().entry
}

#[test]
fn an_edit_that_no_source_took_stands_beside_its_resource() {
    let world = World::default();
    let by = clinician();
    let changes = vec![
        to(EditedField::Achievement, "in-progress", "improving"),
        to(EditedField::TargetValue, "7.5", "8.0"),
        to(EditedField::Due, "2027-03-01", ""),
    ];
    let laid = lay(new(changes), &world.act(&by, Some("low sugar at night")));
    assert_eq!(entered(&laid), "v1: ");
    let laid = laid.unwrap();
    assert_eq!(laid.entry.reason.as_deref(), Some("low sugar at night"));
    assert_eq!(laid.entry.target.version.as_deref(), Some("3"), "the version that was seen");
    assert_eq!(laid.entry.says(EditedField::TargetValue), Some(Some("8.0")));
    assert_eq!(laid.entry.says(EditedField::Due), Some(None));
    let commit = laid.commit(&world, None);
    assert_eq!((commit.document.key.kind, commit.document.status.as_str()), (Kind::Overlay, "standing"));
    assert!(commit.events.is_empty());
    assert_eq!(Overlay::from_document(&commit.document).unwrap(), laid.entry);
}

#[test]
fn an_edit_that_cannot_stand_is_refused_by_field() {
    let world = World::default();
    let by = clinician();
    let refused = |new: NewOverlay| entered(&lay(new, &world.act(&by, None)));
    assert_eq!(refused(new(Vec::new())), "/changes empty");
    assert_eq!(refused(NewOverlay { note: Some(" ".to_owned()), ..new(Vec::new()) }), "/changes empty");
    assert_eq!(refused(NewOverlay { note: Some("call me".to_owned()), ..new(Vec::new()) }), "v1: ");
    let changes = vec![
        to(EditedField::Achievement, "", "great"),
        to(EditedField::TargetValue, "", "eight"),
        to(EditedField::Due, "", "soon"),
        to(EditedField::Due, "2027", "2027"),
    ];
    assert_eq!(
        refused(new(changes)),
        "/changes/0/to not-a-choice, /changes/1/to not-a-number, /changes/2/to not-a-date, /changes/3/field twice, \
         /changes/3/to twice"
    );
    let elsewhere = Foreign { source: String::new(), ..foreign("CarePlan", "p") };
    let change = vec![to(EditedField::Due, "", "2027")];
    assert_eq!(
        refused(NewOverlay { target: elsewhere, ..new(change) }),
        "/target/source empty, /target/kind not-a-choice"
    );
    // What the source said before may be anything.
    assert_eq!(refused(new(vec![to(EditedField::TargetValue, "about seven", "7.5")])), "v1: ");
}

#[test]
fn an_edit_is_edited_once_more_by_whoever_comes_after() {
    let world = World::default();
    let by = coordinator();
    let overlay = standing(&world);
    let change = vec![to(EditedField::TargetValue, "7.0", "8.5")];
    let seen = Some("4".to_owned());
    let revised = revise(&overlay, seen.clone(), change.clone(), None, &world.act(&by, None));
    assert_eq!(entered(&revised), "v2: ");
    let revised = revised.unwrap().entry;
    assert_eq!((revised.target.version.as_deref(), &revised.by, revised.id), (Some("4"), &by, overlay.id));
    assert_eq!(revised.reason, None, "the reason of the edit before is not that of this one");
    let same = revise(&revised, seen.clone(), change.clone(), None, &world.act(&by, None));
    assert_eq!(entered(&same), "nothing would change");
    assert_eq!(entered(&revise(&revised, seen.clone(), Vec::new(), None, &world.act(&by, None))), "/changes empty");
    let taken = mark_taken(&revised, &world.act(&by, None)).unwrap().entry;
    let late = revise(&taken, seen, change, Some("note".to_owned()), &world.act(&by, None));
    assert_eq!(entered(&late), "an overlay that is taken is not changed");
}

#[test]
fn an_overlay_ends_once() {
    let world = World::default();
    let by = clinician();
    let overlay = standing(&world);
    assert_eq!(entered(&withdraw(&overlay, &world.act(&by, None))), "/reason empty");
    let withdrawn = withdraw(&overlay, &world.act(&by, Some("agreed otherwise")));
    assert_eq!(entered(&withdrawn), "v2: ");
    let withdrawn = withdrawn.unwrap().entry;
    assert_eq!((withdrawn.status, withdrawn.version), (OverlayStatus::Withdrawn, Version(2)));
    let edited = (&overlay.by, overlay.edited);
    assert_eq!((&withdrawn.by, withdrawn.edited), edited, "who edited is not who took it back");
    let taken = mark_taken(&overlay, &world.act(&by, None));
    assert_eq!(entered(&taken), "v2: ");
    let taken = taken.unwrap().entry;
    assert_eq!(
        entered(&withdraw(&taken, &world.act(&by, Some("x")))),
        "an overlay that is taken may not become withdrawn"
    );
    assert_eq!(
        entered(&mark_taken(&withdrawn, &world.act(&by, None))),
        "an overlay that is withdrawn may not become taken"
    );
}

#[test]
fn a_source_has_taken_an_edit_when_it_says_all_of_it() {
    let world = World::default();
    let by = clinician();
    let changes = vec![to(EditedField::TargetValue, "7.5", "8.0"), to(EditedField::Due, "2027-03-01", "")];
    let overlay = lay(new(changes), &world.act(&by, None)).unwrap().entry;
    let says = |value: Option<&'static str>, due: Option<&'static str>| {
        overlay.is_in(move |field| match field {
            EditedField::TargetValue => value,
            EditedField::Due => due,
            EditedField::Achievement => Some("improving"),
        })
    };
    assert!(says(Some("8.0"), None));
    assert!(says(Some("8"), None), "a source may write a number in its own way");
    assert!(!says(Some("7.5"), None));
    assert!(!says(Some("8.0"), Some("2027-03-01")));
    assert!(!says(None, None));
    let note = NewOverlay { note: Some("call me".to_owned()), ..new(Vec::new()) };
    let note = lay(note, &world.act(&by, None)).unwrap().entry;
    assert!(!note.is_in(|_| None), "a note is seen by nobody who reads fields");
}

#[test]
fn a_person_has_one_overlay_on_a_target_and_it_is_laid_anew_where_it_ended() {
    let world = World::default();
    let by = clinician();
    let overlay = standing(&world);
    let change = || new(vec![to(EditedField::TargetValue, "7.5", "8.5")]);
    assert_eq!(lay(change(), &world.act(&by, None)).unwrap().entry.id, overlay.id);
    let other = lay(NewOverlay { target_index: 1, ..change() }, &world.act(&by, None)).unwrap().entry;
    assert_ne!(other.id, overlay.id);
    let stands = lay_anew(&overlay, change(), &world.act(&by, None));
    assert_eq!(entered(&stands), "an overlay that is standing may not become standing");
    let back = withdraw(&overlay, &world.act(&by, Some("agreed otherwise"))).unwrap().entry;
    let anew = lay_anew(&back, change(), &world.act(&by, None)).unwrap().entry;
    assert_eq!((anew.id, anew.version, anew.status), (overlay.id, Version(3), OverlayStatus::Standing));
    let elsewhere = NewOverlay { target_index: 1, ..change() };
    assert_eq!(entered(&lay_anew(&back, elsewhere, &world.act(&by, None))), "/target points-nowhere");
}
