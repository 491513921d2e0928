#!/usr/bin/env python3
"""Rows of src/title/background_table.c: which words texts of a language have, whatever they are about.

  background.py LANGUAGE CORPUS.jsonl[:FIELD=VALUE]... [--caseless]

Counts in how many texts of each corpus a word stands, cut to five letters as titles are compared (src/title/terms.c), in the
first 512 words of a text. A corpus counts as much as another, and of several at least half must have the word. Words that are
mostly written large are left out, for names are news of a day; with --caseless (German, scripts without large letters) the rows
are to be read for names by eye. Prints the words by the share of texts that have them, one string for each class of the table.
"""

import argparse
import collections
import json
import re
import unicodedata

CLASSES = (0.6, 0.35, 0.2, 0.12, 0.07, 0.04)
WORDS = 512
LETTERS = 5
WIDTH = 92


def plain(word):
    """As title/terms.c: folded, Latin letters without marks, the first five letters (four of three bytes each)."""
    word = unicodedata.normalize("NFC", word.casefold())
    out = ""
    for letter in word:
        marked = re.match("LATIN SMALL LETTER ([A-Z]) WITH ", unicodedata.name(letter, ""))
        out += marked.group(1).lower() if marked else letter
    most = 4 if out and len(out[0].encode()) > 2 else LETTERS
    return out[:most]


SOLO = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def terms(text):
    """Each term of a text, and whether it stands there written small."""
    found = {}
    for k, word in enumerate(re.findall(r"[^\W_]+", text)):
        if k == WORDS:
            break
        if SOLO.match(word):
            for a, b in zip(word, word[1:]):
                found[a + b] = True
        elif not word.isdigit():
            stem = plain(word)
            found[stem] = found.get(stem, False) or word[0].islower()
    return found


def count(path, field, value):
    n = 0
    having, small = collections.Counter(), collections.Counter()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if field and record.get(field) != value:
                continue
            n += 1
            for term, is_small in terms(record.get("text") or "").items():
                having[term] += 1
                small[term] += is_small
    return n, having, small


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--caseless", action="store_true")
    options = parser.parse_args()
    shares, written_small, corpora = collections.Counter(), collections.Counter(), collections.Counter()
    texts = 0
    for corpus in options.corpora:
        path, _, choice = corpus.partition(":")
        field, _, value = choice.partition("=")
        n, having, small = count(path, field, value)
        texts += n
        for term, k in having.items():
            shares[term] += k / n / len(options.corpora)
            written_small[term] += small[term] / n / len(options.corpora)
            corpora[term] += k / n >= CLASSES[-1] / 2
    rows = [[] for _ in CLASSES]
    for term, share in shares.most_common():
        is_word = options.caseless or written_small[term] * 2 >= share
        if share >= CLASSES[-1] and is_word and corpora[term] * 2 >= len(options.corpora):
            rows[next(k for k, least in enumerate(CLASSES) if share >= least)].append(term)
    print(f"    // {texts:,} texts of {len(options.corpora)} collections")
    print(f'    {{"{options.language}",\n     {{')
    for row in rows:
        lines, line = [], ""
        for term in row:
            if len((line + term).encode()) > WIDTH:
                lines.append(line)
                line = ""
            line += term + " "
        lines.append(line.rstrip())
        print("\n".join(f'      "{line}"' for line in lines) + ",")
    print("     }},")


if __name__ == "__main__":
    main()
