//! What the cards of concerns, goals and interventions say.

use care_plan::plan::{ConcernKind, Phase};

use crate::words::Words;

impl Words {
    /// Kind of a concern, where it is worth a word.
    pub fn concern_kind(self, kind: ConcernKind) -> Option<&'static str> {
        let Self::English = self;
        match kind {
            ConcernKind::Problem | ConcernKind::Other => None,
            ConcernKind::HealthConcern => Some("Health concern"),
            ConcernKind::EncounterDiagnosis => Some("Diagnosis of a visit"),
            ConcernKind::PatientVoiced => Some("Patient's own concern"),
        }
    }

    /// "Since Mar-2014".
    pub fn since(self, date: &str) -> String {
        let Self::English = self;
        format!("Since {date}")
    }

    /// "Recorded 04-Nov-2026".
    pub fn recorded(self, date: &str) -> String {
        let Self::English = self;
        format!("Recorded {date}")
    }

    /// "by 01-Mar-2027".
    pub fn by(self, date: &str) -> String {
        let Self::English = self;
        format!("by {date}")
    }

    /// "High priority", from the source's own label or code (`high-priority`, `High Priority`, `high`).
    pub fn priority(self, label: &str) -> String {
        let Self::English = self;
        let label = label.trim().replace(['-', '_'], " ").to_lowercase();
        let label = if label.contains("priority") { label } else { format!("{label} priority") };
        let mut letters = label.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// Marks a goal that the patient or a carer expressed.
    pub fn patients_goal(self) -> &'static str {
        match self {
            Self::English => "Patient's goal",
        }
    }

    /// Marks what the patient said.
    pub fn from_patient(self) -> &'static str {
        match self {
            Self::English => "from patient",
        }
    }

    /// A goal that says nothing to measure.
    pub fn no_measure(self) -> &'static str {
        match self {
            Self::English => "no measure",
        }
    }

    /// Marks a concern that no goal addresses.
    pub fn no_goal_yet(self) -> &'static str {
        match self {
            Self::English => "No goal yet",
        }
    }

    /// The words in the patient's own voice, in quotation marks.
    pub fn quoted(self, text: &str) -> String {
        let Self::English = self;
        format!("“{}”", text.trim_matches(['"', '“', '”']))
    }

    /// Planned or performed.
    pub fn phase(self, phase: Phase) -> &'static str {
        let Self::English = self;
        match phase {
            Phase::Planned => "Planned",
            Phase::Performed => "Performed",
        }
    }

    /// Kind of an intervention in plain words; an unknown type is named as it is.
    pub fn intervention_kind(self, kind: &str) -> String {
        let Self::English = self;
        let word = match kind {
            "ServiceRequest" => "service request",
            "MedicationRequest" => "medication",
            "MedicationStatement" => "medication statement",
            "MedicationAdministration" => "medication given",
            "MedicationDispense" => "medication dispensed",
            "Procedure" => "procedure",
            "Immunization" => "immunization",
            "Encounter" => "visit",
            "Appointment" => "appointment",
            "Task" => "task",
            "Communication" => "message",
            "CommunicationRequest" => "message request",
            "DiagnosticReport" => "report",
            "QuestionnaireResponse" => "questionnaire",
            "VisionPrescription" => "vision prescription",
            "DocumentReference" => "document",
            "EpisodeOfCare" => "episode of care",
            "ImmunizationRecommendation" => "immunization advice",
            "ResearchSubject" => "study",
            "ClinicalImpression" => "assessment",
            "DeviceRequest" => "device",
            "DeviceUseStatement" => "device use",
            "NutritionOrder" => "nutrition order",
            "RequestGroup" => "group of requests",
            "activity" => "activity of the plan",
            other => other,
        };
        word.to_owned()
    }

    /// Reasons in the source's words.
    pub fn for_reasons(self, reasons: &[String]) -> String {
        let Self::English = self;
        format!("For {}", self.list(reasons))
    }

    /// Label of the link to a goal's own page.
    pub fn open_goal(self) -> &'static str {
        match self {
            Self::English => "Open goal",
        }
    }
}
