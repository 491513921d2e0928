"""House rules that a compiler does not check, one check a run.

    source.py ROOT CHECK

prints each breach as FILE:LINE: what, and fails when there is one. CHECK is a name in CHECKS below. Comments and strings
are blanked out before C files are looked at, so that only code counts.
"""
import os
import re
import subprocess
import sys

SKIPPED_FOLDERS = {".git", "__pycache__", "node_modules", "build"}
MAX_LINES = 1000
MAX_COLUMNS = 110

# The files that wire stages together, and so may include any of them. Everything else below src/ that is not in base/ or
# cli/ is a stage.
ROOF = {"pipeline", "copydesk", "engine", "arrow"}
# What a stage may include beside base/ and its own headers (x.h and x_*.h for x.c, x_*.c and x/*).
RECORD = {"article.h", "copydesk.h", "edit.h"}
# The few edges between stages, each with its reason. A new one needs a better reason than these.
EDGES = {
    "repair": {"text/unicode.h"},     # what is a letter, and its lower case
    "match": {"text/token.h", "text/unicode.h"},  # hashes of words
    "title": {"text/unicode.h", "text/token.h"},  # words with their places
    "furniture": {"text/token.h", "text/segment.h", "text/unicode.h"},  # counts lines and sentences, looks into them
    "page": {"text/token.h", "text/unicode.h"},  # finds phrases among words; asks what a letter is
    # Finds by the hashes of the batch, of its words.
    "index": {"match/fact.h", "match/shingle.h", "match/sketch.h", "profile.h", "text/unicode.h"},
    "profile": {"text/token.h"},  # a profile is of no use to another tokenizer
}
# Programs that run while building; they speak and stop like any program.
BUILD_TOOL = "gen_"
ALLOWED_CALLS = {
    (os.path.join("src", "base", "file.c"), "free"),  # realpath() allocates by itself
}

UNSAFE = {"strcpy", "strcat", "sprintf", "vsprintf", "gets", "strtok", "alloca", "atoi", "atof", "rand", "srand",
          "system", "popen", "setlocale", "tmpnam", "mktemp"}
HEAP = {"malloc", "calloc", "realloc", "reallocarray", "free", "strdup", "strndup", "aligned_alloc", "posix_memalign"}
SPEAKING = {"printf", "fprintf", "vprintf", "vfprintf", "dprintf", "puts", "fputs", "putchar", "perror", "exit", "_exit",
            "quick_exit", "abort", "signal", "sigaction"}


def walk(root, *folders, endings=("",)):
    """Paths below the folders of root (all of it without), relative to root, sorted."""
    found = []
    for top in folders or ("",):
        for folder, names, files in os.walk(os.path.join(root, top)):
            names[:] = [n for n in names if n not in SKIPPED_FOLDERS
                        and not os.path.exists(os.path.join(folder, n, "build.ninja"))]
            found += [os.path.relpath(os.path.join(folder, f), root) for f in files if f.endswith(endings)]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as stream:
        return stream.read()


TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def code_of(text):
    """C text without its comments and strings; line numbers stay. Names in #include lines stay too."""
    def blank(match):
        return "\n" * match.group().count("\n") or " "

    lines = TOKENS.sub(blank, text).split("\n")
    for number, line in enumerate(text.split("\n")):
        if re.match(r"\s*#\s*include\b", line) and re.match(r"\s*#\s*include\b", lines[number]):
            lines[number] = line
    return lines


def stage_of(path):
    """The stage that a file below src/ belongs to: its folder, or its name up to the first underscore."""
    folder, name = os.path.split(path)
    return folder.split(os.sep)[0] if folder else os.path.splitext(name)[0].split("_")[0]


def may_include(path, header):
    inner = os.path.relpath(path, "src")
    stage, other = stage_of(inner), stage_of(header)
    if inner == "copydesk.h":
        return False
    if stage == "base":
        return other == "base" or header == "copydesk.h"
    if stage == "cli":
        return other == "cli" or header == "copydesk.h"
    if stage in ROOF or os.path.basename(path).startswith(BUILD_TOOL):
        return other != "cli"
    return other in ("base", stage) or header in RECORD or header in EDGES.get(stage, ())


def check_includes(root):
    """Which way includes point: base <- stages <- the roof <- cli, and cli only through copydesk.h."""
    for path in walk(root, "src", endings=(".c", ".h", ".cc")):
        for number, line in enumerate(code_of(read(root, path)), 1):
            match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not match:
                continue
            header = match.group(1)
            if not os.path.exists(os.path.join(root, "src", header)):
                yield path, number, f'"{header}" is no path below src/: name headers from there'
            elif not may_include(path, header):
                yield path, number, f'must not include "{header}"'


def calls(lines, names):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(map(re.escape, sorted(names))) + r")\s*\(")
    for number, line in enumerate(lines, 1):
        for match in pattern.finditer(line):
            yield number, match.group(1)


def check_functions(root):
    """Functions that are unsafe anywhere, allocate outside base/mem, or speak and stop outside cli/."""
    for path in walk(root, "src", endings=(".c", ".h", ".cc")):
        banned = set(UNSAFE)
        if not path.startswith((os.path.join("src", "cli") + os.sep, os.path.join("src", BUILD_TOOL))):
            banned |= SPEAKING
            if path != os.path.join("src", "base", "mem.c"):
                banned |= HEAP
        for number, name in calls(code_of(read(root, path)), banned):
            if (path, name) not in ALLOWED_CALLS:
                yield path, number, f"{name}() is not used here"


