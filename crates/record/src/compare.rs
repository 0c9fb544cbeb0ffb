//! How two answers to one question stand to one another: the same value, values that can both be
//! so, or values that cannot; and in what they differ.
//!
//! Every rule says its reason in words, with the values as printed, and none says who is right.

use crate::amount::{self, Amount, Reach};
use crate::facts::{Fact, Facts, Overlap, Who};
use crate::sides::Side;
use crate::words::{TABLES, any, fold, stem, tokens};
use rapporteur_model::{Action, Aspect, Difference, Form, RelationKind, Unit, When};
use std::collections::{BTreeMap, BTreeSet};

/// One claim's answer to a question.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The claim's number in [`Facts`].
    pub(crate) fact: usize,
    pub(crate) value: Value,
}

/// What an answer says, by kind of question.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Someone holds a place, or (`negative`) does not.
    Hold {
        side: Side,
        action: Action,
        negative: bool,
        /// The keys of all places that the claim lists.
        list: BTreeSet<String>,
    },
    /// Someone attacks a place, fights there or surrounds it, or does not.
    Fight {
        sides: Vec<Side>,
        action: Action,
        negative: bool,
    },
    /// So many.
    Amount(Amount),
    /// How talks stand.
    Stage(Stage),
    /// Who sits for a side, or (`refused`) would not.
    Delegation {
        head: Option<Who>,
        members: Vec<Who>,
        refused: bool,
    },
    /// What a side offers, asks, binds itself to or agrees to: the stems of it.
    Position { stems: Vec<u32>, negative: bool },
    /// The next meeting, and the keys of the sides that meet.
    Next {
        none_set: bool,
        sides: BTreeMap<String, String>,
    },
    /// What is to be discussed: the stems of each topic.
    Agenda(Vec<Vec<u32>>),
    /// A planned act's day, the stem of its verb, and the keys of all sides that its sentence names.
    Plan {
        day: When,
        verb: String,
        named: BTreeSet<String>,
    },
    /// What somebody left unsaid: its stems.
    Unsaid(Vec<u32>),
    /// What a side wants done before something else: whose words, and their stems.
    Order { side: Side, stems: Vec<u32> },
    /// What is said, in its words.
    Words,
}

/// How talks stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Began,
    Resumed,
    Held,
    Suspended,
    Ended,
    /// They ended, or went on, without a result.
    Nothing,
    /// They had a result.
    Something,
}

/// How one answer stands to another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stand {
    /// They do not answer the same question.
    Apart,
    /// They answer the same question, and nothing is to be said of the two.
    Beside,
    /// They give the same value.
    Same,
    /// They give the same value, and differ in something else.
    SameBut(Tie),
    /// They give different values.
    Related(Tie),
}

/// A relation between two answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tie {
    pub(crate) relation: RelationKind,
    pub(crate) kind: Difference,
    pub(crate) why: String,
    /// The second answer is the earlier one.
    pub(crate) turned: bool,
}

fn tie(relation: RelationKind, kind: Difference, why: String) -> Stand {
    Stand::Related(Tie {
        relation,
        kind,
        why,
        turned: false,
    })
}

fn update(turned: bool, kind: Difference, why: String) -> Stand {
    Stand::Related(Tie {
        relation: RelationKind::Update,
        kind,
        why,
        turned,
    })
}

/// How two answers stand.
pub(crate) fn compare(facts: &Facts<'_>, a: &Answer, b: &Answer) -> Stand {
    match facts.judged(a.fact, b.fact) {
        Some(true) => return Stand::Same,
        Some(false) => return Stand::Beside,
        None => {}
    }
    let (x, y) = (facts.get(a.fact), facts.get(b.fact));
    match by_value(facts, x, y, a, b) {
        Stand::Related(tie) if tie.relation == RelationKind::Contradict => {
            match facts.revised(x, y) {
                // What a later version of a report says instead, it says instead of it.
                Some(second) => {
                    let why = format!("{}: a later version of the report", tie.why);
                    update(!second, tie.kind, why)
                }
                None => Stand::Related(tie),
            }
        }
        stand => stand,
    }
}

fn by_value(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Answer, b: &Answer) -> Stand {
    match (&a.value, &b.value) {
        (Value::Hold { .. }, Value::Hold { .. }) => holds(x, y, &a.value, &b.value),
        (Value::Fight { .. }, Value::Fight { .. }) => fights(x, y, &a.value, &b.value),
        (Value::Amount(p), Value::Amount(q)) => amounts(facts, x, y, p, q),
        (Value::Stage(p), Value::Stage(q)) => stages(x, y, *p, *q),
        (Value::Delegation { .. }, Value::Delegation { .. }) => {
            delegations(x, y, &a.value, &b.value)
        }
        (Value::Position { .. }, Value::Position { .. }) => {
            positions(facts, x, y, &a.value, &b.value)
        }
        (Value::Next { .. }, Value::Next { .. }) => next(facts, x, y, &a.value, &b.value),
        (Value::Agenda(p), Value::Agenda(q)) => agendas(facts, x, y, p, q),
        (Value::Plan { .. }, Value::Plan { .. }) => plans(facts, x, y, &a.value, &b.value),
        (Value::Unsaid(p), Value::Unsaid(q)) => unsaid(facts, x, y, p, q),
        (Value::Unsaid(p), Value::Agenda(topics)) | (Value::Agenda(topics), Value::Unsaid(p)) => {
            not_taken_up(facts, x, y, p, topics)
        }
        (Value::Order { .. }, Value::Order { .. }) => orders(facts, x, y, &a.value, &b.value),
        (Value::Words, Value::Words) => words(facts, x, y),
        _ => Stand::Beside,
    }
}

