//! Which readings are of one report: the same text by the same publisher, or at the same address.
//!
//! A report's id is the hash of its masthead and body as they were read, so a page that was saved
//! twice, once with its date and once without, or under an address with a tracking parameter, has
//! two ids. The log keeps both: it only grows, and an id stays a content hash. What is computed
//! from it must count such a report once. So the readings are put together here, before anything
//! else is computed, and one of them stands for all: the one with the fullest masthead, then the
//! smallest id. Its masthead is completed from the others, its claims are the report's claims, and
//! what was recorded of the others (paths, derivations, judgements of claims) is moved over to it.
//! All of that depends on the set of readings alone, never on their order.
//!
//! A normalised id was the other way; it would have lost which masthead was read where, and made
//! every change of the normalisation a new id for the same report.

use crate::Contents;
use crate::words::fold;
use rapporteur_model::{
    BlockKind, Claim, ClaimId, Derivation, Digest, How, Item, Judgement, Masthead, Published,
    Reading, Report, ReportId, Sighting, Span, Subject, When, page_address,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The same contents with every report once: readings in order of their reports' ids, everything
/// else pointing to them.
pub(crate) fn one_a_report(contents: Contents) -> Contents {
    let Contents {
        mut readings,
        mut sightings,
        mut derivations,
        mut judgements,
        background,
    } = contents;
    readings.sort_by(|a, b| a.report.id().cmp(b.report.id()));
    readings.dedup_by(|a, b| a.report.id() == b.report.id());

    let mut moved = Moved::default();
    let mut kept = Vec::with_capacity(readings.len());
    for group in groups(readings) {
        kept.extend(merged(group, &mut moved));
    }
    kept.sort_by(|a, b| a.report.id().cmp(b.report.id()));

    for sighting in &mut sightings {
        moved.sighting(sighting);
    }
    derivations.retain_mut(|derivation| moved.derivation(derivation));
    for judgement in &mut judgements {
        moved.judgement(judgement);
    }
    Contents {
        readings: kept,
        sightings,
        derivations,
        judgements,
        background,
    }
}

/// Readings of one report together. Readings come in order of their ids; groups in the order of
/// their first.
fn groups(readings: Vec<Reading>) -> Vec<Vec<Reading>> {
    let texts: Vec<Option<String>> = readings.iter().map(|r| text_key(&r.report)).collect();
    // Each reading's group is that of the smallest reading it is tied to.
    let mut first: Vec<usize> = (0..readings.len()).collect();
    let mut met: BTreeMap<(&str, Name), usize> = BTreeMap::new();
    for (at, (reading, text)) in readings.iter().zip(&texts).enumerate() {
        let Some(text) = text else { continue };
        for name in names(reading.report.masthead()) {
            let other = *met.entry((text, name)).or_insert(at);
            tie(&mut first, at, other);
        }
    }
    let roots: Vec<usize> = (0..readings.len()).map(|at| root(&mut first, at)).collect();
    let mut groups: BTreeMap<usize, Vec<Reading>> = BTreeMap::new();
    for (reading, root) in readings.into_iter().zip(roots) {
        groups.entry(root).or_default().push(reading);
    }
    groups.into_values().collect()
}

/// What two readings of one text must share to be of one report.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Publisher(String),
    Address(String),
}

fn names(masthead: &Masthead) -> impl Iterator<Item = Name> {
    let publisher = masthead.publisher.as_deref().map(publisher_key);
    let address = masthead.url.as_deref().and_then(page_address);
    let publisher = publisher.filter(|name| !name.is_empty());
    (publisher.map(Name::Publisher).into_iter()).chain(address.map(Name::Address))
}

/// A publisher's name for comparing.
fn publisher_key(name: &str) -> String {
    let name = fold(name);
    name.strip_prefix("the ")
        .map_or(name.clone(), str::to_string)
}

fn root(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

fn tie(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b)] = a.min(b);
}

