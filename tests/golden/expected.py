"""The verdicts over fixtures/, all files together, against the truth in fixtures/expected.jsonl (see fixtures/README.md).

    expected.py PROGRAM [RESULT]

Compared for every record: fate, cluster, the rule and `of` of each finding, and whether it lies where it should, as far
as the program knows the rule (what --list-rules names). A finding that is not expected is a failure too, save on records
that are dropped. Of the kept JSON lines what is written is compared as well: with all that was planted cut or repaired, and
nothing else. Blanks count as one there, and accents in either form. What is marked `either` may be found or not. RESULT is
a file of verdicts to be compared instead of a run. Prints each difference and fails when there is one.

What a language is wanted for is a corpus in one language, so wrong-language is looked for in one outlet at a time.
"""
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures")
INPUTS = ["wire.jsonl", "archive.csv", "crawl.wet", "notes", "latin1.tsv", "damaged.jsonl"]
# Rules that make a copy go, and what a text made of other texts may carry before it is told for what it is.
DROPPING = {"exact-duplicate", "near-duplicate", "contained-copy", "junk-page"}
MADE_OF_OTHERS = {"spun-copy", "stitched"}


def read_lines(path):
    with open(path, encoding="utf-8") as stream:
        return {(record["file"], record["line"]): record for record in map(json.loads, stream)}


def run(program, inputs, *options):
    """The verdicts by place, and the JSON lines that were kept, by id."""
    with tempfile.TemporaryDirectory() as scratch:
        verdicts, clean = os.path.join(scratch, "verdicts.jsonl"), os.path.join(scratch, "clean")
        subprocess.run([program, "clean", *inputs, "-q", "--verdicts", verdicts, "-o", clean, *options], cwd=FIXTURES,
                       check=True)
        with open(clean, encoding="utf-8", errors="replace") as stream:
            kept = [json.loads(line) for line in stream if line.startswith("{")]
        return read_lines(verdicts), {record["id"]: record for record in kept}


