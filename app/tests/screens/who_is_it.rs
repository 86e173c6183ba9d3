//! Is it the same person? The question, the page that takes a record out, and what the page of the sources offers.

use std::sync::Arc;

use app::desk::Answer;
use app::pages::{SplitSheet, confirm_document, sources_document, split_document};
use app::who::{
    Described, IdentifierKind, Known, Missing, PersonQuestion, Raised, Tie, Ties, WHO_IS_IT, WhoTold, Withheld,
};
use care_plan::snapshot::Source;
use fhir::{Patient, SourceId};
use serde_json::{Value, json};

use crate::support::{Desk, draw, picture};

fn described(id: &str, name: &str, patient: Value) -> Described {
    let patient: Patient = serde_json::from_str(&patient.to_string()).expect("a Patient");
    Described::of(Source { id: SourceId::new(id), name: name.to_owned(), tag: "XX".to_owned(), base: None }, &patient)
}

fn question() -> PersonQuestion {
    let mr = json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" }] });
    PersonQuestion {
        id: "q1".to_owned(),
        own: described(
            "valley-ehr",
            "Valley Primary Care",
            json!({
                "name": [{ "family": "Vega-Thornton", "given": ["Marisol"] }, { "use": "maiden", "family": "Vega" }],
                "birthDate": "1957-05-23", "gender": "female",
                "identifier": [{ "type": mr, "value": "VPC-204-8871" }, { "value": "123" }],
                "address": [{ "city": "Cedar Hollow" }],
            }),
        ),
        other: described(
            "nephrology",
            "Nephrology Associates",
            json!({ "name": [{ "family": "Vega Thornton", "given": ["<b>Marisol</b>"] }], "birthDate": "1975-05-23" }),
        ),
        raised: Raised::SignIn,
        of_another: false,
        withheld: None,
    }
}

async fn confirm(question: PersonQuestion, missing: Option<Missing>) -> String {
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    draw(Some(desk), move || confirm_document(question.clone(), missing)).await.html.replace("<!>", "")
}

async fn sources(desk: Desk, answer: Option<Answer>) -> String {
    draw(Some(Arc::new(desk)), move || sources_document(answer.clone())).await.html.replace("<!>", "")
}

#[tokio::test]
async fn a_question_about_somebody_found_says_so_and_promises_no_sign_in_back() {
    let html = confirm(PersonQuestion { raised: Raised::Search, ..question() }, None).await;
    assert!(html.contains("asked there who this person is. Nephrology Associates named one record"), "{html}");
    assert!(html.contains("You are not asked again while this plan is open."), "{html}");
    assert!(!html.contains("sign-in there is given back"), "{html}");
    let html = confirm(question(), None).await;
    assert!(html.contains("sign-in there is given back") && !html.contains("named one record"), "{html}");
}

