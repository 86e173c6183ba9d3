//! What is late.

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, civil::Date};
use shared_plan::Event;
use shared_plan::ports::{Due, DueKind, Key, Passed, Timed};

use super::documents::read_kind;
use super::event_row;
use super::hanging::{HangingRow, hanging_columns, hanging_join};
use super::sealing::count;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::step::{Aim, Door, Step, Value, limit, number};
use crate::time::to_column;

/// Whoever holds the turn may take it again before it ends.
const TAKE: &str = "INSERT INTO turn (tenant_id, holder, held_until) VALUES ($1, $2, $3) \
                    ON CONFLICT (tenant_id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until \
                    WHERE turn.held_until <= $4 OR turn.holder = excluded.holder";
const PASSED: &str = concat!(
    "SELECT document.kind, document.id, ",
    hanging_columns!(),
    ", document.version, due.what, due.part, due.day FROM document_due AS due \
     JOIN document ON document.tenant_id = due.tenant_id AND document.kind = due.kind AND document.id = due.document ",
    hanging_join!(),
    " WHERE due.tenant_id = $1 AND due.day < $2 AND document.in_doubt = 0 \
     ORDER BY due.day, due.kind, due.document, due.what, due.part LIMIT $3 OFFSET $4"
);
/// Takes the next seat of a document that has not changed since.
const SEAT: &str = "UPDATE document SET events = events + 1 \
                    WHERE tenant_id = $1 AND kind = $2 AND id = $3 AND coalesce(hangs_on, person) = $4 \
                    AND in_doubt = 0 AND version = $5 RETURNING events";
const TOLD: &str = "INSERT INTO document_due_told (tenant_id, kind, document, what, part, day, told) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// The `document_due`, `document_due_told` and `turn` tables.
#[derive(Clone)]
pub(crate) struct StoredTimed<D>(pub(crate) D);

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    id: String,
    #[sqlx(flatten)]
    whose: HangingRow,
    version: i64,
    what: String,
    part: String,
    day: String,
}

#[async_trait]
impl<D: Door> Timed for StoredTimed<D> {
    async fn take_turn(
        &self,
        tenant: &TenantId,
        holder: &str,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<bool, StoreError> {
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        let (until, now) = (Value::Number(to_column(now + lease)), Value::Number(to_column(now)));
        let taken = step.execute(TAKE, &[Value::Text(&tenant.0), Value::Text(holder), until, now]).await?;
        step.commit().await?;
        Ok(taken == 1)
    }

    async fn passed(&self, tenant: &TenantId, today: Date, rows: usize) -> Result<Vec<Passed>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let today = today.to_string();
        let (mut passed, mut looked_at) = (Vec::new(), 0);
        // A row that cannot be read is reported and passed by: it must not hold back what is late after it.
        while passed.len() < rows {
            let wanted = rows - passed.len();
            let values = [Value::Text(&tenant.0), Value::Text(&today), limit(wanted), Value::Number(looked_at)];
            let found: Vec<Row> = step.rows(PASSED, &values).await?;
            let last = found.len() < wanted;
            looked_at += number(found.len() as u64)?;
            passed.extend(found.into_iter().filter_map(|row| row.read_or_report(keeper, tenant)));
            if last {
                break;
            }
        }
        Ok(passed)
    }

    async fn tell(&self, passed: &Passed, event: &Event) -> Result<bool, StoreError> {
        let Passed { key, due, .. } = passed;
        if !event_row::is_of(event, key, &passed.person) {
            return Err(unasked("what is told of a late part is about another document"));
        }
        let keeper = self.0.keeper(&key.tenant)?;
        let mut step = self.0.begin(&key.tenant, Aim::Write).await?;
        let document = [Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id)];
        let seen = [Value::Text(passed.person.as_str()), Value::Number(number(passed.version.0)?)];
        let seats: Vec<(i64,)> = step.rows(SEAT, &[&document[..], &seen].concat()).await?;
        let Some((events,)) = seats.first() else { return Ok(false) };
        let day = due.day.to_string();
        let late = [Value::Text(due.what.code()), Value::Text(&due.part), Value::Text(&day)];
        let watched = "DELETE FROM document_due WHERE tenant_id = $1 AND kind = $2 AND document = $3 AND what = $4 \
                       AND part = $5 AND day = $6";
        if step.execute(watched, &[&document[..], &late].concat()).await? == 0 {
            return Ok(false);
        }
        step.execute(TOLD, &[&document[..], &late, &[Value::Number(to_column(event.at))]].concat()).await?;
        event_row::keep::<D>(&mut step, keeper, key, std::slice::from_ref(event), events - 1).await?;
        step.commit().await?;
        Ok(true)
    }
}

impl Row {
    fn read_or_report(self, keeper: &Keeper, tenant: &TenantId) -> Option<Passed> {
        let document = self.id.clone();
        self.read(keeper, tenant)
            .inspect_err(|error| tracing::error!(document, %error, "a day to watch could not be read"))
            .ok()
    }

    fn read(self, keeper: &Keeper, tenant: &TenantId) -> Result<Passed, StoreError> {
        let key = Key { tenant: tenant.clone(), kind: read_kind(&self.kind)?, id: self.id };
        let what = DueKind::parse(&self.what).ok_or_else(|| unasked("a row of something unknown that is late"))?;
        Ok(Passed {
            person: self.whose.open(keeper, &key)?.person,
            key,
            version: count(self.version)?,
            due: Due { what, part: self.part, day: self.day.parse().map_err(unasked)? },
        })
    }
}
