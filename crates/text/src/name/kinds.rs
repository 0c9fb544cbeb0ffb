//! What kind of thing each name names, by all places where the report prints it.

use super::runs::{Piece, Shape};
use super::seen::{self, Seen};
use super::words::{Capitals, Word, Words};
use crate::coref;
use crate::document::{Document, Tag};
use crate::tables;
use crate::world::{self, Entry};
use rapporteur_model::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How much it counts that the model sees no name in words that show nothing themselves: little, since
/// names of places that it never met are what reports of war are full of; in an ordinary English word; and in an
/// acronym: more than the capitals say for a body, since most of those are none (UNER's dev part).
const UNSEEN: u32 = 1;
const ORDINARY_UNSEEN: u32 = 3;
const ACRONYM_UNSEEN: u32 = 5;
/// And that it is sure that no word of it is a name's: less than a preposition of places, since it is as sure of some
/// towns that it never met.
const PLAIN: u32 = 2;

/// What speaks for each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    person: u32,
    organization: u32,
    place: u32,
    other: u32,
}

impl Votes {
    fn most(self) -> u32 {
        let Votes {
            person,
            organization,
            place,
            other,
        } = self;
        person.max(organization).max(place).max(other)
    }

    fn kind(self) -> Option<Kind> {
        let of = [
            (self.person, Some(Kind::Person)),
            (self.organization, Some(Kind::Organization)),
            (self.place, Some(Kind::Place)),
            (self.other, None),
        ];
        let most = self.most();
        let mut best = of.iter().filter(|(votes, _)| *votes == most);
        match (best.next(), best.next()) {
            (Some((1.., kind)), None) => *kind,
            _ => None,
        }
    }
}

/// The kind of every name, by its [`key`]. `roles` says which pieces have one.
pub(crate) fn of_names(
    document: &Document<'_>,
    words: &Words<'_>,
    pieces: &[Piece],
    roles: &[bool],
    names: &Seen<'_>,
) -> BTreeMap<String, Option<Kind>> {
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for (piece, role) in pieces.iter().zip(roles) {
        let phrase = key(words, &piece.words);
        let votes = votes.entry(phrase).or_default();
        let seen = names.kind(&piece.words);
        // "Ada Field": what the last word heads elsewhere says nothing where the model sees a person.
        let person =
            seen.is_some_and(|(kind, weight)| kind == Kind::Person && weight >= seen::WEAK);
        // Not in "the governor of Port Lenn".
        let first = words.words[piece.words.start].token;
        let before = first.checked_sub(1).and_then(|at| document.tokens.get(at));
        let governed = before.is_some_and(|t| t.tag == Tag::Adp);
        let heads = matches!(piece.shape, Shape::Place | Shape::Other) && !governed;
        let bare = Piece {
            shape: Shape::Bare,
            ..piece.clone()
        };
        let piece = match person && heads && (2..=3).contains(&piece.words.len()) {
            true => &bare,
            false => piece,
        };
        count(document, words, piece, *role, seen, votes);
        if seen.is_none() && piece.shape == Shape::Bare {
            let acronym = words.words[piece.words.clone()]
                .iter()
                .all(|w| w.is_acronym());
            votes.other += match acronym {
                true => ACRONYM_UNSEEN,
                false if is_ordinary(words, piece) => ORDINARY_UNSEEN,
                false => UNSEEN,
            };
        }
        // A noun for a body says more than that.
        if seen.is_none() && piece.shape == Shape::Bare && names.is_plain(words, &piece.words) {
            votes.other += PLAIN;
        }
        if let Some((kind, weight)) = seen {
            // One unknown word may be a town as well as a person, where the model is not sure.
            if kind == Kind::Person && weight < seen::CERTAIN && piece.words.len() == 1 {
                votes.other += weight.min(seen::WEAK).saturating_sub(1);
            }
            match kind {
                Kind::Person => votes.person += weight,
                Kind::Organization => votes.organization += weight,
                Kind::Place => votes.place += weight,
            }
        }
    }
    // "Velkan fighters" says that the Velkans are some body, where they stand alone as well.
    for piece in pieces.iter().filter(|p| p.base != p.words) {
        let base = key(words, &piece.base);
        let known = world::gazetteer().get(&*words.phrase(piece.base.clone()));
        if known.is_none_or(|e| e.kind().is_none())
            && let Some(votes) = votes.get_mut(&base)
        {
            votes.organization += 1;
        }
    }
    share_in_lists(words, pieces, &mut votes);
    share_surnames(words, pieces, &mut votes);
    votes
        .into_iter()
        .map(|(name, votes)| (name, votes.kind()))
        .collect()
}

