"""Speed, latency and size of `copydesk filter` over an index of many articles.

    filter.py PROGRAM STREAM FIRST FOLDER

STREAM holds JSON lines (make_stream.py makes some). The first FIRST lines enter an index in FOLDER, unless that is there
already from an earlier run; then more lines are timed: in bulk with durable commits every 1,000, with --commit each, and
one at a time, each answer awaited (p50, p99). Prints a line for each figure.
"""
import json
import os
import resource
import shutil
import subprocess
import sys
import time

BULK, EACH, ASKED = 50_000, 2_000, 5_000


def lines_of(path, start, n):
    with open(path, "rb") as file:
        for _ in range(start):
            file.readline()
        return [file.readline() for _ in range(n)]


def bulk(program, folder, path, lines, *options):
    with open(path, "wb") as file:
        file.writelines(lines)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with open(path, "rb") as file:
        subprocess.run([program, "filter", "--isolated", "--index", folder, *options], stdin=file, stdout=subprocess.DEVNULL,
                       check=True)
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return len(lines) / seconds, cpu / len(lines) * 1e6


def main():
    program, stream, first, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    part = os.path.join(folder + ".part")
    index = folder
    if not os.path.exists(index):
        rate, cpu = bulk(program, index, part, lines_of(stream, 0, first))
        print(f"made: {first:,} articles, {rate:,.0f} a second, {cpu:.0f} us of processor time each")
    info = json.loads(subprocess.run([program, "index", "info", index, "--json"], capture_output=True, check=True).stdout)
    n = info["articles"]
    print(f"index: {n:,} articles, {info['disk_bytes'] / n:.0f} bytes each (records {info['record_bytes'] / n:.0f}, "
          f"postings {info['posting_bytes'] / n:.0f}, profile {info['profile_bytes'] / n:.0f}, texts {info['text_bytes'] / n:.0f})")
    rest = lines_of(stream, n, BULK + EACH + ASKED)
    started = time.monotonic()
    subprocess.run([program, "filter", "--isolated", "--index", index, "--read-only"], stdin=subprocess.DEVNULL, check=True)
    print(f"opening: {(time.monotonic() - started) * 1000:.0f} ms")
    rate, cpu = bulk(program, index, part, rest[:BULK], "--commit", "1000")
    print(f"commits every 1,000: {rate:,.0f} a second, {cpu:.0f} us of processor time each")
    rate, cpu = bulk(program, index, part, rest[BULK:BULK + EACH], "--commit", "each")
    print(f"commit each: {rate:,.0f} a second, {cpu:.0f} us of processor time each")
    process = subprocess.Popen([program, "filter", "--isolated", "--index", index], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               bufsize=0)
    times = []
    with os.fdopen(process.stdout.fileno(), "rb", buffering=1 << 20, closefd=False) as answers:
        for line in rest[BULK + EACH:]:
            started = time.perf_counter()
            process.stdin.write(line)
            answers.readline()
            times.append(time.perf_counter() - started)
        process.stdin.close()
        process.wait()
    times = sorted(times[200:])
    print(f"one at a time: p50 {times[len(times) // 2] * 1000:.3f} ms, p99 {times[len(times) * 99 // 100] * 1000:.2f} ms, "
          f"longest {times[-1] * 1000:.1f} ms")
    os.unlink(part)
    if "--remove" in sys.argv:
        shutil.rmtree(index)


main()
