//! How the patients of the four built-in EHRs know them. All of it is invented.

use crate::config::BrandConfig;

/// The brand of a built-in EHR; of another one nothing is known beside its name.
pub(super) fn brand(ehr: &str) -> BrandConfig {
    let known = |aliases: &[&str], city: &str, portal: &str| BrandConfig {
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        city: Some(city.to_owned()),
        state: Some("CA".to_owned()),
        portal: Some(portal.to_owned()),
    };
    match ehr {
        "valley-ehr" => known(&["Valley Family Doctors", "VPC"], "Cedar Hollow", "MyValley"),
        "nephrology" => known(&["Cedar Hollow Kidney Clinic"], "Cedar Hollow", "Kidney Clinic Online"),
        "university" => known(&["UH Medical Center", "The University Clinics"], "Marlow", "UH Connect"),
        "homehealth" => {
            known(&["Home Health Plus", "HHP Visiting Nurses"], "Cedar Hollow", "HomeHealth Plus for families")
        }
        _ => BrandConfig::default(),
    }
}
