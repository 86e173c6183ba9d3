//! The files a browser asks for: style, script, module; hashed by content and compressed.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Colours of `style/main.css` that utilities may name: `bg-surface`, `text-ink-2`, `border-line` and so on.
const COLOURS: [&str; 20] = [
    "surface",
    "ground",
    "ink",
    "ink-2",
    "ink-3",
    "line",
    "line-2",
    "accent",
    "accent-soft",
    "accent-ink",
    "warn",
    "warn-soft",
    "warn-ink",
    "bad",
    "bad-soft",
    "good",
    "good-soft",
    "info",
    "info-soft",
    "focus",
];

/// Reset, then the hand-written tokens and components, then the utilities found in the sources.
pub fn style() -> Result<String> {
    let mut sources = Vec::new();
    collect(Path::new("app/src"), &mut sources)?;
    sources.sort();
    let mut config = encre_css::Config::default();
    let reset = encre_css::generate([], &config);
    config.preflight = encre_css::Preflight::new_none();
    for colour in COLOURS {
        config.theme.colors.add(colour, format!("var(--{colour})"));
    }
    let utilities = encre_css::generate(sources.iter().map(String::as_str), &config);
    Ok([reset, fs::read_to_string("style/main.css")?, utilities].join("\n"))
}

/// Writes style, script, module and start script under names that change with their content; gives the names.
pub fn write_hashed(
    site: &Path,
    name: &str,
    css: &str,
    script: &[u8],
    module: &[u8],
) -> Result<BTreeMap<&'static str, String>> {
    let pkg = site.join("pkg");
    let css_name = format!("{name}.{}.css", fingerprint(css.as_bytes()));
    let js_name = format!("{name}.{}.js", fingerprint(script));
    let wasm_name = format!("{name}.{}.wasm", fingerprint(module));
    let start = fs::read_to_string(site.join("start.js")).context("public/start.js")?;
    fs::remove_file(site.join("start.js"))?;
    let start = start
        .replace(&format!("./{name}.js"), &format!("./{js_name}"))
        .replace(&format!("./{name}_bg.wasm"), &format!("./{wasm_name}"));
    let start_name = format!("start.{}.js", fingerprint(start.as_bytes()));
    for (file, bytes) in
        [(&css_name, css.as_bytes()), (&js_name, script), (&wasm_name, module), (&start_name, start.as_bytes())]
    {
        fs::write(pkg.join(file), bytes)?;
    }
    Ok(BTreeMap::from([("css", css_name), ("js", js_name), ("wasm", wasm_name), ("start", start_name)]))
}

/// Puts a `.br` and a `.gz` beside every file.
pub fn compress(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()? {
        let path = entry.path();
        if path.is_dir() {
            compress(&path)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        let mut brotli = brotli::CompressorWriter::new(fs::File::create(beside(&path, "br"))?, 1 << 16, 11, 22);
        brotli.write_all(&bytes)?;
        drop(brotli);
        let mut gzip =
            flate2::write::GzEncoder::new(fs::File::create(beside(&path, "gz"))?, flate2::Compression::best());
        gzip.write_all(&bytes)?;
        gzip.finish()?;
    }
    Ok(())
}

/// Copies a folder with what is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}.{ending}", path.display()))
}

fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn collect(folder: &Path, into: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|found| found == "rs") {
            into.push(fs::read_to_string(path)?);
        }
    }
    Ok(())
}
