"""The verdicts over fixtures/, all files together, against the truth in fixtures/expected.jsonl (see fixtures/README.md).

    expected.py PROGRAM [RESULT]

Compared for every record: fate, cluster, and the rule and `of` of each finding, as far as the program knows the rule (what
--list-rules names). A finding that is not expected is a failure too. RESULT is a file of verdicts to be compared instead
of a run. Prints each difference and fails when there is one.
"""
import json
import os
import subprocess
import sys
import tempfile

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures")
INPUTS = ["wire.jsonl", "archive.csv", "crawl.wet", "notes", "latin1.tsv", "damaged.jsonl"]
# Rules that make a copy go, and what a text made of other texts may carry before it is told for what it is.
DROPPING = {"exact-duplicate", "near-duplicate", "contained-copy"}
MADE_OF_OTHERS = {"spun-copy", "stitched"}


def read_lines(path):
    with open(path, encoding="utf-8") as stream:
        return {(record["file"], record["line"]): record for record in map(json.loads, stream)}


def run(program):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "verdicts.jsonl")
        subprocess.run([program, "clean", *INPUTS, "-q", "--verdicts", path], cwd=FIXTURES, check=True)
        return read_lines(path)


def known_rules(program):
    listed = subprocess.run([program, "--list-rules"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {line.split()[0] for line in listed.splitlines()[1:]}


def fate_of(findings):
    rules = {finding["rule"] for finding in findings}
    return "reject" if "bad-record" in rules else "drop" if rules & DROPPING else "keep"


class Comparison:
    def __init__(self, expected, known):
        self.known = known
        self.cluster = {record["id"]: record["cluster"] for record in expected.values()}
        self.planted = {record["id"]: record["findings"] for record in expected.values()}
        self.wrong = 0

    def say(self, record, what):
        self.wrong += 1
        print(f"{record['file']}:{record['line']}: {record['id']}: {what}")

    def story(self, name):
        """What stands for a copy, and for a version of it."""
        for finding in self.planted.get(name, []):
            if finding["rule"] == "revised-copy":
                return self.story(finding["of"])
        return self.cluster.get(name, name)

    def stories(self, finding):
        named = [finding["of"]] if "of" in finding else finding.get("from", [])
        return {self.story(name) for name in named}

    def fits(self, finding, got):
        """Whether what was reported is what was expected, or as good: a copy of the article expected, or a rule that the truth
        allows instead."""
        may_be = {finding["rule"], *finding.get("or", [])} | ({"partial-reuse"} if finding["rule"] in MADE_OF_OTHERS else set())
        stories = self.stories(finding)
        return got["rule"] in may_be and (not stories or self.story(got.get("of")) in stories)

    def is_reverse(self, name, got):
        """Whether a passage shared with a text made of others is reported by the other of the two, or by its copy."""
        return got["rule"] == "partial-reuse" and any(
            finding["rule"] in MADE_OF_OTHERS and self.story(name) in self.stories(finding)
            for finding in self.planted.get(got["of"], []))

    def record(self, truth, got):
        planted = [finding for finding in truth["findings"]
                   if finding["rule"] in self.known or self.known & set(finding.get("or", []))]
        reported = [finding for finding in got["findings"] if finding["rule"] in self.known]
        taken = set()
        for finding in planted:
            fitting = [i for i, other in enumerate(reported) if self.fits(finding, other)]
            if not fitting and finding["rule"] in self.known:
                self.say(truth, f"not found: {finding['rule']} of {sorted(self.stories(finding))}")
            taken.update(fitting)
        for i, finding in enumerate(reported):
            if i not in taken and not self.is_reverse(truth["id"], finding):
                self.say(truth, f"not expected: {json.dumps(finding)}")
        # The fate and the cluster follow from the findings; where another rule may be reported, from what was.
        basis = [f for i, f in enumerate(reported) if i in taken] if any("or" in f for f in planted) else planted
        fate = fate_of(basis)
        cluster = truth["cluster"]
        if basis is not planted and fate == "drop":
            cluster = self.cluster.get(planted[0].get("of"), cluster)
        if got["action"] != fate:
            self.say(truth, f"is {got['action']}, expected {fate}")
        # A bad record whose id cannot be read is called FILE:LINE.
        if got["cluster"] != cluster and fate != "reject":
            self.say(truth, f"is in the cluster of {got['cluster']}, expected {cluster}")
        if got["id"] != truth["id"] and fate != "reject":
            self.say(truth, f"is called {got['id']}")


def main():
    program = os.path.abspath(sys.argv[1])
    expected = read_lines(os.path.join(FIXTURES, "expected.jsonl"))
    got = read_lines(sys.argv[2]) if len(sys.argv) > 2 else run(program)
    comparison = Comparison(expected, known_rules(program))
    for place in sorted(expected.keys() | got.keys()):
        if place not in expected or place not in got:
            record = expected.get(place) or got[place]
            comparison.say(record, "is not in the " + ("verdicts" if place in expected else "truth"))
        else:
            comparison.record(expected[place], got[place])
    print(f"{len(expected)} records, {comparison.wrong} differences")
    return 1 if comparison.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
