//! The language model: for the words of a sentence, their parts of speech and base forms, the tree
//! of what depends on what, and the names.
//!
//! A small network, trained by tools/train and read from one file (`data/en/model.bin`; its card beside
//! it says what it learned from and how well it does). In reading order: `features` (what is seen of a
//! word), `words` (its vector), `layers` (what was read before and after it), `linear` (the products, in
//! the whole numbers of `whole`, so that every processor gives the same), then what is read off: tags here, `tree`,
//! `names`, `lemma`.

mod features;
mod file;
mod layers;
mod lemma;
mod linear;
mod names;
mod read;
mod tree;
mod whole;
mod words;

pub use file::Malformed;
pub use read::Reader;

use crate::document::Tag;
use file::Sections;
use foldhash::fast::FixedState;
use layers::Gated;
use lemma::Lemmas;
use linear::Linear;
use names::Names;
use rapporteur_model::Kind;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use whole::Coarse;
use words::Words;

/// The trained network. It is read-only; a [`Reader`] does the work.
pub struct Model<'f> {
    words: Words,
    first: Gated,
    second: Gated,
    tags: Linear,
    arc_dependent: Linear,
    arc_head: Linear,
    arc_root: Vec<f32>,
    arc_bias: Vec<f32>,
    /// What a dependent's vector says of each distance to its head.
    distance: Linear,
    label_dependent: Linear,
    label_head: Linear,
    label_root: Vec<f32>,
    label_out: Linear,
    upos: Vec<Tag>,
    xpos: Vec<&'f str>,
    relations: Vec<&'f str>,
    /// Which relation is the root's.
    root: Option<usize>,
    names: Names,
    namer: Namer,
    lemmas: Lemmas<'f>,
    /// What the most frequent words give without context, and where each word's stands.
    frequent: HashMap<&'f str, usize, FixedState>,
    sums: Sums,
}

/// What tells names: a layer of its own over the words' vectors, what is known of words for names, and what the
/// second layer gives.
struct Namer {
    /// Its sums for a word alone.
    layer: Gated,
    /// What the second layer's outputs add to them.
    context: Linear,
    /// The scores of the name tags.
    out: Linear,
}

/// Sums of words without context, a row a word: the first layer's, and those of the layer for names. Rounded, they take
/// a quarter of the memory: fetching them takes time.
#[derive(Default)]
struct Sums {
    first: Coarse,
    names: Coarse,
    /// Room for what is computed for them: words' vectors, those for names, sums before they are rounded.
    vectors: Coarse,
    for_names: Coarse,
    out: Vec<f32>,
}

/// A sentence, read: a tree over its words, and its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parse<'m> {
    /// In order.
    pub words: Vec<Word<'m>>,
    /// Names, in order. They do not overlap.
    pub names: Vec<Name>,
}

/// A name that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// What it names.
    pub kind: Kind,
    /// By how much the kind's scores lie above those of every other kind and of no name, at least: a
    /// difference of logarithms, so that 0.7 is twice as likely.
    pub margin: f32,
}

/// A word of a sentence that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Word<'m> {
    /// Universal part of speech.
    pub tag: Tag,
    /// The Penn treebank's finer tag, such as `VBD`.
    pub fine: &'m str,
    /// Base form, in lower case but for names.
    pub lemma: String,
    /// Index of the word that it depends on; `None` for the one root of the sentence.
    pub head: Option<usize>,
    /// How it depends on it: a relation of Universal Dependencies, such as `nsubj:pass`.
    pub relation: &'m str,
    /// By how much the score of being no name's word lies above every other, as a margin of names does; negative where
    /// it does not.
    pub plain: f32,
}

impl Model<'static> {
    /// The model of English that comes with the program.
    pub fn english() -> Option<&'static Model<'static>> {
        static BYTES: &[u8] = include_bytes!("../../data/en/model.bin");
        // That the file can be read is tested.
        static MODEL: LazyLock<Option<Model<'static>>> = LazyLock::new(|| Model::read(BYTES).ok());
        MODEL.as_ref()
    }
}

