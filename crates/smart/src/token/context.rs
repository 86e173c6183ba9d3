//! What a token answer says about the launch besides the tokens (checklist section 5).

use serde_json::Value;
use url::Url;

use super::answer::is_id;
use crate::document::Document;

/// What the source had open when it launched. A picture of that moment: when the chart moves on, nobody tells us (C1).
///
/// `tenant` is not among it, and neither is any name that we do not know: which tenant this is, the registry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaunchContext {
    /// `Encounter` id at this source, where the EHR has one open.
    pub encounter: Option<String>,
    /// False only where the EHR said so: anything else means that we show the patient.
    pub need_patient_banner: bool,
    /// Other resources that are open. Never says who the patient is.
    pub fhir_context: Vec<ContextItem>,
    /// What the user wants to do, where it is something that we know.
    pub intent: Option<Intent>,
    /// Where the EHR describes its looks. Kept only; nothing is fetched from there.
    pub style_url: Option<Url>,
    /// Grants for several servers at once (RFC 9396, experimental). Read only; nothing is asked for by it (T11).
    pub authorization_details: Vec<AuthorizationDetail>,
}

/// One resource that the source has open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContextItem {
    /// Where it is, such as `ImagingStudy/123`.
    pub reference: Option<String>,
    /// Its canonical address.
    pub canonical: Option<String>,
    /// Its identifier: system and value.
    pub identifier: Option<(Option<String>, String)>,
    /// Its type, where it is said.
    pub kind: Option<String>,
    /// What it is there for; `launch` where nothing is said.
    pub role: String,
}

/// What a user can want to do. The values are agreed with whoever configures the EHR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// See the plan.
    Plan,
    /// See where the plan comes from.
    Sources,
}

impl Intent {
    /// Reads the free text of an EHR; `None`, and so the usual screen, for what we do not know.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "plan" | "care-plan" | "summary-timeline-view" => Some(Self::Plan),
            "sources" => Some(Self::Sources),
            _ => None,
        }
    }
}

/// One server that a grant covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorizationDetail {
    /// FHIR bases.
    pub locations: Vec<String>,
    /// FHIR versions.
    pub fhir_versions: Vec<String>,
    /// Scopes there.
    pub scope: Option<String>,
    /// Patient id there.
    pub patient: Option<String>,
}

/// No list of a source is read further than this.
const MOST: usize = 100;

impl LaunchContext {
    /// Reads the context. What cannot be read is left out: nothing of it is needed for the launch.
    pub(super) fn of(document: &Document) -> Self {
        let list = |field| document.0.get(field).and_then(Value::as_array).into_iter().flatten().take(MOST);
        let style = document.text("smart_style_url").filter(|text| text.len() <= 2048);
        Self {
            encounter: document.text("encounter").filter(|text| is_id(text)).map(str::to_owned),
            need_patient_banner: document.0.get("need_patient_banner") != Some(&Value::Bool(false)),
            fhir_context: list("fhirContext").filter_map(ContextItem::of).collect(),
            intent: document.text("intent").and_then(Intent::parse),
            style_url: style
                .and_then(|text| Url::parse(text).ok())
                .filter(|url| matches!(url.scheme(), "https" | "http")),
            authorization_details: list("authorization_details").filter_map(AuthorizationDetail::of).collect(),
        }
    }
}

impl ContextItem {
    /// Reads one item: an object since 2.1, a bare reference in 2.0.
    fn of(value: &Value) -> Option<Self> {
        if let Some(reference) = value.as_str() {
            return Some(Self { reference: short(reference), role: "launch".to_owned(), ..Self::default() });
        }
        let text = |field: &str| short(value.get(field)?.as_str()?);
        let identifier = value.get("identifier").and_then(|identifier| {
            let system = identifier.get("system").and_then(Value::as_str).and_then(short);
            Some((system, short(identifier.get("value")?.as_str()?)?))
        });
        let item = Self {
            reference: text("reference"),
            canonical: text("canonical"),
            identifier,
            kind: text("type"),
            role: text("role").unwrap_or_else(|| "launch".to_owned()),
        };
        let says_what = item.reference.is_some() || item.canonical.is_some() || item.identifier.is_some();
        says_what.then_some(item)
    }
}

impl AuthorizationDetail {
    fn of(value: &Value) -> Option<Self> {
        if value.get("type")?.as_str()? != "smart_on_fhir" {
            return None;
        }
        let texts = |field: &str| {
            let list = value.get(field).and_then(Value::as_array).into_iter().flatten().take(MOST);
            list.filter_map(Value::as_str).filter_map(short).collect()
        };
        Some(Self {
            locations: texts("locations"),
            fhir_versions: texts("fhirVersions"),
            scope: value.get("scope").and_then(Value::as_str).and_then(short),
            patient: value.get("patient").and_then(Value::as_str).filter(|text| is_id(text)).map(str::to_owned),
        })
    }
}

/// A text that is not empty and not endless.
fn short(text: &str) -> Option<String> {
    (1..=2048).contains(&text.len()).then(|| text.to_owned())
}
