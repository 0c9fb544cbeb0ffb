//! A voice's words, and who and where they mean.

use super::Finding;
use super::content::with_clause;
use super::setting::Setting;
use crate::ground::{items, own_time};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{Factuality, Kind, Mention, TalksDetail, Time};
use rapporteur_text::{Document, Tag, Token, VerbForm, lemma};
use std::collections::BTreeSet;
use std::ops::Range;

/// A voice's words, with what the finders need to know of them.
pub(crate) struct Scene<'a, 'r> {
    pub(crate) doc: &'a Document<'r>,
    pub(crate) range: Range<usize>,
    pub(crate) speaker: Option<&'a Mention>,
    pub(crate) setting: &'a Setting,
}

impl Scene<'_, '_> {
    pub(super) fn end(&self, at: usize) -> usize {
        phrase::clause_end(self.doc, at, self.range.end)
    }

    pub(super) fn subject(&self, at: usize) -> Option<Range<usize>> {
        phrase::subject(self.doc, at, self.range.start)
    }

    /// Where the verb's group begins, also across a quotation mark: "would “close” it".
    pub(super) fn group(&self, at: usize) -> usize {
        let low = self.range.start;
        let group = phrase::group_start(self.doc, at, low);
        match group.checked_sub(1).filter(|i| *i > low) {
            Some(quote) if phrase::is_quote_mark(&self.doc.tokens[quote]) => {
                let across = phrase::group_start(self.doc, quote, low);
                if across < quote { across } else { group }
            }
            _ => group,
        }
    }

    pub(super) fn mention(&self, range: Range<usize>) -> Mention {
        who::mention(self.doc, range)
    }

    /// The phrase of the first preposition of a list after `from`.
    pub(super) fn after(
        &self,
        from: usize,
        end: usize,
        prepositions: &BTreeSet<&'static str>,
        reach: Reach,
    ) -> Option<Range<usize>> {
        phrase::governed(
            self.doc,
            from,
            end,
            |word| prepositions.contains(word),
            reach,
        )
    }

    /// The subject as one who acts; where it is "we" or missing, the speaker.
    pub(super) fn agent(&self, at: usize) -> Option<Mention> {
        let passive = phrase::is_passive(self.doc, at, self.range.start, self.end(at));
        if passive {
            // "was rejected by Velka, which says …": the words end before a further voice.
            let cut = at + 2 == self.range.end
                && tables::agent().contains(&*self.doc.tokens[at + 1].lower);
            if cut {
                let sentence = self.doc.sentence_at(self.doc.tokens[at].span.start)?;
                return phrase::noun_phrase(self.doc, at + 2, sentence.tokens.end, Reach::Of)
                    .map(|r| self.mention(r));
            }
            return self
                .after(at + 1, self.end(at), tables::agent(), Reach::Of)
                .map(|r| self.mention(r));
        }
        self.spoken_of(at)
    }

