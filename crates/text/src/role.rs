//! Words by the role they play in numbers, times and figures, from the tables of `data/en`.

use crate::document::Token;
use crate::tables;
use std::collections::BTreeMap;
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
    Weekday "weekday",
    WeekdayShort "weekday-short",
    Unit "unit",
    Hour "hour",
    Weekend "weekend",
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
    Relative "relative",
    Back "back",
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

/// The value that a word has in a role, if it can play it.
pub(crate) fn value(roles: Roles, role: Role) -> Option<f64> {
    roles.iter().find(|(r, _)| *r == role).map(|(_, v)| *v)
}

fn table() -> &'static BTreeMap<&'static str, Vec<(Role, f64)>> {
    static TABLE: LazyLock<BTreeMap<&'static str, Vec<(Role, f64)>>> = LazyLock::new(|| {
        let mut table: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (role, value, words) in rows() {
            let (Some(role), Ok(value)) = (named(role), value.parse()) else {
                continue;
            };
            for word in words.split(' ') {
                table.entry(word).or_default().push((role, value));
            }
        }
        table
    });
    &TABLE
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    [
        include_str!("../data/en/numbers.tsv"),
        include_str!("../data/en/times.tsv"),
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