// Time.

/// Days between two times; 0 where they share a day.
pub(crate) fn days_between(a: When, b: When) -> i64 {
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| {
        i64::from(
            from.until(to)
                .map(|span| span.get_days())
                .unwrap_or(i32::MAX),
        )
    };
    if a.latest < b.earliest {
        days(a.latest, b.earliest)
    } else if b.latest < a.earliest {
        days(b.latest, a.earliest)
    } else {
        0
    }
}

/// Can the two be of one time? What is undated can lie up to `slack` days before its report, and
/// not after it; what has no date at all can be of any time.
fn may_be_together(a: &Fact<'_>, b: &Fact<'_>, slack: i64) -> bool {
    match (a.when, b.when) {
        (Some(a), Some(b)) => days_between(a, b) == 0,
        (Some(dated), None) => may_lie_in(dated, b.written(), slack),
        (None, Some(dated)) => may_lie_in(dated, a.written(), slack),
        (None, None) => match (a.written(), b.written()) {
            (Some(a), Some(b)) => days_between(a, b) <= slack,
            _ => true,
        },
    }
}

/// The same for what is said, which may also be of days to come.
pub(crate) fn may_be_of_one_time(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    const SLACK: i64 = 60;
    let ahead = |dated: When, written: Option<When>| {
        written.is_none_or(|written| days_between(dated, written) <= SLACK)
    };
    match (a.when, b.when) {
        (Some(dated), None) => ahead(dated, b.written()),
        (None, Some(dated)) => ahead(dated, a.written()),
        _ => may_be_together(a, b, SLACK),
    }
}

fn may_lie_in(dated: When, written: Option<When>, slack: i64) -> bool {
    written.is_none_or(|written| {
        dated.earliest <= written.latest && days_between(dated, written) <= slack
    })
}

/// Which of the two tells of the later time, by when it happened, was said or was published:
/// `Some(true)` the second.
fn second_is_later(a: &Fact<'_>, b: &Fact<'_>) -> Option<bool> {
    let clocks: [fn(&Fact<'_>) -> Option<When>; 3] =
        [|f| f.when, |f| f.state.said, |f| f.written()];
    clocks.iter().find_map(|clock| {
        let (a, b) = (clock(a)?, clock(b)?);
        later(a, b)
    })
}

/// Is the second wholly later (`true`) or wholly earlier (`false`)?
fn later(a: When, b: When) -> Option<bool> {
    if a.latest < b.earliest {
        Some(true)
    } else {
        (b.latest < a.earliest).then_some(false)
    }
}

/// A time in words: `14 July 2031`, `July 2031`, `2031`, or from day to day.
pub(crate) fn in_words(when: When) -> String {
    let day = |d: jiff::civil::Date| d.strftime("%-d %B %Y").to_string();
    let (from, to) = (when.earliest, when.latest);
    if from == to {
        day(from)
    } else if from.day() == 1 && to == to.last_of_month() && from.year() == to.year() {
        match (from.month(), to.month()) {
            (1, 12) => from.strftime("%Y").to_string(),
            (a, b) if a == b => from.strftime("%B %Y").to_string(),
            _ => format!("{} to {}", from.strftime("%B"), to.strftime("%B %Y")),
        }
    } else {
        format!("{} to {}", day(from), day(to))
    }
}

fn dated(fact: &Fact<'_>) -> String {
    fact.when.map_or("no day named".to_string(), in_words)
}

// Ground.

/// One taking of a place told with two days is one taking up to a week apart; further apart it may
/// have been lost in between.
const ONE_TAKING: i64 = 7;

fn holds(x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Hold {
            side: s,
            action: p,
            negative: no,
            list,
        },
        Value::Hold {
            side: t,
            action: q,
            negative: not,
            list: other_list,
        },
    ) = (a, b)
    else {
        return Stand::Beside;
    };
    let together = may_be_together(x, y, 60);
    if no != not {
        let why = format!("{} against {}", quoted(x), quoted(y));
        return if s.may_be(t) && together {
            tie(RelationKind::Contradict, Difference::Denial, why)
        } else {
            Stand::Beside
        };
    }
    if *no {
        return if s.is(t) { Stand::Same } else { Stand::Beside };
    }
    if s.may_be(t) {
        return match (p, q, x.when, y.when) {
            (Action::Held, Action::Held, Some(one), Some(other)) => {
                match days_between(one, other) {
                    0..=366 => Stand::Same,
                    _ => Stand::Beside,
                }
            }
            (Action::Held, Action::Held, None, None) => Stand::Same,
            // It is still held after it was taken; on a day before, or years after, it is another
            // time of holding it.
            (Action::Held, ..) => still_holds(x, y),
            (_, Action::Held, ..) => still_holds(y, x),
            (.., Some(one), Some(other)) if days_between(one, other) == 0 => {
                same_list(x, y, list, other_list)
            }
            (.., Some(one), Some(other)) if days_between(one, other) <= ONE_TAKING => tie(
                RelationKind::Contradict,
                Difference::Time,
                format!("taken on {} against {}", in_words(one), in_words(other)),
            ),
            (.., Some(_), Some(_)) => Stand::Beside,
            _ if together => same_list(x, y, list, other_list),
            _ => Stand::Beside,
        };
    }
    let sides = format!("{} against {}", s.name, t.name);
    let order = match (x.when, y.when) {
        (Some(one), Some(other)) => later(one, other),
        // It can only be taken back from one who had taken it.
        _ => match (p, q) {
            (Action::Taken, Action::Retaken) => Some(true),
            (Action::Retaken, Action::Taken) => Some(false),
            _ => second_is_later(x, y),
        },
    };
    match (order, p, q) {
        (Some(second), ..) => {
            let (first, then) = if second { (s, t) } else { (t, s) };
            let why = format!("first {}, then {}", first.name, then.name);
            update(!second, Difference::Time, why)
        }
        (None, Action::Taken, Action::Retaken) => update(false, Difference::Time, sides),
        (None, Action::Retaken, Action::Taken) => update(true, Difference::Time, sides),
        _ if !together => Stand::Beside,
        _ => {
            let own = |fact: &Fact<'_>, side: &Side| fact.speakers.iter().any(|v| v.is(side));
            let kind = match own(x, s) && own(y, t) {
                true => Difference::Attribution,
                false => Difference::Value,
            };
            tie(RelationKind::Contradict, kind, sides)
        }
    }
}

/// Is who is said to hold a place the one who took it, at the time that the taking is told of?
fn still_holds(held: &Fact<'_>, taken: &Fact<'_>) -> Stand {
    // Later than this, nothing says that it was not lost and taken again.
    const LONG: i64 = 366;
    let (from, to) = (taken.when.or(taken.written()), held.when.or(held.written()));
    match (from, to) {
        (Some(from), Some(to)) if later(from, to) == Some(false) => Stand::Beside,
        (Some(from), Some(to)) if days_between(from, to) > LONG => Stand::Beside,
        _ => Stand::Same,
    }
}

/// The same taking; where each claim lists several places and the lists differ, that is said.
fn same_list(
    x: &Fact<'_>,
    y: &Fact<'_>,
    list: &BTreeSet<String>,
    other: &BTreeSet<String>,
) -> Stand {
    if list.len() < 2 || other.len() < 2 || list == other {
        return Stand::Same;
    }
    let only = |fact: &Fact<'_>, others: &BTreeSet<String>| {
        let names = fact.spots.iter().filter(|s| !others.contains(&s.key));
        let names: Vec<&str> = names.map(|s| s.name.as_str()).collect();
        match &names[..] {
            [] => "nothing".to_string(),
            names => names.join(", "),
        }
    };
    Stand::SameBut(Tie {
        relation: RelationKind::Differ,
        kind: Difference::Scope,
        why: format!(
            "the lists of places differ: only the first names {}, only the second {}",
            only(x, other),
            only(y, list)
        ),
        turned: false,
    })
}

