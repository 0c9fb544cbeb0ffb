//! Reading a sentence with the model.

use super::linear::{Whole, dot};
use super::tree::Scores;
use super::{Model, Name, Parse, Word};
use crate::document::Tag;
use foldhash::fast::RandomState;
use rapporteur_model::Kind;
use std::collections::HashMap;

/// Kinds of distances between a word and its head.
pub(super) const BUCKETS: usize = 21;
/// The most words that are read at once. Each word is compared with each other as a head, so longer
/// sentences are read in pieces; the root of a further piece hangs on that of the first.
const LONGEST: usize = 160;
/// How the root of a further piece hangs on the root of the first.
const FURTHER: &str = "parataxis";
/// The most words whose first sums are kept, a thread; few in tests, so that these see them dropped. A
/// thousand take 3 MB.
const KEPT: usize = if cfg!(test) { 128 } else { 8192 };

/// Reads sentences with a model, one after the other. What it gives for a sentence depends on that
/// sentence alone.
pub struct Reader<'m> {
    model: &'m Model<'m>,
    /// Where in `sums` a word's sums stand.
    known: HashMap<String, usize, RandomState>,
    /// The first layer's sums of words that are not frequent, which need no context.
    sums: Vec<f32>,
    buffers: Buffers,
}

/// Room that is used again for each sentence; a row a word.
#[derive(Default)]
struct Buffers {
    first: Vec<f32>,
    second_sums: Vec<f32>,
    second: Vec<f32>,
    /// The second layer's outputs, rounded.
    context: Whole,
    scores: Vec<f32>,
    sums: Vec<f32>,
    dependents: Whole,
    heads: Whole,
    distances: Vec<f32>,
    label_dependents: Vec<f32>,
    label_heads: Vec<f32>,
    labels: Vec<f32>,
    whole: Whole,
}

/// Distances near the word apart, far ones together; before the word and after it apart; 0 the root.
fn bucket(word: usize, head: usize) -> usize {
    let far = word.abs_diff(head);
    let near = match far {
        0..=5 => far,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=23 => 9,
        _ => 10,
    };
    match head {
        0 => 0,
        _ if head > word => near,
        _ => 10 + near,
    }
}

fn sized(buffer: &mut Vec<f32>, length: usize) {
    buffer.clear();
    buffer.resize(length, 0.0);
}

/// The index of the highest; the first of several.
fn highest(scores: &[f32]) -> usize {
    let best = |best: (usize, f32), (at, score): (usize, &f32)| match *score > best.1 {
        true => (at, *score),
        false => best,
    };
    scores
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), best)
        .0
}

impl<'m> Reader<'m> {
    pub(super) fn new(model: &'m Model<'m>) -> Reader<'m> {
        Reader {
            model,
            known: HashMap::default(),
            sums: Vec::new(),
            buffers: Buffers::default(),
        }
    }

    /// Reads a sentence, given its words and marks as printed. Time and memory grow linearly.
    pub fn read(&mut self, words: &[&str]) -> Parse<'m> {
        let mut parse = Parse::default();
        let mut first_root = None;
        for piece in words.chunks(LONGEST) {
            let from = parse.words.len();
            self.piece(piece, &mut parse);
            let root = (from..parse.words.len()).find(|at| parse.words[*at].head.is_none());
            match (first_root, root) {
                (None, _) => first_root = root,
                (Some(_), Some(root)) => {
                    parse.words[root].head = first_root;
                    parse.words[root].relation = FURTHER;
                }
                _ => {}
            }
        }
        parse
    }

    fn piece(&mut self, words: &[&str], parse: &mut Parse<'m>) {
        let model = self.model;
        self.context(words);
        let buffers = &mut self.buffers;
        let classes = model.tags.outputs();
        sized(&mut buffers.scores, words.len() * classes);
        model.tags.apply(&buffers.context, &mut buffers.scores);
        let heads = buffers.heads(model, words.len());
        let relations = buffers.relations(model, &heads);

        let from = parse.words.len();
        let rows = buffers.scores.chunks_exact(classes);
        for (((word, scores), head), relation) in words.iter().zip(rows).zip(&heads).zip(relations)
        {
            let (upos, rest) = scores.split_at(model.upos.len());
            let (xpos, _) = rest.split_at(model.xpos.len());
            let fine = model.xpos.get(highest(xpos)).copied().unwrap_or_default();
            parse.words.push(Word {
                tag: model.upos.get(highest(upos)).copied().unwrap_or(Tag::X),
                fine,
                lemma: model.lemmas.of(word, fine),
                head: head.checked_sub(1).map(|head| from + head),
                relation,
            });
        }
        let bio = model.upos.len() + model.xpos.len();
        let scores = |word: usize| &buffers.scores[word * classes + bio..(word + 1) * classes];
        let tags = model.names.best(scores, words.len());
        let tag = |at: usize| {
            tags.get(at)
                .and_then(|tag| model.names.tags.get(*tag))
                .map_or("O", |t| t)
        };
        let mut at = 0;
        while at < words.len() {
            let mut end = at + 1;
            if let Some(kind) = tag(at).strip_prefix("B-").and_then(kind) {
                while tag(end).starts_with("I-") {
                    end += 1;
                }
                let margin = |word: usize| model.names.margin(tags.get(word), scores(word));
                parse.names.push(Name {
                    words: from + at..from + end,
                    kind,
                    margin: (at..end).map(margin).fold(f32::INFINITY, f32::min),
                });
            }
            at = end;
        }
    }

    /// Fills the second layer's outputs.
    fn context(&mut self, words: &[&str]) {
        let model = self.model;
        let sums_width = model.first.linear.outputs();
        self.learn(words);
        let sums: Vec<&[f32]> = words
            .iter()
            .map(
                |word| match (model.frequent.get(word), self.known.get(*word)) {
                    (Some(at), _) => &model.sums[at * sums_width..(at + 1) * sums_width],
                    (None, Some(at)) => &self.sums[at * sums_width..(at + 1) * sums_width],
                    (None, None) => &[],
                },
            )
            .collect();
        let buffers = &mut self.buffers;
        let (n, width) = (words.len(), model.first.outputs());
        sized(&mut buffers.first, n * width);
        model.first.carry(|word| sums[word], n, &mut buffers.first);

        let sums_width = model.second.linear.outputs();
        sized(&mut buffers.second_sums, n * sums_width);
        buffers.whole.set(&buffers.first, width);
        model
            .second
            .linear
            .apply(&buffers.whole, &mut buffers.second_sums);
        sized(&mut buffers.second, n * model.second.outputs());
        let sums = &buffers.second_sums;
        let row = |word: usize| &sums[word * sums_width..(word + 1) * sums_width];
        model.second.carry(row, n, &mut buffers.second);
        buffers.context.set(&buffers.second, model.second.outputs());
    }

    /// Computes and keeps the first sums of those words that have none yet.
    fn learn(&mut self, words: &[&str]) {
        let model = self.model;
        if self.known.len() + words.len() > KEPT && !self.known.is_empty() {
            self.known.clear();
            self.sums.clear();
        }
        let first = self.known.len();
        let whole = &mut self.buffers.whole;
        whole.clear(model.words.width());
        for word in words {
            if !model.frequent.contains_key(word) && !self.known.contains_key(*word) {
                self.known.insert((*word).to_string(), self.known.len());
                whole.push(&model.words.vector(word));
            }
        }
        let width = model.first.linear.outputs();
        self.sums.resize(self.known.len() * width, 0.0);
        let out = &mut self.sums[first * width..];
        model.first.linear.apply(whole, out);
    }
}

