//! [`Step`](super::Step) for the transaction of a database.

/// Writes [`Step`](super::Step) for the transaction of a database, but for `go_to`, which is handed in.
macro_rules! step {
    ($database:ty, $go_to:expr) => {
        impl $crate::step::Step for sqlx::Transaction<'static, $database> {
            async fn execute(
                &mut self,
                statement: impl sqlx::SqlSafeStr + Send,
                values: &[$crate::step::Value<'_>],
            ) -> Result<u64, access::StoreError> {
                let query = $crate::step::bound!(sqlx::query(statement), values);
                let done = query.execute(&mut **self).await.map_err($crate::database::unasked)?;
                Ok(done.rows_affected())
            }

            async fn rows<R: $crate::step::Row>(
                &mut self,
                statement: impl sqlx::SqlSafeStr + Send,
                values: &[$crate::step::Value<'_>],
            ) -> Result<Vec<R>, access::StoreError> {
                let query = $crate::step::bound!(sqlx::query_as(statement), values);
                query.fetch_all(&mut **self).await.map_err($crate::database::unasked)
            }

            async fn go_to(&mut self, tenant: &access::TenantId) -> Result<(), access::StoreError> {
                $go_to(self, tenant).await
            }

            async fn commit(self) -> Result<(), access::StoreError> {
                sqlx::Transaction::commit(self).await.map_err($crate::database::unasked)
            }
        }
    };
}
pub(crate) use step;

/// A query with its values.
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match *value {
                $crate::step::Value::Text(text) => query.bind(text),
                $crate::step::Value::Number(number) => query.bind(number),
                $crate::step::Value::Bytes(bytes) => query.bind(bytes),
                $crate::step::Value::NoText => query.bind(None::<&str>),
                $crate::step::Value::NoNumber => query.bind(None::<i64>),
                $crate::step::Value::NoBytes => query.bind(None::<&[u8]>),
            };
        }
        query
    }};
}
pub(crate) use bound;
