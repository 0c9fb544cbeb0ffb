//! Figures as intervals: what they count, how far they reach, and how two of them stand.

use crate::facts::{Fact, Facts, Spot};
use crate::words::{TABLES, classes, fold, stem, tokens};
use rapporteur_model::{Comparator, Figure, Of, ReportId, Span, Subject, When};
use std::collections::{BTreeMap, BTreeSet};

/// A figure of a claim, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Amount {
    /// What is counted: the stem of the unit's head noun, `person` for people of any kind.
    pub(crate) thing: String,
    /// Counted from a time on up to when it is said: "since May".
    pub(crate) running: bool,
    /// Are they counted as a side's people: "the group's men"?
    pub(crate) men: bool,
    /// The stems of the words that narrow it down ("civilian", "Orsolan").
    pub(crate) narrower: BTreeSet<String>,
    /// What became of those counted, as a class of `fates.tsv`.
    pub(crate) fate: Option<String>,
    /// The words, as printed.
    pub(crate) printed: String,
    pub(crate) reach: Interval,
    /// The number printed, of which the comparator is said.
    pub(crate) number: f64,
    /// The share of a whole in percent, where a whole is named, and the whole's words.
    pub(crate) share: Option<Share>,
    /// A part of another count: "two of the bombs", "three other blasts".
    pub(crate) partial: bool,
    /// As of when, or when it happened.
    pub(crate) when: Option<When>,
    /// Where, and whether the claim itself says so.
    pub(crate) scene: Vec<Spot>,
    pub(crate) placed: bool,
    /// The place stands in the claim's own words.
    pub(crate) inside: bool,
}

impl Amount {
    /// Is it, by its words and its size, a part of what the other counts: "400,000 Orsolan clients"
    /// of "143 million clients"?
    pub(crate) fn is_part_of(&self, other: &Amount) -> bool {
        let narrowed = other.narrower.is_subset(&self.narrower) && other.narrower != self.narrower;
        narrowed && 2.0 * self.number < other.number
    }

    /// Do both count the same: one kind of thing, or "fighters" killed and "the group's men"?
    pub(crate) fn counts_same(&self, other: &Amount) -> bool {
        let men = |a: &Amount, b: &Amount| a.men && b.thing == FIGHTER;
        let harm = self.fate.as_deref().is_some_and(is_harm);
        self.thing == other.thing || harm && (men(self, other) || men(other, self))
    }

    /// Is the printed number larger than the other's?
    pub(crate) fn more_than(&self, other: &Amount) -> bool {
        self.number > other.number
    }
}

/// The share of a whole.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// In percent, where it can be worked out.
    pub(crate) percent: Option<f64>,
    /// The whole: "407 district", "the country".
    pub(crate) whole: String,
}

/// All numbers that a figure can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    low: f64,
    /// Does it leave out `low` itself?
    above: bool,
    high: f64,
    /// Does it leave out `high` itself?
    below: bool,
}

impl Interval {
    /// The numbers that a figure can mean: "more than 160" everything above, "about 5,000" a tenth
    /// to either side, "nearly 5,000" a tenth below.
    pub(crate) fn of(figure: &Figure) -> Option<(Interval, f64)> {
        let low = figure.low.or(figure.high)?;
        let high = figure.high;
        let shut = |low: f64, high: f64| Interval {
            low,
            above: false,
            high,
            below: false,
        };
        // "Dozens": no upper bound is printed.
        let top = high.unwrap_or(f64::INFINITY);
        let all = match figure.comparator {
            Comparator::Equal => shut(low, top),
            Comparator::AtLeast => shut(low, f64::INFINITY),
            Comparator::More => Interval {
                above: true,
                ..shut(low, f64::INFINITY)
            },
            Comparator::AtMost => shut(0.0, high.unwrap_or(low)),
            Comparator::Less => Interval {
                below: true,
                ..shut(0.0, high.unwrap_or(low))
            },
            Comparator::About => shut(low * 0.9, top * 1.1),
            Comparator::Almost => Interval {
                below: true,
                ..shut(low * 0.9, high.unwrap_or(low))
            },
        };
        (low.is_finite() && all.low <= all.high).then_some((all, low))
    }

    /// That number or more.
    fn or_more(self) -> Interval {
        Interval {
            high: f64::INFINITY,
            below: false,
            ..self
        }
    }

