//! One request's rights, and the readings that every interaction makes with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use access::PersonId;
use fhir_server::{Base, Failure};
use shared_plan::fhir::{Bases, ResourceKind, Spoken};
use shared_plan::plan::Pointed;
use shared_plan::ports::{Document, Kind, PartKey};
use shared_plan::{Foreign, Id, Version};

use super::Surface;
use super::failure::{of, of_resource};
use super::held::{Held, Shown};
use super::scopes::{Want, allow};
use crate::identity::Admitted;
use crate::service::Failure as Why;
use crate::{Caller, Service};

/// Who asks, and where.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) surface: &'a Surface,
    pub(super) admitted: &'a Admitted,
    pub(super) known: &'a Known,
}

/// Whose something is that plans point at, as far as this request has asked: so that each is asked for once.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<BTreeMap<Pointed, Option<PersonId>>>);

impl<'a> Reader<'a> {
    pub(super) fn caller(self) -> &'a Caller {
        &self.admitted.caller
    }

    pub(super) fn service(self) -> &'a Service {
        &self.surface.service
    }

    pub(super) fn base(self) -> &'a Base {
        &self.surface.base
    }

    /// True where the scopes allow it.
    pub(super) fn allows(self, kind: ResourceKind, want: Want) -> bool {
        allow(&self.admitted.scopes, &self.caller().people, kind, want)
    }

    /// Checks that the scopes allow it.
    ///
    /// # Errors
    /// 403.
    pub(super) fn may(self, kind: ResourceKind, want: Want) -> Result<(), Failure> {
        if self.allows(kind, want) { Ok(()) } else { Err(self.out_of_scope(kind, want)) }
    }

    /// The refusal of what the scopes do not allow.
    pub(super) fn out_of_scope(self, kind: ResourceKind, want: Want) -> Failure {
        let what = match want {
            Want::Read => "reading",
            Want::Search | Want::Along => "searching",
        };
        Failure::forbidden(format!("The token does not allow {what} {}.", kind.name()))
    }

    /// The document that holds a resource, in its latest version.
    ///
    /// # Errors
    /// 404, for what this caller does not reach as for what never was; the policy; the stores.
    pub(super) async fn held(self, kind: ResourceKind, id: &str) -> Result<Held, Failure> {
        let refuse = of_resource(kind.name(), id);
        // No id of ours is anything but 32 hex digits.
        if Id::<()>::parse(id).is_none() {
            return Err(refuse(Why::NotFound));
        }
        let tenant = &self.caller().tenant;
        let of_kind = |kind| self.service().key(tenant, kind, id);
        let found = match kind {
            ResourceKind::CarePlan => self.service().document(self.caller(), &of_kind(Kind::Plan)).await,
            ResourceKind::Condition => self.service().document(self.caller(), &of_kind(Kind::Concern)).await,
            ResourceKind::Goal => self.holder("goal", id).await,
            ResourceKind::Task | ResourceKind::ServiceRequest => self.holder("activity", id).await,
            ResourceKind::CareTeam => self.holder("team", id).await,
            ResourceKind::Provenance | ResourceKind::Patient => Err(Why::NotFound),
        };
        self.hold(found.map_err(refuse)?).await
    }

    /// Reads a document that was told. What it points at that is not of the same person is left out.
    ///
    /// # Errors
    /// The content; the store.
    pub(super) async fn hold(self, document: Document) -> Result<Held, Failure> {
        let mut held = Held::read(document).map_err(|error| of(error.into()))?;
        held.speak_of(Spoken::of(|kind| self.allows(kind, Want::Along)));
        let mut others = BTreeSet::new();
        for pointed in held.pointed() {
            if self.whose(&pointed).await?.as_ref() != Some(held.person()) {
                others.insert(pointed);
            }
        }
        held.leave_out(&others);
        Ok(held)
    }

    async fn whose(self, pointed: &Pointed) -> Result<Option<PersonId>, Failure> {
        if let Some(known) = self.known.0.lock().unwrap_or_else(PoisonError::into_inner).get(pointed) {
            return Ok(known.clone());
        }
        let found = self.service().whose_is(&self.caller().tenant, pointed).await.map_err(of)?;
        self.known.0.lock().unwrap_or_else(PoisonError::into_inner).insert(pointed.clone(), found.clone());
        Ok(found)
    }

    async fn holder(self, kind: &'static str, id: &str) -> Result<Document, Why> {
        self.service().holder(self.caller(), &PartKey { kind, id: id.to_owned() }).await
    }

    /// A former version of a document that was told.
    ///
    /// # Errors
    /// The store.
    pub(super) async fn former(self, held: &Held, version: Version) -> Result<Option<Arc<Held>>, Failure> {
        let found = self.service().former(self.caller(), &held.document, version).await.map_err(of)?;
        match found {
            Some(document) => Ok(Some(Arc::new(self.hold(document).await?))),
            None => Ok(None),
        }
    }

    /// The resources of a document that are of a type.
    pub(super) fn shown(self, held: &Held, kind: ResourceKind) -> Vec<Shown> {
        self.naming(|bases| held.shown(kind, bases))
    }

    /// One resource of a document.
    pub(super) fn one(self, held: &Held, kind: ResourceKind, id: &str) -> Option<Shown> {
        self.naming(|bases| held.one(kind, id, bases))
    }

    /// Does something with the addresses of the sources of the caller's tenant.
    pub(super) fn naming<R>(self, with: impl FnOnce(Bases<'_>) -> R) -> R {
        let tenant = &self.caller().tenant;
        let base = |foreign: &Foreign| (self.surface.sources)(tenant, foreign);
        with(Bases(&base))
    }
}
