//! What a plan newly points at here is asked for in one place, so that no endpoint and no form lets a plan point at
//! another person's concern. What is another's is refused as what is not there.

use std::collections::{BTreeMap, BTreeSet};

use access::{PersonId, TenantId};
use shared_plan::commands::{Problem, Refusal, Wrong};
use shared_plan::fhir::ResourceKind;
use shared_plan::plan::Pointed;
use shared_plan::ports::{Kind, PartKey};
use shared_plan::{Id, Kept};

use super::{Failure, Service};

impl Service {
    /// Refuses what points at anything that is not of the same person. What it pointed at before holds up no change: whose
    /// that is may have been settled since.
    pub(super) async fn check_pointed<K: Kept + Sync>(&self, before: Option<&K>, after: &K) -> Result<(), Failure> {
        let pointed = after.pointed();
        if pointed.is_empty() {
            return Ok(());
        }
        let (tenant, person) = (after.head().tenant.clone(), after.head().person.clone());
        let before: BTreeSet<Pointed> =
            before.map(K::pointed).unwrap_or_default().into_iter().map(|(_, pointed)| pointed).collect();
        let mut theirs: BTreeMap<Pointed, bool> = BTreeMap::new();
        let mut problems = Vec::new();
        for (field, pointed) in pointed.into_iter().filter(|(_, pointed)| !before.contains(pointed)) {
            let is_theirs = match theirs.get(&pointed) {
                Some(is_theirs) => *is_theirs,
                None => self.whose_is(&tenant, &pointed).await?.as_ref() == Some(&person),
            };
            theirs.insert(pointed, is_theirs);
            if !is_theirs {
                problems.push(Problem { field, wrong: Wrong::PointsNowhere });
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems).into()) }
    }

    /// Whose something is that a plan points at; `None` for what is not there, and while that is in doubt. It is told to
    /// nobody: it is only compared.
    ///
    /// # Errors
    /// The store.
    pub(crate) async fn whose_is(&self, tenant: &TenantId, pointed: &Pointed) -> Result<Option<PersonId>, Failure> {
        let id = &pointed.id;
        if Id::<()>::parse(id).is_none() {
            return Ok(None);
        }
        let part = match pointed.kind {
            ResourceKind::Goal => "goal",
            ResourceKind::Task | ResourceKind::ServiceRequest => "activity",
            ResourceKind::CareTeam => "team",
            ResourceKind::Provenance | ResourceKind::Patient => return Ok(None),
            ResourceKind::CarePlan | ResourceKind::Condition => {
                let kind = if pointed.kind == ResourceKind::Condition { Kind::Concern } else { Kind::Plan };
                let found = self.documents.lookup(&self.key(tenant, kind, id)).await?;
                return Ok(found.map(|found| found.person));
            }
        };
        let holder = self.documents.holder_of(tenant, &PartKey { kind: part, id: id.clone() }).await?;
        // What no plan holds is looked up as well, as for every part.
        let key = holder.clone().unwrap_or_else(|| self.key(tenant, Kind::Plan, id));
        let found = self.documents.lookup(&key).await?.filter(|_| holder.is_some());
        Ok(found.map(|found| found.person))
    }
}
