//! Talks: rounds, delegations, agenda, offers, demands, refusals, denials, agreements, pledges,
//! outcomes, and the next meeting.

use crate::ground::{items, when};
use crate::phrase::{self, Reach};
use crate::tree;
use crate::{factuality, tables, who};
use rapporteur_model::{
    Aspect, Certainty, EventType, Factuality, Kind, Mention, Polarity, Realis, TalksDetail,
};
use rapporteur_text::{Document, Tag, Token, VerbForm, lemma};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many tokens around it a result may stand from the talks that it is a result of.
const NEAR: usize = 400;

/// What a clause says of talks.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) detail: TalksDetail,
    pub(crate) factuality: Factuality,
    pub(crate) tokens: Range<usize>,
}

/// PLOVER's type for an aspect.
pub(crate) fn event(aspect: Aspect) -> Option<EventType> {
    Some(match aspect {
        Aspect::Round | Aspect::Delegation | Aspect::Agenda => EventType::Consult,
        Aspect::Offer | Aspect::Agreement | Aspect::Pledge | Aspect::Next => EventType::Agree,
        Aspect::Demand => EventType::Request,
        Aspect::Refusal | Aspect::Denial => EventType::Reject,
        Aspect::Outcome => return None,
    })
}

/// Reads what the whole report shows of talks before its sentences are read one by one.
pub(crate) struct Setting {
    /// Is the report about a conflict or its negotiations at all?
    pub(crate) concerned: bool,
    /// The sides of the report's talks: the first two that it names as those of a delegation each or
    /// by "talks between A and B"; none where it names fewer.
    sides: Vec<Mention>,
}

impl Setting {
    /// Reads the setting of a report.
    pub(crate) fn of(doc: &Document<'_>) -> Setting {
        let concerned = concerned(doc);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut distinct: Vec<Mention> = Vec::new();
        for at in 0..doc.tokens.len() {
            let token = &doc.tokens[at];
            let (start, end) = doc
                .sentence_at(token.span.start)
                .map_or((at, at), |s| (s.tokens.start, s.tokens.end));
            let mut found: Vec<Mention> = Vec::new();
            if token.tag == Tag::Noun && is(tables::talk_nouns(), &token.lower) {
                if let Some(between) = phrase::between(doc, at + 1, end) {
                    found.extend(parties(doc, between));
                }
            } else if token.tag == Tag::Noun && is(tables::delegation_nouns(), &token.lower) {
                found.extend(delegation_party(doc, at, start, end).filter(|m| {
                    m.kind != Some(Kind::Person) && m.name.chars().any(char::is_uppercase)
                }));
            }
            for side in found {
                // A shorter form of a side already there is no further side.
                let words: BTreeSet<String> = content_words(&side.name);
                let known = distinct.iter().any(|d| {
                    let other = content_words(&d.name);
                    words.is_subset(&other) || other.is_subset(&words)
                });
                if seen.insert(who::full_name(&side)) && !known && !words.is_empty() {
                    distinct.push(side);
                }
                if distinct.len() == 2 {
                    return Setting {
                        concerned,
                        sides: distinct,
                    };
                }
            }
        }
        Setting {
            concerned,
            sides: vec![],
        }
    }
}

/// How many different words of conflict and talks a report must use to be about them: one for every
/// so many words, but never more than so many, since a few stand in long reports about anything.
const CONCERNED: (usize, usize) = (100, 4);

/// One word of conflict or talks in so many words, at least: gossip has assaults and battles, too. Of the
/// news read for it, reports of the famous and of firms had up to 0.9 in a hundred, of wars and talks from 1.2.
const DENSE: usize = 100;

fn concerned(doc: &Document<'_>) -> bool {
    let (every, most) = CONCERNED;
    let wanted = (doc.tokens.len() / every).min(most);
    let words: Vec<&str> = doc
        .tokens
        .iter()
        .map(|t| &*t.lemma)
        .filter(|w| tables::conflict_words().contains(w))
        .collect();
    let different: BTreeSet<&str> = words.iter().copied().collect();
    different.len() >= wanted && words.len() >= (doc.tokens.len() + DENSE / 2) / DENSE
}

fn content_words(name: &str) -> BTreeSet<String> {
    name.split_whitespace()
        .map(str::to_lowercase)
        .filter(|w| !tables::articles().contains(&**w) && !tables::of().contains(&**w))
        .collect()
}

fn is(table: &BTreeSet<&'static str>, word: &str) -> bool {
    table.contains(word) || table.contains(&*lemma(word))
}

/// A voice's words, with what the finders need to know of them.
pub(crate) struct Scene<'a, 'r> {
    pub(crate) doc: &'a Document<'r>,
    pub(crate) range: Range<usize>,
    pub(crate) speaker: Option<&'a Mention>,
    pub(crate) setting: &'a Setting,
}

/// Everything that a run of words says of talks.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in scene.range.clone() {
        let token = &scene.doc.tokens[at];
        match token.tag {
            // "the negotiating team": no verb.
            Tag::Verb if !phrase::nominal(scene.doc, at) => verb(scene, at, &mut found),
            Tag::Noun => noun(scene, at, &mut found),
            Tag::Adj if is(tables::knowing_adjectives(), &token.lower) => {
                unaware(scene, at, &mut found)
            }
            Tag::Aux if token.lemma == "be" || token.lemma == "have" => {}
            _ => {}
        }
    }
    listed_delegation(scene, &mut found);
    for at in scene.range.clone() {
        let token = &scene.doc.tokens[at];
        match token.tag {
            Tag::Noun if is(tables::talk_nouns(), &token.lower) => {
                named_talks(scene, at, &mut found);
            }
            Tag::Verb if tables::parleying_verbs().contains(&*token.lemma) => {
                parley(scene, at, &mut found);
            }
            _ => {}
        }
    }
    // "You agree to receive our letters": the reader is no party.
    let reader = |m: &Mention| is(tables::second_persons(), &m.name.to_lowercase());
    found.retain(|f| {
        let by = f.detail.by.iter().chain(&f.detail.parties);
        let nobody = |m: &Mention| {
            // "US" is no pronoun.
            let country = m.name.len() > 1 && m.name.chars().all(char::is_uppercase);
            let named = m.stands_for.is_some() || m.kind.is_some() || country;
            !named && tables::first_persons().contains(&*m.name.to_lowercase())
        };
        !by.clone().any(reader) && !by.clone().any(nobody)
    });
    // "an offer to hold talks", "before talks can take place": of no round in particular.
    found.retain(|f| {
        let vague = f.detail.when.is_none() && f.detail.place.is_none();
        let open = f.factuality.realis != Realis::Actual;
        !(f.detail.aspect == Aspect::Round && vague && open && is_unsure(scene.doc, f))
    });
    found.retain(|f| match f.detail.aspect {
        Aspect::Offer | Aspect::Demand | Aspect::Pledge | Aspect::Refusal | Aspect::Denial => {
            f.detail.by.as_ref().is_some_and(is_party)
        }
        _ => true,
    });
    found
}

/// Does an infinitive or "can" say it?
fn is_unsure(doc: &Document<'_>, found: &Finding) -> bool {
    let mut words = doc.tokens[found.tokens.clone()].iter();
    found.factuality.certainty == Certainty::Possible || words.any(|t| t.fine == "TO")
}

/// Can it offer, ask, promise, refuse or deny: a name, who stands for one, or people in a function?
fn is_party(mention: &Mention) -> bool {
    let known = |w: &str| {
        is(tables::roles(), w)
            || is(tables::groups(), w)
            || is(tables::side_nouns(), w)
            || is(tables::anonymous(), w)
            || is(tables::fighters(), w)
    };
    mention.kind.is_some()
        || mention.stands_for.is_some()
        || mention.role.is_some()
        || tables::first_persons().contains(&*mention.name.to_lowercase())
        || mention
            .name
            .split_whitespace()
            .any(|w| known(&w.to_lowercase()))
}

