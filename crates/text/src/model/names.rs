//! From scores of name tags to names: the best sequence in which what goes on has begun.

/// Whether the tag `to` may follow the tag `from` (`None`: the sentence begins).
fn follows(from: Option<&str>, to: &str) -> bool {
    match to.strip_prefix("I-") {
        Some(kind) => from.is_some_and(|from| {
            from.get(1..)
                .is_some_and(|f| f.strip_prefix('-') == Some(kind))
        }),
        None => true,
    }
}

/// Which tag may follow which, for the tags `O`, `B-PER`, `I-PER` …
pub(super) struct Names {
    pub tags: Vec<String>,
    /// By tag and the tag before it.
    allowed: Vec<bool>,
}

impl Names {
    pub fn new(tags: Vec<String>) -> Names {
        let pairs = tags.iter().flat_map(|to| {
            let befores = tags.iter();
            befores.map(move |from| follows(Some(from), to))
        });
        let allowed = pairs.collect();
        Names { tags, allowed }
    }

    /// By how much the scores of the tag's kind lie above those of any other kind and of no name.
    pub fn margin(&self, tag: Option<&usize>, scores: &[f32]) -> f32 {
        // "B-PER" and "I-PER" are of a kind; "O" is of none.
        let kinds: Vec<&str> = (self.tags.iter())
            .map(|tag| tag.get(2..).unwrap_or_default())
            .collect();
        let own = tag.and_then(|tag| kinds.get(*tag));
        let best = |same: bool| {
            let of = |(kind, _): &(&&str, &f32)| (Some(*kind) == own) == same;
            let scores = kinds.iter().zip(scores).filter(of);
            scores
                .map(|(_, score)| *score)
                .fold(f32::NEG_INFINITY, f32::max)
        };
        best(true) - best(false)
    }

    /// The tags of a sentence, from a row of scores a word (Viterbi); the first of equally good ones.
    pub fn best<'s>(&self, scores: impl Fn(usize) -> &'s [f32], words: usize) -> Vec<usize> {
        let n = self.tags.len();
        let mut total: Vec<f32> = Vec::new();
        let mut next = vec![0.0; n];
        let mut back = Vec::with_capacity(words * n);
        for word in 0..words {
            let row = scores(word);
            for (tag, name) in self.tags.iter().enumerate() {
                let own = row.get(tag).copied().unwrap_or(f32::NEG_INFINITY);
                let (before, best) = match word {
                    0 if follows(None, name) => (0, 0.0),
                    0 => (0, f32::NEG_INFINITY),
                    _ => total
                        .iter()
                        .enumerate()
                        .filter(|(from, _)| self.allowed.get(tag * n + from) == Some(&true))
                        .fold((0, f32::NEG_INFINITY), |best, (from, score)| {
                            if *score > best.1 {
                                (from, *score)
                            } else {
                                best
                            }
                        }),
                };
                back.push(before);
                if let Some(next) = next.get_mut(tag) {
                    *next = best + own;
                }
            }
            total.clone_from(&next);
        }
        let mut at = total
            .iter()
            .enumerate()
            .fold((0, f32::NEG_INFINITY), |best, (tag, score)| {
                if *score > best.1 { (tag, *score) } else { best }
            })
            .0;
        let mut tags = vec![0; words];
        for (word, tag) in tags.iter_mut().enumerate().rev() {
            *tag = at;
            at = back.get(word * n + at).copied().unwrap_or(0);
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_has_begun() {
        let tags = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];
        let names = Names::new(tags.map(String::from).to_vec());
        let check = |scores: &[[f32; 5]], expected: &[&str]| {
            let found = names.best(|word| &scores[word], scores.len());
            let found: Vec<&str> = found.iter().map(|tag| tags[*tag]).collect();
            assert_eq!(found, expected);
        };
        check(&[], &[]);
        check(&[[0.0, 1.0, 3.0, 0.0, 0.0]], &["B-PER"]);
        check(
            &[[0.0, 2.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0, 3.0]],
            &["B-LOC", "I-LOC"],
        );
    }
}
