//! Nothing given makes reading fail otherwise than by saying so.

use proptest::prelude::*;
use rapporteur_report::{Given, manifest, read};

/// Reads under every name that could lead it another way, and checks what holds for every report.
fn read_all(bytes: &[u8]) {
    for path in [
        "a.txt", "a.html", "a.xml", "a.jsonl", "a.json", "a.csv", "a",
    ] {
        let results = read(path, bytes, &Given::default());
        assert!(!results.is_empty(), "{path}");
        for found in results.into_iter().flatten() {
            let body = found.report.body();
            assert!(
                !body.contains(['\r', '\u{feff}', '\u{a0}', '\0']),
                "{body:?}"
            );
            for block in found.report.blocks() {
                let words = found.report.slice(block.span);
                assert!(words.is_some_and(|words| !words.trim().is_empty()));
            }
            assert_eq!(&found.sighting.report, found.report.id());
        }
    }
}

/// Pieces that lead into the parsers' corners.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<p>The army took Velka on Monday, the ministry said.</p>".to_string()),
        Just("The army took Velka on Monday, the ministry said.\n\n".to_string()),
        Just("<rss><channel><item><title>".to_string()),
        Just("<feed><entry><content type='html'>".to_string()),
        Just("</item><![CDATA[".to_string()),
        Just("]]></description>".to_string()),
        Just("<html><head><title>Velka | Echo</title><meta name='date' content='".to_string()),
        Just(
            "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\":"
                .to_string()
        ),
        Just("<table><tr><td>12<td><div><a href=x>".to_string()),
        Just("8 Comments\nReply\n2 days ago\nguest\n".to_string()),
        Just("MORE ON THE TOPIC:\nSupport Echo\nEcho\n".to_string()),
        Just("PORT LENN, March 1, 2031 (North Wire) – ".to_string()),
        Just("Source: Tom Orne/Orlo Press\n".to_string()),
        Just("{\"text\": \"It fell.\", \"date\": 1930000000}\n".to_string()),
        Just("\"Al Jazeera’s Ada Brisk reported é – “".to_string()),
        Just("&amp;&#x41;&#xffffffff;&nbsp;&".to_string()),
        "\\PC{0,12}",
        "[<>/&;\"'= a-z\n]{0,16}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
        let _ = manifest(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        read_all(text.as_bytes());
        let _ = manifest(text.as_bytes());
    }

    #[test]
    fn mangled_pages(pieces in proptest::collection::vec(piece(), 0..14), cut in 0usize..2000) {
        let text = pieces.concat();
        let bytes = text.as_bytes();
        read_all(&bytes[..bytes.len().min(cut)]);
        read_all(bytes);
    }
}

/// Inputs on which a careless reader takes minutes, or overflows its stack.
#[test]
fn long_and_deep_inputs_are_read_in_linear_time() {
    let inputs = [
        "<div>".repeat(200_000),
        "<b a=1>x".repeat(50_000),
        "<p>The army took Velka on Monday, it said.</p>".repeat(3_000),
        "<rss><channel>".to_string() + &"<item><a>".repeat(20_000),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "The army took Velka on Monday. ".repeat(30_000),
        "Subscribe\n".repeat(50_000),
        "<".repeat(100_000),
        "&amp;".repeat(100_000),
        "<script>".repeat(20_000),
        "Orlo News ".repeat(20_000),
    ];
    for input in inputs {
        let started = std::time::Instant::now();
        let results = read("a", input.as_bytes(), &Given::default());
        assert!(!results.is_empty());
        let start: String = input.chars().take(20).collect();
        println!("{start:?}: {:?}", started.elapsed());
        assert!(started.elapsed().as_secs() < 30, "{start}");
    }
}
