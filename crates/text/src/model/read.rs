//! Reading a sentence with the model.

use super::linear::{Whole, dot};
use super::tree::Scores;
use super::{Model, Name, Namer, Parse, Sums, Word};
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
    /// Where in `sums` a word's stand.
    known: HashMap<String, usize, RandomState>,
    /// Of words that are not frequent.
    sums: Sums,
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
    /// What the layer for names makes of them, and the scores of name tags.
    names_sums: Vec<f32>,
    names_context: Vec<f32>,
    names: Vec<f32>,
    name_scores: Vec<f32>,
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

/// A row of a table; nothing where there is none.
fn row(table: &[f32], at: usize, width: usize) -> &[f32] {
    let from = at.saturating_mul(width);
    table
        .get(from..from.saturating_add(width))
        .unwrap_or_default()
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
            sums: Sums::default(),
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
        self.names(words);
        let buffers = &mut self.buffers;
        let classes = model.tags.outputs();
        sized(&mut buffers.scores, words.len() * classes);
        model.tags.apply(&buffers.context, &mut buffers.scores);
        let heads = buffers.heads(model, words.len());
        let relations = buffers.relations(model, &heads);

        let from = parse.words.len();
        let rows = buffers.scores.chunks_exact(classes);
        let named = model.names.read(&buffers.name_scores);
        let rows = rows.zip(&heads).zip(relations).enumerate();
        for (word, (at, ((scores, head), relation))) in words.iter().zip(rows) {
            let (upos, rest) = scores.split_at(model.upos.len());
            let (xpos, _) = rest.split_at(model.xpos.len());
            let fine = model.xpos.get(highest(xpos)).copied().unwrap_or_default();
            parse.words.push(Word {
                tag: model.upos.get(highest(upos)).copied().unwrap_or(Tag::X),
                fine,
                lemma: model.lemmas.of(word, fine),
                head: head.checked_sub(1).map(|head| from + head),
                relation,
                plain: model.names.plain(named.through(at)),
            });
        }
        let tag = |at: usize| {
            let tag = named.tags.get(at);
            tag.and_then(|tag| model.names.tags.get(*tag))
                .map_or("O", |t| t)
        };
        let mut at = 0;
        while at < words.len() {
            let mut end = at + 1;
            if let Some(kind) = tag(at).strip_prefix("B-").and_then(kind) {
                while tag(end).starts_with("I-") {
                    end += 1;
                }
                let margin = |word: usize| {
                    let through = named.through(word);
                    model.names.margin(named.tags.get(word), through)
                };
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
        let mut buffers = std::mem::take(&mut self.buffers);
        let rows = self.rows(words).into_iter();
        let sums: Vec<&[f32]> = rows
            .map(|(sums, at)| row(&sums.first, at, sums_width))
            .collect();
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
        self.buffers = buffers;
    }

    /// Where the sums of each word stand.
    fn rows(&self, words: &[&str]) -> Vec<(&Sums, usize)> {
        let model = self.model;
        let of = |word: &&str| match model.frequent.get(word) {
            Some(at) => (&model.sums, *at),
            None => (
                &self.sums,
                self.known.get(*word).copied().unwrap_or(usize::MAX),
            ),
        };
        words.iter().map(of).collect()
    }

    /// Fills the scores of name tags, from the second layer's outputs.
    fn names(&mut self, words: &[&str]) {
        let (model, n) = (self.model, words.len());
        let Namer {
            layer,
            context,
            out,
        } = &model.namer;
        let (own, width) = (layer.own(), layer.linear.outputs());
        let mut buffers = std::mem::take(&mut self.buffers);
        sized(&mut buffers.names_context, n * own);
        context.apply(&buffers.context, &mut buffers.names_context);
        buffers.names_sums.clear();
        let contexts = buffers.names_context.chunks_exact(own.max(1));
        for ((sums, at), context) in self.rows(words).into_iter().zip(contexts) {
            let from = buffers.names_sums.len();
            buffers
                .names_sums
                .extend_from_slice(row(&sums.names, at, width));
            let own = buffers.names_sums[from..].iter_mut().zip(context);
            own.for_each(|(sum, more)| *sum += more);
        }
        sized(&mut buffers.names, n * layer.outputs());
        let sums = &buffers.names_sums;
        layer.carry(|word| row(sums, word, width), n, &mut buffers.names);
        buffers.whole.set(&buffers.names, layer.outputs());
        sized(&mut buffers.name_scores, n * out.outputs());
        out.apply(&buffers.whole, &mut buffers.name_scores);
        self.buffers = buffers;
    }

    /// Computes and keeps the first sums of those words that have none yet.
    fn learn(&mut self, words: &[&str]) {
        let model = self.model;
        if self.known.len() + words.len() > KEPT && !self.known.is_empty() {
            self.known.clear();
            self.sums.clear();
        }
        let mut new = Vec::new();
        for word in words {
            if !model.frequent.contains_key(word) && !self.known.contains_key(*word) {
                self.known.insert((*word).to_string(), self.known.len());
                new.push(*word);
            }
        }
        let names = &model.namer.layer;
        self.sums
            .add(&model.words, &model.first, names, new.into_iter());
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