/// Undated fighting at one place is taken for one fight within so many days.
const ONE_FIGHT: i64 = 14;

fn fights(x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Fight {
            sides: s,
            action: p,
            negative: no,
        },
        Value::Fight {
            sides: t,
            action: q,
            negative: not,
        },
    ) = (a, b)
    else {
        return Stand::Beside;
    };
    let shared = s.is_empty() || t.is_empty() || s.iter().any(|s| t.iter().any(|t| s.may_be(t)));
    if (*p == Action::Surrounded) != (*q == Action::Surrounded) || !shared {
        return Stand::Beside;
    }
    let together = may_be_together(x, y, ONE_FIGHT);
    if no != not {
        let why = format!("{} against {}", quoted(x), quoted(y));
        return match together {
            true => tie(RelationKind::Contradict, Difference::Denial, why),
            false => Stand::Beside,
        };
    }
    if together {
        return match (clock(x.exact()), clock(y.exact())) {
            (Some(one), Some(other)) if one.apart(other) > QUARTER => tie(
                RelationKind::Contradict,
                Difference::Time,
                format!("{} against {}", one.printed(), other.printed()),
            ),
            _ => Stand::Same,
        };
    }
    match (x.when, y.when) {
        (Some(one), Some(other)) if days_between(one, other) <= 2 && !x.same_report(y) => tie(
            RelationKind::Differ,
            Difference::Time,
            format!("{} against {}", in_words(one), in_words(other)),
        ),
        _ => Stand::Beside,
    }
}

/// A time of day, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    minutes: i32,
}

/// Times of day further apart than this are not one time told roughly.
const QUARTER: i32 = 15;

impl Clock {
    fn apart(self, other: Clock) -> i32 {
        let apart = (self.minutes - other.minutes).abs();
        apart.min(24 * 60 - apart)
    }

