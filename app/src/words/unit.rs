//! Units as people read them, and a goal whose words and target differ.

use super::Words;

impl Words {
    /// A unit as people read it: an annotation of UCUM loses its braces, which mean nothing to a reader.
    pub fn unit(self, unit: &str) -> String {
        let Self::English = self;
        match unit.to_lowercase().as_str() {
            "{tscore}" | "{t-score}" => "T-score".to_owned(),
            _ => unit.replace("{1.73_m2}", "1.73 m²").replace(['{', '}'], "").replace('_', " "),
        }
    }

    /// A goal whose words name another value than its target.
    pub fn goal_says_otherwise(self, title: &str, target: &str) -> String {
        let Self::English = self;
        format!("Read both: its words say “{title}”, its target is {target}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stood_there_in_the_braces_of_ucum() {
        let unit = |text| Words::English.unit(text);
        assert_eq!(unit("{Tscore}"), "T-score");
        assert_eq!(unit("{score}"), "score");
        assert_eq!(unit("mL/min/{1.73_m2}"), "mL/min/1.73 m²");
        assert_eq!(unit("10*3/uL"), "10*3/uL");
        assert_eq!(unit("mmHg"), "mmHg");
    }
}
