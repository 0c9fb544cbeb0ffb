//! Rounds: talks that begin, are held, end, and meetings of sides.

use super::Finding;
use super::next::is_ahead;
use super::outcomes::without;
use super::scene::{Scene, is, is_collective, is_infinitive_marker, is_talks, parties};
use crate::ground::when;
use crate::phrase::Reach;
use crate::tables::RoundVerb;
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{
    Aspect, Certainty, Factuality, Kind, Mention, Polarity, Realis, TalksDetail,
};
use rapporteur_text::{Tag, VerbForm};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) fn round(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    verb: RoundVerb,
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    let RoundVerb {
        status,
        place,
        light,
    } = verb;
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let subject = scene.subject(at);
    let object = phrase::object(doc, at, end, Reach::Of);
    let talks_subject = subject.clone().filter(|s| is_talks(doc, s));
    let talks_subject = talks_subject.or_else(|| talks_before(scene, at));
    let talks_object = object.filter(|o| is_talks(doc, o));
    // "take place" alone of the uses of "take".
    if light.is_some_and(|noun| doc.tokens.get(at + 1).is_none_or(|t| t.lower != noun)) {
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
    // "suggested that they hold talks"
    let group = phrase::group_start(doc, at, scene.range.start);
    let joined = group > 0 && doc.tokens[group - 1].tag == Tag::Cconj;
    if doc.tokens[at].fine == "VB" && group == at && !joined && at > scene.range.start {
        return;
    }
    // "have so far failed to reach a deal": they go on; what they have not brought is told as such.
    let so_far = doc.tokens[group..at]
        .iter()
        .any(|t| t.lower == "far" || tables::not_yet().contains(&*t.lower));
    if so_far && tables::failing_verbs().contains(&*doc.tokens[at].lemma) {
        return;
    }
    // "began in order to end the violence": what talks are for.
    let purpose = doc.is(at, "advcl") || doc.is(at, "acl");
    if purpose && talks_object.is_none() && is_infinitive_marker(&doc.tokens[group]) {
        return;
    }
    // "an offer to hold talks on Monday": told as an offer.
    if doc.tokens[at].fine == "VB" && scene.is_offered(at) {
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
    // "No meeting has occurred since": there is none to tell of.
    if let Some(talks) = &talks_subject
        && factuality::is_negation(&doc.tokens[talks.start])
    {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Round);
    let own = if talks_subject.is_some() {
        None
    } else {
        subject
    };
    // "The two countries last held talks": whoever they are.
    let collective = own.clone().map(|own| scene.mention(own));
    let several = |m: &Mention| {
        let last = m.name.split_whitespace().next_back().unwrap_or_default();
        let lands = m.name != last && tables::lands().contains(&*rapporteur_text::lemma(last));
        (is_collective(&m.name) || lands) && m.stands_for.is_none() && m.kind.is_none()
    };
    let collective = collective.filter(several);
    detail.parties = scene.sides(at, end, own);
    if detail.parties.is_empty() {
        detail.parties.extend(collective);
    }
    let from = scene.subject(at).map_or(at, |s| s.start);
    detail.place = (scene.place(at + 1, end))
        .or_else(|| scene.place(from.min(at), at))
        .or_else(|| scene.place(scene.range.start, at));
    detail.when = when(doc, at, &(scene.range.start..end));
    // "put off until after the feast": some day after it.
    let after = |time: &rapporteur_model::Time| {
        let first = phrase::tokens_of(doc, time.span).start;
        let low = first.saturating_sub(5);
        (low..first).any(|i| tables::after().contains(&*doc.tokens[i].lower))
    };
    if tables::putting_off().contains(status) {
        detail.when = detail.when.filter(|time| !after(time));
    }
    detail.status = Some(status.to_string());
    // "the government convened a crisis meeting": with nobody from another side.
    let alone = detail.parties.len() == 1 && scene.setting.sides.is_empty();
    let held = talks_subject.is_none();
    let noun = talks_subject.or(talks_object).map(|t| phrase::head(doc, t));
    if alone && noun.is_some_and(|n| is(tables::gatherings(), &doc.tokens[n].lower)) {
        return;
    }
    scene.push(found, detail, at, end);
    // "the talks will go on", without a day or place: what is to come.
    if let Some(last) = found.last_mut()
        && !tables::putting_off().contains(status)
        && last.factuality.realis == Realis::Planned
        && last.factuality.polarity == Polarity::Positive
        && last.factuality.certainty == Certainty::Certain
        && last.detail.when.is_none()
        && last.detail.place.is_none()
        && doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
            .iter()
            .any(|t| tables::future().contains(&*t.lower))
    {
        last.detail.aspect = Aspect::Next;
        last.detail.status = None;
        // "the question over who will hold talks": nobody's.
        if held && last.detail.parties.is_empty() {
            found.pop();
            return;
        }
    }
    // "ended without significant progress".
    without(scene, at, end, found);
}

pub(super) fn meeting(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let again = doc.tokens[at..end.min(at + 4)]
        .iter()
        .any(|t| tables::again().contains(&*t.lower));
    let meets = tables::encountering_verbs().contains(&*doc.tokens[at].lemma);
    let ahead = doc.tokens[group..at]
        .iter()
        .any(|t| tables::future().contains(&*t.lower) || is_infinitive_marker(t));
    let subject = scene.subject(at).or_else(|| meets_first(scene, at));
    let governor = group.checked_sub(1).filter(|g| *g >= scene.range.start);
    let modal = doc.tokens[group..at]
        .iter()
        .any(|t| tables::future().contains(&*t.lower));
    let scheduled = governor.is_some_and(|g| is(tables::scheduled_words(), &doc.tokens[g].lemma));
    if ahead && (again || modal || scheduled) && (again || meets) {
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
    // "prior to him meeting the envoys": whether he did, is not said.
    let before = |i: &usize| tables::before_words().contains(&*doc.tokens[*i].lower);
    let low = group.saturating_sub(4).max(scene.range.start);
    if doc.tokens[at].fine == "VBG" && (low..group).rev().any(|i| before(&i)) {
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
    if meets && doc.tokens[at].form != Some(VerbForm::Base) && !again {
        let mut detail = TalksDetail::of(Aspect::Round);
        let one = subject
            .as_ref()
            .is_some_and(|s| parties(doc, s.clone()).len() == 1);
        // "the two delegations that met in Velka"
        let all = (subject.as_ref()).is_some_and(|s| is_collective(&scene.mention(s.clone()).name));
        detail.parties = scene.sides(at, end, subject);
        let met = phrase::object(doc, at, end, Reach::Of);
        let company = || scene.after(at + 1, end, tables::accompanying(), Reach::Of);
        let one = one && (met.is_some() || company().is_some());
        detail
            .parties
            .extend(met.map(|object| parties(doc, object)).unwrap_or_default());
        detail.place = scene
            .place(at + 1, end)
            .or_else(|| scene.place(scene.range.start, at));
        detail.when = when(doc, at, &(scene.range.start..end));
        detail.status = Some("held".into());
        // "met his advisers": nobody who is a side.
        let told = all && (detail.place.is_some() || detail.when.is_some());
        if detail.parties.is_empty() && !told || one && detail.parties.len() < 2 {
            return;
        }
        scene.push(found, detail, at, end);
    }
}

/// "After meeting the envoys, Brisk left": the subject of the verb that the participle leads to.
fn meets_first(scene: &Scene<'_, '_>, at: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let leads = doc.tokens[at].fine == "VBG" && doc.is(at, "advcl");
    let verb = doc.tokens[at].head.filter(|head| leads && *head > at)?;
    let subject = tree::subject(doc, verb).filter(|subject| *subject > at)?;
    Some(tree::around(doc, subject, Reach::Of))
}

/// "before the two meet next Friday": put as if they were held, and yet to come.
pub(super) fn to_come(finding: &mut Finding) {
    let detail = &mut finding.detail;
    let ahead = detail.when.as_ref().is_some_and(|t| is_ahead(&t.form));
    let told = finding.factuality.polarity == Polarity::Positive
        && finding.factuality.realis == Realis::Actual;
    if detail.aspect == Aspect::Round && ahead && told {
        detail.aspect = Aspect::Next;
        detail.status = None;
        finding.factuality.realis = Realis::Planned;
    }
}

/// Without meetings to come that the same words tell twice.
pub(super) fn once(found: &mut Vec<Finding>) {
    let told: Vec<(Range<usize>, usize)> = (found.iter())
        .filter(|f| f.detail.aspect == Aspect::Next)
        .map(|f| (f.tokens.clone(), f.detail.parties.len()))
        .collect();
    let mut at = 0;
    found.retain(|f| {
        if f.detail.aspect != Aspect::Next {
            return true;
        }
        let own = at;
        at += 1;
        let overlaps =
            |other: &Range<usize>| other.start < f.tokens.end && f.tokens.start < other.end;
        let again = |(index, (other, parties)): (usize, &(Range<usize>, usize))| {
            let more = *parties > f.detail.parties.len();
            let first = *parties == f.detail.parties.len() && index < own;
            overlaps(other) && (more || first) && index != own
        };
        !told.iter().enumerate().any(again)
    });
}

/// Talks that no verb of talks tells: "was part of negotiations between A and B", "is negotiating with B".
pub(super) fn unmarked(scene: &Scene<'_, '_>, found: &mut Vec<Finding>) {
    for at in scene.range.clone() {
        let token = &scene.doc.tokens[at];
        let told = |f: &Finding| f.tokens.contains(&at) && is_meeting(f.detail.aspect);
        let read = match token.tag {
            Tag::Noun if is(tables::talk_nouns(), &token.lower) => named_talks,
            Tag::Verb if tables::parleying_verbs().contains(&*token.lemma) => parley,
            _ => continue,
        };
        let of_reporters = at
            .checked_sub(1)
            .is_some_and(|i| tables::press().contains(&*scene.doc.tokens[i].lower));
        let none = (scene.doc.child(at, "det"))
            .is_some_and(|det| factuality::is_negation(&scene.doc.tokens[det]));
        if of_reporters || none || found.iter().any(told) {
            continue;
        }
        let end = scene.end(at);
        // "Brisk's meeting with Brisk" names one side twice.
        let several = |talks: &Unmarked| {
            let names: BTreeSet<String> = talks.parties.iter().map(who::full_name).collect();
            names.len() >= 2
        };
        let talks = read(scene, at, end).filter(several);
        let Some(talks) = talks.or_else(|| gone_before(scene, at)) else {
            continue;
        };
        let mut detail = TalksDetail::of(Aspect::Round);
        detail.parties = talks.parties;
        detail.status = Some(talks.status.into());
        detail.place = scene.place(at + 1, end);
        detail.when = when(scene.doc, at, &(talks.time_from..end));
        found.push(Finding {
            detail,
            factuality: talks.factuality,
            tokens: talks.start.clamp(scene.range.start, at)..end,
        });
    }
}

/// What a noun or verb alone says of talks.
struct Unmarked {
    parties: Vec<Mention>,
    status: &'static str,
    factuality: Factuality,
    /// Where its words begin, and where the time may stand.
    start: usize,
    time_from: usize,
}

/// "was part of negotiations between A and B", "is in ongoing talks with B": talks whose sides are named and
/// of which no verb says more.
fn named_talks(scene: &Scene<'_, '_>, at: usize, end: usize) -> Option<Unmarked> {
    let doc = scene.doc;
    if !happens(scene, at) {
        return None;
    }
    let near = |range: &Range<usize>| range.start <= at + 4;
    let between = phrase::between(doc, at + 1, end).filter(near);
    let between = between.map(|range| parties(doc, range));
    let both = match between {
        Some(both) if both.len() >= 2 => both,
        _ => {
            let company = scene.after(at + 1, end, tables::accompanying(), Reach::Of);
            let company = company.filter(|r| near(r) && doc.tokens[at + 1].tag == Tag::Adp)?;
            let verb = scene.governor(at);
            // "served as head of the Orlish delegation in talks with": not he.
            let team = |i: &usize| is(tables::delegation_nouns(), &doc.tokens[*i].lower);
            let sent = verb.and_then(|verb| (verb + 1..at).find(team));
            let sent = sent.map(|i| tree::around(doc, i, Reach::Of));
            let mut both: Vec<Mention> = match sent {
                Some(sent) => (phrase::names_in(doc, sent).into_iter())
                    .filter(|name| name.kind != Some(Kind::Person))
                    .cloned()
                    .collect(),
                None => (verb.and_then(|verb| scene.subject(verb)))
                    .map(|subject| parties(doc, subject))
                    .unwrap_or_default(),
            };
            both.extend(parties(doc, company));
            both
        }
    };
    let state = (doc.children(at).iter())
        .find_map(|child| tables::talk_states().get(&*doc.tokens[*child].lower));
    Some(Unmarked {
        parties: both,
        status: state.unwrap_or(&"held"),
        factuality: Factuality::default(),
        start: tree::around(doc, at, Reach::Head).start,
        time_from: at,
    })
}

/// "the government is negotiating with the rebels".
fn parley(scene: &Scene<'_, '_>, at: usize, end: usize) -> Option<Unmarked> {
    let doc = scene.doc;
    let factuality = factuality::of(doc, at, &scene.range);
    if factuality.realis != Realis::Actual || factuality.polarity != Polarity::Positive {
        return None;
    }
    let company = scene.after(at + 1, end, tables::accompanying(), Reach::Of)?;
    let subject = scene.subject(at)?;
    let start = subject.start;
    let mut both = parties(doc, subject);
    both.extend(parties(doc, company));
    Some(Unmarked {
        parties: both,
        status: "held",
        factuality,
        start,
        time_from: scene.range.start,
    })
}

pub(super) fn is_meeting(aspect: Aspect) -> bool {
    matches!(
        aspect,
        Aspect::Round | Aspect::Next | Aspect::Outcome | Aspect::Refusal | Aspect::Offer
    )
}

/// Does what governs the noun leave it that the talks take place: not "called for talks", "would hold talks"?
fn happens(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let Some(verb) = scene.governor(at) else {
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

/// "were freed after a series of negotiations": talks of which no more is said.
fn gone_before(scene: &Scene<'_, '_>, at: usize) -> Option<Unmarked> {
    let doc = scene.doc;
    // A meeting may be anyone's.
    if is(tables::gatherings(), &doc.tokens[at].lower) || !happens(scene, at) {
        return None;
    }
    let noun = |i: usize| doc.tokens.get(i).is_some_and(|t| t.tag == Tag::Noun);
    let phrase = tree::around(doc, at, Reach::Head);
    let mut start = phrase.start;
    // "weeks of talks", "a series of negotiations"
    let of = start
        .checked_sub(1)
        .filter(|i| tables::of().contains(&*doc.tokens[*i].lower));
    if let Some(of) = of.filter(|of| *of > 0 && noun(*of - 1)) {
        start = tree::around(doc, of - 1, Reach::Head).start;
    }
    let opens = start.checked_sub(1).filter(|i| *i >= scene.range.start)?;
    let after = tables::after().contains(&*doc.tokens[opens].lower);
    if !after || scene.setting.sides.len() < 2 {
        return None;
    }
    Some(Unmarked {
        parties: scene.setting.sides.clone(),
        status: "held",
        factuality: Factuality::default(),
        start: opens,
        time_from: at,
    })
}

/// "Talks between the two delegations opened in Lenn and were broken off": the noun that a verb was taken to say
/// more of, or the verb before it.
fn talks_before(scene: &Scene<'_, '_>, at: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let mut verb = at;
    if doc.is(verb, "conj") && doc.child(verb, "nsubj").is_none() {
        verb = doc.tokens[verb].head.filter(|head| *head < at)?;
    }
    let finite = matches!(doc.tokens[verb].fine, "VBD" | "VBZ" | "VBP");
    let mut noun = doc.tokens[verb].head.filter(|head| *head < verb)?;
    // "between the two delegations" is said of the talks.
    if doc.is(noun, "nmod") {
        noun = doc.tokens[noun].head.filter(|head| *head < noun)?;
    }
    let said_of = doc.is(verb, "acl") && finite && scene.range.contains(&noun);
    let talks =
        doc.tokens[noun].tag == Tag::Noun && is(tables::talk_nouns(), &doc.tokens[noun].lower);
    (said_of && talks).then(|| tree::around(doc, noun, Reach::Head))
}
