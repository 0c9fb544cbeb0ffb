//! The ways in which words attribute: a source after its words, before them, beside a preposition, a noun or a colon.

use super::content::{
    added_content, circumstances, content_after, contents_until, finite_clause,
    is_leading_adverbial,
};
use super::sources::{
    cannot_speak, clause_of_knowing, is_witness, issuer, leading_source, names_speaker,
    noun_phrase_is_speaker, source_of, widen,
};
use super::words::{
    has_finite, has_verb, is_cue, masked, opens_speech, quoted, starts_quote, trim,
};
use super::{Frame, SPEECH};
use crate::phrase::{self, Reach, is_quote_mark};
use crate::tables::{self, CueKind};
use crate::tree;
use crate::who;
use rapporteur_model::{Form, Kind, Mention, Said, Source, Time};
use rapporteur_text::{Document, Tag, Token, VerbForm};
use std::ops::Range;

/// "Citing officials, the radio reported that …", "…, the radio reported, citing officials": whom the
/// speaker has it from. Its words are cut off the contents.
pub(super) fn cited(doc: &Document<'_>, range: &Range<usize>, found: &mut Frame) -> Option<Frame> {
    let cue = found.cue.clone()?;
    if let Some(frame) = quoted_as(doc, range, found) {
        return Some(frame);
    }
    let opens = |i: &usize| {
        tables::citing().contains(&*doc.tokens[*i].lower)
            && (*i == range.start || doc.tokens[*i - 1].text == ",")
            && !masked(doc, *i, range)
    };
    let at = range.clone().filter(|i| !cue.contains(i)).find(opens)?;
    let phrase = phrase::noun_phrase(doc, at + 1, range.end, Reach::Of)?;
    let head = phrase::head(doc, phrase.clone());
    // "citing the weather": no one who speaks.
    let source =
        source_of(doc, phrase).filter(|s| s.mention.kind.is_some() || names_speaker(doc, head))?;
    for content in &mut found.content {
        if content.contains(&at) && content.start + 1 < at {
            content.end = at - 1;
        }
    }
    Some(Frame {
        source: Some(source),
        cue: Some(at..at + 1),
        kind: CueKind::Plain,
        said: Said::default(),
        negated: false,
        bare: false,
        ..found.clone()
    })
}

/// "“…,” the agency quoted Ada Brisk as saying": whom it quotes.
fn quoted_as(doc: &Document<'_>, range: &Range<usize>, found: &mut Frame) -> Option<Frame> {
    let at = found.cue.as_ref()?.start;
    let opener = at.checked_sub(1).filter(|before| {
        *before > range.start && tables::quoted_as().contains(&*doc.tokens[*before].lower)
    })?;
    let quotes = |i: &usize| {
        let cue = tables::cues().get(&*doc.tokens[*i].lemma);
        doc.tokens[*i].tag == Tag::Verb && cue.is_some_and(|cue| cue.takes("as"))
    };
    let verb = (range.start..opener).rev().find(quotes)?;
    let named = phrase::noun_phrase(doc, verb + 1, opener, Reach::Of)?;
    let agency = phrase::subject(doc, verb, range.start)?;
    let quoted = source_of(doc, named)?;
    found.source = source_of(doc, agency);
    found.cue = Some(verb..verb + 1);
    Some(Frame {
        source: Some(quoted),
        cue: Some(at..at + 1),
        ..found.clone()
    })
}

