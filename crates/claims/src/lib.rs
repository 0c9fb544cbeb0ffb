//! Documents to claims: who says what about the talks, the field and the counts.
//!
//! [`find`] splits a document into voices (who speaks which words), and reads each voice's words for
//! what they say of ground, of talks and of numbers. What is none of these is a statement: every
//! assertion of a report stands in the record with who made it.

#[expect(
    clippy::single_range_in_vec_init,
    reason = "contents are lists of ranges, mostly of one"
)]
mod attribution;
mod code;
mod codebook;
mod count;
mod event;
mod factuality;
mod ground;
mod occasion;
mod phrase;
mod tables;
mod talks;
mod tree;
mod who;
#[expect(
    clippy::single_range_in_vec_init,
    reason = "contents are lists of ranges, mostly of one"
)]
mod whole;

pub use code::{Coded, code};

use attribution::Voice;
use rapporteur_model::{
    Aspect, Attribution, Certainty, Claim, Factuality, Figure, Mention, Polarity, Realis, Span,
    Subject, Time, What,
};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeMap;
use std::ops::Range;
use tables::CueKind;

/// Finds every claim of a report, in order of the text. The same document gives the same claims.
pub fn find(document: &Document<'_>) -> Vec<Claim> {
    let setting = talks::Setting::of(document);
    let mut claims: Vec<Claim> = Vec::new();
    let voices = attribution::voices(document);
    for voice in &voices {
        claims.extend(of_voice(document, voice, &setting));
    }
    for voice in attribution::beside(document, &voices) {
        claims.extend(done_beside(document, &voice, &setting));
    }
    claims.sort_by_key(|c| c.evidence().span().start);
    let whole = whole::find(document, &voices);
    let mut said = Vec::new();
    for voice in attribution::further(document, &voices, &whole) {
        let span = attribution::span(document, &voice);
        let first = claims.partition_point(|c| c.evidence().span().start < span.start);
        let inside = claims[first..].iter_mut();
        let inside = inside.take_while(|c| c.evidence().span().start < span.end);
        said.extend(say(document, &voice, inside));
    }
    claims.extend(said);
    claims.sort_by_key(|c| c.evidence().span().start);
    let taken = sides_taken(document, &voices, &whole, &setting, &claims);
    claims.extend(taken);
    drop_outer(&mut claims);
    occasion::date(document, &mut claims);
    claims.sort_by_key(|c| (c.evidence().span().start, c.evidence().span().end));
    claims.dedup_by(|a, b| a.id() == b.id());
    claims
}

/// How many claims of a sentence are looked at for whether they tell the same.
const NEAR: usize = 64;