    fn printed(self) -> String {
        format!("{}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// The time of day that the words print in the twelve-hour way ("2:53 p.m."): where they print
/// exactly one, so that a second in another zone does not count.
fn clock(words: &str) -> Option<Clock> {
    let folded = tokens(words);
    let mut found = None;
    for at in 1..folded.len() {
        let Some(noon) = TABLES.day_halves.get(&folded[at]) else {
            continue;
        };
        let number = |i: usize| folded.get(i).and_then(|w| w.parse::<i32>().ok());
        let last = number(at - 1)?;
        // The colon parts hours and minutes into two words.
        let (hours, minutes) = match at.checked_sub(2).and_then(number) {
            Some(hours) if words.contains(&format!("{hours}:{last:02}")) => (hours, last),
            _ => (last, 0),
        };
        if found.is_some() || !(1..=12).contains(&hours) || !(0..60).contains(&minutes) {
            return None;
        }
        let minutes = (hours % 12 + noon) * 60 + minutes;
        found = Some(Clock { minutes });
    }
    found
}

// Counts.

fn amounts(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Amount, b: &Amount) -> Stand {
    let why = || format!("{} against {}", a.printed, b.printed);
    let reach = amount::reach(a, b);
    let same_number = matches!(reach, Reach::Same);
    let scenes_meet = (a.scene.iter()).any(|s| b.scene.iter().any(|t| s.key == t.key));
    let scenes_part = !scenes_meet && !a.scene.is_empty() && !b.scene.is_empty();
    if a.placed && b.placed && scenes_part {
        return Stand::Apart;
    }
    let (likeness, shared) = facts.likeness(&x.stems, &y.stems);
    let one_time = matches!((a.when, b.when), (Some(p), Some(q)) if days_between(p, q) == 0);
    let close = a.number.max(b.number) <= CLOSE * a.number.min(b.number);
    // "Two of the bombs" and "two bombs" at one place are alike only in what is said of them.
    let is_few = a.number <= FEW && b.number <= FEW && !is_harmful(a);
    let tied = if a.fate.as_deref() == Some("held") {
        // One side's ground: the bucket says whose.
        true
    } else if a.fate.is_none() {
        // Of things of which nothing is said there are as many counts as sentences.
        likeness >= if same_number { 0.3 } else { 0.45 }
            || same_number && amount::is_telling(a)
            || scenes_meet && a.inside && b.inside && likeness >= 0.15 && shared >= 4 && close
    } else if scenes_meet {
        !is_few || shared >= 2
    } else if same_number {
        likeness >= 0.25 || amount::is_telling(a) || a.reach.is_zero() && !scenes_part
    } else {
        // Two counts that no place ties together are tied by their words or by their time.
        // None and some killed: places that only stand around the words may be the wrong ones.
        let some_or_none = a.reach.is_zero() != b.reach.is_zero() && is_harmful(a) && is_harmful(b);
        some_or_none && shared >= 1 && !a.inside && !b.inside
            || !scenes_part && (likeness >= 0.25 || some_or_none)
            || close && likeness >= 0.45
            || one_time && shared >= 2 && !is_harmful(a)
    };
    // Two sides' counts of one side's dead, told one after the other.
    let tied = tied || is_answered(x, y, a, b);
    let one_place = scenes_meet && a.inside && b.inside;
    let held = a.fate.as_deref() == Some("held");
    let matter = held || one_place || facts.one_matter_by_words(x, y);
    if !tied || !matter || is_of_war(a, b) && likeness < 0.25 {
        return Stand::Apart;
    }
    if a.fate != b.fate {
        return unlike_fates(a, b, why);
    }
    if !a.counts_same(b) {
        let land = amount::is_of_land(a) != amount::is_of_land(b);
        return match (&a.share, &b.share) {
            (Some(one), Some(other)) => tie(
                RelationKind::Differ,
                Difference::Denominator,
                of_wholes(a, b, one, other),
            ),
            // Districts, and a share of the land: no sum of the one gives the other.
            _ if held && land => {
                let why = format!("{}: a count of places against a share of the land", why());
                tie(RelationKind::Differ, Difference::Denominator, why)
            }
            _ => Stand::Beside,
        };
    }
    // "Civilians" and "soldiers" killed are two counts; "people" and "civilians" may be one.
    let narrowed = a.narrower.is_subset(&b.narrower) || b.narrower.is_subset(&a.narrower);
    if a.partial || b.partial || !narrowed || a.is_part_of(b) || b.is_part_of(a) {
        return match same_number && narrowed {
            true => Stand::Same,
            false => Stand::Beside,
        };
    }
    // Tied by their time alone, "missiles" and "ballistic missiles" may be two counts.
    let words = |fact: &Fact<'_>| {
        tokens(fact.exact())
            .iter()
            .map(|w| stem(w))
            .collect::<BTreeSet<_>>()
    };
    let told = |one: &Amount, fact: &Fact<'_>| one.narrower.is_subset(&words(fact));
    let one_scope = scenes_meet || told(a, y) && told(b, x);
    let apart = match (a.when, b.when) {
        (Some(one), Some(other)) => days_between(one, other),
        _ => 0,
    };
    let event = a.fate.is_some() && a.fate.as_deref() != Some("held");
    let running = a.running || b.running;
    let far = match event && !running {
        // Two events, unless a day is told differently.
        true => apart > 2,
        false => !may_be_together(x, y, 366),
    };
    if event && !running && (far || !may_be_together(x, y, 30) && apart == 0) {
        return Stand::Apart;
    }
    if same_number {
        return Stand::Same;
    }
    if x.same_breath(y) || amount::is_told(x, b) || amount::is_told(y, a) || is_aside(x, y, a, b) {
        return Stand::Beside;
    }
    if let (Some(one), Some(other)) = (&a.share, &b.share)
        && fold(&one.whole) != fold(&other.whole)
    {
        let why = of_wholes(a, b, one, other);
        return tie(RelationKind::Differ, Difference::Denominator, why);
    }
    let order = second_is_later(x, y);
    let grew = order.filter(|second| {
        let (first, then) = if *second { (a, b) } else { (b, a) };
        let more =
            then.reach.exceeds(first.reach) || reach == Reach::Compatible && then.more_than(first);
        more && !first.reach.is_zero() && amount::is_running(first.fate.as_deref())
    });
    // What stands still is not counted anew every day.
    let days = match (x.written(), y.written()) {
        (Some(one), Some(other)) => days_between(one, other),
        _ => 0,
    };
    let may_grow = event || a.fate.is_some() || days >= 7;
    match (reach, grew) {
        (Reach::Compatible | Reach::Conflicting, Some(second)) if may_grow => {
            let (first, then) = if second { (a, b) } else { (b, a) };
            let why = format!("first {}, then {}", first.printed, then.printed);
            update(!second, Difference::Time, why)
        }
        (Reach::Conflicting, _) if !one_scope => {
            tie(RelationKind::Differ, Difference::Scope, why())
        }
        (Reach::Conflicting, _) if apart > 0 => tie(RelationKind::Differ, Difference::Time, why()),
        (Reach::Conflicting, _) => tie(RelationKind::Contradict, Difference::Value, why()),
        _ => tie(
            RelationKind::Differ,
            Difference::Rounding,
            format!("{}: neither excludes the other", why()),
        ),
    }
}

/// Two numbers of which neither is more times the other may be told of one thing, at two hours or rounded. Set by
/// reading what it ties in news articles (scores/record.txt).
const CLOSE: f64 = 1.25;

/// Numbers as small as this are told alike by chance.
const FEW: f64 = 4.0;

fn is_harmful(amount: &Amount) -> bool {
    amount.fate.as_deref().is_some_and(amount::is_harm)
}

/// Nobody harmed, and more than die in anything but a war: two events, whatever stands around them.
fn is_of_war(a: &Amount, b: &Amount) -> bool {
    const MANY: f64 = 10_000.0;
    let harmful = is_harmful(a) && is_harmful(b);
    harmful && a.reach.is_zero() != b.reach.is_zero() && a.number.max(b.number) >= MANY
}

fn are_told_by_two(x: &Fact<'_>, y: &Fact<'_>) -> bool {
    match (x.speakers.first(), y.speakers.first()) {
        (Some(one), Some(other)) => !one.may_be(other),
        _ => false,
    }
}

/// "The army said it had killed 50 fighters. A rebel spokesman said four of the group's men had died": does one
/// side count its own dead soon after another has?
fn is_answered(x: &Fact<'_>, y: &Fact<'_>, a: &Amount, b: &Amount) -> bool {
    const SOON: usize = 900;
    let (first, then) = match x.span().start <= y.span().start {
        true => (x, y),
        false => (y, x),
    };
    let near = then.span().start < first.span().end + SOON;
    let own = a.men != b.men && a.counts_same(b);
    x.same_report(y) && near && own && a.fate == b.fate && are_told_by_two(x, y)
}

/// A few killed or wounded beside many more are some of them, or of another event: unless two sides
/// each tell their number.
fn is_aside(x: &Fact<'_>, y: &Fact<'_>, a: &Amount, b: &Amount) -> bool {
    const TIMES: f64 = 5.0;
    let (few, many) = (a.number.min(b.number), a.number.max(b.number));
    let told_by_two = are_told_by_two(x, y);
    is_harmful(a) && few > 0.0 && few * TIMES <= many && !told_by_two
}

/// Do two values give the same number of the same thing?
pub(crate) fn same_number(a: &Value, b: &Value) -> bool {
    let (Value::Amount(a), Value::Amount(b)) = (a, b) else {
        return false;
    };
    a.thing == b.thing
        && a.fate == b.fate
        && a.partial == b.partial
        && amount::reach(a, b) == Reach::Same
}

/// Killed, wounded and casualties: none at all excludes some of either.
fn unlike_fates(a: &Amount, b: &Amount, why: impl Fn() -> String) -> Stand {
    if !is_harmful(a) || !is_harmful(b) {
        // One report says what became of them and the other does not.
        let equal = a.fate.is_none() != b.fate.is_none() && a.thing == b.thing;
        return match equal && matches!(amount::reach(a, b), Reach::Same) {
            true => Stand::Same,
            false => Stand::Apart,
        };
    }
    let all = |amount: &Amount| amount.fate.as_deref() == Some("casualty");
    let near = match (a.when, b.when) {
        (Some(one), Some(other)) => days_between(one, other) <= 2,
        _ => true,
    };
    if !near {
        return Stand::Apart;
    }
    let excluded = |whole: &Amount, part: &Amount| all(whole) && part.reach.exceeds(whole.reach);
    if excluded(a, b) || excluded(b, a) {
        tie(RelationKind::Contradict, Difference::Value, why())
    } else {
        Stand::Beside
    }
}

fn of_wholes(a: &Amount, b: &Amount, one: &amount::Share, other: &amount::Share) -> String {
    let percent = |amount: &Amount, share: &amount::Share| match share.percent {
        Some(percent) if !amount.thing.starts_with('%') => {
            format!("{} ({percent:.0} %)", amount.printed)
        }
        _ => amount.printed.clone(),
    };
    format!(
        "{} against {}: shares of different wholes",
        percent(a, one),
        percent(b, other)
    )
}

// Talks.

/// A round that began and one that ended belong together up to so many days apart.
const ONE_ROUND: i64 = 45;

fn stages(x: &Fact<'_>, y: &Fact<'_>, a: Stage, b: Stage) -> Stand {
    let together = may_be_together(x, y, ONE_ROUND);
    let why = || format!("{} against {}", quoted(x), quoted(y));
    let then = |second: bool| match second {
        true => format!("first {}, then {}", quoted(x), quoted(y)),
        false => format!("first {}, then {}", quoted(y), quoted(x)),
    };
    if a == b {
        return if together { Stand::Same } else { Stand::Beside };
    }
    // One report tells a course of events; that is no second account of it.
    if x.same_report(y) {
        return Stand::Beside;
    }
    let near = match (x.when, y.when) {
        (Some(one), Some(other)) => days_between(one, other) <= ONE_ROUND,
        _ => together,
    };
    let over = |stage: Stage| matches!(stage, Stage::Ended | Stage::Nothing | Stage::Something);
    let opened = |stage: Stage| matches!(stage, Stage::Began | Stage::Resumed);
    match (a, b) {
        (Stage::Nothing, Stage::Something) | (Stage::Something, Stage::Nothing) => {
            match second_is_later(x, y) {
                Some(second) => update(!second, Difference::Time, then(second)),
                None if together => tie(RelationKind::Contradict, Difference::Value, why()),
                None => Stand::Beside,
            }
        }
        // Going on for months, and broken off on a day: whichever time each speaks of.
        (Stage::Held, Stage::Suspended) | (Stage::Suspended, Stage::Held)
            if x.when.is_some() != y.when.is_some() =>
        {
            tie(RelationKind::Differ, Difference::Time, why())
        }
        (Stage::Suspended, other) | (other, Stage::Suspended) if opened(other) => {
            match (x.when.zip(y.when)).and_then(|(one, other)| later(one, other)) {
                Some(second) => update(!second, Difference::Time, then(second)),
                None => Stand::Beside,
            }
        }
        (Stage::Held, other) if near && over(other) && may_follow(x, y) => {
            update(false, Difference::Time, then(true))
        }
        (other, Stage::Held) if near && over(other) && may_follow(y, x) => {
            update(true, Difference::Time, then(false))
        }
        _ if near && opened(a) && over(b) => update(false, Difference::Time, then(true)),
        _ if near && opened(b) && over(a) => update(true, Difference::Time, then(false)),
        _ => Stand::Beside,
    }
}

/// Can the second be later than the first: not told of an earlier day, and of days that are known?
fn may_follow(x: &Fact<'_>, y: &Fact<'_>) -> bool {
    matches!((x.when, y.when), (Some(one), Some(other)) if later(one, other) == Some(true))
}

fn delegations(x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Delegation {
            head: h,
            members: m,
            refused: r,
        },
        Value::Delegation {
            head: i,
            members: n,
            refused: s,
        },
    ) = (a, b)
    else {
        return Stand::Beside;
    };
    let all = |head: &Option<Who>, members: &[Who]| -> Vec<Who> {
        head.iter().chain(members).cloned().collect()
    };
    let (all_a, all_b) = (all(h, m), all(i, n));
    let shared = all_a.iter().find(|p| all_b.iter().any(|q| p.key == q.key));
    if !may_be_together(x, y, 60) {
        return Stand::Beside;
    }
    if r != s {
        return match shared {
            Some(who) => tie(
                RelationKind::Contradict,
                Difference::Value,
                format!(
                    "{} is named as a member, and is said to have refused",
                    who.name
                ),
            ),
            None => Stand::Beside,
        };
    }
    match (shared, h, i) {
        (Some(_), None, _) | (Some(_), _, None) => Stand::Same,
        (_, Some(one), Some(other)) if one.key == other.key => Stand::Same,
        (_, Some(one), Some(other)) if same_office(one, other) => Stand::SameBut(Tie {
            relation: RelationKind::Agree,
            kind: Difference::Definition,
            why: format!(
                "{} and {}: two names for the holder of one office",
                one.name, other.name
            ),
            turned: false,
        }),
        (_, Some(one), Some(other)) => tie(
            RelationKind::Contradict,
            Difference::Value,
            format!("headed by {} against {}", one.name, other.name),
        ),
        _ => Stand::Beside,
    }
}

/// Two persons of whom the reports say the same office of the same body.
fn same_office(a: &Who, b: &Who) -> bool {
    let shared = a.role.intersection(&b.role).count();
    shared >= 2 && 2 * shared >= a.role.len().max(b.role.len())
}

fn positions(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Position {
            stems: p,
            negative: no,
        },
        Value::Position {
            stems: q,
            negative: not,
        },
    ) = (a, b)
    else {
        return Stand::Apart;
    };
    let (likeness, shared) = facts.likeness(p, q);
    let short = p.len().min(q.len()) <= 2;
    // Two reports of what the same sides agreed on in the same days are told in fewer shared words.
    let agreed = |fact: &Fact<'_>| fact.detail().is_some_and(|d| d.aspect == Aspect::Agreement);
    let one_event = agreed(x) && agreed(y) && may_be_together(x, y, 7);
    let enough = if one_event { 0.28 } else { 0.42 };
    let alike = likeness >= enough && shared >= 2 || short && likeness >= 0.6;
    if !alike || !may_be_together(x, y, 60) {
        return Stand::Apart;
    }
    match (no == not, x.when, y.when) {
        (false, ..) => tie(
            RelationKind::Contradict,
            Difference::Value,
            format!("{} against {}", quoted(x), quoted(y)),
        ),
        _ => Stand::Same,
    }
}

