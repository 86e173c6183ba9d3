//! The facts of a detected issue in words.

use super::super::Words;
use super::element::in_words;

impl Words {
    /// Label of a fact; a name that we have no label for is told in its own words.
    pub fn fact(self, name: &str) -> String {
        let Self::English = self;
        let label = match name {
            "target" => "Target",
            "due" => "Due",
            "status" | "clinicalStatus" | "lifecycleStatus" => "Status",
            "verification" | "verificationStatus" => "Verification",
            "achievement" | "achievementStatus" => "Achievement",
            "proposed" => "By the readings",
            "onset" => "Since",
            "abatement" => "Until",
            "recorded" => "Recorded",
            "stage" => "Stage",
            "dose" => "Dose",
            "order" | "medication" => "Order",
            "ingredient" | "ingredients" => "Ingredient",
            "strength" => "Strength",
            "setBy" | "expressedBy" => "Set by",
            "who" | "prescriber" => "By",
            "addresses" => "Addresses",
            "reason" => "For",
            "when" | "date" | "since" => "Date",
            "start" => "Start",
            "end" | "until" => "Ends",
            "measure" => "Measure",
            "measured" | "value" | "reading" => "Measured",
            "limit" => "Limit",
            "reference" | "evidence" => "According to",
            "latest" | "last" => "Newest reading",
            "allergy" | "substance" => "Allergy",
            "reaction" => "Reaction",
            "criticality" => "Criticality",
            "birthDate" => "Born",
            "name" => "Name",
            "gender" => "Gender",
            "count" => "How many",
            "role" => "Role",
            "member" => "Who",
            "title" => "Called",
            "asOf" => "As of",
            "because" => "Because",
            "family" => "Family name",
            "former" => "Formerly",
            "goesOn" => "Goes on",
            "guidance" => "According to",
            "advice" => "Advice",
            "interval" => "Expected",
            "intervalBy" => "Expected by",
            "leadsNowhere" => "Not found",
            "leadsTo" => "Refers to",
            "medicines" => "Medicines",
            "request" => "Asked for",
            "stale" => "Age of the reading",
            "failed" => "Could not be read",
            "partial" => "Read in part",
            "notPermitted" => "Not shared with us",
            "notSupported" => "Not kept there",
            other => {
                let words = in_words(other);
                let mut letters = words.chars();
                return letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
            }
        };
        label.to_owned()
    }

    /// A text; targets and limits that a rule wrote with signs are told in words.
    pub fn fact_text(self, name: &str, text: &str) -> String {
        let Self::English = self;
        let text = text.replace("/{1.73_m2}", "/1.73 m²");
        if name != "target" {
            return text;
        }
        let signs = [("<= ", "at most "), (">= ", "at least "), ("< ", "below "), ("> ", "above ")];
        signs.into_iter().fold(text, |text, (sign, word)| text.replace(sign, word))
    }

    /// A code in words; `name` says whose code it is.
    pub fn fact_code(self, name: &str, code: &str) -> String {
        match name {
            "achievement" | "achievementStatus" | "proposed" => self.achievement(code).0,
            "verification" | "verificationStatus" => match self.verification(code) {
                Some(word) => word.to_owned(),
                None if code == "confirmed" => self.confirmed().to_owned(),
                None => code.to_owned(),
            },
            "gender" => self.gender(Some(code)),
            "failed" | "partial" | "notPermitted" | "notSupported" => self.hidden_kind(code),
            "stale" => self.stale(code),
            "intervalBy" => self.interval_by(code),
            "criticality" => self.criticality(code),
            "leadsTo" => code.to_owned(),
            _ => self.status(Some(code)).0,
        }
    }

    /// What a source hides, by resource type.
    fn hidden_kind(self, kind: &str) -> String {
        let Self::English = self;
        match kind {
            "everything" => "everything".to_owned(),
            kind => self.kind(kind).to_owned(),
        }
    }

    /// How old a reading is that counts.
    fn stale(self, code: &str) -> String {
        let Self::English = self;
        match code {
            "older-than-a-year" => "older than a year".to_owned(),
            other => other.to_owned(),
        }
    }

    /// By what a reading is expected.
    fn interval_by(self, code: &str) -> String {
        let Self::English = self;
        match code {
            "schedule" => "a schedule in the plan".to_owned(),
            "usual" => "what is usual for it".to_owned(),
            other => other.to_owned(),
        }
    }

    /// `AllergyIntolerance.criticality`.
    fn criticality(self, code: &str) -> String {
        let Self::English = self;
        match code {
            "high" => "high risk".to_owned(),
            "low" => "low risk".to_owned(),
            "unable-to-assess" => "risk not known".to_owned(),
            other => other.to_owned(),
        }
    }

    /// `verificationStatus` `confirmed`.
    fn confirmed(self) -> &'static str {
        match self {
            Self::English => "confirmed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_label_of_ours_is_told_in_its_own_words() {
        assert_eq!(Words::English.fact("setBy"), "Set by");
        assert_eq!(Words::English.fact("dailyMaximum"), "Daily maximum");
        assert_eq!(Words::English.fact(""), "");
    }

    #[test]
    fn a_target_is_told_in_words_and_not_in_signs() {
        let text = |text| Words::English.fact_text("target", text);
        assert_eq!(text("<= 8.0 %"), "at most 8.0 %");
        assert_eq!(
            text("systolic < 130 mmHg, diastolic < 80 mmHg"),
            "systolic below 130 mmHg, diastolic below 80 mmHg"
        );
        assert_eq!(Words::English.fact_text("limit", "below 30 mL/min/{1.73_m2}"), "below 30 mL/min/1.73 m²");
        assert_eq!(Words::English.fact_text("because", "a < b"), "a < b");
    }

    #[test]
    fn a_code_is_read_by_whose_it_is() {
        assert_eq!(Words::English.fact_code("status", "completed"), "Done");
        assert_eq!(Words::English.fact_code("achievement", "not-achieved"), "Not achieved");
        assert_eq!(Words::English.fact_code("verification", "refuted"), "refuted");
        assert_eq!(Words::English.fact_code("anything", "unheard-of"), "unheard-of");
    }
}