/// Demands, pledges, denials and refusals that only whole attributions show: where no claim about talks holds the
/// verb that tells them.
fn sides_taken(
    doc: &Document<'_>,
    voices: &[Voice],
    whole: &[whole::Whole],
    setting: &talks::Setting,
    claims: &[Claim],
) -> Vec<Claim> {
    let mut taken = Vec::new();
    if !setting.concerned {
        return taken;
    }
    for whole in whole {
        let token = &doc.tokens[whole.head];
        let index = doc
            .sentences
            .partition_point(|s| s.span.end <= token.span.start);
        let Some(sentence) = doc.sentences.get(index) else {
            continue;
        };
        if is_caption(doc.slice(sentence.span)) {
            continue;
        }
        let first = voices.partition_point(|voice| voice.sentence < index);
        let here = voices[first..].iter().take_while(|v| v.sentence == index);
        let holding = here.filter(|voice| voice.tokens.contains(&whole.head));
        let voice = holding.min_by_key(|voice| voice.tokens.len());
        let attribution = voice.map(|voice| attribution::attribution(doc, voice));
        let attribution = attribution.unwrap_or_default();
        let speaker: Option<Mention> = attribution.sources.first().map(|s| s.mention.clone());
        let scene = talks::Scene {
            doc,
            range: sentence.tokens.clone(),
            speaker: speaker.as_ref(),
            setting,
        };
        let Some(found) = talks::attributed(&scene, whole) else {
            continue;
        };
        let span = doc.span(found.tokens.clone());
        let first = claims.partition_point(|c| c.evidence().span().start < sentence.span.start);
        let mut near = claims[first..]
            .iter()
            .take_while(|c| c.evidence().span().start < sentence.span.end)
            .take(NEAR);
        let known = near.any(|c| match &c.what().subject {
            Subject::Talks(detail) => {
                c.evidence().span().contains(token.span) && talks::is_told(detail, &found.detail)
                    || detail.aspect == found.detail.aspect && c.evidence().span().overlaps(span)
            }
            _ => false,
        });
        if known {
            continue;
        }
        let detail = found.detail;
        let (event, mode) = event::of_talks(doc, &detail, &found.tokens);
        let what = named_only(What {
            attribution,
            event,
            mode,
            actor: detail.by.iter().chain(&detail.by_others).cloned().collect(),
            recipient: detail.to.iter().cloned().collect(),
            figures: figures_in(doc, span),
            factuality: found.factuality,
            subject: Subject::Talks(Box::new(detail)),
            ..What::default()
        });
        taken.extend(Claim::new(doc.report, span, sentence.span, what));
    }
    taken
}

/// Drops what the words of an outer voice tell again: the same ground or talks in the same sentence, with fewer
/// sources behind it.
fn drop_outer(claims: &mut Vec<Claim>) {
    let told: Vec<(Span, Span, usize, Option<String>)> = claims
        .iter()
        .map(|c| {
            let what = c.what();
            let own = matches!(what.subject, Subject::Ground(_) | Subject::Talks(_));
            let told = own.then(|| format!("{:?} {:?}", what.subject, what.place));
            let (span, sentence) = (c.evidence().span(), c.sentence());
            (span, sentence, what.attribution.sources.len(), told)
        })
        .collect();
    let mut by_sentence: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, (_, sentence, ..)) in told.iter().enumerate() {
        by_sentence
            .entry((sentence.start, sentence.end))
            .or_default()
            .push(index);
    }
    let again = |index: usize| {
        let (span, sentence, sources, subject) = &told[index];
        let near = by_sentence.get(&(sentence.start, sentence.end));
        subject.is_some()
            && near.into_iter().flatten().take(NEAR).any(|other| {
                let (inner, _, more, same) = &told[*other];
                *other != index && same == subject && more > sources && span.contains(*inner)
            })
    };
    let keep: Vec<bool> = (0..claims.len()).map(|index| !again(index)).collect();
    let mut keep = keep.into_iter();
    claims.retain(|_| keep.next().unwrap_or(true));
}

/// Every attribution of a report, in order: also those of attitudes ("backs the plan"), which claim nothing.
pub fn attributions(document: &Document<'_>) -> Vec<AttributionSpans> {
    let voices = attribution::voices(document);
    let spans = |whole: whole::Whole| AttributionSpans {
        source: whole.source.map(|source| document.span(source)),
        cue: Some(document.span(whole.cue)),
        content: (whole.content.into_iter())
            .map(|range| document.span(range))
            .collect(),
        depth: whole.depth,
    };
    whole::find(document, &voices)
        .into_iter()
        .map(spans)
        .collect()
}

/// One attribution, as ranges of the report's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionSpans {
    /// The words that name who says it; `None`: the words name nobody.
    pub source: Option<Span>,
    /// The words that attribute.
    pub cue: Option<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// In how many other attributions' contents it stands: 0 is the report's own.
    pub depth: usize,
}

/// What the words around an attribution say of ground and talks, beside what is said in it: "Brisk, who vowed to
/// leave, said …", "Brisk met Orsolo and said …".
fn done_beside(doc: &Document<'_>, voice: &Voice, setting: &talks::Setting) -> Vec<Claim> {
    let mut claims = of_voice(doc, voice, setting);
    claims.retain(|c| matches!(c.what().subject, Subject::Ground(_) | Subject::Talks(_)));
    claims
}

