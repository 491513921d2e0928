"""What a crash, a full disk or a damaged file may do to an index, and what not.

    crash.py PROGRAM quick|kills|damage|places [N]

quick: ten kills. kills: N of them (500), in all ways of committing, from the first article to the third seal.
damage: N files (100) cut short or with bits flipped. places: a full disk, a folder that cannot be written, a copy
of an index that is written to, two writers. Prints what does not hold, and fails then.

A kill is told by what it leaves: the index must hold all that was acknowledged and be a prefix of the stream, be
sound without any repair, and go on with the same bytes as a run that nobody disturbed.
"""
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = None
COPIES = {"exact-duplicate", "near-duplicate", "contained-copy", "revised-copy", "partial-reuse", "same-template"}
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"does not hold: {what}", flush=True)
    return holds


# ---- Streams: small articles, so that seals and lessons come soon

def words(rng, n):
    return [f"w{int(rng.paretovariate(0.5)) % 6000}" for _ in range(n)]


def stream(n, seed=5):
    """Articles of some forty words, one in eight a copy of an earlier one, whole or with a word changed."""
    rng = random.Random(seed)
    texts, lines = [], []
    for number in range(n):
        kind = rng.randrange(16) if number > 20 else 9
        if kind > 1:
            text = ". ".join(" ".join(words(rng, rng.randint(8, 14))).capitalize() for _ in range(rng.randint(3, 5))) + "."
        else:
            text = texts[rng.randrange(len(texts))]
            if kind == 1:
                text = text.replace(" ", " otherwise ", 1)
        texts.append(text)
        site = f"site{number % 7}.example"
        if number % 7 < 3:
            text += f"\n\nSign up for the morning letter of {site} and never miss a story."
        lines.append(json.dumps({"id": f"n{number}", "title": " ".join(words(rng, 5)).capitalize(), "text": text,
                                 "source": site}).encode() + b"\n")
    return lines


# ---- Running

def start(*options, **more):
    more = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen([PROGRAM, "filter", "--isolated", "-j1", *options], **more)


def run(lines, *options, code=0, **more):
    process = start(*options, **more)
    out, err = process.communicate(b"".join(lines), timeout=300)
    check(process.returncode == code, f"{options}: exit code {process.returncode}, not {code}: {err.decode()}")
    return out.splitlines(keepends=True)


def tool(what, folder, timeout=120):
    return subprocess.run([PROGRAM, "index", what, folder], capture_output=True, check=False, timeout=timeout)


def ids_of(folder):
    done = tool("export", folder)
    check(done.returncode == 0, f"{folder}: export: {done.stderr.decode()}")
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


def is_sound(folder, when):
    done = tool("verify", folder)
    return check(done.returncode == 0, f"{when}: sound, but {(done.stdout + done.stderr).decode()[:600]}")


def copies(line):
    verdict = json.loads(line)["copydesk"]
    return verdict["action"], verdict["cluster"], [(f["rule"], f["of"]) for f in verdict["findings"] if f["rule"] in COPIES]


# ---- A killed run