/// "Brisk" beside "Ada Brisk" is a person's name, even where a town is called so, unless the report speaks
/// of the town.
fn share_surnames(words: &Words<'_>, pieces: &[Piece], votes: &mut BTreeMap<String, Votes>) {
    let surnames: BTreeSet<&str> = pieces
        .iter()
        .filter(|p| p.words.len() > 1)
        .filter(|p| {
            let kind = votes.get(&key(words, &p.words)).and_then(|v| v.kind());
            kind == Some(Kind::Person)
        })
        .map(|p| words.words[p.words.end - 1].text)
        .collect();
    let located: BTreeSet<&str> = (pieces.iter().filter(|p| p.words.len() == 1))
        .filter(|p| is_after_preposition(words, p))
        .map(|p| words.words[p.words.start].text)
        .collect();
    for surname in surnames {
        let town = matches!(world::gazetteer().get(surname), Some(Entry::Place { .. }));
        if let Some(votes) = votes.get_mut(&surname.to_lowercase()) {
            votes.person += 4;
            if town && !located.contains(surname) {
                votes.person += votes.place;
            }
        }
    }
}

/// Does a word stand right before it that places follow ("in")?
fn is_after_preposition(words: &Words<'_>, piece: &Piece) -> bool {
    let line = words.lines[piece.line].words.clone();
    let before = (piece.words.start > line.start).then(|| &words.words[piece.words.start - 1]);
    before.is_some_and(|b| !b.mark && world::place_prepositions().contains(&*b.lower))
}

/// "the provinces of Velka, Lenn and Arlon": what stands in a list is of one kind.
fn share_in_lists(words: &Words<'_>, pieces: &[Piece], votes: &mut BTreeMap<String, Votes>) {
    let listed = |a: &Piece, b: &Piece| {
        a.line == b.line
            && b.title.is_none()
            && (1..=2).contains(&b.words.start.saturating_sub(a.words.end))
            && words.words[a.words.end..b.words.start]
                .iter()
                .all(|w| w.text == "," || world::conjunctions().contains(&*w.lower))
    };
    let mut shares: Vec<(String, Kind)> = Vec::new();
    for list in pieces.chunk_by(listed).filter(|list| list.len() > 1) {
        let phrases: Vec<String> = list.iter().map(|p| key(words, &p.words)).collect();
        let count = |kind: Kind| {
            let kinds = phrases.iter().filter_map(|p| votes.get(p)?.kind());
            kinds.filter(|k| *k == kind).count()
        };
        let most = [Kind::Organization, Kind::Person, Kind::Place]
            .into_iter()
            .max_by_key(|kind| count(*kind))
            .filter(|kind| count(*kind) > usize::from(*kind == Kind::Organization));
        for (phrase, piece) in phrases.into_iter().zip(list) {
            if let Some(kind) = most.filter(|_| {
                let weak = |v: &Votes| v.kind().is_none() || v.most() <= seen::WEAK;
                piece.shape == Shape::Bare && votes.get(&phrase).is_none_or(weak)
            }) {
                shares.push((phrase, kind));
            }
        }
    }
    for (phrase, kind) in shares {
        let votes = votes.entry(phrase).or_default();
        match kind {
            Kind::Person => votes.person += 3,
            Kind::Organization => votes.organization += 3,
            Kind::Place => votes.place += 3,
        }
    }
}

/// A name as printed, in lower case: headlines in capitals name the same things.
pub(crate) fn key(words: &Words<'_>, name: &Range<usize>) -> String {
    words.phrase(name.clone()).to_lowercase()
}