fn next(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Next {
            none_set: none,
            sides: s,
        },
        Value::Next {
            none_set: also_none,
            sides: t,
        },
    ) = (a, b)
    else {
        return Stand::Apart;
    };
    let (none, also_none) = (*none, *also_none);
    let shared = s.keys().filter(|side| t.contains_key(*side)).count();
    // One side and the very week tie two meetings together as two sides do.
    let one_week = match (x.when, y.when) {
        (Some(one), Some(other)) => {
            let days = |w: When| days_between(When::day(w.earliest), When::day(w.latest));
            days_between(one, other) == 0 && days(one) < 7 && days(other) < 7
        }
        _ => false,
    };
    // "The two sides", and nothing in the report tells which: those that its matter is about.
    let unnamed = s.is_empty() != t.is_empty() && facts.one_matter(x, y);
    let tied = shared >= 2 || shared == 1 && one_week || unnamed;
    if !tied && (s.len().max(t.len()) > 1 || s != t) {
        return Stand::Apart;
    }
    // Two reports a month apart speak of two meetings.
    let near = match (x.written(), y.written()) {
        (Some(one), Some(other)) => days_between(one, other) <= 31,
        _ => true,
    };
    if !near {
        return Stand::Apart;
    }
    let says = |fact: &Fact<'_>, none: bool| match none {
        true => "no day set".to_string(),
        false => dated(fact),
    };
    let why = format!("{} against {}", says(x, none), says(y, also_none));
    match (none, also_none, x.when, y.when) {
        (true, true, ..) => Stand::Same,
        (true, false, ..) | (false, true, ..) => tie(RelationKind::Differ, Difference::Value, why),
        (.., Some(one), Some(other)) if days_between(one, other) == 0 => Stand::Same,
        (.., Some(_), Some(_)) => {
            match (x.written().zip(y.written())).and_then(|(one, other)| later(one, other)) {
                Some(second) => update(!second, Difference::Time, why),
                None => tie(RelationKind::Contradict, Difference::Time, why),
            }
        }
        _ => Stand::Same,
    }
}

