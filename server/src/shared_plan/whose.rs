//! Whether a write is still for the person on the screen: the launch's own source is asked once more who its Patient is.
//!
//! What was read when the launch was opened may be hours old, and records are merged meanwhile. A source that cannot be
//! asked stops nothing: then stands what it said when the launch was opened, as for everything else that is shown.

use std::time::Duration;

use access::person::likeness::{Facts, Likeness, compare};
use app::desk::Picture;
use app::desk::shared_plan::PlanAnswer;
use fhir::{Patient, Resource, SourceId};

use crate::rooms::Room;

/// How long somebody waits for it, who has just sent a form.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why nothing is written for this Patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// It is not known who they are.
    Unknown,
    /// Their source has put another Patient in their place (`link.replaced-by`).
    Replaced,
    /// Their source does not use the record any more (`active`).
    Inactive,
    /// Their source describes somebody else than when the launch was opened.
    SomebodyElse,
}

impl Doubt {
    fn words(self) -> &'static str {
        match self {
            Self::Unknown => "it is not known any more whose record this is. Close this and open the person once more.",
            Self::Replaced => {
                "this record was merged into another one where it is kept. Close this, and open the person there once more: you will come to the record that stands."
            }
            Self::Inactive => {
                "this record is not in use any more where it is kept. Close this, and open the person there once more by the record that is."
            }
            Self::SomebodyElse => {
                "the record describes somebody else than when it was opened: name or birth date differ. Close this, and see there whose record it is."
            }
        }
    }
}

/// What a form is told where nothing may be written for the launch's Patient; `None` where it may.
pub async fn withheld(room: &Room, picture: &Picture) -> Option<PlanAnswer> {
    let doubt = doubt(room, picture).await?;
    tracing::warn!(launch = %room.launch.id, ?doubt, "nothing is written for a Patient in doubt");
    // The pages of the launch shall say so too.
    room.reading.retry(&SourceId::new(room.launch.source.as_str()));
    Some(PlanAnswer::NotNow { why: doubt.words().to_owned() })
}

async fn doubt(room: &Room, picture: &Picture) -> Option<Doubt> {
    if !room.is_known(picture) {
        return Some(Doubt::Unknown);
    }
    let source = SourceId::new(room.launch.source.as_str());
    judge(room.described.get()?, &asked_again(room, &source).await?)
}

/// The Patient as the source has them now; `None` where it could not be asked.
async fn asked_again(room: &Room, source: &SourceId) -> Option<Resource> {
    let fhir = room.reading.server(source)?;
    match tokio::time::timeout(PATIENCE, fhir.read("Patient", &room.launch.patient)).await {
        Ok(Ok(found)) => Some(found.resource),
        Ok(Err(error)) => {
            tracing::warn!(%source, %error, "a Patient could not be read once more before a write");
            None
        }
        Err(_) => None,
    }
}

fn judge(before: &Facts, now: &Resource) -> Option<Doubt> {
    let patient: Patient = now.read();
    if patient.link.iter().any(|link| link.link_type.as_deref() == Some("replaced-by")) {
        return Some(Doubt::Replaced);
    }
    if *patient.active == Some(false) {
        return Some(Doubt::Inactive);
    }
    let now = Facts::of(&patient);
    // One and the same record that says too little to be compared is not in doubt for that.
    let tell = before.tell_who() && now.tell_who();
    (tell && matches!(compare(before, &now), Likeness::Different(_))).then_some(Doubt::SomebodyElse)
}

#[cfg(test)]
mod tests {
    use access::person::likeness::Facts;
    use fhir::{Resource, SourceId};
    use serde_json::{Value, json};

    use super::{Doubt, judge};

    fn patient(more: &Value) -> Resource {
        let mut patient = json!({ "resourceType": "Patient", "id": "1", "birthDate": "1957-03-02",
            "name": [{ "family": "Vasquez", "given": ["Marisol"] }] });
        for (name, value) in more.as_object().into_iter().flatten() {
            patient[name] = value.clone();
        }
        Resource::parse(&SourceId::new("valley-ehr"), &patient.to_string()).expect("a Patient")
    }

    #[test]
    fn a_patient_that_was_merged_retired_or_became_somebody_else_is_in_doubt() {
        let opened = Facts::of(&patient(&json!({})).read());
        for (now, doubt) in [
            (json!({}), None),
            (json!({ "active": true, "telecom": [{ "value": "555" }] }), None),
            (json!({ "link": [{ "type": "seealso" }, { "type": "replaces" }] }), None),
            (
                json!({ "link": [{ "type": "replaced-by", "other": { "reference": "Patient/2" } }] }),
                Some(Doubt::Replaced),
            ),
            (json!({ "active": false }), Some(Doubt::Inactive)),
            (json!({ "birthDate": "1988-01-01" }), Some(Doubt::SomebodyElse)),
            (json!({ "name": [{ "family": "Okafor", "given": ["Ruth"] }] }), Some(Doubt::SomebodyElse)),
            (json!({ "name": [{ "family": "VÁSQUEZ", "given": ["Marisol", "A."] }] }), None),
            (json!({ "name": [], "birthDate": null }), None),
        ] {
            assert_eq!(judge(&opened, &patient(&now)), doubt, "{now}");
        }
    }
}