    /// Is there a number that both can mean?
    pub(crate) fn meets(self, other: Interval) -> bool {
        let under =
            |a: Interval, b: Interval| a.high < b.low || a.high == b.low && (a.below || b.above);
        !under(self, other) && !under(other, self)
    }

    /// Is everything that this can mean larger than all that the other can?
    pub(crate) fn exceeds(self, other: Interval) -> bool {
        !self.meets(other) && self.low >= other.high
    }

    /// Would a reader take both for one number: the same, or one within a bound that is near it ("276" and "more than
    /// 270"; not "at least 4" and "at least 6")?
    pub(crate) fn tells_same(self, other: Interval) -> bool {
        const NEAR: f64 = 0.1;
        let (few, many) = (
            self.start().min(other.start()),
            self.start().max(other.start()),
        );
        let near = many - few <= NEAR * many;
        self == other || self.meets(other) && near && (self.is_exact() || other.is_exact())
    }

    /// The number printed, or what is nearest to it.
    fn start(self) -> f64 {
        if self.low == 0.0 && self.high.is_finite() {
            self.high
        } else {
            self.low
        }
    }

    /// Is it a number of three digits or more?
    pub(crate) fn is_large(self) -> bool {
        self.start() >= 100.0
    }

    fn is_exact(self) -> bool {
        self.low == self.high
    }

    pub(crate) fn is_zero(self) -> bool {
        self.high == 0.0
    }
}

/// How two amounts stand, apart from time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The same number.
    Same,
    /// Numbers that can both be so, the printed ones differing.
    Compatible,
    /// Numbers that differ by no more than the rounding that they show.
    Rounded,
    /// They cannot both be so.
    Conflicting,
}

/// How two amounts of the same thing stand.
pub(crate) fn reach(a: &Amount, b: &Amount) -> Reach {
    let rounded = (a.number - b.number).abs() <= rounding(a.number).max(rounding(b.number));
    if a.reach == b.reach {
        return Reach::Same;
    }
    if a.number == b.number {
        let exact = a.reach.is_exact() || b.reach.is_exact();
        return if a.reach.meets(b.reach) || !exact {
            Reach::Same
        } else {
            Reach::Rounded
        };
    }
    match a.reach.meets(b.reach) {
        true if a.reach.tells_same(b.reach) => Reach::Same,
        true => Reach::Compatible,
        false if rounded && a.reach.is_exact() && b.reach.is_exact() => Reach::Rounded,
        false => Reach::Conflicting,
    }
}

/// Is one number what the other was rounded to, to two digits or more: "2,735 km" and "2,700 km"?
pub(crate) fn is_rounded(a: Interval, b: Interval) -> bool {
    let rounds = |one: Interval, other: Interval| {
        let (number, exact) = (one.start(), other.start());
        let mut unit = 1.0;
        while unit < 1e12 && number != 0.0 && number % (unit * 10.0) == 0.0 {
            unit *= 10.0;
        }
        unit > 1.0 && number >= unit * 10.0 && (number - exact).abs() <= unit / 2.0
    };
    rounds(a, b) || rounds(b, a)
}

/// By how much a printed number may have been rounded: half of its last digit that is not zero, for
/// numbers of at least 1,000 that end in two zeros or more.
fn rounding(number: f64) -> f64 {
    let mut unit = 1.0;
    while unit < 1e15 && number != 0.0 && number % (unit * 10.0) == 0.0 {
        unit *= 10.0;
    }
    if number.abs() >= 1000.0 && unit >= 100.0 {
        unit / 2.0
    } else {
        0.0
    }
}

/// Is it a number that two reports do not print by chance: three digits that are not zero at the
/// end, such as 28,500 or 967?
pub(crate) fn is_telling(amount: &Amount) -> bool {
    tells(amount.number)
}

/// Do two claims print one such number?
pub(crate) fn share_telling_number(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    let numbers = |fact: &Fact<'_>| -> Vec<f64> {
        let all = fact.what().figures.iter().filter_map(Interval::of);
        all.map(|(_, number)| number)
            .filter(|n| tells(*n))
            .collect()
    };
    let others = numbers(b);
    numbers(a).iter().any(|number| others.contains(number))
}

fn tells(number: f64) -> bool {
    let mut number = number.abs();
    if number < 100.0 || number.fract() != 0.0 {
        return false;
    }
    while number % 10.0 == 0.0 {
        number /= 10.0;
    }
    number >= 100.0
}

