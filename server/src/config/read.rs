//! Reads the file, lays the environment over it, and names the place of what is wrong.

use std::path::Path;

use super::{Config, faults};

/// What is wrong with a configuration, in sentences that say what to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// Reads a configuration file; `environment` holds name and value of the process's variables.
pub fn read(file: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        ConfigError(vec![format!(
            "{} cannot be read ({error}): give the path of a configuration file by --config",
            file.display()
        )])
    })?;
    parse(&text, file, environment)
}

fn parse(text: &str, file: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Config, ConfigError> {
    let wrong = |sentence: String| ConfigError(vec![sentence]);
    let mut table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
        wrong(format!("{} line {line} is not TOML: {}", file.display(), error.message()))
    })?;
    for (name, value) in environment {
        if let Some(path) = name.strip_prefix("ACCORD__") {
            lay_over(&mut table, &path.to_lowercase().split("__").collect::<Vec<_>>(), &value)
                .map_err(|()| wrong(format!("the environment variable {name} names no single value: only sections and keys outside of lists can be set so")))?;
        }
    }
    let mut config: Config = serde_path_to_error::deserialize(table).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { "the configuration".to_owned() } else { path };
        wrong(format!("{place}: {}", error.into_inner().message().trim_end()))
    })?;
    config.folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let faults = faults(&config);
    if faults.is_empty() { Ok(config) } else { Err(ConfigError(faults)) }
}

/// Puts a value of the environment at its place; what reads as a number or a truth value becomes one.
fn lay_over(table: &mut toml::Table, path: &[&str], text: &str) -> Result<(), ()> {
    match path {
        [key] => {
            let value =
                text.parse::<bool>().map(toml::Value::from).or_else(|_| text.parse::<i64>().map(toml::Value::from));
            let value = value.unwrap_or_else(|_| toml::Value::from(text));
            table.insert((*key).to_owned(), value);
            Ok(())
        }
        [section, rest @ ..] => match table.entry((*section).to_owned()).or_insert_with(|| toml::Table::new().into()) {
            toml::Value::Table(inner) => lay_over(inner, rest, text),
            _ => Err(()),
        },
        [] => Err(()),
    }
}
