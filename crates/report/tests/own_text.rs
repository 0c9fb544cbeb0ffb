//! What careful readers keep of pages and what they leave out, on real reports. Those are not ours to
//! ship: they lie beside the project, in `../shared`, and without them this test says so and passes.

use rapporteur_report::{Given, find, read};
use std::collections::BTreeMap;
use std::path::Path;

/// Lower case, straight quotes, plain dashes, single spaces, no accents on Latin letters: a snippet
/// is found however it is printed.
fn normal(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '\u{2010}'..='\u{2015}' => '-',
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            _ => c,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn gold_snippets_are_kept_or_left_out() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let (golds, _) = find(&[shared.join("gold")]);
    if golds.is_empty() {
        println!("skipped: no gold beside the project");
    }
    for gold in golds {
        if gold
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        let lines = std::fs::read_to_string(&gold).unwrap();
        let story = shared.join("stories").join(gold.file_stem().unwrap());
        let folder = if story.exists() {
            story
        } else {
            shared.join("seeds")
        };
        let mut bodies = BTreeMap::new();
        for path in find(&[folder]).0 {
            let bytes = std::fs::read(&path).unwrap();
            let found = read(&path.display().to_string(), &bytes, &Given::default());
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let doc = name.split('_').next().unwrap().to_string();
            bodies.insert(doc, normal(found[0].as_ref().unwrap().report.body()));
        }
        let (mut right, mut wrong) = (0, vec![]);
        for line in lines.lines() {
            let item: serde_json::Value = serde_json::from_str(line).unwrap();
            let (Some(doc), Some(snippet)) = (item["doc"].as_str(), item["snippet"].as_str())
            else {
                continue;
            };
            let task = item["task"].as_str().unwrap_or_default();
            if bodies[doc].contains(&normal(snippet)) == (task != "drop") {
                right += 1;
            } else {
                wrong.push(format!("{task} {doc}: {snippet}"));
            }
        }
        println!("{}: {right} right, {} wrong", gold.display(), wrong.len());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