fn agendas(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &[Vec<u32>], b: &[Vec<u32>]) -> Stand {
    if !may_be_together(x, y, 60) {
        return Stand::Apart;
    }
    let found = |topic: &Vec<u32>, among: &[Vec<u32>]| {
        among
            .iter()
            .any(|other| facts.likeness(topic, other).0 >= 0.5)
    };
    let shared = a.iter().filter(|topic| found(topic, b)).count();
    match shared {
        0 => Stand::Beside,
        _ if shared == a.len() && b.iter().all(|topic| found(topic, a)) => Stand::Same,
        _ => tie(
            RelationKind::Differ,
            Difference::Scope,
            format!("{} against {}", quoted(x), quoted(y)),
        ),
    }
}

/// Two reports of what one message leaves out.
fn unsaid(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &[u32], b: &[u32]) -> Stand {
    let (likeness, shared) = facts.likeness(a, b);
    let near = may_be_together(x, y, 14) || x.when.is_some() != y.when.is_some();
    match shared >= 1 && likeness >= 0.25 && near && facts.one_matter(x, y) {
        true => Stand::Same,
        false => Stand::Apart,
    }
}

/// Something is to be discussed, and a message or a meeting leaves it out.
fn not_taken_up(
    facts: &Facts<'_>,
    x: &Fact<'_>,
    y: &Fact<'_>,
    unsaid: &[u32],
    topics: &[Vec<u32>],
) -> Stand {
    let of = topics.iter().map(|topic| facts.likeness(unsaid, topic));
    let told = of
        .into_iter()
        .any(|(likeness, shared)| shared >= 1 && likeness >= 0.25);
    let days = match (x.written(), y.written()) {
        (Some(one), Some(other)) => days_between(one, other),
        _ => 0,
    };
    if !told || days > 14 || !facts.one_matter(x, y) {
        return Stand::Apart;
    }
    let why = format!("{} against {}", quoted(x), quoted(y));
    tie(RelationKind::Differ, Difference::Scope, why)
}