    /// Whom the verb's subject means: the speaker where it is "we" or missing.
    pub(super) fn spoken_of(&self, at: usize) -> Option<Mention> {
        // "Brisk conceded that they had failed, pledging an inquiry": whoever conceded.
        let of_saying = self.doc.tokens[at].fine == "VBG"
            && self.doc.child(at, "nsubj").is_none()
            && at > self.range.start
            && self.doc.tokens[at - 1].text == ","
            && self.doc.tokens[at]
                .head
                .is_some_and(|head| head < self.range.start);
        if let Some(speaker) = self.speaker.filter(|_| of_saying) {
            return Some(speaker.clone());
        }
        // "protests demanding that": the noun that the participle stands with, if it is no paper that
        // somebody else wrote.
        let token = &self.doc.tokens[at];
        let before = at
            .checked_sub(1)
            .filter(|i| self.doc.tokens[*i].tag == Tag::Noun);
        let head = before.or(token.head.filter(|_| token.relation == "acl"));
        // "eased the sanctions, never meaning to": not the noun before a comma.
        let aside = |head: usize| {
            (head..at).any(|i| self.doc.tokens[i].text == ",")
                && self.doc.tokens[head].tag == Tag::Noun
        };
        let owner = head.filter(|head| {
            token.fine == "VBG"
                && self.range.contains(head)
                && !aside(*head)
                && !tables::document_nouns().contains(&*self.doc.tokens[*head].lemma)
                && self.doc.child(at, "nsubj").is_none()
        });
        // "ousted Orsolo following protests demanding": without the words before a participle.
        let owner = owner.map(|head| {
            let start = tree::around(self.doc, head, Reach::Of).start;
            let participle = (start..head)
                .rev()
                .find(|i| self.doc.tokens[*i].fine == "VBG");
            participle.map_or(start, |at| at + 1)..head + 1
        });
        let subject = owner
            .or_else(|| self.own_subject(at))
            .map(|r| self.mention(r));
        match subject {
            // "The envoys to the council said they opposed it": they, and not the council.
            Some(m) if self.is_of_speaker(&m) => self.speaker.cloned().or(Some(m)),
            Some(m) if tables::first_persons().contains(&*m.name.to_lowercase()) => {
                self.speaker.cloned().or(Some(m))
            }
            Some(m) => Some(m),
            None => self.speaker.cloned(),
        }
    }

    /// The subject; of "the sanctions, never meaning to", that of the verb before.
    fn own_subject(&self, at: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        let aside = doc.tokens[at].fine == "VBG" && doc.child(at, "nsubj").is_none();
        let subject = match aside {
            true => phrase::agent(doc, at, self.range.start),
            false => self.subject(at),
        }?;
        // "the alarm, through radio and speakers, urged": without what stands between.
        let comma = (subject.start + 1..subject.end).find(|i| {
            let next = doc.tokens.get(i + 1).filter(|_| i + 1 < subject.end);
            doc.tokens[*i].text == "," && next.is_some_and(|t| t.tag == Tag::Adp)
        });
        Some(subject.start..comma.unwrap_or(subject.end))
    }

    /// A pronoun for a name that is a part of the speaker's: the body of "its envoys".
    fn is_of_speaker(&self, mention: &Mention) -> bool {
        let name = mention.name.to_lowercase();
        let pronoun = tables::third_plurals().contains(&*name);
        let Some(speaker) = self.speaker.filter(|_| pronoun) else {
            return false;
        };
        let name = who::full_name(speaker);
        let part = |of: &String| name.len() > of.len() && name.contains(&**of);
        mention.stands_for.as_ref().is_some_and(part)
    }