fn count(
    document: &Document<'_>,
    words: &Words<'_>,
    piece: &Piece,
    role: bool,
    seen: Option<(Kind, u32)>,
    votes: &mut Votes,
) {
    match piece.shape {
        Shape::Known(Entry::Country { .. }) => votes.place += 40,
        Shape::Known(entry) => match entry.kind() {
            Some(Kind::Place) => votes.place += 6,
            Some(Kind::Organization) => votes.organization += 8,
            _ => votes.other += 4,
        },
        Shape::Person => votes.person += 4,
        Shape::Organization => votes.organization += 6,
        Shape::Place => votes.place += 6,
        Shape::Other => votes.other += 6,
        Shape::Bare => {}
    }
    let thing = matches!(
        piece.shape,
        Shape::Organization | Shape::Place | Shape::Other
    );
    if piece.title.is_some() && !thing {
        votes.person += 8;
    }
    if role || is_somebody(document, words, piece) {
        votes.person += 5;
    }
    if piece.shape == Shape::Bare {
        let body = matches!(seen, Some((Kind::Organization, seen::CERTAIN..)));
        let body = body && piece.words.len() == 1;
        if piece.title.is_none() && !role && !body {
            votes.place += of_some_place(document, words, piece);
        }
        look_around(document, words, piece, votes);
    }
}

/// What the tree says of a place counts for more than that the model, sure of it, takes its name for a
/// person's: it never met most towns that wars are about. One word alone may well be somebody that is
/// attacked.
const SOME_PLACE: u32 = 8;
const ONE_WORD: u32 = 4;

/// What it counts that the word for a place stands before it ("the town of Lenn"), and a preposition that places follow:
/// more than that the model is sure of a person, which names that it never met often look like.
const OF_PLACE: u32 = 8;
const AFTER_PREPOSITION: u32 = 6;

/// What it counts that a noun for a body stands before it: "the rebel group Velka Rising".
const OF_BODY: u32 = 8;

/// What it counts that it is what is attacked or taken, what an attack is on, or what a comma puts the word for a place
/// beside ("Velka Sur, the capital of a province"). Nothing, where it begins with what people are called.
fn of_some_place(document: &Document<'_>, words: &Words<'_>, piece: &Piece) -> u32 {
    let name = &words.words[piece.words.clone()];
    let called = (name.first()).is_some_and(|w| world::given_names().contains(w.text));
    if called || name.iter().all(|w| w.is_acronym()) {
        return 0;
    }
    let apposed = |word: &Word<'_>| {
        let apposed = document.child(word.token, "appos");
        let apposed = apposed.and_then(|at| document.tokens.get(at));
        apposed.is_some_and(|t| t.tag == Tag::Noun && world::place_nouns().contains(&*t.lemma))
    };
    if name.iter().any(apposed) {
        return SOME_PLACE;
    }
    let within = |at: usize| name.iter().any(|w| w.token == at);
    let governed = |word: &Word<'_>| {
        let Some(token) = document.tokens.get(word.token) else {
            return false;
        };
        let head = token.head.filter(|at| !within(*at));
        let Some(head) = head.and_then(|at| document.tokens.get(at)) else {
            return false;
        };
        match token.relation {
            // "retook Velka", where the tree takes both for one name.
            "obj" | "flat" => {
                // Taken for a noun, too.
                let verb = crate::lemma::verb_lemma(&head.lower);
                let verb = verb.as_deref().unwrap_or(&head.lemma);
                world::place_verbs().contains(verb)
            }
            "nmod" => {
                let tied = document.child(word.token, "case");
                let tied = tied.and_then(|at| document.tokens.get(at));
                tied.is_some_and(|t| t.tag == Tag::Adp)
                    && world::place_events().contains(&*head.lemma)
            }
            _ => false,
        }
    };
    match name.iter().any(governed) {
        true if name.len() > 1 => SOME_PLACE,
        true => ONE_WORD,
        false => 0,
    }
}

