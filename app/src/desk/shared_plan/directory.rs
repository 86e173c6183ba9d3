//! What the form of a team member shows of the provider directory.

/// The directory, as the page of a member looks into it. It is handed to the page by context, where there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectoryLook {
    /// The words that are looked for; empty where nobody was looked for yet.
    pub sought: String,
    /// Who was found.
    pub found: Found,
    /// The one that was chosen of them.
    pub picked: Option<Candidate>,
}

/// What a look into the directory found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Found {
    /// Nobody was looked for.
    #[default]
    NotAsked,
    /// These.
    People(Vec<Candidate>),
    /// The directory could not be asked: nobody is then known not to be in it.
    Away,
}

/// Somebody of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Their name in forms: the directory's own id is none of the browser's business.
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// What they do, as the directory says it.
    pub roles: Vec<String>,
    /// Where.
    pub organisation: Option<String>,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// False where the directory says that they no longer practise.
    pub active: bool,
}
