use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn model() -> &'static Model<'static> {
    Model::english().unwrap()
}

/// A line a word: its number, form, tag, base form, head's number and relation; then the names.
fn check(sentence: &str, expected: Expect) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let parse = model().reader().read(&words);
    let mut out = String::new();
    for (at, (form, word)) in words.iter().zip(&parse.words).enumerate() {
        let (tag, head) = (word.tag.name(), word.head.map_or(0, |head| head + 1));
        let (fine, lemma, relation) = (word.fine, &word.lemma, word.relation);
        out += &format!("{} {form} {tag} {fine} {lemma} {head} {relation}\n", at + 1);
    }
    for Name {
        words: range, kind, ..
    } in &parse.names
    {
        out += &format!("{kind:?}: {}\n", words[range.clone()].join(" "));
    }
    expected.assert_eq(&out);
}

#[test]
fn the_file_is_a_model() {
    let bytes = include_bytes!("../../data/en/model.bin");
    assert!(bytes.len() < 15_000_000, "{} bytes", bytes.len());
    let model = Model::read(bytes).map_err(|error| error.to_string());
    assert_eq!(model.err(), None);
}

#[test]
fn sentences() {
    check(
        "Rebels captured the town of Velka on Monday , the army said .",
        expect![[r#"
            1 Rebels NOUN NNS rebel 2 nsubj
            2 captured VERB VBD capture 12 ccomp
            3 the DET DT the 4 det
            4 town NOUN NN town 2 obj
            5 of ADP IN of 6 case
            6 Velka PROPN NNP Velka 4 nmod
            7 on ADP IN on 8 case
            8 Monday PROPN NNP Monday 2 obl
            9 , PUNCT , , 2 punct
            10 the DET DT the 11 det
            11 army NOUN NN army 12 nsubj
            12 said VERB VBD say 0 root
            13 . PUNCT . . 12 punct
            Place: Velka
        "#]],
    );
    check(
        "Talks between Orsolia and the Lenn Front were postponed by mediators in Geneva .",
        expect![[r#"
            1 Talks NOUN NNS talk 9 nsubj:pass
            2 between ADP IN between 3 case
            3 Orsolia PROPN NNP Orsolia 1 nmod
            4 and CCONJ CC and 7 cc
            5 the DET DT the 7 det
            6 Lenn PROPN NNP Lenn 7 compound
            7 Front PROPN NNP Front 3 conj
            8 were AUX VBD be 9 aux:pass
            9 postponed VERB VBN postpone 0 root
            10 by ADP IN by 11 case
            11 mediators NOUN NNS mediator 9 obl:agent
            12 in ADP IN in 13 case
            13 Geneva PROPN NNP Geneva 9 obl
            14 . PUNCT . . 9 punct
            Organization: Orsolia
            Person: Lenn Front
            Place: Geneva
        "#]],
    );
}

fn is_tree(parse: &Parse<'_>) -> bool {
    let heads: Vec<Option<usize>> = parse.words.iter().map(|word| word.head).collect();
    let roots = heads.iter().filter(|head| head.is_none()).count();
    roots == heads.len().min(1)
        && (0..heads.len()).all(|start| {
            let mut at = Some(start);
            let steps = (0..=heads.len()).take_while(|_| {
                at = at.and_then(|word| heads[word]);
                at.is_some()
            });
            steps.count() < heads.len()
        })
}

#[test]
fn a_long_sentence_is_one_tree() {
    let words = ["the", "army", "said", "that", "and", ","].repeat(200);
    let parse = model().reader().read(&words);
    assert_eq!(parse.words.len(), words.len());
    assert!(is_tree(&parse));
}

#[test]
fn what_was_read_before_changes_nothing() {
    let mut reader = model().reader();
    let sentence = ["Troops", "entered", "Velka", "."];
    let alone = reader.read(&sentence);
    // More words than are kept.
    let others: Vec<String> = (0..300).map(|n| format!("word{n}")).collect();
    for words in others.chunks(100) {
        reader.read(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    assert_eq!(reader.read(&sentence), alone);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    /// Which sentences are read together changes nothing.
    #[test]
    fn together_as_alone(sentences in prop::collection::vec(prop::collection::vec("[A-Za-z]{0,5}", 0..200), 0..6)) {
        let sentences: Vec<Vec<&str>> = sentences
            .iter()
            .map(|words| words.iter().map(String::as_str).collect())
            .collect();
        let texts: Vec<&[&str]> = sentences.iter().map(Vec::as_slice).collect();
        let together = model().reader().read_all(&texts);
        let mut reader = model().reader();
        let alone: Vec<_> = texts.iter().map(|words| reader.read(words)).collect();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn any_words_have_a_tree(words: Vec<String>) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let parse = model().reader().read(&words);
        prop_assert_eq!(parse.words.len(), words.len());
        prop_assert!(is_tree(&parse));
        prop_assert!(parse.names.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start));
        prop_assert!(parse.names.iter().all(|name| name.words.end <= words.len() && !name.words.is_empty()));
    }

    #[test]
    fn a_damaged_file_is_refused_or_read(at in 0usize..20_000, byte: u8, cut in 0usize..20_000) {
        let mut bytes = include_bytes!("../../data/en/model.bin")[..cut.max(4096)].to_vec();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let _ = Model::read(&bytes);
    }
}