/// The claims of one voice: one for each thing its words say of ground, talks and counts, and a
/// statement for its words as a whole where they say none of these.
fn of_voice(doc: &Document<'_>, voice: &Voice, setting: &talks::Setting) -> Vec<Claim> {
    let range = voice.tokens.clone();
    if !is_assertion(doc, voice) {
        return vec![];
    }
    let attribution = attribution::attribution(doc, voice);
    let speaker: Option<Mention> = attribution.sources.first().map(|s| s.mention.clone());
    let sentence = doc.sentences[voice.sentence].span;
    let mut claims = Vec::new();
    let mut add = |tokens: Range<usize>, mut what: What| {
        what.factuality = as_put(voice, &what);
        what.when = not_of_saying(what.when, &attribution);
        let tokens = widen(doc, tokens, &range);
        let what = named_only(what);
        let span = if tokens.is_empty() {
            doc.span(range.clone())
        } else {
            doc.span(tokens)
        };
        claims.extend(Claim::new(doc.report, span, sentence, what));
    };
    let scene = talks::Scene {
        doc,
        range: range.clone(),
        speaker: speaker.as_ref(),
        setting,
    };
    let (mut ground, mut said_of_talks) = (vec![], vec![]);
    if setting.concerned && !is_caption(doc.slice(sentence)) {
        ground = ground::find(doc, range.clone(), speaker.as_ref());
        said_of_talks = talks::find(&scene);
    }
    said_of_talks.extend(quoted_pledge(&scene, voice, &said_of_talks));
    said_of_talks.extend(voiced_demand(&scene, voice, &said_of_talks));
    // "promised not to attack Velka" is told by the promise.
    let promised: Vec<Range<usize>> = said_of_talks
        .iter()
        .filter(|f| f.detail.aspect == Aspect::Pledge)
        .map(|f| f.tokens.clone())
        .collect();
    ground.retain(|f| {
        let open =
            f.factuality.realis == Realis::Planned || f.factuality.polarity == Polarity::Negative;
        !open || !promised.iter().any(|p| p.contains(&f.at()))
    });
    let fought = ground.iter().map(count::Fought::of).collect::<Vec<_>>();
    for f in ground {
        let (event, mode) = event::of_ground(doc, f.action, f.at());
        let figures = figures_of(doc, doc.span(f.tokens.clone()), f.at());
        add(
            f.tokens.clone(),
            What {
                attribution: attribution.clone(),
                subject: Subject::Ground(f.action),
                event,
                mode,
                actor: f.actor,
                recipient: f.recipient,
                place: f.place,
                when: f.when,
                figures,
                factuality: f.factuality,
                ..What::default()
            },
        );
    }
    for mut f in said_of_talks {
        let third_party = talks::brokers(doc, &f);
        // "talks hosted by Lenn": there, where no other place is said.
        let host = third_party
            .iter()
            .find(|m| m.kind == Some(rapporteur_model::Kind::Place));
        if let (Some(host), None) = (
            host.filter(|_| f.detail.aspect == Aspect::Round),
            &f.detail.place,
        ) {
            f.detail.place = Some(host.clone());
        }
        let detail = f.detail;
        let (event, mode) = event::of_talks(doc, &detail, &f.tokens);
        let actor: Vec<Mention> = detail
            .by
            .iter()
            .chain(&detail.by_others)
            .chain(&detail.party)
            .cloned()
            .chain(detail.parties.iter().cloned())
            .collect();
        add(
            f.tokens.clone(),
            What {
                attribution: attribution.clone(),
                event,
                mode,
                actor,
                recipient: detail.to.iter().chain(&detail.to_others).cloned().collect(),
                third_party,
                place: detail.place.iter().cloned().collect(),
                when: detail.when.clone(),
                figures: figures_in(doc, doc.span(f.tokens)),
                factuality: f.factuality,
                subject: Subject::Talks(Box::new(detail)),
            },
        );
    }
    add_rest(
        doc,
        voice,
        &attribution,
        setting.concerned,
        &fought,
        &mut claims,
    );
    claims
}