/// The amounts that a claim gives, with the number of the figure in the claim. Lengths, spans of
/// time, weights and sums of money are left out: they answer one question only where the words
/// around them are the same, and then the words are compared.
pub(crate) fn amounts(facts: &Facts<'_>, fact: &Fact<'_>) -> Vec<(usize, Amount)> {
    let figures = &fact.what().figures;
    if figures.is_empty() {
        return vec![];
    }
    let (scene, inside) = facts.scene(fact);
    let is_placed = inside && fact.spots.iter().any(|s| scene.contains(s));
    let of = |(number, figure): (usize, &Figure)| {
        let mut amount = amount(fact, figure)?;
        amount.scene = scene.clone();
        amount.placed = is_placed;
        amount.inside = inside;
        Some((number, amount))
    };
    figures.iter().enumerate().filter_map(of).collect()
}

/// Which claim speaks for each figure, as pairs of the claim's and the figure's numbers: several
/// claims of one sentence may hold it, and it is one figure all the same. Ground is counted by the
/// claim about ground; then come talks, then a mere count; of several, the one of fewer words.
pub(crate) fn tellers(facts: &Facts<'_>) -> BTreeSet<(usize, usize)> {
    type Place<'a> = (&'a ReportId, Span);
    let mut best: BTreeMap<Place<'_>, ((u8, usize, usize), usize)> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        for (figure, of) in fact.what().figures.iter().enumerate() {
            let unit = of.unit.as_deref().unwrap_or_default();
            let is_ground = unit_head(unit).is_some_and(|head| is_ground_unit(unit, &head));
            let rank = match fact.what().subject {
                Subject::Ground(_) if is_ground => 0,
                Subject::Talks(_) => 1,
                Subject::Count => 2,
                Subject::Ground(_) => 3,
                Subject::Statement => 4,
            };
            let place = (fact.report.report.id(), of.span);
            let rank = (rank, fact.span().len(), number);
            let known = best.entry(place).or_insert((rank, figure));
            if rank < known.0 {
                *known = (rank, figure);
            }
        }
    }
    best.into_values()
        .map(|((_, _, number), figure)| (number, figure))
        .collect()
}

/// What those who fight for no state are counted as, whatever they are called.
const FIGHTER: &str = "fighter";

/// What a state's fighters are counted as.
const SOLDIER: &str = "soldier";

/// Does the unit say a state's fighters: "soldier", "service member"?
fn is_soldier(unit: &str, head: &str) -> bool {
    let words = tokens(unit);
    let last = words.len().saturating_sub(2);
    let two: Vec<String> = words.iter().skip(last).map(|w| stem(w)).collect();
    TABLES.soldiers.contains(head) || TABLES.soldiers.contains(&two.join(" "))
}

fn amount(fact: &Fact<'_>, figure: &Figure) -> Option<Amount> {
    let (reach, number) = Interval::of(figure)?;
    let unit = figure.unit.as_deref().unwrap_or_default();
    // "not 12 killed" says nothing of how many; "no one killed" is a figure of 0.
    if fact.is_negative() && !reach.is_zero() {
        return None;
    }
    let head = unit_head(unit)?;
    if TABLES.measures.contains_key(&head) || TABLES.not_counted.contains(&head) {
        return None;
    }
    let printed = printed(fact, figure);
    let narrower = narrower(unit, &head);
    let fate = fate(fact, figure, unit, &head);
    let is_harm = fate.as_deref().is_some_and(is_harm);
    let counts_people = TABLES.people.contains(&head) || is_harm && is_fate_word(&head);
    let when = figure.as_of.as_ref().and_then(|t| fact.report.resolve(t));
    let running = is_running_since(fact);
    // Not all who are hurt are brought to a hospital.
    let reach = match fate.is_some() && figure.fate.is_none() && is_treated(fact, figure) {
        true => reach.or_more(),
        false => reach,
    };
    Some(Amount {
        running,
        men: TABLES.men.contains(&head),
        thing: if counts_people {
            "person".to_string()
        } else if TABLES.fighters.contains(&head) {
            FIGHTER.to_string()
        } else if is_soldier(unit, &head) {
            SOLDIER.to_string()
        } else {
            head
        },
        narrower,
        fate,
        share: share(figure, number, unit),
        partial: !TABLES.men.contains(&unit_head(unit).unwrap_or_default())
            && is_partial(fact, figure),
        printed,
        reach,
        number,
        when: when.or(fact.when.filter(|_| !running)),
        scene: vec![],
        placed: false,
        inside: false,
    })
}

