"""Quality on real corpora, for a checkout that has the measuring data beside it: fails when a figure falls under its floor.

    quality.py COPYDESK SHARED

SHARED holds bench/ (its scripts make a corpus with planted copies and score verdicts) and data/ (corpora and reference
pairs). Prints one line a figure, then Ok: and Fail: with their counts.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REFPAIRS = os.path.join(HERE, "..", "bench", "refpairs.py")

# Corpora for reference pairs, and the least share of pairs with a Jaccard of 0.8 that has to be reported.
REFERENCE = {"bbc_fulltext": 0.999, "fakenews_es": 0.999, "semeval2020_task11": 0.999, "alb_fake_news": 0.99,
             "masakhane_news": 0.99, "article_bias": 0.99}

# Planted truth: small corpora in several languages, a seed of its own.
PLANTED_FROM = ["bbc_fulltext", "fakenews_es", "masakhane_news"]
PLANTED = ["--seed", "29", "--n", "2500"]
# Path in the figures of score.py, direction, limit.
FLOORS = [
    (("copies", "all", "found"), "at least", 0.75),
    (("copies", "exact", "found"), "at least", 0.9),
    (("copies", "near", "found"), "at least", 0.7),
    (("copies", "truncated", "found"), "at least", 0.85),
    (("copies", "syndicated", "found"), "at least", 0.95),
    (("false_merges", "by_class", "controls", "wrong"), "at most", 0),
    (("false_merges", "rate"), "at most", 0.02),
    (("false_merges", "stories_lost"), "at most", 3),
]


# Rules of the seeds that the program does not have.
NOT_JUDGED = {"spun-text", "lost-amount"}


class Tally:
    def __init__(self):
        self.good = self.bad = 0

    def check(self, what, value, good):
        print(f"{'ok  ' if good else 'FAIL'} {what}: {value}")
        self.good += bool(good)
        self.bad += not good


def run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    return done.returncode, done.stdout


def reference_pairs(tally, copydesk, shared, scratch):
    for name, floor in REFERENCE.items():
        verdicts, pairs = os.path.join(scratch, "v.jsonl"), os.path.join(scratch, "p.tsv")
        corpus = os.path.join(shared, "data", "corpora", name + ".jsonl.zst")
        code, said = run([copydesk, "clean", corpus, "-q", "--verdicts", verdicts, "--pairs", pairs])
        if code == 0:
            code, said = run([sys.executable, REFPAIRS, os.path.join(shared, "data", "ref_pairs", name + ".tsv.zst"), pairs,
                              verdicts, "--floor", str(floor), "--misses", "5"])
        last = said.strip().splitlines()[-1] if said.strip() else "no output"
        if code != 0:
            print(said)
        tally.check(f"reference pairs of {name}", last, code == 0)


def planted_truth(tally, copydesk, shared, scratch):
    bench = os.path.join(shared, "bench")
    corpora = [os.path.join(shared, "data", "corpora", name + ".jsonl.zst") for name in PLANTED_FROM]
    truth, verdicts, figures = (os.path.join(scratch, name) for name in ("truth", "v.jsonl", "figures.json"))
    for command in (
            [sys.executable, os.path.join(bench, "make_truth.py"), *PLANTED, "--articles", *corpora, "--out", truth],
            [copydesk, "clean", os.path.join(truth, "corpus.jsonl"), "-q", "--verdicts", verdicts],
            [sys.executable, os.path.join(bench, "score.py"), "--truth", os.path.join(truth, "truth.jsonl"), "--verdicts",
             verdicts, "--json", figures]):
        code, said = run(command)
        if code != 0:
            print(said)
            tally.check("planted truth", f"exit code {code} of {command[0]} {command[1]}", False)
            return
    print(said.strip().splitlines()[-1])
    with open(figures, encoding="utf-8") as stream:
        found = json.load(stream)
    for path, direction, limit in FLOORS:
        value = found
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        good = value is not None and (value >= limit if direction == "at least" else value <= limit)
        tally.check(f"planted truth, {' '.join(path)}, {direction} {limit}", value, good)


def seeds(tally, copydesk, shared, scratch):
    """The five articles that the project began with: each title, and each span of the rules there are, to the byte."""
    folder = os.path.join(shared, "seeds")
    with open(os.path.join(folder, "expected.jsonl"), encoding="utf-8") as stream:
        expected = {record["file"]: record for record in map(json.loads, stream)}
    verdicts = os.path.join(scratch, "v.jsonl")
    code, said = run([copydesk, "clean", *(os.path.join(folder, name) for name in sorted(expected)), "-q", "--verdicts", verdicts,
                      "-o", os.devnull])
    found = 0
    if code == 0:
        with open(verdicts, encoding="utf-8") as stream:
            for verdict in map(json.loads, stream):
                wanted = expected[os.path.basename(verdict["file"])]
                spans = {(f["rule"], f["start"], f["end"]) for f in verdict["findings"] if f.get("field") == "text"}
                # What is machine-spun and what a scraper ate is asked for there too; nothing is said of that.
                right = {(s["rule"], s["start"], s["end"]) for s in wanted["spans"] if s["rule"] not in NOT_JUDGED}
                titles = [f["rule"] for f in verdict["findings"] if f["rule"].startswith("title-")]
                is_right = spans == right and titles == [t for t in [wanted["title_verdict"]] if t != "ok"]
                tally.check(f"seed {wanted['file'][:3]}", f"missing {sorted(right - spans)}, besides {sorted(spans - right)}, "
                            f"title {titles}", is_right)
                found += 1
    if found != len(expected):
        tally.check("seeds", said.strip() or f"{found} of {len(expected)} verdicts", False)


def main():
    copydesk, shared = sys.argv[1], sys.argv[2]
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        seeds(tally, copydesk, shared, scratch)
        reference_pairs(tally, copydesk, shared, scratch)
        planted_truth(tally, copydesk, shared, scratch)
    print(f"Ok: {tally.good}\nFail: {tally.bad}")
    return 1 if tally.bad else 0


if __name__ == "__main__":
    sys.exit(main())
