//! Server, frontend and style: the steps of `cargo xtask build`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{assets, run};

/// Name of the WASM module and of the style sheet.
const NAME: &str = "accord";

/// How a build is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Debug,
    /// What users get.
    Release,
    /// What users' browsers get, from a server that is quick to build: the browser tests run on this.
    ReleaseFrontend,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Debug | Self::ReleaseFrontend => "debug",
            Self::Release => "release",
        }
    }
}

/// Path of a program that was built.
pub fn binary(name: &str, profile: Profile) -> PathBuf {
    Path::new("target").join(profile.folder()).join(name)
}

/// Folder with everything the browser may ask for.
pub fn site(profile: Profile) -> PathBuf {
    Path::new("target").join(match profile {
        Profile::Debug => "site",
        Profile::Release | Profile::ReleaseFrontend => "site-release",
    })
}

/// Builds server, sandbox, frontend and style, and lays out the site.
pub fn all(profile: Profile) -> Result<()> {
    let (wasm_profile, wasm_folder) = match profile {
        Profile::Debug => ("dev", "debug"),
        Profile::Release | Profile::ReleaseFrontend => ("wasm-release", "wasm-release"),
    };
    let target = "wasm32-unknown-unknown";
    run::cargo(
        "build frontend",
        &["build", "--package", "frontend", "--lib", "--target", target, "--profile", wasm_profile],
    )?;
    let programs = ["build", "--package", "server", "--bin", "accord", "--package", "sandbox", "--bin", "sandbox"];
    match profile {
        Profile::Debug | Profile::ReleaseFrontend => run::cargo("build server and sandbox", &programs)?,
        Profile::Release => run::cargo("build server and sandbox", &[&programs[..], &["--release"]].concat())?,
    }
    let wasm = PathBuf::from(format!("target/{target}/{wasm_folder}/frontend.wasm"));
    lay_out(profile, &wasm)
}

fn lay_out(profile: Profile, wasm: &Path) -> Result<()> {
    let site = site(profile);
    let pkg = site.join("pkg");
    let _ = fs::remove_dir_all(&site);
    fs::create_dir_all(&pkg)?;
    assets::copy_folder(Path::new("public"), &site)?;
    let made = Path::new("target/bindgen").join(profile.folder());
    run::step("bindgen", || {
        let _ = fs::remove_dir_all(&made);
        let release = profile != Profile::Debug;
        let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
        bindgen
            .input_path(wasm)
            .out_name(NAME)
            .typescript(false)
            .remove_name_section(release)
            .remove_producers_section(release);
        bindgen.web(true)?.generate(&made)
    })?;
    if made.join("snippets").exists() {
        assets::copy_folder(&made.join("snippets"), &pkg.join("snippets"))?;
    }
    let css = run::step("style", assets::style)?;
    let script = fs::read(made.join(format!("{NAME}.js")))?;
    let module = fs::read(made.join(format!("{NAME}_bg.wasm")))?;
    let names = assets::write_hashed(&site, NAME, &css, &script, &module)?;
    fs::write(pkg.join("assets.json"), serde_json::to_vec_pretty(&names)?)?;
    if profile != Profile::Debug {
        run::step("compress", || assets::compress(&pkg))?;
    }
    Ok(())
}
