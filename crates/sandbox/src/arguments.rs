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
