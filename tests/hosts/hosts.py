"""The filter inside other programs: recipes of docs/hosts.md, run as they stand there.

    hosts.py PROGRAM HOST

HOST is a function below: benthos, benthos_killed, datatrove, datasets, spark, shell, parallel, acks, batch. COPYDESK_HOSTS is the folder in which
tests/ci/hosts.sh put hosts that are no packages; a host that is not there is skipped (exit code 77). Each is given the
same stream and must say what the filter says by itself.
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PROGRAM = None
HOSTS = os.environ.get("COPYDESK_HOSTS", "")
SKIPPED = 77
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"does not hold: {what}")


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            skip(f"{program} is not installed")


def host(path):
    """A file that tests/ci/hosts.sh made."""
    full = os.path.join(HOSTS, path)
    if not HOSTS or not os.path.exists(full):
        skip(f"no {path} in COPYDESK_HOSTS; tests/ci/hosts.sh makes it")
    return os.path.join(os.path.abspath(HOSTS), path)


def python_with(module):
    python = host("venv/bin/python")
    if subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode != 0:
        skip(f"{module} is not installed")
    return python


def recipe(name):
    """Writes the block of docs/hosts.md that begins with this name, and gives its path."""
    with open(os.path.join(ROOT, "docs", "hosts.md"), encoding="utf-8") as page:
        found = re.search(r"^```\w+\n(# " + re.escape(name) + r"\n.*?)^```$", page.read(), re.M | re.S)
    if not found:
        raise LookupError(f"docs/hosts.md has no {name}")
    with open(name, "w", encoding="utf-8") as file:
        file.write(found.group(1))
    return name


def articles(odd=True):
    """The invented corpus; with odd lines in it: a long record, one that is broken, a blank one."""
    with open(os.path.join(ROOT, "fixtures", "wire.jsonl"), "rb") as file:
        lines = file.read().splitlines()
    if odd:
        long = {"id": "long", "title": "A long one", "text": " ".join(f"word{k}" for k in range(25000))}
        lines[50:50] = [json.dumps(long).encode(), b"{bad", b""]
    return lines


def write(path, lines):
    with open(path, "wb") as file:
        file.writelines(line + b"\n" for line in lines)


def read(path):
    with open(path, "rb") as file:
        return file.read().splitlines()


def alone(lines, *options):
    """What the filter says by itself."""
    done = subprocess.run(["copydesk", "filter", "--isolated", "--index", "alone", *options], capture_output=True, check=True,
                          input=b"".join(line + b"\n" for line in lines))
    return done.stdout.splitlines()


def action(line):
    return json.loads(line)["copydesk"]["action"] if line else "blank"


def articles_in(index):
    done = subprocess.run(["copydesk", "index", "info", index, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)["articles"]


def run(*command, **more):
    """Output and errors of a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{command} ends with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout, done.stderr


# ---- Hosts ----

def benthos():
    """Redpanda Connect: every message comes through, in order; an end by kill forgets nothing."""
    stream = host("stream")
    lines = articles()
    write("articles.jsonl", lines)
    expected = alone(lines)
    out, err = run(stream, "-c", recipe("stream.yaml"))
    kept = [line for line in expected if action(line) != "drop"]
    got = read("out.jsonl")
    check(got == kept, f"{len(kept)} lines are kept by the filter alone, {len(got)} here, or others")
    check(any(len(line) > 200_000 for line in got), "a long record comes through")
    check(action(got[[json.loads(line or b"0") for line in got].index(0) - 1]) == "reject", "a bad line comes through")
    check("level=warn" not in out + err and "level=error" not in out + err, f"nothing is complained of: {out + err}")
    judged = sum(action(line) in ("keep", "clean", "drop") for line in expected)
    check(articles_in("seen") == judged, f"{articles_in('seen')} of {judged} articles are remembered")
    os.remove("out.jsonl")
    run(stream, "-c", "stream.yaml")
    again = [json.loads(line)["copydesk"] for line in read("out.jsonl") if line]
    check(len(again) == len(kept) - 1 and all(v["redelivered"] for v in again if v["action"] != "reject"),
          "the same stream again: every message is known for one that was here")


