//! Sentences of the choice of a provider.

use super::Words;
use super::goal::sentences;

sentences! {
    /// Label of the search box.
    providers_search = "Find a place by its name, city or portal";
    /// Button of the search box.
    providers_search_button = "Search";
    /// Link that takes the search away.
    providers_all = "Show all";
    /// Beside a provider whose record is in the plan.
    provider_connected = "is connected";
    /// Heading and link.
    connect_another = "Connect another record";
    /// What connecting is.
    connect_how = "Choose a place that treats this person. You sign in there, and its record joins this plan. Your password is typed there, never here.";
}

impl Words {
    /// "Connect Valley Primary Care".
    pub fn connect_name(self, name: &str) -> String {
        let Self::English = self;
        format!("Connect {name}")
    }

    /// How many providers are shown, of how many.
    pub fn providers_found(self, sought: &str, matching: usize, shown: usize) -> String {
        let Self::English = self;
        let places = |count: usize| if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        match (sought.is_empty(), matching) {
            (_, matching) if matching > shown => {
                format!("{shown} of {matching} places are shown. Search for the one you want.")
            }
            (false, 0) => "No place that can be chosen here is called so. Try a shorter word, or show all.".to_owned(),
            (false, 1) => "1 place matches.".to_owned(),
            (false, matching) => format!("{matching} places match."),
            (true, matching) => format!("{} can be chosen here.", places(matching)),
        }
    }

    /// Other names of a provider.
    pub fn provider_aliases(self, names: &[String]) -> String {
        let Self::English = self;
        format!("also called {}", self.list(names))
    }

    /// The portal of a provider.
    pub fn provider_portal(self, portal: &str) -> String {
        let Self::English = self;
        format!("portal: {portal}")
    }

    /// The source behind a provider of another name.
    pub fn provider_signs_in_at(self, name: &str) -> String {
        let Self::English = self;
        format!("you sign in at {name}")
    }
}
