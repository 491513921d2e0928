"""Shared by the speed scripts: runs a command and measures it, reads verdict clusters, scores clusters, prints tables."""
import json
import os
import tempfile
import time

# Relations of a planted corpus that are true copies: they should share a cluster with their family.
COPIES = {"exact", "near", "truncated", "abridged", "extended", "in-template", "noise", "joined", "re-encoded", "retitled",
          "shuffled", "syndicated"}


TIME = "/usr/bin/time"


def run(command, one_cpu=False, environment=None):
    """Runs a command to its end, silently: (exit code, wall seconds, processor seconds, peak resident bytes).

    A process keeps the peak of the one it was forked from, and Python is larger than what is measured here: so GNU time
    starts the command. Without GNU time small peaks are overstated.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        wrapped = [TIME, "-q", "-f", "%M", "-o", report.name] + command if os.path.exists(TIME) else command
        null = os.open(os.devnull, os.O_RDWR)
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            try:
                if one_cpu:
                    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
                for stream in (0, 1, 2):
                    os.dup2(null, stream)
                os.execvpe(wrapped[0], wrapped, {**os.environ, **(environment or {})})
            finally:
                os._exit(127)
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - start
        os.close(null)
        peak = report.read().split()
        kilobytes = int(peak[-1]) if peak and peak[-1].isdigit() else usage.ru_maxrss
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, kilobytes * 1024


def slice_of(path, megabytes, to):
    """Copies whole lines of the beginning of a file: (articles, bytes). 0 megabytes: all of it."""
    limit = megabytes * 1_000_000 or float("inf")
    articles = size = 0
    with open(path, "rb") as source, open(to, "wb") as out:
        for line in source:
            if size + len(line) > limit:
                break
            out.write(line)
            size += len(line)
            articles += 1
    return articles, size


def verdict_clusters(path):
    """Cluster of each record of a verdict file, in order."""
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line)["cluster"] for line in stream]


def score(ids, clusters, truth_path):
    """How well clusters agree with planted truth: planted copies that share a cluster with one of their family, of those that
    could (another member is in the slice); articles in a cluster whose commonest family is another one."""
    family, relation = {}, {}
    with open(truth_path, encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            family[record["id"]] = record["family"]
            relation[record["id"]] = record["relation"]
    members, together = {}, {}
    for name, cluster in zip(ids, clusters):
        members[family[name]] = members.get(family[name], 0) + 1
        counts = together.setdefault(cluster, {})
        counts[family[name]] = counts.get(family[name], 0) + 1
    planted = [(n, c) for n, c in zip(ids, clusters) if relation[n] in COPIES and members[family[n]] > 1]
    found = sum(1 for n, c in planted if together[c][family[n]] > 1)
    wrong = sum(sum(counts.values()) - max(counts.values()) for counts in together.values())
    return {"planted": len(planted), "found": found, "false_merges": wrong, "articles": len(ids)}


def ids_of(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line)["id"] for line in stream]


def table(heads, rows):
    """A Markdown table; first column left, the others right."""
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" + "---:|" * (len(heads) - 1))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
