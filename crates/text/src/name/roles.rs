//! What someone is, to whom, as it stands beside the name.

use super::runs::{Piece, Shape};
use super::words::Words;
use crate::document::{Document, Tag, VerbForm};
use crate::tables;
use crate::world;
use rapporteur_model::Role;
use std::ops::Range;

/// The role that the words around a name give to it: before it in lower case ("army spokesman
/// Colonel Brisk"), after it behind a comma ("Ada Brisk, a spokeswoman for the army,"), before it
/// behind one ("the head of the army, General Brisk"), or in capitals ("Foreign Minister Brisk").
pub(crate) fn beside(
    document: &Document<'_>,
    words: &Words<'_>,
    pieces: &[Piece],
    at: usize,
) -> Option<Role> {
    let piece = &pieces[at];
    let thing = match piece.shape {
        Shape::Known(entry) => entry.kind().is_some() && piece.title.is_none(),
        Shape::Organization | Shape::Place | Shape::Other => true,
        Shape::Bare | Shape::Person => false,
    };
    if thing {
        return None;
    }
    let line = words.lines[piece.line].words.clone();
    let reader = Reader {
        document,
        words,
        pieces,
        line,
    };
    before(&reader, piece)
        .or_else(|| after(&reader, piece))
        .or_else(|| before_comma(&reader, piece))
        .or_else(|| titled(&reader, piece))
}

struct Reader<'a, 'd, 'r> {
    document: &'a Document<'r>,
    words: &'a Words<'d>,
    pieces: &'a [Piece],
    line: Range<usize>,
}

impl Reader<'_, '_, '_> {
    fn lower(&self, at: usize) -> &str {
        self.words.words.get(at).map_or("", |w| &w.lower)
    }

    fn tag(&self, at: usize) -> Tag {
        let token = self.words.words.get(at).map(|w| w.token);
        token
            .and_then(|token| self.document.tokens.get(token))
            .map_or(Tag::Punct, |token| token.tag)
    }

    fn is_mark(&self, at: usize) -> bool {
        self.words.words.get(at).is_none_or(|w| w.mark)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.words.words.get(at).is_some_and(|w| w.text == ",")
    }

    /// A role in lower case.
    fn is_small_role(&self, at: usize) -> bool {
        self.words
            .words
            .get(at)
            .is_some_and(|w| !w.capital && world::is_role(&w.lower))
            && !matches!(self.tag(at), Tag::Verb | Tag::Aux)
    }

    /// "the negotiating team": no verb of the sentence.
    fn is_participle(&self, at: usize) -> bool {
        let token = self.words.words.get(at).map(|w| w.token);
        let form = token.and_then(|token| self.document.tokens.get(token)?.form);
        form == Some(VerbForm::Ing) && matches!(self.tag(at + 1), Tag::Noun)
    }

    fn is_possessive(&self, at: usize) -> bool {
        let word = &self.lower(at);
        *word == "'s"
            || matches!(self.words.words.get(at), Some(w) if matches!(w.text, "'" | "\u{2019}") && !w.spaced)
    }

    /// The name that ends before a word.
    fn piece_before(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|p| p.words.end <= at);
        next.checked_sub(1)
            .map(|i| &self.pieces[i])
            .filter(|p| p.words.end == at && at > self.line.start)
    }

    fn printed(&self, range: Range<usize>) -> String {
        self.document.slice(self.words.span(range)).to_string()
    }

    fn role(&self, role: Range<usize>, of: Option<Range<usize>>) -> Option<Role> {
        let of = of
            .map(|of| self.without_article(of))
            .filter(|of| !of.is_empty());
        (!role.is_empty()).then(|| Role {
            role: self.printed(role),
            of: of.map(|of| self.printed(of)),
        })
    }

    fn without_article(&self, range: Range<usize>) -> Range<usize> {
        let articles = range
            .clone()
            .take_while(|at| world::articles().contains(self.lower(*at)))
            .count();
        range.start + articles..range.end
    }
}

/// Where a name begins with its title.
fn start_of(piece: &Piece) -> usize {
    piece.title.as_ref().map_or(piece.words.start, |t| t.start)
}

/// "army spokesman Colonel Brisk", "the movement's spokesman Ada Brisk".
fn before(reader: &Reader<'_, '_, '_>, piece: &Piece) -> Option<Role> {
    let end = start_of(piece);
    if end <= reader.line.start || !reader.is_small_role(end - 1) {
        return None;
    }
    let (start, of) = premodified(reader, end - 1, reader.line.start);
    reader.role(start..end, of)
}