/// Two sides that each want something else first.
fn orders(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (Value::Order { side: s, stems: p }, Value::Order { side: t, stems: q }) = (a, b) else {
        return Stand::Apart;
    };
    let (_, shared) = facts.likeness(p, q);
    let two = !s.is(t) && (s.is_named() || t.is_named());
    if !two || shared < 1 || !may_be_together(x, y, 60) || !facts.one_matter(x, y) {
        return Stand::Apart;
    }
    let plain = p.iter().filter(|n| q.binary_search(n).is_ok()).copied();
    let names: BTreeSet<u32> = facts
        .names_in(x)
        .into_iter()
        .chain(facts.names_in(y))
        .collect();
    if plain.filter(|n| !names.contains(n)).count() == 0 {
        return Stand::Apart;
    }
    let why = format!("{} against {}", quoted(x), quoted(y));
    tie(RelationKind::Differ, Difference::Attribution, why)
}

/// The same planned act with two days: what names the same sides and places, or is told in the same
/// words.
fn plans(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>, a: &Value, b: &Value) -> Stand {
    let (
        Value::Plan {
            day: p,
            verb: v,
            named: s,
        },
        Value::Plan {
            day: q,
            verb: w,
            named: t,
        },
    ) = (a, b)
    else {
        return Stand::Apart;
    };
    let shared = s.intersection(t).count();
    let (likeness, _) = facts.likeness(&x.stems, &y.stems);
    // Ending a mission and withdrawing its troops are one act; beginnings are of many kinds.
    let ends = |verb: &String| {
        let classes = TABLES.phases.get(verb).into_iter().flatten();
        classes.into_iter().any(|class| class == "end")
    };
    let one_act = v == w || ends(v) && ends(w);
    let named = shared >= 2 || shared == 1 && likeness >= 0.15;
    if !(one_act && named || likeness >= 0.5) {
        return Stand::Apart;
    }
    if days_between(*p, *q) == 0 {
        return Stand::Same;
    }
    let why = format!("{} against {}", in_words(*p), in_words(*q));
    let said = |fact: &Fact<'_>| fact.state.said.or_else(|| said_beside(fact));
    let order = match (said(x), said(y)) {
        (Some(one), Some(other)) => later(one, other),
        // "Three days ago", of a report whose day is not known, is later than "in May".
        (Some(_), None) if said_lately(y) && !said_lately(x) => Some(true),
        (None, Some(_)) if said_lately(x) && !said_lately(y) => Some(false),
        (one, other) => {
            let of = |said: Option<When>, fact: &Fact<'_>| said.or(fact.written());
            (of(one, x).zip(of(other, y))).and_then(|(one, other)| later(one, other))
        }
    };
    match order {
        Some(second) => {
            let (first, then) = if second { (*p, *q) } else { (*q, *p) };
            let why = format!("first {}, then {}", in_words(first), in_words(then));
            update(!second, Difference::Time, why)
        }
        None => tie(RelationKind::Differ, Difference::Time, why),
    }
}

