//! The parameters that say what the answer looks like, not what matches.

use super::{Elements, Include, Sorting};
use crate::Failure;

/// What the answer shall look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Controls {
    /// `_count`: matches a page.
    pub count: Option<usize>,
    /// `_summary=count`, or `_count=0` which means the same: only the number of matches.
    pub only_total: bool,
    /// `_total=accurate`: how many match in all is told on every page.
    pub wants_total: bool,
    /// `_include`.
    pub includes: Vec<Include>,
    /// `_revinclude`.
    pub reverse_includes: Vec<Include>,
    /// `_sort`.
    pub sorting: Vec<Sorting>,
    /// `_elements`: what each match shall tell; all of it where nobody says.
    pub elements: Option<Elements>,
}

impl Controls {
    /// Takes one parameter, where it is a control; says whether it was one.
    ///
    /// # Errors
    /// 400 for a value it cannot have.
    pub(super) fn take(&mut self, kind: &str, name: &str, value: &str) -> Result<bool, Failure> {
        let wrong = || Failure::bad_request("invalid", format!("{name} cannot have this value here."));
        match name {
            "_count" => {
                let count: usize = value.parse().map_err(|_| wrong())?;
                self.count = Some(count);
                self.only_total |= count == 0;
            }
            "_summary" => match value {
                "count" => self.only_total = true,
                "false" => {}
                _ => return Err(wrong()),
            },
            "_total" if matches!(value, "none" | "estimate" | "accurate") => self.wants_total = value == "accurate",
            "_total" => return Err(wrong()),
            "_pretty" if matches!(value, "true" | "false") => {}
            "_pretty" => return Err(wrong()),
            "_format" => check_format(value)?,
            "_include" => self.includes.extend(Include::parse(value, false)?),
            "_include:iterate" => self.includes.extend(Include::parse(value, true)?),
            "_revinclude" => self.reverse_includes.extend(Include::parse(value, false)?),
            "_revinclude:iterate" => self.reverse_includes.extend(Include::parse(value, true)?),
            "_elements" => self.elements = Some(Elements::parse(value)?),
            "_sort" => self.sorting = Sorting::parse(kind, value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Accepts the names of JSON (R4 http.html#mime-type).
///
/// # Errors
/// 406 for anything else; XML and Turtle are not spoken here.
pub(super) fn check_format(value: &str) -> Result<(), Failure> {
    // A form decodes the plus of `application/fhir+json` to a space.
    match value.split(';').next().unwrap_or_default().trim() {
        "json" | "application/json" | "application/fhir+json" | "application/fhir json" | "text/json" => Ok(()),
        _ => Err(Failure::new(406, "not-supported", "This server answers in application/fhir+json only.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_told_from_criteria() {
        let mut controls = Controls::default();
        assert_eq!(controls.take("Goal", "_count", "5"), Ok(true));
        assert_eq!(controls.take("Goal", "patient", "5"), Ok(false));
        assert_eq!(controls.take("Goal", "_count", "many").expect_err("no number").status, 400);
        assert_eq!(controls.take("Goal", "_summary", "text").expect_err("unsupported").status, 400);
        assert_eq!(controls.take("Goal", "_format", "application/fhir+xml").expect_err("XML").status, 406);
        assert_eq!(controls.count, Some(5));
    }
}
