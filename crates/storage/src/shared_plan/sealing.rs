//! What of a version is sealed, and among which columns it opens again.

use access::{PatientAt, PersonId, StoreError};
use serde::{Deserialize, Serialize};
use shared_plan::ports::{Document, Key, VersionHead, WhyMoved};
use shared_plan::{Version, Who};
use zeroize::Zeroizing;

use super::hanging::HangingRow;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::time::{from_column, to_column};

/// The columns in the clear beside a sealed one: it opens only among these, so that nobody hangs a plan on another person,
/// or makes a draft an approved plan, by an `UPDATE`.
pub(super) struct Beside<'a> {
    pub(super) key: &'a Key,
    pub(super) person: &'a str,
    pub(super) version: i64,
    pub(super) status: &'a str,
    pub(super) made: i64,
}

/// Who made a version, why, and at which record.
#[derive(Serialize, Deserialize)]
struct WhoAndWhy {
    by: Who,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written_at: Option<PatientAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<WhyMoved>,
}

/// A version, opened.
pub(super) struct Opened {
    pub(super) document: Document,
    /// Where it was made because the document came to hang on somebody: why.
    pub(super) moved: Option<WhyMoved>,
}

/// A version as its table holds it.
pub(super) struct SealedVersion {
    pub(super) version: i64,
    pub(super) made: i64,
    pub(super) content: Vec<u8>,
    pub(super) who: Vec<u8>,
}

/// A version as it is read.
#[derive(sqlx::FromRow)]
pub(super) struct VersionRow {
    id: String,
    #[sqlx(flatten)]
    whose: HangingRow,
    version: i64,
    status: String,
    made: i64,
    sealed: Vec<u8>,
    sealed_who: Vec<u8>,
}

/// A version as it is read without its content.
#[derive(sqlx::FromRow)]
pub(super) struct HeadRow {
    #[sqlx(flatten)]
    whose: HangingRow,
    version: i64,
    status: String,
    made: i64,
    sealed_who: Vec<u8>,
}

/// Seals a version for its row, with the person for whom the document was made, and why it was moved where that made it.
pub(super) fn seal(
    keeper: &Keeper,
    document: &Document,
    person: &str,
    moved: Option<WhyMoved>,
) -> Result<SealedVersion, StoreError> {
    let (version, made) = (crate::step::number(document.version.0)?, to_column(document.at));
    let beside = Beside { key: &document.key, person, version, status: &document.status, made };
    let (by, reason) = (document.by.clone(), document.reason.clone());
    let who = WhoAndWhy { by, reason, written_at: document.written_at.clone(), moved };
    let who = Zeroizing::new(serde_json::to_vec(&who).map_err(unasked)?);
    Ok(SealedVersion {
        version,
        made,
        content: beside.among("sealed", |place| keeper.sealer.seal(place, &document.content)),
        who: beside.among("sealed_who", |place| keeper.sealer.seal(place, &who)),
    })
}

impl VersionRow {
    /// The document of this row; `of` names its tenant and kind.
    pub(super) fn open(self, keeper: &Keeper, of: &Key) -> Result<Opened, StoreError> {
        let key = Key { id: self.id, ..of.clone() };
        let (version, made, status) = (self.version, self.made, self.status.as_str());
        let beside = Beside { key: &key, person: &self.whose.person, version, status, made };
        let content = beside.among("sealed", |place| keeper.sealer.open(place, &self.sealed)).map_err(unasked)?;
        let WhoAndWhy { by, reason, written_at, moved } = beside.who(keeper, &self.sealed_who)?;
        let document = Document {
            person: self.whose.open(keeper, &key)?.person,
            version: count(version)?,
            status: self.status,
            at: from_column(made)?,
            by,
            reason,
            written_at,
            content: content.to_vec(),
            key,
        };
        Ok(Opened { document, moved })
    }
}

impl HeadRow {
    /// Who made this version of a document, when and why.
    pub(super) fn open(self, keeper: &Keeper, key: &Key) -> Result<VersionHead, StoreError> {
        let (version, made) = (self.version, self.made);
        self.whose.open(keeper, key)?;
        let beside = Beside { key, person: &self.whose.person, version, status: &self.status, made };
        let WhoAndWhy { by, reason, moved, .. } = beside.who(keeper, &self.sealed_who)?;
        Ok(VersionHead { version: count(version)?, at: from_column(made)?, by, reason, moved })
    }
}

impl Beside<'_> {
    fn among<T>(&self, column: &str, act: impl FnOnce(Place<'_>) -> T) -> T {
        let Key { tenant, kind, id } = self.key;
        let (version, made) = (self.version.to_be_bytes(), self.made.to_be_bytes());
        let (person, status) = (self.person.as_bytes(), self.status.as_bytes());
        let document = [tenant.0.as_bytes(), kind.code().as_bytes(), id.as_bytes()];
        let row = [document[0], document[1], document[2], person, &version, status, &made, column.as_bytes()];
        act(Place { table: "document_version", row: &row })
    }

    fn who(&self, keeper: &Keeper, sealed: &[u8]) -> Result<WhoAndWhy, StoreError> {
        let plain = self.among("sealed_who", |place| keeper.sealer.open(place, sealed)).map_err(unasked)?;
        serde_json::from_slice(&plain).map_err(unasked)
    }
}

/// The version that a column holds.
pub(super) fn count(column: i64) -> Result<Version, StoreError> {
    u64::try_from(column).map(Version).map_err(unasked)
}

/// The person that a column holds.
pub(super) fn person(column: &str) -> Result<PersonId, StoreError> {
    PersonId::parse(column).ok_or_else(|| unasked("a row without a person's id"))
}
