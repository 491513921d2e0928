"""Properties of the reports: SARIF, JUnit, GitHub, GitLab, Markdown and JSON, of a corpus that means harm.

    reports.py PROGRAM PROPERTY

PROPERTY is a function below: hostile, many, stable, same, official; hostile_long and same_long are the same with ids and
titles of up to a megabyte. Prints what does not hold, and fails then.

The checkers are written from what the formats state: SARIF 2.1.0 (OASIS) and GitHub's page on it, junit-10.xsd, GitHub's
workflow commands, GitLab's page on code quality. `official` validates by the schemas themselves, where COPYDESK_SCHEMAS
names the folder that tests/ci/schemas.sh filled; without it the test is skipped (exit code 77).
"""
import html
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse
import xml.etree.ElementTree

from program import vocabulary

PROGRAM = None
REPORTS = {"--sarif": "sarif", "--junit": "junit", "--gitlab": "gitlab", "--markdown": "markdown", "--json-report": "json",
           "--verdicts": "verdicts"}
HOSTILE = [
    "plain", "\x1b[31mred\x1b[0m", "bell \x07 and \x00 nul", "]]> out of here", "<script>alert(1)</script>", "a|b|c `code` *x*",
    "::set-output name=a::b", "\n::error::injected", "\r\n::add-mask::x", "##[set-output name=a]b", "%0A::warning::x", "a,b:c=d",
    "line\u2028separator\u2029paragraph", "abc\u202Etxt.exe", "\u2066isolate\u2069", "zero\u200Bwidth\uFEFF", "\u0085next line",
    "{0} {{x}} [link](1) [x](javascript:alert(1)) \\", "https://evil.example/ www.evil.example @everyone #12 !55 $x$",
    "&amp; &lt; &#x1F; &nosuch;", "\"quoted\" 'single' \\n", "\U000E0041\U000E0042 tags", "\uE000 private", "\uFFFE\uFFFF\U0001FFFE",
    "é\u0301\u0301\u0301", "العربية עברית 中文 😀\u200D😀", "-- > <!-- x -->", "| --- |\n| x |", "\\| \\\\| |", "=cmd|' /C calc'!A0",
    "%SRCROOT%/x", "../../etc/x", "file:///x", "\t\v\f", "w" * 50, "\x7f\x80\x9f", "ﷺ" * 20,
]
NAMES = ["a b.txt", "::error::x.txt", "n\nl.txt", "100%.txt", "a#b?c.txt", "c:d.txt", "é.txt", "[x](y).txt", "a|b.txt", "`x`.txt",
         "\u202Ex.txt", "--set.txt", b"\xff\xfe.txt", "##[group]x.txt", "<b>.txt", "a,b=c.txt"]
failures = []


def check(holds, what):
    if not holds and len(failures) < 40:
        failures.append(what)
        print(f"does not hold: {what}"[:2000])


# ---- The corpus ----

def text_of(chance, words, n):
    return " ".join(chance.choices(words, k=n)) + "."


def write_lines(path, records):
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as stream:
        for record in records:
            stream.write(record if isinstance(record, str) else json.dumps(record))
            stream.write("\n")