impl Scene<'_, '_> {
    fn end(&self, at: usize) -> usize {
        phrase::clause_end(self.doc, at, self.range.end)
    }

    fn subject(&self, at: usize) -> Option<Range<usize>> {
        phrase::subject(self.doc, at, self.range.start)
    }

    fn mention(&self, range: Range<usize>) -> Mention {
        who::mention(self.doc, range)
    }

    /// The subject as one who acts; where it is "we" or missing, the speaker.
    fn agent(&self, at: usize) -> Option<Mention> {
        let passive = phrase::is_passive(self.doc, at, self.range.start, self.end(at));
        if passive {
            return phrase::prepositional(self.doc, at + 1, self.end(at), &["by"], Reach::Of)
                .map(|r| self.mention(r));
        }
        self.spoken_of(at)
    }

    /// Whom the verb's subject means: the speaker where it is "we" or missing.
    fn spoken_of(&self, at: usize) -> Option<Mention> {
        // "protests demanding that": the noun that the participle stands with, if it is no paper that
        // somebody else wrote.
        let token = &self.doc.tokens[at];
        let before = at
            .checked_sub(1)
            .filter(|i| self.doc.tokens[*i].tag == Tag::Noun);
        let head = match token.relation {
            "acl" => token.head,
            "advcl" => before,
            _ => None,
        };
        let owner = head.filter(|head| {
            token.fine == "VBG"
                && self.range.contains(head)
                && !tables::document_nouns().contains(&*self.doc.tokens[*head].lemma)
                && self.doc.child(at, "nsubj").is_none()
        });
        let owner = owner.map(|head| tree::around(self.doc, head, Reach::Of).start..head + 1);
        let subject = owner.or_else(|| self.subject(at)).map(|r| self.mention(r));
        match subject {
            Some(m) if tables::first_persons().contains(&*m.name.to_lowercase()) => {
                self.speaker.cloned().or(Some(m))
            }
            Some(m) => Some(m),
            None => self.speaker.cloned(),
        }
    }

    fn words(&self, range: Range<usize>) -> String {
        let mut range = range;
        while range.start < range.end && self.doc.tokens[range.start].tag == Tag::Punct {
            range.start += 1;
        }
        while range.end > range.start && self.doc.tokens[range.end - 1].tag == Tag::Punct {
            range.end -= 1;
        }
        if range.is_empty() {
            String::new()
        } else {
            phrase::words(self.doc, range).to_string()
        }
    }

    fn push(&self, found: &mut Vec<Finding>, detail: TalksDetail, at: usize, end: usize) {
        let factuality = factuality::of(self.doc, at, &self.range);
        let start = self
            .subject(at)
            .map_or(at, |s| s.start)
            .clamp(self.range.start, at);
        found.push(Finding {
            detail,
            factuality,
            tokens: start..end,
        });
    }

    /// The parties of talks: "between A and B", "A with B", the subject where it is no noun of
    /// talks, else the report's sides.
    fn sides(&self, at: usize, end: usize, subject: Option<Range<usize>>) -> Vec<Mention> {
        let doc = self.doc;
        let from = self.subject(at).map_or(at, |s| s.start.min(at));
        if let Some(between) = phrase::between(doc, from, end) {
            let found = parties(doc, between);
            if found.len() >= 2 {
                return found;
            }
        }
        let mut sides: Vec<Mention> = subject.map(|s| parties(doc, s)).unwrap_or_default();
        let with = (at + 1..end)
            .take_while(|i| doc.tokens[*i].tag != Tag::Verb || phrase::nominal(doc, *i))
            .find(|i| tables::accompanying().contains(&*doc.tokens[*i].lower))
            // "in line with the principles of" is no company.
            .filter(|i| !tables::with_idioms().contains(&*doc.tokens[*i - 1].lower));
        if let Some(with) = with.and_then(|w| phrase::noun_phrase(doc, w + 1, end, Reach::Full)) {
            sides.extend(parties(doc, with));
        }
        sides.retain(|m| !is_collective(&m.name) && !is_collective(&who::full_name(m)));
        if !sides.is_empty() || self.setting.sides.is_empty() {
            sides
        } else {
            self.setting.sides.clone()
        }
    }

    /// The place that a preposition says, before another verb comes between.
    fn place(&self, from: usize, end: usize) -> Option<Mention> {
        let verb =
            |i: &usize| self.doc.tokens[*i].tag == Tag::Verb && !phrase::nominal(self.doc, *i);
        let end = (from..end).find(verb).unwrap_or(end);
        (from..end)
            .filter(|at| {
                let token = &self.doc.tokens[*at];
                token.tag == Tag::Adp && tables::place_prepositions().contains(&*token.lower)
            })
            .find_map(|at| {
                let phrase = phrase::noun_phrase(self.doc, at + 1, end, Reach::Of)?;
                // "the Velkan capital Port Lenn": the last place named.
                let names = phrase::names_in(self.doc, phrase);
                names
                    .into_iter()
                    .rfind(|n| n.kind == Some(Kind::Place))
                    .cloned()
            })
    }
}

/// "the two sides", "both parties", "the delegations": they name nobody.
fn is_collective(name: &str) -> bool {
    name.split_whitespace()
        .next_back()
        .is_some_and(|w| is(tables::side_nouns(), &w.to_lowercase()))
        && !name.chars().any(char::is_uppercase)
}

/// The parties that a noun phrase lists; "representatives of X" and "the delegations of X and Y" are
/// X and Y.
fn parties(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    let mut out = Vec::new();
    for item in items(doc, range) {
        // "will meet Friday"
        if phrase::is_time(doc, &item) {
            continue;
        }
        let head = phrase::head(doc, item.clone());
        let inner = (head + 1 < item.end && is(tables::side_nouns(), &doc.tokens[head].lower))
            .then(|| phrase::prepositional(doc, head + 1, item.end, &["of", "from"], Reach::Of))
            .flatten();
        let item = inner.unwrap_or(item);
        let mention = who::mention(doc, item.clone());
        let names = phrase::names_in(doc, item.clone());
        match names.iter().find(|n| n.kind != Some(Kind::Person)) {
            // "Velka's representatives", "the Velka side".
            Some(name)
                if mention.kind.is_none() && doc.span(item.clone()).start + 5 > name.span.start =>
            {
                out.push((*name).clone());
            }
            // "the government and the Orlo Front": the government, too.
            _ if mention.name.chars().any(char::is_uppercase)
                && (matches!(doc.tokens[head].tag, Tag::Propn | Tag::Pron)
                    || is_party(&mention))
                || mention.stands_for.is_some()
                || head < item.end
                    && doc.tokens[head].tag == Tag::Noun
                    && tables::fighters().contains(&*doc.tokens[head].lemma) =>
            {
                out.push(mention)
            }
            _ => {}
        }
    }
    out
}