/// One reading for all of a group, and where to look for what was recorded of the others.
fn merged(mut group: Vec<Reading>, moved: &mut Moved) -> Option<Reading> {
    let fullest = (group.iter().enumerate()).max_by(|(_, a), (_, b)| {
        let by_fields = fullness(a.report.masthead()).cmp(&fullness(b.report.masthead()));
        by_fields.then_with(|| b.report.id().cmp(a.report.id()))
    });
    let chosen = fullest.map(|(at, _)| at)?;
    let mut reading = group.swap_remove(chosen);
    if group.is_empty() {
        return Some(reading);
    }
    group.sort_by(|a, b| a.report.id().cmp(b.report.id()));
    let all = || std::iter::once(&reading).chain(&group);
    let masthead = best_known(&all().map(|r| r.report.masthead()).collect::<Vec<_>>());
    let claims = numbered(&reading.claims, |span| span);
    for other in &group {
        let way = Way::between(&other.report, &reading.report);
        for (key, claim) in numbered(&other.claims, |span| way.of(span)) {
            if let Some(here) = claims.get(&key) {
                (moved.claims).insert(claim.id().clone(), here.id().clone());
            }
        }
        let id = reading.report.id().clone();
        moved.reports.insert(other.report.id().clone(), (id, way));
    }
    reading.report = reading.report.under(masthead);
    Some(reading)
}

/// How much a masthead tells.
fn fullness(masthead: &Masthead) -> usize {
    let known = [
        &masthead.publisher,
        &masthead.url,
        &masthead.title,
        &masthead.byline,
        &masthead.dateline,
        &masthead.language,
    ];
    known.into_iter().filter(|field| field.is_some()).count()
        + usize::from(masthead.published.when.is_some())
        + usize::from(!masthead.credits.is_empty())
}

/// The best known of each field. Where two say otherwise, what the fuller masthead says; for the
/// date, how well it was found comes first.
fn best_known(mastheads: &[&Masthead]) -> Masthead {
    let mut ordered = mastheads.to_vec();
    ordered.sort_by_cached_key(|masthead| {
        let words = serde_json::to_string(masthead).unwrap_or_default();
        (std::cmp::Reverse(fullness(masthead)), words)
    });
    let first = |field: fn(&Masthead) -> &Option<String>| {
        ordered.iter().find_map(|masthead| field(masthead).clone())
    };
    let dates = ordered.iter().map(|masthead| &masthead.published);
    let published = dates
        .filter(|published| published.when.is_some())
        .min_by_key(|published| rank(published));
    // The last change that any copy tells of.
    let changes = ordered.iter().map(|masthead| &masthead.modified);
    let modified = changes
        .filter(|modified| modified.when.is_some())
        .max_by_key(|modified| (modified.how, modified.when));
    let credits = ordered.iter().map(|masthead| &masthead.credits);
    Masthead {
        publisher: first(|m| &m.publisher),
        url: first(|m| &m.url),
        title: first(|m| &m.title),
        byline: first(|m| &m.byline),
        credits: credits
            .max_by_key(|credits| credits.len())
            .cloned()
            .unwrap_or_default(),
        dateline: first(|m| &m.dateline),
        published: published.cloned().unwrap_or_default(),
        modified: modified.cloned().unwrap_or_default(),
        language: first(|m| &m.language),
    }
}

/// The best found date first, then the narrowest, then the earliest: a copy may tell when it was
/// changed, or saved.
fn rank(published: &Published) -> (Reverse<How>, i64, Option<When>) {
    let days = |when: When| i64::from((when.latest - when.earliest).get_days());
    let width = published.when.map_or(i64::MAX, days);
    (Reverse(published.how), width, published.when)
}

/// Where what was recorded of a reading that another stands for is found now.
#[derive(Default)]
struct Moved {
    reports: BTreeMap<ReportId, (ReportId, Way)>,
    claims: BTreeMap<ClaimId, ClaimId>,
}

impl Moved {
    fn sighting(&self, sighting: &mut Sighting) {
        if let Some((report, _)) = self.reports.get(&sighting.report) {
            sighting.report = report.clone();
        }
    }

    /// Moves a derivation; `false`: it tells of two readings of one report.
    fn derivation(&self, derivation: &mut Derivation) -> bool {
        if let Some((report, way)) = self.reports.get(&derivation.from) {
            derivation.from = report.clone();
            for (from, _) in &mut derivation.passages {
                *from = way.of(*from);
            }
        }
        if let Some((report, way)) = self.reports.get(&derivation.to) {
            derivation.to = report.clone();
            for (_, to) in &mut derivation.passages {
                *to = way.of(*to);
            }
        }
        (derivation.passages).retain(|(from, to)| !from.is_empty() && !to.is_empty());
        derivation.from != derivation.to
    }

