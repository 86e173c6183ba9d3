//! The providers that a user may choose from: the registered sources, under the names that their patients know.

use std::sync::Arc;

use access::TenantId;
use app::parts::Badge;
use app::sections::{ProviderChoice, ProviderSheet};
use fhir::SourceId;
use smart::{Brand, Client};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::brands;
use crate::config::{Launches, SourceConfig};
use crate::rooms::Room;
use crate::sources;
use crate::state::Server;

/// Providers shown on a page.
const SHOWN: usize = 50;
/// Letters of a search that count.
const LONGEST: usize = 100;

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The words that were sought.
    pub sought: String,
    /// Those shown.
    pub choices: Vec<ProviderChoice>,
    /// All that match.
    pub matching: usize,
}

impl Found {
    /// The same for the page at this address, which goes on saying what is kept.
    pub fn sheet(self, action: String, kept: Vec<(String, String)>) -> ProviderSheet {
        ProviderSheet { action, kept, sought: self.sought, choices: self.choices, matching: self.matching }
    }
}

/// For whom the list is made.
#[derive(Clone, Copy)]
pub enum For<'a> {
    /// Somebody who is not known yet; the words stand behind the address of each choice.
    Anybody(&'a str),
    /// The user of an open launch.
    Launch(&'a Room),
}

/// Lists the providers whose words match, in the order of the configuration.
pub async fn find(server: &Arc<Server>, list_for: For<'_>, sought: Option<&str>) -> Found {
    let sought: String = sought.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let tenant = match list_for {
        For::Anybody(_) => None,
        For::Launch(room) => Some(&room.launch.tenant),
    };
    let offered: Vec<(usize, &SourceConfig, &Arc<Client>)> = offered(server, tenant);
    let clients: Vec<Arc<Client>> = offered.iter().map(|(_, _, client)| Arc::clone(client)).collect();
    let brands = brands::of(server, &clients).await;
    let mut found = Found { sought, choices: Vec::new(), matching: 0 };
    let (words, others) = (words(&found.sought), Others::of(server));
    for (place, source, client) in offered {
        let own = brands.get(&client.source).map(|brands| brands.as_slice()).unwrap_or_default();
        let fair: Vec<&Brand> = own.iter().filter(|brand| !others.bear(source, &brand.name)).collect();
        let named = fair.iter().map(|brand| Some(*brand));
        let unnamed = fair.is_empty().then_some(None);
        for brand in named.chain(unnamed) {
            let choice = choice(place, source, brand, list_for, &others);
            if matches(&choice, &source.name, &words) {
                found.matching += 1;
                if found.choices.len() < SHOWN {
                    found.choices.push(choice);
                }
            }
        }
    }
    found
}

/// The sources where users sign in, each with its place in the configuration.
fn offered<'a>(server: &'a Server, tenant: Option<&TenantId>) -> Vec<(usize, &'a SourceConfig, &'a Arc<Client>)> {
    let standalone = |source: &&SourceConfig| source.launches.contains(&Launches::Standalone);
    let sources = server.config.sources.iter().filter(standalone).enumerate();
    sources
        .filter_map(|(place, source)| Some((place, source, server.registry.by_source(&source.id)?)))
        .filter(|(_, _, client)| tenant.is_none_or(|tenant| client.tenant == *tenant))
        .collect()
}

/// The names of all registered sources. A brand under the name of another one is not shown: whoever chose it would sign
/// in at the wrong place.
struct Others(Vec<String>);

impl Others {
    fn of(server: &Server) -> Self {
        Self(server.config.sources.iter().map(|source| fold(&source.name)).collect())
    }

    fn bear(&self, source: &SourceConfig, name: &str) -> bool {
        let name = fold(name);
        name != fold(&source.name) && self.0.contains(&name)
    }
}

fn choice(
    place: usize,
    source: &SourceConfig,
    brand: Option<&Brand>,
    list_for: For<'_>,
    others: &Others,
) -> ProviderChoice {
    let shown = sources::source(source);
    let href = match list_for {
        For::Anybody(more) => format!("/sign-in?at={}{more}", source.id),
        For::Launch(room) => format!("/l/{}/connect/{}", room.launch.id, source.id),
    };
    let name = brand.map_or_else(|| shown.name.clone(), |brand| brand.name.clone());
    let alias = |alias: &&String| fold(alias) != fold(&name) && !others.bear(source, alias);
    ProviderChoice {
        aliases: brand.map(|brand| brand.aliases.iter().filter(alias).take(5).cloned().collect()).unwrap_or_default(),
        place: brand.and_then(|brand| brand.places.first().cloned()),
        portal: brand.and_then(|brand| brand.portals.iter().find_map(|portal| portal.name.clone())),
        signs_in_at: (fold(&name) != fold(&shown.name)).then(|| shown.name.clone()),
        badge: Badge { name: shown.name, tag: shown.tag, place },
        href,
        connected: matches!(list_for, For::Launch(room) if room.reading.patient(&SourceId::new(source.id.as_str())).is_some()),
        name,
    }
}

/// True where every word stands in what the provider is called.
fn matches(choice: &ProviderChoice, source: &str, words: &[String]) -> bool {
    let texts = [choice.name.as_str(), source].into_iter();
    let texts = texts.chain(choice.aliases.iter().map(String::as_str));
    let texts: Vec<String> = texts.chain(choice.place.as_deref()).chain(choice.portal.as_deref()).map(fold).collect();
    words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

fn words(sought: &str) -> Vec<String> {
    sought.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

/// Letters and digits only, without case and accents.
fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|letter| !is_combining_mark(*letter) && letter.is_alphanumeric());
    bare.flat_map(char::to_lowercase).collect()
}