class Fed:
    """A filter that is fed by one thread and read by this one; what it said before it died is in `out`."""

    def __init__(self, lines, folder, mode, kill_at, pause):
        self.out, self.acked, self.named = [], b"", []
        more, options = {}, ["--index", folder, "--commit", mode]
        self.pipes = []
        if mode == "ack":
            down, up = os.pipe(), os.pipe()
            self.pipes = [down[0], down[1], up[0], up[1]]
            options += ["--ack-fd", str(down[0]), "--acked-fd", str(up[1])]
            more["pass_fds"] = (down[0], up[1])
        self.process = start(*options, **more)
        if mode == "ack":
            os.close(self.pipes[0])
            os.close(self.pipes[3])
            threading.Thread(target=self.take_acks, daemon=True).start()
        feeder = threading.Thread(target=self.feed, args=(lines,))
        feeder.start()
        self.read(mode, kill_at, pause, len(lines))
        self.err = self.process.stderr.read()
        self.process.wait()
        feeder.join()
        if mode == "ack":
            os.close(self.pipes[1])
            self.done.wait(20)
            os.close(self.pipes[2])

    done = None

    def feed(self, lines):
        try:
            for at in range(0, len(lines), 40):
                self.process.stdin.write(b"".join(lines[at:at + 40]))
                self.process.stdin.flush()
        except OSError:
            pass
        try:
            self.process.stdin.close()
        except OSError:
            pass

    def take_acks(self):
        self.done = threading.Event()
        while True:
            more = os.read(self.pipes[2], 65536)
            if not more:
                break
            self.acked += more
        self.done.set()

    def kill_soon(self, pause):
        time.sleep(pause)
        self.process.send_signal(signal.SIGKILL)

    def read(self, mode, kill_at, pause, n):
        killer = threading.Thread(target=self.kill_soon, args=(pause,))
        batch = []
        if kill_at == 0:
            killer.start()
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.out.append(line)
            if mode == "ack":
                batch.append(json.loads(line)["id"] if line.endswith(b"\n") else None)
                if len(batch) >= 16 or len(self.out) >= min(kill_at, n):
                    self.send_acks([name for name in batch if name])
                    batch = []
            if len(self.out) == kill_at:
                killer.start()
        if killer.ident is None:
            killer.start()
        killer.join()

    def send_acks(self, names):
        try:
            os.write(self.pipes[1], "".join(f"{name}\n" for name in names).encode())
            self.named += names
        except OSError:
            self.named += names  # some of them may have come through


MODES = ["each", "1", "7", "64", "100", "1000", "on-eof", "ack"]


def one_kill(rng, base, at, lines, answers, mode, event):
    """Kills a run over `lines` from article `at` on, with a copy of `base` as its index."""
    folder = "killed"
    shutil.rmtree(folder, ignore_errors=True)
    if base:
        shutil.copytree(base, folder)
    window = lines[at:at + 400]
    kill_at = rng.randrange(len(window))
    if event is not None and rng.random() < 0.6:
        kill_at = max(0, min(len(window) - 1, event - at + rng.randint(-3, 12)))
    if mode in ("on-eof", "1000") and rng.random() < 0.5:
        kill_at = len(window)  # the commit that follows is the moment
    pause = rng.random() ** 3 * (0.08 if event is not None else 0.02)
    fed = Fed(window, folder, mode, kill_at, pause)
    died = fed.process.returncode == -signal.SIGKILL
    what = f"--commit {mode} from {at}, killed after {len(fed.out)} answers and {pause:.4f} s"
    if not died and not check(fed.process.returncode == 0 and fed.err == b"", f"{what}: {fed.err.decode()}"):
        return died
    if not base and not os.path.exists(os.path.join(folder, "data.mdb")):
        check(not fed.out, f"{what}: an answer, but no index")
        return died
    if not base and tool("verify", folder).returncode != 0:
        # Killed before the first commit: a new index is not there yet, and the next writer makes it.
        check(not fed.out, f"{what}: answers, but no index")
        run([], "--index", folder)
    have = ids_of(folder)
    n = len(have)
    is_sound(folder, what)
    if mode == "ack":
        told = fed.acked.decode().split()
        check(have[:at] == [f"n{k}" for k in range(at)], f"{what}: what was there before is there")
        check(have[at:] == fed.named[:n - at], f"{what}: what entered is what was named, in order")
        check(told == have[at:at + len(told)], f"{what}: what was echoed is there: {len(told)} and {n - at}")
        again = run(window, "--index", folder, "--read-only")
        seen = [json.loads(line)["copydesk"]["redelivered"] for line in again]
        check(seen == [k < n - at for k in range(len(seen))], f"{what}: what entered is known, nothing else")
        return died
    check(have == [f"n{k}" for k in range(n)], f"{what}: the index is a prefix of the stream: {n}")
    answered = len(fed.out)
    if mode == "each":
        least = answered
    elif mode == "on-eof":
        least = 0 if died else len(window)
    else:
        least = (answered - 1) // int(mode) * int(mode) if answered else 0
    if not died:
        least = len(window)
    check(at + least <= n <= at + len(window), f"{what}: {n} are there, at least {at + least} should be")
    check(fed.out == answers[at:at + answered], f"{what}: the answers were those of an undisturbed run")
    go_on(rng, folder, at, n, window, answers, what)
    return died


