//! What must not be done: `doNotPerform` of a request and of an activity that a plan describes (R4, a modifier element:
//! who does not read it reads the opposite).

use std::collections::BTreeSet;

use fhir::{Many, Maybe, Resource};
use serde::Deserialize;

/// What the title of such an intervention begins with.
pub(crate) const DO_NOT: &str = "Do not: ";

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Asked {
    do_not_perform: Maybe<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Plan {
    activity: Many<Activity>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Activity {
    detail: Maybe<Asked>,
}

/// True for a request that asks that something is not done.
pub(super) fn request(resource: &Resource) -> bool {
    // Few say so, and the others need not be read again.
    resource.r4().contains("\"doNotPerform\"") && resource.read::<Asked>().do_not_perform.0 == Some(true)
}

/// Positions of the activities of a plan that say what is not to be done.
pub(super) fn activities(plan: &Resource) -> BTreeSet<usize> {
    if !plan.r4().contains("\"doNotPerform\"") {
        return BTreeSet::new();
    }
    let activities = plan.read::<Plan>().activity.0.into_iter().enumerate();
    let not = |activity: &Activity| activity.detail.as_ref().is_some_and(|asked| asked.do_not_perform.0 == Some(true));
    activities.filter(|(_, activity)| not(activity)).map(|(at, _)| at).collect()
}

/// The title, which says so.
pub(super) fn title(title: String, do_not_perform: bool) -> String {
    if do_not_perform { format!("{DO_NOT}{title}") } else { title }
}
