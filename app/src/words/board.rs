//! Sentences of the plan's board.

use care_plan::plan::{Component, ConcernKind, Phase};

use super::Words;
use crate::sections::Show;

/// One of the four columns of the board, the cornerstones of the care plan process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Health concerns.
    Concerns,
    /// Goals.
    Goals,
    /// Interventions.
    Interventions,
    /// Outcomes.
    Outcomes,
}

impl Words {
    /// Name of a column: part of the contract with readers of the accessibility tree.
    pub fn column(self, column: Column) -> &'static str {
        let Self::English = self;
        match column {
            Column::Concerns => "Health concerns",
            Column::Goals => "Goals",
            Column::Interventions => "Interventions",
            Column::Outcomes => "Outcomes",
        }
    }

    /// Text of an empty column whose sources were all asked, as far as `asked` names them.
    pub fn none_recorded(self, asked: usize) -> String {
        let Self::English = self;
        match asked {
            0 => "Nothing has been read yet.".to_owned(),
            1 => "None recorded by this source.".to_owned(),
            asked => format!("None recorded by these {asked} sources."),
        }
    }

    /// Text of an empty column in which a filter hides everything there is.
    pub fn none_active(self, hidden: usize) -> String {
        let Self::English = self;
        if hidden == 1 {
            "None active; 1 with another status.".to_owned()
        } else {
            format!("None active; {hidden} with another status.")
        }
    }

    /// Text of a column in which no entry holds the words sought.
    pub fn none_found(self, all: usize) -> String {
        let Self::English = self;
        format!("None of {all} fits the filter.")
    }

    /// What one source lacks in one column.
    pub fn lacks(self, name: &str, state: &str) -> String {
        let Self::English = self;
        format!("{name}: {state}.")
    }

    /// How many of a column the filter shows.
    pub fn shown_of(self, shown: usize, all: usize) -> String {
        let Self::English = self;
        if shown == all { format!("{all} in all") } else { format!("{shown} of {all} shown") }
    }

    /// Labels of the filters by status and need.
    pub fn filter(self, show: Show) -> &'static str {
        let Self::English = self;
        match show {
            Show::Active => "Active",
            Show::All => "All statuses",
            Show::Overdue => "Overdue",
            Show::NeedsLink => "Needs a link",
        }
    }

    /// A column of which nothing is overdue, or needs a link.
    pub fn none_of_filter(self, show: Show) -> &'static str {
        let Self::English = self;
        match show {
            Show::Active | Show::All => "None.",
            Show::Overdue => "None overdue.",
            Show::NeedsLink => "None that needs a link.",
        }
    }

    /// Name of the filter by words.
    pub fn filter_plan(self) -> &'static str {
        match self {
            Self::English => "Filter the plan",
        }
    }

    /// Shown in the empty field of the filter by words.
    pub fn filter_hint(self) -> &'static str {
        match self {
            Self::English => "Title, code or note…",
        }
    }

    /// Button of the filter by words.
    pub fn filter_button(self) -> &'static str {
        match self {
            Self::English => "Filter",
        }
    }

    /// What a filter by words shows.
    pub fn filtered(self, text: &str, shown: usize, all: usize) -> String {
        let Self::English = self;
        format!("Filtered by “{text}”: {shown} of {all} shown.")
    }

    /// Link that takes the filter by words away.
    pub fn remove_filter(self) -> &'static str {
        match self {
            Self::English => "Remove the filter",
        }
    }

    /// Name of the filter's group.
    pub fn filters(self) -> &'static str {
        match self {
            Self::English => "Statuses shown",
        }
    }

    /// Said politely when a thread is lit; `#` stands for the number of its cards.
    pub fn thread_lit(self) -> &'static str {
        match self {
            Self::English => "Thread shown: # entries belong together.",
        }
    }

    /// Said politely when no thread is lit any more.
    pub fn thread_dark(self) -> &'static str {
        match self {
            Self::English => "No thread shown.",
        }
    }

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

    /// Heading of the interventions that nothing leads to.
    pub fn without_goal_or_reason(self, count: usize) -> String {
        let Self::English = self;
        format!("{count} without a goal or reason")
    }

    /// Summary of the links that no source states.
    pub fn links_by_us(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 link made by us".to_owned() } else { format!("{count} links made by us") }
    }

    /// A link that no source states, told at its farther end.
    pub fn linked_by_us(self, to: &str, how: &str) -> String {
        let Self::English = self;
        format!("{to}: {how}")
    }

    /// Label of the link to a goal's own page.
    pub fn open_goal(self) -> &'static str {
        match self {
            Self::English => "Open goal",
        }
    }

    /// "6 results, Mar-2025 to 12-Oct-2026".
    pub fn results(self, count: usize, sources: usize) -> String {
        let Self::English = self;
        let results = if count == 1 { "1 result".to_owned() } else { format!("{count} results") };
        if sources > 1 { format!("{results} from {sources} records") } else { results }
    }

    /// "before it 8.4".
    pub fn before_it(self, value: &str) -> String {
        let Self::English = self;
        format!("before it {value}")
    }

    /// A reading without a value.
    pub fn no_value(self, why: Option<&str>) -> String {
        let Self::English = self;
        let why = why.map(|why| match why {
            // Codes of `dataAbsentReason`.
            "unknown" => "unknown",
            "asked-unknown" => "asked, not known",
            "asked-declined" => "asked, declined",
            "temp-unknown" => "not known yet",
            "not-asked" => "not asked",
            "not-applicable" => "not applicable",
            "not-performed" => "not performed",
            "not-permitted" => "not permitted",
            "not-a-number" => "not a number",
            "negative-infinity" | "positive-infinity" => "out of range",
            "masked" => "withheld",
            "unsupported" => "not supported",
            "as-text" => "in words only",
            other => other,
        });
        why.map_or_else(|| "No value".to_owned(), |why| format!("No value: {why}"))
    }

    /// Marks what the patient reported.
    pub fn patient_reported(self) -> &'static str {
        match self {
            Self::English => "patient-reported",
        }
    }

    /// One sentence that says what a trend's picture says.
    pub fn trend(self, title: &str, first: &str, last: &str, count: usize, target: Option<&str>) -> String {
        let Self::English = self;
        let target = target.map(|target| format!("; target {target}")).unwrap_or_default();
        format!("{title}: {count} readings, from {first} to {last}{target}")
    }

    /// Names of the two lines of a blood pressure.
    pub fn pressures(self) -> [&'static str; 2] {
        match self {
            Self::English => ["Systolic", "Diastolic"],
        }
    }

    /// Name of the legend of a trend.
    pub fn legend(self) -> &'static str {
        match self {
            Self::English => "Measured by",
        }
    }

    /// A target in words: `below 7.5 %`, `60 to 80 kg`.
    pub fn target(self, low: Option<&str>, high: Option<&str>, comparator: Option<&str>, unit: &str) -> String {
        let Self::English = self;
        let text = match (low, high, comparator) {
            (_, Some(value), Some("<")) => format!("below {value}"),
            (_, Some(value), Some("<=")) => format!("at most {value}"),
            (Some(value), _, Some(">")) => format!("above {value}"),
            (Some(value), _, Some(">=")) => format!("at least {value}"),
            (Some(low), Some(high), _) if low == high => low.to_owned(),
            (Some(low), Some(high), _) => format!("{low} to {high}"),
            (Some(low), None, _) => format!("at least {low}"),
            (None, Some(high), _) => format!("at most {high}"),
            (None, None, _) => return "no value".to_owned(),
        };
        if unit.is_empty() { text } else { format!("{text} {unit}") }
    }

    /// A target of one part of a blood pressure.
    pub fn of_component(self, component: Component, target: &str) -> String {
        let Self::English = self;
        match component {
            Component::Systolic => format!("systolic {target}"),
            Component::Diastolic => format!("diastolic {target}"),
        }
    }

    /// A reading that was written in another unit than the others.
    pub fn converted(self, written: &str, converted: &str) -> String {
        let Self::English = self;
        format!("{written}, converted to {converted}")
    }

    /// Beside a reading that repeats one of another record.
    pub fn same_reading(self, source: &str) -> String {
        let Self::English = self;
        format!("the same reading as at {source}")
    }

    /// Label of the targets' line.
    pub fn targets(self, texts: &str) -> String {
        let Self::English = self;
        format!("Target: {texts}")
    }
}