def benthos_killed():
    """The stream processor is killed three times; delivered again, no message is lost and none taken for a copy of itself."""
    stream = host("stream")
    records = [json.loads(line) for line in articles(odd=False)]
    for k in range(1, 5):
        rng = random.Random(k)
        for record in records[:177]:
            words = record["text"].split()
            rng.shuffle(words)
            records.append({**record, "id": f"{record['id']}-{k}", "text": " ".join(words)})
    lines = [json.dumps(record).encode() for record in records]
    write("articles.jsonl", lines)
    kept = {json.loads(line)["id"] for line in alone(lines) if action(line) != "drop"}
    recipe("stream.yaml")
    got, killed = set(), 0
    for stop in (50, 150, 300, None):
        with subprocess.Popen([stream, "-c", "stream.yaml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            begun = time.time()
            while process.poll() is None and time.time() < begun + 100:
                if stop and os.path.exists("out.jsonl") and len(read("out.jsonl")) >= stop:
                    process.kill()
                time.sleep(0.01)
        killed += process.returncode < 0
        for line in read("out.jsonl"):
            if line.endswith(b"}}"):  # the last one may be cut off
                got.add(json.loads(line)["id"])
        os.remove("out.jsonl")
    check(killed > 0 and process.returncode == 0, f"{killed} runs are killed, the last one ends in order")
    check(got == kept, f"of {len(kept)} messages {len(kept - got)} are lost and {len(got - kept)} are new")
    check(articles_in("seen") == len(lines), f"{articles_in('seen')} of {len(lines)} are remembered")


def datatrove():
    """A filter step with one process for a task, dropped documents to a file of their own."""
    python = python_with("datatrove")
    lines = articles(odd=False)
    os.mkdir("articles")
    write("articles/a.jsonl", lines)
    recipe("copydesk_filter.py")
    run(python, recipe("datatrove_step.py"))
    expected = {json.loads(line)["id"]: json.loads(line)["copydesk"] for line in alone(lines)}
    for folder, stays in (("kept", True), ("dropped", False)):
        documents = [json.loads(line) for line in read(f"{folder}/00000.jsonl")]
        wanted = [name for name, verdict in expected.items() if (verdict["action"] in ("keep", "clean")) == stays]
        check([document["id"] for document in documents] == wanted, f"{folder}: the documents, in order")
        check(all(d["metadata"]["copydesk"] == expected[d["id"]] for d in documents), f"{folder}: their verdicts")
        check(stays or all(d["metadata"]["filter_reason"] for d in documents), "with the reason")
    check(articles_in("seen-00000") == len(lines), "the index is closed in order")


def datasets():
    """A map over a data set."""
    python = python_with("datasets")
    lines = articles(odd=False)
    write("articles.jsonl", lines)
    recipe("copydesk_filter.py")
    run(python, recipe("datasets_map.py"), env={**os.environ, "HF_HOME": os.getcwd(), "HF_HUB_OFFLINE": "1"})
    kept = [json.loads(line) for line in alone(lines) if action(line) in ("keep", "clean")]
    got = [json.loads(line) for line in read("out.jsonl")]
    check([row["id"] for row in got] == [record["id"] for record in kept], "what stays, in order")
    check([json.loads(row["findings"]) for row in got] == [r["copydesk"]["findings"] for r in kept], "with its findings")
    check(articles_in("seen") == len(lines), "the index is closed in order")


def spark():
    """RDD.pipe: a reader for each partition."""
    python = python_with("pyspark")
    need("java")
    lines = articles()
    known, lines = lines[:80], [line for line in lines[40:] if line]
    write("articles.jsonl", lines)
    alone(known, "--commit", "each")
    shutil.copytree("alone", "seen")
    run(python, recipe("spark_pipe.py"))
    got = [line for part in sorted(os.listdir("judged")) if part.startswith("part-") for line in read(f"judged/{part}")]
    expected = alone(lines, "--read-only")
    same = [strip_place(a) == strip_place(b) for a, b in zip(got, expected)]
    check(len(got) == len(expected) and all(same), f"{len(got)} lines of {len(expected)}, {same.count(False)} differ")


def strip_place(line):
    """Without the number that a record without an id has in its stream."""
    return re.sub(rb'"-:\d+"', b'"-"', line)


def shell():
    """A pipe; files one after another by xargs."""
    lines = articles()
    write("articles.jsonl", lines)
    _, err = run("sh", recipe("pipe.sh"))
    expected = alone(lines, "--drop")
    check(err == "" and read("new.jsonl") == expected, "a pipe")
    rejects = read("rejects.jsonl")
    check(len(rejects) + len(expected) == len(lines), f"what is not handed on is in the rejects: {len(rejects)}")
    shutil.rmtree("seen")
    os.mkdir("articles")
    for part in range(3):
        write(f"articles/{part}.jsonl", lines[part * 60:part * 60 + 60])
    run("sh", recipe("xargs.sh"))
    got = [line for part in range(3) for line in read(f"out/{part}.jsonl")]
    check([strip_place(a) for a in got] == [strip_place(b) for b in expected], "files one after another are one stream")


def parallel():
    """Many readers of one index; an index for each part."""
    need("parallel")
    lines = [line for line in articles() if line]
    known, lines = lines[:80], lines[40:]
    write("articles.jsonl", lines)
    alone(known)
    shutil.copytree("alone", "seen")
    run("sh", recipe("parallel.sh"))
    expected = alone(lines, "--read-only")
    got = read("judged.jsonl")
    check([strip_place(a) for a in got] == [strip_place(b) for b in expected], "many readers say what one says, in order")
    check(read("new.jsonl") == alone(lines, "--drop"), "then one writer")
    os.mkdir("articles")
    for part in range(3):
        write(f"articles/{part}.jsonl", lines[part * 40:part * 40 + 40])
    run("sh", recipe("parts.sh"))
    for part in range(3):
        shutil.rmtree("alone")
        check(read(f"out/{part}.jsonl") == alone(lines[part * 40:part * 40 + 40], "--drop"), f"part {part} by itself")


def acks():
    """What is safe behind the filter is named to it, and remembered."""
    need("bash", "jq")
    lines = [line for line in articles() if line][:90]
    write("articles.jsonl", lines)
    run("bash", recipe("acks.sh"))
    check(len(read("delivered.jsonl")) == len(lines), "all come through")
    check(articles_in("seen") == len(lines) - 1, "all but the bad one are remembered")


def batch():
    """A file at a time, with sums; the same again after a failure."""
    lines = articles()
    write("articles.jsonl", lines)
    out, err = run("sh", "-e", recipe("batch.sh"))
    sums = json.loads(out)
    check(err == "" and sums["read"] == len(lines) - 1 == sums["kept"] + sums["dropped"] + sums["rejected"], f"sums: {sums}")
    first = [json.loads(line) for line in read("new.jsonl") if line]
    run("sh", "-e", "batch.sh")
    check([record.get("id") for record in first] == [json.loads(line).get("id") for line in read("new.jsonl") if line],
          "the same stay the second time")


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    os.environ["PATH"] = os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        globals()[sys.argv[2]]()
    sys.exit(1 if failures else 0)


main()
