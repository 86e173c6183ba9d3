//! What the neighbours of the shared plan say: the provider directory, the terminology server.

use shared_plan::plan::Coding;

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Heading.
    directory = "Look somebody up";
    /// Label.
    directory_name = "Name, or NPI";
    /// Button.
    directory_find = "Look up";
    /// The directory does not answer.
    directory_away = "The provider directory cannot be asked at the moment. Enter who it is below; you can look them up later.";
    /// Nobody was found.
    directory_nobody = "Nobody of that name is in the provider directory. Enter who it is below.";
    /// Somebody who is in the directory and does not practise.
    directory_former = "does not practise any more";
}

impl Words {
    /// Who was chosen from the directory.
    pub fn directory_picked(self, name: &str) -> String {
        let Self::English = self;
        format!("{name} is filled in below. Look through it, and save it.")
    }

    /// A number by which people of one name are told apart.
    pub fn directory_npi(self, npi: &str) -> String {
        let Self::English = self;
        format!("NPI {npi}")
    }

    /// A code that nobody has vouched for.
    pub fn code_unverified(self, code: &Coding) -> String {
        let Self::English = self;
        format!(
            "The code {} ({}) could not be checked when it was entered: the terminology server did not answer.",
            code.code, code.system
        )
    }
}
