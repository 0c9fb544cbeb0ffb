"""Edits of sentences, by rule and by chance: what a desk does to a report that it takes over.

Every edit takes a sentence and gives a sentence; chance comes from a `random.Random` that the caller seeds. The
sentences that come out are rough English, as those of a machine paraphraser are: they are there to be compared, not
read.
"""

import collections
import pathlib
import re

DATA = pathlib.Path(__file__).resolve().parent / "data"
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d,.]*\d|\d|\s+|.", re.S)
DETERMINERS = set("the a an this that these those his her its their our my your any some no every each another of in on at by with for from into over under".split())
BEFORE_VERBS = set("to will would can could may might must should not he she it they we you i who which cannot didn't doesn't don't won't couldn't wouldn't".split())
BEFORE_PARTICIPLES = set("have has had be been being was were is are am having get got".split())
# They stand for others in set phrases alone.
TOO_SMALL = set("to in as like be us % certain too".split())


def lines(name):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


IRREGULAR = {b: (p, pp) for b, p, pp in (line.split("\t") for line in lines("verbs.tsv"))}
DOUBLING = {w for line in lines("doubling.txt") for w in line.split()}
PLURALS = dict(line.split("\t") for line in lines("nouns.tsv"))
PHRASES = [line.split("\t") for line in lines("phrases.tsv")]


def forms(base):
    """base, third person, past, participle, -ing"""
    head, _, rest = base.partition(" ")
    rest = rest and " " + rest
    if head == "be":
        return ["be" + rest, "is" + rest, "was" + rest, "been" + rest, "being" + rest]
    stem = head + head[-1] if head in DOUBLING else head
    third = head[:-1] + "ies" if re.search("[^aeiou]y$", head) else head + ("es" if re.search("(s|x|z|ch|sh|o)$", head) else "s")
    past = stem + ("d" if stem.endswith("e") else "ed")
    if re.search("[^aeiou]y$", head):
        past = head[:-1] + "ied"
    participle = past
    if head in IRREGULAR:
        past, participle = IRREGULAR[head]
    ing = (head[:-2] + "y" if head.endswith("ie") else stem[:-1] if re.search("[^eo]e$", stem) else stem) + "ing"
    return [form + rest for form in (head, third, past, participle, ing)]


def plural(noun):
    if noun in PLURALS:
        return PLURALS[noun]
    start, _, last = noun.rpartition(" ")
    start = start and start + " "
    if last in PLURALS:
        return start + PLURALS[last]
    if re.search("[^aeiou]y$", last):
        return start + last[:-1] + "ies"
    return start + last + ("es" if re.search("(s|x|z|ch|sh)$", last) else "s")


def load():
    """A word's form to (part of speech, which form, bases that may stand for it)."""
    known = collections.defaultdict(list)
    several = {}
    for line in lines("synonyms.tsv"):
        pos, *group = line.split("\t")
        for word in group:
            others = [w for w in group if w != word]
            if pos == "r" and " " in word:
                several.setdefault(word, []).extend(others)
                continue
            if pos == "v":
                variants = forms(word)
            elif pos == "n":
                variants = [word, plural(word)]
            else:
                variants = [word]
            if " " in word or word in TOO_SMALL:
                continue
            for at, form in enumerate(variants):
                known[form].append((pos, at, others))
    return known, several


KNOWN, SEVERAL = load()
SEVERAL_RULE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, SEVERAL), key=len, reverse=True)) + r")\b")
PHRASE_OF = {}
for phrase, *others in PHRASES:
    PHRASE_OF.setdefault(phrase, []).extend(others)
PHRASE_RULE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, PHRASE_OF), key=len, reverse=True)) + r")\b")


def capital(text):
    return text[:1].upper() + text[1:]


def lower(text):
    """The first letter small, unless the word looks like a name."""
    first = text.split(" ", 1)[0]
    if first.lower() in STARTERS or first.lower() in KNOWN:
        return text[:1].lower() + text[1:]
    return text


STARTERS = set("the a an this that these those his her its their our my your he she it they we you there after before when while if as in on at by with for from but and or so no some many most more all both each every one two three four five six".split())


