//! Each way of getting a configuration wrong is answered by a sentence that says what to mend.

use std::path::Path;

use server::config;

const GOOD: &str = r#"
listen = "127.0.0.1:3000"
admin_listen = "127.0.0.1:3001"
public_url = "http://127.0.0.1:3000"
database_url = "sqlite://accord.db"
development = true
[keys]
sealing_key_file = "keys/sealing.key"
[[tenants]]
id = "valley"
name = "Valley Primary Care"
time_zone = "America/Los_Angeles"
[[sources]]
id = "valley-ehr"
tenant = "valley"
name = "Valley Primary Care"
fhir_base = "http://127.0.0.1:4001/fhir"
client_id = "accord"
auth = { method = "private_key_jwt", key_file = "keys/valley.pem", alg = "ES384" }
"#;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<config::Config, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("accord.toml");
    std::fs::write(&file, text).expect("a file");
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    config::read(&file, environment).map_err(|error| error.to_string())
}

/// What is changed in the good configuration, and words that the answer must hold.
const BROKEN: [(&str, &str, &str, &[&str]); 45] = [
    (
        "a source with the id of our own plans",
        "id = \"valley-ehr\"",
        "id = \"shared-plan\"",
        &["sources.shared-plan", "another"],
    ),
    (
        "a source with the id of the provider directory",
        "id = \"valley-ehr\"",
        "id = \"provider-directory\"",
        &["sources.provider-directory", "another"],
    ),
    (
        "a receiver of webhooks without a secret, of nobody, by an unprotected way",
        "[[tenants]]",
        "[[care_plan_service.webhooks]]\nid = \"Portal\"\ntenant = \"hill\"\nurl = \"ftp://r.example/key-in-the-path\"\n[[tenants]]",
        &["webhooks.Portal", "lower-case", "\"hill\" is not among", "url is ", "not https", "secret_file is missing"],
    ),
    (
        "a receiver of webhooks twice, with a secret that can be guessed in a variable that is not there",
        "[[tenants]]",
        "[[care_plan_service.webhooks]]\nid = \"r\"\ntenant = \"valley\"\nurl = \"https://r.example\"\nsecret_env = \"NO_SUCH_VARIABLE_HERE\"\n[[care_plan_service.webhooks]]\nid = \"r\"\ntenant = \"valley\"\nurl = \"https://u@r.example\"\nsecret_file = \"none.secret\"\n[[tenants]]",
        &["NO_SUCH_VARIABLE_HERE is not in the environment", "given twice", "none.secret cannot be read", "user name"],
    ),
    (
        "a receiver of webhooks that wants events that there are none of",
        "[[tenants]]",
        "[[care_plan_service.webhooks]]\nid = \"r\"\ntenant = \"valley\"\nurl = \"https://r.example\"\nsecret_env = \"S\"\nevents = [\"goal-forgotten\"]\n[[tenants]]",
        &["care_plan_service.webhooks[0].events[0]", "goal-overdue"],
    ),
    (
        "a provider directory by an unprotected way, with a token that is not there",
        "[[tenants]]",
        "[care_plan_service]\ndirectory_url = \"ftp://d.example\"\ndirectory_token_file = \"none.token\"\n[[tenants]]",
        &["directory_url is ftp://d.example", "not https", "none.token cannot be read"],
    ),
    (
        "an identity service without keys",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\nroles = { nurse = \"clinician\" }\n[[tenants]]",
        &["care_plan_service", "jwks_url is missing"],
    ),
    (
        "keys in a file that is not there",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_file = \"none.json\"\n[[tenants]]",
        &["care_plan_service", "none.json cannot be read", "roles is empty"],
    ),
    (
        "keys by an unprotected way",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"ftp://i/keys\"\nroles = { nurse = \"clinician\" }\n[[tenants]]",
        &["jwks_url is ftp://i/keys", "not https"],
    ),
    (
        "a role that is none of ours",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"nurse\" }\n[[tenants]]",
        &["care_plan_service.issuers[0].roles.nurse", "clinician"],
    ),
    (
        "Patient ids of a source that is not there",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \" \"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\npatient_source = \"ehr\"\n[[tenants]]",
        &["issuer is empty", "patient_source names \"ehr\""],
    ),
    (
        "an identity service of a tenant that is not there",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\ntenant = \"hill\"\n[[tenants]]",
        &["tenant \"hill\"", "not among [[tenants]]"],
    ),
    (
        "an identity service twice",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\n[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\n[[tenants]]",
        &["\"i\"", "given twice"],
    ),
    (
        "clinicians who treat people at no source",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\ntreats_at = [\"hill-ehr\"]\n[[tenants]]",
        &["treats_at names \"hill-ehr\""],
    ),
    (
        "a program that works for nobody",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\nprograms = [{ id = \"chart\", scopes = [\"system/*.rs\"] }]\n[[tenants]]",
        &["programs \"chart\"", "no tenant"],
    ),
    (
        "a program with the scopes of a user",
        "[[tenants]]",
        "[[care_plan_service.issuers]]\nissuer = \"i\"\naudience = \"a\"\njwks_url = \"https://i/keys\"\nroles = { nurse = \"clinician\" }\ntenant = \"valley\"\nprograms = [{ id = \"chart\", role = \"patient\", scopes = [\"user/*.rs\"] }]\n[[tenants]]",
        &["user/*.rs", "system/CarePlan.rs", "acts as"],
    ),
    ("not TOML", "development = true", "development = maybe", &["line 6", "not TOML"]),
    ("a key that does not exist", "admin_listen", "admin_port", &["admin_port", "unknown field"]),
    ("a missing key", "database_url = \"sqlite://accord.db\"\n", "", &["missing field `database_url`"]),
    ("a quirk that is none", "client_id = ", "quirks = [\"Epic\"]\nclient_id = ", &["Epic", "no quirk", "epic"]),
    ("an address that is none", "127.0.0.1:3001", "localhost", &["admin_listen", "socket address"]),
    ("the same port twice", "127.0.0.1:3001", "127.0.0.1:3000", &["admin_listen", "a port of their own"]),
    ("another database", "sqlite://accord.db", "mysql://accord", &["database_url", "sqlite://", "postgres://"]),
    (
        "PostgreSQL without a role",
        "sqlite://accord.db",
        "postgres://db/accord",
        &["database_url", "role", "before the @"],
    ),
    (
        "an owner of a file",
        "development = true",
        "development = true\nowner_url = \"postgres://owner@db/accord\"",
        &["owner_url", "only for PostgreSQL"],
    ),
    (
        "one role for both",
        "\"sqlite://accord.db\"",
        "\"postgres://accord@db/accord\"\nowner_url = \"postgres://accord@db/accord\"",
        &["owner_url", "another one"],
    ),
    (
        "shared plans in a database of their own, as it once was",
        "[[tenants]]",
        "[shared_plan]\ndatabase_url = \"postgres://accord@db/accord\"\n[[tenants]]",
        &["[shared_plan]", "take the section out", "ACCORD__DATABASE_URL", "ACCORD__OWNER_URL"],
    ),
    (
        "a tenant with the name of the installation",
        "id = \"valley\"",
        "id = \"accord:installation\"",
        &["tenants", "accord:installation", "choose another"],
    ),
    (
        "development over https",
        "public_url = \"http://",
        "public_url = \"https://",
        &["development = true", "take it out"],
    ),
    ("http without development", "development = true", "development = false", &["public_url", "not https"]),
    (
        "a tenant that is not there",
        "tenant = \"valley\"",
        "tenant = \"valey\"",
        &["sources.valley-ehr", "valey", "not among [[tenants]]"],
    ),
    ("a time zone that is none", "America/Los_Angeles", "California", &["tenants.valley", "California", "IANA"]),
    (
        "a coordinator of a source that is not there",
        "time_zone =",
        "coordinators = [\"valey-ehr/Practitioner/17\"]\ntime_zone =",
        &["tenants.valley", "valey-ehr/Practitioner/17", "the id of a source"],
    ),
    (
        "a coordinator who is no user",
        "time_zone =",
        "coordinators = [\"valley-ehr/17\"]\ntime_zone =",
        &["tenants.valley", "valley-ehr/17", "fhirUser"],
    ),
    (
        "Backend Services without a key",
        "auth = { method = \"private_key_jwt\", key_file = \"keys/valley.pem\", alg = \"ES384\" }",
        "launches = [\"backend\"]\nauth = { method = \"public\" }",
        &["sources.valley-ehr", "backend", "private_key_jwt"],
    ),
    ("a weak algorithm", "ES384", "HS256", &["sources.valley-ehr", "HS256", "ES384 or RS384"]),
    ("a method that does not exist", "private_key_jwt", "password", &["sources[0].auth", "password"]),
    (
        "a secret that is not there",
        "\"private_key_jwt\", key_file = \"keys/valley.pem\", alg = \"ES384\"",
        "\"client_secret_basic\", secret_file = \"keys/none\"",
        &["secret_file", "keys/none", "cannot be read"],
    ),
    ("an id that fits no address", "id = \"valley-ehr\"", "id = \"Valley EHR\"", &["lower-case letters", "address"]),
    (
        "a base with a password",
        "http://127.0.0.1:4001/fhir",
        "http://me:secret@127.0.0.1:4001/fhir",
        &["fhir_base", "without user name"],
    ),
    (
        "a next key that is not there",
        "alg = \"ES384\"",
        "alg = \"ES384\", next_key_file = \"keys/next.pem\"",
        &["sources.valley-ehr", "next_key_file", "keys/next.pem", "does not exist"],
    ),
    (
        "the same key before and now",
        "alg = \"ES384\"",
        "alg = \"ES384\", previous_key_file = \"keys/valley.pem\"",
        &["previous_key_file is the same as key_file", "another key"],
    ),
    (
        "a scope with a wildcard",
        "client_id = \"accord\"",
        "client_id = \"accord\"\nscopes = [\"patient/*.rs\"]",
        &["sources.valley-ehr", "patient/*.rs", "wildcard", "name the types"],
    ),
    (
        "an override that is no truth value",
        "client_id = \"accord\"",
        "client_id = \"accord\"\nassume_s256 = \"yes\"",
        &["assume_s256", "boolean"],
    ),
    ("no client id", "client_id = \"accord\"", "client_id = \"\"", &["client_id is empty"]),
];

#[test]
fn a_good_configuration_is_taken() {
    let config = read(GOOD, &[]).expect("the configuration is good");
    assert_eq!(config.sources[0].badge(), "VPC");
    assert_eq!(config.path(Path::new("keys/a")).file_name().and_then(|name| name.to_str()), Some("a"));
}

#[test]
fn each_broken_configuration_is_answered_by_a_sentence_that_says_what_to_mend() {
    for (what, good, bad, words) in BROKEN {
        assert!(GOOD.contains(good), "{what}: the good configuration has no {good}");
        let said = read(&GOOD.replacen(good, bad, 1), &[]).expect_err(what);
        for word in words {
            assert!(said.contains(word), "{what}: {said:?} does not say {word:?}");
        }
        assert!(!said.contains("me:secret"), "{what}: the answer repeats a secret");
    }
}

#[test]
fn several_faults_are_told_at_once() {
    let text = GOOD
        .replace("America/Los_Angeles", "Nowhere")
        .replace("sqlite://accord.db", "mysql://x")
        .replace("ES384", "none");
    assert_eq!(read(&text, &[]).expect_err("three faults").lines().count(), 3);
}

#[test]
fn the_environment_overrides_a_value_outside_of_lists() {
    let config = read(
        GOOD,
        &[("ACCORD__LISTEN", "127.0.0.1:9000"), ("ACCORD__KEYS__SEALING_KEY_FILE", "other.key"), ("PATH", "/bin")],
    )
    .expect("good");
    assert_eq!(config.listen.port(), 9000);
    assert_eq!(config.keys.sealing_key_file, Path::new("other.key"));
    let said = read(GOOD, &[("ACCORD__SOURCES__ID", "x")]).expect_err("sources is a list");
    assert!(said.contains("ACCORD__SOURCES__ID"), "{said}");
}