/// A voice that only the trees show: claims that were read from its words as another's are its own; the words
/// as a whole are its statement, which is given back.
fn say<'c>(
    doc: &Document<'_>,
    voice: &Voice,
    claims: impl Iterator<Item = &'c mut Claim>,
) -> Option<Claim> {
    let attribution = attribution::attribution(doc, voice);
    let span = attribution::span(doc, voice);
    let clause = voice.chain.first().is_some_and(|frame| !frame.bare);
    if clause {
        for claim in claims {
            let inside = span.contains(claim.evidence().span());
            let known = &claim.what().attribution;
            let nearer = known.sources.len() < attribution.sources.len()
                && !known.cue_span.is_some_and(|cue| span.contains(cue));
            if inside && nearer && claim.what().subject != Subject::Statement {
                let what = What {
                    attribution: attribution.clone(),
                    ..claim.what().clone()
                };
                let what = What {
                    factuality: as_put(voice, &what),
                    ..what
                };
                let own = Claim::new(doc.report, claim.evidence().span(), claim.sentence(), what);
                if let Some(own) = own {
                    *claim = own;
                }
            }
        }
    }
    let verb = finite_verb(doc, &voice.tokens);
    let mut what = What {
        attribution: attribution.clone(),
        subject: Subject::Statement,
        when: not_of_saying(ground::when(doc, verb, &voice.tokens), &attribution),
        figures: figures_in(doc, span),
        factuality: factuality::of(doc, verb, &voice.tokens),
        ..What::default()
    };
    what.factuality = as_put(voice, &what);
    // "asked for the release of 12"
    if let Some(realis) = count::open(doc, &what.figures) {
        what.factuality.realis = realis;
    }
    Claim::new(doc.report, span, doc.sentences[voice.sentence].span, what)
}

/// The first verb of a range; its first word where it has none.
fn finite_verb(doc: &Document<'_>, range: &Range<usize>) -> usize {
    let is_verb = |i: &usize| matches!(doc.tokens[*i].tag, Tag::Verb | Tag::Aux);
    range.clone().find(is_verb).unwrap_or(range.start)
}

/// "promised to “never attack Velka”": words that are quoted from a pledge are its content.
fn quoted_pledge(
    scene: &talks::Scene<'_, '_>,
    voice: &Voice,
    found: &[talks::Finding],
) -> Option<talks::Finding> {
    let frame = voice.chain.first()?;
    let pledged = frame.kind == CueKind::Pledge && !frame.bare && !frame.negated;
    let known = found.iter().any(|f| f.detail.aspect == Aspect::Pledge);
    if !pledged || known || !scene.setting.concerned {
        return None;
    }
    talks::pledged(scene)
}

/// "demanded that they leave", "suggested that it withdraw": what a verb of asking asks for.
fn voiced_demand(
    scene: &talks::Scene<'_, '_>,
    voice: &Voice,
    found: &[talks::Finding],
) -> Option<talks::Finding> {
    let frame = voice.chain.first()?;
    let known = found.iter().any(|f| f.detail.aspect == Aspect::Demand);
    if frame.negated || known || !scene.setting.concerned {
        return None;
    }
    let cue = frame
        .cue
        .clone()?
        .find(|i| scene.doc.tokens[*i].tag == Tag::Verb)?;
    let asks = frame.kind == CueKind::Ask && !frame.bare;
    talks::demanded(scene, cue, asks)
}

