//! Units: when two spellings mean the same one.

/// A spelling under which equal units are equal: `mmHg` and `mm[Hg]`, `{score}` and none.
///
/// Only spellings are joined, values are never converted: `mg/dL` and `mmol/L` stay apart.
pub(crate) fn normal(code: Option<&str>, unit: Option<&str>) -> String {
    let said = |text: &&str| !text.trim().is_empty();
    let text = code.filter(said).or(unit.filter(said)).unwrap_or_default();
    let plain: String =
        without_annotations(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match plain.as_str() {
        "mmhg" | "mm(hg)" => "mm[hg]",
        "1" | "score" | "points" => "",
        "lb" | "lbs" | "[lb_us]" | "pounds" => "[lb_av]",
        "in" | "inch" | "inches" | "[in_us]" => "[in_i]",
        "°f" | "degf" | "f" => "[degf]",
        "°c" | "degc" | "c" | "celsius" => "cel",
        "bpm" | "beats/min" | "beats/minute" | "breaths/min" | "breaths/minute" | "/minute" => "/min",
        "percent" => "%",
        "kgs" => "kg",
        other => other,
    }
    .to_owned()
}

/// Leaves out UCUM annotations, which do not change a unit: `{beats}/min` is `/min`.
fn without_annotations(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_unit_are_equal_and_other_units_are_not() {
        assert_eq!(normal(Some("mm[Hg]"), Some("mmHg")), normal(None, Some("mm Hg")));
        assert_eq!(normal(Some("{score}"), None), normal(None, None));
        assert_eq!(normal(Some("{beats}/min"), None), normal(None, Some("bpm")));
        assert_ne!(normal(Some("mg/dL"), None), normal(Some("mmol/L"), None));
        assert_ne!(normal(Some("kg"), None), normal(Some("[lb_av]"), None));
    }
}