/// Is it a share of a country or of its land?
pub(crate) fn is_of_land(amount: &Amount) -> bool {
    let whole = amount.share.as_ref().map(|share| share.whole.as_str());
    let land = |words: &str| {
        (tokens(words).iter())
            .any(|word| TABLES.place_kinds.get(&stem(word)).is_some_and(|k| k.area))
    };
    amount.thing.starts_with('%') && (whole.is_some_and(land) || land(&amount.thing))
}

/// Does a claim also give this number of the same thing, beside what else it counts?
pub(crate) fn is_told(fact: &Fact<'_>, amount: &Amount) -> bool {
    (fact.what().figures.iter()).any(|figure| {
        let head = unit_head(figure.unit.as_deref().unwrap_or_default());
        let number = Interval::of(figure).map(|(_, number)| number);
        let person = |head: &String| amount.thing == "person" && TABLES.people.contains(head);
        number == Some(amount.number) && head.is_some_and(|h| h == amount.thing || person(&h))
    })
}

/// Killed, wounded, or either.
pub(crate) fn is_harm(fate: &str) -> bool {
    matches!(fate, "killed" | "wounded" | "casualty")
}

/// Does a later count include what an earlier one counted? Bombs that fell in one raid do not.
pub(crate) fn is_running(fate: Option<&str>) -> bool {
    !matches!(fate, Some("dropped" | "exploded" | "tested" | "released"))
}

/// The stem of a unit's head noun: "Orsolan fighter" `fighter`, "ton of wheat" `ton`, "% of the
/// country" `%`.
pub(crate) fn unit_head(unit: &str) -> Option<String> {
    let words = tokens(unit);
    let small = |w: &String| TABLES.inside.contains(w) || TABLES.linking.contains(w);
    let end = words.iter().position(small).unwrap_or(words.len());
    let head = words[..end].last().or(words.first())?;
    Some(stem(head))
}

fn narrower(unit: &str, head: &str) -> BTreeSet<String> {
    let words = tokens(unit).into_iter().map(|w| stem(&w));
    words.filter(|word| word != head).collect()
}

fn is_fate_word(head: &str) -> bool {
    TABLES.fates.contains_key(head)
}

fn fate(fact: &Fact<'_>, figure: &Figure, unit: &str, head: &str) -> Option<String> {
    let is_ground = is_ground_unit(unit, head);
    let of_words = |words: &str| -> Vec<String> {
        let found = classes(&TABLES.fates, words);
        let held = |class: &&str| (*class == "held") == is_ground;
        found.into_iter().filter(held).map(str::to_string).collect()
    };
    // "claimed 20 lives", "the loss of 20 lives".
    if TABLES.lives.contains(head) {
        let (before, after) = beside(fact, figure);
        let mut words = before.iter().chain(&after).map(|word| stem(word));
        return (words.any(|word| TABLES.life_taking.contains(&word)))
            .then(|| "killed".to_string());
    }
    // "dead and wounded": both at once.
    let in_unit = of_words(unit);
    let kinds: BTreeSet<&str> = in_unit.iter().map(String::as_str).collect();
    if kinds.contains("casualty") || kinds.contains("killed") && kinds.contains("wounded") {
        return Some("casualty".to_string());
    }
    let said = figure.fate.as_deref().map(of_words).unwrap_or_default();
    if let Some(class) = said.into_iter().next() {
        return Some(class);
    }
    // Prisoners are captured, unless the words say that they were freed.
    let freed = || fate_beside(fact, figure).filter(|class| class == "released");
    if let Some(class) = in_unit.into_iter().next() {
        return match class.as_str() {
            "captured" => freed().or(Some(class)),
            _ => Some(class),
        };
    }
    let ground = matches!(fact.what().subject, Subject::Ground(_));
    if is_ground && (ground || is_held_by_actor(fact, figure)) {
        return Some("held".to_string());
    }
    if unit.starts_with('%') {
        return None;
    }
    let beside = fate_beside(fact, figure);
    // "more than 80 people being rushed to hospital"
    let hurt = || TABLES.people.contains(head) && is_treated(fact, figure);
    beside.or_else(|| hurt().then(|| "wounded".to_string()))
}

