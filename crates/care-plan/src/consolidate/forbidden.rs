//! What must not be done: `doNotPerform` of a request and of an activity that a plan describes (R4, a modifier element:
//! who does not read it reads the opposite).

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

/// True for an activity of a plan that says what is not to be done.
pub(super) fn activity(plan: &Resource, at: usize) -> bool {
    let asked = || plan.read::<Plan>().activity.get(at)?.detail.as_ref()?.do_not_perform.0;
    plan.r4().contains("\"doNotPerform\"") && asked() == Some(true)
}

/// The title, which says so.
pub(super) fn title(title: String, do_not_perform: bool) -> String {
    if do_not_perform { format!("{DO_NOT}{title}") } else { title }
}
