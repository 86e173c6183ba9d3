//! The command line of `sandbox`.

use std::path::PathBuf;

use sandbox::SandboxConfig;

/// What `--help` says.
pub(crate) const HELP: &str = "\
Simulated EHRs: SMART authorization and FHIR R4, each on its own port. Invented people.

sandbox [--config FILE] [--load [EHR=]DIR ...] [--port-control N]

  --config FILE       TOML; without it the four built-in EHRs start on ports 4001 to 4004
  --load EHR=DIR      also load the Bundles and resources of a folder into that EHR
  --load DIR          the same for the first EHR
  --port-control N    port of the control page";

/// Reads the command line into a configuration; `None` where only help was asked for.
pub(crate) fn read(mut parser: lexopt::Parser) -> anyhow::Result<Option<SandboxConfig>> {
    use lexopt::prelude::{Long, Short, ValueExt};
    let mut file: Option<PathBuf> = None;
    let mut loads: Vec<String> = Vec::new();
    let mut control: Option<u16> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("config") => file = Some(parser.value()?.into()),
            Long("load") => loads.push(parser.value()?.string()?),
            Long("port-control") => control = Some(parser.value()?.parse()?),
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    let mut config = match file {
        Some(file) => SandboxConfig::read(&file)?,
        None => SandboxConfig::built_in(),
    };
    if control.is_some() {
        config.control_port = control;
    }
    for load in loads {
        add_load(&mut config, &load)?;
    }
    Ok(Some(config))
}

fn add_load(config: &mut SandboxConfig, load: &str) -> anyhow::Result<()> {
    let named =
        load.split_once('=').and_then(|(id, folder)| Some((config.ehrs.iter().position(|ehr| ehr.id == id)?, folder)));
    // A folder may have `=` in its name, so that an unknown EHR is only an error where there is no such folder.
    let (index, folder) = named.unwrap_or((0, load));
    if !std::path::Path::new(folder).is_dir() {
        let ids: Vec<&str> = config.ehrs.iter().map(|ehr| ehr.id.as_str()).collect();
        anyhow::bail!(
            "--load {load}: there is no such folder; write EHR=DIR with one of {}, or a DIR.",
            ids.join(", ")
        );
    }
    config.ehrs[index].load.push(folder.into());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;

    fn loads(arguments: &[&str]) -> Result<Vec<usize>, String> {
        let config = read(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())?;
        Ok(config.expect("no help was asked for").ehrs.iter().map(|ehr| ehr.load.len()).collect())
    }

    #[test]
    fn a_folder_goes_to_the_named_ehr_or_to_the_first() {
        let here = env!("CARGO_MANIFEST_DIR");
        let named = format!("university={here}");
        assert_eq!(loads(&["--load", here, "--load", &named, "--load", &named]), Ok(vec![1, 0, 2, 0]));
    }

    #[test]
    fn a_wrong_command_line_says_what_to_mend() {
        let unknown = loads(&["--load", "clinic=/nowhere"]).expect_err("no such EHR");
        assert!(unknown.contains("valley-ehr, nephrology"), "{unknown}");
        assert!(
            loads(&["--config", "/nowhere.toml"]).expect_err("no such file").contains("Give the path of a TOML file")
        );
        assert!(loads(&["--colour"]).expect_err("no such option").contains("--colour"));
    }

    #[test]
    fn help_starts_nothing() {
        assert!(read(lexopt::Parser::from_args(["--help"])).expect("help is fine").is_none());
    }
}
