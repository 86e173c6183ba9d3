//! Lies of the list of brands: about which provider is behind which FHIR server.

use axum::response::Response;
use serde_json::{Value, json};

use super::{
    accomplices::COLLECTOR,
    genuine::{Genuine, bottomless, elsewhere, login_page, status_500},
    layer::Liar,
    ways::ways,
};

const SCRIPT: &str = "</title></textarea><script>alert('hostile')</script>";
/// More organisations than anybody reads.
const MANY: usize = 2_000;

ways! {
    /// Ways in which the list of brands can be wrong.
    BrandsWay {
        /// Nothing comes; the connection stays open.
        Never = "never",
        /// The server is down.
        Status500 = "status-500",
        /// A page comes instead of the list.
        Html = "html",
        /// The list leads to another EHR's.
        Redirect = "redirect",
        /// The list is a search result.
        NotACollection = "not-a-collection",
        /// The list is nested a hundred thousand deep.
        Bottomless = "bottomless",
        /// The list is followed by ten megabytes of nothing.
        TenMegabytes = "ten-megabytes",
        /// The list breaks off in the middle.
        Truncated = "truncated",
        /// The list is empty.
        Empty = "empty",
        /// Two thousand organisations are listed, each at this EHR.
        Many = "many",
        /// Every name is a script.
        ScriptInNames = "script-in-names",
        /// The portals' pages are scripts.
        ScriptPortals = "script-portals",
        /// The FHIR servers are a collector's.
        EndpointAtCollector = "endpoint-at-collector",
        /// Every brand leads to this EHR, whoever it is.
        EveryBrandIsMine = "every-brand-is-mine",
    }
}

impl BrandsWay {
    pub(super) async fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let mut list = genuine.json();
        match self {
            Self::Never => return std::future::pending().await,
            Self::Status500 => return status_500(),
            Self::Html => return login_page(),
            Self::Redirect => return elsewhere(&format!("{}{}", liar.peer().issuer, crate::brands::PATH)),
            Self::NotACollection => return genuine.with("type", "searchset"),
            Self::Bottomless => return bottomless(),
            Self::TenMegabytes => return genuine.ten_megabytes(),
            Self::Truncated => return genuine.truncated(),
            Self::Empty => return genuine.without("entry"),
            Self::Many => {
                let mut first = |kind: &str| each(&mut list, kind).next().map(|resource| resource.clone());
                let organization = first("Organization").unwrap_or_default();
                let mut endpoint = first("Endpoint").unwrap_or_default();
                endpoint["address"] = json!(format!("{}/fhir", liar.issuer()));
                let mut entries = vec![json!({ "resource": endpoint })];
                for number in 0..MANY {
                    let mut another = organization.clone();
                    another["name"] = json!(format!("Clinic {number}"));
                    entries.push(json!({ "resource": another }));
                }
                return genuine.with("entry", entries);
            }
            Self::ScriptInNames => {
                for organization in each(&mut list, "Organization") {
                    organization["name"] = json!(SCRIPT);
                    organization["alias"] = json!([SCRIPT, "<img src=x onerror=alert(1)>"]);
                    organization["address"] = json!([{ "city": SCRIPT, "state": SCRIPT }]);
                }
            }
            Self::ScriptPortals => {
                for organization in each(&mut list, "Organization") {
                    let parts = organization.pointer_mut("/extension/1/extension").and_then(Value::as_array_mut);
                    for part in parts.into_iter().flatten().filter(|part| part["url"] == "portalUrl") {
                        part["valueUrl"] = json!("javascript:alert('hostile')");
                    }
                }
            }
            Self::EndpointAtCollector => {
                for endpoint in each(&mut list, "Endpoint") {
                    endpoint["address"] = json!(format!("{COLLECTOR}/fhir"));
                }
            }
            Self::EveryBrandIsMine => {
                let own = format!("{}/fhir", liar.issuer());
                for endpoint in each(&mut list, "Endpoint") {
                    endpoint["address"] = json!(own);
                }
            }
        }
        genuine.with_json(&list)
    }
}

fn each<'a>(list: &'a mut Value, kind: &'a str) -> impl Iterator<Item = &'a mut Value> {
    let entries = list.get_mut("entry").and_then(Value::as_array_mut).into_iter().flatten();
    entries.filter_map(|entry| entry.get_mut("resource")).filter(move |resource| resource["resourceType"] == kind)
}
