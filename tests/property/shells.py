"""The completions in the shells themselves, and the manual through scdoc.

    shells.py PROGRAM CHECK

CHECK is bash, zsh, fish or scdoc. A shell, or scdoc, that is not installed is skipped (exit code 77).
"""
import os
import re
import shutil
import subprocess
import sys

# Words typed, the last one to be completed, and what is offered: all of it, or (with ...) the beginning.
BASH_CASES = [
    ("che", "check"),
    ("check --sari", "--sarif="),
    ("explain --sari", ""),
    ("check --set near-d", "near-duplicate="),
    ("check --set near-duplicate = ", "off flag cut repair drop"),
    ("check --set near-duplicate = dr", "drop"),
    ("check --set = near-duplicate = fl", "flag"),
    ("check --max dup", "duplicates= duplicate-id="),
    ("check --keep = ne", "newest"),
    ("clean -q --keep lo", "longest"),
    ("check --memory ", ""),
    ("check --sarif /et", "/etc"),
    ("check /et", "/etc"),
    ("completion z", "zsh"),
    ("manual ex", "explain"),
]


def run(*words, text=None):
    return subprocess.run(words, input=text, capture_output=True, text=True, check=False)


def syntax(program, shell):
    script = run(program, "completion", shell).stdout
    done = run(shell, "-n", "/dev/stdin", text=script)
    return [] if done.returncode == 0 and script else [f"{shell} -n: {done.stderr}"]


def bash(program):
    problems = syntax(program, "bash")
    lines = [run(program, "completion", "bash").stdout]
    for typed, _ in BASH_CASES:
        words = ["copydesk"] + typed.split(" ")
        lines.append("COMP_WORDS=(" + " ".join(f"'{word}'" for word in words) + f"); COMP_CWORD={len(words) - 1}; COMPREPLY=()\n"
                     '_copydesk 2>/dev/null; echo "${COMPREPLY[*]}"\n')
    offered = run("bash", text="".join(lines)).stdout.split("\n")
    for (typed, expected), got in zip(BASH_CASES, offered + [""] * len(BASH_CASES)):
        if got != expected:
            problems.append(f"copydesk {typed}: offers {got!r}, not {expected!r}")
    return problems


def zsh(program):
    return syntax(program, "zsh")


def fish(program):
    problems = syntax(program, "fish")
    script = run(program, "completion", "fish").stdout
    for typed, expected in (("copydesk che", "check"), ("copydesk check --set near-duplicate=dr", "near-duplicate=drop"),
                            ("copydesk check --max dup", "duplicates="), ("copydesk check --keep ne", "newest"),
                            ("copydesk check --sari", "--sarif"), ("copydesk completion z", "zsh")):
        done = run("fish", "--no-config", text=f"{script}\ncomplete -C '{typed}'\n")
        offered = [line.split("\t")[0] for line in done.stdout.split("\n")]
        if expected not in offered:
            problems.append(f"{typed}: offers {offered[:5]}, not {expected} {done.stderr[:200]}")
    return problems


def scdoc(program):
    problems = []
    commands = re.findall(r"^  (\w+) ", run(program, "help").stdout.split("\n\n")[2], re.M)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "meson.build"), encoding="utf-8") as stream:
        installed = re.search(r"foreach command : \[(.*?)\]", stream.read(), re.S).group(1)
    if re.findall(r"'([\w-]+)'", installed) != commands:
        problems.append(f"docs/meson.build installs pages of {installed}; the commands are {commands}")
    for command in ["", "copydesk.ini"] + commands:
        source = run(program, "manual", *command.split())
        page = run("scdoc", text=source.stdout)
        if source.returncode or page.returncode:
            problems.append(f"manual {command}: {source.stderr}{page.stderr}")
        options = re.findall(r"^  .{4}--([\w-]+)", run(program, "help", *command.split()).stdout, re.M) if command in commands else []
        for option in options:
            if f"--{option}" not in page.stdout.replace("\\-", "-"):
                problems.append(f"manual {command}: no --{option}")
        if command in commands and not options:
            problems.append(f"help {command}: no options found")
    return problems


def main():
    program, check = sys.argv[1:]
    if not shutil.which(check):
        print(f"skipped: no {check}")
        return 77
    problems = globals()[check](program)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
