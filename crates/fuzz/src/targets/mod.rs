//! The targets, one file each.

mod brands;
mod bundle;
mod callback;
mod capability;
mod cookie;
mod dates;
mod discovery;
mod id_token;
mod launch_query;
mod merge;
mod outcome;
mod quantity;
mod references;
mod resource;
mod scopes;
mod token_answer;

/// A reader of foreign text, with the law that holds for whatever it is given.
pub struct Target {
    /// Its name, which is also the folder of its corpus.
    pub name: &'static str,
    /// Words that mean something in its format.
    pub words: &'static [&'static str],
    /// Changed inputs that a test tries: as many as take about a second without optimisation.
    pub tries: u64,
    /// Reads an input and says in a few words what came of it; panics where the law does not hold.
    pub check: fn(&[u8]) -> String,
}

/// Every target.
pub const TARGETS: [&Target; 16] = [
    &discovery::TARGET,
    &token_answer::TARGET,
    &id_token::TARGET,
    &callback::TARGET,
    &launch_query::TARGET,
    &cookie::TARGET,
    &scopes::TARGET,
    &brands::TARGET,
    &bundle::TARGET,
    &resource::TARGET,
    &references::TARGET,
    &dates::TARGET,
    &quantity::TARGET,
    &outcome::TARGET,
    &capability::TARGET,
    &merge::TARGET,
];

/// Finds a target by its name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}