impl<'f> Model<'f> {
    /// Reads a model's file.
    ///
    /// # Errors
    /// When the bytes are no model, or its parts do not fit together.
    pub fn read(bytes: &'f [u8]) -> Result<Model<'f>, Malformed> {
        let file = Sections::read(bytes)?;
        let lines = |name| Ok::<Vec<&str>, Malformed>(file.text(name)?.lines().collect());
        let words = Words::read(&file)?;
        let hidden: Vec<usize> = file.floats("hidden")?.iter().map(|n| *n as usize).collect();
        let [hidden1, hidden2, hidden3] = hidden[..] else {
            return Err(Malformed("section hidden has another size".into()));
        };
        let first = Gated::read(&file, "first", words.width(), hidden1)?;
        let second = Gated::read(&file, "second", first.outputs(), hidden2)?;
        let context = second.outputs();
        let linear = |name: &str| Linear::read(&file, name, context);
        let (arc_dependent, arc_head) = (linear("arc_dep")?, linear("arc_head")?);
        let (label_dependent, label_head) = (linear("lab_dep")?, linear("lab_head")?);
        let tag = |name: &&str| {
            Tag::named(name).ok_or_else(|| Malformed(format!("{name} is no part of speech")))
        };
        let frequent = lines("frequent")?;
        let layer = Gated::read(&file, "names", words.width_for_names(), hidden3)?;
        let namer = Namer {
            context: linear("names_context")?,
            out: Linear::read(&file, "names_out", layer.outputs())?,
            layer,
        };
        let mut sums = Sums::default();
        sums.add(&words, &first, &namer.layer, &frequent, frequent.len());
        let model = Model {
            frequent: frequent.into_iter().zip(0..).collect(),
            sums,
            tags: linear("tags")?,
            distance: Linear::read(&file, "near", arc_dependent.outputs())?,
            label_out: Linear::read(&file, "lab_out", label_dependent.outputs())?,
            arc_root: file.floats("arc_root")?,
            arc_bias: file.floats("arc_bias")?,
            label_root: file.floats("lab_root")?,
            upos: lines("upos")?.iter().map(tag).collect::<Result<_, _>>()?,
            xpos: lines("xpos")?,
            root: lines("deprels")?.iter().position(|name| *name == "root"),
            relations: lines("deprels")?,
            names: Names::new(
                lines("bio")?.into_iter().map(String::from).collect(),
                file.floats("names_steps")?,
            )?,
            namer,
            lemmas: Lemmas::read(file.text("lemmas")?),
            words,
            first,
            second,
            arc_dependent,
            arc_head,
            label_dependent,
            label_head,
        };
        model.check()?;
        Ok(model)
    }

    /// Do the parts fit together?
    fn check(&self) -> Result<(), Malformed> {
        let arc = self.arc_dependent.outputs();
        let label = self.label_dependent.outputs();
        let classes = self.upos.len() + self.xpos.len();
        let fit = [
            self.arc_head.outputs(),
            self.arc_root.len(),
            self.arc_bias.len(),
        ] == [arc; 3]
            && [self.label_head.outputs(), self.label_root.len()] == [label; 2]
            && self.distance.outputs() == read::BUCKETS
            && self.label_out.outputs() == self.relations.len()
            && self.tags.outputs() == classes
            && self.namer.out.outputs() == self.names.tags.len()
            && self.namer.context.outputs() == self.namer.layer.own()
            && ![
                self.upos.len(),
                self.xpos.len(),
                self.relations.len(),
                self.names.tags.len(),
            ]
            .contains(&0);
        match fit {
            true => Ok(()),
            false => Err(Malformed("its layers do not fit together".into())),
        }
    }

    /// Something that reads sentences with this model. It keeps what it computed for words that come
    /// again, so one of these should read many sentences.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }
}

impl Sums {
    /// Adds rows for words, given the layers whose sums they are, and how many words there will be at most: with room for
    /// all of them from the beginning, no row is ever copied, and what is not used takes no memory.
    fn add(&mut self, words: &Words, first: &Gated, names: &Gated, new: &[&str], most: usize) {
        self.vectors.clear(words.width());
        self.for_names.clear(words.width_for_names());
        for word in new {
            let vector = words.vector(word);
            let own = vector.get(..words.width());
            self.vectors.push(own.unwrap_or_default());
            self.for_names.push(&vector);
        }
        for (sums, layer, vectors) in [
            (&mut self.first, first, &self.vectors),
            (&mut self.names, names, &self.for_names),
        ] {
            let width = layer.linear.outputs();
            if sums.len() == 0 {
                sums.clear(width);
                sums.reserve(most);
            }
            self.out.resize(vectors.len() * width, 0.0);
            layer.linear.apply(vectors, &mut self.out);
            sums.extend(&self.out, width);
        }
    }

    fn clear(&mut self) {
        self.first.clear(1);
        self.names.clear(1);
    }
}

#[cfg(test)]
mod tests;
