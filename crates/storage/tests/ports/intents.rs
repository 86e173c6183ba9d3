//! Laws of `write_back::Intents`.

use jiff::{SignedDuration, ToSpan};
use write_back::Closed;

use crate::Stores;
use crate::people::{intent, lake, launch, noon, session, tenant};

pub async fn an_open_intent_is_unfinished_until_it_is_closed(stores: Stores) {
    let id = stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap(), [(id.clone(), intent(noon()))]);
    stores.intents.close(&tenant(), &id, Closed::Saved, noon()).await.unwrap();
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap(), []);
}

pub async fn the_first_outcome_stays(stores: Stores) {
    let id = stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    stores.intents.close(&tenant(), &id, Closed::Conflict, noon()).await.unwrap();
    stores.intents.close(&tenant(), &id, Closed::Saved, noon() + 1.hour()).await.unwrap();
    // Its content is still there to be purged after the time of the first closing: a saved one would have none.
    assert_eq!(stores.database.purge(noon() + SignedDuration::from_hours(7 * 24)).await.unwrap().intents, 1);
}

pub async fn intents_outlive_their_session(stores: Stores) {
    stores.sessions.put(session(1)).await.unwrap();
    stores.launches.put(launch(1, 1)).await.unwrap();
    stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    stores.sessions.end(session(1).hash).await.unwrap();
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap().len(), 1);
}

pub async fn an_edit_of_one_tenant_is_neither_seen_nor_closed_by_another(stores: Stores) {
    let id = stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    assert_eq!(stores.intents.unfinished(&lake()).await.unwrap(), []);
    stores.intents.close(&lake(), &id, Closed::Saved, noon()).await.unwrap();
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap(), [(id, intent(noon()))]);
    // Each tenant's are kept house for.
    let theirs = stores.intents.open(&lake(), &intent(noon())).await.unwrap();
    stores.intents.close(&lake(), &theirs, Closed::Unknown, noon()).await.unwrap();
    let later = noon() + SignedDuration::from_hours(7 * 24);
    assert_eq!(stores.database.purge(later).await.unwrap().intents, 1);
    assert_eq!(stores.intents.unfinished(&tenant()).await.unwrap().len(), 1);
}

pub async fn unfinished_intents_come_oldest_first(stores: Stores) {
    for minutes in [3, 1, 2] {
        stores.intents.open(&tenant(), &intent(noon() + minutes.minutes())).await.unwrap();
    }
    let opened: Vec<_> =
        stores.intents.unfinished(&tenant()).await.unwrap().into_iter().map(|(_, intent)| intent.opened).collect();
    assert_eq!(opened, [1, 2, 3].map(|minutes: i64| noon() + minutes.minutes()));
}

pub async fn purging_never_touches_an_open_intent(stores: Stores) {
    stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    let saved = stores.intents.open(&tenant(), &intent(noon())).await.unwrap();
    stores.intents.close(&tenant(), &saved, Closed::Saved, noon()).await.unwrap();
    let day = SignedDuration::from_hours(24);
    assert_eq!(stores.database.purge(noon() + day * 29).await.unwrap().intents, 0);
    assert_eq!(stores.database.purge(noon() + day * 30).await.unwrap().intents, 1);
    let open: Vec<_> =
        stores.intents.unfinished(&tenant()).await.unwrap().into_iter().map(|(_, intent)| intent).collect();
    assert_eq!(open, [intent(noon())]);
}