fn verb(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let end = scene.end(at);
    if let Some((status, place)) = tables::round_verbs().get(lemma) {
        round(scene, at, end, status, place, found);
    }
    if is(tables::heading_verbs(), lemma) {
        headed(scene, at, end, found);
    }
    if is(tables::including_verbs(), lemma) {
        included(scene, at, end, found);
    }
    if is(tables::discussing_verbs(), lemma) {
        agenda(scene, at, end, found);
    }
    if is(tables::offering_verbs(), lemma) {
        offer(scene, at, end, found);
    }
    if let Some(frames) = tables::demanding_verbs().get(lemma) {
        demand(scene, at, end, frames, found);
    }
    if is(tables::refusing_verbs(), lemma) {
        refusal(scene, at, end, found);
    }
    if is(tables::denying_verbs(), lemma) || is(tables::accepting_verbs(), lemma) {
        denial(scene, at, end, found);
    }
    if lemma == "agree" || is(tables::concluding_verbs(), lemma) {
        agreement(scene, at, end, found);
    }
    if is(tables::pledging_verbs(), lemma) || is(tables::undertaking_verbs(), lemma) {
        pledge(scene, at, end, found);
    }
    if is(tables::planning_verbs(), lemma) {
        plan(scene, at, end, found);
    }
    if is(tables::failing_verbs(), lemma) || is(tables::yielding_verbs(), lemma) {
        outcome(scene, at, end, found);
    }
    if is(tables::meeting_verbs(), lemma) {
        meeting(scene, at, end, found);
    }
}

/// Is the head of the phrase a noun for talks?
fn is_talks(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = phrase::head(doc, range.clone());
    if is(tables::talk_nouns(), &doc.tokens[head].lower) {
        return true;
    }
    // "a new round of talks" has its head in the table; "the process of negotiations" has not.
    false
}

fn round(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    status: &str,
    place: &str,
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let subject = scene.subject(at);
    let object = phrase::object(doc, at, end, Reach::Of);
    let talks_subject = subject.clone().filter(|s| is_talks(doc, s));
    let talks_object = object.filter(|o| is_talks(doc, o));
    // "take place" alone of the uses of "take".
    if doc.tokens[at].lemma == "take" && doc.tokens.get(at + 1).is_none_or(|t| t.lower != "place") {
        return;
    }
    let fits = match (&talks_subject, &talks_object) {
        (Some(_), _) if passive => place != "subject",
        (Some(_), _) => place != "object",
        (None, Some(_)) => !passive && place != "subject",
        _ => false,
    };
    if !fits {
        return;
    }
    // "refused to attend the talks": told as a refusal.
    let refused = phrase::group_start(doc, at, scene.range.start)
        .checked_sub(1)
        .is_some_and(|i| {
            i >= scene.range.start && is(tables::refusing_verbs(), &doc.tokens[i].lemma)
        });
    if refused {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Round);
    let own = if talks_subject.is_some() {
        None
    } else {
        subject
    };
    detail.parties = scene.sides(at, end, own);
    detail.place = scene
        .place(at + 1, end)
        .or_else(|| scene.place(scene.range.start, at));
    detail.when = when(doc, at, &(scene.range.start..end));
    detail.status = Some(status.to_string());
    scene.push(found, detail, at, end);
    // "ended without significant progress".
    without(scene, at, end, found);
}

/// "… without an agreement", "… without visible results".
fn without(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(phrase) = phrase::prepositional(doc, at + 1, end, &["without"], Reach::Of) else {
        return;
    };
    let head = phrase::head(doc, phrase.clone());
    if !is(tables::result_nouns(), &doc.tokens[head].lower) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(at..phrase.end));
    let from = scene.subject(at).map_or(at, |s| s.start);
    detail.place = scene.place(at + 1, end).or_else(|| scene.place(from, at));
    detail.parties = scene.sides(at, end, None);
    detail.when = when(doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}

/// Whose delegation: "delegation of X", "X's delegation", "the X delegation".
fn delegation_party(doc: &Document<'_>, at: usize, low: usize, high: usize) -> Option<Mention> {
    if let Some(of) = doc
        .tokens
        .get(at + 1)
        .filter(|t| at + 1 < high && matches!(&*t.lower, "of" | "from"))
        .and_then(|_| phrase::noun_phrase(doc, at + 2, high, Reach::Of))
    {
        return Some(who::mention(doc, of));
    }
    // "the Orlo delegation" as one name stands for Orlo.
    let byte = doc.tokens[at].span.start;
    let over = doc.names.partition_point(|n| n.span.end <= byte);
    if let Some(name) = doc.names.get(over).filter(|n| n.span.start < byte) {
        let mut name = name.clone();
        let party = name
            .name
            .rsplit_once(' ')
            .filter(|(_, last)| is(tables::delegation_nouns(), &last.to_lowercase()))
            .map(|(party, _)| party.to_string());
        match (name.stands_for.take(), party) {
            (Some(short), _) => name.name = short,
            (None, Some(party)) => {
                name.span.end = name.span.start + party.len().min(name.span.len());
                name.name = party;
            }
            _ => {}
        }
        return Some(name);
    }
    let phrase = phrase::phrase_ending(doc, at, low)?;
    let phrase = phrase::bare(doc, phrase);
    let names = phrase::names_in(doc, phrase.clone());
    if let Some(name) = names.iter().rfind(|n| n.kind != Some(Kind::Person)) {
        return Some((*name).clone());
    }
    let last = phrase
        .end
        .checked_sub(1)
        .filter(|i| phrase.contains(i) && doc.tokens[*i].tag == Tag::Noun)?;
    Some(Mention::plain(doc.tokens[last].span, doc.tokens[last].text))
}

fn headed(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let (team, head) = if passive {
        let team = scene
            .subject(at)
            .or_else(|| phrase::phrase_ending(doc, at, scene.range.start));
        let by = phrase::prepositional(doc, at + 1, end, &["by"], Reach::Full);
        (team, by)
    } else {
        (phrase::object(doc, at, end, Reach::Of), scene.subject(at))
    };
    let (Some(team), Some(head)) = (team, head) else {
        return;
    };
    let Some(noun) = team.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*i].lower)
    }) else {
        return;
    };
    // The name may stand in an apposition: "by the head of the office, Ada Brisk".
    let wide = head.start..end;
    let person = phrase::names_in(doc, wide)
        .into_iter()
        .find(|n| n.kind == Some(Kind::Person))
        .cloned();
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = delegation_party(doc, noun, scene.range.start, scene.range.end);
    detail.head = Some(person.unwrap_or_else(|| scene.mention(head)));
    scene.push(found, detail, at, end);
}

fn included(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(subject) = scene.subject(at) else {
        return;
    };
    let Some(noun) = subject.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*i].lower)
    }) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = delegation_party(doc, noun, scene.range.start, scene.range.end);
    detail.members = people(doc, at + 1..scene.range.end);
    scene.push(found, detail, at, scene.range.end.max(end));
}

fn people(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    phrase::names_in(doc, range)
        .into_iter()
        .filter(|n| n.kind == Some(Kind::Person))
        .cloned()
        .collect()
}

/// "A, B, C and D came to Velka", after a sentence about a delegation.
fn listed_delegation(scene: &Scene<'_, '_>, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(at) = scene.range.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Verb && is(tables::arriving_verbs(), &doc.tokens[*i].lemma)
    }) else {
        return;
    };
    let members = people(doc, scene.range.start..at);
    if members.len() < 3 {
        return;
    }
    let this = doc
        .sentences
        .partition_point(|s| s.span.end <= doc.tokens[at].span.start);
    let party = (0..=this).rev().take(3).find_map(|i| {
        let sentence = doc.sentences[i].tokens.clone();
        let noun = sentence.clone().find(|t| {
            doc.tokens[*t].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*t].lower)
        })?;
        delegation_party(doc, noun, sentence.start, sentence.end)
    });
    if party.is_none() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = party;
    detail.members = members;
    detail.place = scene.place(at, scene.range.end);
    found.push(Finding {
        detail,
        factuality: factuality::of(doc, at, &scene.range),
        tokens: scene.range.clone(),
    });
}