    fn judgement(&self, judgement: &mut Judgement) {
        for item in [&mut judgement.a, &mut judgement.b] {
            if let Item::Claim(id) = item
                && let Some(here) = self.claims.get(id)
            {
                *id = here.clone();
            }
        }
    }
}

/// Where a claim stands, what kind it is, and its number among those of one place and kind.
type Key = (Span, u8, usize);

fn numbered(claims: &[Claim], place: impl Fn(Span) -> Span) -> BTreeMap<Key, &Claim> {
    let mut numbered = BTreeMap::new();
    for claim in claims {
        let kind = match claim.what().subject {
            Subject::Statement => 0,
            Subject::Ground(_) => 1,
            Subject::Talks(_) => 2,
            Subject::Count => 3,
        };
        let span = place(claim.evidence().span());
        let same = numbered.range((span, kind, 0)..=(span, kind, usize::MAX));
        let number = same.count();
        numbered.insert((span, kind, number), claim);
    }
    numbered
}

/// A report's own text for comparing: without the headline, with one kind of quotation mark, dash
/// and space, so that a page and its entry in a feed are equal.
struct Folded {
    letters: Vec<char>,
    /// The bytes of the body that each letter stands for.
    bytes: Vec<Span>,
}

impl Folded {
    fn of(report: &Report) -> Folded {
        let mut folded = Folded {
            letters: Vec::with_capacity(report.body().len()),
            bytes: Vec::with_capacity(report.body().len()),
        };
        let headline = headline(report);
        for (at, letter) in report.body().char_indices() {
            if headline.range().contains(&at) {
                continue;
            }
            folded.push(letter, Span::new(at, at + letter.len_utf8()));
        }
        if folded.letters.last() == Some(&' ') {
            folded.letters.pop();
            folded.bytes.pop();
        }
        folded
    }

    fn push(&mut self, letter: char, bytes: Span) {
        let letter = match letter {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return,
            '‘' | '’' | '‚' | '‛' | '`' | '′' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
            '…' => {
                (0..3).for_each(|_| self.push('.', bytes));
                return;
            }
            c if c.is_whitespace() => match self.letters.last() {
                None | Some(' ') => return,
                Some(_) => ' ',
            },
            c => c,
        };
        self.letters.push(letter);
        self.bytes.push(bytes);
    }
}

/// Where the body prints the report's own headline.
fn headline(report: &Report) -> Span {
    let title = report.masthead().title.as_deref().map(fold);
    let first = report.blocks().first().filter(|block| {
        block.kind == BlockKind::Headline
            || title.is_some() && report.slice(block.span).map(fold) == title
    });
    first.map_or(Span::default(), |block| block.span)
}

/// A report's folded text, hashed; `None` where there is none.
fn text_key(report: &Report) -> Option<String> {
    let letters = Folded::of(report).letters;
    let text: String = letters.into_iter().collect();
    (!text.is_empty()).then(|| Digest::of("text").field(text).finish())
}

/// From the bytes of one body to those of another that folds to the same text.
enum Way {
    /// The bodies are the same, byte for byte.
    Same,
    /// Letter by letter: the bytes in the one, and in the other.
    Letters(Vec<Span>, Vec<Span>),
}

impl Way {
    fn between(from: &Report, to: &Report) -> Way {
        match from.body() == to.body() {
            true => Way::Same,
            false => Way::Letters(Folded::of(from).bytes, Folded::of(to).bytes),
        }
    }

