"""The way of a data repository through CI, with a program as it is used there.

    walk.py PROGRAM

A repository of invented articles is made. Its first check fails, a baseline makes it green, sorting and renaming change
nothing; then one thing after another is added that must turn it red, with a message that names file, line, rule and what
to do, and is taken out again. The same through pre-commit, where that is installed. Prints each step; fails at the first
that goes another way.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from corpus import article, reworded

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
ENVIRONMENT = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8", PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
JUNE = os.path.join("data", "june.jsonl")


def write(path, articles):
    """Articles, or lines as they are, one a line."""
    with open(path, "w", encoding="utf-8") as out:
        for one in articles:
            out.write((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n")


def run(*words, env=None):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=env or ENVIRONMENT)
    return done.returncode, done.stdout + done.stderr


def step(name, code, *says, options=(), paths=("data",), never=()):
    """One check: its exit code, and what it has to say, each in one line of the output."""
    got, output = run(PROGRAM, "check", *paths, *options)
    lines = output.splitlines()
    missing = [words for words in says if not any(all(word in line for word in words) for line in lines)]
    wrong = [word for word in never if word in output]
    if got != code or missing or wrong:
        sys.exit(f"{output}\n{name}: exit code {got}, expected {code}; not said: {missing}; should not be said: {wrong}")
    print(f"ok: {name}")
    return output


def knows_titles():
    """Whether this build judges titles: then verdicts have the scores."""
    code, output = run(PROGRAM, "check", "data", "--all-scores", "--verdicts", "-", "--exit-zero")
    return code == 0 and '"scores"' in output


def first_check(may):
    june = [article(n) for n in range(30, 60)]
    june[11] = reworded(may[4], "copied-1")
    june[17] = dict(may[9], id="copied-2", date="2024-12-02")
    write(os.path.join("data", "may.jsonl"), may)
    write(JUNE, june)
    step("the first check fails", 1, ["duplicates", "removable", "FAIL"], [f"{JUNE}:12: near-duplicate", "id copied-1", may[4]["id"]],
         [f"{JUNE}:18: exact-duplicate", "id copied-2", "of " + may[9]["id"]], ["next: copydesk explain data --id copied-"],
         ["fix:", "copydesk clean data"], ["--write-baseline copydesk.baseline"], never=[f"{JUNE}:13", "bad-record:"])
    code, output = run(PROGRAM, "explain", "data", "--id", "copied-1")
    assert code == 0 and may[4]["id"] in output, output
    return june


def baseline_makes_it_green(may, june):
    code, output = run(PROGRAM, "check", "data", "--write-baseline", "copydesk.baseline")
    assert code == 0 and "copydesk.baseline" in output, output
    write("copydesk.ini", ["[options]", "baseline = copydesk.baseline"])
    step("a baseline makes it green", 0, ["2 known, 0 new"])
    write(JUNE, sorted(june, key=lambda one: one["title"]))
    write(os.path.join("data", "may.jsonl"), reversed(may))
    step("so it stays when files are sorted", 0, ["2 known, 0 new"])
    os.rename(JUNE, os.path.join("data", "a.jsonl"))
    step("and renamed", 0, ["2 known, 0 new"])
    os.rename(os.path.join("data", "a.jsonl"), JUNE)
    write(JUNE, [article(90), *june, article(91)])
    write(os.path.join("data", "may.jsonl"), may)
    step("and when clean articles are added", 0, ["2 known, 0 new"])
    kept = open("copydesk.baseline", encoding="utf-8").read()
    run(PROGRAM, "check", "data", "--write-baseline", "copydesk.baseline")
    assert open("copydesk.baseline", encoding="utf-8").read() == kept, "the baseline changed with the order of the articles"


def what_turns_it_red(may, june):
    write(JUNE, [*june[:5], reworded(may[20], "new-copy"), *june[5:]])
    step("a new duplicate turns it red", 1, ["duplicates", "1 new removable", "FAIL"], [f"{JUNE}:6: near-duplicate", "id new-copy"],
         ["next: copydesk explain data --id new-copy"], ["fix:", "copydesk clean"], never=["id copied-1"])
    write(JUNE, [dict(may[9], id="third"), *june])
    step("so does one more copy of what the baseline has", 1, ["1 new removable"], [f"{JUNE}:1: exact-duplicate", "id third"])

    mistitled = dict(article(75), title=article(103)["title"])
    write(JUNE, [*june, mistitled])
    if knows_titles():
        step("so does a headline of another article", 1, ["title-mismatch", "1 new", "FAIL"],
             [f"{JUNE}:{len(june) + 1}: title-mismatch", "id " + mistitled["id"]], ["fix:", "own title"])
    else:
        print("SKIPPED: a headline of another article (this build does not judge titles)")

    write(JUNE, [*june[:8], '{"id": "broken", "text": "no end', *june[8:]])
    step("so does a bad record, with exit code 2", 2, ["bad-record", "1 new", "FAIL"],
         [f"{JUNE}:9: bad-record", "closing quote", "byte"], ["fix:", "correct the record"], ["could not be read", "--rejects"])
    write(JUNE, june)
    step("each taken out again, it is green", 0, ["2 known, 0 new"])
    write(JUNE, june[:11] + june[12:])
    step("what was mended is named", 0, ["1 known, 0 new"], ["are gone", "--write-baseline"], ["duplicates", "id copied-1"])
    write(JUNE, june)


def only_what_changed(may):
    write("july.jsonl", [article(95), reworded(may[2], "late-copy")])
    step("one file against all that is known", 1, ["july.jsonl:2: near-duplicate", "id late-copy", "of " + may[2]["id"]],
         ["compared with 60 known articles"], ["next: copydesk explain july.jsonl --against data --id late-copy"],
         paths=["july.jsonl"], options=["--against", "data", "--isolated"])
    os.unlink("july.jsonl")


def through_action(may, june):
    """What action.yml runs, with what a runner would set."""
    write(JUNE, [*june, reworded(may[20], "new-copy")])
    env = dict(ENVIRONMENT, COPYDESK_PROGRAM=PROGRAM, COPYDESK_PATHS="data\n", COPYDESK_ARGS="--max 'duplicates=0' --color never",
               GITHUB_OUTPUT="../outputs", GITHUB_STEP_SUMMARY="../summary.md")
    code, output = run(os.path.join(ROOT, "hooks", "action"), env=env)
    outputs = open("../outputs", encoding="utf-8").read().split()
    place = f"{JUNE}:{len(june) + 1}"
    if code != 1 or "exit-code=1" not in outputs or f"read={len(may) + len(june) + 1}" not in outputs:
        sys.exit(f"{output}\naction: exit code {code}, outputs {outputs}")
    if place not in output or "new-copy" not in open("../summary.md", encoding="utf-8").read():
        sys.exit(f"{output}\naction: {place} is not named")
    write(JUNE, june)
    code, output = run(os.path.join(ROOT, "hooks", "action"), env=env)
    assert code == 0, output
    print("ok: the GitHub action fails and passes with the check")


def through_pre_commit(may):
    tool = shutil.which("pre-commit") or os.environ.get("PRE_COMMIT")
    if not tool or not shutil.which("git"):
        print("SKIPPED: through pre-commit (not installed)")
        return
    env = dict(ENVIRONMENT, PRE_COMMIT_HOME=os.path.abspath("../cache"), GIT_CONFIG_GLOBAL=os.devnull, GIT_AUTHOR_NAME="t",
               GIT_AUTHOR_EMAIL="t@example.org", GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@example.org")

    def must(*words):
        code, output = run(*words, env=env)
        if code != 0:
            sys.exit(f"{words}: {output}")
        return output.strip()

    hooks = os.path.abspath("../hooks")
    os.mkdir(hooks)
    shutil.copy(os.path.join(ROOT, ".pre-commit-hooks.yaml"), hooks)
    for folder in (hooks, "."):
        must("git", "-C", folder, "init", "-q")
        must("git", "-C", folder, "add", "-A")
        must("git", "-C", folder, "commit", "-q", "-m", "first")
    rev = must("git", "-C", hooks, "rev-parse", "HEAD")
    write(".pre-commit-config.yaml", ["repos:", f"- repo: {hooks}", f"  rev: {rev}", "  hooks:", "  - id: copydesk",
                                      "    args: [--against, data]"])
    must("git", "add", "-A")
    must(tool, "run", "--all-files")
    must("git", "commit", "-q", "-m", "hook")
    write(os.path.join("data", "july.jsonl"), [article(96), reworded(may[3], "late-copy")])
    must("git", "add", "-A")
    code, output = run(tool, "run", env=env)
    if code != 1 or f"{os.path.join('data', 'july.jsonl')}:2: near-duplicate" not in output or "Failed" not in output:
        sys.exit(f"{output}\npre-commit: exit code {code}")
    print("ok: pre-commit stops a commit with a copy, and nothing else")
    write(os.path.join("data", "july.jsonl"), [article(96)])
    must("git", "add", "-A")
    must(tool, "run")
    print("ok: and lets the commit pass without it")


def main():
    sys.path.insert(0, HERE)
    with tempfile.TemporaryDirectory() as scratch:
        os.makedirs(os.path.join(scratch, "repository", "data"))
        os.chdir(os.path.join(scratch, "repository"))
        may = [article(n) for n in range(30)]
        write(os.path.join("data", "may.jsonl"), may)
        step("a clean corpus is green by default", 0, ["pass"], never=["FAIL", "warn"])
        june = first_check(may)
        baseline_makes_it_green(may, june)
        what_turns_it_red(may, june)
        only_what_changed(may)
        through_action(may, june)
        through_pre_commit(may)
        os.chdir("/")


if __name__ == "__main__":
    main()