def lists_of(text):
    """The lists in a meson.build, each with the number of the line where it begins."""
    text = re.sub(r"#[^\n]*", "", text)
    for match in re.finditer(r"[\[(]([^\[\]()]*)[\])]", text):
        yield text.count("\n", 0, match.start()) + 1, re.findall(r"'([^'\n]+)'", match.group(1))


def check_listed(root):
    """Each test is named in tests/meson.build, each source file in src/meson.build; what is not listed never runs. None is
    named twice in one list, and nothing else lies among the sources."""
    kinds = (("tests/unit", "test_", ".c"), ("tests/property", "prop_", ".c"), ("tests/fuzz", "fuzz_", ".c"))
    listed = re.findall(r"'([^'\n]+)'", re.sub(r"#[^\n]*", "", read(root, "tests/meson.build")))
    for folder, prefix, ending in kinds:
        for path in walk(root, folder, endings=(ending,)):
            name = os.path.basename(path)
            if not name.startswith(prefix):
                continue
            short = name[len(prefix):-len(ending)]
            if short not in listed and os.path.relpath(path, "tests") not in listed:
                yield path, 1, "is not named in tests/meson.build"
    sources = re.findall(r"'([^'\n]+)'", re.sub(r"#[^\n]*", "", read(root, "src/meson.build")))
    for path in walk(root, "src", endings=(".c", ".cc")):
        if os.path.relpath(path, "src") not in sources:
            yield path, 1, "is not named in src/meson.build"
    for path in walk(root, "tests/property", "tests/golden", endings=(".py", ".sh")):
        if os.path.relpath(path, "tests") not in listed:
            yield path, 1, "is not named in tests/meson.build"
    for path in walk(root, "src"):
        if not path.endswith((".c", ".h", ".cc", ".md", "meson.build")) and os.path.relpath(path, "src") not in sources:
            yield path, 1, "is no source file"
    for path in ("src/meson.build", "tests/meson.build"):
        for number, names in lists_of(read(root, path)):
            for name in sorted({n for n in names if names.count(n) > 1 and re.search(r"^\w+$|\.cc?$", n)}):
                yield path, number, f"names '{name}' twice in one list"


def check_size(root):
    """Files of at most 1,000 lines, lines of at most 110 columns, no tabs and no blanks at line ends."""
    for path in walk(root, "src", "tests", "python", endings=(".c", ".h", ".cc", ".py", ".sh", ".build")):
        lines = read(root, path).split("\n")
        if len(lines) > MAX_LINES:
            yield path, MAX_LINES, f"has {len(lines)} lines; split it by idea at {MAX_LINES}"
        for number, line in enumerate(lines, 1):
            if path.endswith((".c", ".h", ".cc")):
                if len(line) > MAX_COLUMNS:
                    yield path, number, f"has {len(line)} columns, over {MAX_COLUMNS}"
                if "\t" in line:
                    yield path, number, "has a tab"
            if line != line.rstrip():
                yield path, number, "ends in blanks"


# Written in two parts, so that this file does not find itself.
NOTES = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
LOCAL = re.compile(r"(?<![\w.}])/(?:ro" + r"ot|ho" + r"me|wo" + r"rk|Us" + r"ers)/")
TEXT = (".c", ".h", ".cc", ".py", ".sh", ".build", ".md", ".txt", ".scd", ".in", ".json", ".jsonl", ".csv", ".tsv", "Makefile", "run",
        "cmd", "stdout", "stderr")


def check_notes(root):
    """No notes to self: work left over is an issue, not a comment."""
    for path in walk(root, "src", "tests", "python", "docs", endings=(".c", ".h", ".cc", ".py", ".sh", ".build", ".md", ".scd")):
        for number, line in enumerate(read(root, path).split("\n"), 1):
            match = NOTES.search(line)
            if match:
                yield path, number, f"has a note to self: {match.group()}"


def check_paths(root):
    """No absolute paths of the machine that somebody happened to work on."""
    for path in walk(root, endings=TEXT):
        for number, line in enumerate(read(root, path).split("\n"), 1):
            match = LOCAL.search(line)
            if match:
                yield path, number, f"has a path of somebody's machine: {match.group()}"


def check_scripts(root):
    """Scripts that are rarely run still have to be read without error."""
    for path in walk(root, endings=(".py", ".sh", "/run")):
        full = os.path.join(root, path)
        if path.endswith(".py"):
            try:
                compile(read(root, path), path, "exec")
            except SyntaxError as error:
                yield path, error.lineno or 1, f"is no Python: {error.msg}"
        else:
            done = subprocess.run(["bash", "-n", full], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                yield path, 1, f"is no shell script: {done.stderr.strip()}"
            if not os.access(full, os.X_OK):
                yield path, 1, "is not executable"


CHECKS = {"includes": check_includes, "functions": check_functions, "listed": check_listed, "size": check_size,
          "notes": check_notes, "paths": check_paths, "scripts": check_scripts}


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in CHECKS:
        print(f"usage: source.py ROOT {'|'.join(CHECKS)}", file=sys.stderr)
        return 2
    breaches = list(CHECKS[sys.argv[2]](sys.argv[1]))
    for path, number, what in breaches:
        print(f"{path}:{number}: {what}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