    /// Where the words of a span stand in the other body; an empty span where none of them do.
    fn of(&self, span: Span) -> Span {
        let Way::Letters(from, to) = self else {
            return span;
        };
        let first = from.partition_point(|letter| letter.end <= span.start);
        let past = from.partition_point(|letter| letter.start < span.end);
        match (to.get(first), past.checked_sub(1).and_then(|at| to.get(at))) {
            (Some(first), Some(last)) if first.start < last.end => first.hull(*last),
            _ => Span::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;
    use crate::testing::{Sketch, contents, derived, report, state_with};
    use expect_test::expect;
    use proptest::prelude::*;
    use rapporteur_model::{Action, DerivationKind, Verdict};

    const TAKEN: &str = "The army took Velka on Monday, a clerk said.";

    fn taken(publisher: &str, day: &str, text: &str) -> Sketch {
        let words = text.split(", ").next().unwrap_or_default();
        report(publisher, day, text).claim(words, |_, what| {
            what.subject = Subject::Ground(Action::Taken);
        })
    }

    #[test]
    fn what_was_recorded_of_one_copy_is_moved_to_the_other() {
        let dated = taken("North Wire", "2031-03-04", TAKEN);
        let spaced = TAKEN
            .replace("The army", "The\u{a0}army")
            .replace(' ', "  ");
        let undated = taken("the north wire", "", &spaced);
        let echo = taken(
            "Daily Echo",
            "2031-03-05",
            "Velka fell on Monday, a clerk said.",
        );
        let copies = [
            derived(&dated, &undated, DerivationKind::Revision, &["Velka"]),
            derived(
                &undated,
                &echo,
                DerivationKind::Rewrite,
                &["Velka", "Monday"],
            ),
        ];
        let claim = |sketch: &Sketch| Item::Claim(sketch.reading.claims[0].id().clone());
        let same = Judgement::new(
            claim(&undated),
            claim(&echo),
            Verdict::Same,
            "ann",
            "it",
            "1",
        );
        let state = state_with(&[undated, dated.clone(), echo.clone()], &copies, &[same]);

        assert_eq!(state.reports.len(), 2);
        assert_eq!(state.claims.len(), 2);
        let judged = &state.judgements[0];
        let judged: Vec<&Item> = vec![&judged.a, &judged.b];
        assert!(judged.contains(&&claim(&dated)) && judged.contains(&&claim(&echo)));
        let shared = |d: &Derivation| {
            let (from, to) = (&state.reports[&d.from].report, &state.reports[&d.to].report);
            let words = d
                .passages
                .iter()
                .map(|(a, b)| (from.slice(*a), to.slice(*b)));
            format!("{:?}\n", words.collect::<Vec<_>>())
        };
        expect![[r#"
            [(Some("Velka"), Some("Velka")), (Some("Monday"), Some("Monday"))]
        "#]]
        .assert_eq(&state.derivations.iter().map(shared).collect::<String>());
    }

    #[test]
    fn the_order_of_copies_does_not_matter() {
        let all = [
            taken("North Wire", "", TAKEN),
            taken("North Wire", "2031-03-04", TAKEN),
            taken("North Wire", "2031-03-05", TAKEN),
            taken("Daily Echo", "2031-03-05", TAKEN),
        ];
        let one = contents(&all, &[], &[]);
        let mut other = one.clone();
        other.readings.rotate_left(2);
        other.readings.reverse();
        let (one, other) = (State::of(one), State::of(other));
        assert_eq!(one.reports.len(), 2);
        assert_eq!(format!("{one:?}"), format!("{other:?}"));
    }

    #[test]
    fn a_headline_in_the_body_is_not_its_text() {
        let masthead = |title: Option<&str>| Masthead {
            title: title.map(str::to_string),
            ..Masthead::default()
        };
        let key =
            |title, body: &str| text_key(&Report::new(masthead(title), body.to_string(), vec![]));
        let text = key(None, "“We won” – at last…");
        assert_eq!(
            text,
            key(Some("Velka falls"), "Velka falls\n\"We won\" - at last...")
        );
        assert_ne!(text, key(None, "We won at last"));
        assert_eq!(key(None, " \u{200b}\n"), None);
    }

    proptest! {
        #[test]
        fn a_way_leads_to_the_same_letters(body in "[a-c “”…\n\u{a0}é]{0,40}", at in 0..40usize, len in 0..9usize) {
            let one = Report::new(Masthead::default(), body.clone(), vec![]);
            let spaced = body.replace(' ', "\n\u{200b} ").replace('”', "\"");
            let other = Report::new(Masthead::default(), spaced, vec![]);
            prop_assert_eq!(text_key(&one), text_key(&other));
            let letters: Vec<(usize, char)> = body.char_indices().collect();
            let Some((start, _)) = letters.get(at) else { return Ok(()) };
            let end = letters.get(at + len).map_or(body.len(), |(end, _)| *end);
            let span = Way::between(&one, &other).of(Span::new(*start, end));
            prop_assert!(other.slice(span).is_some());
        }
    }
}
