//! How fast the language model reads: words a second on one core, from a file with a sentence a line,
//! tokens apart by spaces (as the example `tokens` prints them).

#![allow(clippy::print_stdout)] // it is what it is for

use rapporteur_text::model::Model;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let start = Instant::now();
    let model =
        Model::english().ok_or_else(|| std::io::Error::other("the model cannot be read"))?;
    println!("loading: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let sentences: Vec<Vec<&str>> = text.lines().map(|l| l.split(' ').collect()).collect();
        let words: usize = sentences.iter().map(Vec::len).sum();
        // A reader for about a report, as when reports are read; the quickest of several rounds for
        // each, because what other programs take meanwhile is not ours.
        let mut total = 0.0;
        for report in sentences.chunks(40) {
            let round = |_| {
                let start = Instant::now();
                let mut reader = model.reader();
                let read: usize = report.iter().map(|s| reader.read(s).words.len()).sum();
                std::hint::black_box(read);
                start.elapsed().as_secs_f64()
            };
            total += (0..20).map(round).fold(f64::INFINITY, f64::min);
        }
        let micro = total / words as f64 * 1e6;
        println!(
            "{path}: {words} words, {micro:.2} µs a word, {:.0} words a second",
            1e6 / micro
        );
    }
    Ok(())
}
