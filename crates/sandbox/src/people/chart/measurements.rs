//! Measurements, one by one and as series, and what people answered.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Chart;
use super::concerns::code_of;
use super::draft::{Draft, to};
use super::quantities::{Unit, quantity};
use crate::people::terms::{BLOOD_PRESSURE, DIASTOLIC, SYSTOLIC, Term};

impl Chart {
    /// A final observation without a value yet; `category` as in `observation-category`.
    pub fn observation(&self, key: &str, term: Term, category: &str, on: Date) -> Draft {
        self.draft("Observation", key)
            .with("status", "final")
            .with("category", json!([code_of("http://terminology.hl7.org/CodeSystem/observation-category", category)]))
            .coded("code", term)
            .with("subject", to("Patient/me"))
            .with("effectiveDateTime", self.place.moment(on))
    }

    /// A measured number.
    pub fn measured(&self, key: &str, term: Term, category: &str, on: Date, value: &str, unit: Unit) -> Draft {
        self.observation(key, term, category, on).with("valueQuantity", quantity(self.place, value, unit))
    }

    /// Laboratory results: months ago and value, under the keys `{key}-{months}`.
    pub fn lab_series(&self, key: &str, term: Term, unit: Unit, values: &[(i32, &str)]) -> Vec<Draft> {
        self.series(key, term, "laboratory", unit, values)
    }

    /// Vital signs: months ago and value, under the keys `{key}-{months}`.
    pub fn vital_series(&self, key: &str, term: Term, unit: Unit, values: &[(i32, &str)]) -> Vec<Draft> {
        self.series(key, term, "vital-signs", unit, values)
    }

    /// Blood pressures: months ago, systolic and diastolic, under the keys `bp-{months}`.
    pub fn pressure_series(&self, values: &[(i32, &str, &str)]) -> Vec<Draft> {
        let pressure = |&(months, systolic, diastolic): &(i32, &str, &str)| {
            self.observation(&format!("bp-{months}"), BLOOD_PRESSURE, "vital-signs", self.months_ago(months))
                .add("component", self.component(SYSTOLIC, systolic))
                .add("component", self.component(DIASTOLIC, diastolic))
        };
        values.iter().map(pressure).collect()
    }

    /// Answers to a questionnaire: link id, question and answer.
    pub fn answers(&self, key: &str, questionnaire: &str, on: Date, answers: &[(&str, &str, &str)]) -> Draft {
        let item = |&(link, question, answer): &(&str, &str, &str)| json!({ "linkId": link, "text": question, "answer": [{ "valueString": answer }] });
        self.draft("QuestionnaireResponse", key)
            .with("questionnaire", questionnaire)
            .with("status", "completed")
            .with("subject", to("Patient/me"))
            .with("authored", self.place.moment(on))
            .with("author", to("Patient/me"))
            .with("item", answers.iter().map(item).collect::<Vec<_>>())
    }

    fn series(&self, key: &str, term: Term, category: &str, unit: Unit, values: &[(i32, &str)]) -> Vec<Draft> {
        let point = |&(months, value): &(i32, &str)| {
            self.measured(&format!("{key}-{months}"), term, category, self.months_ago(months), value, unit)
        };
        values.iter().map(point).collect()
    }

    fn component(&self, term: Term, value: &str) -> Value {
        json!({ "code": self.place.concept(term), "valueQuantity": quantity(self.place, value, Unit::MMHG) })
    }
}

impl Draft {
    /// Says that there is no value, and why (`data-absent-reason`).
    pub fn value_absent(self, reason: &str) -> Self {
        self.with("dataAbsentReason", code_of("http://terminology.hl7.org/CodeSystem/data-absent-reason", reason))
    }

    /// Points at what the observation was worked out from.
    pub fn derived_from(self, reference: &str) -> Self {
        self.add("derivedFrom", to(reference))
    }
}
