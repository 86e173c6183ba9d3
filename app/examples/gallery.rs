//! Writes every page with invented data to `target/gallery`, for looking at them in a browser:
//! `cargo run -p app --features ssr --example gallery`, after `cargo xtask build` has made the style.

#[path = "../tests/screens/support/mod.rs"]
mod support;

use std::path::Path;
use std::sync::Arc;

use access::Role;
use app::desk::{Answer, GoalAnswer, GoalFields, LaunchDesk, Picture, member_name};
use app::pages::*;
use app::parts::Badge;
use app::sections::{ProviderChoice, ProviderSheet};
use care_plan::plan::ItemId;
use support::{Desk, Drawn, draw, picture, picture_with_issues};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    std::fs::create_dir_all(&folder)?;
    let write = |name: &str, drawn: Drawn| {
        assert!(!drawn.policy.is_empty(), "{name} has no policy");
        let html = drawn.html.replace("/pkg/a.css", "style.css");
        std::fs::write(folder.join(format!("{name}.html")), html)
    };
    let desk = || Arc::new(Desk::over(picture(str::to_owned)));
    let plan = |item: Option<&str>, show: Option<&str>| PlanQuery {
        item: item.map(str::to_owned),
        show: show.map(str::to_owned),
        ..PlanQuery::default()
    };

    let query = plan(None, None);
    write("plan", draw(Some(desk()), move || plan_document(query.clone())).await)?;
    let query = plan(Some("g-hba1c"), None);
    write("plan-lit", draw(Some(desk()), move || plan_document(query.clone())).await)?;
    write(
        "plan-empty",
        draw(Some(Arc::new(Desk::over(Picture::default()))), move || plan_document(PlanQuery::default())).await,
    )?;
    let differing = || Arc::new(Desk::over(picture_with_issues(str::to_owned)));
    write("plan-differing", draw(Some(differing()), || plan_document(PlanQuery::default())).await)?;
    write("reconcile", draw(Some(differing()), || reconcile_document(ReconcileQuery::default(), None)).await)?;
    write("reconcile-none", draw(Some(desk()), || reconcile_document(ReconcileQuery::default(), None)).await)?;
    write("sources", draw(Some(desk()), move || sources_document(None)).await)?;

    let with_goal = desk();
    let sheet = with_goal.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let fields = |value: &str| GoalFields {
        achievement: Some("improving".to_owned()),
        target_value: Some(value.to_owned()),
        due: Some("2027-03-01".to_owned()),
    };
    let said = GoalAnswer::Conflict {
        base: fields("7.5"),
        theirs: fields("8.0"),
        mine: fields("7.0"),
        version: Some("2".to_owned()),
        source_name: "Valley Primary Care".to_owned(),
    };
    let typed = vec![
        ("member".to_owned(), member_name(&with_goal.picture.plan.goals[0].item.members[0].key)),
        ("note".to_owned(), "Too strict for her.".to_owned()),
    ];
    let answer = Answer { function: "save_goal".to_owned(), said: serde_json::to_string(&said).ok(), typed };
    let (plain, conflict) = (sheet.clone(), sheet);
    write("goal", draw(Some(with_goal.clone()), move || goal_document(plain.clone(), None)).await)?;
    write("goal-conflict", draw(Some(with_goal), move || goal_document(conflict.clone(), Some(answer.clone()))).await)?;

    let demo = || {
        [Role::Clinician, Role::Patient, Role::Coordinator].map(|role| DemoLink { role, href: "#".to_owned() }).to_vec()
    };
    let provider = |name: &str, tag: &str, place| ProviderChoice {
        name: name.to_owned(),
        aliases: Vec::new(),
        place: None,
        portal: None,
        signs_in_at: None,
        badge: Badge { name: name.to_owned(), tag: tag.to_owned(), place },
        href: "#".to_owned(),
        connected: false,
    };
    let sheet = move || ProviderSheet {
        action: "/sign-in".to_owned(),
        kept: Vec::new(),
        sought: String::new(),
        choices: vec![provider("Valley Primary Care", "VP", 0), provider("Nephrology Associates", "NA", 1)],
        matching: 2,
    };
    write("start", draw(None, move || start_document(demo(), Vec::new())).await)?;
    write("sign-in", draw(None, move || sign_in_document(sheet(), false)).await)?;
    write("signed-out", draw(None, signed_out_document).await)?;
    write("error", draw(None, || error_document(Trouble::gone())).await)?;
    Ok(())
}
