//! The one table that a run prints.

use std::fmt::Write as _;

use crate::spread::Spread;

/// What a line says about its goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every round met the goal.
    Met,
    /// The round in the middle met it, not every round did.
    MetMostly,
    /// The round in the middle did not.
    NotMet,
    /// There is no goal: a figure to know.
    NoGoal,
    /// It could not be measured, because.
    NotMeasured(String),
}

impl Verdict {
    /// From the rounds: how far each was below what is allowed (zero or more meets the goal).
    pub fn of(margins: &[f64]) -> Self {
        match Spread::of(margins) {
            None => Self::NotMeasured("no rounds".to_owned()),
            Some(spread) if spread.min >= 0.0 => Self::Met,
            Some(spread) if spread.median >= 0.0 => Self::MetMostly,
            Some(_) => Self::NotMet,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Met => "met".to_owned(),
            Self::MetMostly => "met (median)".to_owned(),
            Self::NotMet => "not met".to_owned(),
            Self::NoGoal => "-".to_owned(),
            Self::NotMeasured(reason) => format!("not measured: {reason}"),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row of the goals it belongs to.
    pub row: u8,
    /// What was measured.
    pub what: String,
    /// Our figure, with its unit.
    pub ours: String,
    /// The figure it is compared with, and whose it is.
    pub beside: String,
    /// The ratio over the rounds.
    pub ratio: Option<Spread>,
    /// What is wanted of the ratio.
    pub goal: String,
    /// Whether it is so.
    pub verdict: Verdict,
}

impl Line {
    /// A line for something that could not be measured.
    pub fn not_measured(row: u8, what: impl Into<String>, goal: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            row,
            what: what.into(),
            ours: "-".to_owned(),
            beside: "-".to_owned(),
            ratio: None,
            goal: goal.into(),
            verdict: Verdict::NotMeasured(reason.into()),
        }
    }
}

/// The names of the columns.
pub const COLUMNS: [&str; 9] = ["row", "what", "Accord", "beside", "median", "min", "max", "goal", "verdict"];

/// The lines as one table, every column as wide as it needs.
pub fn print(lines: &[Line]) -> String {
    let mut cells: Vec<[String; 9]> = vec![COLUMNS.map(str::to_owned)];
    for line in lines {
        let figure =
            |of: fn(&Spread) -> f64| line.ratio.as_ref().map_or_else(|| "-".to_owned(), |spread| short(of(spread)));
        cells.push([
            line.row.to_string(),
            line.what.clone(),
            line.ours.clone(),
            line.beside.clone(),
            figure(|spread| spread.median),
            figure(|spread| spread.min),
            figure(|spread| spread.max),
            line.goal.clone(),
            line.verdict.words(),
        ]);
    }
    let width = |column: usize| cells.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let mut text = String::new();
    for (at, line) in cells.iter().enumerate() {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect();
        let _ = writeln!(text, "| {} |", padded.join(" | "));
        if at == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            let _ = writeln!(text, "| {} |", rules.join(" | "));
        }
    }
    text
}

/// A ratio with as many digits as it deserves.
pub fn short(figure: f64) -> String {
    match figure.abs() {
        100.0.. => format!("{figure:.0}"),
        10.0.. => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_only_where_the_worst_round_meets_it() {
        assert_eq!(Verdict::of(&[1.0, 0.0, 2.0]), Verdict::Met);
        assert_eq!(Verdict::of(&[1.0, -0.1, 2.0]), Verdict::MetMostly);
        assert_eq!(Verdict::of(&[-1.0, -0.1, 2.0]), Verdict::NotMet);
        assert!(matches!(Verdict::of(&[]), Verdict::NotMeasured(_)));
    }

    #[test]
    fn the_table_has_its_columns_and_a_line_for_each_figure() {
        let ratio = Spread::of(&[1.05, 1.1, 20.0]);
        let met = Line {
            row: 1,
            what: "the whole plan".into(),
            ours: "310 ms".into(),
            beside: "300 ms".into(),
            ratio,
            goal: "<= 1.10".into(),
            verdict: Verdict::Met,
        };
        let text = print(&[met, Line::not_measured(6, "first load", "<= 200 KB", "not built")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(COLUMNS.iter().all(|column| lines[0].contains(column)));
        assert!(lines[2].contains("1.10") && lines[2].contains("20.0") && lines[2].contains("| met"));
        assert!(lines[3].contains("not measured: not built"));
        assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()));
    }
}
