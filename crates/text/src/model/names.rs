//! From scores of name tags to names: the best sequence in which what goes on has begun.

use super::file::Malformed;

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

/// Which tag may follow which, for the tags `O`, `B-PER`, `I-PER` …, and how well.
pub(super) struct Names {
    pub tags: Vec<String>,
    /// By the tag before and the tag: what is added where one follows the other.
    steps: Vec<f32>,
    /// What is added where a sentence begins with a tag.
    starts: Vec<f32>,
    /// Which tag is that of no name.
    none: usize,
    /// From this margin on for every word, no path through a name is as good as none.
    surely_none: f32,
}

/// What is read of a sentence.
pub(super) struct Tagged {
    /// The best sequence of tags.
    pub tags: Vec<usize>,
    /// A row a word: the score of the best sequence that gives the word each tag.
    through: Vec<f32>,
}

impl Tagged {
    /// A word's row.
    pub fn through(&self, word: usize) -> &[f32] {
        let n = self.through.len() / self.tags.len().max(1);
        self.through
            .get(word * n..(word + 1) * n)
            .unwrap_or_default()
    }
}

fn highest(scores: impl Iterator<Item = f32>) -> (usize, f32) {
    let each = scores.enumerate();
    each.fold((0, f32::NEG_INFINITY), |best, (at, score)| {
        if score > best.1 { (at, score) } else { best }
    })
}

/// By how much the best score of some tags lies above the best of the others.
fn above(scores: &[f32], own: impl Fn(usize) -> bool) -> f32 {
    let lowest = f32::NEG_INFINITY;
    let (best, other) =
        (scores.iter().enumerate()).fold((lowest, lowest), |best, (tag, score)| match own(tag) {
            true => (best.0.max(*score), best.1),
            false => (best.0, best.1.max(*score)),
        });
    best - other
}

impl Names {
    /// From the tags and what is added for each pair of them, the tag before by the tag.
    ///
    /// # Errors
    /// When there are not as many pairs.
    pub fn new(tags: Vec<String>, mut steps: Vec<f32>) -> Result<Names, Malformed> {
        let n = tags.len();
        if steps.len() != n * n || n == 0 {
            return Err(Malformed("the steps of names do not fit".into()));
        }
        for (from, row) in tags.iter().zip(steps.chunks_exact_mut(n)) {
            for (to, step) in tags.iter().zip(row) {
                if !follows(Some(from), to) {
                    *step = f32::NEG_INFINITY;
                }
            }
        }
        let start = |to: &String| {
            if follows(None, to) {
                0.0
            } else {
                f32::NEG_INFINITY
            }
        };
        let starts = tags.iter().map(start).collect();
        // Leaving "no name" for a run of words takes a step more than it has words.
        let most = highest(steps.iter().copied()).1;
        let none = tags.iter().position(|tag| tag == "O").unwrap_or(0);
        let stay = steps.get(none * n + none).copied().unwrap_or(0.0);
        Ok(Names {
            none,
            surely_none: 2.0 * (most - stay),
            tags,
            steps,
            starts,
        })
    }

    /// By how much the scores of the tag's kind lie above those of any other kind and of no name.
    pub fn margin(&self, tag: Option<&usize>, scores: &[f32]) -> f32 {
        // "B-PER" and "I-PER" are of a kind; "O" is of none.
        let kind = |tag: usize| self.tags.get(tag).and_then(|tag| tag.get(2..));
        let own = tag.and_then(|tag| kind(*tag));
        above(scores, |tag| kind(tag) == own)
    }

    /// By how much the score of no name lies above that of any name; below zero where it does not.
    pub fn plain(&self, scores: &[f32]) -> f32 {
        above(scores, |tag| tag == self.none)
    }

    /// Reads a sentence, from a row of scores a word; of equally good tags the first.
    pub fn read(&self, scores: &[f32]) -> Tagged {
        let n = self.tags.len();
        let rows = || scores.chunks_exact(n);
        let words = rows().len();
        if rows().all(|row| self.plain(row) >= self.surely_none) {
            return Tagged {
                tags: vec![self.none; words],
                through: scores.to_vec(),
            };
        }
        // The best way to each tag of each word, then from the end the best way on from it.
        let mut through = Vec::with_capacity(scores.len());
        for (word, row) in rows().enumerate() {
            for (tag, own) in row.iter().enumerate() {
                let before = match through.len().checked_sub(n + tag) {
                    Some(from) if word > 0 => {
                        let before: &[f32] = through.get(from..from + n).unwrap_or_default();
                        let steps = self.steps.iter().skip(tag).step_by(n);
                        highest(before.iter().zip(steps).map(|(b, step)| b + step)).1
                    }
                    _ => self.starts.get(tag).copied().unwrap_or(0.0),
                };
                through.push(before + own);
            }
        }
        let mut tags = vec![0; words];
        let mut on = vec![0.0; n];
        for (word, row) in rows().enumerate().rev() {
            let all = &mut through[word * n..(word + 1) * n];
            all.iter_mut().zip(&on).for_each(|(to, on)| *to += on);
            tags[word] = highest(all.iter().copied()).0;
            let next: Vec<f32> = row.iter().zip(&on).map(|(own, on)| own + on).collect();
            for (on, steps) in on.iter_mut().zip(self.steps.chunks_exact(n)) {
                *on = highest(next.iter().zip(steps).map(|(n, step)| n + step)).1;
            }
        }
        // Where several sequences are equally good, the tags of one: the first by its last word.
        for word in 1..words {
            let (before, tag) = (tags[word - 1], tags[word]);
            if self.steps.get(before * n + tag) == Some(&f32::NEG_INFINITY) {
                let own = through[word * n..(word + 1) * n].iter();
                let may = own.zip(self.steps.iter().skip(before * n));
                tags[word] = highest(may.map(|(score, step)| {
                    if *step == f32::NEG_INFINITY {
                        *step
                    } else {
                        *score
                    }
                }))
                .0;
            }
        }
        Tagged { tags, through }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_has_begun() {
        let tags = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];
        let names = |steps| Names::new(tags.map(String::from).to_vec(), steps).unwrap();
        let plain = names(vec![0.0; 25]);
        let read = |names: &Names, scores: &[[f32; 5]]| {
            let found = names.read(scores.as_flattened());
            let tags: Vec<&str> = found.tags.iter().map(|tag| tags[*tag]).collect();
            tags.join(" ")
        };
        let check = |scores: &[[f32; 5]], expected: &[&str]| {
            assert_eq!(read(&plain, scores), expected.join(" "));
        };
        check(&[], &[]);
        check(&[[0.0, 1.0, 3.0, 0.0, 0.0]], &["B-PER"]);
        check(
            &[[0.0, 2.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0, 3.0]],
            &["B-LOC", "I-LOC"],
        );
        // What may stand beside what counts, and so does a word beside it.
        let mut steps = vec![0.0; 25];
        steps[5 + 2] = 2.0;
        let tied = names(steps);
        let scores = [[0.0, 2.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0]];
        assert_eq!(read(&plain, &scores), "B-PER O");
        assert_eq!(read(&tied, &scores), "B-PER I-PER");
        // One sequence gives 2 + 2 + 0, without a person it is at most 1 + 1.
        assert_eq!(
            tied.margin(Some(&1), tied.read(scores.as_flattened()).through(0)),
            2.0
        );
        let surely_none = [[9.0, 0.0, 0.0, 0.0, 0.0]; 2];
        assert_eq!(read(&tied, &surely_none), "O O");
        assert_eq!(
            tied.plain(tied.read(surely_none.as_flattened()).through(1)),
            9.0
        );
    }
}
