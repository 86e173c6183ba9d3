//! Each form of the shared plan, without a browser: what it does, what it says of a field that cannot stand, what it keeps.

use crate::support::browser::Page;
use crate::support::form;
use crate::support::world::World;

use super::planned;
use super::stage::{Actor, COORDINATOR, DOCTOR, actor, send, start};

/// The first page below the plan that this one leads to.
async fn first(actor: &Actor, page: &Page, below: &str) -> Page {
    let hrefs = page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let href = hrefs.into_iter().find(|href| href.contains(below) && !href.ends_with("/new"));
    let href = href.unwrap_or_else(|| panic!("{below}: {}", page.text)).to_owned();
    actor.browser.get(&page.url.join(&href).expect("an address")).await
}

/// The value of the choice that reads like this.
fn choice(page: &Page, ending: &str, field: &str, word: &str) -> String {
    let form = page.text.split("<form").find(|form| form.contains(&format!("{ending}\""))).expect(ending);
    let select = form.split(&format!("name=\"{field}\"")).nth(1).expect(field);
    let options = select.split("</select>").next().expect("a select").split("<option value=\"").skip(1);
    let option = options.into_iter().find(|option| option.contains(&format!(">{word}<")));
    let option = option.unwrap_or_else(|| panic!("{word} in {select}"));
    option.split('"').next().expect("a value").to_owned()
}

/// The field that is named as wrong, by its id, with the field's own marks.
#[track_caller]
fn is_named(page: &Page, field: &str, why: &str) {
    let said = format!("id=\"{field}-wrong\"");
    let at = page.text.find(&said).unwrap_or_else(|| panic!("{field} is named: {}", page.text));
    assert!(
        page.text[at..].split("</p>").next().is_some_and(|said| said.contains(why)),
        "{field}: {}",
        &page.text[at..]
    );
    assert!(
        page.text.contains(&format!("aria-describedby=\"{field}-wrong\"")),
        "{field} points at what is wrong with it"
    );
    assert!(page.text.contains("Not saved:"), "it is said at the head of the page");
}

async fn with_activity(actor: &Actor, plan: &Page, typed: &[(&str, &str)]) -> Page {
    let new = actor.below(plan, "activities/new").await;
    let plan = send(actor, &new, "/write/add-activity", typed).await;
    assert!(plan.text.contains("The activity is added."), "{}", plan.text);
    first(actor, &plan, "/activities/").await
}

#[tokio::test]
async fn an_activity_is_added_with_who_does_it_given_to_somebody_else_noted_and_done() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let new = coordinator.below(&plan, "team/new").await;
    let plan = send(&coordinator, &new, "/write/add-member", &[("name", "Ada Moss"), ("role", "nurse")]).await;
    let new = coordinator.below(&plan, "activities/new").await;
    let ada = choice(&new, "/write/add-activity", "member", "Ada Moss");
    let page = with_activity(&coordinator, &plan, &[("description", "Foot exam"), ("member", &ada)]).await;
    assert!(page.text.contains("Ada Moss"), "{}", page.text);

    let nobody = send(&coordinator, &page, "/write/assign-activity", &[("member", "")]).await;
    assert!(nobody.text.contains("Who does it is saved.") && nobody.text.contains("Nobody yet"), "{}", nobody.text);
    let again = send(&coordinator, &nobody, "/write/assign-activity", &[("member", &ada)]).await;
    assert!(again.text.contains("Who does it is saved."), "{}", again.text);
    let same = send(&coordinator, &again, "/write/assign-activity", &[("member", &ada)]).await;
    assert!(same.text.contains("Nothing to save"), "{}", same.text);
    let stranger = send(&coordinator, &same, "/write/assign-activity", &[("member", "somebody")]).await;
    is_named(&stranger, "assign-activity-member", "points at something that is not there");

    let empty = send(&coordinator, &stranger, "/report/note-activity", &[("text", " ")]).await;
    is_named(&empty, "note-activity-text", "must not be empty");
    let noted = send(&coordinator, &empty, "/report/note-activity", &[("text", "Shoes are too tight")]).await;
    assert!(noted.text.contains("The note is added.") && noted.text.contains("Shoes are too tight"), "{}", noted.text);

    let typed = [("day", "2999-01-01"), ("outcome", "All well")];
    let early = send(&coordinator, &noted, "/report/complete-activity", &typed).await;
    is_named(&early, "complete-activity-day", "in the future");
    let kept = form::with_action(&early, "/report/complete-activity").expect("the form");
    assert_eq!((kept.get("day"), kept.get("outcome")), (Some("2999-01-01"), Some("All well")));
    let odd = send(&coordinator, &early, "/report/complete-activity", &[("day", "last week")]).await;
    is_named(&odd, "complete-activity-day", "not a date");
    let done = send(&coordinator, &odd, "/report/complete-activity", &[("day", "2026-01-05")]).await;
    assert!(done.text.contains("The activity is done.") && done.text.contains("All well"), "{}", done.text);
    assert!(form::with_action(&done, "/report/complete-activity").is_none(), "what is done is not done once more");
}

