"""Base forms: rules by ending and tag, and the words that no rule tells, learned from the annotated sentences.

`table(sentences)` gives the text of the model's section `lemmas`: lines `R TAG ENDING CUT ADDED` (a word with this tag
and ending loses so many characters and gains these) and `W TAG WORD LEMMA`, sorted. The longest ending that fits holds.
"""

import collections

import features

LONGEST = 5
NAMES = ("NNP", "NNPS")


def plain(word):
    return word.replace("\u2019", "'").replace("\u2018", "'")


def script(word, lemma):
    """(characters cut from the end, characters added)"""
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return len(word) - same, lemma[same:]


def observed(sentences):
    counts = collections.defaultdict(collections.Counter)
    for s in sentences:
        for word, tag, lemma in zip(s["words"], s["xpos"], s["lemmas"]):
            if lemma == "_":
                continue
            # A name's base form keeps its capitals, other words' do not.
            word, lemma = plain(word), plain(lemma)
            if tag not in NAMES:
                word, lemma = word.lower(), (lemma if lemma == "I" else lemma.lower())
            counts[tag, word][lemma] += 1
    return counts


def apply(rules, exceptions, word, tag):
    word = plain(word)
    if tag not in NAMES:
        word = word.lower()
    if (tag, word) in exceptions:
        return exceptions[tag, word]
    for n in range(min(LONGEST, len(word)), -1, -1):
        rule = rules.get((tag, word[len(word) - n:]))
        if rule and rule[0] <= len(word):
            return word[:len(word) - rule[0]] + rule[1]
    return word


def learn(sentences):
    counts = observed(sentences)
    best = {key: c.most_common(1)[0][0] for key, c in counts.items()}
    votes = collections.defaultdict(collections.Counter)
    for (tag, word), lemma in sorted(best.items()):
        for n in range(0, LONGEST + 1):
            if n < len(word) or n == 0:
                votes[tag, word[len(word) - n:] if n else ""][script(word, lemma)] += 1
    rules = {}
    # Short endings first: a longer one is kept only where it says something else.
    for key in sorted(votes, key=lambda k: (len(k[1]), k)):
        (rule, n), total = votes[key].most_common(1)[0], sum(votes[key].values())
        if (total < 3 or n / total < 0.6) and key[1]:
            continue
        shorter = next((rules[key[0], key[1][i:]] for i in range(1, len(key[1]) + 1) if (key[0], key[1][i:]) in rules),
                       (0, ""))
        if rule != shorter:
            rules[key] = rule
    # A word seen once in a name is no exception worth its place.
    exceptions = {}
    for (tag, word), lemma in sorted(best.items()):
        said = sum(counts[tag, word].values())
        if apply(rules, {}, word, tag) != lemma and (said > 1 or tag not in NAMES):
            exceptions[tag, word] = lemma
    return rules, exceptions


def table(sentences):
    rules, exceptions = learn(sentences)
    lines = [f"R\t{t}\t{e}\t{c}\t{a}" for (t, e), (c, a) in rules.items()]
    lines += [f"W\t{t}\t{w}\t{l}" for (t, w), l in exceptions.items() if "\t" not in w]
    return "\n".join(sorted(lines)) + "\n"


def measure(rules, exceptions, sentences):
    right = total = 0
    for s in sentences:
        for word, tag, lemma in zip(s["words"], s["xpos"], s["lemmas"]):
            if lemma != "_":
                total += 1
                right += apply(rules, exceptions, word, tag) == plain(lemma)
    return 100 * right / total


if __name__ == "__main__":
    import corpora

    learned = learn(corpora.ewt("train") + corpora.gum(news=False))
    print(len(learned[0]), "rules", len(learned[1]), "words")
    for name, s in (("EWT dev", corpora.ewt("dev")), ("EWT test", corpora.ewt("test")), ("GUM news", corpora.gum(True))):
        print(name, f"{measure(*learned, s):.2f} percent of base forms, tags given")
