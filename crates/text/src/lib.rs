//! Reports to documents: sentences, tokens, names, times, figures and quotes.
//!
//! A [`Document`] is a working form and is not recorded. Everything in it knows its bytes in the
//! report's body. Parsing cannot fail; what is not understood is not there.
//!
//! ```
//! use rapporteur_model::{Masthead, Report};
//!
//! let body = "Talks opened in Port Lenn on Monday. “We came to listen,” said Ada Brisk.";
//! let report = Report::new(Masthead::default(), body.into(), vec![]);
//! let document = rapporteur_text::parse(&report);
//! assert_eq!(document.sentences.len(), 2);
//! assert_eq!(document.quotes.len(), 1);
//! ```

mod coref;
mod document;
mod figure;
mod lean;
mod lemma;
pub mod model;
mod name;
mod number;
mod quote;
mod role;
mod sentence;
mod tables;
mod time;
mod token;
mod tree;
mod world;

pub use coref::{Chain, Choice, choices, is_person, pronoun_fits};
pub use document::{Document, Quote, Sentence, Tag, Token, VerbForm};
pub use figure::{Change, changes, fate_of_object};
pub use lemma::lemma;
pub use time::times;
pub use tree::dateline;
pub use world::{
    capital, country, demonym, is_group_noun, is_organization_noun, is_people, is_role,
    organization,
};

use document::Children;
use rapporteur_model::{Report, Span};

/// Reads a report's body into sentences, tokens, names, times, figures and quotes.
pub fn parse(report: &Report) -> Document<'_> {
    let tokens = token::split(report);
    let sentences = sentence::split(report, &tokens);
    read(report, tokens, sentences)
}

/// Reads a body whose sentences are given, each as its words' ranges, in order. Ranges that are none of
/// the body, or overlap the word before, are left out.
pub fn parse_given<'r>(report: &'r Report, sentences: &[Vec<Span>]) -> Document<'r> {
    let (tokens, sentences) = token::given(report, sentences);
    read(report, tokens, sentences)
}

fn read<'r>(
    report: &'r Report,
    mut tokens: Vec<Token<'r>>,
    sentences: Vec<Sentence>,
) -> Document<'r> {
    let quotes = quote::find(report, &tokens);
    let seen = tree::grow(&mut tokens, &sentences);
    let children = Children::of(&tokens);
    let mut document = Document {
        report,
        tokens,
        sentences,
        quotes,
        names: vec![],
        times: vec![],
        figures: vec![],
        chains: vec![],
        chained: vec![],
        children,
    };
    document.times = time::find(&document);
    document.figures = figure::find(&document);
    document.names = name::find(&document, &seen);
    document.chains = coref::chains(&document);
    document.chained = coref::in_order(&document.chains);
    document
}