fn agenda(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let on = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| matches!(&*t.lower, "on" | "about"));
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else if on {
        phrase::noun_phrase(doc, at + 2, scene.range.end, Reach::Full)
    } else {
        phrase::object(doc, at, scene.range.end, Reach::Full)
    };
    let Some(object) = object else { return };
    // "the talks focused on", "the sides cover": such verbs are about talks with talks around.
    if !doc.tokens[scene.range.clone()]
        .iter()
        .any(|t| is(tables::talk_nouns(), &t.lower) || is(tables::side_nouns(), &t.lower))
        && doc.tokens[at].lemma != "discuss"
        && doc.tokens[at].lemma != "negotiate"
    {
        return;
    }
    let topics = listed(scene, object.clone());
    if topics.is_empty() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agenda);
    let subject = scene.subject(at).filter(|_| !passive);
    detail.parties = scene.sides(at, end, subject.filter(|s| !is_talks(doc, s)));
    detail.topics = topics;
    scene.push(found, detail, at, end.max(object.end));
}

/// The items of a list of things, each with its words: "the exchange of prisoners and a ceasefire".
fn listed(scene: &Scene<'_, '_>, range: Range<usize>) -> Vec<String> {
    items(scene.doc, range)
        .into_iter()
        .map(|item| scene.words(phrase::bare(scene.doc, item)))
        .filter(|w| !w.is_empty())
        .collect()
}

fn offer(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    if doc.tokens[at].form == Some(VerbForm::Ing)
        && at > scene.range.start
        && doc.tokens[at - 1].tag == Tag::Det
    {
        return;
    }
    let high = scene.range.end;
    let exchange = (at + 1..high).find(|i| {
        is(tables::exchange_nouns(), &doc.tokens[*i].lower) && doc.tokens[i - 1].lower == "in"
    });
    let stop = exchange.map_or(end, |x| x - 1).min(high);
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else {
        phrase::object(doc, at, stop, Reach::Full)
    };
    let infinitive = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| t.tag == Tag::Part && t.lower == "to");
    // "the meeting will propose a solution" is no side's offer.
    if scene.subject(at).is_some_and(|s| is_talks(doc, &s)) {
        return;
    }
    // "the areas offered" without one who offers is no side's offer.
    if passive && scene.agent(at).is_none() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Offer);
    detail.by = scene.agent(at);
    detail.offers = match object {
        Some(object) if !infinitive => listed(scene, object),
        _ if infinitive => vec![scene.words(at + 2..stop)],
        _ => return,
    };
    if let Some(x) = exchange {
        detail.asks = match doc.tokens.get(x + 1) {
            Some(t) if t.lower == "for" => phrase::noun_phrase(doc, x + 2, high, Reach::Full)
                .map(|r| things(scene, extend(doc, r, high)))
                .unwrap_or_default(),
            _ => {
                let ask = (x + 1..high)
                    .find(|i| tables::demanding_verbs().contains_key(&*doc.tokens[*i].lemma));
                ask.and_then(|a| asked(scene, a, high)).unwrap_or_default()
            }
        };
    }
    let last = if exchange.is_some() { high } else { end };
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, last);
    for mut f in finding {
        f.factuality.realis = Realis::Offered;
        found.push(f);
    }
}

/// A phrase with the participle that follows it: "fighters held in prisons".
fn extend(doc: &Document<'_>, range: Range<usize>, high: usize) -> Range<usize> {
    let mut end = range.end;
    if end < high
        && doc.tokens[end].tag == Tag::Verb
        && matches!(
            doc.tokens[end].form,
            Some(VerbForm::Past | VerbForm::Participle)
        )
    {
        while end < high && doc.tokens[end].tag != Tag::Punct && doc.tokens[end].tag != Tag::Cconj {
            end += 1;
        }
    }
    range.start..end
}

/// Splits a phrase into things at conjunctions before an article or a noun of doing: "the release of
/// prisoners and the removal of names".
fn things(scene: &Scene<'_, '_>, range: Range<usize>) -> Vec<String> {
    let doc = scene.doc;
    let mut out = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        let splits = doc.tokens[at].tag == Tag::Cconj || doc.tokens[at].text == ",";
        let article = doc
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.tag == Tag::Det || t.tag == Tag::Noun || t.tag == Tag::Adj);
        if splits && article && from < at {
            out.push(from..at);
            from = at + 1;
        }
    }
    out.push(from..range.end);
    out.into_iter()
        .map(|r| scene.words(phrase::bare(doc, r)))
        .filter(|w| !w.is_empty())
        .collect()
}

