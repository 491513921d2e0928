"""Promises of `copydesk filter`, each on the fixtures or on a stream made here (the same one every time).

    filter.py PROGRAM PROMISE

PROMISE is a function below: protocol, bytes, framing, pause, again, restarts, threads, commits, acks, windows, pipes,
signals, readers, options, texts, whole, batch, batches, blocked, names, waiting, memory. Prints what does not hold, and fails then.
"""
import collections
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "..", "fixtures")
PROGRAM = None
COPIES = {"exact-duplicate", "near-duplicate", "contained-copy", "revised-copy", "partial-reuse", "same-template"}
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"does not hold: {what}")


# ---- Streams ----

def words(rng, n, vocabulary=4000):
    return [f"w{int(rng.paretovariate(0.6)) % vocabulary}" for _ in range(n)]


def article(rng, number, text=None, **more):
    site = f"site{number % 7}.example"
    body = text or ". ".join(" ".join(words(rng, rng.randint(8, 18))).capitalize() for _ in range(rng.randint(6, 14))) + "."
    if number % 7 < 3:
        body += f"\n\nSign up for the morning letter of {site} and never miss a story."
    record = {"id": f"n{number}", "title": " ".join(words(rng, 6)).capitalize(), "text": body, "source": site,
              "date": f"2026-01-{1 + number // 200 % 28:02d}T0{number % 10}:00:00Z"}
    record.update(more)
    return record


