"""What the page of `copydesk report` holds: read as a file, and opened in a real browser.

    page.py PROGRAM PROPERTY

PROPERTY is a function below. agrees, same and still need no browser; works, hostile, plain, large and contrast open the
page in Chromium (browser.py) and are skipped (exit code 77) where there is none. Prints what does not hold, and fails then.
"""
import html.parser
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse

import browser

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "..", "fixtures")
INPUTS = [os.path.join(FIXTURES, name) for name in ("wire.jsonl", "archive.csv", "crawl.wet", "notes", "latin1.tsv", "damaged.jsonl")]
MOST_BYTES = 5_000_000
PROGRAM = None
failures = []
HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>", "<!--<script>", "]]>", "-->",
    "\u202Egnp.exe\u202C", "\u2066isolate", "zero\u200Bwidth\uFEFF", "nul \x00 bell \x07 \x1b[31m", "line\u2028separator\u2029", "'\"><svg onload=alert(4)>",
    "javascript:alert(5)", "{{data}} {{css}} ${alert(6)}", "&lt;b&gt; &amp;", "\\u003cscript\\u003e", "__proto__", "constructor", "\uFFFE\U0001FFFF\uE000",
    "W" * 3000, "é\u0301\u0301", "العربية <b>עברית</b>", "#cluster=x", "%3Cscript%3E", "😀\u200D😀", "\t\r\n\v\f", "",
]


def check(holds, what):
    if not holds and len(failures) < 40:
        failures.append(what)
        print(f"does not hold: {what}"[:2000])


# ---- Pages ----

def made(chance, n, copies=3, sources=40):
    """n articles of made words, about a third of them copies, some edited, some with a line that all share."""
    words = ["".join(chance.choices("aeiou" if k % 2 else "bdfgklmnprstvz", k=1)[0] for k in range(chance.randint(3, 9))) for _ in range(4000)]
    records = []
    while len(records) < n:
        text = chance.choices(words, k=chance.randint(60, 160))
        for _ in range(1 + (chance.randrange(copies + 1) if chance.random() < 0.3 else 0)):
            own = list(text)
            if chance.random() < 0.5:
                own[chance.randrange(len(own))] = "changed"
            body = " ".join(own).capitalize() + "."
            if chance.random() < 0.3:
                body += "\nShare this article with your friends and neighbours today."
            if chance.random() < 0.02:
                body = body.replace("a", "Ã¤", 3)
            day = chance.randrange(1, 28)
            records.append({"id": f"m{len(records)}", "title": " ".join(text[:6]).capitalize(), "text": body, "date": f"2023-0{chance.randrange(1, 9)}-{day:02}",
                            "source": f"Outlet {chance.randrange(sources)}"})
    return records[:n]


def write(path, records):
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as stream:
        for record in records:
            stream.write(record if isinstance(record, str) else json.dumps(record))
            stream.write("\n")


def run(inputs, *options, command="report", to="report.html"):
    more = ["-o", to] if command == "report" else ["--report", to]
    done = subprocess.run([PROGRAM, command, *inputs, *more, *options], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if not os.path.exists(to):
        sys.exit(f"{inputs} {options}: exit code {done.returncode}: {done.stderr.decode()}")
    return done


def read(path="report.html"):
    with open(path, "rb") as stream:
        data = stream.read()
    check(len(data) <= MOST_BYTES, f"{path} has {len(data)} bytes")
    return data.decode("utf-8")


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))


def url(path="report.html"):
    return "file://" + urllib.parse.quote(os.path.realpath(path))


# ---- Without a browser ----

def rows(page, part):
    """The cells of the rows of the first table behind an id."""
    body = page[page.index(f'id="{part}"'):]
    body = body[body.index("<tbody>"):body.index("</tbody>")]
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)]


def number(text):
    return int(re.sub(r"[^0-9]", "", text))


