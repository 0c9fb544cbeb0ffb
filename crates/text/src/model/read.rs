//! Reading sentences with the model, some of them at once.

use super::linear::Products;
use super::tree::{Scores, highest};
use super::whole::{Coarse, Fine};
use super::{Model, Name, Namer, Parse, Sums, Word};
use crate::document::Tag;
use foldhash::fast::RandomState;
use rapporteur_model::Kind;
use std::collections::HashMap;
use std::ops::Range;

/// Kinds of distances between a word and its head.
pub(super) const BUCKETS: usize = 21;
/// The most words of a tree. Each word is compared with each other as a head, so longer sentences are read in pieces; the
/// root of a further piece hangs on that of the first.
const LONGEST: usize = 160;
/// From so many words on, no further sentence is read with those before: more would not go faster.
const AT_ONCE: usize = 256;
/// How the root of a further piece hangs on the root of the first.
const FURTHER: &str = "parataxis";
/// The most words whose first sums are kept, a thread; few in tests, so that these see them dropped. A
/// thousand take 2.5 MB.
const KEPT: usize = if cfg!(test) { 128 } else { 16_384 };

/// Reads sentences with a model. What it gives for a sentence depends on that sentence alone.
pub struct Reader<'m> {
    model: &'m Model<'m>,
    /// Where in `sums` a word's stand.
    known: HashMap<String, usize, RandomState>,
    /// Of words that are not frequent.
    sums: Sums,
    buffers: Buffers,
}

/// Room that is used again for each lot of sentences; a row a word.
#[derive(Default)]
struct Buffers {
    first: Vec<f32>,
    second_sums: Vec<f32>,
    second: Vec<f32>,
    /// The second layer's outputs, rounded.
    context: Coarse,
    /// What the layer for names makes of them, and the scores of name tags.
    names_context: Vec<f32>,
    names: Vec<f32>,
    name_scores: Vec<f32>,
    tags: Vec<f32>,
    sums: Vec<f32>,
    dependents: Fine,
    /// A piece's words as heads, the root before them.
    heads: Fine,
    /// What each head gives to each dependent of a piece.
    by_head: Products,
    arcs: Vec<f32>,
    distances: Vec<f32>,
    label_dependents: Vec<f32>,
    label_heads: Vec<f32>,
    labels: Vec<f32>,
    whole: Coarse,
}

/// Kinds of distances in words: near ones apart, far ones together, all from the last on the same.
const FAR: [usize; 25] = [
    0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 10,
];

/// The kind of distance to a head: before the word and after it apart; 0 the root.
fn bucket(word: usize, head: usize) -> usize {
    let far = FAR[word.abs_diff(head).min(FAR.len() - 1)];
    match head {
        0 => 0,
        _ if head > word => far,
        _ => 10 + far,
    }
}

/// A row of a table; nothing where there is none.
fn row(table: &[f32], at: usize, width: usize) -> &[f32] {
    let from = at.saturating_mul(width);
    table
        .get(from..from.saturating_add(width))
        .unwrap_or_default()
}

