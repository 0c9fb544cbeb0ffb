//! Which blocks of a page are its own text: those whose words stand in the true text.

use crate::pages::words;
use std::collections::HashMap;

/// For each block, 1 where it is own text and 0 where not, and how many words it has.
pub fn labels(blocks: &[&str], truth: &str) -> (Vec<f32>, Vec<usize>) {
    let truth = words(truth);
    let blocks: Vec<Vec<String>> = blocks.iter().map(|block| words(block)).collect();
    let mut places: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, gram) in truth.windows(3).enumerate() {
        places.entry(gram).or_default().push(at);
    }
    let mut labels = vec![0.0f32; blocks.len()];
    let mut taken = vec![false; truth.len()];
    // Where in the true text a long block stands: its first and last word.
    let mut spans: Vec<Option<(usize, usize)>> = vec![None; blocks.len()];
    let mut last = 0;
    for (at, block) in blocks.iter().enumerate() {
        if block.len() < 6 {
            continue;
        }
        let mut hits = vec![];
        let mut from = last;
        let mut all = 0;
        for gram in block.windows(3) {
            all += 1;
            let Some(places) = places.get(gram) else {
                continue;
            };
            let free = |place: &&usize| !taken[**place];
            let next = places
                .iter()
                .filter(|place| **place >= from)
                .find(free)
                .or_else(|| places.iter().find(free));
            if let Some(place) = next {
                hits.push(*place);
                from = *place;
            }
        }
        if hits.len() * 2 >= all {
            labels[at] = 1.0;
            for hit in &hits {
                taken[*hit] = true;
            }
            hits.sort_unstable();
            let middle = hits[hits.len() / 2];
            let start = middle.saturating_sub(block.len());
            spans[at] = Some((start, (middle + block.len()).min(truth.len())));
            last = middle;
        }
    }
    // A short block counts where the true text has it between what stands around it on the page.
    for at in 0..blocks.len() {
        let block = &blocks[at];
        if block.len() >= 6 || block.is_empty() {
            continue;
        }
        let before = spans[..at].iter().rev().take(12).find_map(|span| *span);
        let after = spans[at..].iter().take(12).find_map(|span| *span);
        let (from, to) = match (before, after) {
            (Some((start, _)), Some((_, end))) => (start, end),
            (Some((start, end)), None) => (start, end + block.len() + 30),
            (None, Some((start, end))) => (start.saturating_sub(30), end),
            (None, None) => (0, truth.len()),
        };
        let (from, to) = (from.min(truth.len()), to.min(truth.len()));
        if from >= to {
            continue;
        }
        let window = &truth[from..to];
        let found = window
            .windows(block.len())
            .enumerate()
            .find(|(place, words)| {
                *words == block.as_slice()
                    && (0..block.len()).all(|i| !taken[from + place + i] || block.len() > 2)
            });
        if let Some((place, _)) = found {
            labels[at] = 1.0;
            for i in 0..block.len() {
                taken[from + place + i] = true;
            }
            spans[at] = Some((from + place, from + place + block.len()));
        }
    }
    (labels, blocks.iter().map(Vec::len).collect())
}