/// The start of the role that ends at `last`, and whom the words before it say it is held for.
fn premodified(
    reader: &Reader<'_, '_, '_>,
    last: usize,
    first: usize,
) -> (usize, Option<Range<usize>>) {
    let mut start = last;
    while start > first {
        let lower = reader.lower(start - 1);
        let group = world::group_nouns().contains(lower);
        let modifies = world::role_modifiers().contains(lower)
            || world::topics().contains(lower) && !group
            || reader.is_small_role(start - 1)
            || last - start < 2
                && matches!(reader.tag(start - 1), Tag::Noun)
                && !reader.words.words[start - 1].capital
                && !is_body_noun(lower);
        if reader.is_mark(start - 1)
            || reader.piece_before(start).is_some()
            || !modifies
            || group && !reader.is_small_role(start - 1)
            || tables::closed().contains_key(lower) && !world::role_modifiers().contains(lower)
        {
            break;
        }
        start -= 1;
    }
    if start <= first {
        return (start, None);
    }
    if reader.is_possessive(start - 1) {
        let end = start - 1;
        let of = match reader.piece_before(end) {
            Some(piece) => piece.words.clone(),
            None => nouns_before(reader, end, first),
        };
        return (start, Some(of));
    }
    if let Some(piece) = reader.piece_before(start) {
        return (start, Some(piece.words.clone()));
    }
    let of = nouns_before(reader, start, first);
    let whole = of
        .clone()
        .next_back()
        .is_some_and(|at| is_body_noun(reader.lower(at)));
    (start, Some(of).filter(|_| whole))
}

fn is_body_noun(lower: &str) -> bool {
    world::group_nouns().contains(lower) || world::organization_nouns().contains(lower)
}

/// The nouns and adjectives in lower case that end before a word.
fn nouns_before(reader: &Reader<'_, '_, '_>, end: usize, first: usize) -> Range<usize> {
    let mut start = end;
    while start > first
        && !reader.is_mark(start - 1)
        && matches!(reader.tag(start - 1), Tag::Noun | Tag::Adj | Tag::Propn)
    {
        start -= 1;
    }
    start..end
}

/// "Ada Brisk, a spokeswoman for the army,".
fn after(reader: &Reader<'_, '_, '_>, piece: &Piece) -> Option<Role> {
    let comma = piece.words.end;
    if comma >= reader.line.end || !reader.is_comma(comma) {
        return None;
    }
    let first = comma + 1;
    let limit = reader.line.end.min(first + 9);
    let stop = (first..limit)
        .find(|at| ends_phrase(reader, *at))
        .unwrap_or(limit);
    let is_role = |at: usize| world::is_role(reader.lower(at)) && !reader.is_mark(at);
    let mut last = (first..stop).find(|at| {
        // "police chief": the role is the last of those that follow each other.
        is_role(*at) && !(at + 1 < stop && is_role(at + 1)) && !connects(reader, first, *at)
    })?;
    // "chief executive officer".
    while last + 1 < stop && is_role(last + 1) {
        last += 1;
    }
    let end = last + 1;
    let capital = reader.words.words[last].capital;
    // "Ada Brisk, General Orsolo and …": the next of a list.
    if capital
        && reader
            .words
            .words
            .get(end)
            .is_some_and(|w| w.capital && !w.mark)
    {
        return None;
    }
    let after_role = reader.lower(end);
    let ends = end >= reader.line.end
        || reader.is_mark(end)
        || world::role_connectors().contains(after_role)
        || matches!(
            reader.tag(end),
            Tag::Verb | Tag::Aux | Tag::Pron | Tag::Sconj | Tag::Adp | Tag::Cconj
        );
    if !ends || says(reader, end) && is_within_clause(reader, piece) {
        return None;
    }
    let (start, of) = if capital {
        (reader.without_article(first..end).start, None)
    } else {
        premodified(reader, last, first)
    };
    let held_for = world::role_connectors()
        .contains(after_role)
        .then(|| phrase_end(reader, end + 1))
        .filter(|of_end| *of_end > end + 1);
    match (of, held_for) {
        (None, Some(of_end)) => reader.role(start..end, Some(end + 1..of_end)),
        (Some(of), Some(of_end)) => reader.role(start..of_end, Some(of)),
        (of, None) => reader.role(start..end, of),
    }
}

/// Is it a verb of saying: "reached the edge of Velka, a council member said", with no comma after the role?
fn says(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    let token = reader.words.words.get(at).map(|w| w.token);
    let token = token.and_then(|token| reader.document.tokens.get(token));
    token.is_some_and(|t| t.tag == Tag::Verb && tables::speech().contains(&*t.lemma))
}

/// Does a clause lead up to the name: does a word of its line stand right before it?
fn is_within_clause(reader: &Reader<'_, '_, '_>, piece: &Piece) -> bool {
    let start = start_of(piece);
    start > reader.line.start && !reader.is_mark(start - 1)
}

