//! The sources as the measuring process sees them: where they are, what they were asked, how slow they are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::lines::Partner;
use crate::serving::Served;

/// One source.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Its FHIR base.
    pub base: Url,
    /// The person's Patient id there.
    pub patient: String,
    /// Resources there.
    pub resources: usize,
}

/// One request as a source saw it: its target (`GET /Goal?…`), and milliseconds after the first.
pub type Asked = (String, f64);

/// The running sources; they end when dropped.
#[derive(Debug)]
pub struct Sources {
    partner: Partner,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Places {
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct All {
    asked: Vec<Vec<Asked>>,
}

impl Sources {
    /// Starts the sources as a child of this very program.
    ///
    /// # Errors
    /// Where they cannot be started.
    pub fn start(program: &Path, served: Served) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg("sources");
        command.args(["--sources", &served.sources.to_string(), "--resources", &served.resources.to_string()]);
        command.args(["--seed", &served.seed.to_string()]);
        command.args(served.strict.then_some("--strict"));
        let mut partner = Partner::start(&mut command)?;
        let Places { places } = serde_json::from_value(partner.answer().context("starting the sources")?)?;
        Ok(Self { partner, places })
    }

    /// The first `number` sources.
    pub fn first(&self, number: usize) -> &[Place] {
        &self.places[..number.min(self.places.len())]
    }

    /// Lets every answer take so long, with a Pareto tail of this shape upon it if one is given.
    ///
    /// # Errors
    /// Where the sources have ended.
    pub fn delay(&mut self, milliseconds: u32, tail: Option<f64>, seed: u64) -> Result<()> {
        self.partner.ask(&json!({ "latency": { "milliseconds": milliseconds, "tail": tail, "seed": seed } })).map(drop)
    }

    /// What each source was asked since the last call.
    ///
    /// # Errors
    /// Where the sources have ended.
    pub fn asked(&mut self) -> Result<Vec<Vec<Asked>>> {
        let All { asked } = serde_json::from_value(self.partner.ask(&json!("asked"))?)?;
        Ok(asked)
    }
}

/// The requests of one source in generations: what waits for nothing, what waits for one answer, and so on.
///
/// The source was asked without a limit of requests at once and answered everything equally late, so a request came as many
/// delays after the first as it had to wait for answers.
pub fn generations(asked: &[Asked], milliseconds: f64) -> Vec<Vec<String>> {
    let mut generations: Vec<Vec<String>> = Vec::new();
    for (target, after) in asked {
        let at = (after / milliseconds + 0.25).floor().max(0.0) as usize;
        let at = at.min(generations.len());
        if at == generations.len() {
            generations.push(Vec::new());
        }
        generations[at].push(target.clone());
    }
    generations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_fall_into_generations_by_when_they_came() {
        let asked: Vec<Asked> = [("a", 0.0), ("b", 9.0), ("c", 204.0), ("d", 230.0), ("e", 420.0)]
            .map(|(name, at)| (name.to_owned(), at))
            .into();
        assert_eq!(generations(&asked, 200.0), [vec!["a", "b"], vec!["c", "d"], vec!["e"]]);
        assert!(generations(&[], 200.0).is_empty());
    }
}
