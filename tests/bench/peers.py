"""copydesk beside other programs that find near-duplicates, on the same slice of the same file, one processor each.

    peers.py FILE.jsonl [--truth truth.jsonl] [--mb 20] [--rounds 3] [--copydesk build/copydesk] [--venv FOLDER]
             [--peers a,b,c]

FOLDER is what peers_setup.sh made. Each run is a process of its own, held to one processor; rounds are interleaved and the
median counts. *seconds* is from opening the input to the clusters, without the time to start Python and import packages
(for copydesk: the whole process, verdicts written). With --truth (the truth.jsonl of a planted corpus) the quality stands
beside the speed. Prints a Markdown table.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile

import measure

PEERS = ["datasketch", "rensa", "rensa-rho", "gaoya", "text-dedup", "datatrove"]
ONE_THREAD = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false",
              "HF_HUB_OFFLINE": "1"}


def run_copydesk(program, path, scratch):
    verdicts = os.path.join(scratch, "verdicts.jsonl")
    command = [program, "clean", path, "-q", "-j", "1", "--verdicts", verdicts]
    code, wall, cpu, rss = measure.run(command, one_cpu=True)
    if code != 0:
        return None
    return {"seconds": wall, "cpu": cpu, "rss": rss, "clusters": measure.verdict_clusters(verdicts), "version": "",
            "settings": "-j 1, defaults"}


def run_peer(name, python, path, scratch):
    out = os.path.join(scratch, name + ".json")
    here = os.path.dirname(os.path.abspath(__file__))
    environment = {**ONE_THREAD, "HOME": scratch, "HF_HOME": os.path.join(scratch, "hf")}
    code, _, cpu, rss = measure.run([python, os.path.join(here, "peers_run.py"), name, path, out], True, environment)
    if code != 0:
        return None
    with open(out, encoding="utf-8") as stream:
        return {**json.load(stream), "cpu": cpu, "rss": rss}


def row(name, runs, articles, size, quality, base):
    seconds = statistics.median(r["seconds"] for r in runs)
    last = runs[-1]
    cells = [f"{name} {last['version']}".strip(), f"{seconds:.2f}", f"{size / 1e6 / seconds:.1f}", f"{articles / seconds:,.0f}",
             f"{max(r['rss'] for r in runs) / 1e6:,.0f}", f"{seconds / base:.0f} x" if base else "-"]
    if quality:
        cells += [f"{100 * quality['found'] / max(1, quality['planted']):.1f}%", str(quality["false_merges"])]
    elif quality is not None:
        cells += ["-", "-"]
    removed = len(last["clusters"]) - len(set(last["clusters"])) if last["clusters"] else "-"
    return cells + [str(removed), last["settings"]]


def main():
    parser = argparse.ArgumentParser(description="copydesk beside other near-duplicate finders")
    parser.add_argument("file")
    parser.add_argument("--truth")
    parser.add_argument("--mb", type=int, default=20, help="how much of the file; 0: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copydesk", default="build/copydesk")
    parser.add_argument("--venv", default=os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "copydesk-peers"))
    parser.add_argument("--peers", default=",".join(PEERS))
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "slice.jsonl")
        articles, size = measure.slice_of(options.file, options.mb, path)
        ids = measure.ids_of(path) if options.truth else None
        jobs = {}
        if os.access(options.copydesk, os.X_OK):
            jobs["copydesk"] = lambda: run_copydesk(options.copydesk, path, scratch)
        python = os.path.join(options.venv, "bin", "python")
        for name in options.peers.split(","):
            jobs[name] = lambda name=name: run_peer(name, python, path, scratch)

        runs = {name: [] for name in jobs}
        for _ in range(options.rounds):
            for name, job in jobs.items():
                result = job() if runs[name] is not None else None
                if result is None:
                    runs[name] = None
                else:
                    runs[name].append(result)

        print(f"{articles:,} articles, {size / 1e6:.1f} MB; one processor; median of {options.rounds}\n")
        base = statistics.median(r["seconds"] for r in runs["copydesk"]) if runs.get("copydesk") else 0
        heads = ["program", "s", "MB/s", "articles/s", "peak MB", "time / copydesk"]
        heads += ["planted copies found", "false merges"] if options.truth else []
        rows = []
        for name, done in runs.items():
            if not done:
                print(f"{name}: not installed or failed; left out", file=sys.stderr)
                continue
            quality = None
            if options.truth:
                clusters = done[-1]["clusters"]
                quality = measure.score(ids, clusters, options.truth) if clusters else {}
            rows.append(row(name, done, articles, size, quality, base))
        measure.table(heads + ["copies removed", "settings"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