def hostile_corpus(chance, size):
    """Ids, titles, urls and file names that mean harm, on articles with copies, bad records and double ids. The longest
    title has `size` bytes: whatever a report shows of it is less."""
    words = vocabulary(chance, 2000)
    records = []
    for i, bad in enumerate(HOSTILE):
        text = text_of(chance, words, 150)
        records.append({"id": f"{i} {bad}", "title": bad, "text": text, "url": "http://x.example/" + bad})
        records.append({"id": f"copy {bad} {i}", "title": bad * 3, "text": text})
        records.append({"id": f"{i} {bad}", "title": bad, "text": bad + " " + text + " " + bad})
        records.append('{"id": "' + str(i) + '", "text": 3, "title": "' + json.dumps(bad)[1:-1] + '"}')
    long_text = text_of(chance, words, 200)
    for i in range(3):
        records.append({"id": "L" * (size // 3) + str(i), "title": "T" * size, "text": long_text})
        records.append({"id": f"long {i}", "title": "\x1b\u202E" * (size // 5), "text": long_text + " More."})
    write_lines("corpus.jsonl", records)
    os.mkdir(b"folder")
    text = text_of(chance, words, 150)
    for name in NAMES:
        with open(os.path.join(b"folder", name if isinstance(name, bytes) else name.encode()), "w", encoding="utf-8") as stream:
            stream.write(f"Title of {name!r}\n{text}\n")


def plain_corpus(chance, n, copies):
    words = vocabulary(chance, 3000)
    records = []
    for i in range(n):
        text = text_of(chance, words, 120)
        for k in range(copies + 1):
            records.append({"id": f"a{i}-{k}", "title": text_of(chance, words, 6), "text": text})
    return records


class Run:
    def __init__(self, inputs, *options, to="out", command="check"):
        shutil.rmtree(to, ignore_errors=True)
        os.mkdir(to)
        outputs = [word for option, name in REPORTS.items() for word in (option, os.path.join(to, name))]
        self.done = subprocess.run([PROGRAM, command, *inputs, *outputs, "--github", "-q", *options], capture_output=True,
                                   stdin=subprocess.DEVNULL, check=False)
        if not os.path.exists(os.path.join(to, "sarif")):
            sys.exit(f"{inputs} {options}: exit code {self.done.returncode}: {self.done.stderr.decode()}")
        self.files = {"github": self.done.stdout}
        for name in REPORTS.values():
            with open(os.path.join(to, name), "rb") as stream:
                self.files[name] = stream.read()

    def text(self, name):
        return self.files[name].decode("utf-8")

    def json(self, name):
        return json.loads(self.files[name])


# ---- Checkers ----

def shown(text, where, more=""):
    """No control character, nothing that turns text around or hides."""
    for c in text:
        bad = (unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs", "Co", "Cn") and c not in more) or c in "\u200B\u200E\u200F\u061C\uFEFF" \
            or 0x202A <= ord(c) <= 0x202E or 0x2060 <= ord(c) <= 0x206F or ord(c) >= 0xE0000
        if bad:
            check(False, f"{where}: U+{ord(c):04X} in {text[:200]!r}")
            return


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "file" and key != "path":
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def only(thing, allowed, required, where):
    check(isinstance(thing, dict), f"{where}: no object: {thing!r}")
    check(set(thing) <= set(allowed) | set(required), f"{where}: unknown members {set(thing) - set(allowed) - set(required)}")
    check(set(required) <= set(thing), f"{where}: lacks {set(required) - set(thing)}")


def sarif_message(message, where, related):
    only(message, (), ("text",), where)
    text = message["text"]
    check(text.strip(), f"{where}: empty")
    links = re.findall(r"(?<!\\)(?:\\\\)*\[(?:[^\[\]\\]|\\.)*\]\((\d+)\)", text)
    check(all(int(n) in related for n in links), f"{where}: links {links}, related {related}")
    bare = re.sub(r"(?<!\\)((?:\\\\)*)\[((?:[^\[\]\\]|\\.)*)\]\(\d+\)", r"\1\2", text)
    check(not re.search(r"[\[\]]", re.sub(r"\\.", "", bare)), f"{where}: a bracket that is not escaped: {text[:200]!r}")
    check(not re.search(r"[{}]", text.replace("{{", "").replace("}}", "")), f"{where}: a brace that is not doubled: {text[:200]!r}")


def sarif_location(location, where):
    only(location, ("id", "message", "logicalLocations"), ("physicalLocation",), where)
    place = location["physicalLocation"]
    only(place, (), ("artifactLocation", "region"), where)
    uri = place["artifactLocation"]["uri"]
    check(uri and re.fullmatch(r"(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+", uri) and not uri.startswith("/"), f"{where}: uri {uri!r}")
    region = place["region"]
    only(region, ("startColumn", "endLine", "endColumn"), ("startLine",), where)
    check(all(isinstance(n, int) and n >= 1 for n in region.values()), f"{where}: region {region}")


def check_sarif(run):
    data = run.files["sarif"]
    document = json.loads(data)
    check(len(data) <= 10_000_000, f"SARIF has {len(data)} bytes")
    only(document, (), ("$schema", "version", "runs"), "SARIF")
    check(document["version"] == "2.1.0" and len(document["runs"]) == 1, "SARIF: version, one run")
    one = document["runs"][0]
    only(one, ("columnKind",), ("tool", "results", "invocations"), "SARIF run")
    driver = one["tool"]["driver"]
    only(driver, ("semanticVersion",), ("name", "version", "rules"), "SARIF driver")
    ids = [rule["id"] for rule in driver["rules"]]
    check(len(ids) == len(set(ids)), "SARIF: a rule twice")
    for rule in driver["rules"]:
        only(rule, ("properties",), ("id", "shortDescription", "fullDescription", "help", "defaultConfiguration"), rule["id"])
        check(all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")), f"{rule['id']}: an empty text")
        check(len(rule["fullDescription"]["text"]) <= 1024 and len(rule["properties"]["tags"]) <= 10, f"{rule['id']}: too long")
        check(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), f"{rule['id']}: level")
        check("security-severity" not in rule["properties"], f"{rule['id']}: security-severity")
    check(len(one["results"]) <= 5001, f"SARIF: {len(one['results'])} results")
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]
    check(len(prints) == len(set(prints)), "SARIF: a fingerprint twice")
    levels = [("error", "warning", "note").index(result["level"]) for result in one["results"]]
    check(levels == sorted(levels), "SARIF: errors do not come first")
    for i, result in enumerate(one["results"]):
        where = f"SARIF result {i}"
        only(result, ("relatedLocations", "properties", "rank"),
             ("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"), where)
        check(ids[result["ruleIndex"]] == result["ruleId"], f"{where}: ruleIndex")
        related = result.get("relatedLocations", [])
        check(len(result["locations"]) == 1 and len(related) <= 100, f"{where}: locations")
        for location in result["locations"] + related:
            sarif_location(location, where)
        numbers = [location["id"] for location in related]
        check(len(numbers) == len(set(numbers)), f"{where}: ids of related locations")
        sarif_message(result["message"], where, numbers)
    for text in strings(document):
        shown(text, "SARIF")
    return document


def check_junit(run):
    root = xml.etree.ElementTree.fromstring(run.files["junit"])
    known = {"testsuites": {"name", "tests", "failures", "errors", "time"}, "testcase": {"name", "time", "classname", "group"},
             "testsuite": {"name", "tests", "failures", "errors", "skipped"}, "failure": {"type", "message"},
             "error": {"type", "message"}, "system-out": set()}
    inside = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "error", "system-out"},
              "failure": set(), "error": set(), "system-out": set()}
    check(root.tag == "testsuites", "JUnit: root")
    for element in root.iter():
        check(element.tag in known and set(element.attrib) <= known[element.tag], f"JUnit: {element.tag} {element.attrib}")
        check({child.tag for child in element} <= inside[element.tag], f"JUnit: inside {element.tag}")
        for text in [element.text or "", *element.attrib.values()]:
            shown(text, "JUnit", "\n")
    for suite in root:
        check(int(suite.get("tests")) == len(suite), f"JUnit: {suite.get('name')} says {suite.get('tests')} tests")
        for kind, name in (("failures", "failure"), ("errors", "error")):
            n = sum(1 for case in suite if case.find(name) is not None)
            check(int(suite.get(kind)) == n, f"JUnit: {suite.get('name')} says {suite.get(kind)} {kind}, has {n}")
        names = [(case.get("classname"), case.get("name")) for case in suite]
        check(len(names) == len(set(names)), "JUnit: a test case twice")
    return root


def check_github(run):
    text = run.text("github")
    check(text == "" or text.endswith("\n"), "GitHub: the last line has no end")
    counts = {}
    lines = text.split("\n")[:-1]
    for i, line in enumerate(lines):
        match = re.fullmatch(r"::(error|warning|notice) file=([^,:]+),line=\d+(?:,endLine=\d+)?(?:,col=\d+,endColumn=\d+)?"
                             r",title=[a-z0-9-]+::(.+)", line)
        if match:
            counts[match.group(1)] = counts.get(match.group(1), 0) + 1
            check(not re.search(r"%(?!25|0D|0A|3A|2C)", line), f"GitHub: a percent sign that is not escaped: {line[:200]}")
        else:
            check(i == len(lines) - 1 and re.fullmatch(r"copydesk: \d+ annotations; [\d,]+ more [a-z A-Z(),]+", line),
                  f"GitHub: no annotation: {line[:200]!r}")
        shown(line, "GitHub")
        check("\r" not in line, "GitHub: CR")
    check(all(n <= 10 for n in counts.values()), f"GitHub: {counts}")


def check_gitlab(run):
    check(not run.files["gitlab"].startswith(b"\xef\xbb\xbf"), "GitLab: BOM")
    findings = run.json("gitlab")
    check(isinstance(findings, list), "GitLab: no array")
    for one in findings:
        only(one, (), ("description", "check_name", "fingerprint", "severity", "location"), "GitLab")
        only(one["location"], (), ("path", "lines"), "GitLab location")
        only(one["location"]["lines"], ("end",), ("begin",), "GitLab lines")
        check(one["severity"] in ("info", "minor", "major", "critical", "blocker"), "GitLab severity")
        check(one["location"]["path"] and not one["location"]["path"].startswith(("/", "./")), f"GitLab: {one['location']}")
        check(isinstance(one["location"]["lines"]["begin"], int), "GitLab: line")
        shown(one["description"], "GitLab")
    prints = [one["fingerprint"] for one in findings]
    check(len(prints) == len(set(prints)), "GitLab: a fingerprint twice")
    return findings


def check_markdown(run):
    text = run.text("markdown")
    check(len(run.files["markdown"]) <= 1 << 20, "Markdown: more than 1 MiB")
    shown(text, "Markdown", "\n")
    tags = re.sub(r"</?code>", "", text)
    check("<" not in tags and "`" not in tags, "Markdown: a tag or a backtick of an article")
    columns = None
    for line in text.split("\n"):
        cells = line.count("|")
        if line.startswith("|"):
            columns = columns or cells
            check(cells == columns, f"Markdown: {cells} bars, not {columns}: {line[:200]}")
        else:
            columns = None
    for code in re.findall(r"<code>(.*?)</code>", text):
        check(re.fullmatch(r"(?:[A-Za-z0-9 ,\-/%().]|&#\d+;|[^\x00-\x7f])*", code), f"Markdown: {code[:200]}")
        check(not re.search(r"(?i)www\.", code), f"Markdown: a link in {code[:200]}")
        check("<" not in html.unescape(code) or "&#60;" in code, "Markdown: <")


def check_json(run):
    report = run.json("json")
    summary = report["summary"]
    check(summary["read"] == summary["kept"] + summary["dropped"] + summary["rejected"], "JSON report: sum")
    verdicts = [json.loads(line) for line in run.files["verdicts"].splitlines()]
    check(summary["read"] == len(verdicts), "JSON report: read")
    counted = {}
    for verdict in verdicts:
        for finding in verdict["findings"]:
            counted[finding["rule"]] = counted.get(finding["rule"], 0) + 1
    check({r["rule"]: r["findings"] for r in report["rules"] if r["findings"]} == counted, "JSON report: findings by rule")
    for text in strings({k: v for k, v in report.items() if k != "options"}):
        shown(text, "JSON report")
    sizes = [cluster["articles"] for cluster in report["clusters"]]
    check(sizes == sorted(sizes, reverse=True), "JSON report: clusters by size")
    members = {}
    for verdict in verdicts:
        members[verdict["cluster"]] = members.get(verdict["cluster"], 0) + 1
    true_sizes = sorted((n for n in members.values() if n > 1), reverse=True)[:len(sizes)]
    check(len(set(v["id"] for v in verdicts)) < len(verdicts) or sizes == true_sizes, f"JSON report: sizes {sizes} {true_sizes}")
    return report


def check_all(run):
    check_sarif(run)
    check_junit(run)
    check_github(run)
    check_gitlab(run)
    check_markdown(run)
    check_json(run)


# ---- Properties ----

def hostile(size=30_000):
    """Whatever an article says, every report is valid, and shows it without doing what it says."""
    hostile_corpus(random.Random(7), size)
    run = Run(["corpus.jsonl", "folder"], "--max-bad", "100%")
    check_all(run)
    paths = {urllib.parse.unquote_to_bytes(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
             for r in run.json("sarif")["runs"][0]["results"]}
    # One of the copies in the folder is kept, and not all others are named first; but what is named is there.
    check(all(os.path.exists(path) for path in paths), f"SARIF: a file that is not there: {paths}")
    # Paths that are not below the folder where the program runs, and standard input.
    os.mkdir("elsewhere")
    os.chdir("elsewhere")
    outside = Run([os.path.abspath("../folder"), "../corpus.jsonl"], "--max-bad", "100%")
    for place in (r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                  for r in outside.json("sarif")["runs"][0]["results"]):
        check(place.startswith(("file:///", "../")), f"SARIF: uri {place}")
    os.chdir("..")
    inside = Run([os.path.abspath("folder"), "./corpus.jsonl"], "--max-bad", "100%")
    relative = Run(["folder", "corpus.jsonl"], "--max-bad", "100%")
    places = [[(f["location"], f["fingerprint"]) for f in one.json("gitlab")] for one in (inside, relative)]
    check(places[0] == places[1], "GitLab: an absolute path is not made relative")
    check(os.getcwd() not in re.sub(r"::.*? file=(\S*?),|.*", r"\1", inside.text("github")), "GitHub: an absolute path")
    failed = Run(["corpus.jsonl", "folder"])
    check_all(failed)
    told = failed.json("sarif")["runs"][0]["invocations"][0]
    check(failed.done.returncode == 2 and told["exitCode"] == 2 and not told["executionSuccessful"] and
          told["toolExecutionNotifications"], f"SARIF: a run that failed says {told}")
    check(check_junit(failed).find(".//error") is not None, "JUnit: a run that failed has no error")
    clean = Run(["folder"], command="clean")
    check_all(clean)


def many():
    """More findings than any reader takes: caps hold, the largest clusters come first, and what is left out is counted."""
    chance = random.Random(8)
    records = plain_corpus(chance, 2300, 1)
    for i in range(40):
        records += [dict(records[2 * i], id=f"more-{i}-{k}") for k in range(i)]
    records += ["{"] * 2600
    chance.shuffle(records)
    write_lines("corpus.jsonl", records)
    run = Run(["corpus.jsonl"], "--max-bad", "100%")
    check_all(run)
    report = run.json("json")
    check(report["clusters"][0]["articles"] == 41 and len(report["clusters"]) == 200, "the largest cluster comes first")
    results = run.json("sarif")["runs"][0]["results"]
    listed = {}
    for result in results[:-1]:
        listed[result["ruleId"]] = listed.get(result["ruleId"], 0) + result["properties"]["articles"]
    last = results[-1]
    check(last["ruleId"] == "not-listed", "SARIF: the last result tells what is not listed")
    for rule in report["rules"]:
        left = rule["articles"] - listed.get(rule["rule"], 0)
        text = f"{rule['rule']} {left:,}"
        check(rule["rule"] == "same-template" or (text in last["message"]["text"]) == (left > 0), f"not listed: {text}: {last}")


def stable():
    """A fingerprint does not follow the line, the file name or the order of records."""
    chance = random.Random(9)
    records = plain_corpus(chance, 30, 2) + ["{bad", '{"text": 1}'] + \
        [{"id": "same", "title": "x", "text": text_of(chance, ["word", "other"], 8)} for _ in range(2)]
    write_lines("corpus.jsonl", records)
    before = Run(["corpus.jsonl"], "--max-bad", "100%")
    moved = [{"id": f"new-{i}", "title": "new", "text": text_of(chance, vocabulary(chance, 500), 90)} for i in range(5)] + records
    write_lines("renamed.jsonl", moved)
    after = Run(["renamed.jsonl"], "--max-bad", "100%")

    def prints(run):
        return {r["partialFingerprints"]["primaryLocationLineHash"] for r in run.json("sarif")["runs"][0]["results"]}
    check(prints(before) and prints(before) <= prints(after), f"fingerprints changed: {prints(before) ^ prints(after)}")
    check({f["fingerprint"] for f in before.json("gitlab")} <= {f["fingerprint"] for f in after.json("gitlab")}, "GitLab: changed")
    # Two records with one content have two fingerprints.
    write_lines("twice.jsonl", ["{bad", "{bad", "{bad"] + records)
    check_all(Run(["twice.jsonl"], "--max-bad", "100%"))


def same(size=30_000):
    """The same bytes for any number of threads and any memory limit."""
    hostile_corpus(random.Random(10), size)
    first = Run(["corpus.jsonl", "folder"], "--max-bad", "100%", "-j1")
    for options in (["-j3"], ["-j2", "--memory", "64M"], ["-j1", "--cpu", "portable"]):
        again = Run(["corpus.jsonl", "folder"], "--max-bad", "100%", *options)
        for name, data in first.files.items():
            check(again.files[name] == data, f"{name} differs with {options}")


def hostile_long():
    hostile(1_000_000)


def same_long():
    same(1_000_000)


def official():
    """Valid by the schemas of the formats themselves."""
    schemas = os.environ.get("COPYDESK_SCHEMAS", "")
    sarif = os.path.join(schemas, "sarif-2.1.0.json")
    junit = os.path.join(schemas, "junit-10.xsd")
    hostile_corpus(random.Random(11), 30_000)
    run = Run(["corpus.jsonl", "folder"], "--max-bad", "100%")
    n = 0
    sys.path.append(os.path.join(schemas, "python"))
    try:
        import jsonschema
        if os.path.exists(sarif):
            with open(sarif, encoding="utf-8") as stream:
                schema = json.load(stream)
            for error in jsonschema.Draft4Validator(schema).iter_errors(run.json("sarif")):
                check(False, f"SARIF: {list(error.absolute_path)}: {error.message[:300]}")
            print("validated by sarif-2.1.0.json")
            n += 1
    except ImportError:
        pass
    if os.path.exists(junit) and shutil.which("xmllint"):
        done = subprocess.run(["xmllint", "--noout", "--schema", junit, "out/junit"], capture_output=True, text=True, check=False)
        check(done.returncode == 0, f"JUnit: {done.stderr}")
        print("validated by junit-10.xsd")
        n += 1
    if n == 0:
        print("skipped: no schemas; tests/ci/schemas.sh gets them")
        sys.exit(77)


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        globals()[sys.argv[2]]()
        os.chdir("/")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
