//! What several templates share: dates, weights, voices, lines, ways to further pages.

use super::{Context, text::encoded};
use maud::{Markup, html};
use rapporteur_model::{ClaimId, Difference, RelationKind, ReportId, Standing, When};
use rapporteur_views::desk::{Asked, Held, Leaf, Line};
use rapporteur_views::{Style, Voice, Weight, printed_sentence, words};

/// Of a sentence on a page with many, so many letters are shown on either side of the exact words, and so many
/// of these.
const AROUND: usize = 140;
const EXACT: usize = 300;
/// Of any other words of a report in a list.
const WORDS: usize = 240;

/// The first letters of some words; that there are more is shown.
pub fn short(words: &str) -> String {
    first(words, WORDS)
}

fn first(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_string(),
        Some((at, _)) => {
            let cut = words.get(..at).unwrap_or_default();
            // At a space, if one is near.
            let cut = match cut.rfind(' ') {
                Some(space) if space + 40 > cut.len() => cut.get(..space).unwrap_or(cut),
                _ => cut,
            };
            format!("{cut}…")
        }
    }
}

fn last(words: &str, most: usize) -> String {
    let count = words.chars().count();
    match count > most {
        false => words.to_string(),
        true => {
            let cut: String = words.chars().skip(count - most).collect();
            match cut.find(' ') {
                Some(space) if space < 40 => format!("…{}", cut.get(space..).unwrap_or_default()),
                _ => format!("…{cut}"),
            }
        }
    }
}

/// A day or stretch of days.
pub fn when(when: Option<When>) -> Markup {
    match when {
        None => html! { span.quiet { "date unknown" } },
        Some(when) if when.earliest == when.latest => {
            html! { time datetime=(when.earliest) { (words::when(Some(when))) } }
        }
        some => html! { span { (words::when(some)) } },
    }
}

/// How many reports and origins.
pub fn weight(weight: Weight) -> Markup {
    html! { span.weight { (weight.words()) } }
}

/// `ground`, `talks`, `count` or `statement`, as a label.
pub fn subject(subject: &str) -> Markup {
    html! { span class=(format!("label {subject}")) { (subject) } }
}

/// How the accounts of a question stand.
pub fn standing(standing: Standing, breach: bool) -> Markup {
    let (class, words) = match standing {
        Standing::Disputed => ("against", "disputed"),
        _ if breach => ("against", "a pledge and an act against it"),
        Standing::Compatible => ("differ", "different, and all can be so"),
        Standing::Agreed => ("agree", "agreed"),
    };
    html! { span class=(format!("label {class}")) { (words) } }
}

/// In what accounts differ.
pub fn difference(kind: Difference) -> &'static str {
    rapporteur_views::difference(kind)
}

/// How one claim stands to another.
pub fn relation(relation: RelationKind) -> Markup {
    let class = match relation {
        RelationKind::Contradict | RelationKind::Breach => "against",
        RelationKind::Agree => "agree",
        RelationKind::Differ | RelationKind::Update => "differ",
    };
    html! { span class=(format!("label {class}")) { (rapporteur_views::relation(relation)) } }
}

/// How a place stands: class of its marker, and words.
pub fn held(standing: Held) -> (&'static str, &'static str) {
    match standing {
        Held::Held => ("held", "held"),
        Held::Retaken => ("retaken", "taken back"),
        Held::Claimed => ("claimed", "claimed by its own side alone"),
        Held::Contested => ("contested", "contested"),
        Held::Fighting => ("fighting", "fighting"),
        Held::Surrounded => ("surrounded", "surrounded"),
    }
}