def stream(n, seed=5):
    """Articles, one in six a copy of an earlier one: whole, in part, or with a few words changed."""
    rng = random.Random(seed)
    made = []
    for number in range(n):
        kind = rng.randrange(18) if made else 9
        if kind > 2:
            made.append(article(rng, number))
            continue
        text = made[rng.randrange(len(made))]["text"]
        if kind == 1:
            sentences = text.split(". ")
            text = ". ".join(sentences[:max(3, len(sentences) // 2)]) + "."
        elif kind == 2:
            parts = text.split(" ")
            parts[len(parts) // 2] = "otherwise"
            text = " ".join(parts)
        made.append(article(rng, number, text))
    return [json.dumps(record).encode() + b"\n" for record in made]


def fixture_lines():
    with open(os.path.join(FIXTURES, "wire.jsonl"), "rb") as file:
        return file.readlines()


# ---- Running ----

def start(*options, **more):
    more = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen([PROGRAM, "filter", "--isolated", *options], **more)


def run(lines, *options, code=0, quiet=True, **more):
    """Lines out, for lines in."""
    process = start(*options, **more)
    out, err = process.communicate(b"".join(lines), timeout=100)
    check(process.returncode == code, f"{options}: exit code {process.returncode}, not {code}: {err.decode()}")
    if quiet:
        check(err == b"", f"{options}: nothing is said on standard error, but: {err.decode()}")
    return out.splitlines(keepends=True)


def said(line):
    return json.loads(line)["copydesk"]


def rules(line):
    return [finding["rule"] for finding in said(line)["findings"]]


def index_info(folder):
    return json.loads(subprocess.run([PROGRAM, "index", "info", folder, "--json"], capture_output=True, check=True).stdout)


def is_sound(folder):
    done = subprocess.run([PROGRAM, "index", "verify", folder], capture_output=True, check=False)
    check(done.returncode == 0, f"{folder} is sound: {(done.stdout + done.stderr).decode()}")


# ---- Promises ----

def protocol():
    """A line out for every line in, in order, with one member more and nothing else changed."""
    lines = fixture_lines() + stream(300)
    out = run(lines, "--index", "a")
    check(len(out) == len(lines), f"{len(lines)} lines in, {len(out)} out")
    for before, after in zip(lines, out):
        was, now = json.loads(before), json.loads(after)
        verdict = now.pop("copydesk")
        check(was == now, f"the record is the same: {was.get('id')}")
        check(set(verdict) >= {"action", "cluster", "redelivered", "findings"}, f"members of {verdict}")
        check(after.startswith(before.rstrip()[:-1].rstrip()), f"the bytes of the record are the same: {before[:80]}")
    actions = collections.Counter(said(line)["action"] for line in out)
    check(actions["drop"] > 30 and actions["keep"] > 200, f"copies are found: {actions}")
    is_sound("a")


def bytes():  # pylint: disable=redefined-builtin
    """Odd records come through byte for byte, and broken ones do not stop anything."""
    text = "A council met on Monday and spoke at length about the bridge that nobody had repaired since the flood. " * 3
    inner = json.dumps(text).encode()
    cases = [
        (b'{"id":"a","text":%s}' % inner, None),
        (b'  { "id" : "b" , "text" : %s  }  ' % inner, None),
        (b'{"id":"c","text":%s,"x":{"copydesk":1,"y":[{"copydesk":"}"}]}}' % inner, None),
        (b'{"id":"d","text":%s,"copydesk":{"old":[1,{"a":"}"}]}}' % inner, b'{"id":"d","text":%s' % inner),
        (b'{"copydesk":null,"id":"e","text":%s}' % inner, b'{"id":"e","text":%s' % inner),
        (b'{"id":"f","copydesk":1, "text":%s}' % inner, b'{"id":"f", "text":%s' % inner),
        (b'{"id":"g","text":%s,"big":12345678901234567890.10,"u":"\\u00e9\\ud83d\\ude00"}' % inner, None),
        ('{"id":"h","text":"über das Wasser führt kein Weg, und niemand weiß warum","t":"日本"}'.encode(), None),
        (b'{"id":"i","title":"no text"}', None),
        (b'{"text":%s}\r' % inner, None),
    ]
    out = run([case + b"\n" for case, _ in cases], "--index", "b")
    check(len(out) == len(cases), f"one for one: {len(out)} of {len(cases)}")
    for (case, wanted), line in zip(cases, out):
        wanted = wanted or case.rstrip()[:-1].rstrip()
        check(line.startswith(wanted + b',"copydesk":{'), f"{case[:60]} -> {line[:len(wanted) + 30]}")
        json.loads(line)
    check(rules(out[8]) == ["bad-record"], "a record without a text is bad")
    check(out[9].endswith(b"}\r\n"), "a line that ends in CR LF still does")
    broken = [b"{bad\n", b"\xff\xfe{\n", b"[1]\n", b"\n", b"  \n", b'{"id":"z","text":%s}\n' % inner, b"null\n", b'{"id":1']
    out = run(broken, "--index", "b2", "--rejects", "rejects")
    check(len(out) == len(broken), f"broken lines: {len(out)} of {len(broken)}")
    for place in (0, 1, 2, 6, 7):
        verdict = said(out[place])
        check(verdict["action"] == "reject" and verdict["findings"][0]["rule"] == "bad-record", f"line {place} is bad")
        check("offset" in verdict["findings"][0] and verdict["findings"][0]["reason"], f"line {place} says where and why")
    check(json.loads(out[0])["copydesk"]["raw"] == "{bad", "a broken line is there in full")
    check(out[3] == b"\n" and out[4] == b"  \n", "blank lines stay blank lines")
    check(said(out[5])["action"] == "keep", "what follows a broken line is judged")
    with open("rejects", "rb") as file:
        check(len(file.readlines()) == 5, "rejects holds the broken ones")


def framing():
    """Any length, a byte order mark, a last line without its end."""
    long = json.dumps({"id": "long", "text": "word " * 400_000}).encode()
    small = json.dumps({"id": "small", "text": "x"}).encode()
    out = run([b"\xef\xbb\xbf" + small + b"\n", long + b"\n", small.replace(b"small", b"last")], "--index", "c")
    check(len(out) == 3 and said(out[0])["action"] != "reject", "a byte order mark is passed over")
    check(len(out[1]) > 2_000_000, "a long line comes through")
    check(json.loads(out[2])["id"] == "last", "the last line needs no end")
    out = run([long + b"\n", small + b"\n"], "--index", "c2", "--max-article-bytes", "65536")
    check(len(out) == 2 and rules(out[0]) == ["bad-record"], "a line that is too long is bad")
    bounds = [json.dumps({"text": "word " * n}).encode() + b"\n" for n in (13_090, 13_104, 13_110, 14_000, 13_000)]
    at_once = run(bounds, "--index", "c6", "--max-article-bytes", "65536")
    with open("c7.jsonl", "wb") as file:
        process = start("--index", "c7", "--max-article-bytes", "65536", stdout=file)
    for line in bounds:
        for at in range(0, len(line), 65537):
            process.stdin.write(line[at:at + 65537])
            process.stdin.flush()
            time.sleep(0.02)
    process.stdin.close()
    process.wait(20)
    with open("c7.jsonl", "rb") as file:
        check(file.readlines() == at_once, "a long line is cut alike however it comes")
    check(["bad-record" in rules(line) for line in at_once] == [False, False, True, True, False], "where it ought to be")
    check(json.loads(out[1])["id"] == "small" and len(out[0]) < 200_000, "its rest is passed over")
    check(run([], "--index", "c3") == [], "nothing in, nothing out")


def ask(process, line, seconds=20):
    process.stdin.write(line)
    process.stdin.flush()
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    check(bool(ready), "an answer comes while the input pauses")
    return process.stdout.readline() if ready else b""


def pause():
    """Whoever sends a line and waits gets its answer, a thousand times."""
    for options in ([], ["--commit", "each"]):
        shutil.rmtree("d", ignore_errors=True)
        process = start("--index", "d", *options, bufsize=-1)
        for line in stream(1000 if not options else 100):
            answer = ask(process, line)
            if failures:
                break
            check(json.loads(answer)["id"] == json.loads(line)["id"], "the answer is to the question")
        process.stdin.close()
        check(process.wait(20) == 0 and process.stderr.read() == b"", "quiet end")


def again():
    """The same message twice is not a copy of itself; the same id with another content is told."""
    lines = stream(120)
    first = run(lines, "--index", "e")
    second = run(lines, "--index", "e")
    before = index_info("e")["articles"]
    for one, two in zip(first, second):
        a, b = said(one), said(two)
        check(not a["redelivered"] and b["redelivered"], "the second time it is told that it was here")
        copies = [[(f["rule"], f["of"], f["action"]) for f in x["findings"] if f["rule"] in COPIES] for x in (a, b)]
        check(a["action"] == b["action"] and copies[0] == copies[1] and a["cluster"] == b["cluster"],
              f"the same is said the second time: {copies}")
    check(before == index_info("e")["articles"] == len(lines), "nothing enters twice")
    record = json.loads(lines[0])
    record["text"] = "Another text under the same id, long enough to be read as an article of its own by anybody. " * 2
    out = run([json.dumps(record).encode() + b"\n"], "--index", "e")
    check("duplicate-id" in rules(out[0]) and not said(out[0])["redelivered"], f"duplicate-id: {rules(out[0])}")
    versions = run([lines[0], lines[0]], "--index", "e") + run([json.dumps(record).encode() + b"\n"], "--index", "e")
    check(all(said(line)["redelivered"] and said(line)["action"] != "drop" for line in versions),
          "each version of an id that has two may come again")
    # Hundreds of versions under one id, and hundreds of copies of one text: each may come again.
    many = [json.dumps(article(random.Random(number), number, id="live")).encode() + b"\n" for number in range(150)]
    many += [json.dumps(article(random.Random(1), 1000, "The one text of them all. " * 12, id=f"copy{number}")).encode() + b"\n" for number in range(150)]
    first = run(many, "--index", "e3", "--commit", "each")
    second = run(many, "--index", "e3")
    check(all(said(line)["redelivered"] for line in second), "any of many versions may come again")
    check([said(line)["action"] for line in first] == [said(line)["action"] for line in second], "and becomes what it became")
    check(index_info("e3")["articles"] == len(many), "nothing enters twice, either")
    twins = [json.dumps({"text": json.loads(lines[0])["text"]}).encode() + b"\n"] * 2
    out = run(twins, "--index", "e2")
    copies = [f["of"] for f in said(out[1])["findings"] if f["rule"] == "exact-duplicate"]
    check(said(out[0])["action"] != "drop" and copies == ["#0"], f"without ids, twins are copies, named by number: {copies}")


def restarts():
    """However a stream is cut into runs and commits, the same is said of it."""
    lines = stream(2300)
    whole = run(lines, "--index", "f1")
    parts = []
    rng = random.Random(11)
    at = 0
    while at < len(lines):
        n = rng.choice([1, 40, 300, 700, 900])
        parts += run(lines[at:at + n], "--index", "f2", "--commit", str(rng.choice([1, 7, 100, 1000])))
        at += n
    differ = sum(a != b for a, b in zip(whole, parts))
    check(len(whole) == len(parts) and differ == 0, f"{differ} lines differ when the stream is cut into runs")
    check(index_info("f1")["learned"] == 1024, "the profile has grown")
    check(any("notice" in rules(line) or "repeated-line" in rules(line) for line in whole[2048:]),
          "what many articles end with is known for furniture in the end")
    is_sound("f2")


def threads():
    """One thread or many, with and without vector instructions."""
    lines = stream(1500)
    one = run(lines, "--index", "g1", "-j1")
    for name, options in (("g2", ["-j4"]), ("g3", ["-j3", "--cpu", "portable"])):
        check(one == run(lines, "--index", name, *options), f"the same bytes with {options}")


def commits():
    """What was acknowledged is there after kill -9."""
    lines = stream(60)
    for options, most_lost in ((["--commit", "each"], 0), (["--commit", "20"], 19), (["--commit", "on-eof"], 60)):
        shutil.rmtree("h", ignore_errors=True)
        process = start("--index", "h", *options)
        for line in lines[:45]:
            ask(process, line)
        process.kill()
        process.wait()
        there = index_info("h")["articles"]
        check(45 - most_lost <= there <= 45, f"{options}: {there} of 45 are there")
        check(options[1] != "on-eof" or there == 0, "on-eof: nothing before the end")
        is_sound("h")
        run(lines, "--index", "h", *options)
        check(index_info("h")["articles"] == 60, f"{options}: goes on")


def acks():
    """With ack, only what was named enters; what was named and is echoed is durable."""
    lines = stream(40)
    names = [json.loads(line)["id"] for line in lines]
    down, up = os.pipe(), os.pipe()
    process = start("--index", "i", "--commit", "ack", "--ack-fd", str(down[0]), "--acked-fd", str(up[1]),
                    pass_fds=(down[0], up[1]))
    for line in lines:
        ask(process, line)
    check(index_info("i")["articles"] == 0, "nothing enters before it is named")
    os.write(down[1], "".join(f"{name}\n" for name in names[:25]).encode())
    echoed = b""
    while echoed.count(b"\n") < 25 and select.select([up[0]], [], [], 20)[0]:
        echoed += os.read(up[0], 65536)
    check(echoed.decode().split() == names[:25], "what is named is echoed, in order")
    process.kill()
    process.wait()
    for descriptor in down + up:
        os.close(descriptor)
    check(index_info("i")["articles"] == 25, "what is echoed is there after kill -9")
    out = run(lines, "--index", "i", "--read-only")
    seen = [said(line)["redelivered"] for line in out]
    check(seen == [True] * 25 + [False] * 15, "what was not named was never seen")
    down = os.pipe()
    process = start("--index", "i2", "--commit", "ack", "--ack-fd", str(down[0]), pass_fds=(down[0],))
    process.stdin.writelines(lines)
    process.stdin.close()
    ended = 0
    while ended < len(lines) and select.select([process.stdout], [], [], 20)[0] and process.stdout.readline():
        ended += 1
    check(select.select([process.stdout], [], [], 20)[0] and process.stdout.read() == b"",
          "output ends with the input, while acknowledgements still come")
    os.write(down[1], "".join(f"{name}\n" for name in names).encode())
    for descriptor in down:
        os.close(descriptor)
    check(process.wait(20) == 0 and index_info("i2")["articles"] == 40, "and those count")
    missing = run(lines[:1], "--index", "i9", "--commit", "ack", "--ack-fd", "77", code=2, quiet=False)
    check(missing == [], "a descriptor that is not open is refused")
    for fds in (["0"], ["3", "--acked-fd", "1"]):
        own = run(lines[:1], "--index", "i9", "--commit", "ack", "--ack-fd", *fds, code=2, quiet=False)
        check(own == [] and not os.path.exists("i9"), f"descriptors of the records are refused: {fds}")


def batches():
    """Who names a thousand at once, more than a pipe holds, and takes nothing meanwhile, is not waited for."""
    lines = [line.replace(b'"id": "', b'"id": "' + b"long/" * 30) for line in stream(2500)]
    with open("in.jsonl", "wb") as file:
        file.writelines(lines)
    down = os.pipe()
    with open("in.jsonl", "rb") as file:
        process = start("--index", "i", "--commit", "ack", "--ack-fd", str(down[0]), "--only-verdicts", stdin=file,
                        pass_fds=(down[0],))
    os.close(down[0])
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    names = []
    with open(down[1], "wb") as acks:
        for line in process.stdout:
            names.append(json.loads(line)["id"].encode() + b"\n")
            if len(names) % 1000 == 0:
                acks.writelines(names[-1000:])
                acks.flush()
        acks.writelines(names[2000:])
    check(process.wait() == 0 and len(names) == 2500, f"all is handed on: {len(names)}, exit code {process.returncode}")
    watchdog.cancel()
    check(index_info("i")["articles"] == 2500, "and all of it enters")
    check(index_info("i")["learned"] == 1024, "the profile has grown with what entered")


def named(lines, index, *options):
    """A filter in ack mode that reads `lines`, its acknowledgements, and what it echoes; killed when nothing moves."""
    down, up = os.pipe(), os.pipe()
    with open("in.jsonl", "wb") as file:
        file.writelines(lines)
    with open("in.jsonl", "rb") as file:
        process = start("--index", index, "--commit", "ack", "--ack-fd", str(down[0]), "--acked-fd", str(up[1]), *options,
                        stdin=file, pass_fds=(down[0], up[1]))
    os.close(down[0])
    os.close(up[1])
    watchdog = threading.Timer(40, process.kill)
    watchdog.daemon = True
    watchdog.start()
    return process, os.fdopen(down[1], "wb", buffering=0), os.fdopen(up[0], "rb")


def blocked():
    """Neither end waits for the other, however slow the one is that acknowledges, and whatever it reads last."""
    lines = stream(600)
    process, acks, echo = named(lines, "i1")
    got = 0
    for line in process.stdout:  # one at a time: the next one is read when this one is durable
        name = json.loads(line)["id"].encode() + b"\n"
        acks.write(name)
        got += echo.readline() == name
    acks.close()
    check(process.wait() == 0 and got == 600, f"each is durable before the next one is read: {got} of 600")
    check(index_info("i1")["articles"] == 600, "and all enter")
    lines = [line.replace(b'"id": "', b'"id": "' + b"long/" * 30) for line in stream(1500)]
    process, acks, echo = named(lines, "i2")
    sent = b""
    for line in process.stdout:
        sent += json.loads(line)["id"].encode() + b"\n"
        acks.write(json.loads(line)["id"].encode() + b"\n")
    acks.close()
    check(echo.read() == sent and process.wait() == 0, "what is durable may be read last, all at once")
    check(index_info("i2")["articles"] == 1500, "and all enter")


def names():
    """Ids that come twice, that nobody knows, of records that do not enter; one id for two records; --drop."""
    lines = stream(30)
    twin = json.loads(lines[3])
    twin["text"] = "The other text of this id, which has nothing to do with the first one, and stands for itself. " * 3
    twin = json.dumps(twin).encode() + b"\n"
    process, acks, echo = named(lines + [b"{bad\n", twin, lines[5], lines[5]], "i1")
    out = process.stdout.readlines()
    ids = [json.loads(line)["id"].encode() for line in lines]
    acks.write(b"nobody\n\n" + b"\n".join([ids[0], ids[0], b"-:31", ids[3], ids[5]]) + b"\r\n")
    check([echo.readline().strip() for _ in range(7)] == [b"nobody", b"", ids[0], ids[0], b"-:31", ids[3], ids[5]],
          "every name is echoed")
    check(index_info("i1")["articles"] == 3, "each article enters once, unknown names change nothing")
    acks.close()
    check(process.wait() == 0 and len(out) == 34, "and that is the end of it")
    seen = [said(line)["redelivered"] for line in run([lines[0], lines[3], twin, lines[5], lines[7]], "--index", "i1", "--read-only")]
    check(seen == [True, True, False, True, False], f"of two records with one id the first one is named first: {seen}")
    process, acks, echo = named([lines[3], twin, lines[3]], "i2")
    check(len(process.stdout.readlines()) == 3, "two of one id")
    acks.write((ids[3] + b"\n") * 3)
    acks.close()
    check(process.wait() == 0 and index_info("i2")["articles"] == 2, "and then the second one")
    # With --drop nobody sees what is dropped, and so nobody can name it.
    run(lines[:1], "--index", "i3")
    copies = [lines[0].replace(b'"n0"', b'"c%d"' % k) for k in range(40)]
    process, acks, echo = named(copies + lines[7:8] + copies, "i3", "--drop")
    kept = process.stdout.readlines()
    acks.close()
    check(process.wait() == 0 and len(kept) == 1 and index_info("i3")["articles"] == 41, "what is dropped waits for nobody")
    # What was not named refreshes nothing.
    old = [json.dumps({"id": f"d{k}", "text": json.loads(lines[0])["text"], "date": f"2026-03-{day:02d}"}).encode() + b"\n"
           for k, day in enumerate((1, 8, 16))]
    run(old[:1], "--index", "i4")
    process, acks, echo = named(old[1:2], "i4", "--window", "10d", "--refresh")
    dropped = process.stdout.readlines()
    acks.close()
    check(process.wait() == 0 and said(dropped[0])["action"] == "drop", "a copy comes")
    check(said(run(old[2:], "--index", "i4", "--window", "10d")[0])["action"] != "drop", "and was never seen")


def waiting():
    """What is committed does not count as waiting for a commit; what waits does."""
    lines = [json.dumps({"id": f"n{n}", "text": " ".join(f"w{n * 977 + k * k}" for k in range(1500))}).encode() + b"\n"
             for n in range(2200)]
    out = run(lines, "--index", "i", "--memory", "64M", "--commit", "500", "--no-learn")
    check(len(out) == len(lines), f"{len(out)} of {len(lines)} lines come out")
    run(lines, "--index", "i2", "--memory", "64M", "--commit", "on-eof", "--no-learn", code=2, quiet=False)
    check(index_info("i2")["articles"] == 0, "too much that waits is refused")
    with open("/dev/null", "rb") as acks:
        run(lines, "--index", "i3", "--memory", "64M", "--commit", "ack", "--ack-fd", str(acks.fileno()), "--no-learn",
            code=2, quiet=False, pass_fds=(acks.fileno(),))


def windows():
    """Old articles are forgotten by date; what is copied lives on with --refresh."""
    rng = random.Random(3)
    texts = [article(rng, k)["text"] for k in range(3)]

    def at(day, text, number):
        return json.dumps({"id": f"d{number}", "text": text, "date": f"2026-03-{day:02d}T00:00:00Z"}).encode() + b"\n"

    days = [at(1, texts[0], 0), at(6, texts[1], 1), at(7, texts[0], 2), at(12, texts[0], 3), at(25, texts[0], 4)]
    def fates(lines, *options):
        return ["drop" if said(line)["action"] == "drop" else "keep" for line in run(lines, *options)]

    plain = fates(days, "--index", "j1", "--window", "10d")
    fresh = fates(days, "--index", "j2", "--window", "10d", "--refresh")
    check(plain == ["keep", "keep", "drop", "keep", "keep"], f"forgotten after ten days: {plain}")
    check(fresh == ["keep", "keep", "drop", "drop", "keep"], f"refreshed: {fresh}")
    future = [at(1, texts[2], 9).replace(b"2026-03", b"2199-03"), at(2, texts[0], 10), at(3, texts[0], 11)]
    out = fates(future, "--index", "j3", "--window", "10d")
    check(out == ["keep", "keep", "drop"], f"a date in the future makes nothing old: {out}")
    subprocess.run([PROGRAM, "index", "gc", "j3", "--window", "10d", "-q"], check=True)
    check(index_info("j3")["articles"] == 3, "nor for gc")
    # Nor does it keep anything: an article with such a date is as old as its arrival, and refreshes with that.
    def hours(offset, text, number):
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600 * offset))
        return at(1, text, number).replace(b"2026-03-01T00:00:00Z", date.encode())

    late = [hours(-2, texts[0], 20), hours(10 ** 6, texts[1], 21), hours(-1, texts[0], 22), hours(20, texts[2], 23)]
    out = fates(late + [hours(20, texts[1], 25), hours(20, texts[0], 26)], "--index", "j5", "--window", "10h")
    check(out == ["keep", "keep", "drop", "keep", "keep", "keep"], f"what has a date in the future grows old: {out}")
    late[2] = hours(10 ** 6, texts[0], 22)
    out = fates(late + [hours(20, texts[0], 26)], "--index", "j6", "--window", "10h", "--refresh")
    check(out == ["keep", "keep", "drop", "keep", "keep"], f"a date in the future refreshes nothing for good: {out}")
    out = fates(days, "--index", "j4", "--window", "10d", "--window-by", "arrival")
    check(out == ["keep", "keep", "drop", "drop", "drop"], f"by arrival all are new: {out}")
    size = index_info("j1")["articles"]
    subprocess.run([PROGRAM, "index", "gc", "j1", "--window", "10d", "-q"], check=True)
    check(size == 5 and index_info("j1")["articles"] == 1, "gc takes out what is too old")
    is_sound("j1")
    check(said(run([at(26, texts[0], 12)], "--index", "j1", "--window", "10d")[0])["action"] == "drop", "and goes on")


def pipes():
    """A reader that goes away is no error; a slow one holds the writer up; undelivered is not seen."""
    lines = stream(4000)
    process = start("--index", "k", stdin=subprocess.PIPE)
    writer = os.fork()
    if writer == 0:
        os.close(process.stdout.fileno())
        try:
            process.stdin.write(b"".join(lines))
            process.stdin.flush()
        except OSError:
            pass
        os._exit(0)
    process.stdin.close()
    first = process.stdout.readline()
    time.sleep(1)
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
        held = [line for line in file if line.startswith("RssAnon")]
    process.stdout.close()
    check(process.wait(60) == 0, "a closed pipe is a quiet end")
    check(process.stderr.read() == b"", "nothing is said about it")
    os.waitpid(writer, 0)
    check(said(first)["action"] != "drop" and held and int(held[0].split()[1]) < 400_000, f"memory is held: {held}")
    there = index_info("k")["articles"]
    check(there < len(lines), f"what nobody read has not entered: {there}")
    with open("/dev/full", "wb") as full:
        process = start("--index", "k2", stdout=full)
        _, err = process.communicate(lines[0])
        check(process.returncode == 2 and b"standard output" in err, f"a full disk is told: {err}")
    check(index_info("k2")["articles"] == 0, "and the line it could not hand on has not entered")


def signals():
    """SIGTERM: what is in hand is handed on, what was handed on is durable, exit code 0."""
    lines = stream(3000)
    for number in (signal.SIGTERM, signal.SIGINT):
        shutil.rmtree("l", ignore_errors=True)
        process = start("--index", "l", "--commit", "100000", bufsize=0)
        os.set_blocking(process.stdout.fileno(), False)
        sent, got = 0, b""
        while sent < 40:
            process.stdin.write(lines[sent])
            sent += 1
        deadline = time.time() + 20
        while got.count(b"\n") < 5 and time.time() < deadline:
            got += process.stdout.read() or b""
        process.send_signal(number)
        code = None
        while code is None and time.time() < deadline:
            got += process.stdout.read() or b""
            code = process.poll()
        got += process.stdout.read() or b""
        check(code == 0 and process.stderr.read() == b"", f"a quiet end with 0 at signal {number}: {code}")
        check(got.endswith(b"\n"), "the last line is whole")
        check(index_info("l")["articles"] == got.count(b"\n"), "what was handed on is durable")
    is_sound("l")


def readers():
    """Many readers beside a writer; a second writer is told who the first is."""
    lines = stream(200)
    run(lines[:100], "--index", "m")
    writer = start("--index", "m")
    ask(writer, lines[100])
    other = start("--index", "m")
    _, err = other.communicate(b"")
    check(other.returncode == 2 and str(writer.pid).encode() in err, f"a second writer is refused: {err}")
    readers_ = [start("--index", "m", "--read-only") for _ in range(3)]
    answers = [reader.communicate(b"".join(lines[:100]))[0] for reader in readers_]
    check(len(set(answers)) == 1 and answers[0].count(b"\n") == 100, "readers say the same")
    check(all(said(line)["redelivered"] for line in answers[0].splitlines()), "readers know what the index knows")
    writer.stdin.close()
    check(writer.wait(20) == 0 and index_info("m")["articles"] == 101, "readers add nothing")
    run([lines[0]], "--index", "nowhere", "--read-only", code=2, quiet=False)
    check(not os.path.exists("nowhere"), "a reader makes no index")
    bad = start("--index", "m", "--set", "boilerplate=off")
    _, err = bad.communicate(b"")
    check(bad.returncode == 2 and b"other options" in err, f"other options are refused: {err}")


def options():
    """--drop, --only-verdicts, --clean, --rejects, --json; the sums agree."""
    lines = fixture_lines() + stream(200) + [b"{bad\n"]
    full = run(lines, "--index", "n1")
    kept = run(lines, "--index", "n2", "--drop", "--rejects", "n2.rejects")
    check(kept == [line for line in full if said(line)["action"] in ("keep", "clean")], "--drop leaves those that stay")
    with open("n2.rejects", encoding="utf-8") as file:
        rejected = [json.loads(line) for line in file]
    check(len(kept) + len(rejected) == len(lines), "what is not handed on is among the rejects")
    check(all(entry["rule"] for entry in rejected), "each with its rule")
    verdicts = [json.loads(line) for line in run(lines, "--index", "n3", "--only-verdicts")]
    check([v["action"] for v in verdicts] == [said(line)["action"] for line in full], "verdicts alone")
    check([v["line"] for v in verdicts] == list(range(1, len(lines) + 1)), "with the number of the line")
    process = start("--index", "n4", "--json")
    out, err = process.communicate(b"".join(lines))
    sums = json.loads(err)
    check(sums["read"] == len(lines) == sums["kept"] + sums["dropped"] + sums["rejected"], f"kept + dropped + rejected: {sums}")
    check(out == b"".join(full), "--json says the same")
    cleaned = [json.loads(line) for line in run(lines, "--index", "n5", "--clean")]
    changed = 0
    for before, after in zip(lines[:-1], cleaned[:-1]):
        was, verdict = json.loads(before), after["copydesk"]
        if verdict["action"] != "clean":
            check(was["text"] == after["text"], f"{was['id']} is not changed")
            continue
        changed += was["text"] != after["text"] or was.get("title") != after.get("title")
        spans = [f for f in verdict["findings"] if f["action"] == "cut" and f["field"] == "text"]
        check(not spans or len(after["text"]) < len(was["text"]), f"{was['id']} is cut")
    check(changed > 20, f"--clean cuts and repairs: {changed}")
    scores = run(lines[:20], "--index", "n6", "--all-scores")
    check(any("scores" in said(line) for line in scores), "--all-scores")


def texts():
    """An index that keeps texts explains; one that does not says so."""
    lines = stream(50)
    run(lines, "--index", "o1", "--keep-text")
    run(lines, "--index", "o2")
    ids = [json.loads(line)["id"] for line in lines[:2]]
    done = subprocess.run([PROGRAM, "explain", "--isolated", "--index", "o1", "--id", ids[0], "--with", ids[1]],
                          capture_output=True, check=False)
    check(done.returncode == 0 and ids[0].encode() in done.stdout, f"explain: {done.stderr.decode()}")
    done = subprocess.run([PROGRAM, "explain", "--isolated", "--index", "o1", "--id", "none"], capture_output=True, check=False)
    check(done.returncode == 2, "an id that is not there is told")
    with open("o1/data.mdb", "rb") as kept:
        check(kept.read(8) != b"", "the store is there")


def whole():
    """index build, merge, export, gc: the same answers from an index that was made in another way."""
    lines = stream(400)
    with open("corpus.jsonl", "wb") as file:
        file.writelines(lines[:300])
    subprocess.run([PROGRAM, "index", "build", "corpus.jsonl", "-o", "p1", "-q", "--isolated"], check=True)
    check(index_info("p1")["articles"] == 300 and index_info("p1")["learned"] == 300, "build enters all and learns")
    is_sound("p1")
    answers = run(lines[300:], "--index", "p1")
    run(lines[:300], "--index", "p2")
    streamed = run(lines[300:], "--index", "p2")
    same = sum([(f["rule"], f["of"]) for f in said(a)["findings"] if f["rule"] in COPIES] ==
               [(f["rule"], f["of"]) for f in said(b)["findings"] if f["rule"] in COPIES] for a, b in zip(answers, streamed))
    check(same >= 98, f"built or streamed, copies are the same: {same} of 100")
    run(lines[:150], "--index", "p3")
    run(lines[150:300], "--index", "p4")
    subprocess.run([PROGRAM, "index", "merge", "p3", "p4", "-o", "p5", "-q"], check=True)
    check(index_info("p5")["articles"] == 300, "merge adds up")
    is_sound("p5")
    subprocess.run([PROGRAM, "index", "merge", "p1", "-o", "p6", "-q"], check=True)
    check(index_info("p6")["learned"] == index_info("p1")["learned"], "a copy by merge keeps the profile")
    is_sound("p6")
    out = run(lines[:300], "--index", "p5", "--read-only")
    check(all(said(line)["redelivered"] for line in out), "a merged index knows the articles of both")
    done = subprocess.run([PROGRAM, "index", "merge", "p3", "p4", "p3", "-o", "p5"], capture_output=True, check=True)
    check(done.stdout.count(b" 0 articles added") == 3 and index_info("p5")["articles"] == 300, f"and once: {done.stdout}")
    done = subprocess.run([PROGRAM, "index", "merge", "p3", "-o", "./p3"], capture_output=True, check=False)
    check(done.returncode == 2 and b"itself" in done.stderr and index_info("p3")["articles"] == 150, "no index into itself")
    export = subprocess.run([PROGRAM, "index", "export", "p5"], capture_output=True, check=True).stdout.splitlines()
    ids = [json.loads(line)["id"] for line in export]
    check(ids == [json.loads(line)["id"] for line in lines[:300]], "export names them all, in order")


def batch():
    """Of an article the same is said as `clean` says with all earlier ones as known inputs, but for articles of the cluster
    that it joins: a stream remembers what was a copy of what, to a corpus of known articles each stands for itself."""
    lines = stream(700, seed=9)
    alone = [word for group in ("boilerplate", "titles", "damage", "quality") for word in ("--set", f"{group}=off")]
    out = run(lines, "--index", "q", "--no-learn", *alone)
    clusters = {json.loads(line)["id"]: said(line)["cluster"] for line in out}
    rng = random.Random(1)
    chosen = [k for k in range(100, 700) if set(rules(out[k])) & COPIES]
    chosen = rng.sample(chosen, 20) + rng.sample(range(50, 700), 5)
    missed = 0
    for k in chosen:
        with open("known.jsonl", "wb") as file:
            file.writelines(lines[:k])
        with open("new.jsonl", "wb") as file:
            file.write(lines[k])
        done = subprocess.run([PROGRAM, "clean", "--isolated", "new.jsonl", "--against", "known.jsonl", "-q", "--verdicts", "-", *alone],
                              capture_output=True, check=True)
        wanted = {(f["rule"], f["of"]): f for f in json.loads(done.stdout)["findings"] if f["rule"] in COPIES}
        found = {(f["rule"], f["of"]): f for f in said(out[k])["findings"] if f["rule"] in COPIES}
        found = {key: f for key, f in found.items() if "reason" not in f}  # an earlier one in it: of a stream alone
        told = {key for key in wanted if clusters[key[1]] != clusters[json.loads(lines[k])["id"]] or key in found}
        missed += len(told ^ set(found))
        strong = {key for key in told ^ set(found) if key[0] not in ("partial-reuse", "same-template")}
        check(not strong, f"line {k}: {sorted(wanted)} and {sorted(found)}")
        check(said(out[k])["action"] == json.loads(done.stdout)["action"], f"line {k}: the same becomes of it")
        for key in set(wanted) & set(found):
            for figure in ("jaccard", "containment", "shared_words", "longest_run"):
                a, b = wanted[key][figure], found[key][figure]
                check(abs(a - b) <= 0.02 * max(a, b) + 0.001, f"line {k}, {key}: {figure} {a} and {b}")
    check(missed <= 1, f"{missed} weak relations are told by one of the two alone")


def peak_of(lines, *options):
    """The most memory of its own, in MiB, that a filter holds for these lines."""
    with open("lines", "wb") as file:
        file.writelines(lines)
    with open("lines", "rb") as file:
        process = start(*options, stdin=file, stdout=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
                    peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("RssAnon")])
            except (OSError, ValueError):
                pass  # it has just ended
            time.sleep(0.005)
    check(process.returncode == 0, f"{options}: {process.stderr.read().decode()}")
    return peak / 1024


def memory():
    """What a filter holds does not grow with the index: mapped files are the kernel's to keep or to drop."""
    os.environ.pop("MALLOC_PERTURB_", None)  # meson's; it writes to memory that the filter only reserves
    lines = stream(40000)
    small = peak_of(lines[:9000], "--index", "r1", "--memory", "64M")
    large = peak_of(lines, "--index", "r2", "--keep-text", "--memory", "64M")
    again = peak_of(lines[:500], "--index", "r2", "--memory", "64M")
    reader = peak_of(lines[:500], "--index", "r2", "--memory", "64M", "--read-only")
    bytes_ = index_info("r2")["disk_bytes"]
    print(f"peak MiB: {small:.0f} of 9,000 articles, {large:.0f} of 40,000, {again:.0f} later, {reader:.0f} reading; "
          f"{bytes_ / 2**20:.0f} MiB on disk")
    check(large < 220, "bounded while it learns")
    check(again < 110 and reader < 90, "and when it does not, whatever the index holds")


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        globals()[sys.argv[2]]()
    sys.exit(1 if failures else 0)


main()
