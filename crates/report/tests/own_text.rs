//! What careful readers keep of pages and what they leave out, on real reports. Those are not ours to
//! ship: they lie beside the project, in `../shared`, and without them this test says so and passes.

use rapporteur_report::{Given, find, read};
use std::collections::BTreeMap;
use std::path::Path;

const STORIES: [(&str, &str); 3] = [
    ("doha-2021", "seeds"),
    ("nk-tests-2018", "stories/nk-tests-2018"),
    ("yida-bombing-2011", "stories/yida-bombing-2011"),
];

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
    for (gold, folder) in STORIES {
        let Ok(lines) = std::fs::read_to_string(shared.join(format!("gold/{gold}.jsonl"))) else {
            println!("skipped: no {gold} beside the project");
            continue;
        };
        let mut bodies = BTreeMap::new();
        for path in find(&[shared.join(folder)]).0 {
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
        println!("{gold}: {right} right, {} wrong", wrong.len());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