def agrees():
    """Every figure is the one that summary, verdicts and pairs say."""
    chance = random.Random(5)
    write("corpus.jsonl", made(chance, 3000) + ["{broken"] + [{"id": "empty", "title": "", "text": ""}])
    done = run(["corpus.jsonl"], "--verdicts", "verdicts", "--pairs", "pairs", "--json", "--exit-zero", "--max-bad", "100%", command="check")
    summary = json.loads(done.stdout)
    with open("verdicts", encoding="utf-8") as stream:
        verdicts = [json.loads(line) for line in stream]
    with open("pairs", encoding="utf-8") as stream:
        pairs = [line.split("\t") for line in stream][1:]
    page = read()
    data = data_of(page)
    for name, value in data["summary"].items():
        if name in summary:
            check(summary[name] == value, f"summary {name}: {value}, not {summary[name]}")
    check(data["summary"]["read"] == len(verdicts), "read")

    left, articles, findings = {}, {}, {}
    members = {}
    for verdict in verdicts:
        members.setdefault(verdict["cluster"], []).append(verdict)
        for rule in {f["rule"] for f in verdict["findings"]}:
            articles[rule] = articles.get(rule, 0) + 1
        for finding in verdict["findings"]:
            findings[finding["rule"]] = findings.get(finding["rule"], 0) + 1
        if verdict["action"] in ("drop", "reject"):
            why = next(f["rule"] for f in verdict["findings"] if f["action"] == verdict["action"])
            left[why] = left.get(why, 0) + 1
    for rule, _, _, _, n_articles, n_findings, n_left in data["rules"]:
        check((n_articles, n_findings, n_left) == (articles.get(rule, 0), findings.get(rule, 0), left.get(rule, 0)), f"rule {rule}")
    check(sum(left.values()) == data["summary"]["dropped"] + data["summary"]["rejected"], "what goes is what was dropped and rejected")
    steps = {row[0]: number(row[1]) for row in rows(page, "waterfall")}
    check(steps["read"] - sum(left.values()) == steps["kept"] == data["summary"]["kept"], f"waterfall {steps}")
    check({k: v for k, v in steps.items() if k in left} == left, "steps of the waterfall")

    sizes = {}
    for group in members.values():
        if len(group) > 1:
            sizes[len(group)] = sizes.get(len(group), 0) + 1
    check(dict(map(tuple, data["sizes"])) == sizes, f"sizes {data['sizes']}, not {sizes}")
    check(sum(sizes.values()) == summary["clusters"], "clusters")

    with open("corpus.jsonl", encoding="utf-8") as stream:
        source = {f"m{i}": json.loads(line)["source"] for i, line in enumerate(stream) if line.startswith('{"id": "m')}
    for row in data["sources"]:
        mine = [v for v in verdicts if source.get(v["id"]) == row[0]]
        kept = sum(v["action"] in ("keep", "clean") for v in mine)
        copies = sum(v["cluster"] != v["id"] for v in mine)
        copied = sum(source.get(v["cluster"]) == row[0] and v["cluster"] != v["id"] for v in verdicts)
        check([row[1], row[2], row[5], row[6]] == [len(mine), kept, copies, copied], f"source {row}")
    check(sum(row[1] for row in data["sources"]) == summary["read"], "all of it is of some source")
    flows = re.search(r'<table class="flows">.*?</table>', page, re.S).group()
    check(sum(number(n) for n in re.findall(r'<td class="number heat[^>]*>([0-9,]+)</td>', flows)) == summary["removable"], "map of copying")

    check(sum(map(sum, data["bins"].values())) == len(pairs), "histogram of pairs")
    for rule, bins in data["bins"].items():
        check(sum(bins) == sum(pair[2] == rule for pair in pairs), f"histogram of {rule}")
    by_id = {v["id"]: v for v in verdicts}
    for cluster in data["clusters"]:
        head = data["articles"][cluster["head"]][0]
        check(cluster["size"] == len(members[head]), f"size of {head}")
        for member in cluster["members"]:
            verdict = by_id[data["articles"][member[0]][0]]
            check(verdict["cluster"] == head, f"{verdict['id']} in {head}")
            check(len(member) == 2 or any((f["rule"], f.get("jaccard"), f.get("containment")) == (data["rules"][member[2]][0], member[3], member[4])
                                          for f in verdict["findings"]), f"figures of {verdict['id']}")
    counted = {(f["rule"], f["articles"], f["clusters"]) for v in verdicts for f in v["findings"] if f.get("articles")}
    check({(data["rules"][line[0]][0], line[1], line[2]) for line in data["lines"] if line[1]} == counted, "lines")
    check(data["files"][0][:2] == ["corpus.jsonl", len(verdicts)], "input")


def same():
    """The same bytes for any number of threads, instruction set and memory; other bytes for other inputs."""
    write("corpus.jsonl", made(random.Random(6), 4000))
    run(["corpus.jsonl"], "-j1", to="one.html")
    run(["corpus.jsonl"], "-j4", "--cpu", "portable", "--memory", "64M", to="two.html")
    check(read("one.html") == read("two.html"), "the page depends on threads, instructions or memory")
    write("corpus.jsonl", made(random.Random(7), 4000))
    run(["corpus.jsonl"], to="two.html")
    check(data_of(read("one.html"))["files_print"] != data_of(read("two.html"))["files_print"], "fingerprint of the input")


