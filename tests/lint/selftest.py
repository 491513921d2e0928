"""Shows that each check of source.py can fail: makes a small tree that is in order, breaks one rule at a time."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

GOOD = {
    "src/copydesk.h": "int copydesk_version(void);\n",
    "src/copydesk.c": '#include "copydesk.h"\n#include "shingle.h"\n#include "write/write.h"\n',
    "src/article.h": '#include "base/str.h"\n',
    "src/base/str.h": "struct str;\n",
    "src/base/mem.c": "void f(void *p) { free(p); }\n",
    "src/shingle.h": "void shingle(void);\n",
    "src/shingle.c": '#include "shingle.h"\n#include "article.h"\n// strcpy(a, b) in a comment\n'
                     'const char *s = "malloc(1) in a string";\n',
    "src/shingle_x86.c": '#include "shingle.h"\n',
    "src/write/write.h": "void write_all(void);\n",
    "src/write/write_text.c": '#include "write/write.h"\n#include "copydesk.h"\n',
    "src/cli/main.c": '#include "copydesk.h"\nint main(void) { printf("x"); free(malloc(1)); }\n',
    "src/meson.build": "files('base/mem.c', 'copydesk.c', 'shingle.c', 'shingle_x86.c', 'write/write_text.c', 'cli/main.c')\n",
    "tests/meson.build": "unit_tests = ['shingle']\nfuzz = ['jsonl']\n",
    "tests/unit/test_shingle.c": "int main(void) { return 0; }\n",
    "tests/fuzz/fuzz_jsonl.c": "int x;\n",
    "tests/fuzz/driver.c": "int y;\n",
}

# Check, file, what is added to it (or the file's whole text when it is new).
BREACHES = [
    ("includes", "src/shingle.c", '#include "write/write.h"\n'),
    ("includes", "src/write/write_text.c", '#include "shingle.h"\n'),
    ("includes", "src/base/mem.c", '#include "article.h"\n'),
    ("includes", "src/cli/main.c", '#include "base/str.h"\n'),
    ("includes", "src/copydesk.h", '#include "base/str.h"\n'),
    ("includes", "src/shingle.c", '#include "../article.h"\n'),
    ("functions", "src/shingle.c", "void g(char *a) { strcpy(a, a); }\n"),
    ("functions", "src/shingle.c", "void *g(void) { return malloc(1); }\n"),
    ("functions", "src/shingle.c", "void g(void) { exit(1); }\n"),
    ("functions", "src/cli/main.c", "void g(char *a) { sprintf(a, a); }\n"),
    ("listed", "tests/unit/test_token.c", "int main(void) { return 0; }\n"),
    ("listed", "tests/property/prop_token.c", "int main(void) { return 0; }\n"),
    ("listed", "tests/fuzz/fuzz_csv.c", "int x;\n"),
    ("listed", "src/token.c", "int x;\n"),
    ("listed", "tests/property/whole.py", "print()\n"),
    ("listed", "src/dump", "what a program left there\n"),
    ("listed", "src/meson.build", "files('base/mem.c', 'copydesk.c', 'base/mem.c')\n"),
    ("listed", "tests/meson.build", "more = [\n  'token',\n  'token',\n]\n"),
    ("size", "src/shingle.c", "int x;\n" * 1001),
    ("size", "src/shingle.c", "//" + "x" * 120 + "\n"),
    ("size", "src/shingle.c", "\tint x;\n"),
    ("size", "src/shingle.c", "int x; \n"),
    ("notes", "src/shingle.c", "// TO" + "DO: later\n"),
    ("paths", "src/shingle.c", '// see /ho' + "me/somebody/notes\n"),
    ("scripts", "tests/a.py", "def f(:\n"),
    ("scripts", "tests/a.sh", "if true; then\n"),
    ("paths", "docs/a.md", "cd /ro" + "ot/x\n"),
]


def run(root, check):
    return subprocess.run([sys.executable, os.path.join(HERE, "source.py"), root, check], capture_output=True, text=True)


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as stream:
        stream.write(text)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as root:
        for path, text in GOOD.items():
            write(root, path, text)
        for check in sorted({breach[0] for breach in BREACHES}):
            result = run(root, check)
            if result.returncode != 0:
                failed += 1
                print(f"{check}: complains about a tree that is in order:\n{result.stdout}{result.stderr}")
        for check, path, text in BREACHES:
            write(root, path, GOOD.get(path, "") + text)
            result = run(root, check)
            if result.returncode != 1 or path not in result.stdout:
                failed += 1
                print(f"{check}: does not find, in {path}: {text[:60]!r}\n{result.stdout}{result.stderr}")
            if path in GOOD:
                write(root, path, GOOD[path])
            else:
                os.remove(os.path.join(root, path))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
