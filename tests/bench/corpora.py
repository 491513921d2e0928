"""Runs copydesk over every corpus in a folder: what it finds, how fast, in how much memory; and a sample to read by hand.

    corpora.py FOLDER SAMPLE.tsv [--copydesk build/copydesk] [--sample 15] [--threads 1] [--ref FOLDER] [--keep FOLDER]

FOLDER holds NAME.jsonl, .jsonl.gz or .jsonl.zst. SAMPLE.tsv gets up to --sample findings a rule and corpus, drawn evenly over
the corpus: ids, figures and the first 12 words of both texts, enough to look the articles up. Texts belong to their publishers:
the sample must lie outside the repository. With --ref (NAME.tsv.zst, reference pairs) the summary of refpairs.py stands
below each corpus; --keep keeps verdicts and pairs as NAME.verdicts.jsonl and NAME.pairs.tsv.
"""
import argparse
import collections
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = ["exact-duplicate", "near-duplicate", "contained-copy", "revised-copy", "partial-reuse", "same-template", "bad-record",
         "duplicate-id"]


def lines_of(path):
    if path.endswith(".zst"):
        child = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE)
        yield from child.stdout
        child.wait()
        return
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as stream:
        yield from stream


def evenly(items, n):
    if len(items) <= n:
        return items
    return [items[i * len(items) // n] for i in range(n)]


def write_sample(out, name, path, by_rule, n):
    picked = [(rule, *pair) for rule in RULES for pair in evenly(by_rule[rule], n)]
    wanted = {i for _, a, finding in picked for i in (a, finding.get("of"))}
    first_words = {}
    for line in lines_of(path):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and record.get("id") in wanted:
            first_words[record["id"]] = " ".join(re.split(r"\s+", str(record.get("text", "")), maxsplit=12)[:12])[:120]
    for rule, article, finding in picked:
        other = finding.get("of", "")
        figures = [str(finding.get(key, "")) for key in
                   ("score", "jaccard", "containment", "containment_of", "shared_words", "longest_run", "rarity")]
        cells = [name, rule, article, other] + figures + [first_words.get(article, ""), first_words.get(other, "")]
        out.write("\t".join(str(cell).replace("\t", " ") for cell in cells) + "\n")


def run_one(options, path, name, scratch):
    verdicts = os.path.join(scratch, name + ".verdicts.jsonl")
    pairs = os.path.join(scratch, name + ".pairs.tsv")
    command = [options.copydesk, "clean", path, "-q", "-j", str(options.threads), "--verdicts", verdicts, "--pairs", pairs]
    code, seconds, _, rss = measure.run(command)
    if code != 0:
        print(f"{name}: exit code {code}: {' '.join(command)}", file=sys.stderr)
        return None, None
    counts = collections.Counter()
    by_rule = collections.defaultdict(list)
    with open(verdicts, encoding="utf-8") as stream:
        for line in stream:
            verdict = json.loads(line)
            counts["records"] += 1
            counts[verdict["action"]] += 1
            for finding in verdict["findings"]:
                by_rule[finding["rule"]].append((verdict["id"], finding))
    row = [name, f"{counts['records']:,}", f"{counts['drop']:,}", f"{counts['reject']:,}"]
    row += [f"{len(by_rule[rule]):,}" for rule in RULES]
    return row + [f"{seconds:.2f}", f"{rss / 1e6:,.0f}"], by_rule


def main():
    parser = argparse.ArgumentParser(description="copydesk over every corpus of a folder")
    parser.add_argument("folder")
    parser.add_argument("sample_file")
    parser.add_argument("--copydesk", default="build/copydesk")
    parser.add_argument("--sample", type=int, default=15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--ref")
    parser.add_argument("--keep")
    options = parser.parse_args()
    repository = os.path.realpath(os.path.join(HERE, "..", ".."))
    if os.path.realpath(options.sample_file).startswith(repository + os.sep):
        sys.exit("corpora.py: the sample holds words of real articles; give a place outside the repository")

    rows, notes, failed = [], [], 0
    with tempfile.TemporaryDirectory() as scratch, open(options.sample_file, "w", encoding="utf-8") as sample:
        place = options.keep or scratch
        os.makedirs(place, exist_ok=True)
        sample.write("corpus\trule\tid\tof\tscore\tjaccard\tcontainment\tcontainment_of\tshared_words\tlongest_run\trarity\t"
                     "text\ttext_of\n")
        for path in sorted(glob.glob(os.path.join(options.folder, "*.jsonl*"))):
            name = os.path.basename(path).split(".jsonl")[0]
            row, by_rule = run_one(options, path, name, place)
            if row is None:
                failed += 1
                continue
            rows.append(row)
            write_sample(sample, name, path, by_rule, options.sample)
            reference = os.path.join(options.ref, name + ".tsv.zst") if options.ref else None
            if reference and os.path.exists(reference):
                done = subprocess.run(
                    [sys.executable, os.path.join(HERE, "refpairs.py"), reference, os.path.join(place, name + ".pairs.tsv"),
                     os.path.join(place, name + ".verdicts.jsonl")], stdout=subprocess.PIPE, text=True, check=False)
                notes.append(f"{name}\n{done.stdout}")
    short = [rule.replace("-duplicate", "").replace("-copy", "") for rule in RULES]
    measure.table(["corpus", "records", "dropped", "rejected"] + short + ["s", "peak MB"], rows)
    print("\n" + "\n".join(notes) if notes else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