/// A count where the words count something that no other claim holds; a statement where they say
/// nothing else.
fn add_rest(
    doc: &Document<'_>,
    voice: &Voice,
    attribution: &Attribution,
    concerned: bool,
    fought: &[count::Fought],
    claims: &mut Vec<Claim>,
) {
    let range = voice.tokens.clone();
    let span = attribution::span(doc, voice);
    let sentence = doc.sentences[voice.sentence].span;
    let verb = finite_verb(doc, &range);
    let factuality = factuality::of(doc, verb, &range);
    let counts: Vec<Figure> = count::counts(figures_in(doc, span));
    let counts = counts
        .into_iter()
        .filter(|f| !count::is_glued(doc, f))
        .collect();
    for group in count::by_clause(doc, &range, counts) {
        let (tokens, figures) = group;
        if count::is_ability(doc, &figures) {
            continue;
        }
        let told = count::event_words(doc, &tokens, &figures);
        let fight = count::fought(doc, &told, fought);
        let mut actor = count::actor(doc, &tokens, &figures);
        let mut place = count::place(doc, &told, &tokens, &range);
        let mut when = count::when(doc, &told, &tokens);
        // "59 were killed, and 527 were injured in Velka on Sunday": there and then, both.
        let (joined, rest) = (count::joined(doc, &told), tokens.start..range.end);
        if place.is_empty() && !joined.is_empty() {
            place = count::place(doc, &joined, &rest, &range);
        }
        if when.is_none() && !joined.is_empty() {
            when = count::when(doc, &joined, &rest);
        }
        if let Some(fight) = fight {
            fight.fill(&figures, &mut actor, &mut place, &mut when);
        }
        let (event, mode) = count::event(doc, sentence, &figures, !actor.is_empty(), concerned);
        let mut factuality = count::verb(doc, &tokens, &figures)
            .map_or_else(Factuality::default, |verb| {
                factuality::of(doc, verb, &tokens)
            });
        if let Some(realis) = count::open(doc, &figures) {
            factuality.realis = realis;
        }
        if figures.iter().any(|f| count::blamed(doc, f).is_some()) {
            factuality.certainty = Certainty::Possible;
        }
        // "no casualties": none are counted, and that is so.
        if figures.iter().all(|f| f.high == Some(0.0)) {
            factuality.polarity = Polarity::Positive;
        }
        let what = What {
            attribution: attribution.clone(),
            subject: Subject::Count,
            event,
            mode,
            actor,
            place,
            when: not_of_saying(when, attribution),
            figures,
            factuality,
            ..What::default()
        };
        let what = What {
            factuality: as_put(voice, &what),
            ..what
        };
        claims.extend(Claim::new(doc.report, doc.span(tokens), sentence, what));
    }
    // The words as a whole, unless another claim holds nearly all of them.
    if claims
        .iter()
        .all(|c| c.evidence().span().len() * 5 < span.len() * 4)
    {
        let (event, mode) = match concerned {
            true => event::of_statement(doc, &range),
            false => (None, None),
        };
        let figures = figures_in(doc, span);
        let told = count::event_words(doc, &range, &figures);
        let mut place = vec![];
        if figures.iter().any(|f| f.fate.is_some()) {
            place = count::place(doc, &told, &range, &range);
        }
        let what = What {
            attribution: attribution.clone(),
            subject: Subject::Statement,
            event,
            mode,
            place,
            when: not_of_saying(ground::when(doc, verb, &range), attribution),
            figures,
            factuality,
            ..What::default()
        };
        let what = What {
            factuality: as_put(voice, &what),
            ..what
        };
        claims.extend(Claim::new(doc.report, span, sentence, what));
    }
}

