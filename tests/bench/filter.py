"""Speed, latency and size of `copydesk filter` over an index of many articles.

    filter.py PROGRAM STREAM MORE FOLDER

STREAM and MORE hold JSON lines (make_stream.py makes some). All of STREAM enters an index in FOLDER, unless that is there
already from an earlier run; then the lines of MORE are timed: in bulk with durable commits every 1,000, with --commit each, and
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


def bulk(program, folder, path, *options):
    with open(path, "rb") as file:
        n = sum(1 for _ in file)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with open(path, "rb") as file:
        subprocess.run([program, "filter", "--isolated", "--index", folder, *options], stdin=file, stdout=subprocess.DEVNULL,
                       check=True)
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return n / seconds, cpu / n * 1e6


def keep(path, lines):
    with open(path, "wb") as file:
        file.writelines(lines)


def main():
    program, stream, more, index = sys.argv[1:5]
    part = index + ".part"
    if not os.path.exists(index):
        rate, cpu = bulk(program, index, stream)
        print(f"made: {rate:,.0f} a second, {cpu:.0f} us of processor time each")
    info = json.loads(subprocess.run([program, "index", "info", index, "--json"], capture_output=True, check=True).stdout)
    n = info["articles"]
    print(f"index: {n:,} articles, {info['disk_bytes'] / n:.0f} bytes each (records {info['record_bytes'] / n:.0f}, "
          f"postings {info['posting_bytes'] / n:.0f}, profile {info['profile_bytes'] / n:.0f}, texts {info['text_bytes'] / n:.0f})")
    with open(more, "rb") as file:
        rest = [file.readline() for _ in range(BULK + EACH + ASKED)]
    started = time.monotonic()
    subprocess.run([program, "filter", "--isolated", "--index", index, "--read-only"], stdin=subprocess.DEVNULL, check=True)
    print(f"opening: {(time.monotonic() - started) * 1000:.0f} ms")
    keep(part, rest[:BULK])
    rate, cpu = bulk(program, index, part, "--commit", "1000")
    print(f"commits every 1,000: {rate:,.0f} a second, {cpu:.0f} us of processor time each")
    keep(part, rest[BULK:BULK + EACH])
    rate, cpu = bulk(program, index, part, "--commit", "each")
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
