//! JSON Patch.

use serde_json::json;

use crate::harness::{Answered, Ehr};

async fn patch(ehr: &Ehr, body: &str, headers: &[(&str, &str)]) -> Answered {
    let mut all = vec![("content-type", "application/json-patch+json")];
    all.extend_from_slice(headers);
    ehr.send("PATCH", "/Goal/ada-goal", &all, Some(body.to_owned())).await
}

#[tokio::test]
async fn a_patch_changes_the_named_place_and_keeps_number_text() {
    let ehr = Ehr::peopled();
    let body = r#"[{"op":"add","path":"/target/0/detailQuantity","value":{"value":7.50,"unit":"%"}}]"#;
    let answer = patch(&ehr, body, &[("if-match", "W/\"1\"")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "W/\"2\""));
    assert!(
        answer.text.contains(r#"{"dueDate":"2027-03-31","detailQuantity":{"value":7.50,"unit":"%"}}"#),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_patch_that_is_stale_or_does_not_apply_changes_nothing() {
    let ehr = Ehr::peopled();
    let good = r#"[{"op":"replace","path":"/lifecycleStatus","value":"completed"}]"#;
    patch(&ehr, good, &[("if-match", "W/\"4\"")]).await.refused(412);
    for bad in [
        r#"[{"op":"replace","path":"/lifecycleStatus","value":"completed"},{"op":"test","path":"/lifecycleStatus","value":"active"}]"#,
        r#"[{"op":"remove","path":"/nothing"}]"#,
        r#"[{"op":"replace","path":"/id","value":"other"}]"#,
        r#"[{"op":"replace","path":"/resourceType","value":"Condition"}]"#,
    ] {
        patch(&ehr, bad, &[]).await.refused(422);
    }
    patch(&ehr, r#"{"op":"remove"}"#, &[]).await.refused(400);
    ehr.write("PATCH", "/Goal/ada-goal", &json!([]), &[]).await.refused(415);
    let after = ehr.get("/Goal/ada-goal").await;
    assert_eq!((after.header("etag"), &after.body["lifecycleStatus"]), ("W/\"1\"", &json!("active")));
}