/// What a verb of asking asks for.
fn asked(scene: &Scene<'_, '_>, at: usize, high: usize) -> Option<Vec<String>> {
    let doc = scene.doc;
    let frames = tables::demanding_verbs().get(&*doc.tokens[at].lemma)?;
    let next = at + 1;
    let token = doc.tokens.get(next).filter(|_| next < high)?;
    let preposition = frames
        .iter()
        .find(|f| **f == token.lower && !matches!(**f, "object" | "inf" | "that"));
    if preposition.is_some() {
        let object = phrase::noun_phrase(doc, next + 1, high, Reach::Full)?;
        // "called on X to do Y": what X is to do.
        let called_on = token.lower == "on" && frames.contains(&"for");
        if let Some(to) = infinitive_after(doc, object.end, high).filter(|_| called_on) {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
        return Some(things(scene, object));
    }
    if frames.contains(&"that") && token.tag == Tag::Sconj {
        return Some(vec![scene.words(next + 1..high)]);
    }
    if frames.contains(&"inf") {
        // "wants to leave" is a wish for oneself.
        let wish = frames.contains(&"object") && !frames.contains(&"that");
        if wish && token.lower == "to" {
            return None;
        }
        if token.tag == Tag::Part && token.lower == "to" {
            return Some(vec![
                scene.words(next + 1..phrase::clause_end(doc, next + 1, high)),
            ]);
        }
        let object = phrase::noun_phrase(doc, next, high, Reach::Of);
        if let Some(to) = object
            .clone()
            .and_then(|o| infinitive_after(doc, o.end, high))
        {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
        if let Some((_, to)) = tree::asked(doc, at, high) {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
    }
    if frames.contains(&"object") {
        let object = phrase::object(doc, at, high, Reach::Full)?;
        return Some(things(scene, object));
    }
    None
}

/// The verb after "to" (or "not to") at `at`.
fn infinitive_after(doc: &Document<'_>, at: usize, high: usize) -> Option<usize> {
    let mut at = at;
    let from = at;
    while at < high
        && (doc.tokens[at].tag == Tag::Part
            || doc.tokens[at].tag == Tag::Adv
            || at > from && phrase::is_quote_mark(&doc.tokens[at])
            || phrase::in_time(doc, doc.tokens[at].span.start))
    {
        at += 1;
    }
    let to = doc.tokens[from..at].iter().any(|t| t.lower == "to");
    let negated = doc.tokens[from..at]
        .iter()
        .position(factuality::is_negation);
    (to && at < high && matches!(doc.tokens[at].tag, Tag::Verb | Tag::Aux))
        .then(|| negated.map_or(at, |n| from + n))
}

fn demand(scene: &Scene<'_, '_>, at: usize, end: usize, frames: &[&str], found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    // An agreement that "calls for" something and an offer's "in exchange they ask" are told as such.
    let offered = found.iter().any(|f| {
        f.detail.aspect == Aspect::Offer && !f.detail.asks.is_empty() && f.tokens.contains(&at)
    });
    let agreed = scene.subject(at).is_some_and(|s| {
        doc.tokens[s]
            .iter()
            .any(|t| is(tables::agreement_nouns(), &t.lower))
    });
    if offered || agreed {
        return;
    }
    let Some(asks) = asked(scene, at, end).filter(|a| a.iter().any(|w| !w.is_empty())) else {
        return;
    };
    let by = scene.agent(at);
    // "want" and "seek" are demands only of a side: somebody named, or who stands for one.
    let named = by
        .as_ref()
        .is_some_and(|m| m.kind.is_some() || m.stands_for.is_some());
    let conditional = doc.tokens[scene.range.start..at]
        .iter()
        .any(|t| tables::conditional().contains(&*t.lower));
    if matches!(lemma, "want" | "seek" | "require") && (!named || conditional) {
        return;
    }
    let negative = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(factuality::is_negation);
    // "may seek the maximum penalty": has not.
    let open = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(|t| tables::possible().contains(&*t.lower));
    if negative || open {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = by;
    detail.asks = asks;
    if frames.contains(&"on") || frames.contains(&"inf") {
        let from = if doc.tokens.get(at + 1).is_some_and(|t| t.lower == "on") {
            at + 2
        } else {
            at + 1
        };
        detail.to = phrase::noun_phrase(doc, from, end, Reach::Of)
            .filter(|o| infinitive_after(doc, o.end, end).is_some())
            .or_else(|| {
                let asked = tree::asked(doc, at, end).filter(|_| frames.contains(&"inf"));
                asked.map(|(whom, _)| tree::around(doc, whom, Reach::Of))
            })
            .map(|o| scene.mention(o));
    }
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    // What they ask for goes on with "they want … they want …" in the same words.
    for mut f in finding {
        f.factuality.realis = Realis::Demanded;
        let same = found.iter_mut().rev().find(|o| {
            o.detail.aspect == Aspect::Demand
                && o.detail.by.as_ref().map(who::full_name)
                    == f.detail.by.as_ref().map(who::full_name)
        });
        match same {
            Some(other) => {
                other.detail.asks.extend(f.detail.asks);
                other.tokens.end = other.tokens.end.max(f.tokens.end);
            }
            None => found.push(f),
        }
    }
}

fn refusal(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.agent(at) else { return };
    let of = match infinitive_after(doc, at + 1, end) {
        // "declined to comment": to the press.
        Some(to) if doc.tokens[to..end].iter().take(2).any(is_remark) => return,
        Some(to) => scene.words(to..end),
        None => match phrase::object(doc, at, end, Reach::Full) {
            Some(object) if doc.tokens[object.clone()].iter().any(is_remark) => return,
            Some(object) => scene.words(object),
            None => return,
        },
    };
    let mut detail = TalksDetail::of(Aspect::Refusal);
    detail.person = Some(by.clone());
    detail.by = Some(by);
    detail.of = Some(of);
    scene.push(found, detail, at, end);
}

fn is_remark(token: &Token<'_>) -> bool {
    tables::remarks().contains(&*token.lemma)
}

fn is_offer(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, range.clone())];
    head.tag == Tag::Noun && is(tables::offered_nouns(), &head.lower)
}

fn denial(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let negated = doc.tokens[group..at].iter().any(factuality::is_negation);
    let accepting = is(tables::accepting_verbs(), &doc.tokens[at].lemma);
    if accepting != negated {
        return;
    }
    let Some(by) = scene.agent(at) else { return };
    let object = phrase::object(doc, at, end, Reach::Full);
    let deniable = object.as_ref().is_some_and(|o| {
        doc.tokens[o.clone()]
            .iter()
            .any(|t| is(tables::deniable_nouns(), &t.lower))
    });
    let plain_denial = doc.tokens[at].lemma == "deny" || doc.tokens[at].lemma == "refute";
    // "denied them access": gives nothing.
    let given = &doc.tokens[at + 1..end.min(at + 6).max(at + 1)];
    let granted = given
        .iter()
        .any(|t| tables::grantable().contains(&*t.lemma));
    if granted {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = Some(by);
    detail.of = Some(match object {
        Some(_) if plain_denial => scene.words(at + 1..end),
        // "dismissed the offer": refuses what is offered.
        Some(object) if deniable && is_offer(doc, &object) => {
            detail.aspect = Aspect::Refusal;
            detail.person = detail.by.clone();
            scene.words(phrase::bare(doc, object))
        }
        Some(object) if deniable => {
            // "an accusation by Velka that …": with what it says.
            let says = (object.end..end).any(|i| {
                doc.tokens[i].tag == Tag::Sconj
                    && tables::complementizers().contains(&*doc.tokens[i].lower)
            });
            let bare = phrase::bare(doc, object);
            scene.words(bare.start..if says { end } else { bare.end })
        }
        None if plain_denial && at + 1 < end => scene.words(at + 1..end),
        _ => return,
    });
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality = Factuality {
            polarity: Polarity::Negative,
            ..Factuality::default()
        };
        found.push(f);
    }
}

/// "he was not aware of this suggestion".
fn unaware(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let end = scene.end(at);
    let low = at.saturating_sub(4).max(scene.range.start);
    let Some(verb) = (low..at).find(|i| doc.tokens[*i].tag == Tag::Aux) else {
        return;
    };
    if !doc.tokens[verb..at].iter().any(factuality::is_negation) {
        return;
    }
    let Some(of) = phrase::prepositional(doc, at + 1, end, &["of"], Reach::Of) else {
        return;
    };
    if !doc.tokens[of.clone()]
        .iter()
        .any(|t| is(tables::deniable_nouns(), &t.lower))
    {
        return;
    }
    let subject = phrase::subject(doc, verb, scene.range.start).map(|r| scene.mention(r));
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = match (subject, scene.speaker) {
        (Some(m), Some(speaker)) if m.name.split_whitespace().count() == 1 && m.kind.is_none() => {
            Some(speaker.clone())
        }
        (subject, speaker) => subject.or(speaker.cloned()),
    };
    detail.of = Some(scene.words(phrase::bare(doc, of)));
    found.push(Finding {
        detail,
        factuality: Factuality {
            polarity: Polarity::Negative,
            ..Factuality::default()
        },
        tokens: scene.range.start..end,
    });
}

fn agreement(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let group = phrase::group_start(doc, at, scene.range.start);
    if doc.tokens[group..at].iter().any(factuality::is_negation) {
        return;
    }
    // "failed to reach an agreement" is no agreement.
    if (scene.range.start..group)
        .rev()
        .take(3)
        .any(|i| is(tables::failing_verbs(), &doc.tokens[i].lemma) || doc.tokens[i].lower == "yet")
    {
        return;
    }
    if doc.tokens[group..at]
        .iter()
        .any(|t| tables::not_yet().contains(&*t.lower))
    {
        return;
    }
    // "urged them to agree": they have not.
    let infinitive = doc.tokens[group..at]
        .iter()
        .any(|t| t.lower == "to" && t.tag == Tag::Part);
    if infinitive && factuality::of(doc, at, &scene.range).realis != Realis::Actual {
        return;
    }
    // "until an agreement is reached" says nothing of one.
    let low = at.saturating_sub(8).max(scene.range.start);
    let open = |t: &rapporteur_text::Token<'_>| {
        tables::conditional().contains(&*t.lower) || tables::pending().contains(&*t.lower)
    };
    if doc.tokens[low..at].iter().any(open) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agreement);
    let subject = scene.subject(at);
    if lemma == "agree" {
        let next = doc.tokens.get(at + 1).filter(|_| at + 1 < scene.range.end);
        let mut next = match next {
            Some(next) => (at + 1, next),
            None => return,
        };
        while phrase::is_quote_mark(next.1) && next.0 + 1 < scene.range.end {
            next = (next.0 + 1, &doc.tokens[next.0 + 1]);
        }
        let content = match &*next.1.lower {
            "on" | "to" | "that" | "upon" => next.0 + 1,
            _ => return,
        };
        let stop = phrase::clause_end(doc, content, scene.range.end);
        detail.content = Some(scene.words(content..stop));
    } else {
        let passive = phrase::is_passive(doc, at, scene.range.start, end);
        let object = if passive {
            subject.clone()
        } else {
            phrase::object(doc, at, end, Reach::Of)
        };
        let Some(object) = object else { return };
        let head = phrase::head(doc, object.clone());
        if !is(tables::agreement_nouns(), &doc.tokens[head].lower) {
            return;
        }
        detail.content = Some(scene.words(phrase::bare(doc, object.start..end)));
    }
    detail.parties = scene.sides(at, end, subject);
    detail.when = when(doc, at, &(scene.range.start..end));
    detail.place = scene.place(at + 1, end);
    scene.push(found, detail, at, end);
}