    pub(super) fn words(&self, range: Range<usize>) -> String {
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
            paired(phrase::words(self.doc, range))
        }
    }

    pub(super) fn push(
        &self,
        found: &mut Vec<Finding>,
        detail: TalksDetail,
        at: usize,
        end: usize,
    ) {
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

    /// When somebody asked, offered or pledged it: the time that hangs on the verb at `at`, and on nothing that it
    /// asks for.
    pub(super) fn said_when(&self, at: usize) -> Option<Time> {
        let next = self.past_times(at + 1, self.end(at));
        let time = own_time(self.doc, at, &(self.range.start..next))?;
        // "was restored this morning after Velka had offered talks": not the time of what governs it.
        let top = tree::top(self.doc, &self.doc.tokens_in(time.span))?;
        let shared = self.doc.tokens[at].fine == "VBG" || self.doc.is(at, "conj");
        let own = tree::stand(self.doc, top, at) == tree::Stand::Own;
        Some(time).filter(|_| own || shared)
    }

    /// The same with a factuality of its own.
    pub(super) fn push_as(
        &self,
        found: &mut Vec<Finding>,
        detail: TalksDetail,
        factuality: Factuality,
        at: usize,
        end: usize,
    ) {
        self.push(found, detail, at, end);
        if let Some(last) = found.last_mut() {
            last.factuality = factuality;
        }
    }

    /// The verb above a noun, a few steps up its tree.
    pub(super) fn governor(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let mut word = at;
        for _ in 0..4 {
            // "is in talks": the noun itself heads the clause.
            if doc.child(word, "cop").is_some() {
                return Some(word);
            }
            word = doc.tokens[word]
                .head
                .filter(|head| self.range.contains(head))?;
            if doc.tokens[word].tag == Tag::Verb {
                return Some(word);
            }
        }
        None
    }

    /// "an offer to hold talks to discuss it": is what the verb or noun at `at` says only offered?
    pub(super) fn is_offered(&self, at: usize) -> bool {
        let doc = self.doc;
        let heads = std::iter::successors(doc.tokens[at].head, |at| doc.tokens[*at].head).take(3);
        let mut heads = heads.filter(|head| *head < at && self.range.contains(head));
        heads.any(|head| match doc.tokens[head].tag {
            Tag::Noun => {
                let noun = &doc.tokens[head].lower;
                is(tables::offered_nouns(), noun) && is(tables::overtures(), noun)
            }
            Tag::Verb => is(tables::offering_verbs(), &doc.tokens[head].lemma),
            _ => false,
        })
    }

    /// The verb of meeting whose purpose the infinitive at `at` is: "met in Lenn to discuss it".
    pub(super) fn met_for(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let mark = doc
            .child(at, "mark")
            .filter(|mark| is_infinitive_marker(&doc.tokens[*mark]));
        let purpose = ["advcl", "xcomp", "acl"]
            .iter()
            .any(|relation| doc.is(at, relation));
        let verb = self
            .governor(at)
            .filter(|verb| mark.is_some() && purpose && *verb < at)?;
        let lemma = &*doc.tokens[verb].lemma;
        // "held talks on Monday to discuss it"
        let talks = |noun: usize| is(tables::talk_nouns(), &doc.tokens[noun].lower);
        let holds =
            tables::round_verbs().contains_key(lemma) && doc.child(verb, "obj").is_some_and(talks);
        let meets = holds
            || tables::encountering_verbs().contains(lemma)
            || tables::meeting_verbs().contains(lemma);
        meets.then_some(verb)
    }

    /// Who does what the finite verb above a word says: of "Orland answered with an offer to hold talks", Orland.
    pub(super) fn finite_agent(&self, at: usize) -> Option<Mention> {
        let doc = self.doc;
        let finite = |at: &usize| {
            let token = &doc.tokens[*at];
            let aux = || doc.child(*at, "aux").is_some();
            token.tag == Tag::Verb && (matches!(token.fine, "VBD" | "VBZ" | "VBP") || aux())
        };
        let heads = std::iter::successors(Some(at), |at| doc.tokens[*at].head).take(6);
        let mut heads = heads
            .take_while(|at| self.range.contains(at))
            .filter(finite);
        let subject = self.own_subject(heads.next()?)?;
        let named = |m: &Mention| !is_collective(&m.name);
        parties(doc, subject).into_iter().find(named)
    }

    /// The subject of a noun that a form of `be` stands with.
    pub(super) fn subject_of_noun(&self, at: usize) -> Option<Range<usize>> {
        self.doc.child(at, "cop")?;
        let head = self.doc.child(at, "nsubj")?;
        let range = tree::around(self.doc, head, Reach::Full);
        (range.start >= self.range.start && range.end <= at).then_some(range)
    }

    /// Where the form of `be` that stands with a noun begins, with its auxiliaries.
    pub(super) fn copula_group(&self, at: usize) -> usize {
        let copula = self.doc.child(at, "cop").unwrap_or(at);
        phrase::group_start(self.doc, copula, self.range.start)
    }

    /// Who else the words join to a mention: "Velka and Orsk".
    pub(super) fn others(&self, first: Option<&Mention>) -> Vec<Mention> {
        let doc = self.doc;
        let Some(first) = first else {
            return vec![];
        };
        let tokens = phrase::tokens_of(doc, first.span);
        let sentence = (doc.tokens.get(self.range.start))
            .and_then(|t| doc.sentence_at(t.span.start))
            .map(|s| s.tokens.clone());
        let sentence = sentence.unwrap_or(self.range.clone());
        if tokens.is_empty() || tokens.start < sentence.start || tokens.end > sentence.end {
            return vec![];
        }
        let head = phrase::head(doc, tokens.clone());
        // "Orland, Kest and Lenn": whichever the third was hung on
        let below = |at: usize| doc.children(at).iter().copied();
        let listed = below(head).chain(below(head).flat_map(|at| {
            below(at).filter(move |_| doc.is(at, "conj") && doc.tokens[at].tag == Tag::Propn)
        }));
        let listed: Vec<usize> = listed.collect();
        let joined = listed.iter().filter(|at| {
            **at >= tokens.end
                && doc.is(**at, "conj")
                && matches!(doc.tokens[**at].tag, Tag::Noun | Tag::Propn)
        });
        joined
            .map(|at| {
                (
                    doc.tokens[*at].tag,
                    self.mention(tree::around(doc, *at, Reach::Of)),
                )
            })
            .filter(|(tag, m)| {
                *tag == Tag::Propn || m.kind.is_some() || m.stands_for.is_some() || is_party(m)
            })
            .map(|(_, m)| m)
            .collect()
    }

    /// Does the mention mean who speaks?
    pub(super) fn is_speaker(&self, mention: &Mention) -> bool {
        let name = who::full_name(mention);
        let stands = mention.stands_for.is_some() || mention.kind.is_some();
        stands && self.speaker.is_some_and(|s| who::full_name(s) == name)
    }

    /// The body or country that "they" or "it" stands for in what it is reported to have said: "Orland said they would
    /// leave".
    pub(super) fn speaker_meant(&self, at: usize) -> Option<Mention> {
        let doc = self.doc;
        let subject = self.subject(at)?;
        let token = &doc.tokens[subject.start];
        let pronoun = tables::third_plurals().contains(&*token.lower)
            || tables::collective().contains(&*token.lower);
        let opens = subject.start <= self.range.start + 1;
        let speaker = self
            .speaker
            .filter(|_| pronoun && opens && subject.len() == 1)?;
        let body = matches!(speaker.kind, Some(Kind::Organization | Kind::Place));
        (body && !who::in_quote(doc, token.span.start)).then(|| speaker.clone())
    }

    /// Is it the country or body that the speaker speaks for: "the Orlish foreign minister said Orland would"?
    pub(super) fn speaks_for(&self, mention: &Mention) -> bool {
        let Some(role) = self.speaker.and_then(|s| s.role.as_ref()) else {
            return false;
        };
        let binding = |word: &str| tables::stances().contains(&*word.to_lowercase());
        if !role.role.split_whitespace().any(binding) {
            return false;
        }
        let name = who::full_name(mention);
        let usual = |name: &str| {
            let known = rapporteur_text::demonym(name).or_else(|| rapporteur_text::country(name));
            known.map_or_else(|| name.to_string(), str::to_string)
        };
        let stands = mention.stands_for.is_some()
            || matches!(mention.kind, Some(Kind::Organization | Kind::Place));
        stands
            && role
                .of
                .as_deref()
                .is_some_and(|of| usual(of) == usual(&name))
    }

    /// Does the report name a person so?
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.setting.is_person(name)
    }

    /// The first word after `at` that says no time and is no adverb: "agreed in July to".
    pub(super) fn past_times(&self, at: usize, end: usize) -> usize {
        let doc = self.doc;
        let timed = |i: usize| {
            doc.tokens
                .get(i)
                .is_some_and(|t| phrase::in_time(doc, t.span.start))
        };
        (at..end)
            .find(|i| {
                let tag = doc.tokens[*i].tag;
                !(timed(*i) || tag == Tag::Adv || tag == Tag::Adp && timed(i + 1))
            })
            .unwrap_or(end)
    }

    /// The parties of talks: "between A and B", "A with B", the subject where it is no noun of
    /// talks, else the report's sides.
    pub(super) fn sides(
        &self,
        at: usize,
        end: usize,
        subject: Option<Range<usize>>,
    ) -> Vec<Mention> {
        let doc = self.doc;
        let from = self.subject(at).map_or(at, |s| s.start.min(at));
        let fighting = is_of_fighting(doc, from, end);
        if let Some(between) = phrase::between(doc, from, end).filter(|_| !fighting) {
            let found = parties(doc, between);
            if found.len() >= 2 {
                return found;
            }
        }
        let several = subject
            .clone()
            .and_then(|s| several(doc, s.clone()).or_else(|| both(doc, s)));
        // "the two sides said that they had agreed"
        let they = |s: &Range<usize>| {
            s.len() == 1 && tables::third_plurals().contains(&*doc.tokens[s.start].lower)
        };
        let spoken = self
            .speaker
            .is_some_and(|speaker| is_collective(&speaker.name));
        if subject.as_ref().is_some_and(they) && spoken {
            return self.setting.sides.clone();
        }
        let named = subject.is_some();
        let mut sides: Vec<Mention> = several
            .or_else(|| subject.map(|s| parties(doc, s)))
            .unwrap_or_default();
        let with = (at + 1..end)
            .take_while(|i| doc.tokens[*i].tag != Tag::Verb || phrase::nominal(doc, *i))
            .find(|i| tables::accompanying().contains(&*doc.tokens[*i].lower))
            // "in line with the principles of" is no company.
            .filter(|i| !tables::with_idioms().contains(&*doc.tokens[*i - 1].lower));
        // "talks with B in Lenn ended"
        let with = with.or_else(|| {
            let verb = doc.tokens[at].tag == Tag::Verb && !named;
            let talks = self.subject(at).filter(|s| verb && is_talks(doc, s))?;
            let mut words = talks.start + 1..talks.end;
            words.find(|i| tables::accompanying().contains(&*doc.tokens[*i].lower))
        });
        if let Some(with) = with.and_then(|w| phrase::noun_phrase(doc, w + 1, end, Reach::Full)) {
            sides.extend(parties(doc, with));
        }
        // "a new round with the government ended": the other is the one whom the report has talk with it.
        if let (false, [one]) = (named, &sides[..]) {
            let same = |other: &Mention| who::full_name(other) == who::full_name(one);
            if self.setting.sides.len() == 2 && self.setting.sides.iter().any(same) {
                return self.setting.sides.clone();
            }
        }
        sides.retain(|m| !is_collective(&m.name) && !is_collective(&who::full_name(m)));
        if !sides.is_empty() || self.setting.sides.is_empty() {
            sides
        } else {
            self.setting.sides.clone()
        }
    }

    /// The place that a preposition says, before another verb comes between.
    pub(super) fn place(&self, from: usize, end: usize) -> Option<Mention> {
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
                let head = &self.doc.tokens[phrase::head(self.doc, phrase.clone())];
                // "at the request of Velka"
                if head.tag == Tag::Noun
                    && !tables::place_nouns().contains(&*head.lemma)
                    && !tables::settlements().contains(&*head.lemma)
                {
                    return None;
                }
                // "the Velkan capital Port Lenn": the last place named, also where the tree parts it off.
                let settled = tables::settlements().contains(&*head.lemma);
                let beside = phrase::names_in(self.doc, phrase.end..end.min(phrase.end + 3));
                let beside = beside.first().filter(|n| {
                    settled
                        && matches!(n.kind, None | Some(Kind::Place))
                        && phrase::tokens_of(self.doc, n.span).start == phrase.end
                });
                if let Some(name) = beside {
                    return Some((*name).clone());
                }
                let names = phrase::names_in(self.doc, phrase);
                names
                    .into_iter()
                    .rfind(|n| n.kind == Some(Kind::Place))
                    .cloned()
            })
    }

    /// The place that one came to: "arrived in Lenn" is read as any place, "came to Lenn" here.
    pub(super) fn place_to(&self, verb: usize, end: usize) -> Option<Mention> {
        let phrase = self.after(verb + 1, end, tables::given_to(), Reach::Of)?;
        let near = phrase.start <= verb + 3;
        let mut names = phrase::names_in(self.doc, phrase).into_iter();
        names
            .rfind(|n| near && n.kind == Some(Kind::Place))
            .cloned()
    }

    /// "Expressing their will to go on, the delegations left": the subject of the verb that the participle leads to.
    fn leads_to(&self, noun: usize) -> Option<Mention> {
        let doc = self.doc;
        let participle = self.governor(noun)?;
        let leads = doc.tokens[participle].fine == "VBG" && doc.is(participle, "advcl");
        let verb = doc.tokens[participle]
            .head
            .filter(|head| leads && *head > noun)?;
        let subject = tree::subject(doc, verb).filter(|subject| *subject > noun)?;
        Some(self.mention(tree::around(doc, subject, Reach::Of)))
    }

    /// The first of the two who own what "their" stands with: "Brisk and Orsolo affirmed their will".
    fn owners(&self, pronoun: usize, noun: usize) -> Option<Mention> {
        let doc = self.doc;
        if !tables::plural_owners().contains(&*doc.tokens[pronoun].lower) {
            return None;
        }
        let subject = self.subject(self.governor(noun)?)?;
        let first = self.mention(subject.clone());
        let joined = doc.tokens[subject.clone()]
            .iter()
            .any(|t| t.tag == Tag::Cconj);
        let first = phrase::names_in(doc, subject)
            .first()
            .map_or(first, |m| (*m).clone());
        Some(first).filter(|m| joined && m.kind.is_some())
    }

    /// Whose the noun is: "our" is the speaker's, "their" the subject's, a name's or its own.
    pub(super) fn owner(&self, at: usize) -> Option<Mention> {
        let doc = self.doc;
        let phrase = phrase::phrase_ending(doc, at, self.range.start);
        if let Some(name) = phrase
            .clone()
            .and_then(|p| phrase::names_in(doc, p).into_iter().next().cloned())
        {
            return Some(name);
        }
        let possessor =
            phrase.and_then(|p| p.into_iter().find(|i| doc.tokens[*i].tag == Tag::Pron));
        match possessor {
            Some(p) if tables::first_persons().contains(&*doc.tokens[p].lower) => {
                self.speaker.cloned()
            }
            Some(p) if self.owners(p, at).is_some() => self.owners(p, at),
            Some(_) if self.leads_to(at).is_some() => self.leads_to(at),
            Some(p) if who::mention(doc, p..p + 1).stands_for.is_some() => {
                Some(who::mention(doc, p..p + 1))
            }
            _ => {
                // "Expressing their commitment …, the delegations stated": the subject that follows.
                let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
                let verb = (at..sentence.tokens.end).find(|i| {
                    doc.tokens[*i].tag == Tag::Verb && doc.tokens[*i].form == Some(VerbForm::Past)
                })?;
                phrase::subject(doc, verb, self.range.start.min(at))
                    .map(|r| who::mention(doc, r))
                    .or(self.speaker.cloned())
            }
        }
    }
}