impl Context<'_> {
    /// The address of a report, at the sentence of a claim.
    pub fn claim(&self, report: &ReportId, claim: &ClaimId) -> String {
        let page = self.desk.page_of(report, claim);
        let page = if page > 1 {
            format!("-{page}")
        } else {
            String::new()
        };
        self.to(&format!(
            "report/{report}{page}.html#c-{}",
            words::short(&claim.0)
        ))
    }

    /// The address of the first page of a thing.
    pub fn of(&self, name: &str, id: impl std::fmt::Display) -> String {
        self.to(&format!("{name}/{id}.html"))
    }

    /// The address of the timeline for some names.
    pub fn timeline(&self, asked: &Asked) -> String {
        let fields = [
            ("place", &asked.place),
            ("actor", &asked.actor),
            ("subject", &asked.subject),
        ];
        let query: Vec<String> = (fields.into_iter())
            .filter_map(|(key, value)| Some(format!("{key}={}", encoded(value.as_ref()?))))
            .collect();
        match query.is_empty() {
            true => self.to("timeline.html"),
            false => self.to(&format!("timeline.html?{}", query.join("&"))),
        }
    }

    /// One voice: the printed sentence, the exact words marked, who says it, and the way to where it stands.
    pub fn voice(&self, voice: &Voice) -> Markup {
        self.figure(std::slice::from_ref(voice))
    }

    /// A sentence that several print, once, and who they are.
    fn figure(&self, voices: &[Voice]) -> Markup {
        html! {
            figure.voice {
                @if let Some(first) = voices.first() { (sentence(first)) }
                @for (number, voice) in voices.iter().enumerate() { (self.caption(voice, number > 0)) }
            }
        }
    }

    fn caption(&self, voice: &Voice, also: bool) -> Markup {
        html! {
                figcaption {
                    @if also { "also " }
                    bdi.chain { (short(&voice.chain)) } ", "
                    a href=(self.claim(&voice.report.id, &voice.claim)) {
                        (rapporteur_views::published(&voice.report)) span.unseen { ", where it stands in the report" }
                    }
                    @if let Some(later) = &voice.no_longer_in {
                        span.gone {
                            " no longer in the "
                            a href=(self.of("report", &later.id)) { "version of " (words::when(later.published)) }
                        }
                    }
                }
        }
    }

    /// Voices, those of one origin under its name where there are several.
    pub fn voices(&self, voices: &[Voice], more: usize, all: Option<String>) -> Markup {
        html! {
            @for same in voices.chunk_by(says_the_same) { (self.figure(same)) }
            @if more > 0 {
                p.more {
                    @let words = words::count(more, "more voice", "more voices");
                    @match all {
                        Some(href) => a href=(href) { (words) },
                        None => (words),
                    }
                }
            }
        }
    }

    /// A line: what is said, on what weight, by whom.
    pub fn line(&self, line: &Line, day: bool) -> Markup {
        let question = line.question.as_ref().map(|id| self.of("question", id));
        let printed =
            (line.voices.first()).is_some_and(|v| words::one_line(&v.exact) == line.words);
        html! {
            article class=(format!("line {}", line.subject)) {
                p.what {
                    @if day { span.when { (when(line.when)) } " " }
                    (subject(line.subject)) " "
                    @if !printed { strong dir="auto" { (short(&line.words)) } " " }
                    @match &question {
                        Some(href) => a.weight href=(href) { (line.weight.words()) },
                        None => (weight(line.weight)),
                    }
                    @if line.against { " " span.label.against { "contradicted" } }
                }
                (self.voices(&line.voices, line.more, question.clone()))
            }
        }
    }

    /// The way to the pages before and after.
    pub fn pager(&self, leaf: Leaf) -> Markup {
        let rest = self.address.rest();
        let page = |page: usize| self.to(&format!("{}{rest}", self.address.path(page, "html")));
        html! {
            @if leaf.pages > 1 {
                nav.pager aria-label="Further pages" {
                    @if leaf.page > 1 {
                        a rel="prev" href=(page(leaf.page - 1)) { "← Page " (leaf.page - 1) }
                    } @else { span {} }
                    span.quiet { "Page " (leaf.page) " of " (leaf.pages) }
                    @if leaf.page < leaf.pages {
                        a rel="next" href=(page(leaf.page + 1)) { "Page " (leaf.page + 1) " →" }
                    } @else { span {} }
                }
            }
        }
    }

    /// A field that narrows a list on the page; the script brings it to life.
    pub fn sieve(&self, what: &str, words: &str) -> Markup {
        html! {
            p.sieve hidden data-sieve=(what) {
                label { (words) " " input type="search" autocomplete="off"; }
                " " output aria-live="polite" {}
            }
        }
    }
}

/// The same words of one origin, so that they need not be printed twice.
fn says_the_same(a: &Voice, b: &Voice) -> bool {
    a.origin == b.origin && words::one_line(&a.exact) == words::one_line(&b.exact)
}

/// The printed sentence with the exact words marked; of long ones the part around these.
pub fn sentence(voice: &Voice) -> Markup {
    let pieces = printed_sentence(voice);
    let count = pieces.len();
    html! {
        blockquote dir="auto" {
            @for (number, piece) in pieces.iter().enumerate() {
                @if piece.style == Style::Exact {
                    mark { (first(&piece.text, EXACT)) }
                } @else if number == 0 && count > 1 { (last(&piece.text, AROUND)) }
                @else { (first(&piece.text, AROUND)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_at_spaces_or_anywhere() {
        assert_eq!(first("one two three", 9), "one two…");
        assert_eq!(first("one", 9), "one");
        assert_eq!(first(&"x".repeat(99), 9), format!("{}…", "x".repeat(9)));
        assert_eq!(last("one two three", 9), "… three");
        assert_eq!(last("žžžž", 2), "…žž");
    }
}