def go_on(rng, folder, at, n, window, answers, what):
    """The last answered ones again, as whoever sends them would, then the rest."""
    back = min(n - at, rng.randint(0, 12))
    out = run(window[n - at - back:], "--index", folder, "--commit", rng.choice(["each", "50", "1000"]))
    for line, before in zip(out[:back], answers[n - back:n]):
        check(json.loads(line)["copydesk"]["redelivered"] is True, f"{what}: sent again, and told so: {line[:80]}")
        check(copies(line) == copies(before), f"{what}: sent again, the same is said: {copies(line)}, {copies(before)}")
    differ = [k for k, (a, b) in enumerate(zip(out[back:], answers[n:])) if a != b]
    check(not differ and len(out) == back + len(window) - (n - at),
          f"{what}: goes on as if nothing had been: {len(differ)} answers differ, the first is {differ[:1]}")
    have = ids_of(folder)
    check(have == [f"n{k}" for k in range(at + len(window))], f"{what}: in the end all are there, once")
    if at < 8000 or rng.randrange(3) == 0:
        is_sound(folder, f"{what}, gone on")


# Where runs begin, and the article at which something happens: a lesson, a profile adopted, a seal, a merge.
PLACES = [(0, None), (900, 1024), (1900, 2048), (3000, None), (8000, 8192), (16200, 16384), (24400, 24576)]


def make_bases(lines, upto):
    """The undisturbed run, and a copy of the index at each place."""
    answers = []
    places = [place for place in PLACES if place[0] <= upto]
    for at, _ in places:
        answers += run(lines[len(answers):at], "--index", "whole", "--commit", "1000")
        if at:
            shutil.copytree("whole", f"base{at}")
    answers += run(lines[len(answers):places[-1][0] + 400], "--index", "whole", "--commit", "1000")
    check(len(answers) == places[-1][0] + 400, f"an answer for each line: {len(answers)}")
    is_sound("whole", "the undisturbed run")
    return answers, places