/// Words without a quotation mark whose other one stands outside them.
fn paired(words: &str) -> String {
    let count = |mark: char| words.matches(mark).count();
    let mut out = words.to_string();
    // "come in” and “make a deal": the outer ones were cut off.
    let first = words.find(['"', '\u{201c}', '\u{201d}']);
    let closes = first.is_some_and(|at| {
        let before = words[..at].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && c != '(')
    });
    if count('"') % 2 == 1 || closes {
        out = out.replace('"', "");
    }
    if count('\u{201c}') != count('\u{201d}') || closes {
        out = out.replace(['\u{201c}', '\u{201d}'], "");
    }
    out
}

pub(super) fn is(table: &BTreeSet<&'static str>, word: &str) -> bool {
    table.contains(word) || table.contains(&*lemma(word))
}

/// Can it offer, ask, promise, refuse or deny: a name, who stands for one, or people in a function?
pub(super) fn is_party(mention: &Mention) -> bool {
    let known = |w: &str| {
        is(tables::roles(), w)
            || is(tables::groups(), w)
            || is(tables::side_nouns(), w)
            || is(tables::anonymous(), w)
            || is(tables::fighters(), w)
            || rapporteur_text::is_group_noun(w)
    };
    // "international peace and security" is nobody.
    let last = mention.name.split_whitespace().next_back();
    let listed = (mention.name.split_whitespace()).any(|w| tables::conjoining().contains(w));
    let thing = listed && last.is_some_and(|w| tables::abstract_bodies().contains(w));
    let body = |w: &str| rapporteur_text::is_organization_noun(w);
    mention.kind.is_some()
        || mention.stands_for.is_some()
        || mention.role.is_some()
        || tables::first_persons().contains(&*mention.name.to_lowercase())
        || mention
            .name
            .split_whitespace()
            .any(|w| (known(&w.to_lowercase()) || body(&w.to_lowercase())) && !thing)
}

