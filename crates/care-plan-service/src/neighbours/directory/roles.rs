//! What practitioners do and where, as the `PractitionerRole`s beside them say it.

use serde_json::Value;

use super::Provider;

/// Adds roles and organisations to those whom they are about. A role that is over says nothing.
pub(super) fn add(providers: &mut [Provider], resources: &[&Value]) {
    let roles = resources.iter().filter(|resource| resource["resourceType"] == "PractitionerRole");
    for role in roles.filter(|role| role["active"].as_bool().unwrap_or(true)) {
        let practitioner = role["practitioner"]["reference"].as_str().and_then(|text| text.rsplit('/').next());
        let Some(provider) = providers.iter_mut().find(|provider| Some(provider.id.as_str()) == practitioner) else {
            continue;
        };
        for concept in list(&role["code"]).iter().chain(list(&role["specialty"])) {
            if let Some(title) = title(concept).filter(|title| !provider.roles.contains(title)) {
                provider.roles.push(title);
            }
        }
        if provider.organisation.is_none() {
            provider.organisation = role["organization"]["display"].as_str().map(str::to_owned);
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn title(concept: &Value) -> Option<String> {
    let display = || list(&concept["coding"]).iter().find_map(|coding| coding["display"].as_str());
    concept["text"].as_str().or_else(display).map(str::to_owned)
}