/// Was it said a few days before the report, by a time in its sentence that counts from there?
fn said_lately(fact: &Fact<'_>) -> bool {
    let sentence = fact.state.claim.sentence();
    let mut times = fact
        .report
        .times
        .iter()
        .filter(|t| sentence.contains(t.span));
    times.any(|time| match &time.form {
        Form::Offset {
            unit: Unit::Day,
            count,
        } => (-7..=0).contains(count),
        Form::Weekday { shift, .. } => *shift <= 0,
        _ => false,
    })
}

/// When something was said, by a time in its sentence outside the claim's own words that lies
/// before the report: "said in May that they would leave by September".
fn said_beside(fact: &Fact<'_>) -> Option<When> {
    let sentence = fact.state.claim.sentence();
    let own = fact.what().when.as_ref().map(|time| time.span);
    let times = fact.report.times.iter();
    let near = times.filter(|t| sentence.contains(t.span) && Some(t.span) != own);
    let known = near.filter_map(|t| fact.report.resolve(t));
    let end = fact.written().map(|written| written.latest);
    known
        .filter(|when| end.is_none_or(|end| when.earliest <= end))
        .max()
}

// Statements.

fn words(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>) -> Stand {
    let overlap = facts.overlap(&x.stems, &y.stems);
    let likeness = overlap.likeness;
    let alike =
        are_alike(x, y, overlap) && (likeness >= 0.6 || shares_more_than_names(facts, x, y));
    if !alike || !may_be_of_one_time(x, y) && likeness < 0.9 {
        return Stand::Apart;
    }
    let denies = |fact: &Fact<'_>| any(&TABLES.negations, fact.exact());
    if x.is_negative() != y.is_negative() && denies(x) != denies(y) {
        return match likeness >= 0.75 {
            true => tie(
                RelationKind::Contradict,
                Difference::Value,
                format!("{} against {}", quoted(x), quoted(y)),
            ),
            false => Stand::Apart,
        };
    }
    Stand::Same
}

/// Do the words of two statements say the same? The more stems they share, the less of the whole
/// these must be; one may also be told within a longer one, and more surely of the same days.
fn are_alike(x: &Fact<'_>, y: &Fact<'_>, overlap: Overlap) -> bool {
    let Overlap {
        likeness,
        contained,
        shared,
    } = overlap;
    let same_mouth = x.mouth.is_some() && x.mouth == y.mouth;
    let one_time = matches!((x.when, y.when), (Some(one), Some(other))
        if days_between(one, other) == 0 && is_month(one) && is_month(other));
    match shared {
        // Two stems are a chance; a short quotation word for word is not.
        0..=1 => false,
        2 => likeness >= 0.95,
        3 => likeness >= if same_mouth { 0.45 } else { 0.6 },
        4 => likeness >= if same_mouth { 0.45 } else { 0.5 },
        _ => {
            likeness >= 0.45
                || shared >= 6 && likeness >= 0.38 && contained >= 0.65
                || one_time && likeness >= 0.2 && contained >= 0.55
                || one_time && likeness >= 0.25 && amount::share_telling_number(x, y)
        }
    }
}

/// Two statements that share names and one more word are about the same, and may say anything of it.
fn shares_more_than_names(facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>) -> bool {
    let (mut names, others) = (facts.names_in(x), facts.names_in(y));
    names.extend(others);
    let shared = x.stems.iter().filter(|s| y.stems.binary_search(s).is_ok());
    shared.filter(|stem| !names.contains(stem)).count() >= 2
}

/// Is it a month at most: known closely enough to tell one event from another?
pub(crate) fn is_month(when: When) -> bool {
    days_between(When::day(when.earliest), When::day(when.latest)) <= 31
}

/// A claim's words, cut where they are long.
pub(crate) fn quoted(fact: &Fact<'_>) -> String {
    const LONGEST: usize = 120;
    let words = fact
        .exact()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let cut: String = words.chars().take(LONGEST).collect();
    if cut.len() == words.len() {
        return format!("“{words}”");
    }
    let whole = cut.rfind(' ').map_or(cut.as_str(), |end| &cut[..end]);
    format!("“{whole} …”")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{between, date};

    #[test]
    fn times_are_said_as_widely_as_they_are_known() {
        let words = |from, to| in_words(between(from, to));
        assert_eq!(words("2031-03-01", "2031-03-01"), "1 March 2031");
        assert_eq!(words("2031-03-01", "2031-03-31"), "March 2031");
        assert_eq!(words("2031-01-01", "2031-12-31"), "2031");
        assert_eq!(words("2031-03-01", "2031-05-31"), "March to May 2031");
        assert_eq!(
            words("2031-03-01", "2031-03-07"),
            "1 March 2031 to 7 March 2031"
        );
        assert_eq!(
            days_between(
                When::day(date("2031-03-01")),
                between("2031-02-01", "2031-02-27")
            ),
            2
        );
    }

    #[test]
    fn times_of_day_are_read_where_only_one_is_printed() {
        let at = |words| clock(words).map(Clock::printed);
        assert_eq!(
            at("attacked at 2:53 p.m. local time").as_deref(),
            Some("14:53")
        );
        assert_eq!(at("at 3 p.m. (1200 GMT)").as_deref(), Some("15:00"));
        assert_eq!(at("12:05 am").as_deref(), Some("0:05"));
        assert_eq!(at("from 2 p.m. to 3 p.m."), None);
        assert_eq!(at("I am 14 today"), None);
    }
}