/// "Brisk rang Orsolo and they agreed": the two people, or sides, whom the sentence names before a pronoun for
/// several.
fn several(doc: &Document<'_>, subject: Range<usize>) -> Option<Vec<Mention>> {
    let token = &doc.tokens[subject.start];
    if subject.len() != 1 || !tables::third_plurals().contains(&*token.lower) {
        return None;
    }
    let sentence = doc.sentence_at(token.span.start)?;
    let names = phrase::names_in(doc, sentence.tokens.start..subject.start);
    [true, false].into_iter().find_map(|person| {
        let mut found: Vec<Mention> = Vec::new();
        for name in names.iter().rev() {
            let fits = name.kind.is_some() && (name.kind == Some(Kind::Person)) == person;
            let known = found
                .iter()
                .any(|f| who::full_name(f) == who::full_name(name));
            if fits && !known && found.len() < 2 {
                found.push((*name).clone());
            }
        }
        found.reverse();
        (found.len() == 2).then_some(found)
    })
}

/// How many sentences back the two may be named whom "the two leaders" mean.
const BACK: usize = 3;

/// "the two leaders", "both countries": the last two that the report named before, where it named no third.
fn both(doc: &Document<'_>, subject: Range<usize>) -> Option<Vec<Mention>> {
    let two = |i: usize| tables::two().contains(&*doc.tokens[i].lower);
    let head = phrase::head(doc, subject.clone());
    let noun = &*doc.tokens[head].lemma;
    let kind = match (
        tables::stances().contains(noun),
        tables::lands().contains(noun),
    ) {
        (true, _) => Kind::Person,
        (_, true) => Kind::Place,
        _ => return None,
    };
    if !subject.clone().any(two) {
        return None;
    }
    let byte = doc.tokens[subject.start].span.start;
    let here = doc.sentences.partition_point(|s| s.span.end <= byte);
    let first = doc.sentences.get(here.saturating_sub(BACK))?.tokens.start;
    let names = phrase::names_in(doc, first..subject.start);
    let mut found: Vec<Mention> = Vec::new();
    for name in names.iter().rev().filter(|n| n.kind == Some(kind)) {
        let country = kind == Kind::Person
            || rapporteur_text::country(&name.name).is_some()
            || rapporteur_text::country(&who::full_name(name)).is_some();
        let known = (found.iter()).any(|f| who::full_name(f) == who::full_name(name));
        if country && !known {
            found.push((*name).clone());
        }
    }
    found.reverse();
    (found.len() == 2).then_some(found)
}