class Tags(html.parser.HTMLParser):
    """Counts elements; whatever could run or load is a failure."""
    RUNS = {"img", "iframe", "object", "embed", "video", "audio", "link", "base", "form", "frame", "template", "math", "foreignobject"}

    def __init__(self):
        super().__init__()
        self.counts = {}
        self.inside = None

    def handle_starttag(self, tag, attrs):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        check(tag not in self.RUNS, f"<{tag}> in the page")
        for name, value in attrs:
            check(not name.startswith("on") and name not in ("src", "style", "srcdoc", "action", "formaction"), f"<{tag} {name}={value}>")
            check(name != "href" or value.startswith("#"), f"href={value}")


def hostile_corpus():
    chance = random.Random(8)
    records = []
    for i, bad in enumerate(HOSTILE):
        text = made(chance, 1)[0]["text"]
        for k in range(3):
            records.append({"id": f"{bad} {i}-{k}", "title": bad if k else f"{bad} title", "text": f"{bad} {text} {bad}\n{bad}", "source": bad, "url": "http://x.example/" + bad,
                            "date": f"2024-01-0{k + 1}"})
    records.append('{"id": "b", "title": "' + json.dumps(HOSTILE[0])[1:-1] + '", "text": 3}')
    records.append({"id": "L" * 100_000, "title": "T" * 300_000, "text": "x" * 2_000_000})
    write("<img src=x onerror=alert(7)>.jsonl", records)
    os.mkdir(b"folder")
    for name in (b"\xff\xfe<script>.txt", b"a\n<b>.txt", "\u202Eoffs.txt".encode()):
        with open(os.path.join(b"folder", name), "w", encoding="utf-8") as stream:
            stream.write("A title\n" + made(chance, 1)[0]["text"])
    return ["<img src=x onerror=alert(7)>.jsonl", "folder"]


