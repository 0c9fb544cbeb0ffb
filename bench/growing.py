"""Does the time of `rapporteur parse` and `rapporteur attributions` grow with the length of the text, and no faster?

    python3 bench/growing.py [--binary FILE] [--words N]

Texts of many kinds, each doubled four times. Printed for each: seconds, and how many times as long the last doubling
took as the one before; 2 is linear. The worst is repeated at the end. Every run must end by itself, with status 0.
"""

import argparse
import json
import pathlib
import random
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOUBLINGS = 4


def kinds():
    """name, and a function from a number of words to a text."""
    rng = random.Random(1)
    syllables = "ka lo mi ru ten dar vel sho ba gor lin pa zu ir".split()
    name = lambda: "".join(rng.choice(syllables) for _ in range(rng.randint(2, 4))).capitalize()
    sentence = lambda: f"{name()} {name()}, the minister, said on {rng.randint(1, 28)} May that the army took {name()} and killed {rng.randint(2, 90)} fighters. "
    many = lambda make, per: lambda n: "".join(make() for _ in range(max(1, n // per)))
    return {
        "prose": many(sentence, 20),
        "paragraphs": many(lambda: sentence() + "\n\n", 20),
        "one sentence": many(lambda: "the old man who saw the dog that ", 8),
        "one list": many(lambda: name() + ", ", 1),
        "names": many(lambda: name() + " " + name() + ". ", 2),
        "one name": many(lambda: "Brisk ", 1),
        "adjectives": many(lambda: "old ", 1),
        "quotations": many(lambda: "“We will fight,” he said. ", 5),
        "open quotations": many(lambda: "“We “will ", 2),
        "numbers": many(lambda: f"{rng.randint(1, 999999)} ", 1),
        "dates": many(lambda: f"on {rng.randint(1, 28)} May {rng.randint(1900, 2030)} ", 4),
        "number words": many(lambda: "twenty thousand and ", 3),
        "brackets": many(lambda: "( [ ", 2),
        "full stops": many(lambda: "U.S. e.g. Mr. ", 3),
        "one word": many(lambda: "kalo", 1),
        "capitals": many(lambda: "THE ARMY TOOK VELKA ", 4),
        "of": many(lambda: "the head of ", 3),
        "said that": many(lambda: "he said that ", 3),
        "pronouns": many(lambda: "he told her they saw it. ", 6),
        "Arabic": many(lambda: "قال الوزير إن الجيش ", 4),
        "Chinese": many(lambda: "部长说军队占领了城市", 6),
        "Cyrillic": many(lambda: "министр сказал что армия ", 4),
        "combining": many(lambda: "a\u0301\u0302\u0303 ", 1),
        "emoji": many(lambda: "👩‍👩‍👧 ", 1),
        "white space": many(lambda: " \u00a0\t\n ", 1),
    }


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--words", type=int, default=4000)
    args = args.parse_args()
    worst = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder) / "empty.jsonl"
        for verb in ("parse", "attributions"):
            for kind, make in kinds().items():
                times = []
                for doubling in range(DOUBLINGS + 1):
                    text = make(args.words << doubling)
                    empty.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
                    start = time.perf_counter()
                    run = subprocess.run([args.binary, verb, str(empty)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    times.append(time.perf_counter() - start)
                    if run.returncode not in (0, 1):
                        print(f"{verb}, {kind}: ended with status {run.returncode}: {run.stderr.decode()[:200]}")
                        return 1
                # What the program needs before it reads a word is no part of it.
                ratio = max(0.0, times[-1] - times[0]) / max(0.02, times[-2] - times[0])
                print(f"{verb:13} {kind:16} " + " ".join(f"{t:7.3f}" for t in times) + f"   {ratio:.2f}")
                # Both differences are from the first time: for linear work (16 - 1) / (8 - 1).
                if times[-1] > 0.3:
                    worst = max(worst, (ratio, f"{verb}, {kind}"))
    print(f"worst: {worst[0]:.2f} ({worst[1]}); linear is {(2 ** DOUBLINGS - 1) / (2 ** (DOUBLINGS - 1) - 1):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
