//! What the pronouns and descriptions of CoNLL-U files, each a text, chose among, a line each: what
//! tools/train/antecedents.py learns weights from. Tokens are numbered from the text's first.

use rapporteur_model::{Masthead, Report, Span};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let mut body = String::new();
        let mut sentences: Vec<Vec<Span>> = vec![vec![]];
        for line in text.lines() {
            let mut cells = line.split('\t');
            let number = cells.next().is_some_and(|id| id.parse::<u32>().is_ok());
            match (cells.next().filter(|_| number), sentences.last_mut()) {
                (Some(word), Some(sentence)) => {
                    sentence.push(Span::new(body.len(), body.len() + word.len()));
                    body.push_str(word);
                    body.push(' ');
                }
                _ if line.is_empty() => sentences.push(vec![]),
                _ => {}
            }
        }
        sentences.retain(|words| !words.is_empty());
        let report = Report::new(Masthead::default(), body, vec![]);
        let document = rapporteur_text::parse_given(&report, &sentences);
        writeln!(out, "# {path}")?;
        for choice in rapporteur_text::choices(&document) {
            let words = choice.words;
            write!(
                out,
                "{} {} {} {:?}",
                words.start, words.end, choice.asks, choice.alone
            )?;
            for (words, signs) in choice.earlier {
                write!(out, "\t{} {} {signs:?}", words.start, words.end)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
