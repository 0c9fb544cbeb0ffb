//! The sentences of plain-text files, one a line, tokens apart by spaces: what tools/train labels.

use rapporteur_model::{Masthead, Report};
use std::io::Write;

/// Lines that are read together; a collection is longer than any report.
const LINES: usize = 400;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let lines: Vec<&str> = text.lines().collect();
        for body in lines.chunks(LINES) {
            let report = Report::new(Masthead::default(), body.join("\n"), vec![]);
            let document = rapporteur_text::parse(&report);
            for sentence in &document.sentences {
                let tokens = document.tokens[sentence.tokens.clone()].iter();
                let words: Vec<&str> = tokens.map(|token| token.text).collect();
                writeln!(out, "{}", words.join(" "))?;
            }
        }
    }
    Ok(())
}
