//! Rebuilds the crate when a migration was added: they are embedded in it.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=migrations_postgres");
}
