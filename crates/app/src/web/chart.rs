//! Charts as SVG: reports and claims by day, figures over time, a track of talks.

use super::Context;
use super::parts::short;
use maud::{Markup, html};
use rapporteur_model::{Date, When};
use rapporteur_views::desk::DayCount;
use rapporteur_views::{FigureLine, words};

/// Width of a chart.
const WIDTH: f64 = 760.0;

/// A number as people write it: thousands apart, no needless digits.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "∞".to_string();
    }
    if value.abs() >= 1e15 {
        return format!("{value:e}");
    }
    let rounded = (value * 100.0).round() / 100.0;
    let text = format!("{}", rounded.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    if rounded < 0.0 {
        format!("−{out}")
    } else {
        out
    }
}

fn day_number(day: Date) -> f64 {
    let start = Date::constant(1970, 1, 1);
    start
        .until(day)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

fn shown(day: Date) -> String {
    words::when(Some(When::day(day)))
}

/// How many reports were published and how many lines tell of each day.
pub fn days(days: &[DayCount]) -> Markup {
    const HEIGHT: f64 = 120.0;
    const BASE: f64 = 96.0;
    let most = days
        .iter()
        .map(|day| day.reports.max(day.lines))
        .max()
        .unwrap_or(1)
        .max(1) as f64;
    let wide = WIDTH / days.len() as f64;
    let tall = |count: usize| (BASE - 8.0) * count as f64 / most;
    let first_and_last = [days.first(), days.last()];
    let label = |day: &DayCount| match day.from == day.to {
        true => shown(day.from),
        false => words::when(Some(When::between(day.from, day.to))),
    };
    html! {
        figure.chart {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label="Reports published, and lines of the timeline, by day" {
                path.axis d=(format!("M0 {BASE}H{WIDTH}")) {}
                @for (number, day) in days.iter().enumerate() {
                    @let x = wide * number as f64;
                    g {
                        title { (label(day)) ": " (words::count(day.reports, "report", "reports")) ", " (words::count(day.lines, "line", "lines")) }
                        rect.reach x=(format!("{x:.1}")) width=(format!("{wide:.1}")) height=(BASE) {}
                        @if day.lines > 0 { rect.lines x=(format!("{:.1}", x + wide * 0.12)) y=(format!("{:.1}", BASE - tall(day.lines))) width=(format!("{:.1}", wide * 0.36)) height=(format!("{:.1}", tall(day.lines))) {} }
                        @if day.reports > 0 { rect.reports x=(format!("{:.1}", x + wide * 0.52)) y=(format!("{:.1}", BASE - tall(day.reports))) width=(format!("{:.1}", wide * 0.36)) height=(format!("{:.1}", tall(day.reports))) {} }
                    }
                }
                @for (end, day) in first_and_last.into_iter().enumerate() {
                    @if let Some(day) = day {
                        text x=(if end == 0 { 0.0 } else { WIDTH }) y="114" text-anchor=(if end == 0 { "start" } else { "end" }) { (shown(if end == 0 { day.from } else { day.to })) }
                    }
                }
            }
            figcaption.legend {
                span { i.key.lines {} " lines of the timeline that tell of the day" }
                span { i.key.reports {} " reports published" }
            }
        }
    }
}

/// A small chart of a ledger.
pub fn spark(points: &[(When, f64, f64)]) -> Markup {
    let times = points.iter().map(|(when, _, _)| day_number(when.latest));
    let (first, last) = (
        times.clone().reduce(f64::min),
        times.clone().reduce(f64::max),
    );
    let most = points.iter().map(|(_, _, high)| *high).fold(0.0, f64::max);
    let (Some(first), Some(last), true) = (first, last, most > 0.0) else {
        return html! {};
    };
    if first >= last {
        return html! {};
    }
    let spread = (last - first).max(1.0);
    html! {
        svg.spark viewBox="0 0 120 28" width="120" height="28" aria-hidden="true" {
            @for ((_, low, high), time) in points.iter().zip(times) {
                @let x = 4.0 + 112.0 * (time - first) / spread;
                @let y = |value: f64| 25.0 - 22.0 * (value.max(0.0) / most);
                @if low < high { path d=(format!("M{x:.1} {:.1}V{:.1}", y(*low), y(*high))) {} }
                circle cx=(format!("{x:.1}")) cy=(format!("{:.1}", y(*high))) r="2" {}
            }
        }
    }
}

/// Days of talks on a line.
pub fn track(track: &[(Date, &'static str, String)]) -> Markup {
    let first = track.first().map_or(0.0, |(day, _, _)| day_number(*day));
    let last = track.last().map_or(0.0, |(day, _, _)| day_number(*day));
    let spread = (last - first).max(1.0);
    // Names stand in rows, from the last day to the first, each in the lowest that is free to its right: so no
    // stem goes through a name.
    let mut starts = [f64::MAX; 4];
    let rows: Vec<(f64, usize, &(Date, &'static str, String))> = (track.iter().rev())
        .map(|entry| {
            let x = 30.0 + (WIDTH - 60.0) * (day_number(entry.0) - first) / spread;
            let wide = 10.0 + 7.0 * (entry.1.len() + 8) as f64;
            let (from, to) = if x > WIDTH - 150.0 {
                (x - wide, x)
            } else {
                (x, x + wide)
            };
            let row = starts
                .iter()
                .position(|start| to < *start)
                .unwrap_or(starts.len());
            if let Some(start) = starts.get_mut(row) {
                *start = from;
            }
            (x, row, entry)
        })
        .collect();
    html! {
        figure.chart.track {
            svg viewBox=(format!("0 0 {WIDTH} 128")) role="img" aria-label="Rounds, outcomes, agreements and next meetings on a line of days" {
                path.axis d=(format!("M12 104H{:.0}", WIDTH - 12.0)) {}
                @for (x, row, (day, aspect, what)) in &rows {
                    @let y = 84.0 - 22.0 * *row as f64;
                    @let end = *x > WIDTH - 150.0;
                    g class=(aspect.replace(' ', "-")) {
                        title { (shown(*day)) ", " (aspect) ": " (short(what)) }
                        @if *row < 4 {
                            path.stem d=(format!("M{x:.1} 104V{:.1}", y - 4.0)) {}
                            text x=(format!("{:.1}", if end { x - 5.0 } else { x + 5.0 })) y=(format!("{y:.1}")) text-anchor=(if end { "end" } else { "start" }) { (day.strftime("%-d %b").to_string()) " " (aspect) }
                        }
                        circle cx=(format!("{x:.1}")) cy="104" r="6" {}
                    }
                }
                text x="12" y="124" { (track.first().map(|(day, _, _)| shown(*day)).unwrap_or_default()) }
                text x=(WIDTH - 12.0) y="124" text-anchor="end" { (track.last().map(|(day, _, _)| shown(*day)).unwrap_or_default()) }
            }
        }
    }
}

/// A figure that can be drawn.
struct Mark<'f> {
    figure: &'f FigureLine,
    /// `None`: its day is not known.
    when: Option<When>,
    low: f64,
    high: f64,
    source: usize,
}

/// So many sources have a colour and shape of their own; the others share one.
const SOURCES: usize = 6;

/// Figures over time: each with its bounds, its comparator and its source.
pub fn figures(cx: &Context<'_>, figures: &[FigureLine]) -> Markup {
    const HEIGHT: f64 = 320.0;
    const LEFT: f64 = 64.0;
    const TOP: f64 = 16.0;
    const BASE: f64 = 276.0;
    let mut sources: Vec<(&str, usize)> = Vec::new();
    for figure in figures {
        match sources.iter_mut().find(|(name, _)| *name == figure.by) {
            Some((_, count)) => *count += 1,
            None => sources.push((&figure.by, 1)),
        }
    }
    sources.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let marks: Vec<Mark<'_>> = (figures.iter())
        .filter_map(|figure| {
            let low = figure.low.or(figure.high)?;
            let high = figure.high.unwrap_or(low);
            (low.is_finite() && high.is_finite()).then(|| Mark {
                figure,
                when: figure.when,
                low: low.min(high),
                high: low.max(high),
                source: sources
                    .iter()
                    .position(|(name, _)| *name == figure.by)
                    .unwrap_or(SOURCES)
                    .min(SOURCES),
            })
        })
        .collect();
    if marks.len() < 2 {
        return html! {};
    }
    let most = marks.iter().map(|mark| mark.high).fold(0.0, f64::max);
    let least = marks
        .iter()
        .map(|mark| mark.low)
        .fold(f64::INFINITY, f64::min);
    // What differs by more than two powers of ten is drawn by powers.
    let powers = least > 0.0 && most / least > 200.0;
    let (bottom, top) = match powers {
        true => (least.log10().floor(), most.log10().ceil()),
        false => (
            0.0_f64.min(least),
            if most > 0.0 { most * 1.08 } else { 1.0 },
        ),
    };
    let y = |value: f64| {
        let value = if powers {
            value.max(1e-9).log10()
        } else {
            value
        };
        BASE - (BASE - TOP) * (value - bottom) / (top - bottom).max(1e-9)
    };
    let dated = marks.iter().filter_map(|mark| mark.when);
    let first = dated
        .clone()
        .map(|when| day_number(when.earliest))
        .reduce(f64::min);
    let last = dated
        .clone()
        .map(|when| day_number(when.latest))
        .reduce(f64::max);
    let undated = marks.iter().any(|mark| mark.when.is_none());
    let right = if undated { WIDTH - 110.0 } else { WIDTH - 16.0 };
    let spread = last
        .zip(first)
        .map_or(1.0, |(last, first)| (last - first).max(1.0));
    let x = |day: f64| LEFT + 14.0 + (right - LEFT - 28.0) * (day - first.unwrap_or(0.0)) / spread;
    let ticks = ticks(bottom, top, powers);
    let mut aside = 0.0;
    // Figures that would lie on one another stand side by side.
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut places: Vec<f64> = Vec::new();
    for mark in &marks {
        let home = match mark.when {
            Some(when) => f64::midpoint(x(day_number(when.earliest)), x(day_number(when.latest))),
            None => {
                aside += 1.0;
                right + 22.0 + (aside * 13.0) % 74.0
            }
        };
        let high = y(mark.high);
        let free = |at: f64| {
            !taken
                .iter()
                .any(|(tx, ty)| (tx - at).abs() < 11.0 && (ty - high).abs() < 9.0)
        };
        let steps = [0.0, 12.0, -12.0, 24.0, -24.0, 36.0, -36.0, 48.0, -48.0];
        let at = steps
            .iter()
            .map(|step| home + step)
            .find(|at| free(*at))
            .unwrap_or(home);
        taken.push((at, high));
        places.push(at);
    }
    html! {
        figure.chart.ledger {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label="Figures over time; the table below has the same" {
                @for tick in &ticks {
                    path.grid d=(format!("M{LEFT} {:.1}H{:.1}", y(*tick), WIDTH - 8.0)) {}
                    text.tick x=(LEFT - 8.0) y=(format!("{:.1}", y(*tick) + 4.0)) text-anchor="end" { (number(*tick)) }
                }
                path.axis d=(format!("M{LEFT} {BASE}H{right}")) {}
                @if let Some((first, last)) = dated.clone().map(|w| w.earliest).min().zip(dated.clone().map(|w| w.latest).max()) {
                    text.tick x=(LEFT + 4.0) y="298" { (shown(first)) }
                    @if first < last { text.tick x=(right) y="298" text-anchor="end" { (shown(last)) } }
                }
                @if undated {
                    path.axis d=(format!("M{:.0} {BASE}H{:.0}", right + 16.0, WIDTH - 8.0)) {}
                    text.tick x=(WIDTH - 8.0) y="298" text-anchor="end" { "date unknown" }
                }
                @for (mark, at) in marks.iter().zip(&places) {
                    @let (low, high) = (y(mark.low), y(mark.high));
                    a class=(format!("figure s{}", mark.source)) href=(cx.claim(&mark.figure.voice.report.id, &mark.figure.voice.claim))
                        aria-label=(format!("{}, {}: {}", words::when(mark.when), short(&mark.figure.by), short(&mark.figure.printed))) {
                        title { (words::when(mark.when)) ", " (short(&mark.figure.by)) ": " (short(&mark.figure.printed)) }
                        @if let Some(when) = mark.when.filter(|when| when.earliest < when.latest) {
                            path.stretch d=(format!("M{:.1} {high:.1}H{:.1}", x(day_number(when.earliest)), x(day_number(when.latest)))) {}
                        }
                        @if mark.low < mark.high { path.range d=(format!("M{:.1} {low:.1}h6m-3 0V{high:.1}m-3 0h6", at - 3.0)) {} }
                        @match mark.figure.comparator {
                            ">" | ">=" => path.open d=(format!("M{at:.1} {high:.1}v-15m-4 5l4 -5l4 5")) {},
                            "<" | "<=" => path.open d=(format!("M{at:.1} {high:.1}v15m-4 -5l4 5l4 -5")) {},
                            "~" | "~<" => circle.about cx=(format!("{at:.1}")) cy=(format!("{high:.1}")) r="9" {},
                            _ => {}
                        }
                        (shape(mark.source, *at, high))
                    }
                }
            }
            figcaption.legend {
                @for (source, (name, count)) in sources.iter().take(SOURCES).enumerate() {
                    span { svg.key viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true" { g class=(format!("figure s{source}")) { (shape(source, 0.0, 0.0)) } } " " bdi { (short(name)) } " (" (count) ")" }
                }
                @if sources.len() > SOURCES { span { svg.key viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true" { g.figure.s6 { (shape(SOURCES, 0.0, 0.0)) } } " others" } }
                span.quiet { "↑ or more, ↓ or less, ring: about; a bar from low to high" @if powers { "; drawn by powers of ten" } }
            }
        }
    }
}

/// A shape for each source, so that colour is not needed.
fn shape(source: usize, x: f64, y: f64) -> Markup {
    let path = match source {
        0 => format!(
            "M{:.1} {y:.1}a4.500 4.500 0 1 0 9 0a4.500 4.500 0 1 0 -9 0z",
            x - 4.5
        ),
        1 => format!("M{:.1} {:.1}h8v8h-8z", x - 4.0, y - 4.0),
        2 => format!("M{x:.1} {:.1}l5 9h-10z", y - 5.0),
        3 => format!(
            "M{x:.1} {:.1}l5.500 5.500l-5.500 5.500l-5.500 -5.500z",
            y - 5.5
        ),
        4 => format!("M{x:.1} {:.1}l5 -9h-10z", y + 5.0),
        5 => format!("M{:.1} {:.1}h3v-3h4v3h3v4h-3v3h-4v-3h-3z", x - 5.0, y - 2.0),
        _ => format!("M{:.1} {y:.1}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", x - 3.0),
    };
    html! { path.point d=(path) {} }
}

/// Round values between two bounds; of powers of ten, the powers.
fn ticks(bottom: f64, top: f64, powers: bool) -> Vec<f64> {
    if powers {
        let (from, to) = (bottom as i32, top as i32);
        return (from..=to).map(|power| 10_f64.powi(power)).collect();
    }
    let rough = ((top - bottom) / 5.0).max(1e-9);
    let size = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .iter()
        .map(|n| n * size)
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let mut ticks = Vec::new();
    let mut at = (bottom / step).ceil() * step;
    while at <= top && ticks.len() < 12 {
        ticks.push(at);
        at += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        let apart = |text: &str| text.replace('\u{202f}', " ");
        assert_eq!(apart(&number(1_234_567.0)), "1 234 567");
        assert_eq!(apart(&number(999.0)), "999");
        assert_eq!(number(0.255), "0.26");
        assert_eq!(number(-12.5), "−12.5");
        assert_eq!(number(f64::INFINITY), "∞");
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(0.0, 430.0, false), [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(ticks(0.0, 4.0, true), [1.0, 10.0, 100.0, 1000.0, 10000.0]);
        assert!(ticks(0.0, 1e300, false).len() <= 12);
    }
}
