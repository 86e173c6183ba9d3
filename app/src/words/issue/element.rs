//! FHIR elements by the words that people use for them.

use super::super::Words;

impl Words {
    /// A FHIR element in plain words; one that we have no words for is told by its own name in words.
    pub fn element(self, element: &str) -> String {
        let Self::English = self;
        let words = match element {
            "Goal.target" | "Goal.target.detailQuantity" | "Goal.target.detailRange" | "Goal.target.detail[x]" => {
                "target"
            }
            "Goal.target.dueDate" | "Goal.target.due[x]" => "due date",
            "Goal.target.measure" => "measure",
            "reference" => "reference",
            "Goal.startDate" => "start date",
            "Goal.lifecycleStatus" => "status of the goal",
            "Goal.achievementStatus" => "achievement status",
            "Goal.addresses" => "what the goal addresses",
            "Condition.clinicalStatus" => "clinical status",
            "Condition.verificationStatus" => "verification status",
            "Condition.stage" => "stage",
            "Condition.onset[x]" | "Condition.onsetDateTime" => "onset",
            "Condition.code" => "diagnosis",
            "MedicationRequest.dosageInstruction" => "dose",
            "MedicationRequest.medication[x]" => "medication",
            "MedicationRequest.status" => "status of the order",
            "CarePlan.period" | "CarePlan.period.end" => "period of the plan",
            "CarePlan.status" => "status of the plan",
            "CarePlan.addresses" => "what the plan addresses",
            "CareTeam.participant" => "members of the care team",
            "Patient.birthDate" => "birth date",
            "occurrence[x]" => "date",
            "reasonReference" | "reasonCode" => "reason",
            "resource-pertainsToGoal" => "goal it is for",
            "AllergyIntolerance.code" => "allergy",
            other => return in_words(other.rsplit('.').next().unwrap_or(other)),
        };
        words.to_owned()
    }

    /// A resource type in the singular, with its article: "a goal".
    pub fn one_of(self, kind: &str) -> String {
        let Self::English = self;
        match kind {
            "Goal" => "a goal".to_owned(),
            "Goal.target" => "a target that can be measured".to_owned(),
            "ServiceRequest" => "an activity".to_owned(),
            "Observation" => "a reading".to_owned(),
            "CareTeam" | "CareTeam.participant" => "a member of the care team".to_owned(),
            "CarePlan" => "a care plan".to_owned(),
            "Condition" => "a health concern".to_owned(),
            "Task" => "a task".to_owned(),
            "Appointment" => "an appointment".to_owned(),
            other => {
                let word = in_words(other);
                let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                format!("{article} {word}")
            }
        }
    }
}

/// `dueDate` as "due date".
pub(super) fn in_words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.trim_end_matches("[x]").chars() {
        match letter {
            '-' | '_' | '.' => words.push(' '),
            letter if letter.is_uppercase() => {
                if !words.is_empty() && !words.ends_with(' ') {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
            }
            letter => words.push(letter),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_without_words_of_ours_is_told_by_its_own_name() {
        assert_eq!(Words::English.element("Goal.target.detailQuantity"), "target");
        assert_eq!(
            Words::English.element("NutritionOrder.enteralFormula.routeOfAdministration[x]"),
            "route of administration"
        );
        assert_eq!(Words::English.one_of("NutritionOrder"), "a nutrition order");
    }
}
