//! Words by the role they play in numbers, times and figures, from the tables of `data/en`.

use crate::document::{Document, Sentence, Tag, Token};
use crate::tables;
use std::sync::LazyLock;

macro_rules! roles {
    ($($role:ident $name:literal,)*) => {
        /// What a word can be in a number, time or figure; the tables say which words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Role {
            $($role,)*
        }

        fn named(name: &str) -> Option<Role> {
            match name {
                $($name => Some(Role::$role),)*
                _ => None,
            }
        }
    };
}

roles! {
    // numbers.tsv
    Ones "ones",
    Tens "tens",
    Scale "scale",
    ScaleSuffix "scale-suffix",
    Collective "collective",
    Scores "scores",
    Tenfold "tenfold",
    Half "half",
    Fraction "fraction",
    Fractions "fractions",
    None "none",
    Ordinal "ordinal",
    OrdinalEnding "ordinal-ending",
    Article "article",
    Indefinite "indefinite",
    And "and",
    Of "of",
    // times.tsv
    Month "month",
    MonthOrWord "month-or-word",
    MonthLower "month-lower",
    Weekday "weekday",
    WeekdayShort "weekday-short",
    Unit "unit",
    Hour "hour",
    Weekend "weekend",
    Weekdays "weekdays",
    Fortnight "fortnight",
    Working "working",
    Calendar "calendar",
    OwnYear "own-year",
    OwnYearShort "own-year-short",
    CalendarYear "calendar-year",
    EndOfUnit "end-of-unit",
    ToDateShort "to-date-short",
    Final "final",
    Halves "halves",
    DecadeTail "decade-tail",
    DecadeShort "decade-short",
    Rest "rest",
    WeekShort "week-short",
    Lasting "lasting",
    Season "season",
    SeasonOrWord "season-or-word",
    Part "part",
    PartNoun "part-noun",
    Sub "sub",
    Deictic "deictic",
    DayPart "day-part",
    Last "last",
    Past "past",
    This "this",
    Current "current",
    Next "next",
    Coming "coming",
    Recent "recent",
    Few "few",
    VagueDay "vague-day",
    Same "same",
    That "that",
    Relative "relative",
    Back "back",
    Hence "hence",
    Fewer "fewer",
    WeekdayLower "weekday-lower",
    Eve "eve",
    From "from",
    Now "now",
    Between "between",
    To "to",
    In "in",
    Within "within",
    Ahead "ahead",
    Possessive "possessive",
    Infinitive "infinitive",
    Since "since",
    On "on",
    By "by",
    Bound "bound",
    BeforeMonth "before-month",
    BeforeName "before-name",
    BeforeYear "before-year",
    YearWord "year-word",
    YearVerb "year-verb",
    DateWord "date-word",
    Feast "feast",
    MonthsOfYear "months-of-year",
    DecadeWord "decade-word",
    RelativeAlone "relative-alone",
    BeforeChrist "before-christ",
    Anno "anno",
    OtherEra "other-era",
    Beginning "beginning",
    Ending "ending",
    BeforeCount "before-count",
    AboutSoMany "about-so-many",
    BeforeLength "before-length",
    Each "each",
    At "at",
    For "for",
    Age "age",
    TimeWord "time-word",
    SomeTime "some-time",
    PassingWord "passing-word",
    Quarter "quarter",
    HalfYear "half-year",
    Era "era",
    NameBeforeDay "name-before-day",
    NameAfterDay "name-after-day",
    Future "future",
    Possible "possible",
    Prospective "prospective",
    Have "have",
    PastBe "past-be",
    Be "be",

    // figures.tsv
    Currency "currency",
    CurrencyCode "currency-code",
    Percent "percent",
    Per "per",
    Cent "cent",
    Range "range",
    RangeAnd "range-and",
    Out "out",
    More "more",
    Measure "measure",
    MeasurePrefix "measure-prefix",
    Degree "degree",
    DegreeScale "degree-scale",
    Minus "minus",
    Street "street",
    Clock "clock",
    Numbering "numbering",
    Old "old",
    OneIdiom "one-idiom",
    OneIdiomLed "one-idiom-led",
    Superlative "superlative",
    CompoundIdiom "compound-idiom",
    Topic "topic",
    Handing "handing",
    People "people",
    Casualty "casualty",
    As "as",
    Relativiser "relativiser",
    Up "up",
    Down "down",
    Adding "adding",
    Rushing "rushing",
    ByHowMuch "by-how-much",
    Plus "plus",
    Plural "plural",
    Invariable "invariable",
    Standing "standing",
    Leaving "leaving",
    Including "including",
    Setting "setting",
    Free "free",
    Moving "moving",
    Hospital "hospital",
    MemberOf "member-of",
    Reaching "reaching",
    Apiece "apiece",
    NoMeasure "no-measure",
}

/// A word's roles, each with its value.
pub(crate) type Roles = &'static [(Role, f64)];