fn look_around(document: &Document<'_>, words: &Words<'_>, piece: &Piece, votes: &mut Votes) {
    let list = &words.words;
    let line = words.lines[piece.line].words.clone();
    let name = &list[piece.words.clone()];
    let before = (piece.words.start > line.start).then(|| &list[piece.words.start - 1]);
    let second = (piece.words.start > line.start + 1).then(|| &list[piece.words.start - 2]);
    let next = (piece.words.end < line.end).then(|| &list[piece.words.end]);
    let token =
        |word: Option<&super::words::Word<'_>>| word.and_then(|w| document.tokens.get(w.token));
    let next_tag = token(next).map_or(Tag::Punct, |t| t.tag);
    let single = piece.words.len() == 1;
    let acronym = single && name.iter().all(|w| w.is_acronym());
    // "Velka district", "Velka refugee camp"; but "Velka state media".
    let follower = |at: usize| {
        list[..line.end]
            .get(at)
            .is_some_and(|n| !n.mark && !n.capital && world::place_followers().contains(&*n.lower))
    };
    let end = piece.words.end;
    if follower(end) && !follows_noun(document, words, end + 1, line.end)
        || next_tag == Tag::Noun && next.is_some_and(|n| !n.mark && !n.capital) && follower(end + 1)
    {
        votes.place += 4;
    }
    if next.is_some_and(|n| world::organization_followers().contains(n.text)) {
        votes.organization += 4;
    }
    let lead = |at: Option<&super::words::Word<'_>>, test: &dyn Fn(&str) -> bool| {
        at.is_some_and(|w| !w.mark && test(&w.lower))
    };
    if lead(before, &|b| world::naming_nouns().contains(b))
        && token(before).is_some_and(|t| t.tag == Tag::Noun)
    {
        votes.organization += OF_BODY;
    }
    if lead(before, &|b| {
        world::name_connectors()
            .get(b)
            .is_some_and(|h| h.contains("place"))
    }) && lead(second, &|s| {
        world::place_nouns().contains(&*crate::lemma::lemma(s))
            || world::place_followers().contains(s)
    }) {
        votes.place += OF_PLACE;
    }
    let noun_next = matches!(next_tag, Tag::Noun | Tag::Propn | Tag::Adj);
    if lead(before, &|b| world::place_prepositions().contains(b)) && !noun_next && !acronym {
        votes.place += AFTER_PREPOSITION;
    }
    let article = lead(before, &|b| world::articles().contains(b));
    if article && (single || acronym) && !(noun_next && next.is_some_and(|n| !n.capital)) {
        votes.organization += 1;
    }
    // "LENN, Chile —", "LENN (North Wire)": where the report was written.
    // "Lenn, NY".
    let comma = before.is_some_and(|b| b.text == ",") && second.is_some_and(|s| s.capital);
    if comma && name.iter().all(|w| world::state_codes().contains(w.text)) {
        votes.place += 12;
    }
    let acronym = acronym && words.lines[piece.line].capitals != Capitals::All;
    let dateline = acronym
        && piece.words.start == line.start
        && next
            .is_some_and(|n| n.mark && n.text != ":" && !n.text.ends_with(['.', '\'', '\u{2019}']));
    // Outweighs the model, sure of it being a person, in the dateline and once more in the text.
    if dateline {
        votes.place += 12;
    } else if acronym {
        votes.organization += 3;
    }
    let says =
        token(next).is_some_and(|t| t.tag == Tag::Verb && tables::speech().contains(&*t.lemma));
    if says && !article && !single {
        votes.person += 3;
    }
    let plain = name.iter().all(|w| {
        w.text.chars().any(char::is_lowercase) && !w.text.chars().any(|c| c.is_ascii_digit())
    });
    let ordinary = name
        .iter()
        .any(|w| world::common_words().contains(&*w.lower) || world::topics().contains(&*w.lower));
    if single && name.iter().all(|w| world::given_names().contains(w.text)) {
        votes.person += 2;
    }
    if (2..=4).contains(&name.len()) && plain && !ordinary && !article {
        votes.person += 1;
    }
}

/// Is it made of words that print in lower case far more often than not?
fn is_ordinary(words: &Words<'_>, piece: &Piece) -> bool {
    let mut name = words.words[piece.words.clone()].iter();
    name.all(|w| world::common_words().contains(&*w.lower))
}

/// Is what a comma puts beside it a noun for a person: "Velka Brisk, a young woman"?
fn is_somebody(document: &Document<'_>, words: &Words<'_>, piece: &Piece) -> bool {
    words.words[piece.words.clone()].iter().any(|word| {
        let apposed = document.child(word.token, "appos");
        apposed
            .and_then(|at| document.tokens.get(at))
            .is_some_and(|noun| {
                noun.tag == Tag::Noun && noun.fine == "NN" && coref::is_person(&noun.lemma)
            })
    })
}

/// Does a noun in lower case stand here?
fn follows_noun(document: &Document<'_>, words: &Words<'_>, at: usize, end: usize) -> bool {
    words.words[..end].get(at).is_some_and(|word| {
        let tag = document.tokens.get(word.token).map(|t| t.tag);
        !word.mark && !word.capital && tag == Some(Tag::Noun)
    })
}
