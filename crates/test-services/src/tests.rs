//! The starters start, kill, and leave nothing behind.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::postgres::{Database, Durability, Postgres};
use crate::{Nats, or_skip, process, program};

/// Runs a statement at an address; what it prints, or what it says where it fails.
fn query(url: &str, statement: &str) -> Result<String, String> {
    let psql = program::postgres_programs().expect("PostgreSQL is there").join("psql");
    let output = process::command(&psql, Path::new("/"), None)
        .args(["--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", url, "--command", statement])
        .output()
        .expect("psql runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

#[test]
fn the_application_role_owns_nothing_and_does_only_what_it_was_granted() {
    let Some(postgres) = or_skip(Postgres::shared()) else { return };
    let Database { owner_url, application_url, application_role, .. } = postgres.database().expect("a database");
    query(&owner_url, "CREATE TABLE plan (id int); INSERT INTO plan VALUES (1)").expect("the owner makes tables");
    assert!(query(&application_url, "SELECT * FROM plan").expect_err("not granted").contains("permission denied"));
    assert!(query(&application_url, "CREATE TABLE mine (id int)").expect_err("no").contains("permission denied"));
    query(&owner_url, &format!("GRANT SELECT ON plan TO {application_role}")).expect("the owner grants");
    assert_eq!(query(&application_url, "SELECT id FROM plan").as_deref(), Ok("1"));
    let rights =
        "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user";
    assert_eq!(query(&application_url, rights).as_deref(), Ok("f"));
    assert_eq!(query(&owner_url, rights).as_deref(), Ok("f"));
}

#[test]
fn two_databases_of_one_cluster_are_closed_to_each_others_roles() {
    let Some(postgres) = or_skip(Postgres::shared()) else { return };
    let (one, other) = (postgres.database().expect("a database"), postgres.database().expect("another"));
    assert_ne!(one.name, other.name);
    let foreign = one.application_url.replace(&format!("/{}?", one.name), &format!("/{}?", other.name));
    assert!(query(&foreign, "SELECT 1").expect_err("closed").contains("permission denied for database"));
}

#[test]
fn the_port_asks_for_a_password_and_the_socket_does_not() {
    let Some(postgres) = or_skip(Postgres::shared()) else { return };
    let database = postgres.database().expect("a database");
    for url in [&database.owner_url, &database.application_url, &database.owner_tcp_url, &database.application_tcp_url]
    {
        assert_eq!(query(url, "SELECT 1").as_deref(), Ok("1"), "{url}");
    }
    let wrong = database.application_tcp_url.replace("for-tests-only", "guessed");
    assert!(query(&wrong, "SELECT 1").expect_err("refused").contains("password authentication failed"));
}

#[test]
fn what_was_committed_outlasts_an_immediate_stop_and_a_kill() {
    let Some(postgres) = or_skip(Postgres::start(Durability::Durable)) else { return };
    let Database { owner_url, .. } = postgres.database().expect("a database");
    query(&owner_url, "CREATE TABLE kept (id int)").expect("a table");
    for (number, stop) in [Postgres::stop_immediate, Postgres::kill].iter().enumerate() {
        query(&owner_url, &format!("INSERT INTO kept VALUES ({number})")).expect("a row");
        stop(&postgres);
        query(&owner_url, "SELECT 1").expect_err("it is stopped");
        postgres.start_again().expect("it starts on the same data");
        assert_eq!(query(&owner_url, "SELECT count(*) FROM kept"), Ok((number + 1).to_string()));
    }
    assert_eq!(query(&owner_url, "SHOW fsync").as_deref(), Ok("on"));
}

#[test]
fn nats_listens_at_the_same_port_after_a_kill() {
    let Some(nats) = or_skip(Nats::start()) else { return };
    let address = nats.url().replace("nats://", "");
    let greets = || {
        let mut line = String::new();
        BufReader::new(TcpStream::connect(&address).ok()?).read_line(&mut line).ok()?;
        Some(line)
    };
    assert!(greets().is_some_and(|line| line.starts_with("INFO ") && line.contains(r#""jetstream":true"#)));
    nats.kill();
    assert_eq!(greets(), None);
    nats.start_again().expect("it starts again");
    assert!(greets().is_some_and(|line| line.starts_with("INFO ")));
}

#[test]
fn nothing_stays_behind_when_the_last_handle_is_dropped() {
    let Some(nats) = or_skip(Nats::start()) else { return };
    let folder = nats.folder().to_owned();
    let second = nats.clone();
    drop(nats);
    assert!(folder.join("store").exists(), "one handle is left");
    drop(second);
    assert!(!folder.exists());
    let Some(postgres) = or_skip(Postgres::start(Durability::Fast)) else { return };
    let folder = postgres.cluster().folder.clone();
    drop(postgres);
    assert!(!folder.exists());
}

/// The marker by which this test knows that it is the process that is to die.
const DIES: &str = "ACCORD_TEST_SERVICES_DIES";

#[test]
fn servers_end_when_the_test_process_is_killed() {
    if std::env::var_os(DIES).is_some() {
        let nats = Nats::start().expect("started");
        let postgres = Postgres::start(Durability::Fast).expect("started");
        let port = postgres.cluster().port;
        eprintln!("{}\n127.0.0.1:{port}", nats.url().replace("nats://", ""));
        loop {
            std::thread::park();
        }
    }
    if or_skip(Nats::start()).is_none() || or_skip(Postgres::shared()).is_none() {
        return;
    }
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "tests::servers_end_when_the_test_process_is_killed", "--nocapture"])
        .env(DIES, "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let mut connections: Vec<TcpStream> =
        lines.take(2).map(|address| TcpStream::connect(address.expect("a line")).expect("it listens")).collect();
    child.kill().expect("killed");
    child.wait().expect("ended");
    for connection in &mut connections {
        // Ends, or is reset, when the server is gone.
        let _ = connection.read_to_end(&mut Vec::new());
    }
}