impl Words {
    /// How a value stands to its targets, some of which it meets, some of which it misses.
    pub fn standing(self, met: bool, missed: bool) -> (&'static str, super::Tone) {
        let Self::English = self;
        match (met, missed) {
            (true, true) => ("Outside some targets", super::Tone::Warn),
            (_, true) => ("Outside target", super::Tone::Warn),
            _ => ("Within target", super::Tone::Good),
        }
    }

    /// `interpretation` of a reading; what we have no word for is shown as it is.
    pub fn interpretation(self, text: &str) -> (String, super::Tone) {
        let Self::English = self;
        let (word, tone) = match text {
            "N" => ("Normal", super::Tone::Good),
            "H" => ("High", super::Tone::Warn),
            "L" => ("Low", super::Tone::Warn),
            "A" => ("Abnormal", super::Tone::Warn),
            "HH" => ("Critically high", super::Tone::Bad),
            "LL" => ("Critically low", super::Tone::Bad),
            "AA" => ("Critical", super::Tone::Bad),
            "HU" => ("Much too high", super::Tone::Bad),
            "LU" => ("Much too low", super::Tone::Bad),
            "POS" => ("Positive", super::Tone::Plain),
            "NEG" => ("Negative", super::Tone::Plain),
            "DET" => ("Detected", super::Tone::Plain),
            "ND" => ("Not detected", super::Tone::Plain),
            "IND" => ("Indeterminate", super::Tone::Plain),
            "S" => ("Susceptible", super::Tone::Plain),
            "R" => ("Resistant", super::Tone::Plain),
            "I" => ("Intermediate", super::Tone::Plain),
            other => (other, super::Tone::Plain),
        };
        (word.to_owned(), tone)
    }
}

impl Words {
    /// Reasons in the source's words.
    pub fn for_reasons(self, reasons: &[String]) -> String {
        let Self::English = self;
        format!("For {}", self.list(reasons))
    }

    /// Status of a reading that is not final.
    pub fn observation_status(self, code: &str) -> (String, super::Tone) {
        let Self::English = self;
        match code {
            "preliminary" | "registered" => ("Preliminary".to_owned(), super::Tone::Warn),
            other => self.status(Some(other)),
        }
    }
}
