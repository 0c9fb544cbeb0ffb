"""Lists of words that names are made of: the program's own tables, and transliterated Arabic names (Apache-2.0).

A listed word's vector gets what its lists have in common, also where no annotated sentence has it.
"""

import os

import features

DATA = os.environ.get("RAPPORTEUR_DATA", os.path.join(os.path.dirname(__file__), "../../../shared/data"))

OWN = os.environ.get("RAPPORTEUR_TABLES", os.path.join(os.path.dirname(__file__), "../../crates/text/data"))


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("# "):
                yield [[part.strip() for part in cell.split(";")] for cell in line.rstrip("\n").split("\t")]


def lists():
    """Names of lists -> their words, folded."""
    world = lambda name: rows(f"{OWN}/world/{name}")
    english = lambda name: rows(f"{OWN}/en/{name}")
    texts = {"countries": [], "demonyms": [], "capitals": []}
    for row in world("countries.tsv"):
        row += [[]] * 4
        for key, cell in (("countries", row[0] + row[3]), ("demonyms", row[1]), ("capitals", row[2])):
            texts[key] += cell
    first = lambda table: [text for row in table for text in row[0]]
    texts["organizations"] = [text for row in world("organizations.tsv") for cell in row for text in cell]
    texts["places"] = first(world("places.txt"))
    texts["given"] = first(world("given_names.txt"))
    texts["peoples"] = first(world("peoples.txt")) + first(world("adjectives.txt"))
    for name in ("titles", "organization_nouns", "place_nouns", "roles"):
        texts[name] = first(english(f"{name}.txt"))
    with open(f"{DATA}/transliteration/ar2en.txt", encoding="utf-8") as lines:
        texts["arabic"] = [line.split("\t")[1].strip() for line in lines if "\t" in line]
    short = {"of", "the", "and", "for", "in", "on", "to", "a"}
    return {name: sorted({features.fold(w) for text in found for w in text.split()
                          if len(w) > (2 if name == "arabic" else 1) and w.lower() not in short})
            for name, found in texts.items()}


if __name__ == "__main__":
    for name, words in lists().items():
        print(name, len(words), words[:: max(1, len(words) // 8)])