/// The outermost frame of a range: a source after its words, before them, or "according to".
pub(super) fn frame(doc: &Document<'_>, range: Range<usize>, depth: usize) -> Option<Frame> {
    let cues: Vec<usize> = range
        .clone()
        .filter(|at| is_cue(doc, *at) && !is_open(doc, *at) && !masked(doc, *at, &range))
        .collect();
    let found = cues
        .iter()
        .rev()
        .find_map(|at| after_words(doc, *at, &range))
        .or_else(|| according_to(doc, &range))
        .or_else(|| cues.iter().find_map(|at| before_words(doc, *at, &range)))
        .or_else(|| noun_frame(doc, &range))
        .or_else(|| {
            if depth == 0 {
                bare_speech(doc, &range).or_else(|| named_before_colon(doc, &range))
            } else {
                None
            }
        });
    // "Our fate, I think, was …": the speaker goes on in its own voice. "The attack highlighted the
    // danger": says nothing.
    let mute = |s: &Source| {
        let tokens = phrase::tokens_of(doc, s.mention.span);
        let thing =
            s.mention.kind.is_none() && s.mention.stands_for.is_none() && !tokens.is_empty();
        thing && {
            let head = phrase::head(doc, tokens.clone());
            // "aid workers in the camp", with the first word taken for the head.
            let mut own = tokens.take_while(|at| doc.tokens[*at].tag != Tag::Adp);
            doc.tokens[head].tag == Tag::Noun && !own.any(|at| names_speaker(doc, at))
        }
    };
    // "said the results show that": they say so, and not the results.
    let nested = depth > 0;
    found.filter(|f| {
        let source = f.source.as_ref();
        !source.is_some_and(|s| {
            cannot_speak(&s.mention) || happens(doc, s) || (f.bare || nested) && mute(s)
        })
    })
}

/// "The abduction in Velka underscored that": what happens says nothing.
fn happens(doc: &Document<'_>, source: &Source) -> bool {
    let tokens = phrase::tokens_of(doc, source.mention.span);
    let known = source.mention.kind.is_some() || source.mention.stands_for.is_some();
    if known || tokens.is_empty() {
        return false;
    }
    let head = &doc.tokens[phrase::head(doc, tokens)];
    head.tag == Tag::Noun
        && (tables::happenings().contains(&*head.lemma)
            || tables::ground_nouns().contains_key(&*head.lemma))
}

/// As many words say something without a verb: "People like Orsolo".
const FRAGMENT: usize = 3;

