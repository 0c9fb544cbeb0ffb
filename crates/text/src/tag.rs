//! Parts of speech and base forms, by tables and endings: what rules can tell before there is a
//! trained model.

use crate::document::{Sentence, Tag, Token, VerbForm};
use crate::tables;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Gives every token its tag, verb form and lemma.
pub(crate) fn assign(tokens: &mut [Token<'_>], sentences: &[Sentence]) {
    let names = words_of_names(tokens, sentences);
    for sentence in sentences {
        let range = sentence.tokens.clone();
        let shouted = is_shouted(&tokens[range.clone()]);
        for at in range.clone() {
            let (tag, form) = guess(tokens, range.start, at, &names, shouted);
            tokens[at].tag = tag;
            tokens[at].form = form;
        }
        for at in range.clone() {
            mend(tokens, range.start, range.end, at);
        }
        for token in &mut tokens[range] {
            token.lemma = match token.tag {
                Tag::Verb | Tag::Aux => {
                    verb_lemma(&token.lower).unwrap_or_else(|| token.lower.clone())
                }
                Tag::Noun => noun_lemma(&token.lower),
                _ => token.lower.clone(),
            };
        }
    }
}

/// The base form of a word: of a verb where the tables know it as one, else of a noun.
pub fn lemma(word: &str) -> String {
    let lower = word.to_lowercase();
    verb_lemma(&lower).unwrap_or_else(|| noun_lemma(&lower))
}

/// Words that stand capitalised inside sentences of this report: they are names at a sentence's
/// start as well.
fn words_of_names<'r>(tokens: &[Token<'r>], sentences: &[Sentence]) -> BTreeSet<&'r str> {
    let mut names = BTreeSet::new();
    for sentence in sentences {
        let range = sentence.tokens.clone();
        if is_title_case(&tokens[range.clone()]) {
            continue;
        }
        for at in range.start + 1..range.end {
            let token = &tokens[at];
            let before = &tokens[at - 1];
            if token.is_capitalised()
                && !before.is_punct()
                && !tables::closed().contains_key(&*token.lower)
            {
                names.insert(token.text);
            }
        }
    }
    names
}

