//! The folders of `patients`: a folder for each person, with a folder for each server where there are several.

use std::path::{Path, PathBuf};

use crate::folder::{name, within};
use crate::load::load;
use crate::{Person, Server};

/// Everybody of `patients`.
pub fn patients(sample_data: &Path) -> Vec<Person> {
    within(&sample_data.join("patients")).iter().filter(|path| path.is_dir()).map(|folder| person(folder)).collect()
}

/// A person whose folders `server-…` are one server each; one without them is known at one server.
fn person(folder: &Path) -> Person {
    let is_server = |path: &PathBuf| path.is_dir() && name(path).starts_with("server-");
    let mut servers: Vec<PathBuf> = within(folder).into_iter().filter(is_server).collect();
    if servers.is_empty() {
        servers.push(folder.to_owned());
    }
    let server = |path: &PathBuf| Server::new(&format!("https://{}.example/fhir", name(path)), load(&[path]));
    Person { name: name(folder), servers: servers.iter().map(server).collect() }
}