/// "CONTENT, SOURCE said …" and "CONTENT, said SOURCE …", with more content after a further comma.
fn after_words(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Frame> {
    let cue = &tables::cues()[&*doc.tokens[at].lemma];
    // "“Stay down,” they said as Orland vowed a response": what is vowed stands behind.
    let bound = cue.kind == CueKind::Pledge && doc.child(at, "obj").is_some_and(|o| o > at);
    // "…,” the agency said, quoting Brisk": she is whom the agency has it from.
    let cites = tables::citing().contains(&*doc.tokens[at].lower);
    if bound || cites {
        return None;
    }
    let only_quotes = !cue.takes("that") && cue.takes("speech");
    if !(cue.takes("that") || only_quotes) || at == range.start {
        return None;
    }
    // "…, the army said, while the rebels said": up to where another speaks.
    let other = (at + 1..range.end).find(|i| {
        doc.tokens[*i].text == ","
            && i + 2 < range.end
            && tables::contrast().contains(&*doc.tokens[i + 1].lower)
            && matches!(doc.tokens[i + 1].tag, Tag::Cconj | Tag::Sconj)
            && !masked(doc, *i, range)
            && finite_clause(doc, i + 2, range.end)
    });
    let own = range.start..other.unwrap_or(range.end);
    let range = &own;
    let closes = |i: usize| {
        i > range.start
            && (doc.tokens[i - 1].text == ","
                || is_quote_mark(&doc.tokens[i - 1])
                || doc.tokens[i - 1].text == "\u{2014}")
    };
    let group = phrase::group_start(doc, at, range.start);
    let (source, start, mut tail) =
        if closes(at) && !cue.takes("obj") && noun_phrase_is_speaker(doc, at + 1, range.end) {
            // Inverted: "…,” said Ada Brisk, a spokeswoman".
            let source = phrase::noun_phrase(doc, at + 1, range.end, Reach::Full)?;
            (source.clone(), at, source.end)
        } else {
            // An apposition or leading words may stand between comma and subject.
            let close = |source: &Range<usize>| {
                (source.start == group || closes(source.start)) && source.end <= at
            };
            let by_tree = phrase::subject(doc, at, range.start).filter(close);
            let nearby = || phrase::subject_nearby(doc, at, range.start).filter(close);
            let source = by_tree.or_else(nearby)?;
            let start = source.start;
            (source, start, at + 1)
        };
    let content_end = start.checked_sub(1)?;
    let before = trim(doc, range.start..content_end + 1);
    // "By leaving, officials said, the army gave up": around the speaker.
    let parenthetical = doc.tokens[content_end].text == ","
        && doc
            .tokens
            .get(at + 1)
            .is_some_and(|t| at + 2 < range.end && t.text == ",")
        && source.end <= at;
    if parenthetical && !before.is_empty() && has_verb(doc, &(at + 2..range.end)) {
        let source = source_of(doc, widen(doc, source, range));
        return Some(Frame {
            source,
            cue: Some(at..at + 1),
            kind: cue.kind,
            said: Said::default(),
            content: vec![range.start..content_end, at + 2..range.end],
            whole: range.clone(),
            negated: false,
            bare: false,
        });
    }
    // "People like Orsolo, he said.": nothing comes after.
    let closing = at + 1 >= range.end && cue.takes("that") && doc.tokens[content_end].text == ",";
    if before.is_empty()
        || only_quotes && !quoted(doc, &before)
        || !(has_verb(doc, &before) || quoted(doc, &before) || closing && before.len() >= FRAGMENT)
        || is_leading_adverbial(doc, &before)
    {
        return None;
    }
    let mut said = Said::default();
    tail = circumstances(doc, tail, range.end, cue.takes("obj"), &mut said);
    // "In a statement released on Monday, the army said that …": what it says comes after.
    if !quoted(doc, &before) && content_after(doc, at, tail, range, cue).is_some() {
        return None;
    }
    // Appositions of the speaker: ", a spokeswoman for the ministry".
    let mut contents = vec![before];
    let rest = tail..range.end;
    if doc.tokens[rest.clone()]
        .iter()
        .any(|t| tables::complementizers().contains(&*t.lower) && t.tag == Tag::Sconj)
        && !starts_quote(doc, rest.clone())
    {
        // "…, she said, adding that …": the added content is hers, too.
        let added = added_content(doc, rest.clone())?;
        contents.push(added);
    } else if let Some(open) = rest.clone().find(|i| opens_speech(doc, *i)) {
        contents.push(open..range.end);
    } else if let Some(added) = added_content(doc, rest.clone()) {
        contents.push(added);
    }
    let source = source_of(doc, widen(doc, source, range));
    let whole = range.clone();
    Some(Frame {
        source,
        cue: Some(at..at + 1),
        kind: cue.kind,
        said,
        content: contents,
        whole,
        negated: false,
        bare: false,
    })
}

/// "SOURCE said (to whom, where, when) (that) CONTENT".
fn before_words(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Frame> {
    let token = &doc.tokens[at];
    let cue = &tables::cues()[&*token.lemma];
    let passive = phrase::is_passive(doc, at, range.start, range.end);
    if token.form == Some(VerbForm::Base) && at == range.start {
        return None;
    }
    let mut said = Said::default();
    let next = circumstances(doc, at + 1, range.end, cue.takes("obj"), &mut said);
    let (content, whole_clause) = content_after(doc, at, next, range, cue)?;
    // "… and said that …": the subject stands before a frame that was read already.
    let shared = || {
        let opens = phrase::group_start(doc, at, range.start) == range.start;
        let head = tree::subject(doc, at).filter(|head| opens && *head < range.start);
        head.map(|head| tree::around(doc, head, Reach::Full))
            .filter(|words| words.end <= range.start)
    };
    let subject = phrase::agent(doc, at, range.start).or_else(shared);
    let subject = subject.map(|words| named_by_tree(doc, at, words));
    if cue.takes("seen") && !subject.as_ref().is_some_and(|s| is_witness(doc, s)) {
        return None;
    }
    let group = phrase::group_start(doc, at, range.start);
    let negated = doc.tokens[group..at]
        .iter()
        .any(|t| crate::factuality::is_negation(t));
    let (source, start) = match subject {
        Some(subject) if passive => {
            // "it was noted that": whoever the words before name; "X was quoted as saying": X.
            let expletive = subject.len() == 1
                && tables::expletives().contains(&*doc.tokens[subject.start].lower);
            let by = |word: &str| tables::agent().contains(word);
            let agent = phrase::governed(doc, at + 1, content.start, by, Reach::Of);
            let source = match agent {
                Some(agent) => source_of(doc, agent),
                None if expletive => leading_source(doc, range.start..subject.start),
                None if cue.kind == CueKind::Accuse => None,
                None => None,
            };
            if !expletive && source.is_none() {
                return None;
            }
            (source, range.start)
        }
        // "It is worth mentioning that".
        Some(subject)
            if token.form == Some(VerbForm::Ing)
                && subject.len() == 1
                && tables::expletives().contains(&*doc.tokens[subject.start].lower) =>
        {
            (None, range.start)
        }
        Some(subject) => {
            let wide = widen(doc, subject.clone(), range);
            match issuer(doc, &wide, range) {
                Some((source, start)) => (Some(source), start),
                None => (source_of(doc, wide.clone()), wide.start),
            }
        }
        None => return None,
    };
    // "I hope that", "talks had begun": the speaker goes on in its own voice; talks say nothing.
    if source.as_ref().is_some_and(|s| cannot_speak(&s.mention)) {
        return None;
    }
    let start = start.max(range.start);
    let source_start = start;
    // Leading adverbials of the verb of saying ("On Monday the army said") are no content.
    let start = if is_leading_adverbial(doc, &(range.start..start.max(range.start + 1)))
        || start <= range.start + 1
    {
        range.start
    } else {
        start
    };
    // What is denied, demanded or pledged is not asserted: it stays with its verb, unless it is said
    // in the source's own words.
    let content = content.start..beside(doc, at, &content);
    let binding = matches!(cue.kind, CueKind::Deny | CueKind::Ask | CueKind::Pledge);
    let own_words = starts_quote(doc, content.start.saturating_sub(1)..content.end);
    let whole_clause = whole_clause || binding && !own_words;
    let content = if binding && whole_clause {
        let end = phrase::clause_end(doc, at, content.end);
        // "rejected the claims, stating, “They are lies”": a saying of its own.
        let says = |i: &usize| {
            let next = doc.tokens.get(i + 2).filter(|_| i + 2 < range.end);
            let speech = |t: &Token<'_>| t.text == "," || is_quote_mark(t);
            doc.tokens[*i].text == ","
                && doc.tokens[i + 1].fine == "VBG"
                && is_cue(doc, i + 1)
                && next.is_some_and(speech)
        };
        let aside = (content.start + 1..end.saturating_sub(1)).find(says);
        content.start..aside.unwrap_or(end)
    } else {
        content
    };
    let leading = range.start..source_start;
    // "On Monday, the army said that": when it was said.
    if said.when.is_none() && start == range.start && !leading.is_empty() {
        let stretch = |t: &&Time| matches!(t.form, Form::Stretch { .. } | Form::Vague);
        let times = doc.times_over(doc.span(leading.clone()));
        said.when = times.first().filter(|t| !stretch(t)).cloned();
    }
    let (end, mut contents) = if whole_clause {
        // "condemned the attack": what is said is the whole of it; but not ", after she had called a meeting".
        let aside = |i: &usize| {
            let opens = doc.tokens.get(i + 1).filter(|_| i + 2 < content.end);
            let clause = opens.and_then(|t| t.head);
            doc.tokens[*i].text == ","
                && opens.is_some_and(|t| matches!(t.relation, "mark" | "advmod"))
                && clause.is_some_and(|v| doc.is(v, "advcl") && doc.tokens[v].head == Some(at))
        };
        let end = (content.start + 1..content.end).find(aside);
        let end = end.unwrap_or(content.end);
        (end, vec![start..end])
    } else {
        contents_until(doc, content, range)
    };
    // "Expressing their will to go on, the delegations said that …": theirs, too.
    if start == range.start
        && leading.len() > 3
        && doc.tokens[range.start].form == Some(VerbForm::Ing)
        && is_cue(doc, range.start)
    {
        contents.insert(0, leading);
    }
    Some(Frame {
        source,
        cue: Some(at..at + 1),
        kind: cue.kind,
        said,
        content: contents,
        whole: start..end,
        negated,
        bare: whole_clause,
    })
}

/// Where the content ends before what is told beside it: "the men who they believe are armed and warned of others",
/// "warned them to “hide” as the allies vowed revenge", "said he would ask for it while Brisk called for more".
pub(super) fn beside(doc: &Document<'_>, cue: usize, content: &Range<usize>) -> usize {
    /// How far above the cue.
    const HOPS: usize = 6;
    let above = std::iter::successors(doc.tokens[cue].head, |at| doc.tokens[*at].head);
    let above: Vec<usize> = above.take(HOPS).filter(|_| doc.is(cue, "acl")).collect();
    let joins = |at: usize| {
        let verb = doc.tokens[at]
            .head
            .filter(|_| doc.tokens[at].tag == Tag::Cconj);
        let verb = verb.filter(|verb| doc.is(*verb, "conj") && doc.tokens[*verb].tag == Tag::Verb);
        verb.and_then(|verb| doc.tokens[verb].head)
            .is_some_and(|first| above.contains(&first))
    };
    let meanwhile = |at: usize| {
        let word = &*doc.tokens[at].lower;
        let opens = tables::meanwhile().contains(word) && doc.is(at, "mark");
        let verb = doc.tokens[at]
            .head
            .filter(|verb| opens && doc.is(*verb, "advcl"));
        verb.is_some_and(|verb| {
            // "while Brisk called" may be taken for a participle, but has neither "was" nor "had".
            let alone = doc.tokens[verb].fine == "VBN" && doc.child(verb, "aux").is_none();
            let finite = matches!(doc.tokens[verb].fine, "VBD" | "VBZ" | "VBP") || alone;
            let subject = doc.child(verb, "nsubj").filter(|s| *s > at && finite);
            let named = |s: usize| doc.tokens[s].tag == Tag::Propn;
            let of_cue = doc.tokens[verb].head == Some(cue);
            let contrast = !tables::quoted_as().contains(word);
            subject.is_some_and(|s| of_cue || contrast && named(s))
        })
    };
    let quoted = |at: usize| who::in_quote(doc, doc.tokens[at].span.start);
    let mut inner = content.start + 1..content.end;
    inner
        .find(|at| (joins(*at) || meanwhile(*at)) && !quoted(*at))
        .unwrap_or(content.end)
}

/// "Ada Brisk of the Port party, explained": the person at the head of the subject, where the words before the verb
/// belong to her phrase.
fn named_by_tree(doc: &Document<'_>, verb: usize, words: Range<usize>) -> Range<usize> {
    let Some(head) = doc.child(verb, "nsubj").filter(|head| *head < words.start) else {
        return words;
    };
    let all = tree::around(doc, head, Reach::Full);
    let own = tree::around(doc, head, Reach::Head);
    let person = phrase::names_in(doc, own.clone())
        .iter()
        .any(|name| name.kind == Some(Kind::Person));
    // "A statement after the call said": who or what speaks.
    let thing = !names_speaker(doc, phrase::head(doc, words.clone()));
    let speaks = person || thing && names_speaker(doc, head);
    let holds = all.start <= words.start && words.end <= all.end;
    if speaks && holds && own.end <= words.start {
        own
    } else {
        words
    }
}

/// "Will nobody tell him that …", "Velka should reply that …": not said.
fn is_open(doc: &Document<'_>, at: usize) -> bool {
    let auxiliary = doc.child(at, "aux").filter(|aux| *aux < at);
    let due = |aux: usize| tables::obligation().contains(&*doc.tokens[aux].lower);
    let plain = || tables::cues()[&*doc.tokens[at].lemma].kind == CueKind::Plain;
    // "was the first to claim the attack": to have done it.
    let attack = doc.child(at, "obj").is_some_and(|object| {
        let ground = tables::ground_nouns().get(&*doc.tokens[object].lemma);
        ground.is_some_and(|(ground, _)| {
            *ground == tables::Ground::Does(rapporteur_model::Action::Attacked)
        })
    });
    let claimed = attack && tables::claiming_verbs().contains(&*doc.tokens[at].lemma);
    is_asked(doc, at) || claimed || auxiliary.is_some_and(due) && plain()
}

/// Does the verb's subject stand behind its auxiliary, as in questions?
pub(super) fn is_asked(doc: &Document<'_>, at: usize) -> bool {
    let auxiliary = doc.child(at, "aux");
    let subject = doc.child(at, "nsubj").filter(|subject| *subject < at);
    auxiliary.is_some_and(|aux| subject.is_some_and(|subject| aux < subject))
}

/// "According to SOURCE, CONTENT" and "CONTENT, according to SOURCE".
fn according_to(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let (at, past) = range.clone().find_map(|at| {
        let known = |count: usize| {
            let words = doc.tokens.get(at..at + count)?;
            let words: Vec<&str> = words.iter().map(|t| &*t.lower).collect();
            tables::prepositional_cues()
                .contains(&*words.join(" "))
                .then_some((at, at + count))
        };
        let found = known(2).or_else(|| known(3))?;
        (!masked(doc, at, range)).then_some(found)
    })?;
    let named = phrase::noun_phrase(doc, past, range.end, Reach::Of)?;
    // "goes according to plan"
    if named.len() == 1 && tables::plainly().contains(&*doc.tokens[named.start].lower) {
        return None;
    }
    let named = clause_of_knowing(doc, named, range.end);
    let comma = (named.end..range.end).find(|i| doc.tokens[*i].text == ",");
    let before = trim(doc, range.start..at);
    let (contents, reach) = if before.is_empty() {
        let from = comma.map_or(named.end, |c| c + 1);
        (vec![trim(doc, from..range.end)], comma.unwrap_or(named.end))
    } else {
        match comma {
            Some(c) if c + 2 < range.end && has_verb(doc, &(c + 1..range.end)) => {
                (vec![before, trim(doc, c + 1..range.end)], c)
            }
            _ => (vec![before], range.end),
        }
    };
    let contents: Vec<_> = contents.into_iter().filter(|c| !c.is_empty()).collect();
    if contents.is_empty() {
        return None;
    }
    // "the information that our reporter obtained from local officials": from whom it comes.
    let obtained = (named.start..reach).find(|i| {
        doc.tokens[*i].tag == Tag::Verb && tables::obtaining().contains(&*doc.tokens[*i].lemma)
    });
    let given = |word: &str| tables::given_by().contains(word);
    let from = obtained.and_then(|v| phrase::governed(doc, v, reach, given, Reach::Of));
    let source = source_of(doc, from.unwrap_or(named));
    let cue = Some(at..past);
    Some(Frame {
        source,
        cue,
        kind: CueKind::Plain,
        said: Said::default(),
        content: contents,
        whole: range.clone(),
        negated: false,
        bare: false,
    })
}

/// "Velka's announcement in May that CONTENT".
pub(super) fn noun_frame(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    range.clone().find_map(|at| {
        let token = &doc.tokens[at];
        if token.tag != Tag::Noun
            || !tables::noun_cues().contains(&*token.lemma)
            || masked(doc, at, range)
        {
            return None;
        }
        let mut said = Said::default();
        let next = circumstances(doc, at + 1, range.end, false, &mut said);
        let that = doc.tokens.get(next).filter(|t| {
            next < range.end && t.tag == Tag::Sconj && tables::complementizers().contains(&*t.lower)
        });
        that?;
        let owner = phrase::phrase_ending(doc, at, range.start);
        let by = |word: &str| tables::agent().contains(word) || tables::given_by().contains(word);
        let agent = phrase::governed(doc, at + 1, next, by, Reach::Of);
        let names = |r: &Range<usize>| !phrase::names_in(doc, r.clone()).is_empty();
        let source = agent.or_else(|| owner.filter(names).map(|o| phrase::bare(doc, o)))?;
        let whole = source.start.min(at)..range.end;
        let source = source_of(doc, source);
        Some(Frame {
            source,
            cue: Some(at..at + 1),
            kind: CueKind::Plain,
            said,
            content: vec![next + 1..range.end],
            whole,
            negated: false,
            bare: false,
        })
    })
}

/// Speech in quotation marks without a verb of saying: "The minister was blunt: “…”".
fn bare_speech(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let quote = doc.quotes_near(range.clone()).iter().find(|q| {
        range.start < q.tokens.start && q.tokens.start < range.end && q.tokens.len() >= SPEECH
    })?;
    let open = quote.tokens.start - 1;
    let colon = open > range.start && doc.tokens[open - 1].text == ":";
    let verb = (range.start..open)
        .find(|i| doc.tokens[*i].tag == Tag::Verb || doc.tokens[*i].tag == Tag::Aux)
        .filter(|_| colon)?;
    let subject = phrase::subject(doc, verb, range.start)?;
    let source = source_of(doc, subject.clone());
    let end = range.end.min(quote.tokens.end);
    Some(Frame {
        source,
        cue: None,
        kind: CueKind::Plain,
        said: Said::default(),
        content: vec![open..end],
        whole: open..end,
        negated: false,
        bare: false,
    })
}

/// The most words that name a speaker before a colon.
const SPEAKER: usize = 10;

/// "Brisk: Talks have failed", as headlines put it: a person or body, a colon, what they say.
fn named_before_colon(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let colon = range
        .clone()
        .take(SPEAKER)
        .find(|at| doc.tokens[*at].text == ":")?;
    let named = phrase::noun_phrase(doc, range.start, colon, Reach::Of)?;
    // "Reuters:Orlo Agency The girls …": whose picture it is.
    let credit = doc
        .tokens
        .get(colon + 1)
        .is_some_and(|t| !t.spaced && !phrase::is_quote_mark(t));
    if named.end != colon || credit {
        return None;
    }
    let names = phrase::names_in(doc, named.clone());
    let speaks = |name: &&Mention| {
        matches!(name.kind, Some(Kind::Person | Kind::Organization))
            && phrase::tokens_of(doc, name.span).end == named.end
    };
    // "Local media: Blast kills 12"
    let head = phrase::head(doc, named.clone());
    let unnamed = tables::anonymous().contains(&*doc.tokens[head].lower)
        || tables::press().contains(&*doc.tokens[head].lower);
    if !unnamed && !names.iter().any(speaks) {
        return None;
    }
    let content = colon + 1..range.end;
    if !has_finite(doc, &content) || content.len() < 3 {
        return None;
    }
    Some(Frame {
        source: source_of(doc, named),
        cue: Some(colon..colon + 1),
        kind: CueKind::Plain,
        said: Said::default(),
        content: vec![content],
        whole: range.clone(),
        negated: false,
        bare: false,
    })
}