/// All in capitals, as old wires print headlines.
fn is_shouted(tokens: &[Token<'_>]) -> bool {
    let mut words = tokens
        .iter()
        .filter(|t| t.text.chars().any(char::is_alphabetic))
        .peekable();
    words.peek().is_some() && words.all(|t| t.text == t.text.to_uppercase())
}

/// Nearly every word capitalised, as headlines are: capitals say nothing there.
fn is_title_case(tokens: &[Token<'_>]) -> bool {
    let long: Vec<_> = tokens
        .iter()
        .filter(|t| t.text.chars().filter(|c| c.is_alphabetic()).count() > 3)
        .collect();
    let capitals = long.iter().filter(|t| t.is_capitalised()).count();
    long.len() >= 4 && capitals * 5 >= long.len() * 4
}

fn guess(
    tokens: &[Token<'_>],
    start: usize,
    at: usize,
    names: &BTreeSet<&str>,
    shouted: bool,
) -> (Tag, Option<VerbForm>) {
    let token = &tokens[at];
    let text = token.text;
    if !text.chars().any(char::is_alphanumeric) {
        return match text {
            "$" | "%" | "€" | "£" | "+" | "=" => (Tag::Sym, None),
            _ => (Tag::Punct, None),
        };
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let ordinal = token.lower.ends_with("th")
            || token.lower.ends_with("st")
            || token.lower.ends_with("nd")
            || token.lower.ends_with("rd");
        return (if ordinal { Tag::Adj } else { Tag::Num }, None);
    }
    let first = at == start
        || tokens[at - 1].is_punct()
            && (at - 1 == start || !matches!(tokens[at - 1].text, "," | ";" | "-" | "("));
    let closed = tables::closed().get(&*token.lower).copied();
    if token.is_capitalised() && !shouted {
        let known = closed.is_some()
            || verb_form(&token.lower).is_some()
            || tables::adjectives().contains(&*token.lower);
        let all_capitals = text.chars().count() > 1
            && text
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.' || c == '-');
        if all_capitals && (closed.is_none() || text == "US" || text.contains('.')) {
            return (Tag::Propn, None);
        }
        if closed.is_none()
            && (names.contains(text) || !first || !known)
            && !(first && !names.contains(text) && is_common(&token.lower))
        {
            return (Tag::Propn, None);
        }
    }
    // "al-Sarni", "bin Orsol": small words and prefixes of names before a capital.
    if tables::name_particles()
        .iter()
        .any(|p| token.lower == *p && next_is_name(tokens, at) || is_prefixed_name(text, p))
    {
        return (Tag::Propn, None);
    }
    // "in May", "early May": the month, where a capital stands inside a sentence.
    if closed == Some(Tag::Aux) && token.is_capitalised() && !first {
        return (Tag::Propn, None);
    }
    if let Some(tag) = closed {
        return (tag, aux_form(&token.lower).filter(|_| tag == Tag::Aux));
    }
    // "surrounding areas": some participles are adjectives for good.
    if token.lower.ends_with("ing") && tables::adjectives().contains(&*token.lower) {
        return (Tag::Adj, None);
    }
    if let Some(form) = verb_form(&token.lower) {
        return (Tag::Verb, Some(form));
    }
    if tables::adjectives().contains(&*token.lower) {
        return (Tag::Adj, None);
    }
    if token.lower.ends_with("ly") && token.lower.len() > 4 {
        return (Tag::Adv, None);
    }
    if tables::nouns_like_adjectives().contains(&*noun_lemma(&token.lower)) {
        return (Tag::Noun, None);
    }
    if tables::adjective_endings()
        .iter()
        .any(|e| token.lower.len() > e.len() + 2 && token.lower.ends_with(e))
    {
        return (Tag::Adj, None);
    }
    (Tag::Noun, None)
}

fn next_is_name(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|next| next.is_capitalised() && next.block == tokens[at].block)
        && at > 0
        && tokens[at - 1].is_capitalised()
}

/// "al-Sarni": the prefix, a hyphen, a capital.
fn is_prefixed_name(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Is it likely an ordinary word, although it is in no table? At a sentence's start only.
fn is_common(lower: &str) -> bool {
    tables::noun_endings()
        .iter()
        .any(|e| lower.len() > e.len() + 2 && lower.ends_with(e))
        || tables::common_nouns().contains(&*noun_lemma(lower))
}

/// Decides between noun, adjective and verb by the words around.
fn mend(tokens: &mut [Token<'_>], start: usize, end: usize, at: usize) {
    let before = (at > start).then(|| &tokens[at - 1]);
    let next = (at + 1 < end).then(|| &tokens[at + 1]);
    let token = &tokens[at];
    let lower = &*token.lower;
    // "that" before a noun is a determiner: "that attack".
    if lower == "'s" {
        // A verb after a pronoun, else a possessive.
        let verb = before.is_some_and(|b| b.tag == Tag::Pron);
        tokens[at].tag = if verb { Tag::Aux } else { Tag::Part };
        return;
    }
    if lower == "her" {
        return;
    }
    if lower == "to" {
        // "to Kabul", "to the talks": a preposition; "to take": a particle.
        let verb_next = next.is_some_and(|n| {
            n.tag == Tag::Verb && n.form == Some(VerbForm::Base)
                || matches!(&*n.lower, "be" | "have" | "do")
                || n.tag == Tag::Adv
        });
        tokens[at].tag = if verb_next { Tag::Part } else { Tag::Adp };
        return;
    }
    if token.tag != Tag::Verb {
        return;
    }
    let Some(form) = token.form else { return };
    let before_tag = before.map(|b| b.tag);
    let before_lower = before.map(|b| b.lower.clone()).unwrap_or_default();
    let possessive = tables::possessives().contains(&*before_lower) && before_tag != Some(Tag::Aux);
    let nominal_before = matches!(before_tag, Some(Tag::Det | Tag::Adj | Tag::Num)) || possessive;
    let next_tag = next.map(|n| n.tag);
    // "Some argue that": the determiner stands alone.
    let alone = tables::lone_determiners().contains(&*before_lower)
        && next.is_some_and(|n| matches!(n.tag, Tag::Det | Tag::Pron) || n.lower == "that");
    let nominal_before = nominal_before && !alone;
    let next_noun = matches!(next_tag, Some(Tag::Noun | Tag::Propn | Tag::Adj));
    let mostly_noun = tables::mostly_nouns().contains(lower)
        || tables::mostly_nouns().contains(&*noun_lemma(lower));
    let after_be = before_tag == Some(Tag::Aux) || before_tag == Some(Tag::Adv);
    if mostly_noun && !after_be && before_tag != Some(Tag::Pron) && before_lower != "to" {
        let object = matches!(next_tag, Some(Tag::Det | Tag::Pron));
        if !object {
            tokens[at].tag = Tag::Noun;
            tokens[at].form = None;
            return;
        }
    }
    let new = match form {
        VerbForm::Base | VerbForm::Third => {
            let can_be_noun =
                tables::verb_nouns().contains(verb_lemma(lower).unwrap_or_default().as_str());
            let after_subject = matches!(before_tag, Some(Tag::Pron | Tag::Aux)) && !possessive
                || before_lower == "to"
                || matches!(&*before_lower, "not" | "n't");
            if nominal_before || before_tag == Some(Tag::Adp) {
                Some(Tag::Noun)
            } else if after_subject || !can_be_noun {
                None
            } else if form == VerbForm::Base
                && !matches!(
                    before_tag,
                    Some(Tag::Noun | Tag::Propn | Tag::Adv | Tag::Cconj)
                )
            {
                Some(Tag::Noun)
            } else if form == VerbForm::Base && matches!(before_tag, Some(Tag::Noun | Tag::Propn)) {
                // A compound ("prisoner exchange", "Velka offensive") unless a plural noun leads and an
                // object follows ("rebels attack the town").
                let plural = before.is_some_and(|b| b.lower.ends_with('s') && b.tag == Tag::Noun);
                let object = matches!(next_tag, Some(Tag::Det | Tag::Propn | Tag::Pron | Tag::Num))
                    || next.is_some_and(|n| n.lower == "that")
                    || number_follows(tokens, at, end);
                if object && (plural || before.is_some_and(|b| b.tag == Tag::Propn)) {
                    None
                } else {
                    Some(Tag::Noun)
                }
            } else if form == VerbForm::Third {
                let object = matches!(
                    next_tag,
                    Some(
                        Tag::Det
                            | Tag::Propn
                            | Tag::Pron
                            | Tag::Num
                            | Tag::Adv
                            | Tag::Part
                            | Tag::Sconj
                    )
                );
                if object || matches!(before_tag, Some(Tag::Adv)) && next_tag != Some(Tag::Adp) {
                    None
                } else {
                    Some(Tag::Noun)
                }
            } else {
                None
            }
        }
        VerbForm::Past | VerbForm::Participle => {
            // "the captured town", "two wounded soldiers": adjectives.
            let governed = before_tag == Some(Tag::Adp) && next_tag == Some(Tag::Noun);
            if (nominal_before && next_noun || governed) && before_lower != "who" {
                Some(Tag::Adj)
            } else {
                None
            }
        }
        VerbForm::Ing => {
            if (nominal_before || possessive) && !next_noun {
                Some(Tag::Noun)
            } else {
                None
            }
        }
    };
    if let Some(tag) = new {
        tokens[at].tag = tag;
        tokens[at].form = None;
        return;
    }
    // "captured" after a form of be or have is a participle.
    if form == VerbForm::Past {
        let mut back = at;
        while back > start && matches!(tokens[back - 1].tag, Tag::Adv | Tag::Part) {
            back -= 1;
        }
        if back > start
            && tokens[back - 1].tag == Tag::Aux
            && is_be_or_have(&tokens[back - 1].lower)
        {
            tokens[at].form = Some(VerbForm::Participle);
        }
    }
}

/// "more than 160", "nearly half", "at least 12": a number within three words, across comparing words.
fn number_follows(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    let comparing = |t: &Token<'_>| matches!(t.tag, Tag::Adj | Tag::Sconj | Tag::Adv | Tag::Adp);
    (at + 1..end.min(at + 4))
        .find(|i| !comparing(&tokens[*i]))
        .is_some_and(|i| i > at + 1 && tokens[i].tag == Tag::Num)
}

fn is_be_or_have(lower: &str) -> bool {
    tables::be_have().contains(lower)
}

fn aux_form(lower: &str) -> Option<VerbForm> {
    match lower {
        "is" | "has" | "does" => Some(VerbForm::Third),
        "was" | "were" | "had" | "did" | "would" | "could" | "might" | "should" => {
            Some(VerbForm::Past)
        }
        "been" => Some(VerbForm::Participle),
        "being" | "having" => Some(VerbForm::Ing),
        _ => Some(VerbForm::Base),
    }
}

type Forms = BTreeMap<String, (String, VerbForm)>;

/// Every form of every verb of the tables.
fn forms() -> &'static Forms {
    static FORMS: LazyLock<Forms> = LazyLock::new(|| {
        let mut forms = Forms::new();
        let mut add = |form: String, base: &str, kind: VerbForm| {
            forms.entry(form).or_insert((base.to_string(), kind));
        };
        let irregular: Vec<Vec<&str>> = tables::irregular()
            .map(|line| line.split('\t').collect())
            .collect();
        for row in &irregular {
            if let [base, past, participle, ..] = row[..] {
                add(base.to_string(), base, VerbForm::Base);
                add(third(base), base, VerbForm::Third);
                add(ing(base), base, VerbForm::Ing);
                add(past.to_string(), base, VerbForm::Past);
                add(participle.to_string(), base, VerbForm::Participle);
            }
        }
        let known: BTreeSet<&str> = irregular.iter().map(|row| row[0]).collect();
        for base in tables::verbs().iter().filter(|v| !known.contains(*v)) {
            add(base.to_string(), base, VerbForm::Base);
            add(third(base), base, VerbForm::Third);
            add(ing(base), base, VerbForm::Ing);
            add(past(base), base, VerbForm::Past);
        }
        forms
    });
    &FORMS
}

/// The form of a verb that the tables know.
pub(crate) fn verb_form(lower: &str) -> Option<VerbForm> {
    forms().get(lower).map(|(_, form)| *form)
}

/// The base form of a verb that the tables know.
pub(crate) fn verb_lemma(lower: &str) -> Option<String> {
    match lower {
        "is" | "are" | "was" | "were" | "been" | "being" | "am" | "'m" | "'re" => {
            return Some("be".into());
        }
        "has" | "had" | "having" | "'ve" => return Some("have".into()),
        "does" | "did" | "done" => return Some("do".into()),
        _ => {}
    }
    forms().get(lower).map(|(base, _)| base.clone())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn third(base: &str) -> String {
    if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") {
        format!("{base}es")
    } else if let Some(stem) = consonant_y(base) {
        format!("{stem}ies")
    } else {
        format!("{base}s")
    }
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if let Some(stem) = consonant_y(base) {
        format!("{stem}ied")
    } else {
        format!("{}ed", doubled(base))
    }
}

fn ing(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") && base != "be" {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{}ing", doubled(base))
    }
}

fn consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y')
        .filter(|stem| !stem.ends_with(is_vowel))
}