def kills(n=500, upto=24400, seed=None):
    rng = random.Random(seed)
    lines = stream(upto + 400)
    answers, places = make_bases(lines, upto)
    died = 0
    k = 0
    while died < n and k < 2 * n:
        weights = [6, 4, 3, 3, 4, 1, 1][:len(places)]
        at, event = rng.choices(places, weights)[0]
        died += one_kill(rng, f"base{at}" if at else None, at, lines, answers, MODES[k % len(MODES)], event)
        k += 1
        if k % 50 == 0:
            print(f"{died} of {k} runs were killed", flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{died} of {k} runs were killed, {len(failures)} promises broken; {used.ru_utime + used.ru_stime:.0f} s of CPU")
    check(died == n, "most runs are killed before they end")


def quick(n=10):
    kills(n, 1900, 7)


# ---- Damaged files

def damage(n=100, seed=None):
    """A file cut short or with bytes changed: an error, or verify tells, and never a crash."""
    rng = random.Random(seed)
    lines = stream(8500)
    answers = run(lines[:8300], "--index", "good", "--commit", "1000")
    check(len(answers) == 8300, "a base")
    good = run(lines[:60] + lines[8150:8400], "--index", "good", "--read-only")
    named = ids_of("good")
    told = wrong = same = 0
    for k in range(n):
        shutil.rmtree("torn", ignore_errors=True)
        shutil.copytree("good", "torn")
        files = [os.path.join(root, name) for root, _, names in os.walk("torn") for name in names
                 if os.path.getsize(os.path.join(root, name)) and not name.endswith(".lock") and name != "lock.mdb"]
        path = rng.choice(sorted(files))
        size = os.path.getsize(path)
        with open(path, "r+b") as file:
            if k % 3 == 0:
                how = f"{path} cut from {size} to {(cut := rng.randrange(size))} bytes"
                file.truncate(cut)
            else:
                at = rng.randrange(size if k % 2 else min(size, 16384))
                count = rng.choice([1, 1, 8, 512])
                how = f"{path}: {count} bytes changed at {at} of {size}"
                file.seek(at)
                old = file.read(count)
                file.seek(at)
                file.write(bytes(byte ^ rng.randint(1, 255) for byte in old))
        for done in tool("verify", "torn"), tool("info", "torn"), tool("export", "torn"):
            check(done.returncode >= 0 and b"Sanitizer" not in done.stderr,
                  f"{how}: `{done.args[2]}` ends by signal {-done.returncode}: {done.stderr.decode()[-300:]}")
            if done.args[2] == "verify":
                sound = done.returncode == 0
                check(sound or len(done.stdout + done.stderr) > 10, f"{how}: verify says what is wrong")
            if done.args[2] == "export" and sound:
                have = [json.loads(line)["id"] for line in done.stdout.splitlines()]
                check(have == named, f"{how}: sound, but {len(have)} of {len(named)} articles are there")
        for options in (["--read-only"], []):
            process = start("--index", "torn", *options)
            out, err = process.communicate(b"".join(lines[:60] + lines[8150:8400]), timeout=100)
            code = process.returncode
            check(code in (0, 2), f"{how}: filter {options} ends with {code}: {err.decode()[-300:]}")
            check(code == 0 or len(err) > 10, f"{how}: an error is told")
            check(code == 0 or not sound, f"{how}: verify says it is sound, but filter {options} refuses it: {err.decode()}")
            if options and code == 0 and out != b"".join(good):
                wrong += 1
                check(not sound, f"{how}: other answers, and verify says it is sound")
        told += not sound
        same += sound
        if os.environ.get("CRASH_VERBOSE"):
            print(how, "sound" if sound else "told", flush=True)
    print(f"{n} files damaged: verify tells of {told}, {same} do no harm; {wrong} gave other answers, all told")


# ---- Places that cannot be written

def limited(size, default_signal=False):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return {"preexec_fn": limit, "restore_signals": default_signal}


def full_disk():
    """No file may grow beyond a limit: an error that names the file, and what was committed stays."""
    lines = stream(9000)
    run(lines[:3000], "--index", "f", "--commit", "1000")
    size = os.path.getsize("f/data.mdb")
    for part, by_signal in ((1.0, False), (1.02, False), (1.3, False), (1.3, True), (2.2, False)):
        shutil.rmtree("full", ignore_errors=True)
        shutil.copytree("f", "full")
        process = start("--index", "full", "--commit", "200", **limited(int(size * part), by_signal))
        out, err = process.communicate(b"".join(lines[3000:]), timeout=200)
        n = len(out.splitlines())
        code = process.returncode
        check(code == 2 or (by_signal and code == -signal.SIGXFSZ), f"a limit of {part}: exit code {code}: {err.decode()}")
        check(by_signal or b"full/" in err or b"full:" in err, f"a limit of {part}: the message names the file: {err}")
        have = ids_of("full")
        check(have == [f"n{k}" for k in range(len(have))] and len(have) >= 3000 + (n - 1) // 200 * 200 if n else True,
              f"a limit of {part}: {n} answers, {len(have)} articles")
        is_sound("full", f"a limit of {part}")
        rest = run(lines[len(have):len(have) + 300], "--index", "full")
        check(not any(json.loads(line)["copydesk"]["redelivered"] for line in rest), "goes on when there is room again")
    small = start("--index", "none", **limited(2000))
    _, err = small.communicate(lines[0])
    check(small.returncode == 2 and err, f"no room for a new index: {small.returncode}, {err}")
    run(lines[:3], "--index", "none")


def read_only_folder():
    lines = stream(300)
    run(lines[:200], "--index", "ro")
    more = {}
    if os.geteuid() == 0:
        os.chmod(".", 0o755)
        more["user"] = 65534
        copy = shutil.copy(PROGRAM, "program")
        for name in os.listdir(os.path.join(os.path.dirname(PROGRAM), "src")) if os.path.isdir(
                os.path.join(os.path.dirname(PROGRAM), "src")) else []:
            if ".so" in name and os.path.isfile(path := os.path.join(os.path.dirname(PROGRAM), "src", name)):
                shutil.copy(path, name)
        more["env"] = {**os.environ, "LD_LIBRARY_PATH": os.getcwd()}
        more["executable"] = os.path.abspath(copy)
    for name in os.listdir("ro"):
        os.chmod(os.path.join("ro", name), 0o555 if os.path.isdir(os.path.join("ro", name)) else 0o444)
    os.chmod("ro", 0o555)
    process = start("--index", "ro", **more)
    out, err = process.communicate(lines[200], timeout=60)
    check(process.returncode == 2 and b"ro" in err and not out, f"a writer is refused: {process.returncode} {err}")
    process = start("--index", "ro", "--read-only", **more)
    out, err = process.communicate(b"".join(lines[:50]), timeout=60)
    seen = [json.loads(line)["copydesk"]["redelivered"] for line in out.splitlines()]
    check(process.returncode == 0 and seen == [True] * 50, f"a reader reads: {process.returncode} {err} {sum(seen)}")
    for name in os.listdir("ro"):
        os.chmod(os.path.join("ro", name), 0o755)
    os.chmod("ro", 0o755)


def copied_while_open():
    """A copy made file by file while a writer writes: it opens and is sound, or it is told that it is not."""
    lines = stream(9500)
    process = start("--index", "c", "--commit", "20")
    feeder = threading.Thread(target=lambda: (process.stdin.write(b"".join(lines)), process.stdin.close()))
    reader = threading.Thread(target=process.stdout.read)
    feeder.start()
    reader.start()
    opened = refused = 0
    k = 0
    while reader.is_alive() and k < 25:
        time.sleep(0.04)
        k += 1
        shutil.rmtree("copy", ignore_errors=True)
        try:
            shutil.copytree("c", "copy")
        except (shutil.Error, OSError):
            continue  # a file went while it was copied: whoever copies is told
        done = tool("verify", "copy")
        check(done.returncode >= 0, f"a copy: verify ends by signal {-done.returncode}")
        if done.returncode == 0:
            opened += 1
            have = ids_of("copy")
            check(have == [f"n{i}" for i in range(len(have))], "a copy that is sound holds a prefix")
        else:
            refused += 1
            check(len(done.stdout + done.stderr) > 10, "a copy that is not sound: told")
        again = start("--index", "copy", "--read-only")
        _, err = again.communicate(b"".join(lines[:20]), timeout=60)
        check(again.returncode in (0, 2), f"a copy: the filter ends with {again.returncode}: {err.decode()}")
    feeder.join()
    reader.join()
    check(process.wait() == 0, "the writer does not mind")
    is_sound("c", "copied from")
    print(f"copies of an open index: {opened} sound, {refused} refused with a word")


def two_writers():
    lines = stream(400)
    first = start("--index", "w", "--commit", "each", bufsize=0)
    first.stdin.write(lines[0])
    first.stdout.readline()
    for _ in range(5):
        second = start("--index", "w")
        out, err = second.communicate(b"".join(lines[:50]))
        check(second.returncode == 2 and not out and str(first.pid).encode() in err, f"the second is refused: {err}")
        gc = subprocess.run([PROGRAM, "index", "gc", "w", "--window", "1d"], capture_output=True, check=False)
        check(gc.returncode == 2 and gc.stderr, f"gc beside a writer is refused: {gc.returncode} {gc.stderr}")
    first.kill()
    first.wait()
    check(len(run(lines[1:], "--index", "w")) == 399, "when the first is dead, the next one may")
    is_sound("w", "two writers")


def places(_n=0):
    full_disk()
    read_only_folder()
    copied_while_open()
    two_writers()


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    # A kill takes nothing from the system's memory, so these need no disk, which may be slow to sync.
    memory = "/dev/shm" if sys.argv[2] != "places" and os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR") or memory) as folder:
        os.chdir(folder)
        {"quick": quick, "kills": kills, "damage": damage, "places": places}[sys.argv[2]](*map(int, sys.argv[3:4]))
        os.chdir("/")
    sys.exit(1 if failures else 0)


main()
