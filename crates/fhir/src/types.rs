//! Views of the R4 data types, as far as the house reads them (R4 datatypes.html).

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::codes::canonical_system;
use crate::date::FhirDate;
use crate::lenient::{Many, Maybe, once};
use crate::reference::Reference;

/// Declares lenient views: every field is `Maybe` or `Many`, and missing fields are empty.
macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
    )* };
}
pub(crate) use views;

/// A number exactly as it was written: `7.10` stays `7.10`. One in quotation marks, which FHIR forbids, is read as well.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(pub String);

impl Number {
    /// The value, where it fits a decimal.
    pub fn to_decimal(&self) -> Option<rust_decimal::Decimal> {
        self.0.parse().ok().or_else(|| rust_decimal::Decimal::from_scientific(&self.0).ok())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if once::is_under_way() {
            return deserializer.deserialize_any(NumberVisitor);
        }
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let quoted =
            raw.starts_with('"').then(|| serde_json::from_str::<String>(raw)).transpose().map_err(D::Error::custom)?;
        let text = quoted.as_deref().map_or(raw, str::trim);
        serde_json::from_str::<serde_json::Number>(text).map_err(D::Error::custom)?;
        Ok(Self(text.to_owned()))
    }
}

/// Reads a number that has no exponent; with one, the resource is read the careful way.
struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Number, E> {
        let text = text.trim();
        serde_json::from_str::<serde_json::Number>(text).map_err(E::custom)?;
        Ok(Number(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
        Ok(Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
        Ok(Number(number.to_string()))
    }

    /// serde_json shows a number that keeps its text as an object of its own.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Number, A::Error> {
        Ok(Number(serde_json::Number::deserialize(MapAccessDeserializer::new(map))?.to_string()))
    }
}

views! {
    /// `Meta`.
    Meta {
        /// `versionId`.
        version_id: Maybe<String>,
        /// `lastUpdated`.
        last_updated: Maybe<FhirDate>,
        /// `profile`.
        profile: Many<String>,
        /// `security` labels.
        security: Many<Coding>,
        /// `tag`.
        tag: Many<Coding>,
        /// `source`.
        source: Maybe<String>,
    }

    /// `Coding`.
    #[derive(serde::Serialize)]
    Coding {
        /// `system`, a URI.
        system: Maybe<String>,
        /// `code`.
        code: Maybe<String>,
        /// `display`.
        display: Maybe<String>,
    }

    /// `CodeableConcept`.
    #[derive(serde::Serialize)]
    CodeableConcept {
        /// `coding`.
        coding: Many<Coding>,
        /// `text`.
        text: Maybe<String>,
    }

    /// `Identifier`.
    Identifier {
        /// `use`.
        #[serde(rename = "use")]
        used_as: Maybe<String>,
        /// `type`.
        #[serde(rename = "type")]
        kind: Maybe<CodeableConcept>,
        /// `system`, a URI.
        system: Maybe<String>,
        /// `value`.
        value: Maybe<String>,
    }

    /// `Quantity` and its kinds (Age, Duration, SimpleQuantity).
    Quantity {
        /// `value`, with its number text.
        value: Maybe<Number>,
        /// `comparator`: `<`, `<=`, `>=`, `>`.
        comparator: Maybe<String>,
        /// `unit`, for people.
        unit: Maybe<String>,
        /// `system` of the unit's code.
        system: Maybe<String>,
        /// `code`, usually UCUM.
        code: Maybe<String>,
    }

    /// `Range`.
    Range {
        /// `low`.
        low: Maybe<Quantity>,
        /// `high`.
        high: Maybe<Quantity>,
    }

    /// `Ratio`.
    Ratio {
        /// `numerator`.
        numerator: Maybe<Quantity>,
        /// `denominator`.
        denominator: Maybe<Quantity>,
    }

    /// `Period`.
    Period {
        /// `start`.
        start: Maybe<FhirDate>,
        /// `end`.
        end: Maybe<FhirDate>,
    }

    /// `Annotation`.
    Annotation {
        /// `authorReference`.
        author_reference: Maybe<Reference>,
        /// `authorString`.
        author_string: Maybe<String>,
        /// `time`.
        time: Maybe<FhirDate>,
        /// `text`, markdown.
        text: Maybe<String>,
    }

    /// `HumanName`.
    HumanName {
        /// `use`.
        #[serde(rename = "use")]
        used_as: Maybe<String>,
        /// `text`.
        text: Maybe<String>,
        /// `family`.
        family: Maybe<String>,
        /// `given`.
        given: Many<String>,
        /// `prefix`.
        prefix: Many<String>,
        /// `suffix`.
        suffix: Many<String>,
    }

    /// `ContactPoint`.
    ContactPoint {
        /// `system`: phone, email, …
        system: Maybe<String>,
        /// `value`.
        value: Maybe<String>,
        /// `use`.
        #[serde(rename = "use")]
        used_as: Maybe<String>,
    }

    /// `Address`.
    Address {
        /// `text`.
        text: Maybe<String>,
        /// `line`.
        line: Many<String>,
        /// `city`.
        city: Maybe<String>,
        /// `state`.
        state: Maybe<String>,
        /// `postalCode`.
        postal_code: Maybe<String>,
        /// `country`.
        country: Maybe<String>,
    }

    /// `Attachment`.
    Attachment {
        /// `contentType`.
        content_type: Maybe<String>,
        /// `url`.
        url: Maybe<String>,
        /// `title`.
        title: Maybe<String>,
    }

    /// `SampledData`: a waveform.
    SampledData {
        /// `data`, numbers with a blank between.
        data: Maybe<String>,
    }

    /// `Extension`, with the value types that the house reads.
    Extension {
        /// `url`.
        url: Maybe<String>,
        /// Nested extensions.
        extension: Many<Extension>,
        /// `valueReference`.
        value_reference: Maybe<Reference>,
        /// `valueCode`.
        value_code: Maybe<String>,
        /// `valueString`.
        value_string: Maybe<String>,
        /// `valueUri`.
        value_uri: Maybe<String>,
        /// `valueBoolean`.
        value_boolean: Maybe<bool>,
        /// `valueDateTime`.
        value_date_time: Maybe<FhirDate>,
        /// `valueCodeableConcept`.
        value_codeable_concept: Maybe<CodeableConcept>,
        /// `valueCoding`.
        value_coding: Maybe<Coding>,
    }

    /// `Timing`.
    Timing {
        /// `event`.
        event: Many<FhirDate>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `repeat`.
        repeat: Maybe<TimingRepeat>,
    }

    /// `Timing.repeat`.
    TimingRepeat {
        /// `boundsPeriod`.
        bounds_period: Maybe<Period>,
        /// `frequency`.
        frequency: Maybe<u32>,
        /// `period`.
        period: Maybe<Number>,
        /// `periodUnit`.
        period_unit: Maybe<String>,
    }

    /// `Dosage`.
    Dosage {
        /// `text`.
        text: Maybe<String>,
        /// `timing`.
        timing: Maybe<Timing>,
        /// `asNeededBoolean`.
        as_needed_boolean: Maybe<bool>,
        /// `route`.
        route: Maybe<CodeableConcept>,
        /// `doseAndRate`.
        dose_and_rate: Many<DoseAndRate>,
        /// `patientInstruction`.
        patient_instruction: Maybe<String>,
    }

    /// `Dosage.doseAndRate`.
    DoseAndRate {
        /// `doseQuantity`.
        dose_quantity: Maybe<Quantity>,
        /// `doseRange`.
        dose_range: Maybe<Range>,
    }
}

impl CodeableConcept {
    /// What a person reads: the text, else the first display, else the first code.
    pub fn label(&self) -> Option<&str> {
        let said = |text: &&str| !text.trim().is_empty();
        (self.text.as_deref().filter(said))
            .or_else(|| self.coding.iter().find_map(|coding| coding.display.as_deref().filter(said)))
            .or_else(|| self.coding.iter().find_map(|coding| coding.code.as_deref().filter(said)))
    }

    /// The first code of a code system, however a record writes the system's name.
    pub fn code_of(&self, system: &str) -> Option<&str> {
        self.coding.iter().find(|coding| coding.is_of(system)).and_then(|coding| coding.code.as_deref())
    }

    /// The first code, whatever its system.
    pub fn first_code(&self) -> Option<&str> {
        self.coding.iter().find_map(|coding| coding.code.as_deref())
    }

    /// True when some coding has this system, however it is written, and this code.
    pub fn has(&self, system: &str, code: &str) -> bool {
        self.coding.iter().any(|coding| coding.is_of(system) && coding.code.as_deref() == Some(code))
    }
}

impl Coding {
    /// True where its system is this one, whatever name a record gives it; see [`canonical_system`].
    pub fn is_of(&self, system: &str) -> bool {
        self.system.as_deref().is_some_and(|own| canonical_system(own) == canonical_system(system))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(json: &str) -> Option<Number> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn a_number_keeps_its_text() {
        for text in ["7.10", "7", "-0.50", "1e400", "1.0E-3", "123456789012345678901234567890.5", "0"] {
            assert_eq!(number(text).map(|number| number.0).as_deref(), Some(text));
        }
        assert_eq!(number(r#""165""#), Some(Number("165".to_owned())), "in quotation marks, as some records have it");
        for text in [r#""high""#, "null", "true", "[7]", r#""""#] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_becomes_a_decimal_with_the_same_digits_where_it_fits() {
        let decimal = |text: &str| Number(text.to_owned()).to_decimal().map(|decimal| decimal.to_string());
        assert_eq!(decimal("7.10").as_deref(), Some("7.10"));
        assert_eq!(decimal("1.5e2").as_deref(), Some("150"));
        assert_eq!(decimal("1e400"), None);
    }

    #[test]
    fn a_code_is_found_however_its_system_is_written() {
        let json = r#"{"coding":[{"system":"urn:local","code":"x"},{"system":"urn:oid:2.16.840.1.113883.6.1","code":"4548-4"}]}"#;
        let concept: CodeableConcept = serde_json::from_str(json).expect("test JSON");
        assert_eq!(concept.code_of("http://loinc.org"), Some("4548-4"));
        assert!(concept.has("http://loinc.org", "4548-4") && !concept.has("http://loinc.org", "x"));
    }

    #[test]
    fn a_label_is_the_text_else_a_display_else_a_code() {
        let label =
            |json: &str| serde_json::from_str::<CodeableConcept>(json).expect("test JSON").label().map(str::to_owned);
        assert_eq!(label(r#"{"text":"A","coding":[{"display":"B"}]}"#).as_deref(), Some("A"));
        assert_eq!(label(r#"{"text":" ","coding":[{"code":"c"},{"display":"B"}]}"#).as_deref(), Some("B"));
        assert_eq!(label(r#"{"coding":[{"code":"c"}]}"#).as_deref(), Some("c"));
        assert_eq!(label("{}"), None);
    }
}
