//! The synthetic people: a transaction for each, and the staff of all in files of their own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use fhir_server::Local;
use serde_json::Value;

use crate::folder::{name, within};
use crate::load::{load, read};
use crate::{Person, Server};

/// Everybody of `synthea`, each at one server that holds their own record and the staff it names.
pub fn synthea(sample_data: &Path) -> Vec<Person> {
    let folders = within(&sample_data.join("synthea")).into_iter().filter(|path| path.is_dir());
    folders.flat_map(|folder| people(&folder)).collect()
}

fn people(folder: &Path) -> Vec<Person> {
    let (records, staff): (Vec<PathBuf>, Vec<PathBuf>) = within(folder).into_iter().partition(|file| is_record(file));
    let person = |file: &PathBuf| {
        let paths: Vec<&Path> = staff.iter().chain([file]).map(PathBuf::as_path).collect();
        let base = format!("https://{}.example/fhir", name(folder));
        Person { name: name(file), servers: vec![Server::new(&base, named(load(&paths)))] }
    };
    records.iter().map(person).collect()
}

/// True for a file that holds a Patient.
fn is_record(file: &Path) -> bool {
    let document = read(file);
    let entries = document["entry"].as_array();
    entries.into_iter().flatten().any(|entry| entry["resource"]["resourceType"] == "Patient")
}

/// Leaves out the staff that nothing of the record names.
fn named(resources: Vec<Value>) -> Vec<Value> {
    let mut named: HashSet<Local> = HashSet::new();
    let is_staff = |resource: &Value| resource["resourceType"].as_str().is_some_and(crate::split::is_staff);
    let mut open: Vec<&Value> = resources.iter().filter(|resource| !is_staff(resource)).collect();
    while let Some(resource) = open.pop() {
        for local in Local::all_in(resource) {
            if crate::split::is_staff(&local.kind) && named.insert(local.clone()) {
                open.extend(resources.iter().filter(|other| crate::split::local(other) == local));
            }
        }
    }
    let stays = |resource: &Value| !is_staff(resource) || named.contains(&crate::split::local(resource));
    resources.iter().filter(|resource| stays(resource)).cloned().collect()
}