/// Do the words after a figure, in its clause, say that those counted were brought to a hospital?
fn is_treated(fact: &Fact<'_>, figure: &Figure) -> bool {
    const AFTER: usize = 60;
    let within = fact.span();
    let body = fact.report.report.body();
    let from = figure.span.end.min(within.end);
    let to = (from..=(from + AFTER).min(within.end))
        .rev()
        .find(|at| body.is_char_boundary(*at));
    let after = to.and_then(|to| body.get(from..to)).unwrap_or_default();
    let clause = after.split([',', ';', '.', ':']).next().unwrap_or_default();
    tokens(clause)
        .iter()
        .any(|word| TABLES.treated.contains(word))
}

/// Do the words beside a figure say that whoever acts holds what it counts: "claims 12 districts"?
fn is_held_by_actor(fact: &Fact<'_>, figure: &Figure) -> bool {
    let (before, _) = beside(fact, figure);
    let held = |word: &String| {
        let classes = TABLES.fates.get(&stem(word)).into_iter().flatten();
        classes.into_iter().any(|class| class == "held")
    };
    !fact.actors.is_empty() && before.iter().any(held)
}

/// What the words beside a figure say became of what it counts: "dropped four bombs", "five bombs
/// were dropped". Who was killed or who holds ground is said more closely, or not at all.
fn fate_beside(fact: &Fact<'_>, figure: &Figure) -> Option<String> {
    let (before, after) = beside(fact, figure);
    let class = |word: &String| {
        let classes = TABLES.fates.get(&stem(word))?;
        let told = classes
            .iter()
            .find(|class| !is_harm(class) && *class != "held");
        told.cloned()
    };
    (after.iter().find_map(class)).or_else(|| before.iter().rev().find_map(class))
}

/// The words of a figure's clause on its left and on its right, three or four each.
fn beside(fact: &Fact<'_>, figure: &Figure) -> (Vec<String>, Vec<String>) {
    const BESIDE: usize = 24;
    let body = fact.report.report.body();
    let within = fact.span();
    let (start, end) = (
        figure.span.start.max(within.start),
        figure.span.end.min(within.end),
    );
    let near = |from: usize, to: usize| {
        let from = (from..=to).find(|at| body.is_char_boundary(*at))?;
        let to = (from..=to).rev().find(|at| body.is_char_boundary(*at))?;
        body.get(from..to)
    };
    let before = near(start.saturating_sub(BESIDE).max(within.start), start);
    let after = near(end, (end + BESIDE).min(within.end));
    // A clause ends at a comma or a dash.
    let clause = |words: Option<&str>, first: bool| -> Vec<String> {
        let mut parts = words
            .unwrap_or_default()
            .split([',', ';', '-', '–', '—', '.']);
        let part = if first {
            parts.next()
        } else {
            parts.next_back()
        };
        tokens(part.unwrap_or_default())
    };
    (clause(before, false), clause(after, true))
}

/// Is it a unit in which ground is counted?
pub(crate) fn is_ground_unit(unit: &str, head: &str) -> bool {
    let stems: Vec<String> = tokens(unit).iter().map(|w| stem(w)).collect();
    TABLES.ground_units.contains(head) || TABLES.ground_units.contains(&stems.join(" "))
}

fn share(figure: &Figure, number: f64, unit: &str) -> Option<Share> {
    let is_percent = unit.starts_with('%');
    match &figure.of {
        Some(Of::Number(whole)) if *whole > 0.0 => Some(Share {
            percent: Some(100.0 * number / whole),
            whole: format!("{whole} {unit}"),
        }),
        Some(Of::Number(_)) => None,
        Some(Of::Words(whole)) => Some(Share {
            percent: is_percent.then_some(number),
            whole: whole.clone(),
        }),
        None if is_percent => Some(Share {
            percent: Some(number),
            whole: unit.to_string(),
        }),
        None => None,
    }
}

/// Does a word stand before one of the times in the claim's words from which on it is counted?
fn is_running_since(fact: &Fact<'_>) -> bool {
    // "since the group took up arms in 2009": of the time's own clause.
    const BACK: usize = 90;
    let span = fact.span();
    let within = (fact.report.times.iter()).filter(|time| span.contains(time.span));
    let body = fact.report.report.body();
    let mut before = within.map(|time| {
        let from = time.span.start.saturating_sub(BACK).max(span.start);
        let from = (from..=time.span.start).find(|at| body.is_char_boundary(*at));
        from.and_then(|from| body.get(from..time.span.start))
            .unwrap_or_default()
    });
    before.any(|words| {
        let clause = words.rsplit([',', ';', '.']).next().unwrap_or_default();
        tokens(clause)
            .iter()
            .any(|word| TABLES.since.contains(word))
    })
}

