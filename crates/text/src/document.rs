//! The working form of a report.

use crate::coref::Chain;
use rapporteur_model::{BlockKind, Figure, Kind, Mention, Report, Span, Time};
use std::ops::Range;

/// Universal part-of-speech tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Universal Dependencies' own names
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    #[default]
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Tag {
    /// Every tag.
    pub const ALL: [Tag; 17] = [
        Tag::Adj,
        Tag::Adp,
        Tag::Adv,
        Tag::Aux,
        Tag::Cconj,
        Tag::Det,
        Tag::Intj,
        Tag::Noun,
        Tag::Num,
        Tag::Part,
        Tag::Pron,
        Tag::Propn,
        Tag::Punct,
        Tag::Sconj,
        Tag::Sym,
        Tag::Verb,
        Tag::X,
    ];

    /// Universal Dependencies' name, such as `PROPN`.
    pub fn name(self) -> &'static str {
        match self {
            Tag::Adj => "ADJ",
            Tag::Adp => "ADP",
            Tag::Adv => "ADV",
            Tag::Aux => "AUX",
            Tag::Cconj => "CCONJ",
            Tag::Det => "DET",
            Tag::Intj => "INTJ",
            Tag::Noun => "NOUN",
            Tag::Num => "NUM",
            Tag::Part => "PART",
            Tag::Pron => "PRON",
            Tag::Propn => "PROPN",
            Tag::Punct => "PUNCT",
            Tag::Sconj => "SCONJ",
            Tag::Sym => "SYM",
            Tag::Verb => "VERB",
            Tag::X => "X",
        }
    }

    /// The tag with this name.
    pub fn named(name: &str) -> Option<Tag> {
        Tag::ALL.into_iter().find(|tag| tag.name() == name)
    }
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbForm {
    /// `take`
    Base,
    /// `takes`
    Third,
    /// `took`
    Past,
    /// `taken`
    Participle,
    /// `taking`
    Ing,
}

/// A word, number or mark, with its bytes in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'r> {
    /// Its range in the body.
    pub span: Span,
    /// As printed.
    pub text: &'r str,
    /// In lower case, with straight apostrophes.
    pub lower: String,
    /// Base form, in lower case: of verbs that the tables know theirs, else the language model's.
    pub lemma: String,
    /// Part of speech, as the later steps use it: every word of a name is `PROPN`, a participle before a noun
    /// `ADJ`, a determined gerund `NOUN`, and so on.
    pub tag: Tag,
    /// Part of speech by Universal Dependencies' own rules.
    pub upos: Tag,
    /// For verbs and auxiliaries.
    pub form: Option<VerbForm>,
    /// The Penn treebank's finer tag, such as `VBD`.
    pub fine: &'static str,
    /// Index of the token that it depends on; `None` for the root of its sentence.
    pub head: Option<usize>,
    /// How it depends on it: a relation of Universal Dependencies, such as `nsubj:pass`.
    pub relation: &'static str,
    /// Is there white space (or the block's start) before it?
    pub spaced: bool,
    /// Index of the block it stands in.
    pub block: usize,
}

impl Token<'_> {
    /// Does it begin with an upper-case letter?
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Its base form as it is shown: a name's keeps its capitals.
    pub fn base_form(&self) -> &str {
        match self.upos == Tag::Propn && self.lemma == self.lower {
            true => self.text,
            false => &self.lemma,
        }
    }

    /// Is it a mark and no word?
    pub fn is_punct(&self) -> bool {
        self.tag == Tag::Punct || !self.text.chars().any(char::is_alphanumeric)
    }
}

/// A sentence: a range of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its range in the body.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of the block it stands in.
    pub block: usize,
    /// What that block is.
    pub kind: BlockKind,
}

/// Words in quotation marks. One quotation that runs over several blocks is several of these, with
/// `continues` on all but the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// With its marks, as far as they are printed.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// The tokens between the marks.
    pub tokens: Range<usize>,
    /// Is it a further block of a quotation that began before?
    pub continues: bool,
}

/// For each token, those that depend on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Children {
    /// Where each token's begin in `items`.
    starts: Vec<usize>,
    items: Vec<usize>,
}