/// The pledge that a speaker's words are the content of.
pub(crate) fn pledged(scene: &Scene<'_, '_>) -> Option<Finding> {
    if scene.doc.tokens[scene.range.clone()].iter().any(is_loyalty) {
        return None;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.speaker.cloned().filter(is_party);
    detail.by.as_ref()?;
    // Of the marks around the words one may stand outside.
    let words = scene.words(scene.range.clone());
    detail.content = Some(words.replace(['\u{201c}', '\u{201d}', '"'], ""));
    let factuality = Factuality {
        realis: Realis::Planned,
        ..Factuality::default()
    };
    Some(Finding {
        detail,
        factuality,
        tokens: scene.range.clone(),
    })
}

fn pledge(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let group = phrase::group_start(doc, at, scene.range.start);
    // "it is necessary to undertake": nobody does.
    let head = doc.tokens[at].head.map(|head| doc.tokens[head].tag);
    if doc.tokens[group..at].iter().any(|t| t.fine == "TO") && head == Some(Tag::Adj) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.agent(at);
    // "are committed to peace": they pledge it themselves.
    let bound_to = doc.child(at, "obl").filter(|noun| {
        let case = doc.child(*noun, "case");
        doc.tokens[*noun].relation == "obl" && case == Some(at + 1)
    });
    let bound = is(tables::pledging_with_to(), lemma)
        && phrase::is_passive(doc, at, scene.range.start, end);
    if bound && bound_to.is_some() {
        detail.by = scene.spoken_of(at);
        detail.content = Some(scene.words(at + 2..end));
    } else if is(tables::pledging_verbs(), lemma) {
        let content = match infinitive_after(doc, at + 1, end) {
            Some(to) => to..end,
            None => match doc.tokens.get(at + 1).filter(|_| at + 1 < end) {
                Some(t) if t.tag == Tag::Sconj => at + 2..scene.range.end,
                Some(_) if tree::clause_after(doc, at, at + 1, end) => at + 1..end,
                // "commit crimes"
                Some(_) if is(tables::pledging_with_to(), lemma) => return,
                Some(_) => match phrase::object(doc, at, end, Reach::Full) {
                    Some(object) => object,
                    None => return,
                },
                None => return,
            },
        };
        // "pledged allegiance", "vowed that it has kept the truce", "I promise you".
        let words = &doc.tokens[content.clone()];
        let nothing = words.iter().all(|t| t.tag == Tag::Pron || t.is_punct());
        if nothing || words.iter().any(is_loyalty) {
            return;
        }
        if tree::clause_after(doc, at, content.start, content.end) && is_past(words) {
            return;
        }
        detail.content = Some(scene.words(content));
    } else {
        // "will suspend its tests", said of itself by one who can bind itself.
        let will = doc.tokens[group..at]
            .iter()
            .any(|t| tables::future().contains(&*t.lower));
        // "his country will not retaliate": he binds it.
        let own = scene.subject(at).is_some_and(|s| {
            let first = &doc.tokens[s.start];
            first.tag == Tag::Pron && tables::articles().contains(&*first.lower)
        });
        let able = own
            || detail.by.as_ref().is_some_and(|m| {
                matches!(m.kind, Some(Kind::Organization | Kind::Place))
                    || m.stands_for.is_some()
                    || self_reference(scene, m)
            });
        if let (true, Some(by)) = (own, detail.by.as_mut().filter(|b| b.stands_for.is_none())) {
            by.stands_for = scene.speaker.map(who::full_name);
        }
        if !will || !able || phrase::is_passive(doc, at, scene.range.start, end) {
            return;
        }
        let negated = (group..at).find(|i| factuality::is_negation(&doc.tokens[*i]));
        let words = scene.words(at..end);
        detail.content = Some(match negated {
            Some(_) => format!(
                "{} {words}",
                phrase::words(doc, negated.unwrap_or(at)..negated.unwrap_or(at) + 1)
            ),
            None => words,
        });
    }
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality.realis = Realis::Planned;
        found.push(f);
    }
}

/// "pledged allegiance": promises nothing.
fn is_loyalty(token: &Token<'_>) -> bool {
    tables::loyalties().contains(&*token.lemma)
}

