"""Compares copydesk with reference pairs that were found by brute force: is every strong pair reported, are its figures right.

    refpairs.py REF.tsv.zst PAIRS.tsv VERDICTS.jsonl [--strong 0.8] [--misses 20] [--floor 0.99]

REF has the columns id1 id2 jaccard containment size1 size2 (word 5-grams; containment in the smaller of the two). PAIRS and
VERDICTS are what copydesk wrote for the corpus of REF (--pairs, --verdicts). A reference pair counts as reported when
  - a finding of one of the two names the other, or PAIRS has a row for them, or
  - both stand in one cluster, or are exact duplicates of the same article (or one of the other), or the articles that they
    are exact duplicates of are so reported.
Figures are compared where a finding or a row for exactly this pair exists: off when a value differs by more than 0.02.
Prints shares and the first misses; with --floor it fails when less is reported among pairs with a Jaccard of --strong.
"""
import argparse
import csv
import io
import json
import subprocess
import sys

TOLERANCE = 0.02


def open_text(path):
    if path.endswith(".zst"):
        data = subprocess.run(["zstd", "-dcq", path], check=True, stdout=subprocess.PIPE).stdout
        return io.StringIO(data.decode("utf-8"))
    return open(path, encoding="utf-8", newline="")


def read_table(path):
    with open_text(path) as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_verdicts(path):
    """Cluster and exact original of each article, and the figures of each finding that names another one."""
    cluster, original, figures = {}, {}, {}
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            verdict = json.loads(line)
            name = verdict["id"]
            cluster[name] = verdict["cluster"]
            for finding in verdict["findings"]:
                other = finding.get("of")
                if not isinstance(other, str):
                    continue
                if finding["rule"] == "exact-duplicate":
                    original[name] = other
                best = max(finding.get("containment", 0), finding.get("containment_of", 0))
                whole = "containment" in finding and "containment_of" in finding
                figures[frozenset((name, other))] = (finding.get("jaccard"), best if whole else None, finding["rule"])
    return cluster, original, figures


def read_pairs(path, figures):
    for row in read_table(path):
        key = frozenset((row["id1"], row["id2"]))
        best = max(float(row["containment1"]), float(row["containment2"]))
        figures[key] = (float(row["jaccard"]), best, row["rule"])


class Share:
    """So many of so many."""

    def __init__(self):
        self.good = self.all = 0

    def add(self, good):
        self.good += bool(good)
        self.all += 1

    def __str__(self):
        share = f"{100 * self.good / self.all:.2f}%" if self.all else "-"
        return f"{self.good:,} of {self.all:,} = {share}"


def compare(reference, cluster, original, figures, strong):
    by_jaccard, by_containment, right = Share(), Share(), Share()
    misses, off = [], []

    def root(name):
        seen = set()
        while name in original and name not in seen:
            seen.add(name)
            name = original[name]
        return name

    for row in reference:
        a, b = row["id1"], row["id2"]
        jaccard, containment = float(row["jaccard"]), float(row["containment"])
        if a not in cluster or b not in cluster:
            sys.exit(f"refpairs.py: the verdicts have no article {a if a not in cluster else b}: another corpus?")
        got = figures.get(frozenset((a, b)))
        # Exact copies are one text: what is said of one of them is said of all.
        roots = frozenset((root(a), root(b)))
        reported = got is not None or cluster[a] == cluster[b] or len(roots) == 1 or roots in figures
        if jaccard >= strong:
            by_jaccard.add(reported)
        if containment >= strong:
            by_containment.add(reported)
        if not reported and (jaccard >= strong or containment >= strong):
            misses.append(row)
        if got and got[2] != "exact-duplicate" and got[0] is not None:
            close = abs(got[0] - jaccard) <= TOLERANCE and (got[1] is None or abs(got[1] - containment) <= TOLERANCE)
            right.add(close)
            if not close:
                off.append((row, got))
    return by_jaccard, by_containment, right, misses, off


def main():
    parser = argparse.ArgumentParser(description="copydesk against brute-force reference pairs")
    parser.add_argument("reference")
    parser.add_argument("pairs")
    parser.add_argument("verdicts")
    parser.add_argument("--strong", type=float, default=0.8)
    parser.add_argument("--misses", type=int, default=20)
    parser.add_argument("--floor", type=float, default=0.0)
    options = parser.parse_args()

    cluster, original, figures = read_verdicts(options.verdicts)
    read_pairs(options.pairs, figures)
    by_jaccard, by_containment, right, misses, off = compare(
        read_table(options.reference), cluster, original, figures, options.strong)

    print(f"reported, jaccard     >= {options.strong}: {by_jaccard}")
    print(f"reported, containment >= {options.strong}: {by_containment}")
    print(f"figures within {TOLERANCE}: {right}")
    misses.sort(key=lambda row: -float(row["jaccard"]))
    for row in misses[:options.misses]:
        print(f"  missed {row['id1']} {row['id2']} jaccard {row['jaccard']} containment {row['containment']} "
              f"sizes {row['size1']} {row['size2']}")
    for row, got in off[:options.misses]:
        best = "-" if got[1] is None else f"{got[1]:.4f}"
        print(f"  off {row['id1']} {row['id2']} {got[2]} jaccard {got[0]:.4f} for {row['jaccard']}, "
              f"containment {best} for {row['containment']}, sizes {row['size1']} {row['size2']}")
    share = by_jaccard.good / by_jaccard.all if by_jaccard.all else 1.0
    print(f"SUMMARY jaccard {by_jaccard} containment {by_containment} figures {right}")
    return 1 if share < options.floor else 0


if __name__ == "__main__":
    sys.exit(main())
