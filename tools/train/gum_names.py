"""Names in GUM: its mentions of persons, organisations and places, cut to the words that name.

GUM marks whole phrases ("the Speaker of the House", "President Ada Brisk"). A name is the run of proper nouns around the
phrase's head, without titles before it. What GUM links to an article of an encyclopedia, and a person's name of two or
more words, is sure; other proper nouns inside mentions are marked `?`: nobody learns from them.
"""

import re

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
PROPER = ("NNP", "NNPS")


def mentions(misc):
    """(start, end, kind, linked) of the `Entity=` values of a sentence's words."""
    stack, found = [], []
    for at, cell in enumerate(misc):
        value = re.search(r"(?:^|\|)Entity=([^|]*)", cell)
        for part in re.findall(r"\([^()]*\)?|[^()]*\)", value.group(1)) if value else ():
            if part[0] == "(":
                fields = part.strip("()").split("-")
                stack.append((fields[0], at, fields[1] if len(fields) > 1 else "", len(fields) > 7))
            if part[-1] == ")":
                key = part.strip("()").split("-")[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == key:
                        _, start, kind, linked = stack.pop(k)
                        found.append((start, at + 1, kind, linked))
                        break
    return found


def bio(s, misc, titles):
    n = len(s["words"])
    sure, unsure = [], set()
    for start, end, kind, linked in mentions(misc):
        kind = KINDS.get(kind)
        heads = [i for i in range(start, end) if not start <= s["heads"][i] - 1 < end]
        if not kind or not heads or s["xpos"][heads[0]] not in PROPER:
            continue
        proper = lambda i: s["xpos"][i] in PROPER or s["words"][i] in "-&" and start < i < end - 1
        a = b = heads[0]
        while a > start and proper(a - 1):
            a -= 1
        while b < end and proper(b):
            b += 1
        if kind != "PER" and b + 1 < end and s["words"][b] == "of":
            c = b + 1 + (s["words"][b + 1].lower() == "the")
            if c < end and s["xpos"][c] in PROPER:
                while c < end and proper(c):
                    c += 1
                b = c
        while a < b - 1 and kind == "PER" and s["words"][a].lower().rstrip(".") in titles:
            a += 1
        certain = linked or kind == "PER" and b - a > 1
        if certain and s["words"][a].lower() not in titles and not s["words"][a].endswith("ans"):
            sure.append((a, b, kind))
        else:
            unsure.update(range(a, b))
    tags = ["?" if i in unsure else "O" for i in range(n)]
    taken = set()
    for a, b, kind in sorted(sure, key=lambda x: (x[0] - x[1], x)):
        if not taken & set(range(a, b)):
            taken.update(range(a, b))
            tags[a:b] = [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
    return tags