/// Does the clause say what was or has been, and nothing of what will be?
fn is_past(words: &[Token<'_>]) -> bool {
    let open = |t: &Token<'_>| t.fine == "MD" || t.fine == "TO";
    let verbs = || {
        words
            .iter()
            .filter(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
    };
    verbs().next().is_some()
        && !words.iter().any(open)
        && verbs().any(|t| matches!(t.fine, "VBD" | "VBN"))
}

/// "it plans to close the site": what one means to do of the things that bind it.
fn plan(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(to) = infinitive_after(doc, at + 1, end) else {
        return;
    };
    let verb = (to..end).find(|i| doc.tokens[*i].tag == Tag::Verb);
    if !verb.is_some_and(|v| v <= to + 1 && is(tables::undertaking_verbs(), &doc.tokens[v].lemma)) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.agent(at);
    detail.content = Some(scene.words(to..end));
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality.realis = Realis::Planned;
        found.push(f);
    }
}

fn self_reference(scene: &Scene<'_, '_>, mention: &Mention) -> bool {
    tables::first_persons().contains(&*mention.name.to_lowercase())
        || scene
            .speaker
            .is_some_and(|s| who::full_name(s) == who::full_name(mention))
}

fn outcome(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let negated = doc.tokens[group..at].iter().any(factuality::is_negation)
        || doc.tokens[scene.range.start..at]
            .iter()
            .rev()
            .take(5)
            .any(|t| tables::not_yet().contains(&*t.lower));
    let failing = is(tables::failing_verbs(), &doc.tokens[at].lemma);
    let talks = doc.tokens[scene.range.clone()].iter().any(|t| {
        t.tag == Tag::Noun
            && (is(tables::talk_nouns(), &t.lower) || is(tables::side_nouns(), &t.lower))
    });
    let result = doc.tokens[at..end]
        .iter()
        .any(|t| is(tables::result_nouns(), &t.lower) || t.lemma == "agree");
    let no = doc.tokens[at..end]
        .windows(4)
        .any(|w| w[0].lower == "no" && w.iter().any(|t| is(tables::result_nouns(), &t.lower)));
    if !(failing && (talks && (result || is_subject_talks(scene, at)))
        || negated
            && (result || doc.tokens[at].lemma == "agree")
            && (talks || doc.tokens[at].lemma == "agree")
        || no && !failing && talks)
    {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    let start = (group..at)
        .find(|i| factuality::is_negation(&doc.tokens[*i]))
        .unwrap_or(at);
    detail.result = Some(scene.words(start..end));
    detail.parties = scene.sides(at, end, None);
    let from = scene.subject(at).map_or(at, |s| s.start);
    detail.place = scene.place(at + 1, end).or_else(|| scene.place(from, at));
    scene.push(found, detail, at, end);
}

fn is_subject_talks(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.subject(at).is_some_and(|s| is_talks(scene.doc, &s))
}

fn meeting(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let again = doc.tokens[at..end.min(at + 4)]
        .iter()
        .any(|t| t.lower == "again");
    let ahead = doc.tokens[group..at]
        .iter()
        .any(|t| tables::future().contains(&*t.lower) || t.lower == "to" && t.tag == Tag::Part);
    let subject = scene.subject(at);
    let governor = group.checked_sub(1).filter(|g| *g >= scene.range.start);
    let modal = doc.tokens[group..at]
        .iter()
        .any(|t| tables::future().contains(&*t.lower));
    let scheduled = governor.is_some_and(|g| is(tables::scheduled_words(), &doc.tokens[g].lemma));
    if ahead && (again || modal || scheduled) && (again || doc.tokens[at].lemma == "meet") {
        let mut detail = TalksDetail::of(Aspect::Next);
        detail.parties = scene.sides(at, end, subject);
        if let Some(object) = phrase::object(doc, at, end, Reach::Of) {
            detail.parties.extend(
                parties(doc, object)
                    .into_iter()
                    .filter(|m| m.kind != Some(Kind::Place)),
            );
        }
        detail.when = when(doc, at, &(scene.range.start..end));
        detail.place = scene.place(at + 1, end);
        let mut finding = vec![];
        scene.push(&mut finding, detail, at, end);
        for mut f in finding {
            f.factuality.realis = Realis::Planned;
            found.push(f);
        }
        return;
    }
    // "meets the needs of": no meeting.
    let thing = phrase::object(doc, at, end, Reach::Head).map(|o| scene.mention(o));
    if thing.is_some_and(|m| m.kind.is_none() && m.stands_for.is_none()) {
        return;
    }
    // "were met with protests"
    if phrase::is_passive(doc, at, scene.range.start, end) {
        return;
    }
    // "have met intermittently in the capital".
    if doc.tokens[at].lemma == "meet" && doc.tokens[at].form != Some(VerbForm::Base) && !again {
        let mut detail = TalksDetail::of(Aspect::Round);
        let one = subject
            .as_ref()
            .is_some_and(|s| parties(doc, s.clone()).len() == 1);
        detail.parties = scene.sides(at, end, subject);
        let met = phrase::object(doc, at, end, Reach::Of);
        let company = || phrase::prepositional(doc, at + 1, end, &["with"], Reach::Of);
        let one = one && (met.is_some() || company().is_some());
        detail
            .parties
            .extend(met.map(|object| parties(doc, object)).unwrap_or_default());
        detail.place = scene.place(at + 1, end);
        detail.when = when(doc, at, &(scene.range.start..end));
        detail.status = Some("held".into());
        // "met his advisers": nobody who is a side.
        if detail.parties.is_empty() || one && detail.parties.len() < 2 {
            return;
        }
        scene.push(found, detail, at, end);
    }
}

/// "was part of negotiations between A and B", "is in ongoing talks with B": talks whose sides are named and
/// of which no verb says more.
fn named_talks(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let told = |f: &Finding| f.tokens.contains(&at) && is_meeting(f.detail.aspect);
    if found.iter().any(told) || !happens(scene, at) {
        return;
    }
    let end = scene.end(at);
    let near = |range: &Range<usize>| range.start <= at + 4;
    let between = phrase::between(doc, at + 1, end).filter(near);
    let between = between.map(|range| parties(doc, range));
    let detail_parties = match between {
        Some(both) if both.len() >= 2 => both,
        _ => {
            let company = phrase::prepositional(doc, at + 1, end, &["with"], Reach::Of);
            let company = company.filter(|r| near(r) && doc.tokens[at + 1].tag == Tag::Adp);
            let Some(company) = company else { return };
            let mut both: Vec<Mention> = (governor(scene, at).and_then(|verb| scene.subject(verb)))
                .map(|subject| parties(doc, subject))
                .unwrap_or_default();
            both.extend(parties(doc, company));
            both
        }
    };
    if detail_parties.len() < 2 {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Round);
    detail.parties = detail_parties;
    let state = (doc.children(at).iter())
        .find_map(|child| tables::talk_states().get(&*doc.tokens[*child].lower));
    detail.status = Some((*state.unwrap_or(&"held")).to_string());
    detail.place = scene.place(at + 1, end);
    detail.when = when(doc, at, &(at..end));
    let start = tree::around(doc, at, Reach::Head)
        .start
        .clamp(scene.range.start, at);
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: start..end,
    });
}

/// "the government is negotiating with the rebels".
fn parley(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let told = |f: &Finding| f.tokens.contains(&at) && is_meeting(f.detail.aspect);
    let factuality = factuality::of(doc, at, &scene.range);
    let actual = factuality.realis == Realis::Actual && factuality.polarity == Polarity::Positive;
    if found.iter().any(told) || !actual {
        return;
    }
    let end = scene.end(at);
    let company = phrase::prepositional(doc, at + 1, end, &["with"], Reach::Of);
    let (Some(subject), Some(company)) = (scene.subject(at), company) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Round);
    detail.parties = parties(doc, subject);
    detail.parties.extend(parties(doc, company));
    if detail.parties.len() < 2 {
        return;
    }
    detail.status = Some("held".into());
    detail.place = scene.place(at + 1, end);
    detail.when = when(doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}

fn is_meeting(aspect: Aspect) -> bool {
    matches!(
        aspect,
        Aspect::Round | Aspect::Next | Aspect::Outcome | Aspect::Refusal | Aspect::Offer
    )
}

/// The verb above a noun, a few steps up its tree.
fn governor(scene: &Scene<'_, '_>, at: usize) -> Option<usize> {
    let doc = scene.doc;
    let mut word = at;
    for _ in 0..4 {
        // "is in talks": the noun itself heads the clause.
        if doc.child(word, "cop").is_some() {
            return Some(word);
        }
        word = doc.tokens[word]
            .head
            .filter(|head| scene.range.contains(head))?;
        if doc.tokens[word].tag == Tag::Verb {
            return Some(word);
        }
    }
    None
}

/// Does what governs the noun leave it that the talks take place: not "called for talks", "would hold talks"?
fn happens(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let Some(verb) = governor(scene, at) else {
        return false;
    };
    let lemma = &*doc.tokens[verb].lemma;
    let open = tables::demanding_verbs().contains_key(lemma)
        || [
            tables::offering_verbs(),
            tables::refusing_verbs(),
            tables::planning_verbs(),
            tables::denying_verbs(),
        ]
        .iter()
        .any(|table| is(table, lemma));
    let said = factuality::of(doc, verb, &scene.range);
    let intended = (scene.range.start..at)
        .rev()
        .take(6)
        .any(|i| tables::intending().contains(&*doc.tokens[i].lemma));
    !open && !intended && said.realis == Realis::Actual && said.polarity == Polarity::Positive
}

fn noun(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let word = &*doc.tokens[at].lower;
    let end = scene.end(at);
    if is(tables::pledge_nouns(), word) {
        // "our commitment is to retake", "their commitment to maintain", "the promise to leave".
        let mut next = at + 1;
        if doc.tokens.get(next).is_some_and(|t| t.tag == Tag::Aux) {
            next += 1;
        }
        if let Some(to) = infinitive_after(doc, next, end) {
            let mut detail = TalksDetail::of(Aspect::Pledge);
            detail.by = owner(scene, at);
            detail.content = Some(scene.words(to..end));
            found.push(Finding {
                detail,
                factuality: Factuality {
                    realis: Realis::Planned,
                    ..Factuality::default()
                },
                tokens: at.saturating_sub(1).max(scene.range.start)..end,
            });
        }
    }
    if is(tables::demand_nouns(), word) {
        // "our request to X is that …", "their demand is that".
        let be = (at + 1..end.min(at + 8))
            .find(|i| doc.tokens[*i].tag == Tag::Aux && doc.tokens[*i].lemma == "be");
        if let Some(be) = be.filter(|b| {
            doc.tokens
                .get(b + 1)
                .is_some_and(|t| t.tag == Tag::Sconj || t.fine == "TO")
        }) {
            let mut detail = TalksDetail::of(Aspect::Demand);
            detail.by = owner(scene, at);
            detail.to = phrase::prepositional(doc, at + 1, be, &["to", "of"], Reach::Of)
                .map(|r| scene.mention(r));
            detail.asks = vec![scene.words(be + 2..scene.range.end)];
            found.push(Finding {
                detail,
                factuality: Factuality {
                    realis: Realis::Demanded,
                    ..Factuality::default()
                },
                tokens: at.saturating_sub(1).max(scene.range.start)..scene.range.end,
            });
        }
    }
    if is(tables::agreement_nouns(), word) {
        named_agreement(scene, at, found);
    }
    if is(tables::result_nouns(), word) {
        no_result(scene, at, end, found);
    }
    if is(tables::talk_nouns(), word) {
        next_meeting(scene, at, end, found);
    }
}