/// "President Ada Brisk of Velkania".
fn held_after(reader: &Reader<'_, '_, '_>, piece: &Piece) -> Option<Range<usize>> {
    let end = piece.words.end;
    let connects = world::name_connectors()
        .get(reader.lower(end))
        .is_some_and(|heads| heads.contains("place"));
    let holder = reader.pieces.iter().find(|p| p.words.start > end)?;
    let gap = end + 1..holder.words.start;
    (connects && reader.without_article(gap).is_empty() && holder.words.end <= reader.line.end)
        .then(|| holder.words.clone())
}

/// Is there a connector between the phrase's start and a role: "part of the army spokesman's …"?
fn connects(reader: &Reader<'_, '_, '_>, first: usize, at: usize) -> bool {
    (first..at).any(|i| world::role_connectors().contains(reader.lower(i)))
}

/// Does a phrase end before this word: at a mark, a verb, a relative or a conjunction?
fn ends_phrase(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    let possessive = reader.is_possessive(at);
    !possessive
        && (reader.is_mark(at)
            || matches!(
                reader.tag(at),
                Tag::Verb | Tag::Aux | Tag::Pron | Tag::Sconj
            ) && !reader.is_participle(at)
                && !world::is_role(reader.lower(at))
                && !world::topics().contains(reader.lower(at)))
}

/// The end of the phrase that begins at a word.
fn phrase_end(reader: &Reader<'_, '_, '_>, start: usize) -> usize {
    let limit = reader.line.end.min(start + 14);
    let end = (start..limit)
        .find(|at| ends_phrase(reader, *at))
        .unwrap_or(limit);
    (start..end)
        .rev()
        .find(|at| !matches!(reader.tag(*at), Tag::Cconj | Tag::Adp | Tag::Det | Tag::Adv))
        .map_or(start, |at| at + 1)
}

/// "the head of the army's office in Velka, General Brisk"; also without the comma where a place
/// stands between: "the spokesman for the team in Velka Ada Brisk".
fn before_comma(reader: &Reader<'_, '_, '_>, piece: &Piece) -> Option<Role> {
    let start = start_of(piece);
    let end = if start > reader.line.start && reader.is_comma(start - 1) {
        start - 1
    } else {
        reader.piece_before(start)?.words.end
    };
    let several = piece.shape == Shape::Bare && piece.words.len() > 1;
    if piece.title.is_none() && piece.shape != Shape::Person && !several {
        return None;
    }
    let first = (reader.line.start..end)
        .rev()
        .take(16)
        .take_while(|at| !ends_phrase(reader, *at))
        .last()?;
    // "the head of the army Ada Brisk, Ines Varro": hers, not the next one's.
    let taken = reader
        .pieces
        .iter()
        .any(|p| p.words.start >= first && p.words.end <= end && matches!(p.shape, Shape::Person));
    if taken {
        return None;
    }
    // "The defence minister, Ada Brisk, …": closed by a mark, too.
    let next = piece.words.end;
    let stops = |at: usize| reader.words.words[at].text == ".";
    let closes = next >= reader.line.end || reader.is_comma(next) || stops(next);
    if end < start && closes && reader.is_small_role(end - 1) {
        let (from, of) = premodified(reader, end - 1, first);
        return reader.role(from..end, of);
    }
    let role = (first..end).find(|at| {
        reader.is_small_role(*at)
            && at + 1 < end
            && world::role_connectors().contains(reader.lower(at + 1))
            && !connects(reader, first, *at)
            || world::is_title_role(reader.lower(*at))
                && *at == first
                && at + 1 < end
                && world::role_connectors().contains(reader.lower(at + 1))
    })?;
    let (from, of) = premodified(reader, role, first);
    match of {
        None => reader.role(from..role + 1, Some(role + 2..end)),
        Some(of) => reader.role(from..end, Some(of)),
    }
}

/// "Foreign Minister Brisk", "Velkan President Ada Brisk": the title's own words, without ranks.
fn titled(reader: &Reader<'_, '_, '_>, piece: &Piece) -> Option<Role> {
    let title = piece.title.clone()?;
    let is_rank = |at: &usize| world::ranks().contains(reader.lower(*at).trim_end_matches('.'));
    let start = title.clone().find(|at| !is_rank(at))?;
    let end = title.clone().rev().find(|at| !is_rank(at))? + 1;
    let office = (start..end).any(|at| world::is_role(reader.lower(at)));
    if !office {
        return None;
    }
    let of = piece.of.clone().or_else(|| {
        let before = if title.start > reader.line.start && reader.is_possessive(title.start - 1) {
            title.start - 1
        } else {
            title.start
        };
        let before = reader.piece_before(before).map(|p| p.words.clone());
        before.or_else(|| held_after(reader, piece))
    });
    reader.role(start..end, of)
}
