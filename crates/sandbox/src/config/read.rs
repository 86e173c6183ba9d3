//! From a TOML file to a configuration, or to a sentence that says what to mend.

use std::path::{Path, PathBuf};

use super::SandboxConfig;

/// Why a configuration cannot be used. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("The configuration {path} cannot be read: {cause}. Give the path of a TOML file with --config.")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is not TOML.
    #[error("The configuration is not TOML: {0}")]
    NotToml(String),
    /// A key has the wrong kind of value, is missing or unknown.
    #[error("At `{key}`: {message}")]
    WrongValue {
        /// Path of the key, such as `ehrs[0].port`.
        key: String,
        /// What was expected.
        message: String,
    },
    /// The values do not fit together.
    #[error("{0}")]
    Unfit(String),
}

impl SandboxConfig {
    /// The four built-in EHRs on ports 4001 to 4004, for an Accord at `http://127.0.0.1:3000`.
    pub fn built_in() -> Self {
        Self::parse(include_str!("../sandbox.toml")).expect("a test parses it")
    }

    /// Reads and checks a file. Paths in it are relative to the folder it stands in.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text =
            std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
        let mut config = Self::parse(&text)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for ehr in &mut config.ehrs {
            for load in &mut ehr.load {
                *load = folder.join(&*load);
            }
            for file in ehr.clients.iter_mut().filter_map(|client| client.jwks_file.as_mut()) {
                *file = folder.join(&*file);
            }
        }
        Ok(config)
    }

    /// Parses and checks a text.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let document = toml::de::Deserializer::parse(text)
            .map_err(|error| ConfigError::NotToml(error.to_string().trim().to_owned()))?;
        let config: Self = serde_path_to_error::deserialize(document).map_err(|error| ConfigError::WrongValue {
            key: error.path().to_string(),
            message: error.inner().message().to_owned(),
        })?;
        config.check()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::SandboxConfig;

    #[test]
    fn the_built_in_configuration_has_four_ehrs() {
        let names: Vec<_> = SandboxConfig::built_in().ehrs.into_iter().map(|ehr| ehr.name).collect();
        assert_eq!(names, ["Valley Primary Care", "Nephrology Associates", "University Hospital", "HomeHealth Plus"]);
    }
}