/// Makes room; what stood there before is written over by what comes.
fn sized(buffer: &mut Vec<f32>, length: usize) {
    buffer.resize(length, 0.0);
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
        self.read_all(&[words]).pop().unwrap_or_default()
    }

    /// Reads sentences, given the words and marks of each. It is faster than one after the other; what comes of it is the
    /// same.
    pub fn read_all(&mut self, sentences: &[&[&str]]) -> Vec<Parse<'m>> {
        let mut parses: Vec<Parse<'m>> = Vec::with_capacity(sentences.len());
        let (mut lot, mut size) = (Vec::new(), 0);
        for (at, words) in sentences.iter().enumerate() {
            parses.push(Parse::default());
            for piece in words.chunks(LONGEST) {
                lot.push((at, piece));
                size += piece.len();
                if size >= AT_ONCE {
                    self.lot(&lot, &mut parses);
                    lot.clear();
                    size = 0;
                }
            }
        }
        self.lot(&lot, &mut parses);
        parses
    }

    /// Reads pieces of sentences, and adds them to what was read of each.
    fn lot(&mut self, pieces: &[(usize, &[&str])], parses: &mut [Parse<'m>]) {
        let model = self.model;
        let mut words = Vec::new();
        let mut ranges = Vec::with_capacity(pieces.len());
        for (_, piece) in pieces {
            ranges.push(words.len()..words.len() + piece.len());
            words.extend_from_slice(piece);
        }
        let places = self.learn(&words);
        let mut buffers = std::mem::take(&mut self.buffers);
        let sums: Vec<(&Sums, usize)> = (places.into_iter())
            .map(|(frequent, at)| match frequent {
                true => (&model.sums, at),
                false => (&self.sums, at),
            })
            .collect();
        buffers.context(model, &sums, &ranges);
        buffers.names(model, &sums, &ranges);
        buffers.tags(model, words.len());
        let heads = buffers.heads(model, &ranges);
        let relations = buffers.relations(model, &ranges, &heads);
        for ((sentence, piece), range) in pieces.iter().zip(ranges) {
            let Some(parse) = parses.get_mut(*sentence) else {
                continue;
            };
            let from = parse.words.len();
            let tags = buffers.tags.chunks_exact(model.tags.outputs());
            let tree = heads.iter().zip(&relations).zip(tags);
            let tree = tree.skip(range.start);
            for (word, ((head, relation), scores)) in piece.iter().zip(tree) {
                let (upos, rest) = scores.split_at(model.upos.len());
                let (xpos, _) = rest.split_at(model.xpos.len());
                let fine = model.xpos.get(highest(xpos).0).copied().unwrap_or_default();
                parse.words.push(Word {
                    tag: model.upos.get(highest(upos).0).copied().unwrap_or(Tag::X),
                    fine,
                    lemma: model.lemmas.of(word, fine),
                    head: head.checked_sub(1).map(|head| from + head),
                    relation,
                    plain: 0.0,
                });
            }
            if from > 0 {
                hang(parse, from);
            }
            let tags = model.names.tags.len();
            let scores = buffers
                .name_scores
                .get(range.start * tags..range.end * tags);
            name(model, scores.unwrap_or_default(), from, parse);
        }
        self.buffers = buffers;
    }

    /// Where each word's first sums stand: whether among those of frequent words, and in which row. Those that it has not
    /// yet it computes and keeps.
    fn learn(&mut self, words: &[&str]) -> Vec<(bool, usize)> {
        let model = self.model;
        if self.known.len() + words.len() > KEPT && !self.known.is_empty() {
            self.known.clear();
            self.sums.clear();
        }
        let mut new = Vec::new();
        let mut places = Vec::with_capacity(words.len());
        for word in words {
            let frequent = model.frequent.get(word).copied();
            places.push(match frequent.or_else(|| self.known.get(*word).copied()) {
                Some(at) => (frequent.is_some(), at),
                None => {
                    let at = self.known.len();
                    self.known.insert((*word).to_string(), at);
                    new.push(*word);
                    (false, at)
                }
            });
        }
        self.sums
            .add(&model.words, &model.first, &model.namer.layer, &new, KEPT);
        places
    }
}

/// Hangs the root of a further piece of a sentence, whose words begin there, on that of the first.
fn hang(parse: &mut Parse<'_>, from: usize) {
    let (before, piece) = parse.words.split_at_mut(from);
    let first = before.iter().position(|word| word.head.is_none());
    if let Some(root) = piece.iter_mut().find(|word| word.head.is_none()) {
        root.head = first;
        root.relation = FURTHER;
    }
}

