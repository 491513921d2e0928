"""What README.md and docs/ show is what the program says: their console blocks are run, in order, on the fixtures.

    readme.py PROGRAM

A line `$ command` is run; the lines below it, up to the next command, must come out in that order. A line `...` stands for any
lines, and at the end of a line for its rest. Blocks on files that nobody has (archive/) are passed over, as are commands with
a tool that is not installed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
NOT_HERE = "archive/"
TOOLS = ("jq", "zstd", "gzip")


def blocks():
    docs = os.path.join(ROOT, "docs")
    for path in ["README.md"] + [os.path.join("docs", name) for name in sorted(os.listdir(docs)) if name.endswith(".md")]:
        with open(os.path.join(ROOT, path), encoding="utf-8") as text:
            for block in re.findall(r"```console\n(.*?)```", text.read(), re.S):
                if NOT_HERE not in block:
                    yield path, block


def commands(block):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown.rstrip("\n").split("\n") if shown.strip() else []


def missing(shown, said):
    """The first line that is shown and was not said where it should have been."""
    at, anywhere = 0, False
    for line in shown:
        if line == "...":
            anywhere = True
            continue
        places = range(at, len(said)) if anywhere else range(at, min(at + 1, len(said)))
        found = next((k for k in places if said[k] == line
                      or (line.endswith("...") and said[k].startswith(line[:-3].rstrip()))
                      or (line.endswith("...)") and said[k].startswith(line[:-4].rstrip()))), None)
        if found is None:
            return line
        at, anywhere = found + 1, False
    return None


def main():
    environment = dict(os.environ, PATH=os.path.dirname(os.path.abspath(sys.argv[1])) + os.pathsep + os.environ["PATH"],
                       LC_ALL="C.UTF-8", COLUMNS="80", NO_COLOR="1")
    failures = run = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(ROOT, "fixtures"), os.path.join(folder, "fixtures"))
        os.mkdir(os.path.join(folder, "build"))
        last = 0
        for path, block in blocks():
            for command, shown in commands(block):
                if any(re.search(rf"\b{tool}\b", command) and not shutil.which(tool) for tool in TOOLS):
                    print(f"passed over, a tool is not installed: {command}")
                    continue
                done = subprocess.run(["bash", "-c", f"(exit {last}); {command}"], cwd=folder, env=environment, check=False,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
                last = done.returncode
                run += 1
                line = missing(shown, done.stdout.rstrip("\n").split("\n"))
                if line is not None:
                    failures += 1
                    print(f"$ {command}\n{path} shows, but the program does not say: {line}\nIt says:\n{done.stdout[:3000]}")
    print(f"{run} commands run, {failures} not as shown")
    return 1 if failures or run < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