/// The factuality as the verb of saying puts it: what somebody denies is not so to them, what they
/// demand or pledge has not happened.
fn as_put(voice: &Voice, what: &What) -> Factuality {
    let mut factuality = what.factuality;
    // "did not say that …": said by nobody.
    if voice.chain.iter().any(|f| f.negated && !f.bare) {
        factuality.certainty = Certainty::Uncommitted;
    }
    let Some(frame) = voice.chain.first() else {
        return factuality;
    };
    if !frame.bare {
        // "denied a deal had been reached"
        let denies = frame.kind == CueKind::Deny && !frame.negated && !voice.quoted;
        if denies && matches!(&what.subject, Subject::Talks(d) if d.aspect == Aspect::Agreement) {
            factuality.polarity = Polarity::Negative;
        }
        return factuality;
    }
    let own = matches!(&what.subject, Subject::Talks(detail) if matches!(detail.aspect, Aspect::Denial | Aspect::Pledge | Aspect::Demand));
    match frame.kind {
        _ if own => {}
        CueKind::Deny => factuality.polarity = Polarity::Negative,
        CueKind::Ask => factuality.realis = Realis::Demanded,
        CueKind::Pledge => factuality.realis = Realis::Planned,
        _ => {}
    }
    factuality
}

/// A time, unless it is when the words were said.
fn not_of_saying(when: Option<Time>, attribution: &Attribution) -> Option<Time> {
    let said = attribution.said.when.as_ref().map(|t| t.span);
    when.filter(|t| Some(t.span) != said)
}

/// Without mentions that no words name.
fn named_only(mut what: What) -> What {
    for list in [
        &mut what.actor,
        &mut what.recipient,
        &mut what.third_party,
        &mut what.place,
    ] {
        list.retain(|m| !m.name.is_empty() && !m.span.is_empty());
    }
    if let Subject::Talks(detail) = &mut what.subject {
        detail.parties.retain(|m| !m.name.is_empty());
        detail.members.retain(|m| !m.name.is_empty());
    }
    what
}

/// A finding's words, with what stands around them in the voice where that says nothing on its own:
/// an article, "On Monday", a closing adverb.
fn widen(doc: &Document<'_>, tokens: Range<usize>, range: &Range<usize>) -> Range<usize> {
    let finite = |r: Range<usize>| {
        doc.tokens[r]
            .iter()
            .any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
    };
    let (mut start, mut end) = (tokens.start.max(range.start), tokens.end.min(range.end));
    if start < end && !finite(range.start..start) {
        start = range.start;
    }
    if start < end && !finite(end..range.end) {
        end = range.end;
    }
    while start > range.start && tables::articles().contains(&*doc.tokens[start - 1].lower) {
        start -= 1;
    }
    start..end
}

fn figures_in(doc: &Document<'_>, span: Span) -> Vec<Figure> {
    doc.figures_in(span)
        .filter(|f| !count::is_of_sides(f))
        .map(|f| count::as_told(doc, f.clone()))
        .collect()
}

/// The same, without those that a clause beside the event's tells of: "we have taken 24 districts, our goal is to
/// retake them all".
fn figures_of(doc: &Document<'_>, span: Span, event: usize) -> Vec<Figure> {
    let beside = |figure: &Figure| {
        let top = tree::top(doc, &phrase::tokens_of(doc, figure.span));
        top.is_some_and(|top| tree::beside(doc, top, event) || tree::apart(doc, top, event))
    };
    let mut figures = figures_in(doc, span);
    figures.retain(|figure| !beside(figure));
    figures
}

/// Is it the caption of a gallery, which repeats what its pictures are of?
fn is_caption(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    // "1/16 The camp in May": the counter before a picture's caption.
    let counter = sentence.split_whitespace().next().and_then(|word| {
        let (at, of) = word.split_once('/')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (digits(at) && digits(of)).then_some(())
    });
    counter.is_some() || (tables::caption_marks().iter()).any(|mark| sentence.contains(mark))
}

/// Do the words assert anything? A line without a verb does not, unless somebody says it.
fn is_assertion(doc: &Document<'_>, voice: &Voice) -> bool {
    let tokens = &doc.tokens[voice.tokens.clone()];
    let verbs = tokens.iter().any(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
    !tokens.is_empty()
        && (verbs
            || !voice.chain.is_empty()
            || doc
                .figures_in(doc.span(voice.tokens.clone()))
                .next()
                .is_some())
}