def actions_of(program):
    """What is done about each rule that the program knows."""
    listed = subprocess.run([program, "--list-rules"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {line.split()[0]: line.split()[2] for line in listed.splitlines()[1:]}


def overlap(finding, got):
    """Whether two findings speak of one place, or either of the whole article."""
    return "field" not in finding or "field" not in got or (
        finding["field"] == got["field"] and finding["start"] < got["end"] and got["start"] < finding["end"])


def plain(text):
    """What is the same for whoever reads it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Comparison:
    def __init__(self, expected, actions):
        self.known = set(actions) - {"wrong-language"}
        self.changing = {rule for rule in actions if actions[rule] in ("cut", "repair")}
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
        return got["rule"] in may_be and overlap(finding, got) and (not stories or self.story(got.get("of")) in stories)

    def is_reverse(self, name, got):
        """Whether a passage shared with a text made of others is reported by the other of the two, or by its copy."""
        return got["rule"] == "partial-reuse" and any(
            finding["rule"] in MADE_OF_OTHERS and self.story(name) in self.stories(finding)
            for finding in self.planted.get(got["of"], []))

    def fate_of(self, findings):
        rules = {finding["rule"] for finding in findings}
        # What was lost for good is no repair: U+FFFD stands there as it did in the text that was read.
        repaired = any(f["rule"] in self.changing and not (f["rule"] == "invalid-utf8" and "to" not in f) for f in findings)
        return ("reject" if "bad-record" in rules else "drop" if rules & DROPPING else "clean" if repaired else "keep")

    def outcome(self, truth, raw, kept):
        """Compares a cleaned record with the record as read, with all that was planted cut or repaired."""
        if any("either" in finding for finding in truth["findings"]):
            return
        for field in ("title", "text"):
            want = raw[field].encode()
            planted = [f for f in truth["findings"] if f["rule"] in self.changing and f.get("field") == field]
            for finding in sorted(planted, key=lambda f: -f["start"]):
                want = want[:finding["start"]] + finding.get("to", "").encode() + want[finding["end"]:]
            want, became = plain(want.decode()), plain(kept[field])
            if want != became:
                at = max(0, len(os.path.commonprefix([want, became])) - 20)
                self.say(truth, f"its {field} became ...{became[at:at + 60]!r}, expected ...{want[at:at + 60]!r}")

    def is_free(self, truth, finding):
        """Whether it may be missed: what is hard to tell, and on what is dropped all but the reason."""
        return "either" in finding or truth["action"] == "drop" and finding["rule"] not in DROPPING

    def record(self, truth, got):
        planted = [finding for finding in truth["findings"]
                   if finding["rule"] in self.known or self.known & set(finding.get("or", []))]
        reported = [finding for finding in got["findings"] if finding["rule"] in self.known]
        taken = set()
        for finding in planted:
            fitting = [i for i, other in enumerate(reported) if self.fits(finding, other)]
            if not fitting and finding["rule"] in self.known and not self.is_free(truth, finding):
                self.say(truth, f"not found: {json.dumps(finding, ensure_ascii=False)}")
            taken.update(fitting)
        for i, finding in enumerate(reported):
            if i not in taken and got["action"] != "drop" and not self.is_reverse(truth["id"], finding):
                self.say(truth, f"not expected: {json.dumps(finding, ensure_ascii=False)}")
        # The fate and the cluster follow from the findings; where another rule may be reported, from what was.
        basis = [f for i, f in enumerate(reported) if i in taken] if any("or" in f for f in planted) else planted
        fate = self.fate_of(basis)
        cluster = truth["cluster"]
        if basis is not planted and fate == "drop":
            cluster = self.cluster.get(planted[0].get("of"), cluster)
        if got["action"] != fate and not any("either" in finding for finding in planted):
            self.say(truth, f"is {got['action']}, expected {fate}")
        # A bad record whose id cannot be read is called FILE:LINE.
        if got["cluster"] != cluster and fate != "reject":
            self.say(truth, f"is in the cluster of {got['cluster']}, expected {cluster}")
        if got["id"] != truth["id"] and fate != "reject":
            self.say(truth, f"is called {got['id']}")


def check_languages(program, comparison, raw, expected):
    """Each outlet of an article in the wrong language, alone: that article is told, and no other."""
    planted = {truth["id"]: truth for truth in expected.values()
               if any(finding["rule"] == "wrong-language" for finding in truth["findings"])}
    for name, truth in planted.items():
        outlet = [record for record in raw.values() if record.get("source") == raw[name]["source"]]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as stream:
            stream.writelines(json.dumps(record) + "\n" for record in outlet)
            stream.flush()
            got, _ = run(program, [stream.name], "--language", raw[name]["lang"])
        told = sorted(verdict["id"] for verdict in got.values()
                      if any(finding["rule"] == "wrong-language" for finding in verdict["findings"]))
        if told != [name]:
            comparison.say(truth, f"of its outlet, in the wrong language: {told}")


def main():
    program = os.path.abspath(sys.argv[1])
    expected = read_lines(os.path.join(FIXTURES, "expected.jsonl"))
    got, kept = (read_lines(sys.argv[2]), {}) if len(sys.argv) > 2 else run(program, INPUTS)
    actions = actions_of(program)
    comparison = Comparison(expected, actions)
    with open(os.path.join(FIXTURES, "wire.jsonl"), encoding="utf-8") as stream:
        raw = {record["id"]: record for record in map(json.loads, stream)}
    for place in sorted(expected.keys() | got.keys()):
        if place not in expected or place not in got:
            record = expected.get(place) or got[place]
            comparison.say(record, "is not in the " + ("verdicts" if place in expected else "truth"))
            continue
        truth = expected[place]
        comparison.record(truth, got[place])
        if place[0] == "wire.jsonl" and truth["id"] in kept:
            comparison.outcome(truth, raw[truth["id"]], kept[truth["id"]])
    if "wrong-language" in actions:
        check_languages(program, comparison, raw, expected)
    print(f"{len(expected)} records, {comparison.wrong} differences")
    return 1 if comparison.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