def outside_quotes(text, change):
    """Applies `change` to what stands outside quotation marks."""
    parts = re.split(r'([“"][^”"]*[”"])', text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def synonyms(text, rng, rate):
    """Other words for so large a part of the words that have some."""

    def change(part):
        part = PHRASE_RULE.sub(lambda m: rng.choice(PHRASE_OF[m[1]]) if rng.random() < rate else m[1], part)
        part = SEVERAL_RULE.sub(lambda m: rng.choice(SEVERAL[m[1]]) if rng.random() < rate else m[1], part)
        tokens = WORD.findall(part)
        before, out = "", []
        for at, token in enumerate(tokens):
            word = token.lower()
            is_first = not before and token[:1].isupper()
            if word in KNOWN and (token.islower() or is_first) and rng.random() < rate:
                new = replacement(word, before, tokens[at + 1 : at + 3], rng)
                if new:
                    token = capital(new) if is_first else new
            out.append(token)
            if re.match(r"\w", word):
                before = word
            elif token in ".!?":
                before = ""
        return "".join(out)

    return articles(outside_quotes(text, change))


def replacement(word, before, after, rng):
    found = []
    for pos, at, others in KNOWN[word]:
        if pos == "v" and (before in DETERMINERS and at != 4 or before in BEFORE_PARTICIPLES and at == 0):
            continue
        if pos == "n" and before in BEFORE_VERBS:
            continue
        if pos == "v" and at in (2, 3):
            at = 3 if before in BEFORE_PARTICIPLES else 2
        if pos == "a" and not (len(after) == 2 and after[1][:1].isalpha()):
            continue
        found.append((pos, at, others))
    kinds = {pos for pos, _, _ in found}
    if {"v", "n"} <= kinds and before not in BEFORE_VERBS:
        found = [f for f in found if f[0] == "n"] if before in DETERMINERS else [f for f in found if f[1] > 1]
    if not found:
        return None
    pos, at, others = rng.choice(found)
    base = rng.choice(others)
    if pos == "v":
        return forms(base)[at]
    if pos == "n" and at == 1:
        return plural(base)
    return base


def articles(text):
    text = re.sub(r"\b([Aa])n ([b-df-hj-np-tv-z])", r"\1 \2", text)
    return re.sub(r"\b([Aa]) ([aeio])", r"\1n \2", text)


SPEAKER = r"(?:[A-Z][\w.’'-]+|the|The|a|an|his|her|their|police|officials|authorities|and|of|for|[a-z]+(?:man|er|or|ist|ent|ian|ials|ers|ors|ists))"
SAID = "said|says|added|announced|claimed|confirmed|reported|noted|warned|wrote|explained|told reporters|told CNN"
SAID_FIRST = re.compile(rf"^((?:{SPEAKER} ){{1,7}}?)({SAID})((?: on| in| at| late| early) [^,“\"]{{3,25}})? (?:that )?([^“\"]{{25,}})\.$")
SAID_LAST = re.compile(rf"^([^“\"]{{25,}}), ((?:{SPEAKER} ?){{1,7}}) ({SAID})(?: (?:on|in|at|late|early) [^,“\"]{{3,30}})?\.$")
QUOTE_LAST = re.compile(rf"^[“\"]([^”\"]{{12,}}?),?[”\"],? ((?:{SPEAKER} ?){{1,7}}|he|she|they|He|She|They) ({SAID})([^“\"]{{0,60}})\.$")
QUOTE_LAST_TURNED = re.compile(rf"^[“\"]([^”\"]{{12,}}?),?[”\"],? ({SAID}) ((?:{SPEAKER} ?){{1,7}})([^“\"]{{0,60}})\.$")


def speech(text, rng):
    """Who said it moves from one end of the sentence to the other."""
    found = SAID_FIRST.match(text)
    if found:
        who, verb, when, what = found[1].strip(), found[2], found[3] or "", found[4]
        if rng.random() < 0.5:
            return f"{capital(what)}, according to {lower(who)}."
        return f"{capital(what)}, {lower(who)} {verb}{when}."
    found = SAID_LAST.match(text)
    if found:
        what, who, verb = found[1], found[2].strip(), found[3]
        if rng.random() < 0.5:
            return f"According to {lower(who)}, {lower(what)}."
        return f"{capital(who)} {verb} that {lower(what)}."
    return text


PERSONS = {"I": "he", "me": "him", "my": "his", "we": "they", "us": "them", "our": "their", "We": "They", "My": "His", "Our": "Their", "I'm": "he was", "I’m": "he was", "we're": "they were", "we’re": "they were", "I've": "he had", "I’ve": "he had", "we've": "they had", "we’ve": "they had", "you": "one"}


def indirect(text, rng):
    """A quotation without its marks: "I saw it," X said → X said that he saw it."""

    def told(what):
        return "".join(PERSONS.get(token, token) for token in WORD.findall(what))

    for rule, who, verb in ((QUOTE_LAST, 2, 3), (QUOTE_LAST_TURNED, 3, 2)):
        found = rule.match(text)
        if found:
            what, rest = lower(told(found[1])).rstrip(".,!?"), found[4].rstrip(",")
            if rng.random() < 0.6:
                return f"{capital(found[who].strip())} {found[verb]}{rest} that {what}."
            return f"{capital(what)}, according to {lower(found[who].strip())}{rest}."
    return re.sub(r'[“"]([^”"]*)[”"]', lambda m: told(m[1]), text)


DAY = r"(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|earlier this \w+|last (?:week|month|year|night)|this (?:week|month|year)|in (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?|in (?:19|20)\d\d)"
DAY_INSIDE = re.compile(rf"^(.{{10,}}?),? ({DAY})([ ,.].*)$")
DAY_FIRST = re.compile(rf"^({DAY}),? (.{{15,}})\.$", re.I)


def day(text, rng):
    """The time moves to the front or to the end."""
    found = DAY_FIRST.match(text)
    if found:
        return f"{capital(found[2])} {found[1][:1].lower()}{found[1][1:]}."
    found = DAY_INSIDE.match(text)
    if found and '"' not in text and "“" not in text:
        return f"{capital(found[2])}, {lower(found[1])}{found[3]}".replace(",.", ".")
    return text


JOINING = "after|while|when|although|though|because|before|until|if|as|since"
CLAUSE_FIRST = re.compile(rf"^({JOINING}) ([^,“\"]{{12,}}), ([^“\"]{{12,}})\.$", re.I)
CLAUSE_LAST = re.compile(rf"^([^“\"]{{20,}}?),? ({JOINING}) ([^,“\"]{{15,}})\.$")


def clauses(text, rng):
    """The subordinate clause goes first, or last."""
    found = CLAUSE_FIRST.match(text)
    if found:
        return f"{capital(found[3])} {found[1].lower()} {lower(found[2])}."
    found = CLAUSE_LAST.match(text)
    if found:
        return f"{capital(found[2])} {found[3]}, {lower(found[1])}."
    return text


NOUNS = r"(?:(?:the|The|a|A|an|An|his|her|His|Her|their|Their|its|Its|some|two|three|four|five|\d[\d,]*|[A-Z][\w.’'-]+|[a-z]+) ?){1,5}?"
PASSIVE = re.compile(rf"^({NOUNS}) (?:was|were|has been|have been|had been) ([a-z]+) by ((?:the |a |an |his |her )?(?:[A-Za-z][\w.’'-]* ?){{1,3}}?)((?: in| on| at| after| during| for| when| as| with|,|\.| and).*)$")
ACTIVE = re.compile(r"^((?:The|A|An|His|Her|Their|[A-Z][\w.’'-]+)(?: [\w.’'-]+){0,3}?) ([a-z]+) ((?:the|a|an|his|her|their|its|two|three|four|five|\d[\d,]*) (?:[a-z’'-]+ ?){1,3}?)((?: in| on| at| after| during| for| when| as| with| to| from|,|\.| and).*)$")
PAST = {forms(b)[2]: forms(b)[3] for line in lines("synonyms.tsv") if line.startswith("v") for b in line.split("\t")[1:] if " " not in b}
PARTICIPLE = {v: k for k, v in PAST.items()}


def voice(text, rng):
    """Active to passive, passive to active."""
    found = PASSIVE.match(text)
    if found and found[2] in PARTICIPLE:
        return f"{capital(found[3].strip())} {PARTICIPLE[found[2]]} {lower(found[1].strip())}{found[4]}"
    found = ACTIVE.match(text)
    if found and found[2] in PAST:
        several = re.match(r"(two|three|four|five|\d)", found[3]) or found[3].strip().endswith("s")
        return f"{capital(found[3].strip())} {'were' if several else 'was'} {PAST[found[2]]} by {lower(found[1])}{found[4]}"
    return text


def shorter(text, rng):
    """Without what stands in brackets or between commas, without some small words."""
    text = re.sub(r" ?\([^)]{1,80}\)", "", text)
    if rng.random() < 0.7:
        text = re.sub(r", (?:a|an|the|who|which|where|whose)\b[^,“”\"]{3,90},", "", text, count=1)
    if rng.random() < 0.5:
        text = re.sub(r", (?:which|where|who|including|according to|but|adding|citing)\b[^,“”\"]{10,}\.$", ".", text)
    return outside_quotes(text, lambda part: re.sub(r" (?:also|very|just|even|still|however|really|quite|\w{3,}ly)\b(?! \d)", lambda m: "" if rng.random() < 0.6 else m[0], part))


OF = re.compile(r"\b([Tt]he|[A-Z][a-z]+) ((?:[a-z]+ )?[a-z]+)[’']s ([a-z]+)\b")


def owners(text, rng):
    """the town's mayor → the mayor of the town, and back"""
    if rng.random() < 0.5:
        return re.sub(r"\bthe ([a-z]+) of the ([a-z]+)\b", r"the \2's \1", text)
    text = re.sub(r"\b([A-Z][a-z]+)[’']s ([a-z]{4,})\b", r"the \2 of \1", text)
    return re.sub(r"\bthe ([a-z]+)[’']s ([a-z]{4,})\b", r"the \2 of the \1", text)


SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def figures(text, rng):
    """Figures rounded, or written otherwise."""

    def change(m):
        raw = m[1]
        if re.fullmatch(r"(19|20)\d\d", raw):
            return raw
        value = float(raw.replace(",", "")) if re.fullmatch(r"[\d,]*\d(\.\d+)?", raw) else None
        if value is None:
            return raw
        if value == int(value) and value <= 12:
            return SMALL[int(value)]
        if value < 40:
            return raw
        digits = len(str(int(value))) - rng.choice([1, 2])
        near = round(value, -max(digits, 1))
        if near <= 0 or near == value:
            return raw
        return ("about " if near >= value else "more than ") + f"{int(near):,}"

    text = re.sub(r"(?<![\w.$£€-])(\d[\d,]*(?:\.\d+)?)(?![\w-])", change, text)
    back = {word: str(n) for n, word in enumerate(SMALL) if n > 1}
    return re.sub(r"\b(" + "|".join(back) + r")\b", lambda m: back[m[1]] if rng.random() < 0.4 else m[1], text)


def split(text, rng):
    """One sentence into two."""
    found = re.match(r"^([^“”\"]{30,}?)(?:;|, and|, but|, while|, who|, which) ((?:the|a|an|he|she|it|they|there|his|her|their|[A-Z])[^“”\"]{20,}\.)$", text)
    return f"{found[1]}. {capital(found[2])}" if found else text


def names(text, seen):
    """A person named once in full is named by the last name, without titles."""

    def change(m):
        first, last = m[1], m[2]
        if last in seen:
            return last
        seen.add(last)
        return m[0]

    text = re.sub(r"\b(?:President|Prime Minister|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Secretary|Senator|Sen\.|Rep\.|Gen\.) (?=[A-Z])", "", text)
    return re.sub(r"\b([A-Z][a-z]+) ([A-Z][a-z]{2,})\b(?! [A-Z])", change, text)


def words(text):
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def longest_same(a, b):
    """How many words in a row two texts share at most."""
    a, b = words(a), words(b)
    row, best = [0] * (len(b) + 1), 0
    for x in a:
        above = row
        row = [0] * (len(b) + 1)
        for at, y in enumerate(b, 1):
            if x == y:
                row[at] = above[at - 1] + 1
                best = max(best, row[at])
    return best


def kept(a, b):
    """What part of the words of four letters or more of `b` stand in `a` too."""
    b = [w for w in words(b) if len(w) > 3 or w.isdigit()]
    have = set(words(a))
    return sum(w in have for w in b) / max(1, len(b))


def touched(text, rng, rate=0.25):
    """A light edit: some other words, perhaps one figure rounded."""
    text = synonyms(text, rng, rate)
    return figures(text, rng) if rng.random() < 0.3 else text


def retold(text, rng, seen, keep_quotes=0.1):
    """A sentence told anew: tried several times, the one that is furthest from what it was; `None` where the rules
    leave too much of it as it was."""
    source, best = text, None
    for _ in range(6):
        out = source if rng.random() < keep_quotes else indirect(source, rng)
        out = names(out, set(seen))
        steps = [speech, day, clauses, voice, owners, split]
        rng.shuffle(steps)
        for step in [shorter, figures] + steps:
            if rng.random() < 0.85:
                out = step(out, rng)
        out = synonyms(out, rng, 0.9)
        out = capital(re.sub(r"\s+", " ", out).strip())
        score = longest_same(source, out) / 6 + kept(source, out)
        if best is None or score < best[0]:
            best = (score, out)
    names(source, seen)
    out = best[1]
    quoted = re.search(r'[“"][^”"]{40,}', out)
    if not quoted and longest_same(source, out) > 6:
        return None
    return out if len(words(out)) > 3 else None
