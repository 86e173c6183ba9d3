//! Laws of `access::SignIns`.

use access::{Role, SessionHash, SignIn, TenantId, UserKey, Viewer};
use jiff::ToSpan;

use crate::Stores;
use crate::people::{launch, noon, session, tenant, user};

pub fn sign_in(session_byte: u8, at: &str) -> SignIn {
    SignIn {
        session: session(session_byte).hash,
        tenant: TenantId::new(at),
        source: "valley-ehr".to_owned(),
        viewer: Viewer { role: Role::Coordinator, ..launch(1, 1).viewer },
        created: noon(),
    }
}

pub async fn a_sign_in_that_was_put_is_found_whole(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), []);
    stores.sign_ins.put(&sign_in(1, "valley")).await.unwrap();
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), [sign_in(1, "valley")]);
    assert_eq!(stores.sign_ins.of_session(session(2).hash).await.unwrap(), []);
    assert!(stores.sign_ins.put(&sign_in(2, "valley")).await.is_err(), "there is no such session");
}

pub async fn a_session_has_one_sign_in_at_each_tenant(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let first = sign_in(1, "valley");
    let elsewhere = SignIn { created: noon() + 1.minute(), ..sign_in(1, "elsewhere") };
    let again = SignIn { source: "nephrology".to_owned(), created: noon() + 2.minutes(), ..first.clone() };
    for sign_in in [&first, &elsewhere, &again] {
        stores.sign_ins.put(sign_in).await.unwrap();
    }
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), [again, elsewhere]);
}

pub async fn p6_another_user_in_the_same_browser_ends_the_former_ones_sign_in(stores: Stores) {
    let other = UserKey { subject: "other".to_owned(), ..user() };
    for byte in [1, 2] {
        stores.sessions.put(session(byte)).await.unwrap();
        stores.sign_ins.put(&sign_in(byte, &tenant().0)).await.unwrap();
    }
    let end = async |user: Option<&UserKey>| stores.sign_ins.end_of_other_users(session(1).hash, user).await.unwrap();
    assert_eq!(end(Some(&user())).await, 0);
    assert_eq!(end(Some(&other)).await, 1);
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), []);
    assert_eq!(stores.sign_ins.of_session(session(2).hash).await.unwrap().len(), 1, "another browser's");
    stores.sign_ins.put(&sign_in(1, &tenant().0)).await.unwrap();
    assert_eq!(end(None).await, 1, "nobody known is another one than anybody known");
}

pub async fn a_sign_in_ends_with_its_session_and_goes_along_when_it_rotates(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.sign_ins.put(&sign_in(1, "valley")).await.unwrap();
    let new = SessionHash([9; 32]);
    stores.sessions.rotate(session(1).hash, new, noon() + 1.minute()).await.unwrap();
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), []);
    assert_eq!(stores.sign_ins.of_session(new).await.unwrap(), [SignIn { session: new, ..sign_in(1, "valley") }]);
    stores.sessions.end(new).await.unwrap();
    assert_eq!(stores.sign_ins.of_session(new).await.unwrap(), []);
}

pub async fn of_two_who_sign_in_at_once_at_one_tenant_one_stays(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let sign_ins = stores.sign_ins.clone();
        tabs.spawn(async move { sign_ins.put(&sign_in(1, "valley")).await.unwrap() });
    }
    tabs.join_all().await;
    assert_eq!(stores.sign_ins.of_session(session(1).hash).await.unwrap(), [sign_in(1, "valley")]);
}
