"""Planted truth through a filter: verdict lines for the scoring script, in the order of the corpus.

    streamed.py PROGRAM CORPUS VERDICTS INDEX [OPTION...]

The corpus goes through `copydesk filter` with a new INDEX, in its own order.
"""
import json
import subprocess
import sys


def main():
    program, corpus, verdicts, index = sys.argv[1:5]
    with open(corpus, "rb") as lines:
        out = subprocess.run([program, "filter", "--isolated", "--index", index, *sys.argv[5:]], stdin=lines,
                             stdout=subprocess.PIPE, check=True).stdout
    said = []
    for number, line in enumerate(out.splitlines(), 1):
        record = json.loads(line)
        said.append({"id": record.get("id", f"-:{number}"), "file": "-", "line": number, **record["copydesk"]})
    with open(verdicts, "w", encoding="utf-8") as file:
        for verdict in said:
            file.write(json.dumps(verdict, ensure_ascii=False) + "\n")


main()
