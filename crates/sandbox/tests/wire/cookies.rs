use sandbox::EhrConfig;

use crate::{
    house::{CALLBACK, House},
    web::Web,
};

#[tokio::test]
async fn each_ehr_has_a_cookie_of_its_own_name() {
    let client = sandbox::ClientConfig::public("app", CALLBACK);
    let ehrs = ["valley-ehr", "nephrology"].map(|id| EhrConfig::new(id, id).with_client(client.clone()));
    let house = House::of(ehrs.to_vec()).await;
    let mut browser = Web::default();
    // Cookies know no ports, so that one browser sends both to both.
    for ehr in house.running.ehrs() {
        let url = house.authorize(&[("aud", ehr.fhir_base().as_str())]);
        let page = browser.get(&url.replace(house.ehr().origin(), ehr.origin())).await;
        assert!(page.body.contains("<h1>Sign in</h1>"), "{}", page.body);
        let cookie = page.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
    let names: Vec<&String> = browser.cookies.keys().collect();
    assert_eq!(names, ["ehr-nephrology", "ehr-valley-ehr"]);
    assert_ne!(browser.cookies["ehr-nephrology"], browser.cookies["ehr-valley-ehr"]);
}
