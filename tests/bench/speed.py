"""How fast copydesk is on a file, as a multiple of `wc -w` (C locale) on the same file in the same run.

    speed.py [FILE.jsonl] [--copydesk build/copydesk] [--rounds 5] [--truth DIR] [--check RATIO]

Without FILE a corpus of 200 MB is made from the words in fixtures/ (make_corpus.py) in a temporary folder, and with it the
truth it was planted with. The file is read once before anything is timed, then rounds are interleaved: each round runs
every command once, so that what else the machine does falls on all of them alike. A round more is run first and not counted.
The table has medians; the peak is the highest of all rounds. With --truth (a folder with truth.jsonl) the quality of the
verdicts that were just timed stands beside the speed. --check fails when one thread is slower than RATIO x `wc -w`.
"""
import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            names = [line.split(":", 1)[1].strip() for line in stream if line.startswith("model name")]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.machine()


def commands_for(program, path, scratch):
    """(name, command, environment, verdict file)."""
    found = [("wc -w", ["wc", "-w", path], {"LC_ALL": "C"}, None)]
    ways = [("copydesk -j1", ["-j", "1"]), ("copydesk -j2", ["-j", "2"])]
    ways += [(f"copydesk -j1 --cpu {cpu}", ["-j", "1", "--cpu", cpu]) for cpu in ("avx512", "avx2", "portable")]
    ways.append(("copydesk -j1, articles written", ["-j", "1", "-o", os.path.join(scratch, "clean.jsonl")]))
    for number, (name, options) in enumerate(ways):
        verdicts = os.path.join(scratch, f"verdicts{number}.jsonl")
        found.append((name, [program, "clean", path, "-q", "--verdicts", verdicts] + options, None, verdicts))
    return found


def measure_rounds(commands, rounds):
    runs = {name: [] for name, *_ in commands}
    for turn in range(rounds + 1):
        for name, command, environment, _ in commands:
            if runs[name] is None:
                continue
            code, seconds, _, rss = measure.run(command, environment=environment)
            if code != 0:
                print(f"left out, exit code {code}: {' '.join(command)}", file=sys.stderr)
                runs[name] = None
            elif turn > 0:
                runs[name].append((seconds, rss))
    return runs


def same_bytes(a, b):
    with open(a, "rb") as one, open(b, "rb") as two:
        while True:
            left, right = one.read(1 << 20), two.read(1 << 20)
            if left != right:
                return False
            if not left:
                return True


def main():
    parser = argparse.ArgumentParser(description="speed of copydesk beside wc -w")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--copydesk", default="build/copydesk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--truth")
    parser.add_argument("--mb", type=int, default=200, help="size of the corpus that is made when no file is given")
    parser.add_argument("--check", type=float, default=0.0)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        path, truth = options.file, options.truth
        if not path:
            fixtures = os.path.join(HERE, "..", "..", "fixtures")
            maker = os.path.join(HERE, "make_corpus.py")
            subprocess.run([sys.executable, maker, fixtures, scratch, str(options.mb)], check=True)
            path, truth = os.path.join(scratch, "corpus.jsonl"), scratch
        size = os.path.getsize(path)
        with open(path, "rb") as stream:
            articles = sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))

        commands = commands_for(options.copydesk, path, scratch)
        runs = measure_rounds(commands, options.rounds)
        ids = measure.ids_of(path) if truth else None
        yardstick = statistics.median(seconds for seconds, _ in runs["wc -w"])
        ratio_of_one = 0.0
        rows = []
        first_verdicts = None
        for name, _, _, verdicts in commands:
            if not runs[name]:
                continue
            median = statistics.median(seconds for seconds, _ in runs[name])
            peak = max(rss for _, rss in runs[name])
            cells = [name, f"{median:.3f}", f"{size / 1e6 / median:,.0f}", f"{articles / median:,.0f}",
                     f"{yardstick / median:.2f}", f"{peak / 1e6:,.0f}"]
            if name == "copydesk -j1":
                ratio_of_one = yardstick / median
            if verdicts:
                first_verdicts = first_verdicts or verdicts
                cells.append("yes" if same_bytes(first_verdicts, verdicts) else "NO")
            else:
                cells.append("-")
            if truth:
                cells += ["-", "-"]
                if verdicts:
                    got = measure.score(ids, measure.verdict_clusters(verdicts), os.path.join(truth, "truth.jsonl"))
                    cells[-2:] = [f"{100 * got['found'] / max(1, got['planted']):.2f}%", str(got["false_merges"])]
            rows.append(cells)

        print(f"{articles:,} articles, {size / 1e6:,.1f} MB; {processor()}, {os.cpu_count()} processors; "
              f"median of {options.rounds} interleaved rounds\n")
        heads = ["command", "s", "MB/s", "articles/s", "x wc -w", "peak MB", "same verdicts"]
        measure.table(heads + (["planted copies found", "false merges"] if truth else []), rows)
        if ratio_of_one < options.check:
            print(f"speed.py: one thread is {ratio_of_one:.2f} x wc -w, under {options.check}", file=sys.stderr)
            return 1
    return 0 if ratio_of_one else 1


if __name__ == "__main__":
    sys.exit(main())
