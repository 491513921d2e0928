"""Makes a corpus for measuring speed, with planted copies, out of the words of a few articles; the same bytes every time.

    make_corpus.py FIXTURES OUT_FOLDER [MEGABYTES]

Writes OUT_FOLDER/corpus.jsonl and truth.jsonl (id, family, relation). Articles are random words in their true frequencies,
in sentences and paragraphs: word 5-grams of different articles hardly ever agree, as in real news, and copies are exactly
those planted. 12 articles in 100 are copies. It has the word lengths, letters and article lengths of news but none of its
boilerplate and templates: good for speed, too easy for quality.
"""
import glob
import json
import os
import random
import re
import sys

WORD = re.compile(r"[^\W\d_]+")
KINDS = ["exact", "near", "truncated", "abridged"]


def words_of(folder):
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.jsonl"), recursive=True)):
        with open(path, encoding="utf-8", errors="replace") as stream:
            for line in stream:
                try:
                    record = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                text = record.get("text") if isinstance(record, dict) else None
                if isinstance(text, str):
                    found += WORD.findall(text)
    if len(found) < 1000:
        sys.exit(f"make_corpus.py: only {len(found)} words in the .jsonl files below {folder}")
    # Few articles have few words; pieces of two of them make the rare words that a corpus is full of.
    chance = random.Random(5)
    long_words = sorted({w for w in found if len(w) >= 6})
    rare = [chance.choice(long_words)[:chance.randint(3, 6)] + chance.choice(long_words)[-chance.randint(3, 6):]
            for _ in range(len(found) // 2)]
    return found + rare


def sentences(words, chance):
    """Some sentences of random words: a list of strings."""
    found = []
    left = min(4000, max(60, int(chance.lognormvariate(6.0, 0.6))))
    while left > 0:
        n = chance.randint(6, 30)
        picked = chance.choices(words, k=n)
        if n > 14:
            picked[n // 2] += ","
        if chance.random() < 0.2:
            picked[3] = str(chance.randint(2, 9999))
        found.append(picked[0].capitalize() + " " + " ".join(picked[1:]) + ".")
        left -= n
    return found


def copy_of(parts, kind, words, chance):
    if kind == "near":
        all_words = " ".join(parts).split(" ")
        for _ in range(len(all_words) // 50 + 1):
            all_words[chance.randrange(len(all_words))] = chance.choice(words)
        return [" ".join(all_words)]
    if kind == "truncated":
        return parts[:max(2, int(len(parts) * chance.uniform(0.3, 0.8)))]
    if kind == "abridged":
        return [p for p in parts if chance.random() < 0.7] or parts
    return parts


def text_of(parts):
    """Sentences, three to a paragraph."""
    return "\n\n".join(" ".join(parts[i:i + 3]) for i in range(0, len(parts), 3))


def main():
    fixtures, folder = sys.argv[1], sys.argv[2]
    goal = int(sys.argv[3] if len(sys.argv) > 3 else 200) * 1_000_000
    os.makedirs(folder, exist_ok=True)
    words = words_of(fixtures)
    chance = random.Random(1)
    recent = []
    size = number = 0
    with open(os.path.join(folder, "corpus.jsonl"), "wb") as corpus, \
            open(os.path.join(folder, "truth.jsonl"), "w", encoding="utf-8") as truth:
        while size < goal:
            name = f"b{number:06d}"
            if recent and chance.random() < 0.12:
                family, parts = chance.choice(recent)
                kind = chance.choice(KINDS)
                parts = copy_of(parts, kind, words, chance)
            else:
                family, kind, parts = name, "control", sentences(words, chance)
                recent = recent[-999:] + [(family, parts)]
            record = {"id": name, "title": " ".join(chance.choices(words, k=8)), "text": text_of(parts),
                      "source": f"outlet-{chance.randrange(40)}", "date": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"}
            line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
            corpus.write(line)
            truth.write(json.dumps({"id": name, "family": family, "relation": kind}) + "\n")
            size += len(line)
            number += 1
    print(f"{number:,} articles, {size / 1e6:.0f} MB in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