/// Do the words of the figure, or those at its sides, say that it is a part of another?
fn is_partial(fact: &Fact<'_>, figure: &Figure) -> bool {
    // One or two words to either side.
    const AROUND: usize = 10;
    let is_share = matches!(figure.of, Some(Of::Number(_)));
    if is_share
        || figure
            .unit
            .as_deref()
            .is_some_and(|unit| unit.starts_with('%'))
    {
        return false;
    }
    let body = fact.report.report.body();
    let mut start = figure.span.start.saturating_sub(AROUND);
    while !body.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (figure.span.end + AROUND).min(body.len());
    while !body.is_char_boundary(end) {
        end += 1;
    }
    let line = format!(" {} ", fold(body.get(start..end).unwrap_or_default()));
    // "killed 12 and wounded 30 others": others than the dead.
    let unlike = |other: &Figure| {
        let both = (other.fate.as_deref(), figure.fate.as_deref());
        other.span.start < figure.span.start && both.0 != both.1
    };
    let others = figure.fate.is_some() && fact.what().figures.iter().any(unlike);
    let is_part = |part: &String| {
        let other = matches!(part.as_str(), "other" | "others" | "another" | "further");
        line.contains(&format!(" {part} ")) && !(other && others)
    };
    let part = TABLES.partial.iter().any(is_part);
    part || (beside(fact, figure).1.iter()).any(|word| TABLES.degrees.contains(word))
}

fn printed(fact: &Fact<'_>, figure: &Figure) -> String {
    let words = fact.report.report.slice(figure.span).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = figure.unit.as_deref().unwrap_or_default();
    // A figure's own words may stop before the unit ("killing seven").
    let has_unit = unit_head(unit).is_none_or(|head| {
        let people = |stem: &String| TABLES.people.contains(stem);
        let is_people = people(&head);
        (tokens(&words).iter().map(|w| stem(w))).any(|w| w == head || is_people && people(&w))
            || fold(&words).contains(&fold(unit))
    });
    if has_unit || words.is_empty() {
        words
    } else {
        format!("{words} ({unit})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Span;

    fn interval(comparator: Comparator, low: f64, high: Option<f64>) -> Interval {
        let figure = Figure {
            span: Span::new(0, 1),
            low: Some(low),
            high,
            comparator,
            unit: None,
            of: None,
            fate: None,
            as_of: None,
        };
        Interval::of(&figure).unwrap().0
    }

    #[test]
    fn figures_exclude_each_other_or_not() {
        use Comparator::*;
        let one = |c, n| interval(c, n, Some(n));
        assert!(one(AtLeast, 5.0).meets(one(Equal, 7.0)));
        assert!(one(More, 270.0).tells_same(one(Equal, 276.0)));
        assert!(one(Less, 200.0).tells_same(one(Equal, 197.0)));
        assert!(!one(AtLeast, 4.0).tells_same(one(AtLeast, 6.0)));
        assert!(!one(AtLeast, 5.0).tells_same(one(Equal, 7.0)));
        assert!(one(AtLeast, 15_000.0).meets(one(More, 22_000.0)));
        assert!(!one(More, 24_000.0).meets(one(Almost, 23_000.0)));
        assert!(!one(More, 20.0).meets(one(Equal, 20.0)));
        assert!(!one(Equal, 12.0).meets(one(Equal, 0.0)));
        assert!(one(About, 20_000.0).meets(one(Equal, 21_000.0)));
        assert!(interval(About, 24.0, None).meets(one(More, 140.0)));
        assert!(interval(Equal, 10.0, Some(12.0)).meets(one(Equal, 11.0)));
        assert!(one(Less, 100.0).meets(one(Almost, 100.0)));
        assert!(one(More, 30.0).exceeds(one(AtMost, 30.0)));
    }

    #[test]
    fn round_numbers_were_rounded() {
        assert_eq!(rounding(5_000.0), 500.0);
        assert_eq!(rounding(4_980.0), 0.0);
        assert_eq!(rounding(12.0), 0.0);
        assert_eq!(rounding(0.0), 0.0);
    }
}
