//! What servers of vendors really sent, good and bad, as text: nothing here is put right.

use std::path::Path;

/// A file as it lies there.
#[derive(Debug, Clone)]
pub struct File {
    /// Folder and file, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Every file of `vendor`, the broken ones among them.
pub fn vendor(sample_data: &Path) -> Vec<File> {
    let mut files = Vec::new();
    collect(&sample_data.join("vendor"), &mut files);
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("the sample data can be read") {
        let path = entry.expect("the sample data can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).expect("a readable file");
            let name = path.strip_prefix(folder.parent().unwrap_or(folder)).unwrap_or(&path).display().to_string();
            files.push(File { name, text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
}