#[tokio::test]
async fn a_goal_is_judged_corrected_moved_and_noted() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let page = coordinator.first_goal(&plan).await;
    assert!(!page.text.contains("Was what was said before a mistake?"), "nothing was said yet");
    let unsaid = send(&coordinator, &page, "/write/judge-goal", &[("reason", "I think")]).await;
    is_named(&unsaid, "judge-goal-achievement", "must not be empty");
    assert_eq!(form::with_action(&unsaid, "/write/judge-goal").expect("the form").get("reason"), Some("I think"));
    let judged = send(&coordinator, &unsaid, "/write/judge-goal", &[("achievement", "achieved")]).await;
    assert!(judged.text.contains("How far the goal is reached is saved."), "{}", judged.text);
    let correction = [("achievement", "improving"), ("correction", "yes"), ("reason", "It was somebody else's value")];
    let corrected = send(&coordinator, &judged, "/write/judge-goal", &correction).await;
    assert!(corrected.text.contains("How far the goal is reached is saved."), "{}", corrected.text);

    let why = send(&coordinator, &corrected, "/write/move-goal", &[("status", "on-hold")]).await;
    is_named(&why, "move-goal-reason", "must not be empty");
    assert_eq!(form::with_action(&why, "/write/move-goal").expect("the form").get("status"), Some("on-hold"));
    let held = send(&coordinator, &why, "/write/move-goal", &[("reason", "In hospital")]).await;
    assert!(held.text.contains("The goal has its new state.") && held.text.contains("In hospital"), "{}", held.text);
    let noted = send(&coordinator, &held, "/report/note-goal", &[("text", "We go on in March.")]).await;
    assert!(noted.text.contains("We go on in March."), "{}", noted.text);
}

#[tokio::test]
async fn a_member_is_changed_and_leaves_and_stays_in_the_list() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let nameless = coordinator.below(&plan, "team/new").await;
    let nameless = send(&coordinator, &nameless, "/write/add-member", &[("role", "nurse")]).await;
    is_named(&nameless, "add-member-name", "must not be empty");
    assert_eq!(form::with_action(&nameless, "/write/add-member").expect("the form").get("role"), Some("nurse"));
    let page = first(&coordinator, &plan, "/team/").await;
    let backwards = [("role", "family doctor"), ("start", "2026-05-01"), ("until", "2026-04-01")];
    let backwards = send(&coordinator, &page, "/write/change-member", &backwards).await;
    is_named(&backwards, "change-member-until", "before the start");
    assert_eq!(
        form::with_action(&backwards, "/write/change-member").expect("the form").get("start"),
        Some("2026-05-01")
    );
    let left = [("start", "2026-01-01"), ("until", "2026-04-01")];
    let plan = send(&coordinator, &backwards, "/write/change-member", &left).await;
    assert!(plan.text.contains("The team is saved.") && plan.text.contains("family doctor"), "{}", plan.text);
    // Who has left is not asked to do anything, and stands in the team.
    let new = coordinator.below(&plan, "activities/new").await;
    let members = new.text.split("name=\"member\"").nth(1).and_then(|rest| rest.split("</select>").next());
    assert_eq!(members.expect("a choice").matches("<option").count(), 1, "nobody is left to choose");
    assert!(first(&coordinator, &plan, "/team/").await.text.contains("family doctor"));
}

#[tokio::test]
async fn a_plan_is_given_back_sent_again_signed_put_in_force_held_and_goes_on() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let nobody = send(&coordinator, &plan, "/write/send-to-review", &[]).await;
    is_named(&nobody, "send-to-review-role", "must not be empty");
    let sent = send(&coordinator, &nobody, "/write/send-to-review", &[("role", "clinician")]).await;
    assert!(sent.text.contains("The plan is in review."), "{}", sent.text);
    let doctor = actor(&world, DOCTOR).await;
    let unsaid = send(&doctor, &doctor.plan().await, "/sign/give-back", &[]).await;
    is_named(&unsaid, "give-back-reason", "must not be empty");
    let back = send(&doctor, &unsaid, "/sign/give-back", &[("reason", "The target is too low")]).await;
    assert!(
        back.text.contains("The plan is given back.") && back.text.contains("The target is too low"),
        "{}",
        back.text
    );
    assert!(!back.text.contains("not signed yet"), "nobody is asked any more: {}", back.text);

    let sent = send(&coordinator, &coordinator.plan().await, "/write/send-to-review", &[("role", "clinician")]).await;
    assert!(form::with_action(&sent, "/write/activate").is_none(), "only what is approved comes into force");
    let signed = send(&doctor, &doctor.plan().await, "/sign/sign", &[]).await;
    assert!(signed.text.contains("You have signed the plan."), "{}", signed.text);
    let active = send(&doctor, &signed, "/write/activate", &[]).await;
    assert!(active.text.contains("The plan is in force."), "{}", active.text);

    let past = send(&doctor, &active, "/write/set-next-review", &[("next", "2001-01-01")]).await;
    is_named(&past, "set-next-review-next", "in the past");
    assert_eq!(form::with_action(&past, "/write/set-next-review").expect("the form").get("next"), Some("2001-01-01"));
    let set = send(&doctor, &past, "/write/set-next-review", &[("next", "2999-05-01")]).await;
    assert!(set.text.contains("The day of the next review is saved."), "{}", set.text);

    let unsaid = send(&doctor, &set, "/write/hold", &[]).await;
    is_named(&unsaid, "hold-reason", "must not be empty");
    let held = send(&doctor, &unsaid, "/write/hold", &[("reason", "In hospital")]).await;
    assert!(held.text.contains("The plan is on hold.") && held.text.contains("In hospital"), "{}", held.text);
    // Whether it is followed and where its review stands are two things.
    let held = send(&doctor, &held, "/write/send-to-review", &[("role", "coordinator")]).await;
    let head = held.text.split("id=\"shared-plan-state\"").nth(1).and_then(|rest| rest.split("</h2>").next());
    let head = head.expect("a heading");
    assert!(head.contains("On hold") && head.contains("In review"), "{head}");
    let on = send(&doctor, &held, "/write/resume", &[]).await;
    assert!(on.text.contains("The plan goes on."), "{}", on.text);
}