impl Children {
    /// From the tokens' heads.
    pub(crate) fn of(tokens: &[Token<'_>]) -> Children {
        let mut starts = vec![0; tokens.len() + 1];
        let heads = || tokens.iter().map(|t| t.head.filter(|h| *h < tokens.len()));
        heads().flatten().for_each(|head| starts[head + 1] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![0; sum];
        for (at, head) in heads().enumerate() {
            if let Some(head) = head {
                items[next[head]] = at;
                next[head] += 1;
            }
        }
        Children { starts, items }
    }
}

/// A report's body, read.
#[derive(Clone, Debug)]
pub struct Document<'r> {
    /// The report.
    pub report: &'r Report,
    /// Every token, in order.
    pub tokens: Vec<Token<'r>>,
    /// Every sentence, in order; together they hold all tokens.
    pub sentences: Vec<Sentence>,
    /// Quotations, in order, never nested.
    pub quotes: Vec<Quote>,
    /// Names, in order, never overlapping.
    pub names: Vec<Mention>,
    /// Times, in order, never overlapping.
    pub times: Vec<Time>,
    /// Figures, in order.
    pub figures: Vec<Figure>,
    /// Persons and bodies that are mentioned twice and more, with all their mentions.
    pub chains: Vec<Chain>,
    /// The words of each of these mentions with its chain's number, in order.
    pub(crate) chained: Vec<(Range<usize>, usize)>,
    pub(crate) children: Children,
}

/// How many names are looked at for one that stands alone elsewhere: work stays in step with the text.
const LOOKED_AT: usize = 500;

impl<'r> Document<'r> {
    /// The words of a span of the body; empty where it is none.
    pub fn slice(&self, span: Span) -> &'r str {
        self.report.slice(span).unwrap_or_default()
    }

    /// The tokens that depend on this one, in order.
    pub fn children(&self, token: usize) -> &[usize] {
        let starts = &self.children.starts;
        match (starts.get(token), starts.get(token + 1)) {
            (Some(from), Some(to)) => self.children.items.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The first token that depends on this one in that way; what a relation adds after a colon counts
    /// only where it is asked for (`nsubj` also finds `nsubj:pass`).
    pub fn child(&self, token: usize, relation: &str) -> Option<usize> {
        let children = self.children(token).iter().copied();
        children.into_iter().find(|at| self.is(*at, relation))
    }

    /// Does the token depend on its head in that way, or a finer kind of it?
    pub fn is(&self, token: usize, relation: &str) -> bool {
        self.tokens.get(token).is_some_and(|t| {
            let rest = t.relation.strip_prefix(relation);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }

    /// The bytes that a range of tokens covers.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                Span::new(first.span.start, last.span.end)
            }
            _ => Span::default(),
        }
    }

    /// The tokens that begin inside a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// The sentence that a byte stands in.
    pub fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        let at = self.sentences.partition_point(|s| s.span.end <= byte);
        self.sentences.get(at).filter(|s| s.span.start <= byte)
    }

    /// The quotations that share a token with a range, or of which only the marks stand between.
    pub fn quotes_near(&self, tokens: Range<usize>) -> &[Quote] {
        let start = self
            .quotes
            .partition_point(|q| q.tokens.end + 2 < tokens.start);
        let end = self
            .quotes
            .partition_point(|q| q.tokens.start <= tokens.end + 2);
        self.quotes.get(start..end).unwrap_or_default()
    }

    /// The times that share a byte with a span, in order.
    pub fn times_over(&self, span: Span) -> &[Time] {
        let start = self.times.partition_point(|t| t.span.end <= span.start);
        let end = self.times.partition_point(|t| t.span.start < span.end);
        self.times.get(start..end).unwrap_or_default()
    }

    /// The figures that lie inside a span, in order.
    pub fn figures_in(&self, span: Span) -> impl Iterator<Item = &Figure> {
        let start = self.figures.partition_point(|f| f.span.start < span.start);
        self.figures[start..]
            .iter()
            .take_while(move |f| f.span.start < span.end)
            .filter(move |f| span.contains(f.span))
    }

    /// Is it a noun in lower case for people who act together, or a word before one ("security forces")?
    fn is_group_word(&self, token: usize) -> bool {
        let word = self.tokens[token].text;
        crate::world::group_nouns().contains(word) || crate::world::group_fillers().contains(word)
    }

    /// A name without the group noun after it, and of what kind that is: "Velkania" of "Velkania troops".
    pub fn proper(&self, name: &Mention) -> (Span, Option<Kind>) {
        let mut end = self.tokens_in(name.span);
        while end.len() > 1 && self.is_group_word(end.end - 1) {
            end.end -= 1;
        }
        let span = match self.span(end) {
            span if span.end < name.span.end && !span.is_empty() => span,
            _ => return (name.span, name.kind),
        };
        let words = self.slice(span);
        let kind = crate::world::gazetteer().get(words).map(|e| e.kind());
        let alone = || {
            (self.names.iter().take(LOOKED_AT))
                .find(|n| n.name == words)
                .and_then(|n| n.kind)
        };
        (span, kind.unwrap_or_else(alone).or(name.kind))
    }

    /// The name that a token has a part in.
    pub fn name_over(&self, token: &Token<'_>) -> Option<&Mention> {
        let at = (self.names).partition_point(|n| n.span.end <= token.span.start);
        (self.names.get(at)).filter(|n| n.span.start < token.span.end)
    }

    /// The names that lie inside a span, in order.
    pub fn names_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let start = self.names.partition_point(|n| n.span.start < span.start);
        self.names[start..]
            .iter()
            .take_while(move |n| n.span.start < span.end)
            .filter(move |n| span.contains(n.span))
    }
}
