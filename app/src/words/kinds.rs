//! Kinds of entries by the names that people use for them.

use super::Words;

impl Words {
    /// Plain name of a resource type, in the plural; a type that we have no word for is named as it is.
    pub fn kind(self, kind: &str) -> &str {
        let Self::English = self;
        match kind {
            "Patient" => "Who the person is",
            "AllergyIntolerance" => "Allergies",
            "Appointment" => "Appointments",
            "CarePlan" => "Care plans",
            "CareTeam" => "Care teams",
            "Communication" => "Messages",
            "ClinicalImpression" => "Assessments",
            "CommunicationRequest" => "Message requests",
            "Condition" => "Problems and concerns",
            "Consent" => "Consents",
            "Coverage" => "Insurance",
            "Device" => "Devices",
            "DeviceRequest" => "Device orders",
            "DeviceUseStatement" => "Devices in use",
            "DiagnosticReport" => "Reports",
            "DocumentReference" => "Documents",
            "Encounter" => "Visits",
            "EpisodeOfCare" => "Episodes of care",
            "FamilyMemberHistory" => "Family history",
            "Goal" => "Goals",
            "Immunization" => "Immunizations",
            "Linkage" => "Links between records",
            "Location" => "Places",
            "Medication" => "Medicines",
            "MedicationAdministration" => "Medicines given",
            "MedicationDispense" => "Medicines dispensed",
            "MedicationRequest" => "Prescriptions",
            "MedicationStatement" => "Medicines taken",
            "NutritionOrder" => "Diet orders",
            "Observation" => "Measurements and findings",
            "Organization" => "Organisations",
            "Practitioner" => "Practitioners",
            "PractitionerRole" => "Roles of practitioners",
            "Procedure" => "Procedures",
            "Provenance" => "Origins of entries",
            "Questionnaire" => "Questionnaires",
            "QuestionnaireResponse" => "Answered questionnaires",
            "RelatedPerson" => "Relatives and carers",
            "RequestGroup" => "Groups of requests",
            "RiskAssessment" => "Risk assessments",
            "ServiceRequest" => "Orders and referrals",
            "Task" => "Tasks",
            "VisionPrescription" => "Vision prescriptions",
            other => other,
        }
    }

    /// One cell of the table of sources that was read whole.
    pub fn entries_read(self, count: usize) -> String {
        let Self::English = self;
        if count == 0 { "none recorded".to_owned() } else { format!("{count}, complete") }
    }

    /// More exists than was taken in.
    pub fn truncated(self) -> &'static str {
        match self {
            Self::English => "cut short",
        }
    }

    /// How many pages came.
    pub fn pages_read(self, pages: u32) -> String {
        let Self::English = self;
        format!("{pages} pages")
    }

    /// How long it took.
    pub fn took(self, milliseconds: u64) -> String {
        let Self::English = self;
        match milliseconds {
            ..1000 => format!("{milliseconds} ms"),
            _ => format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100),
        }
    }

    /// Summary of the parts that a kind was read in.
    pub fn parts_read(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "in 1 part".to_owned() } else { format!("in {count} parts") }
    }
}