impl Buffers {
    /// The head of each word, counted from 1; 0 for the root.
    fn heads(&mut self, model: &Model<'_>, words: usize) -> Vec<usize> {
        let width = model.arc_dependent.outputs();
        sized(&mut self.sums, words * width);
        model.arc_head.apply(&self.context, &mut self.sums);
        self.heads.clear(width);
        self.heads.push(&model.arc_root);
        self.sums
            .chunks_exact(width)
            .for_each(|row| self.heads.push(row));

        model.arc_dependent.apply(&self.context, &mut self.sums);
        self.whole.set(&self.sums, width);
        sized(&mut self.distances, words * BUCKETS);
        model.distance.apply(&self.whole, &mut self.distances);
        for row in self.sums.chunks_exact_mut(width) {
            for (value, bias) in row.iter_mut().zip(&model.arc_bias) {
                *value += bias;
            }
        }
        self.dependents.set(&self.sums, width);

        let mut scores = Scores::new(words);
        let distances = self.distances.chunks_exact(BUCKETS);
        for (word, ((row, scale), distances)) in self.dependents.rows().zip(distances).enumerate() {
            for (head, (vector, by)) in self.heads.rows().enumerate() {
                let score = dot(row, vector) as f32 * (scale * by);
                scores.set(word + 1, head, score + distances[bucket(word + 1, head)]);
            }
        }
        scores.heads()
    }

    /// How each word depends on its head.
    fn relations<'m>(&mut self, model: &Model<'m>, heads: &[usize]) -> Vec<&'m str> {
        let width = model.label_dependent.outputs();
        sized(&mut self.label_dependents, heads.len() * width);
        model
            .label_dependent
            .apply(&self.context, &mut self.label_dependents);
        sized(&mut self.label_heads, (heads.len() + 1) * width);
        let (root, others) = self.label_heads.split_at_mut(width);
        root.copy_from_slice(&model.label_root);
        model.label_head.apply(&self.context, others);
        // What a word and its head give together.
        for (row, head) in self.label_dependents.chunks_exact_mut(width).zip(heads) {
            let head = self.label_heads.iter().skip(head * width);
            row.iter_mut()
                .zip(head)
                .for_each(|(d, h)| *d = (*d + h).max(0.0));
        }
        self.whole.set(&self.label_dependents, width);
        let classes = model.relations.len();
        sized(&mut self.labels, heads.len() * classes);
        model.label_out.apply(&self.whole, &mut self.labels);
        let relation = |(head, scores): (&usize, &mut [f32])| {
            // Only the root is one.
            if let Some(root) = model.root.and_then(|root| scores.get_mut(root)) {
                *root = if *head == 0 {
                    f32::INFINITY
                } else {
                    f32::NEG_INFINITY
                };
            }
            model
                .relations
                .get(highest(scores))
                .copied()
                .unwrap_or("dep")
        };
        heads
            .iter()
            .zip(self.labels.chunks_exact_mut(classes))
            .map(relation)
            .collect()
    }
}

fn kind(name: &str) -> Option<Kind> {
    match name {
        "PER" => Some(Kind::Person),
        "ORG" => Some(Kind::Organization),
        "LOC" => Some(Kind::Place),
        _ => None,
    }
}