/// The base with its last consonant doubled where English does so: short words ("stop"), and those
/// of the table that stress their last syllable or double it by custom.
fn doubled(base: &str) -> String {
    let letters: Vec<char> = base.chars().collect();
    let n = letters.len();
    let closed_syllable = n >= 3
        && !is_vowel(letters[n - 1])
        && is_vowel(letters[n - 2])
        && !is_vowel(letters[n - 3]);
    let vowels = letters.iter().filter(|c| is_vowel(**c)).count();
    if closed_syllable
        && !matches!(letters[n - 1], 'w' | 'x' | 'y')
        && (vowels == 1 || tables::doubling().contains(base))
    {
        format!("{base}{}", letters[n - 1])
    } else {
        base.to_string()
    }
}

/// The singular of a noun, by endings and the table of irregular plurals.
pub(crate) fn noun_lemma(lower: &str) -> String {
    if let Some(singular) = tables::plurals().get(lower) {
        return singular.to_string();
    }
    if lower.len() < 4
        || lower.ends_with("ss")
        || lower.ends_with("us")
        || lower.ends_with("is")
        || !lower.ends_with('s')
        || lower.contains('\'')
    {
        return lower.to_string();
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|s| s.len() > 2) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if lower.ends_with(ending) {
            return lower[..lower.len() - 2].to_string();
        }
    }
    lower[..lower.len() - 1].to_string()
}