#[tokio::test]
async fn p9_the_question_shows_both_records_and_says_what_differs_in_words() {
    let html = confirm(question(), None).await;
    let table = &html[html.find("class=\"side\"").expect("the comparison")..];
    let table = &table[..table.find("</table>").expect("its end")];
    for words in [
        "VEGA-THORNTON, Marisol",
        "VEGA (name before marriage)",
        "VEGA THORNTON, &lt;b&gt;Marisol&lt;/b&gt;",
        "23-May-1957",
        "23-May-1975",
        "Different: given names",
        ">Different</td>",
        ">Cannot be compared</td>",
        "MRN ending in 871",
        "Cedar Hollow",
        "Not recorded",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(!html.contains("VPC-204") && !html.contains(">123<"), "no whole number");
}

#[tokio::test]
async fn p9_nothing_is_chosen_beforehand_and_yes_has_a_box_of_its_own() {
    let html = confirm(question(), None).await;
    assert!(!html.contains("\" checked") && !html.contains("checked="));
    for words in [
        "value=\"yes\"",
        "value=\"no\"",
        "value=\"unknown\"",
        "I have checked it with the person or the records",
        "Nothing has been joined yet",
        "action=\"/l/07070707070707070707070707070707/confirm/q1\"",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let told = confirm(question(), Some(Missing::Check)).await;
    assert!(told.contains("is taken only with the box below it checked"));
}

#[tokio::test]
async fn a_sign_in_without_a_name_cannot_join_two_persons_that_are_known() {
    let html =
        confirm(PersonQuestion { of_another: true, withheld: Some(Withheld::Nameless), ..question() }, None).await;
    assert!(!html.contains("value=\"yes\"") && html.contains("did not say who you are"));
    assert!(html.contains("keeps the other record as that of another person"));
}

#[tokio::test]
async fn a_carer_is_told_who_says_yes_about_two_known_persons() {
    let html = confirm(PersonQuestion { of_another: true, withheld: Some(Withheld::Carer), ..question() }, None).await;
    assert!(!html.contains("value=\"yes\"") && html.contains("value=\"no\""));
    assert!(html.contains("by the person or by a clinician") && html.contains("as a carer you cannot"), "{html}");
}

#[tokio::test]
async fn the_page_that_takes_a_record_out_says_what_ends_and_keeps_what_was_typed() {
    let sheet = SplitSheet {
        source: Source {
            id: SourceId::new("nephrology"),
            name: "Nephrology Associates".into(),
            tag: "NA".into(),
            base: None,
        },
        record: "m1".to_owned(),
        typed: "</textarea><b>no".to_owned(),
        missing: Some(Missing::ShorterReason),
    };
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    let html = draw(Some(desk), move || split_document(sheet.clone())).await.html.replace("<!>", "");
    for words in [
        "Nephrology Associates: not the same person?",
        "from every other open plan of this person",
        "stays in that record: tell Nephrology Associates",
        "&lt;/textarea&gt;&lt;b&gt;no",
        "The reason is too long",
        "action=\"/l/07070707070707070707070707070707/split/nephrology\"",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_record_that_is_not_shared_was_shown_to_the_coordinator_as_confirmed_and_could_be_taken_out() {
    let tie = Tie {
        source: SourceId::new("clinic"),
        patient: "p".to_owned(),
        how: Known::Confirmed,
        when: "2026-11-20T10:00:00Z".parse().expect("a time"),
    };
    let drawn = async |shared: &[&str]| {
        let shared = Some(shared.iter().map(|source| SourceId::new(*source)).collect());
        let ties = Ties { known: vec![tie.clone()], may_split: true, shared };
        let mut picture = picture(str::to_owned);
        let records = &mut Arc::make_mut(&mut picture.snapshot).records;
        let clinic = records.iter_mut().find(|record| record.source.id == tie.source).expect("not connected");
        clinic.patient = None;
        sources(Desk { ties, ..Desk::over(picture) }, None).await
    };
    let html = drawn(&[]).await;
    assert!(html.contains("they do not share with the care team"), "{html}");
    assert!(!html.contains("Confirmed as the same person") && !html.contains("/split/clinic"), "{html}");
    let html = drawn(&["clinic"]).await;
    assert!(html.contains("its own system may have ended the access"), "{html}");
    assert!(!html.contains("do not share") && !html.contains("/split/clinic"), "{html}");
}

#[tokio::test]
async fn a_joined_record_says_how_it_is_known_and_can_be_taken_out_but_never_the_plans_own() {
    let tie = |source: &str| Tie {
        source: SourceId::new(source),
        patient: "p".to_owned(),
        how: Known::Confirmed,
        when: "2026-11-20T10:00:00Z".parse().expect("a time"),
    };
    let known = Ties { known: vec![tie("valley-ehr"), tie("nephrology")], may_split: true, shared: None };
    let html = sources(Desk { ties: known.clone(), ..Desk::over(picture(str::to_owned)) }, None).await;
    let launch = "/l/07070707070707070707070707070707";
    assert!(html.contains(&format!("href=\"{launch}/split/nephrology\"")));
    assert!(html.contains(&format!("action=\"{launch}/disconnect/nephrology\"")));
    assert!(html.contains("Confirmed as the same person with both records shown"));
    assert!(!html.contains("split/valley-ehr") && !html.contains("disconnect/valley-ehr"));
    assert!(html.contains("The plan was opened from this record"));
    let html =
        sources(Desk { ties: Ties { may_split: false, ..known }, ..Desk::over(picture(str::to_owned)) }, None).await;
    assert!(!html.contains("/split/"), "a carer cannot");
}

#[tokio::test]
async fn another_spelling_is_shown_with_its_record_and_not_asked() {
    let html = sources(Desk::over(picture(str::to_owned)), None).await;
    let panel = &html[html.find("identity-heading").expect("the panel")..];
    assert!(panel.contains("<strong>different: family name</strong>"), "{panel}");
}

#[tokio::test]
async fn what_came_of_a_question_is_told_on_the_page_of_the_sources() {
    let told = WhoTold::NotJoined { source_name: "Nephrology Associates".to_owned() };
    let said = serde_json::to_string(&told).ok();
    let answer = Answer { function: WHO_IS_IT.to_owned(), said, typed: Vec::new() };
    let html = sources(Desk::over(picture(str::to_owned)), Some(answer)).await;
    assert!(html.contains("Nothing was joined. The record at Nephrology Associates is not in this plan"));
}

#[test]
fn of_a_short_number_nothing_is_shown() {
    let described = described("a", "A", json!({ "identifier": [{ "value": "12345" }, { "value": "1234567" }] }));
    let kinds = [(IdentifierKind::Unnamed, String::new()), (IdentifierKind::Unnamed, "567".to_owned())];
    assert_eq!(described.identifiers, kinds);
}
