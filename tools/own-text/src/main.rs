//! Trains the forest by which `rapporteur-report` tells a page's own text from the rest.
//!
//! ```sh
//! cargo run --release -p rapporteur-own-text -- ../shared/data crates/report/data/html/own_text.forest
//! ```
//!
//! It reads the labelled pages of `zyte` (MIT) and `wcxb-articles` (CC BY 4.0), leaves out the third
//! of each that stays unread (the first byte of the SHA-256 of the page's name is a multiple of
//! three), labels every block by the words that it shares with the page's true text, and grows the
//! forest. What it prints is measured by four-fold cross-validation over the pages it may see.
//! The same data give the same file. A step of less than .005 may be chance.
//!
//! Two variables of the environment tell more, of the pages that may be seen alone: `SHOW=NAME,NAME`
//! prints every block of the pages whose names start so (label, odds, words, start), and `MISSES=N`
//! the pages of `zyte` that lose more than N thousandths, with the runs found, wanted and both.

mod grow;
mod label;
mod pages;

use grow::{Rows, grow};
use label::labels;
use pages::{Page, load};
use rapporteur_report::learn::{Forest, Observed};
use std::process::ExitCode;

const FOLDS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, out] = arguments.as_slice() else {
        eprintln!("usage: rapporteur-own-text DATA_FOLDER OUTPUT_FILE");
        return ExitCode::from(2);
    };
    match run(data, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A page made ready: its blocks, which of them are own text, how much each weighs.
struct Ready {
    page: Page,
    observed: Observed,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

/// The numbers of a page's blocks that are asked about, and which these are.
type Asked = (Vec<Vec<f32>>, Vec<usize>);

fn run(data: &str, out: &str) -> Result<(), String> {
    let ready: Vec<Ready> = load(data)?.into_iter().map(prepare).collect();
    let blocks: usize = ready.iter().map(|page| page.labels.len()).sum();
    eprintln!("{} pages, {blocks} blocks", ready.len());
    let ideal: Vec<Vec<bool>> = ready
        .iter()
        .map(|page| page.labels.iter().map(|label| *label > 0.5).collect())
        .collect();
    report("ceiling of the labels", &ready, &ideal);
    let rows: Vec<Asked> = ready.iter().map(|page| page.observed.rows()).collect();
    let (odds, forest) = fold_and_grow(&ready, &rows);
    report("by folds", &ready, &kept(&ready, &odds));
    if let Ok(names) = std::env::var("SHOW") {
        show(&ready, &odds, &names);
    }
    std::fs::write(out, forest.write()).map_err(|error| format!("{out}: {error}"))
}

fn prepare(page: Page) -> Ready {
    /// How much more a page of news weighs than another: they are what is read most.
    const NEWS: f32 = 3.0;
    let observed = Observed::new(&page.html);
    let (labels, words) = labels(&observed.texts(), &page.text);
    let all = page.text.split_whitespace().count().max(20) as f32;
    let weight = if page.is_news { NEWS } else { 1.0 };
    let weights = words
        .iter()
        .map(|words| weight * (*words as f32 + 2.0).min(150.0) / all.sqrt())
        .collect();
    Ready {
        page,
        observed,
        labels,
        weights,
    }
}

/// What forests that have not seen a page say of it, and the forest grown from all pages.
fn fold_and_grow(ready: &[Ready], rows: &[Asked]) -> (Vec<Vec<f32>>, Forest) {
    let train = |skip: Option<usize>| -> Forest {
        let mut all = Rows::default();
        for (at, page) in ready.iter().enumerate() {
            if skip == Some(page.page.fold(FOLDS)) {
                continue;
            }
            let (numbers, asked) = &rows[at];
            for (row, block) in numbers.iter().zip(asked) {
                all.push(row, page.labels[*block], page.weights[*block]);
            }
        }
        grow(&all)
    };
    let mut odds: Vec<Vec<f32>> = vec![vec![]; ready.len()];
    let forests: Vec<Forest> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..FOLDS)
            .map(Some)
            .chain([None])
            .map(|skip| {
                scope.spawn({
                    let train = &train;
                    move || train(skip)
                })
            })
            .collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .collect()
    });
    for (at, page) in ready.iter().enumerate() {
        let forest = &forests[page.page.fold(FOLDS)];
        let (numbers, asked) = &rows[at];
        let found: Vec<f32> = numbers.iter().map(|row| forest.odds(row)).collect();
        odds[at] = page.observed.spread(&found, asked);
    }
    (odds, forests[FOLDS].clone())
}

fn kept(ready: &[Ready], odds: &[Vec<f32>]) -> Vec<Vec<bool>> {
    ready
        .iter()
        .zip(odds)
        .map(|(page, odds)| page.observed.kept(odds))
        .collect()
}

/// Every block of a page: what it is, its odds, how it starts.
fn show(ready: &[Ready], odds: &[Vec<f32>], names: &str) {
    for (at, page) in ready.iter().enumerate() {
        if !names
            .split(',')
            .any(|name| page.page.name.starts_with(name))
        {
            continue;
        }
        eprintln!("== {}", page.page.name);
        for (block, text) in page.observed.texts().iter().enumerate() {
            let start: String = text.chars().take(90).collect();
            eprintln!(
                "{} {:5.2} {:4} {start}",
                page.labels[block],
                odds[at][block],
                text.split_whitespace().count()
            );
        }
    }
}

fn report(name: &str, ready: &[Ready], kept: &[Vec<bool>]) {
    let (mut found, mut wanted, mut both) = (0.0, 0.0, 0.0);
    let (mut sum, mut pages) = (0.0, 0);
    let (mut sum_news, mut news) = (0.0, 0);
    for (page, kept) in ready.iter().zip(kept) {
        let texts = page.observed.texts();
        let text: Vec<&str> = texts
            .iter()
            .zip(kept)
            .filter(|(_, kept)| **kept)
            .map(|(text, _)| *text)
            .collect();
        let text = text.join("\n");
        if page.page.is_news {
            let (a, b, c) = pages::shingles(&text, &page.page.text);
            if let Ok(limit) = std::env::var("MISSES") {
                let limit: f64 = limit.parse().unwrap_or(100.0);
                if 1.0 - 2.0 * c / (a + b).max(1.0) > limit / 1000.0 {
                    eprintln!("{} found {a} wanted {b} both {c}", page.page.name);
                }
            }
            sum_news += if a + b > 0.0 { 2.0 * c / (a + b) } else { 0.0 };
            news += 1;
            found += a;
            wanted += b;
            both += c;
        } else {
            sum += pages::bag(&text, &page.page.text);
            pages += 1;
        }
    }
    let (p, r): (f64, f64) = (both / found, both / wanted);
    eprintln!(
        "{name}: zyte P {p:.4} R {r:.4} F1 {:.4}, mean over pages {:.4}; wcxb bag F1 {:.4} ({pages} pages)",
        2.0 * p * r / (p + r),
        sum_news / f64::from(news),
        sum / f64::from(pages)
    );
}
