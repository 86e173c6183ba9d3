//! On whom a document hangs now, as the rows say it: sealed, so that nobody hangs a plan on another person by an `UPDATE`.

use access::{PatientAt, PersonId, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared_plan::ports::{Key, Outgoing, WhyMoved};
use shared_plan::{Event, Who};
use zeroize::Zeroizing;

use super::sealing::person;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::step::{Step, Value};
use crate::time::from_column;

/// The columns of [`HangingRow`].
macro_rules! hanging_columns {
    () => {
        "document.person, document.hangs_on, document.in_doubt, document.moves, whose.person AS whose_person, \
         whose.in_doubt AS whose_in_doubt, whose.made AS whose_made, whose.sealed AS whose_sealed, \
         (SELECT max(every.move) FROM document_whose AS every WHERE every.tenant_id = document.tenant_id \
         AND every.kind = document.kind AND every.document = document.id) AS last_move"
    };
}
pub(super) use hanging_columns;

/// The table that they come from, joined to `document`.
macro_rules! hanging_join {
    () => {
        "LEFT JOIN document_whose AS whose ON whose.tenant_id = document.tenant_id AND whose.kind = document.kind \
         AND whose.document = document.id AND whose.move = document.moves"
    };
}
pub(super) use hanging_join;

const ONE: &str = concat!(
    "SELECT ",
    hanging_columns!(),
    " FROM document ",
    hanging_join!(),
    " WHERE document.tenant_id = $1 AND document.kind = $2 AND document.id = $3"
);

/// On whom a document hangs, as it is read.
#[derive(sqlx::FromRow)]
pub(super) struct HangingRow {
    /// The person for whom it was made: every version is sealed with it.
    pub(super) person: String,
    hangs_on: Option<String>,
    in_doubt: i64,
    moves: i64,
    whose_person: Option<String>,
    whose_in_doubt: Option<i64>,
    whose_made: Option<i64>,
    whose_sealed: Option<Vec<u8>>,
    last_move: Option<i64>,
}

/// On whom a document hangs.
pub(super) struct Hanging {
    /// The person.
    pub(super) person: PersonId,
    /// How often it was settled.
    pub(super) moves: i64,
    /// Where it is in doubt: since when, and the Patients that left.
    pub(super) doubt: Option<(Timestamp, Vec<PatientAt>)>,
}

/// What of a move is sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Move {
    pub(super) by: Who,
    pub(super) why: WhyMoved,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) left: Vec<PatientAt>,
}

/// The columns beside a sealed move.
pub(super) struct MoveBeside<'a> {
    pub(super) key: &'a Key,
    /// The person for whom the document was made.
    pub(super) origin: &'a str,
    pub(super) number: i64,
    pub(super) person: &'a str,
    pub(super) in_doubt: i64,
    pub(super) made: i64,
}

/// Reads on whom one document hangs.
pub(super) async fn of(step: &mut impl Step, key: &Key) -> Result<Option<HangingRow>, StoreError> {
    step.row(ONE, &[Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id)]).await
}

/// An event of a document that was moved, as one of the person on whom the document hangs now.
pub(super) async fn told_of(step: &mut impl Step, keeper: &Keeper, outgoing: Outgoing) -> Result<Outgoing, StoreError> {
    let event = &outgoing.event;
    let key = Key { tenant: outgoing.tenant.clone(), kind: event.kind, id: event.document.clone() };
    let row = of(step, &key).await?.ok_or_else(|| unasked("an event of a document that is not there"))?;
    let person = row.open(keeper, &key)?.person;
    Ok(Outgoing { event: Event { person, ..outgoing.event }, ..outgoing })
}

impl HangingRow {
    /// What the row says, where nobody has changed it.
    pub(super) fn open(&self, keeper: &Keeper, key: &Key) -> Result<Hanging, StoreError> {
        let changed = || unasked("a row that says on whom a document hangs was changed");
        let (Some(on), Some(beside), Some(in_doubt), Some(made), Some(sealed)) =
            (&self.hangs_on, &self.whose_person, self.whose_in_doubt, self.whose_made, &self.whose_sealed)
        else {
            // It was never moved, and nothing says otherwise.
            let never = self.moves == 0 && self.hangs_on.is_none() && self.in_doubt == 0 && self.last_move.is_none();
            let person = person(&self.person)?;
            return if never { Ok(Hanging { person, moves: 0, doubt: None }) } else { Err(changed()) };
        };
        if on != beside || in_doubt != self.in_doubt || self.last_move != Some(self.moves) {
            return Err(changed());
        }
        let number = self.moves;
        let beside = MoveBeside { key, origin: &self.person, number, person: on, in_doubt, made };
        let moved = beside.open(keeper, sealed)?;
        let doubt = if in_doubt == 1 { Some((from_column(made)?, moved.left)) } else { None };
        Ok(Hanging { person: person(on)?, moves: self.moves, doubt })
    }
}

impl MoveBeside<'_> {
    /// Seals a move for its row.
    pub(super) fn seal(&self, keeper: &Keeper, moved: &Move) -> Result<Vec<u8>, StoreError> {
        let plain = Zeroizing::new(serde_json::to_vec(moved).map_err(unasked)?);
        Ok(self.among(|place| keeper.sealer.seal(place, &plain)))
    }

    fn open(&self, keeper: &Keeper, sealed: &[u8]) -> Result<Move, StoreError> {
        let plain = self.among(|place| keeper.sealer.open(place, sealed)).map_err(unasked)?;
        serde_json::from_slice(&plain).map_err(unasked)
    }

    fn among<T>(&self, act: impl FnOnce(Place<'_>) -> T) -> T {
        let Key { tenant, kind, id } = self.key;
        let numbers = [self.number, self.in_doubt, self.made].map(i64::to_be_bytes);
        let [number, in_doubt, made] = numbers.each_ref().map(<[u8; 8]>::as_slice);
        let texts = [&*tenant.0, kind.code(), id, self.origin, self.person].map(str::as_bytes);
        let row = [texts[0], texts[1], texts[2], texts[3], number, texts[4], in_doubt, made];
        act(Place { table: "document_whose", row: &row })
    }
}
