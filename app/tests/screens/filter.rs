//! The filter by words: a plain form whose words stand in the address.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::pages::{PlanQuery, board_fragment, plan_document};

use crate::support::{Desk, draw, picture};

const PLAN: &str = "/l/07070707070707070707070707070707/plan";

async fn plan(q: &str, item: Option<&str>, show: Option<&str>) -> String {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let query = PlanQuery { q: Some(q.to_owned()), item: own(item), show: own(show), answer: None };
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    draw(Some(desk), move || plan_document(query.clone())).await.html.replace("<!>", "")
}

fn shown(html: &str) -> Vec<&str> {
    html.split("<article").skip(1).filter_map(|card| card.split("id=\"").nth(1)?.split('"').next()).collect()
}

#[tokio::test]
async fn an_entry_is_found_by_title_code_and_note_whatever_the_case_and_accents() {
    assert_eq!(shown(&plan("METFÓRMIN", None, None).await), ["i-metformin"]);
    assert_eq!(shown(&plan("hba1c", None, None).await), ["g-hba1c"]);
    assert_eq!(shown(&plan("agreed with her", None, None).await), ["g-hba1c"]);
    let by_code = shown(&plan("127013003", None, None).await).join(" ");
    assert_eq!(by_code, "c-diabetes c-ckd c-tired");
    assert_eq!(shown(&plan("twice education", None, None).await), ["i-education"], "every word, in any place");
}

#[tokio::test]
async fn what_is_hidden_is_told_with_a_way_back() {
    let html = plan("foot", None, None).await;
    assert!(html.contains("Filtered by “foot”: 1 of 15 shown."), "{html}");
    assert!(html.contains(&format!("<a href=\"{PLAN}\" data-filter=\"\">Remove the filter</a>")));
    assert!(html.contains("None of 4 fits the filter."));
    assert!(!html.contains("None recorded by"));
    assert!(!plan("  ", None, None).await.contains("Filtered by"));
}

#[tokio::test]
async fn item_and_statuses_stay_in_the_address() {
    let html = plan("dia betes", Some("c-ckd"), Some("all")).await;
    for words in [
        format!("href=\"{PLAN}?item=c-ckd&amp;q=dia%20betes\""),
        format!("href=\"{PLAN}?show=all&amp;q=dia%20betes#c-ckd\""),
        format!("href=\"{PLAN}?item=c-ckd&amp;show=all\""),
        "<input type=\"hidden\" name=\"show\" value=\"all\"".to_owned(),
        "name=\"item\" value=\"c-ckd\"".to_owned(),
        "plan/board?show=all&amp;q=dia%20betes".to_owned(),
    ] {
        assert!(html.contains(&words) || html.replace("&amp;", "&").contains(&words.replace("&amp;", "&")), "{words}");
    }
    assert!(shown(&html).contains(&"c-ckd"), "a lit item is always shown");
    assert!(plan("x", None, None).await.contains("name=\"item\" disabled"));
}

#[tokio::test]
async fn the_fragment_keeps_the_filter() {
    let desk: Arc<dyn LaunchDesk> = Arc::new(Desk::over(picture(str::to_owned)));
    let query = PlanQuery { q: Some("foot".to_owned()), ..PlanQuery::default() };
    let html = board_fragment(desk, query).await;
    assert_eq!(shown(&html), ["i-foot"]);
    assert!(html.contains("data-key=\"filter\""));
}
