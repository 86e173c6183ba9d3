//! `/panel`: the people who share with the care team.

use std::sync::Arc;

use access::{AuditEvent, Operation, StoreError, TenantId};
use app::pages::{Panel, PanelPerson, PanelRecord, panel_document};
use app::parts::Badge;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{draw, trouble};
use crate::ending;
use crate::gate::{self, Admitted};
use crate::panel::{self, Listed, ListedRecord};
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct PanelQuery {
    q: Option<String>,
}

/// Lists them; who is shown to whom is written down before, one event for each person.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Query(query): Query<PanelQuery>,
) -> Response {
    let (Some(session), Some(viewer), Some(tenant)) = (&admitted.session, &admitted.viewer, &admitted.tenant) else {
        return trouble::not_open(&server).await;
    };
    let listed = match panel::list(&server, tenant).await {
        Ok(listed) => listed,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let config = server.config.tenant(&tenant.0);
    let panel = Panel {
        tenant_name: config.map(|tenant| tenant.name.clone()).unwrap_or_default(),
        user_name: viewer.name.clone(),
        role: viewer.role,
        sought: String::new(),
        all: listed.len(),
        people: listed.iter().map(|one| person(&server, tenant, one)).collect(),
        now: server.clock.now(),
        zone: ending::zone(&server, Some(tenant)),
    }
    .find(query.q.as_deref());
    let shown = listed.iter().filter(|one| panel.people.iter().any(|shown| shown.id == one.person.as_str()));
    let events = match events(&server, &admitted, tenant, shown).await {
        Ok(events) => events,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if let Err(error) = server.audit.write_all(&events).await {
        return gate::unwritten(&server, &error).await;
    }
    let zone = panel.zone.clone();
    draw::page_of_session(&server, session, &zone, move || panel_document(panel.clone())).await
}

fn person(server: &Server, tenant: &TenantId, listed: &Listed) -> PanelPerson {
    let ours: Vec<_> = server.config.sources.iter().filter(|source| *source.tenant == *tenant.0).collect();
    let badge = |id: &str| {
        let place = ours.iter().position(|source| source.id == id)?;
        Some(Badge { name: ours[place].name.clone(), tag: ours[place].badge(), place })
    };
    let shown = |record: &ListedRecord| {
        Some(PanelRecord { badge: badge(&record.source)?, since: record.since, is_read: record.is_read })
    };
    PanelPerson {
        id: listed.person.to_string(),
        summary: listed.summary.clone(),
        shared: listed.shared.iter().filter_map(shown).collect(),
    }
}

/// One event for each person, at the first source that is shared; one for the page where it shows nobody.
async fn events<'a>(
    server: &Server,
    admitted: &Admitted,
    tenant: &TenantId,
    shown: impl Iterator<Item = &'a Listed>,
) -> Result<Vec<AuditEvent>, StoreError> {
    let event = gate::event(server, admitted, tenant, Operation::OpenPanel);
    let mut events = Vec::new();
    for one in shown {
        let links = server.persons.links(tenant, &one.person).await?;
        let at = one.shared.iter().find_map(|shared| links.iter().find(|link| link.at.source == shared.source));
        events.push(match at {
            Some(link) => event.clone().at(link.at.clone()),
            None => event.clone(),
        });
    }
    Ok(if events.is_empty() { vec![event] } else { events })
}
