//! Base forms, by tables and endings.

use crate::document::VerbForm;
use crate::tables;
use foldhash::fast::FixedState;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// The base form of a word: of a verb where the tables know it as one, else of a noun.
pub fn lemma(word: &str) -> String {
    let lower = word.to_lowercase();
    verb_lemma(&lower).unwrap_or_else(|| noun_lemma(&lower))
}

type Forms = HashMap<String, (String, VerbForm), FixedState>;

/// Every form of every verb of the tables.
fn forms() -> &'static Forms {
    static FORMS: LazyLock<Forms> = LazyLock::new(|| {
        let mut forms = Forms::default();
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
        let verbs: BTreeSet<&str> = tables::verbs().iter().copied().collect();
        for base in verbs.difference(&known) {
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
