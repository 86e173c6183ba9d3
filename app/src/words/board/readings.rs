//! Readings and their trend.

use crate::words::{Tone, Words};

impl Words {
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

    /// `interpretation` of a reading; what we have no word for is shown as it is.
    pub fn interpretation(self, text: &str) -> (String, Tone) {
        let Self::English = self;
        let (word, tone) = match text {
            "N" => ("Normal", Tone::Good),
            "H" => ("High", Tone::Warn),
            "L" => ("Low", Tone::Warn),
            "A" => ("Abnormal", Tone::Warn),
            "HH" => ("Critically high", Tone::Bad),
            "LL" => ("Critically low", Tone::Bad),
            "AA" => ("Critical", Tone::Bad),
            "HU" => ("Much too high", Tone::Bad),
            "LU" => ("Much too low", Tone::Bad),
            "POS" => ("Positive", Tone::Plain),
            "NEG" => ("Negative", Tone::Plain),
            "DET" => ("Detected", Tone::Plain),
            "ND" => ("Not detected", Tone::Plain),
            "IND" => ("Indeterminate", Tone::Plain),
            "S" => ("Susceptible", Tone::Plain),
            "R" => ("Resistant", Tone::Plain),
            "I" => ("Intermediate", Tone::Plain),
            other => (other, Tone::Plain),
        };
        (word.to_owned(), tone)
    }

    /// Status of a reading that is not final.
    pub fn observation_status(self, code: &str) -> (String, Tone) {
        let Self::English = self;
        match code {
            "preliminary" | "registered" => ("Preliminary".to_owned(), Tone::Warn),
            other => self.status(Some(other)),
        }
    }
}
