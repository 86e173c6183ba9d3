use std::path::PathBuf;

use sandbox::{EhrConfig, People};

use crate::{house::House, web::Web};

fn sample_data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[tokio::test]
async fn a_folder_of_records_makes_an_ehr_with_users_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let patient = r#"{"resourceType":"Patient","id":"p1","name":[{"text":"Ada Test"}]}"#;
    std::fs::write(folder.path().join("patient.json"), patient).unwrap();
    let mut ehr =
        EhrConfig::new("bare", "Bare").with_client(sandbox::ClientConfig::public("app", crate::house::CALLBACK));
    ehr.people = People::None;
    ehr.load.push(folder.path().to_owned());
    let house = House::of(vec![ehr]).await;
    assert_eq!(house.ehr().resource_count(), 1);
    let page = Web::default().get(&house.authorize(&[])).await.body;
    for name in ["Ada Test", "Sandbox Clinician", "Sandbox Coordinator"] {
        assert!(page.contains(&format!(">{name}</button>")), "{name} in {page}");
    }
}

#[tokio::test]
async fn three_stores_of_one_person_load_side_by_side() {
    let Some(data) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return;
    };
    let stores = ["server-a-ehr", "server-b-community", "server-c-sds"].map(|name| {
        let mut ehr = EhrConfig::new(name, name);
        ehr.people = People::None;
        ehr.load.push(data.join("patients/pnoelle").join(name));
        ehr
    });
    let house = House::of(stores.to_vec()).await;
    for ehr in house.running.ehrs() {
        assert!(ehr.resource_count() > 0, "{}", ehr.id());
        assert_eq!(ehr.load_problems(), [] as [String; 0], "{}", ehr.id());
    }
    assert!(!house.running.ehr("server-a-ehr").store().list("Goal").is_empty());
}
