use http::{Method, StatusCode};
use http_body_util::BodyExt;
use sandbox::Fault;

use crate::{
    house::{House, SCOPES},
    web::Web,
};

#[tokio::test]
async fn a_stopped_ehr_refuses_connections_and_comes_back_with_its_tokens() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    let url = format!("{}/Patient/{}", house.base(), house.patient());
    house.ehr().stop().await;
    assert!(!house.ehr().is_running().await);
    let error = Web::bearer(&token).send(Method::GET, &url, String::new()).await.unwrap_err();
    assert!(error.to_string().contains("refused"), "{error}");
    house.ehr().restart().await.unwrap();
    assert_eq!(Web::bearer(&token).get(&url).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_stop_closes_connections_that_are_open() {
    let house = House::open().await;
    let stream = tokio::net::TcpStream::connect(house.ehr().address()).await.unwrap();
    let io = hyper_util::rt::TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
    let connection = tokio::spawn(connection);
    let request = || {
        http::Request::get("/").header("host", "x").body(http_body_util::Empty::<hyper::body::Bytes>::new()).unwrap()
    };
    sender.send_request(request()).await.unwrap().into_body().collect().await.unwrap();
    house.ehr().stop().await;
    let _ = connection.await.unwrap();
    assert!(sender.send_request(request()).await.is_err());
}

#[tokio::test]
async fn the_control_page_stops_starts_and_lists_the_ehrs() {
    let house = House::open().await;
    let control = house.running.control().unwrap().clone();
    let mut web = Web::default();
    assert!(web.get(control.as_str()).await.body.contains("State: <strong>running</strong>"));
    web.post(control.join("ehrs/valley-ehr/stop").unwrap().as_str(), &[]).await;
    assert!(web.get(control.as_str()).await.body.contains("State: <strong>stopped</strong>"));
    web.post(control.join("ehrs/valley-ehr/start").unwrap().as_str(), &[]).await;
    assert_eq!(web.get(&house.at("/")).await.status, StatusCode::OK);
    let missing = web.post(control.join("ehrs/nowhere/stop").unwrap().as_str(), &[]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn faults_are_set_by_form_and_touch_the_records_only() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    let form = house.running.control().unwrap().join("ehrs/valley-ehr/fault").unwrap();
    let read = format!("/Patient/{}", house.patient());
    Web::default().post(form.as_str(), &[("mode", "status-500")]).await;
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let discovery = format!("{}/.well-known/smart-configuration", house.base());
    assert_eq!(Web::default().get(&discovery).await.status, StatusCode::OK);

    Web::default().post(form.as_str(), &[("mode", "html")]).await;
    let page = house.fhir(&token, &read).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));

    Web::default().post(form.as_str(), &[("mode", "off")]).await;
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::OK);
    let unknown = Web::default().post(form.as_str(), &[("mode", "fire")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn each_refusal_of_changes_of_goals_is_told_in_its_own_way_and_goals_are_read_all_the_same() {
    let house = House::open().await;
    let token = house.access_token("launch patient/*.cruds").await;
    let form = house.running.control().unwrap().join("ehrs/valley-ehr/fault").unwrap();
    let found = house.fhir(&token, &format!("/Goal?patient={}", house.patient())).await.json();
    let goal = found["entry"][0]["resource"].clone();
    let path = format!("/Goal/{}", goal["id"].as_str().unwrap());
    let put = async || {
        let mut web = Web::bearer(&token);
        web.send(Method::PUT, &format!("{}{path}", house.base()), goal.to_string()).await.unwrap()
    };
    for (mode, status, code) in [
        ("goals-403", StatusCode::FORBIDDEN, Some("forbidden")),
        ("goals-403-page", StatusCode::FORBIDDEN, None),
        ("goals-405", StatusCode::METHOD_NOT_ALLOWED, Some("not-supported")),
        ("goals-405-empty", StatusCode::METHOD_NOT_ALLOWED, None),
        ("goals-422", StatusCode::UNPROCESSABLE_ENTITY, Some("business-rule")),
    ] {
        Web::default().post(form.as_str(), &[("mode", mode)]).await;
        let refused = put().await;
        assert_eq!(refused.status, status, "{mode}");
        match code {
            Some(code) => assert_eq!(refused.json()["issue"][0]["code"], code, "{mode}"),
            None => assert!(!refused.body.contains("OperationOutcome"), "{mode}: {}", refused.body),
        }
        assert_eq!(refused.headers.contains_key("allow"), status == StatusCode::METHOD_NOT_ALLOWED, "{mode}");
        assert_eq!(house.fhir(&token, &path).await.json()["meta"]["versionId"], "1", "{mode}");
    }
    Web::default().post(form.as_str(), &[("mode", "off")]).await;
    assert_eq!(put().await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_truncated_answer_breaks_off_before_its_length() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    house.ehr().set_fault(Fault::Truncated);
    let url = format!("{}/Patient/{}", house.base(), house.patient());
    let error = Web::bearer(&token).send(Method::GET, &url, String::new()).await.unwrap_err();
    assert!(error.to_string().to_lowercase().contains("body") || error.to_string().contains("end"), "{error}");
}

#[tokio::test]
async fn an_endless_answer_begins_and_goes_on_until_the_reader_hangs_up() {
    let house = House::open().await;
    house.ehr().set_fault(Fault::Endless);
    let stream = tokio::net::TcpStream::connect(house.ehr().address()).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(hyper_util::rt::TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request =
        http::Request::get("/fhir/Goal").header("host", "x").body(http_body_util::Empty::<hyper::body::Bytes>::new());
    let mut body = sender.send_request(request.unwrap()).await.unwrap().into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(first.starts_with(b"{\"resourceType\":\"Bundle\""));
    let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(&second[..], b" ");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let house = House::open().await;
    let control = house.running.control().unwrap();
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", control.port().unwrap())).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(hyper_util::rt::TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = http::Request::post("/ehrs/valley-ehr/stop")
        .header("host", "x")
        .header("sec-fetch-site", "cross-site")
        .body(http_body_util::Empty::<hyper::body::Bytes>::new())
        .unwrap();
    assert_eq!(sender.send_request(request).await.unwrap().status(), StatusCode::FORBIDDEN);
    assert!(house.ehr().is_running().await);
}

#[tokio::test]
async fn stopping_the_sandbox_closes_every_port() {
    let house = House::open().await;
    let ports = [house.ehr().address().port(), house.running.control().unwrap().port().unwrap()];
    house.running.stop().await;
    for port in ports {
        assert!(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err());
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_what_to_do() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut ehr = sandbox::EhrConfig::new("valley-ehr", "Valley");
    ehr.port = taken.local_addr().unwrap().port();
    let config = sandbox::SandboxConfig { control_port: None, ehrs: vec![ehr.clone()] };
    let error = sandbox::Sandbox::start(config).await.unwrap_err().to_string();
    assert!(error.contains("valley-ehr") && error.contains(&ehr.port.to_string()), "{error}");
    assert!(error.contains("give another one"), "{error}");
}
