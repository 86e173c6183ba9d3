//! What a Patient resource says about who a human is: the one place where it is read for comparing.

use fhir::Patient;
use fhir::types::HumanName;

use super::likeness::{Facts, Name};

impl Facts {
    /// Reads them from a Patient.
    ///
    /// A name without parts counts by its text, or two records with one text each would both seem to say nothing. A name
    /// that hides somebody (`anonymous`) says nothing.
    pub fn of(patient: &Patient) -> Self {
        let telling = patient.name.iter().filter(|name| name.used_as.as_deref() != Some("anonymous"));
        Self {
            names: telling.map(name).filter(|name| *name != Name::default()).collect(),
            birth_date: patient.birth_date.as_ref().map(ToString::to_string),
            sex: patient.gender.0.clone(),
        }
    }

    /// True where there is enough to tell one human from another: a name and a birth date. What says less agrees with
    /// everybody, so an agreement proves nothing.
    pub fn tell_who(&self) -> bool {
        let named = |name: &Name| name.family.as_deref().is_some_and(|family| !family.trim().is_empty());
        self.names.iter().any(named) && self.birth_date.is_some()
    }
}

fn name(name: &HumanName) -> Name {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let (family, given) = (said(&name.family.0), name.given.0.clone());
    let family = if family.is_none() && given.is_empty() { said(&name.text.0) } else { family };
    Name { family, given }
}
