//! Where the programs of a service are.

use std::path::{Path, PathBuf};

/// Debian's folder of PostgreSQL's programs, the newest version first; else a folder of `PATH` that has them all.
pub fn postgres_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable_by_key(|(version, _)| std::cmp::Reverse(*version));
    let whole =
        |folder: &PathBuf| ["initdb", "postgres", "psql", "pg_dump"].iter().all(|name| folder.join(name).is_file());
    versions.into_iter().map(|(_, folder)| folder).chain(search_path()).find(whole)
}

/// The program of that name; Debian keeps servers outside a user's `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    search_path()
        .into_iter()
        .chain(["/usr/sbin", "/usr/local/sbin", "/usr/local/bin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

fn search_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// The number that `id` gives: `-u` of a user, `-g` of its group; of ourselves without a name.
pub fn id_of(what: &str, user: Option<&str>) -> Option<u32> {
    let output = std::process::Command::new("id").arg(what).args(user).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A temporary folder that stays until its guardian removes it. Its path is short: a socket's has 107 bytes at most.
pub fn folder(name: &str) -> std::io::Result<PathBuf> {
    let prefix = format!("accord-{name}-");
    let make = |below: &Path| tempfile::Builder::new().prefix(&prefix).tempdir_in(below);
    let usual = std::env::temp_dir();
    let below = if usual.as_os_str().len() > 60 { Path::new("/tmp") } else { &usual };
    Ok(make(below)?.keep())
}