/// The roles of every token of a document, looked up once.
pub(crate) fn of_tokens(tokens: &[Token<'_>]) -> Vec<Roles> {
    tokens.iter().map(|token| of_word(&token.lower)).collect()
}

/// The roles of a word in lower case.
pub(crate) fn of_word(lower: &str) -> Roles {
    table().get(lower).map_or(&[], Vec::as_slice)
}

/// Does a word, or the verb that it is a form of, play a role?
pub(crate) fn verb_is(w: Words<'_>, at: usize, role: Role) -> bool {
    let verb = || crate::lemma::verb_lemma(&w.get(at)?.lower);
    w.is(at, role) || verb().is_some_and(|verb| value(of_word(&verb), role).is_some())
}

/// The value that a word has in a role, if it can play it.
pub(crate) fn value(roles: Roles, role: Role) -> Option<f64> {
    roles.iter().find(|(r, _)| *r == role).map(|(_, v)| *v)
}

/// A sentence's tokens with the roles that their words can play.
#[derive(Clone, Copy)]
pub(crate) struct Words<'d> {
    pub tokens: &'d [Token<'d>],
    pub roles: &'d [Roles],
    pub start: usize,
    pub end: usize,
    /// How many expressions the one that is being read stands in.
    depth: u8,
}

impl<'d> Words<'d> {
    /// Those of a sentence of the document; `roles` are those of all its tokens.
    pub(crate) fn of(
        document: &'d Document<'_>,
        roles: &'d [Roles],
        sentence: &Sentence,
    ) -> Words<'d> {
        Words {
            tokens: &document.tokens,
            roles,
            start: sentence.tokens.start,
            end: sentence.tokens.end,
            depth: 0,
        }
    }

    /// The same for an expression inside another ("two days after the first Friday of May"); `None` where
    /// there are so many that nobody means them.
    pub(crate) fn deeper(self) -> Option<Words<'d>> {
        const DEEPEST: u8 = 3;
        (self.depth < DEEPEST).then_some(Words {
            depth: self.depth + 1,
            ..self
        })
    }

    pub(crate) fn get(self, at: usize) -> Option<&'d Token<'d>> {
        (self.start..self.end)
            .contains(&at)
            .then(|| self.tokens.get(at))?
    }

    pub(crate) fn before(self, at: usize) -> Option<&'d Token<'d>> {
        self.get(at.checked_sub(1)?)
    }

    /// The value that a word has in a role.
    pub(crate) fn value(self, at: usize, role: Role) -> Option<i32> {
        self.get(at)?;
        value(self.roles.get(at)?, role).map(|v| v as i32)
    }

    /// The same with its fraction.
    pub(crate) fn real(self, at: usize, role: Role) -> Option<f64> {
        self.get(at)?;
        value(self.roles.get(at)?, role)
    }

    pub(crate) fn is(self, at: usize, role: Role) -> bool {
        self.value(at, role).is_some()
    }

    /// The same of the word before.
    pub(crate) fn follows(self, at: usize, role: Role) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.is(before, role))
    }

    pub(crate) fn is_plural(self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|t| t.tag == Tag::Noun && t.lemma != t.lower)
    }

    pub(crate) fn text(self, at: usize) -> &'d str {
        self.get(at).map_or("", |t| t.text)
    }

    pub(crate) fn tag(self, at: usize) -> Option<Tag> {
        self.get(at).map(|t| t.tag)
    }
}

fn table() -> &'static tables::Table<Vec<(Role, f64)>> {
    static TABLE: LazyLock<tables::Table<Vec<(Role, f64)>>> = LazyLock::new(|| {
        let mut table = tables::Table::<Vec<_>>::default();
        for (role, value, words) in rows() {
            let (Some(role), Ok(value)) = (named(role), value.parse()) else {
                continue;
            };
            for word in words.split(' ') {
                table.entry(word).or_default().push((role, value));
            }
        }
        // The first words of names of feasts, so that they are not passed over.
        let feasts = tables::rows(include_str!("../data/en/feasts.tsv"))
            .filter_map(|(_, rest)| rest.split_once('\t'))
            .flat_map(|(_, names)| names.split(", "))
            .filter_map(|name| tables::clitic_cut(name.split(' ').next()?).next());
        for word in feasts {
            table.entry(word).or_default().push((Role::Feast, 0.0));
        }
        table
    });
    &TABLE
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    [
        include_str!("../data/en/numbers.tsv"),
        include_str!("../data/en/times.tsv"),
        include_str!("../data/en/figures.tsv"),
    ]
    .into_iter()
    .flat_map(tables::rows)
    .filter_map(|(role, rest)| {
        let (value, words) = rest.split_once('\t')?;
        Some((role, value, words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_understood() {
        for (role, value, words) in rows() {
            assert!(named(role).is_some(), "{role}");
            assert!(value.parse::<f64>().is_ok(), "{role} {value}");
            assert!(!words.contains('\t') && !words.is_empty(), "{role} {words}");
        }
    }
}