#[tokio::test]
async fn closing_names_the_day_that_is_missing_and_keeps_every_answer() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let activity = with_activity(&coordinator, &plan, &[("description", "Foot exam")]).await;
    let id = activity.url.path().rsplit('/').next().expect("an id").to_owned();
    let (open, day) = (format!("open-{id}"), format!("day-{id}"));
    let page = coordinator.below(&plan, "close").await;
    let unsaid = send(&coordinator, &page, "/write/close", &[]).await;
    is_named(&unsaid, "close-to", "Choose one of them.");
    let goal = super::stage::first_named(&page, "ends-");
    let typed = [
        ("to", "revoked"),
        ("reason", "Moved away"),
        (open.as_str(), "completed"),
        (day.as_str(), ""),
        (goal.as_str(), "cancel"),
    ];
    let undated = send(&coordinator, &unsaid, "/write/close", &typed).await;
    is_named(&undated, &format!("close-{day}"), "must not be empty");
    assert_eq!(form::with_action(&undated, "/write/close").expect("the form").get("reason"), Some("Moved away"));
    assert_eq!(undated.text.matches(" checked").count(), 3, "all choices are as they were made: {}", undated.text);
    let typed =
        [("to", "revoked"), (open.as_str(), "completed"), (day.as_str(), "2026-01-05"), (goal.as_str(), "cancel")];
    let closed = send(&coordinator, &undated, "/write/close", &typed).await;
    assert!(closed.text.contains("The plan is closed.") && closed.text.contains("Foot exam"), "{}", closed.text);
}

#[tokio::test]
async fn every_form_of_a_plan_carries_the_version_that_is_shown() {
    let world = World::licensed().await;
    let (coordinator, plan) = planned(&world).await;
    let activity = with_activity(&coordinator, &plan, &[("description", "Foot exam")]).await;
    let plan = send(&coordinator, &coordinator.plan().await, "/write/send-to-review", &[("role", "clinician")]).await;
    let version = plan.text.split("It is version ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a version");
    let pages = [
        coordinator.plan().await,
        actor(&world, DOCTOR).await.plan().await,
        coordinator.first_goal(&plan).await,
        coordinator.browser.get(&activity.url).await,
        first(&coordinator, &plan, "/team/").await,
        coordinator.below(&plan, "goals/new").await,
        coordinator.below(&plan, "activities/new").await,
        coordinator.below(&plan, "team/new").await,
        coordinator.below(&plan, "change").await,
        coordinator.below(&plan, "close").await,
    ];
    let place = super::stage::place(&plan);
    let mut seen = std::collections::BTreeSet::new();
    for page in &pages {
        for form in page.text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            let action = form.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            if !action.contains(&format!("{place}/")) || !form.contains("method=\"post\"") {
                continue;
            }
            seen.insert(action.rsplit('/').next().unwrap_or_default().to_owned());
            let carries = format!("name=\"version\" value=\"{version}\"");
            assert!(form.contains(&carries), "{action} carries version {version}: {form}");
        }
    }
    assert!(seen.len() >= 18, "{seen:?}");
}

#[tokio::test]
async fn somebody_of_a_record_is_pointed_at_themselves_and_not_at_their_team() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    start(&coordinator).await;
    world.settled(&coordinator.page).await;
    let snapshot = world.snapshot(&coordinator.page).expect("open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == "shared-plan").expect("a source");
    let team = record.resources.iter().find(|resource| resource.kind() == "CareTeam").expect("a team");
    let team: serde_json::Value = serde_json::from_str(team.raw()).expect("JSON");
    let members: Vec<&str> = team["participant"]
        .as_array()
        .expect("members")
        .iter()
        .filter_map(|one| one["member"]["reference"].as_str())
        .collect();
    assert!(!members.is_empty(), "{team}");
    for member in members {
        assert!(!member.contains("CareTeam/"), "{member}");
        assert!(
            ["Practitioner", "RelatedPerson", "Organization", "Patient"].iter().any(|kind| member.contains(kind)),
            "{member}"
        );
    }
}