/// Adds the names of a piece whose words begin there, and how sure it is of no name.
fn name(model: &Model<'_>, scores: &[f32], from: usize, parse: &mut Parse<'_>) {
    let named = model.names.read(scores);
    let words = parse.words.iter_mut().skip(from);
    for (at, word) in words.enumerate() {
        word.plain = model.names.plain(named.through(at));
    }
    let tag = |at: usize| {
        let tag = named.tags.get(at);
        tag.and_then(|tag| model.names.tags.get(*tag))
            .map_or("O", |t| t)
    };
    let mut at = 0;
    while at < named.tags.len() {
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

impl Buffers {
    /// Fills the second layer's outputs.
    fn context(&mut self, model: &Model<'_>, sums: &[(&Sums, usize)], pieces: &[Range<usize>]) {
        let (words, width) = (sums.len(), model.first.outputs());
        sized(&mut self.first, words * width);
        for piece in pieces {
            let of = |word: usize| {
                let at = sums.get(piece.start + word);
                at.map_or((&[][..], 0.0), |(sums, at)| sums.first.row(*at))
            };
            let out = &mut self.first[piece.start * width..piece.end * width];
            model.first.carry(of, &[], piece.len(), out);
        }
        let width = model.second.linear.outputs();
        sized(&mut self.second_sums, words * width);
        self.whole.set(&self.first, model.first.outputs());
        let second = &model.second.linear;
        second.apply(&self.whole, &mut self.second_sums);
        let outputs = model.second.outputs();
        sized(&mut self.second, words * outputs);
        for piece in pieces {
            let of = |word: usize| (row(&self.second_sums, piece.start + word, width), 1.0);
            let out = &mut self.second[piece.start * outputs..piece.end * outputs];
            model.second.carry(of, &[], piece.len(), out);
        }
        self.context.set(&self.second, outputs);
    }

    /// Fills the scores of name tags, from the second layer's outputs.
    fn names(&mut self, model: &Model<'_>, sums: &[(&Sums, usize)], pieces: &[Range<usize>]) {
        let Namer {
            layer,
            context,
            out,
        } = &model.namer;
        let (words, own, width) = (sums.len(), layer.own(), layer.outputs());
        sized(&mut self.names_context, words * own);
        context.apply(&self.context, &mut self.names_context);
        sized(&mut self.names, words * width);
        for piece in pieces {
            let of = |word: usize| {
                let at = sums.get(piece.start + word);
                at.map_or((&[][..], 0.0), |(sums, at)| sums.names.row(*at))
            };
            let context = &self.names_context[piece.start * own..piece.end * own];
            let out = &mut self.names[piece.start * width..piece.end * width];
            layer.carry(of, context, piece.len(), out);
        }
        self.whole.set(&self.names, width);
        sized(&mut self.name_scores, words * out.outputs());
        out.apply(&self.whole, &mut self.name_scores);
    }

    /// Fills the scores of parts of speech.
    fn tags(&mut self, model: &Model<'_>, words: usize) {
        sized(&mut self.tags, words * model.tags.outputs());
        model.tags.apply(&self.context, &mut self.tags);
    }

    /// The head of each word, counted from 1 in its piece; 0 for the root.
    fn heads(&mut self, model: &Model<'_>, pieces: &[Range<usize>]) -> Vec<usize> {
        let words = self.context.len();
        let width = model.arc_dependent.outputs();
        sized(&mut self.sums, words * width);
        model.arc_head.apply(&self.context, &mut self.sums);
        self.heads.clear(width);
        for piece in pieces {
            self.heads.push(&model.arc_root);
            let own = &self.sums[piece.start * width..piece.end * width];
            own.chunks_exact(width).for_each(|row| self.heads.push(row));
        }
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

        let mut heads = Vec::with_capacity(words);
        for (before, piece) in pieces.iter().enumerate() {
            let n = piece.len();
            // Each piece before has a root.
            let from = piece.start + before;
            self.by_head.set(&self.heads, from..from + n + 1);
            sized(&mut self.arcs, n * (n + 1));
            let by_head = &self.by_head;
            by_head.apply(&self.dependents, piece.clone(), &mut self.arcs);
            let mut scores = Scores::new(n);
            let distances = self.distances.chunks_exact(BUCKETS).skip(piece.start);
            let rows = self.arcs.chunks_exact(n + 1).zip(distances);
            for (word, (row, distances)) in rows.enumerate() {
                let far = |head| distances[bucket(word + 1, head)];
                let all = row.iter().enumerate();
                scores.set_all(word + 1, all.map(|(head, score)| score + far(head)));
            }
            heads.extend(scores.heads());
        }
        heads
    }

    /// How each word depends on its head.
    fn relations<'m>(
        &mut self,
        model: &Model<'m>,
        pieces: &[Range<usize>],
        heads: &[usize],
    ) -> Vec<&'m str> {
        let width = model.label_dependent.outputs();
        sized(&mut self.label_dependents, heads.len() * width);
        model
            .label_dependent
            .apply(&self.context, &mut self.label_dependents);
        sized(&mut self.label_heads, heads.len() * width);
        model.label_head.apply(&self.context, &mut self.label_heads);
        // What a word and its head give together.
        let starts = pieces.iter().flat_map(|p| p.clone().map(|_| p.start));
        let rows = self.label_dependents.chunks_exact_mut(width);
        for ((dependent, head), start) in rows.zip(heads).zip(starts) {
            let head = match head.checked_sub(1) {
                Some(head) => row(&self.label_heads, start + head, width),
                None => &model.label_root,
            };
            let both = dependent.iter_mut().zip(head);
            both.for_each(|(d, h)| *d = (*d + h).max(0.0));
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
                .get(highest(scores).0)
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
