//! Members of teams, looked up in the provider directory.
//!
//! The browser names the words that were looked for and, by a handle, one of those who were found; who that is is looked up
//! again when the form is sent. So the browser names no id of the directory, and nothing is kept between the two.

use std::sync::Arc;

use app::desk::member_name;
use app::desk::shared_plan::{Candidate, DirectoryLook, Found};
use care_plan_service::neighbours::directory::{DIRECTORY, Directory, DirectoryServer, Provider};
use fhir::{ResourceKey, SourceId};
use shared_plan::Foreign;
use shared_plan::commands::{Problem, Wrong};
use shared_plan::plan::Coded;

use super::Fields;
use crate::config::Config;
use crate::state::StartError;

/// Letters of a search that count.
const LONGEST: usize = 100;

/// The directory of the configuration.
///
/// # Errors
/// Its token cannot be read.
pub fn open(config: &Config, outbound: &outbound::Client) -> Result<Option<Arc<dyn Directory>>, StartError> {
    let Some(section) = &config.care_plan_service else { return Ok(None) };
    let Some(url) = &section.directory_url else { return Ok(None) };
    let read = |file: &std::path::PathBuf| {
        let file = config.path(file);
        let text = std::fs::read_to_string(&file)
            .map_err(|error| StartError(format!("directory_token_file {} cannot be read ({error})", file.display())))?;
        Ok(access::Secret::new(text.trim()))
    };
    let token = section.directory_token_file.as_ref().map(read).transpose()?;
    Ok(Some(Arc::new(DirectoryServer::new(outbound.clone(), url.clone()).with_token(token))))
}

/// What the page of a member shows of the directory.
pub async fn look(directory: &dyn Directory, find: Option<&str>, pick: Option<&str>) -> DirectoryLook {
    let sought = words(find.unwrap_or_default());
    if sought.is_empty() {
        return DirectoryLook::default();
    }
    match directory.find(&sought).await {
        Ok(found) => {
            let people: Vec<Candidate> = found.into_iter().map(candidate).collect();
            let picked = people.iter().find(|one| Some(one.handle.as_str()) == pick).cloned();
            DirectoryLook { sought, found: Found::People(people), picked }
        }
        Err(error) => {
            tracing::warn!(%error, "somebody was looked up in vain");
            DirectoryLook { sought, found: Found::Away, picked: None }
        }
    }
}

/// Somebody who was chosen from the directory.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Who, as the plan points at them.
    pub who: Foreign,
    /// What they do, as the form was drawn with it.
    pub roles: Vec<Coded>,
}

/// Whom a form has chosen from the directory; `None` where nobody was.
///
/// # Errors
/// The field, where it cannot be said any more who that is: the words can be sent without the choice.
pub async fn chosen(directory: Option<&dyn Directory>, fields: &Fields<'_>) -> Result<Option<Chosen>, Problem> {
    let Some(handle) = fields.text("provider") else { return Ok(None) };
    let gone = || Problem { field: "name".to_owned(), wrong: Wrong::PointsNowhere };
    let directory = directory.ok_or_else(gone)?;
    let found = directory.find(&words(fields.text("find").unwrap_or_default())).await.map_err(|_| gone())?;
    let provider = found.into_iter().find(|provider| name_of(provider) == handle).ok_or_else(gone)?;
    let who = Foreign {
        source: DIRECTORY.to_owned(),
        kind: "Practitioner".to_owned(),
        id: provider.id,
        version: None,
        display: Some(provider.name),
    };
    Ok(Some(Chosen { who, roles: provider.roles.iter().map(Coded::text).collect() }))
}

fn words(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn name_of(provider: &Provider) -> String {
    let source = SourceId::new(DIRECTORY);
    member_name(&ResourceKey { source, kind: "Practitioner".to_owned(), id: provider.id.clone() })
}

fn candidate(provider: Provider) -> Candidate {
    let handle = name_of(&provider);
    let Provider { name, roles, organisation, npi, active, .. } = provider;
    Candidate { handle, name, roles, organisation, npi, active }
}