/// Whose the noun is: "our" is the speaker's, "their" the subject's, a name's or its own.
fn owner(scene: &Scene<'_, '_>, at: usize) -> Option<Mention> {
    let doc = scene.doc;
    let phrase = phrase::phrase_ending(doc, at, scene.range.start);
    if let Some(name) = phrase
        .clone()
        .and_then(|p| phrase::names_in(doc, p).into_iter().next().cloned())
    {
        return Some(name);
    }
    let possessor = phrase.and_then(|p| p.into_iter().find(|i| doc.tokens[*i].tag == Tag::Pron));
    match possessor {
        Some(p) if tables::first_persons().contains(&*doc.tokens[p].lower) => {
            scene.speaker.cloned()
        }
        _ => {
            // "Expressing their commitment …, the delegations stated": the subject that follows.
            let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
            let verb = (at..sentence.tokens.end).find(|i| {
                doc.tokens[*i].tag == Tag::Verb && doc.tokens[*i].form == Some(VerbForm::Past)
            })?;
            phrase::subject(doc, verb, scene.range.start.min(at))
                .map(|r| who::mention(doc, r))
                .or(scene.speaker.cloned())
        }
    }
}

/// "the A-B agreement, which called for X".
fn named_agreement(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let next = at + 1;
    let comma = doc.tokens.get(next).is_some_and(|t| t.text == ",");
    let relative = if comma { next + 1 } else { next };
    if doc
        .tokens
        .get(relative)
        .filter(|_| relative < scene.range.end)
        .is_none_or(|t| !tables::relatives().contains(&*t.lower))
    {
        return;
    }
    let Some(verb) =
        (relative..scene.range.end.min(relative + 5)).find(|i| doc.tokens[*i].tag == Tag::Verb)
    else {
        return;
    };
    if !is(tables::stipulating_verbs(), &doc.tokens[verb].lemma) {
        return;
    }
    let end = scene.end(verb);
    let content = match asked(scene, verb, end) {
        Some(asks) => asks.join("; "),
        None => match phrase::object(doc, verb, end, Reach::Full) {
            Some(object) => scene.words(object),
            None => return,
        },
    };
    let phrase = phrase::phrase_ending(doc, at, scene.range.start);
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.parties = phrase.map(|p| hyphenated(doc, p)).unwrap_or_default();
    detail.content = Some(content);
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: scene.range.start..end,
    });
}

/// The names joined by a hyphen in a phrase: "the Orlo-Velka agreement".
fn hyphenated(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for at in range.clone() {
        let token = &doc.tokens[at];
        if token.tag != Tag::Propn || !token.text.contains('-') {
            continue;
        }
        let mut start = token.span.start;
        for part in token.text.split('-') {
            let span = rapporteur_model::Span::new(start, start + part.len());
            start += part.len() + 1;
            if part.starts_with(char::is_uppercase) {
                out.push(Mention::plain(span, part));
            }
        }
    }
    if out.is_empty() {
        out = phrase::names_in(doc, range).into_iter().cloned().collect();
    }
    out
}

/// "no progress", "no agreement was reached".
fn no_result(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(phrase) = phrase::phrase_ending(doc, at + 1, scene.range.start) else {
        return;
    };
    let Some(no) = phrase
        .clone()
        .find(|i| doc.tokens[*i].tag == Tag::Det && factuality::is_negation(&doc.tokens[*i]))
    else {
        return;
    };
    let sentence = doc.sentence_at(doc.tokens[at].span.start);
    let block = doc.tokens[at].block;
    let low = at.saturating_sub(NEAR);
    let high = doc.tokens.len().min(at + NEAR);
    let near = doc.tokens[low..high].iter().any(|t| {
        t.block + 2 >= block
            && t.block <= block
            && t.tag == Tag::Noun
            && is(tables::talk_nouns(), &t.lower)
    });
    if sentence.is_none()
        || !near
        || found
            .iter()
            .any(|f| f.detail.aspect == Aspect::Outcome && f.tokens.contains(&at))
    {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(no..at + 1));
    detail.parties = scene.setting.sides.clone();
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: scene.range.start..end,
    });
}

/// "No date was set for the next meeting", "a summit next Friday", "the next round will be held in May".
fn next_meeting(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(phrase) = phrase::phrase_ending(doc, at + 1, scene.range.start) else {
        return;
    };
    let ahead = doc.tokens[phrase.clone()]
        .iter()
        .any(|t| is(tables::next_words(), &t.lower));
    let none = doc.tokens[scene.range.start..at]
        .windows(2)
        .any(|w| factuality::is_negation(&w[0]) && is(tables::date_nouns(), &w[1].lower));
    let mut detail = TalksDetail::of(Aspect::Next);
    if none {
        detail.status = Some("none set".into());
        detail.parties = scene.setting.sides.clone();
        found.push(Finding {
            detail,
            factuality: Factuality {
                polarity: Polarity::Negative,
                ..Factuality::default()
            },
            tokens: scene.range.clone(),
        });
        return;
    }
    if found
        .iter()
        .any(|f| f.detail.aspect == Aspect::Next && f.tokens.contains(&at))
    {
        return;
    }
    let begun = found.iter().any(|f| {
        f.detail.aspect == Aspect::Round
            && f.tokens.contains(&at)
            && f.factuality.realis == Realis::Actual
    });
    let verb = (scene.range.start..scene.range.end)
        .find(|i| *i > at && (doc.tokens[*i].tag == Tag::Aux || doc.tokens[*i].tag == Tag::Verb));
    let future = verb.is_some_and(|v| tables::future().contains(&*doc.tokens[v].lower))
        || doc
            .times
            .iter()
            .any(|t| doc.span(at..end).contains(t.span) && is_ahead(&t.form));
    let past = doc.tokens[phrase].iter().any(|t| t.lower == "last");
    if begun || !future || past && !ahead {
        return;
    }
    let main = (at + 1..end).find(|i| doc.tokens[*i].tag == Tag::Verb);
    detail.when = when(doc, at, &(at..end));
    detail.place = scene
        .place(at + 1, end)
        .or_else(|| scene.place(main? + 1, end));
    detail.parties = scene.sides(at, end, None);
    if detail.when.is_none() && detail.place.is_none() {
        return;
    }
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Planned,
            ..Factuality::default()
        },
        tokens: scene.range.clone(),
    });
}

fn is_ahead(form: &rapporteur_model::Form) -> bool {
    use rapporteur_model::{Form, Lean};
    match form {
        Form::Weekday { shift, lean, .. } => *shift > 0 || *lean == Lean::Future,
        Form::Offset { count, .. } => *count > 0,
        Form::Calendar { lean, .. } => *lean == Lean::Future,
        _ => false,
    }
}