/// "amid fighting between A and B" says nothing of whose the talks are.
pub(super) fn is_of_fighting(doc: &Document<'_>, from: usize, end: usize) -> bool {
    let between = |i: &usize| tables::between().contains(&*doc.tokens[*i].lower);
    let noun = (from.max(1)..end).find(between).map(|i| &doc.tokens[i - 1]);
    noun.is_some_and(|noun| {
        let fighting = tables::ground_nouns().contains_key(&*noun.lemma);
        noun.tag == Tag::Noun && (fighting || tables::hostilities().contains(&*noun.lemma))
    })
}

/// "the two sides", "both parties", "the delegations": they name nobody.
pub(super) fn is_collective(name: &str) -> bool {
    name.split_whitespace()
        .next_back()
        .is_some_and(|w| is(tables::side_nouns(), &w.to_lowercase()))
        && !name.chars().any(char::is_uppercase)
}

/// Does the preposition stand before whom a delegation or its members speak for?
pub(super) fn is_owning(word: &str) -> bool {
    tables::of().contains(word) || tables::given_by().contains(word)
}

/// The parties that a noun phrase lists; "representatives of X" and "the delegations of X and Y" are
/// X and Y.
pub(super) fn parties(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    let mut out = Vec::new();
    for item in items(doc, range) {
        // "will meet Friday"
        if phrase::is_time(doc, &item) {
            continue;
        }
        let head = phrase::head(doc, item.clone());
        let of = doc.tokens.get(head + 1).filter(|_| head + 1 < item.end);
        let inner = of
            .filter(|of| is_owning(&of.lower) && is(tables::side_nouns(), &doc.tokens[head].lower))
            .and_then(|_| phrase::governed(doc, head + 1, item.end, is_owning, Reach::Of));
        // "all parties in the margins of the assembly": they name nobody.
        if inner.is_none() && is_collective(&doc.tokens[head].lower) && head + 1 < item.end {
            continue;
        }
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

/// Is the head of the phrase a noun for talks?
pub(super) fn is_talks(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = phrase::head(doc, range.clone());
    // "a press conference"
    let of_reporters = head
        .checked_sub(1)
        .is_some_and(|i| tables::press().contains(&*doc.tokens[i].lower));
    if of_reporters {
        return false;
    }
    if is(tables::talk_nouns(), &doc.tokens[head].lower) {
        return true;
    }
    // "two days of talks"; "the process of negotiations" is something else.
    let of = (head + 1..range.end)
        .find(|i| tables::of().contains(&*doc.tokens[*i].lower))
        .filter(|of| *of == head + 1 && is(tables::spells(), &doc.tokens[head].lower));
    let inner = of.and_then(|of| phrase::noun_phrase(doc, of + 1, range.end, Reach::Head));
    inner.is_some_and(|inner| {
        let head = &doc.tokens[phrase::head(doc, inner)];
        is(tables::talk_nouns(), &head.lower)
    })
}

/// Is it the `to` of an infinitive?
pub(super) fn is_infinitive_marker(token: &Token<'_>) -> bool {
    token.fine == "TO"
}

/// The verb after "to" (or "not to") at `at`.
pub(super) fn infinitive_after(doc: &Document<'_>, at: usize, high: usize) -> Option<usize> {
    let mut at = at;
    let from = at;
    while at < high
        && (doc.tokens[at].tag == Tag::Part
            || doc.tokens[at].tag == Tag::Adv
            || phrase::is_quote_mark(&doc.tokens[at])
            || phrase::in_time(doc, doc.tokens[at].span.start))
    {
        at += 1;
    }
    let to = doc.tokens[from..at].iter().any(is_infinitive_marker);
    let negated = doc.tokens[from..at]
        .iter()
        .position(factuality::is_negation);
    (to && at < high && matches!(doc.tokens[at].tag, Tag::Verb | Tag::Aux))
        .then(|| negated.map_or(at, |n| from + n))
}

/// The items of a list of things, each with its words: "the exchange of prisoners and a ceasefire".
pub(super) fn listed(scene: &Scene<'_, '_>, range: Range<usize>) -> Vec<String> {
    let mut items = items(scene.doc, range);
    if let Some(last) = items.last_mut() {
        *last = with_clause(scene.doc, last.clone(), scene.range.end);
    }
    items
        .into_iter()
        .map(|item| scene.words(phrase::bare(scene.doc, item)))
        .filter(|w| !w.is_empty())
        .collect()
}
