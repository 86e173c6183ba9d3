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
            other => {
                let words = in_words(other);
                let mut letters = words.chars();
                return letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
            }
        };
        label.to_owned()
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
            _ => self.status(Some(code)).0,
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
    fn a_code_is_read_by_whose_it_is() {
        assert_eq!(Words::English.fact_code("status", "completed"), "Done");
        assert_eq!(Words::English.fact_code("achievement", "not-achieved"), "Not achieved");
        assert_eq!(Words::English.fact_code("verification", "refuted"), "refuted");
        assert_eq!(Words::English.fact_code("anything", "unheard-of"), "unheard-of");
    }
}
