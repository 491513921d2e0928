"""Properties of the program as a whole, each on the fixtures or on a corpus made here (the same one every time).

    program.py PROGRAM PROPERTY

PROPERTY is a function below: threads, processors, memory, bounded, sums, hostile, twice, order, split, packed, clusters, profile.
Prints what does not hold, and fails then.
"""
import filecmp
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "..", "fixtures")
INPUTS = ["wire.jsonl", "archive.csv", "crawl.wet", "notes", "latin1.tsv", "damaged.jsonl"]
OUTPUTS = {"--clean": "clean", "--rejects": "rejects", "--verdicts": "verdicts", "--pairs": "pairs"}
PROGRAM = None
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"does not hold: {what}")


# ---- Running ----

class Run:
    """One run of `copydesk clean` in the current folder: its summary and its outputs."""

    def __init__(self, inputs, *options, to="out", stdin=None):
        shutil.rmtree(to, ignore_errors=True)
        os.mkdir(to)
        outputs = [word for option, name in OUTPUTS.items() for word in (option, os.path.join(to, name))]
        done = subprocess.run([PROGRAM, "clean", *inputs, *outputs, "--json", *options], stdin=stdin or subprocess.DEVNULL,
                              capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{inputs} {options}: exit code {done.returncode}: {done.stderr.decode()}")
        self.folder = to
        self.summary = json.loads(done.stdout)
        self.verdicts = [json.loads(line) for line in self.bytes("verdicts").splitlines()]

    def bytes(self, name):
        with open(os.path.join(self.folder, name), "rb") as stream:
            return stream.read()

    def differs(self, other, names=tuple(OUTPUTS.values())):
        return [name for name in names if self.bytes(name) != other.bytes(name)]

    def clusters(self):
        """The clusters as sets of ids."""
        members = {}
        for verdict in self.verdicts:
            members.setdefault(verdict["cluster"], set()).add(verdict["id"])
        return {frozenset(ids) for ids in members.values() if len(ids) > 1}

    def n_findings(self):
        return {rule["rule"]: rule["findings"] for rule in self.summary["rules"]}


# ---- The corpus ----

def vocabulary(chance, n):
    syllables = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "il", "os")]
    return sorted({"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(n)})


def edited(chance, words, vocabulary_, share):
    words = list(words)
    for _ in range(max(1, int(len(words) * share))):
        at = chance.randrange(len(words))
        words[at:at + 1] = chance.choice(([], [chance.choice(vocabulary_)], [words[at], chance.choice(vocabulary_)]))
    return words


def make_corpus(n, n_words, seed, small=False):
    """n articles as JSON lines, a quarter of them made from another one; no two have one date.

    small: at most two are made from one, and those not again; and none is an exact copy.
    """
    chance = random.Random(seed)
    words = vocabulary(chance, 6000)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    cumulative = [sum(weights[:1])]
    for weight in weights[1:]:
        cumulative.append(cumulative[-1] + weight)
    days = list(range(n))
    chance.shuffle(days)
    texts, lines, uses, seen = [], [], [], set()
    for i in range(n):
        kind = chance.random()
        source = chance.randrange(max(0, i - 2000), i) if i > 10 else None
        if small and source is not None:
            uses[source] += 1
            source, kind = (source, max(kind, 0.08)) if uses[source] <= 2 else (None, kind)
        other = None if source is None else texts[source]
        if other is None or kind > 0.25:
            length = chance.randint(n_words // 2, n_words * 3 // 2)
            text = chance.choices(words, cum_weights=cumulative, k=length)
            text = [w.capitalize() if chance.random() < 0.08 else str(chance.randint(2, 900)) if chance.random() < 0.02 else w
                    for w in text]
        elif kind < 0.08:
            text = other
        elif kind < 0.16:
            text = edited(chance, other, words, chance.choice((0.02, 0.05, 0.12)))
        elif kind < 0.20:
            text = other[:max(8, len(other) * chance.randint(3, 8) // 10)]
        elif kind < 0.23:
            text = [str(chance.randint(2, 900)) if w.isdigit() else chance.choice(words).capitalize() if w[0].isupper() else w
                    for w in other]
        else:
            text = chance.choices(words, cum_weights=cumulative, k=n_words // 2) + other[:60]
        while small and tuple(text) in seen:
            text = edited(chance, text, words, 0.01)
        seen.add(tuple(text))
        uses.append(9 if other is not None and kind <= 0.25 else 0)
        texts.append(text)
        date = f"20{10 + days[i] // 28 // 24 // 12 % 80}-{days[i] // 28 // 24 % 12 + 1:02}-" \
               f"{days[i] // 24 % 28 + 1:02}T{days[i] % 24:02}:00:00Z"
        lines.append(json.dumps({"id": f"a{i}", "date": date, "source": chance.choice("NESW") + " Post",
                                 "title": " ".join(text[:5]), "text": " ".join(text) + "."}) + "\n")
    return lines


def write(path, lines):
    with open(path, "w", encoding="utf-8") as stream:
        stream.writelines(lines)
    return path


# ---- Properties ----

def same_as_first(inputs, ways):
    first = Run(inputs, *ways[0], to="first")
    check(first.summary["dropped"] > 10, "copies are found at all")
    for options in ways[1:]:
        other = Run(inputs, *options, to="other")
        check(not first.differs(other), f"{' '.join(options)} gives the bytes of {' '.join(ways[0])}: {first.differs(other)}")
    return first


def threads():
    """The number of threads makes no difference."""
    ways = [("-j", "1"), ("-j", "2"), ("-j", "5")]
    same_as_first(INPUTS, ways)
    same_as_first([write("corpus.jsonl", make_corpus(6000, 120, 1))], ways)


def processors():
    """Nor does the instruction set. A processor without it has nothing to compare."""
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        flags = stream.read().split()
    ways = [("--cpu", "portable")] + [("--cpu", level) for level, flag in (("avx2", "avx2"), ("avx512", "avx512_vbmi2"))
                                      if flag in flags]
    same_as_first(INPUTS, ways)
    same_as_first([write("corpus.jsonl", make_corpus(3000, 120, 2))], ways)


def memory():
    """Nor does the memory limit, which a corpus of this size passes; a place for what does not fit is needed then."""
    path = write("corpus.jsonl", make_corpus(60000, 50, 3))
    first = Run([path], "-j", "2", to="first")
    said = subprocess.run([PROGRAM, "clean", path, "-v", "--memory", "64M", "-o", "clean"], capture_output=True, check=True)
    check(b"; 0 bytes of temporary" not in said.stderr, f"the corpus is large enough to spill: {said.stderr.decode()}")
    other = Run([path], "-j", "2", "--memory", "64M", to="other")
    check(not first.differs(other), f"--memory 64M gives the same bytes: {first.differs(other)}")
    done = subprocess.run([PROGRAM, "clean", path, "-q", "--memory", "64M", "--temp-dir", "no-such-folder", "-o", "none"],
                          capture_output=True, check=False)
    check(done.returncode == 2 and not os.path.exists("none"), "without a folder for temporary files it gives up")


def make_shared(n, seed):
    """n short articles of many words; every sentence stands in two of them."""
    chance = random.Random(seed)
    words = vocabulary(chance, 90000)
    columns = []
    for _ in range(4):
        column = [" ".join(chance.choices(words, k=6)).capitalize() + "." for _ in range(n // 2)] * 2
        chance.shuffle(column)
        columns.append(column)
    return [json.dumps({"id": f"s{i}", "title": " ".join(chance.choices(words, k=8)), "text": " ".join(sentences)}) + "\n"
            for i, sentences in enumerate(zip(*columns))]


def apart(make):
    """Calls make() in a process of its own: what a run is seen to hold begins with what this process holds."""
    child = os.fork()
    if child == 0:
        make()
        os._exit(0)
    os.waitpid(child, 0)


def peak_of(path, verdicts, *options):
    """The most memory that a run on this input had, in KiB, and what it said."""
    with open("said", "wb") as said:
        run = subprocess.Popen([PROGRAM, "clean", path, "--verdicts", verdicts, *options], stdout=said, stderr=said)
        _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    with open("said", encoding="utf-8") as said:
        text = said.read()
    check(run.returncode == 0, f"{options}: exit code {run.returncode}: {text}")
    return usage.ru_maxrss, text


def bounded():
    """The memory limit is kept where there is room for what every article needs; else a warning says how much that is."""
    apart(lambda: write("shared.jsonl", make_shared(150000, 5)))
    peak, said = peak_of("shared.jsonl", "limited", "-j", "2", "--memory", "64M")
    free, _ = peak_of("shared.jsonl", "free", "-j", "2")
    check(filecmp.cmp("limited", "free", shallow=False), "a limit gives the same verdicts")
    check("will not be kept" not in said, f"64M are enough: {said}")
    with open(PROGRAM, "rb") as program:
        sanitized = b"san_init" in program.read()  # with shadow memory of its own
    check(sanitized or peak <= 64 << 10 < free, f"at most 64 MiB under --memory 64M: {peak} KiB, without {free}")
    apart(lambda: write("many.jsonl", (f'{{"text": "word {i}"}}\n' for i in range(170000))))
    _, said = peak_of("many.jsonl", "many", "-j", "1", "--memory", "64M")
    check("170000 articles on 1 thread need about" in said, f"too many articles are warned of: {said}")


def adds_up(run, what):
    s = run.summary
    verdicts = {action: 0 for action in ("keep", "drop", "reject")}
    for verdict in run.verdicts:
        verdicts["keep" if verdict["action"] == "clean" else verdict["action"]] += 1
    check(s["kept"] + s["dropped"] + s["rejected"] == s["read"], f"{what}: kept + dropped + rejected = read")
    check((s["kept"], s["dropped"], s["rejected"]) == tuple(verdicts.values()), f"{what}: the verdicts say what the sums say")
    check(run.bytes("rejects").count(b"\n") == s["dropped"] + s["rejected"], f"{what}: every record that goes is in the rejects")
    for rule in s["rules"]:
        found = [v for v in run.verdicts if any(f["rule"] == rule["rule"] for f in v["findings"])]
        check(len(found) == rule["articles"], f"{what}: {rule['rule']} has {rule['articles']} articles")
    return run


def sums():
    """kept + dropped + rejected = read, whatever the input."""
    for name in INPUTS:
        adds_up(Run([name]), name)
    run = adds_up(Run(INPUTS), "all fixtures")
    check(run.summary["read"] == 225, "all records of the fixtures are read")
    adds_up(Run([write("corpus.jsonl", make_corpus(3000, 80, 4))]), "the made corpus")


def hostile():
    """The same for bytes that are no articles: broken in many ways, they are read, and counted."""
    chance = random.Random(6)
    with open("wire.jsonl", "rb") as stream:
        wire = stream.read()
    sources = {"jsonl": wire}
    for name, kind in (("archive.csv", "csv"), ("crawl.wet", "wet"), ("latin1.tsv", "tsv")):
        with open(name, "rb") as stream:
            sources[kind] = stream.read()
    for number in range(24):
        kind = chance.choice(sorted(sources))
        data = bytearray(sources[kind][:chance.randint(200, 60000)])
        for _ in range(chance.choice((1, 20, 400))):
            at = chance.randrange(len(data))
            data[at:at + chance.choice((0, 1, 1, 40))] = chance.choice(
                (b"", bytes([chance.randrange(256)]), b'"', b"\n", b"\0", b"{[", b"\\u", b"\xef\xbb\xbf", chance.randbytes(30)))
        packed = chance.random() < 0.2
        path = f"hostile{number}.{kind}" + (".gz" if packed else "")
        with open(path, "wb") as stream:
            whole = gzip.compress(bytes(data), 6, mtime=0) if packed else bytes(data)
            stream.write(whole[:-chance.randint(1, 200)] if packed else whole)
        adds_up(Run([path], "--format", kind), f"{path}, {len(data)} bytes")
    with open("noise.jsonl", "wb") as stream:
        stream.write(chance.randbytes(300000))
    adds_up(Run(["noise.jsonl"]), "noise")


def twice():
    """What is clean stays as it is."""
    for path in ("wire.jsonl", "archive.csv", "crawl.wet", write("corpus.jsonl", make_corpus(6000, 120, 5, small=True))):
        once = Run([path], to="once")
        name = "again" + os.path.splitext(path)[1]
        shutil.copy("once/clean", name)
        again = Run([name], to="again")
        gone = [(v["id"], v["findings"]) for v in again.verdicts if v["action"] != "keep"]
        check(not gone, f"{path}: a second run drops and cleans nothing: {gone[:3]}")
        check(once.bytes("clean") == again.bytes("clean"), f"{path}: a second run changes nothing")


def order():
    """The order of the lines makes no difference to the clusters, when the dates tell which copy stays."""
    for seed in (5, 7, 8):
        lines = make_corpus(6000, 120, seed, small=True)
        first = Run([write("corpus.jsonl", lines)], to="first")
        random.Random(seed).shuffle(lines)
        other = Run([write("corpus.jsonl", lines)], to="other")
        lost, new = first.clusters() - other.clusters(), other.clusters() - first.clusters()
        check(not lost and not new, f"clusters are the same in another order: {sorted(map(sorted, lost))[:3]} and not "
              f"{sorted(map(sorted, new))[:3]}; {len(lost)} and {len(new)} in all")
        check(first.n_findings() == other.n_findings(),
              f"so is the number of findings: {first.n_findings()} {other.n_findings()}")
        kept = [{v["id"] for v in run.verdicts if v["action"] in ("keep", "clean")} for run in (first, other)]
        check(kept[0] == kept[1], f"so is what is kept: {sorted(kept[0] ^ kept[1])[:10]}")


def without_place(run):
    return [{key: value for key, value in verdict.items() if key not in ("file", "line")} for verdict in run.verdicts]


def split():
    """One file or three: the verdicts are the same but for file and line."""
    lines = make_corpus(4000, 120, 8)
    whole = Run([write("corpus.jsonl", lines)], to="whole")
    parts = Run([write(f"part{i}.jsonl", lines[i * 1500:(i + 1) * 1500]) for i in range(3)], to="parts")
    check(without_place(whole) == without_place(parts), "three files give the verdicts of one")
    check(whole.bytes("clean") == parts.bytes("clean"), "and the same clean articles")


def packed():
    """Packed or not, from a file or a pipe."""
    path = write("corpus.jsonl", make_corpus(4000, 120, 9))
    plain = Run([path], to="plain")
    with open(path, "rb") as stream:
        data = stream.read()
    with open("corpus.jsonl.gz", "wb") as stream:
        stream.write(gzip.compress(data[:len(data) // 2], 1, mtime=0) + gzip.compress(data[len(data) // 2:], 9, mtime=0))
    subprocess.run(["zstd", "-q", "corpus.jsonl"], check=True)
    for inputs in (["corpus.jsonl.gz"], ["corpus.jsonl.zst"]):
        other = Run(inputs, to="other")
        check(without_place(plain) == without_place(other), f"{inputs} gives the same verdicts")
        check(not plain.differs(other, ("clean", "pairs")), f"{inputs} gives the same articles and pairs")
    for path_ in ("corpus.jsonl", "corpus.jsonl.zst"):
        with subprocess.Popen(["cat", path_], stdout=subprocess.PIPE) as pipe:
            other = Run(["-"], to="other", stdin=pipe.stdout)
        check(without_place(plain) == without_place(other), f"{path_} through a pipe gives the same verdicts")
        check(not plain.differs(other, ("clean", "pairs")), f"{path_} through a pipe gives the same articles and pairs")


def clusters():
    """What goes, goes for something that stays."""
    for path in (None, write("corpus.jsonl", make_corpus(6000, 120, 10))):
        for keep in ("earliest", "newest", "longest", "cleanest"):
            run = Run([path] if path else INPUTS, "--keep", keep)
            action = {verdict["id"]: verdict["action"] for verdict in run.verdicts}
            cluster = {verdict["id"]: verdict["cluster"] for verdict in run.verdicts}
            for verdict in run.verdicts:
                if verdict["action"] == "drop":
                    where = f"{path or 'fixtures'}, --keep {keep}: {verdict['id']}"
                    if any(finding["rule"] == "junk-page" for finding in verdict["findings"]):
                        continue  # goes for what it is itself
                    check(action[verdict["cluster"]] in ("keep", "clean"), f"{where}: its cluster {verdict['cluster']} is kept")
                    dropping = [finding for finding in verdict["findings"] if finding["action"] == "drop"]
                    check(len(dropping) >= 1, f"{where}: there is a reason")
                    check(all(cluster[finding["of"]] == verdict["cluster"] for finding in dropping),
                          f"{where}: the reason lies in its own cluster")
            s = run.summary
            sizes = [len(ids) for ids in run.clusters()]
            # An id that stands twice in the fixtures counts once in a set of ids.
            if path:
                check((s["clusters"], s["members"]) == (len(sizes), sum(sizes)), f"{path}: clusters and members as summed up")
            check(s["removable"] == s["members"] - s["clusters"], "removable = members - clusters")


def with_furniture(lines, sources):
    """Two lines of its own site below every article of these outlets; no pattern knows them."""
    out = []
    for line in lines:
        article = json.loads(line)
        if article["source"] in sources:
            article["text"] += f"\nQuidnunc {article['source']} omnibus desk ledger\nPorridge almanac of {article['source']} readers"
        out.append(json.dumps(article) + "\n")
    return out


def build_profile(*arguments, to):
    done = subprocess.run([PROGRAM, "profile", *arguments, "-o", to], capture_output=True, check=False)
    check(done.returncode == 0, f"profile {arguments}: {done.stderr.decode()}")
    with open(to, "rb") as stream:
        return stream.read()


def profile():
    """What a corpus taught serves a few other articles; profiles add up in any order; a damaged one is refused."""
    lines = with_furniture(make_corpus(4000, 120, 11), ("N Post", "E Post"))
    furnished = [next(line for line in lines if f"of {source} readers" in line) for source in ("N Post", "E Post")]
    few = write("few.jsonl", furnished + [line for line in lines[:12] if "omnibus" not in line][:3])
    write("one.jsonl", lines[12:2000])
    write("two.jsonl", lines[2000:])
    cut = lambda run: sum(f["rule"] == "repeated-line" for v in run.verdicts for f in v["findings"])
    built = build_profile("build", "one.jsonl", to="one.profile")
    check(built == build_profile("build", "one.jsonl", "-j", "3", to="j3.profile"), "the same profile for any number of threads")
    build_profile("build", "two.jsonl", to="two.profile")
    alone, taught = Run([few], to="alone"), Run([few], "--profile", "one.profile", to="taught")
    check(cut(taught) == 4, f"furniture that stands here once is known from the profile: {cut(taught)} lines")
    check(cut(alone) == 0, "and was not without it")
    build_profile("merge", "one.profile", "two.profile", to="both.profile")
    build_profile("merge", "two.profile", "one.profile", to="htob.profile")
    runs = [Run([few], *options, to=f"run{i}") for i, options in enumerate((
        ("--profile", "both.profile"), ("--profile", "htob.profile"), ("--profile", "one.profile", "--profile", "two.profile")))]
    for run in runs[1:]:
        check(not runs[0].differs(run), f"profiles add up in any order: {runs[0].differs(run)}")
    for damage in (built[:-1], built[:len(built) // 2], b"", built[:200] + b"x" + built[201:], b"{}\n"):
        with open("damaged.profile", "wb") as stream:
            stream.write(damage)
        done = subprocess.run([PROGRAM, "clean", few, "-o", "none", "--profile", "damaged.profile"], capture_output=True, check=False)
        check(done.returncode == 2 and b"damaged.profile" in done.stderr and not os.path.exists("none"),
              f"a damaged profile is refused: {done.stderr.decode()}")


PROPERTIES = {f.__name__: f for f in (threads, processors, memory, bounded, sums, hostile, twice, order, split, packed, clusters, profile)}


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["TMPDIR"] = scratch
        work = os.path.join(scratch, "work")
        shutil.copytree(FIXTURES, work)
        os.chdir(work)
        os.remove("expected.jsonl")
        PROPERTIES[sys.argv[2]]()
        os.chdir("/")
        left = sorted(set(os.listdir(scratch)) - {"work"})
        check(not left, f"no temporary file is left behind: {left}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
