//! Who the user is where no launch says so: by the sign-in without a person.

use access::{Session, SignIn, StoreError};

use crate::state::Server;

/// The newest sign-in that the browser's cookie stands for.
pub async fn of_session(server: &Server, session: &Session) -> Result<Option<SignIn>, StoreError> {
    let sign_ins = server.sign_ins.of_session(session.hash).await?;
    Ok(sign_ins.into_iter().find(|sign_in| sign_in.is_of(session)))
}