def still():
    """What articles say is text in the file: no element, no attribute, no character that hides or turns."""
    run(hostile_corpus(), "--max", "bad-record=off")
    page = read()
    tags = Tags()
    tags.feed(page)
    check(tags.counts.get("script") == 2 and tags.counts.get("style") == 1 and tags.counts.get("meta") == 5, f"elements: {tags.counts}")
    check("{{" not in page.split('<script type="application/json"')[0].replace("{{data}} {{css}}", ""), "a name was not filled in")
    for c in set(page):
        check(unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs") or c in "\n\u200D", f"U+{ord(c):04X} in the page")
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    check(not re.search("[<>&]", data), "< > & in the data")
    check("default-src 'none'" in page and "unsafe-inline" not in page, "policy")
    json.loads(data)


# ---- In the browser ----

def quiet(page, what):
    check(not page.trouble, f"{what}: {page.trouble}")


def fixture_page():
    run(INPUTS)
    read()
    return url()


def works():
    """Sorting, filters, deep links, word diff, theme, keyboard."""
    address = fixture_page()
    data = data_of(read())
    with browser.Browser() as chromium:
        page = chromium.open(address)
        column = "[...document.querySelectorAll('#clusters tbody tr')].map(row => row.cells[0].textContent)"
        sizes = [int(n) for n in page.run(column)]
        check(len(sizes) == 25 and sizes == sorted(sizes, reverse=True), f"clusters are not sorted: {sizes}")
        page.run("document.querySelector('#clusters thead button').click()")
        sizes = [int(n) for n in page.run(column)]
        check(sizes == sorted(sizes), f"clusters are not sorted upwards: {sizes}")
        check(page.run("document.querySelector('#clusters thead th').getAttribute('aria-sort')") == "ascending", "aria-sort")
        page.run("(() => { const box = document.querySelector('#clusters input'); box.value = 'FERRY'; box.dispatchEvent(new Event('input')); })()")
        found = page.run("document.querySelector('#clusters tbody').textContent")
        check("erry" in found and page.run("document.querySelectorAll('#clusters tbody tr').length") < 10, f"filter: {found[:300]}")

        # Unfolding by keyboard, then a word diff.
        page.run("document.querySelector('#clusters button.link').focus()")
        page.press("Enter")
        check(page.run("document.activeElement.getAttribute('aria-expanded')") == "true", "the row is not open, or lost the focus")
        check("First published by" in page.run("document.querySelector('.detail').textContent"), "timeline")
        page.run("[...document.querySelectorAll('.detail button')].find(b => b.textContent === 'Compare').focus()")
        page.press("Enter")
        check(page.run("document.getElementById('diff').open"), "no dialog")
        reason = page.run("document.querySelector('#diff .reason').textContent")
        check(re.search(r"is an? [a-z]+-(duplicate|copy) of .*shared words", reason), f"reason: {reason}")
        check(page.run("document.querySelectorAll('#diff .side').length") == 2, "two sides")
        check(page.run("document.activeElement.closest('#diff') !== null"), "the focus is not in the dialog")
        page.press("Escape")
        check(not page.run("document.getElementById('diff').open"), "Escape does not close the dialog")

        # The diff of a pair whose difference is known.
        near = next(c for c in data["clusters"] if c["copies"][1] and any(data["articles"][m[0]][0] == "near-marfa" for m in c["members"]))
        head = data["articles"][near["head"]][0]
        page.run(f"location.hash = '#cluster={urllib.parse.quote(head)}'")
        page.run("new Promise(done => setTimeout(done, 50))")
        check(head in page.run("document.querySelector('.detail').textContent"), "deep link to a cluster")
        page.run("[...document.querySelectorAll('.detail button')].find(b => b.textContent === 'Compare').click()")
        check(page.run("document.querySelectorAll('#diff del').length > 0 && document.querySelectorAll('#diff ins').length > 0"), "nothing is marked")
        member = next(m for m in near["members"] if len(m) > 2)
        both = int(re.search(r"(\d+) stand in both", page.run("document.getElementById('diff').textContent")).group(1))
        check(both >= 0.95 * member[6], f"{both} words in both here, {member[6]} by the program")
        same_words = page.run("(() => { const words = (s) => { const c = s.cloneNode(true); c.querySelectorAll('del, ins').forEach(d => d.remove());"
                              " return c.textContent.toLowerCase().match(/[\\p{L}\\p{N}\\p{M}]+/gu).join(' '); };"
                              " const sides = [...document.querySelectorAll('#diff .body')].map(words); return sides[0] === sides[1]; })()")
        check(same_words, "what is not marked differs")
        check(page.run("getComputedStyle(document.querySelector('#diff .body')).direction") == "rtl", "Arabic does not run from right to left")
        page.press("Escape")

        page.run(f"location.hash = '#article={urllib.parse.quote('near-marfa')}'")
        page.run("new Promise(done => setTimeout(done, 50))")
        check("near-marfa" in page.run("document.getElementById('diff').textContent"), "deep link to an article")
        page.press("Escape")
        page.run("location.hash = '#article=no such'")
        page.run("new Promise(done => setTimeout(done, 50))")
        check("no such" in page.run("document.getElementById('diff').textContent"), "deep link to nothing")
        page.press("Escape")

        back = "getComputedStyle(document.body).backgroundColor"
        light = page.run(back)
        page.run("document.getElementById('theme').click()")
        check(page.run(back) != light and page.run("document.documentElement.dataset.theme") == "dark", "theme")
        for part, least in (("#title-cards .card", 5), ("#damages .card", 5), ("#lines tbody tr", 5), ("#source-charts .multiple", 10), ("#similarity-chart rect", 3), ("#pairs .card", 4)):
            check(page.run(f"document.querySelectorAll('{part}').length") >= least, f"hardly any {part}")
        quiet(page, "fixtures")
        page.close()

        page = chromium.open(address, dark=True, width=390)
        check(page.run(back) != light, "the system asks for dark")
        check(page.run("document.documentElement.scrollWidth <= 390"), "the page is wider than a telephone")
        quiet(page, "narrow")
        page.close()
        page = chromium.open(address + "#cluster=" + urllib.parse.quote(head))
        check(head in page.run("document.querySelector('.detail')?.textContent || ''"), "a deep link at the start")
        quiet(page, "deep link")


def hostile():
    """Articles that mean harm: nothing runs, nothing is asked for, no element comes in, whatever is opened."""
    run(hostile_corpus(), "--max", "bad-record=off")
    read()
    with browser.Browser() as chromium:
        page = chromium.open(url())
        page.run("document.querySelectorAll('#clusters button.link').forEach(b => b.click())")
        for i in range(page.run("[...document.querySelectorAll('#clusters button.link')].length")):
            page.run(f"(() => {{ const b = document.querySelectorAll('#clusters button.link')[{i}]; if (b.getAttribute('aria-expanded') === 'false') b.click(); }})()")
        page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        n = page.run("[...document.querySelectorAll('button')].filter(b => b.textContent === 'Compare').length")
        check(n > 20, f"{n} pairs to compare")
        for i in range(n):
            page.run(f"[...document.querySelectorAll('main button')].filter(b => b.textContent === 'Compare')[{i}].click()")
            if i % 8 == 0:
                injected(page)
            page.run("document.getElementById('diff').close()")
        for link in page.run("[...new Set([...document.querySelectorAll('main a[href^=\"#\"]')].map(a => a.getAttribute('href')))]"):
            page.run(f"location.hash = {json.dumps(link)}")
        page.run("new Promise(done => setTimeout(done, 100))")
        injected(page)
        quiet(page, "hostile")


def injected(page):
    strange = page.run("""[...document.querySelectorAll('*')].filter(e => ['IMG','IFRAME','OBJECT','EMBED','LINK','BASE','FORM','TEMPLATE'].includes(e.tagName)
        || (e.tagName === 'SCRIPT' && !document.body.contains(e)) || [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style'
        || (a.name === 'href' && !a.value.startsWith('#')))).map(e => e.outerHTML.slice(0, 200))""")
    check(strange == [] and page.run("document.scripts.length") == 2, f"came in: {strange}")


def plain():
    """Without script the main figures are there to be read."""
    address = fixture_page()
    summary = data_of(read())["summary"]
    with browser.Browser() as chromium:
        page = chromium.open(address, script=False)
        text = page.run("document.body.innerText")
        for words in ("Over the limit", f"{summary['read']} articles read", "duplicates", "failed", "limit 1%", "exact-duplicate", "kept", "of them cleaned", "El Heraldo",
                      "near-duplicate", "fingerprint", "which copy stays"):
            check(words in text, f"without script the page does not say {words!r}")
        check("Theme" not in text and "Find" not in text, "controls that do nothing are shown")
        quiet(page, "without script")


def large():
    """100,000 articles: the page stays small, and opens."""
    write("corpus.jsonl", made(random.Random(9), 100_000, sources=3000))
    run(["corpus.jsonl"])
    size = len(read())
    with browser.Browser() as chromium:
        page = chromium.open(url())
        check(page.run("document.querySelectorAll('#clusters tbody tr').length") >= 25, "no clusters")
        check("drawn from the others" in page.run("document.getElementById('clusters').textContent"), "the page does not say that it shows a sample")
        quiet(page, "large")
        print(f"{size} bytes, open in {page.seconds:.2f} s")


CONTRAST = """(() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat([1]);
  const back = (e) => { const layers = []; for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); layers.push(c); if (c[3] === 1) break; }
    return layers.reduceRight((under, layer) => over(layer, under), [255, 255, 255, 1]); };
  const lum = (c) => { const l = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const bad = new Set();
  let n = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || e.closest('script, style, noscript') || !e.checkVisibility()) continue;
    const s = getComputedStyle(e);
    const colour = e instanceof SVGElement ? s.fill : s.color;
    const under = back(e), ink = over(parse(colour), under);
    const [x, y] = [lum(ink), lum(under)].sort((a, b) => b - a);
    const ratio = (x + 0.05) / (y + 0.05), size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    n++;
    if (ratio < (large ? 3 : 4.5)) bad.add(`${e.tagName}.${e.getAttribute('class')} ${colour} on ${under.map(Math.round)}: ${ratio.toFixed(2)}`);
  }
  return [n, [...bad]];
})()"""


def contrast():
    """All text has the contrast that WCAG 2.1 AA asks for, dark and light, in lists and in the dialog."""
    address = fixture_page()
    with browser.Browser() as chromium:
        for dark in (False, True):
            page = chromium.open(address, dark=dark)
            page.run("document.querySelector('#clusters button.link').click(); document.querySelectorAll('details').forEach(d => { d.open = true; })")
            for _ in range(2):
                n, bad = page.run(CONTRAST)
                check(n > 500 and not bad, f"{'dark' if dark else 'light'}, {n} texts: {bad}")
                page.run("[...document.querySelectorAll('#clusters .detail button')].find(b => b.textContent === 'Compare').click()")
            page.close()
            low = page_names(chromium, address, dark)
            check(low == [], f"without a name: {low}")


def page_names(chromium, address, dark):
    """Controls and charts that a screen reader could not name."""
    page = chromium.open(address, dark=dark)
    nodes = page.send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    named = {"button", "link", "searchbox", "combobox", "image", "dialog", "heading", "navigation"}
    return sorted({node["role"]["value"] for node in nodes if not node["ignored"] and node["role"]["value"] in named
                   and not node.get("name", {}).get("value", "").strip()})


NEED_BROWSER = {works, hostile, plain, large, contrast}


def main():
    global PROGRAM
    PROGRAM = os.path.realpath(sys.argv[1])
    test = {f.__name__: f for f in (agrees, same, still, *NEED_BROWSER)}[sys.argv[2]]
    if test in NEED_BROWSER and not browser.find():
        print("no Chromium here; skipped")
        sys.exit(77)
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        test()
        os.chdir(here)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
