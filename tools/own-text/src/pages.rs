//! The labelled pages, and how well a text matches a page's true one.

use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// A labelled page.
pub struct Page {
    /// Its file's name without endings.
    pub name: String,
    /// Its source.
    pub html: String,
    /// Its true text.
    pub text: String,
    /// Is it of the collection that is measured over all pages together?
    pub is_news: bool,
}

impl Page {
    /// Into which of so many parts it falls.
    pub fn fold(&self, folds: usize) -> usize {
        usize::from(Sha256::digest(&self.name)[1]) % folds
    }
}

/// Does this page stay unread?
fn is_unread(name: &str) -> bool {
    Sha256::digest(name)[0] % 3 == 0
}

/// The pages that may be looked at, in the order of their names.
pub fn load(data: &str) -> Result<Vec<Page>, String> {
    let mut pages = vec![];
    let zyte = Path::new(data).join("zyte");
    let truth = json(&zyte.join("ground-truth.json"))?;
    for (name, page) in truth.as_object().into_iter().flatten() {
        let text = page["articleBody"].as_str().unwrap_or_default();
        add(&mut pages, &zyte, name, text, true)?;
    }
    let wcxb = Path::new(data).join("wcxb-articles");
    let folder = wcxb.join("ground-truth");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_string()))
        .collect();
    names.sort();
    for name in names {
        let truth = json(&folder.join(format!("{name}.json")))?;
        let text = truth["ground_truth"]["main_content"]
            .as_str()
            .unwrap_or_default();
        add(&mut pages, &wcxb, &name, text, false)?;
    }
    Ok(pages)
}

fn add(
    pages: &mut Vec<Page>,
    folder: &Path,
    name: &str,
    text: &str,
    is_news: bool,
) -> Result<(), String> {
    if is_unread(name) {
        return Ok(());
    }
    let path = folder.join("html").join(format!("{name}.html.gz"));
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut html = vec![];
    GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut html)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    pages.push(Page {
        name: name.to_string(),
        html: String::from_utf8_lossy(&html).into_owned(),
        text: text.to_string(),
        is_news,
    });
    Ok(())
}

fn json(path: &Path) -> Result<Value, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The words of a text, in lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn counts<'w>(grams: impl Iterator<Item = &'w [String]>) -> HashMap<&'w [String], f64> {
    let mut out = HashMap::new();
    for gram in grams {
        *out.entry(gram).or_insert(0.0) += 1.0;
    }
    out
}

/// Runs of four words: how many were found, wanted, and both.
pub fn shingles(found: &str, wanted: &str) -> (f64, f64, f64) {
    let (found, wanted) = (words(found), words(wanted));
    overlap(&counts(found.windows(4)), &counts(wanted.windows(4)))
}

/// F1 of the words as a bag.
pub fn bag(found: &str, wanted: &str) -> f64 {
    let (found, wanted) = (words(found), words(wanted));
    let (found, wanted, both) = overlap(&counts(found.chunks(1)), &counts(wanted.chunks(1)));
    if both == 0.0 {
        0.0
    } else {
        2.0 * both / (found + wanted)
    }
}

fn overlap(found: &HashMap<&[String], f64>, wanted: &HashMap<&[String], f64>) -> (f64, f64, f64) {
    let both = found
        .iter()
        .map(|(gram, count)| count.min(wanted.get(gram).copied().unwrap_or(0.0)))
        .sum();
    (found.values().sum(), wanted.values().sum(), both)
}
