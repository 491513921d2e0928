// report.js - what the page for people does beside being read: charts, sorting, filters, word diffs, deep links.
//
// Everything comes from the JSON at the end of the page (html_data.c; the rows are named below). Words of articles
// become text nodes, never markup: there is no call here that parses HTML. Without this script the tables stand as
// they are.
"use strict";

(() => {
  const D = JSON.parse(document.getElementById("data").textContent);

  // ---- rows
  const ID = 0, TITLE = 1, SOURCE = 2, DATE = 3, FILE = 4, LINE = 5, TEXT = 6, BYTES = 7; // articles
  const M_ART = 0, M_FATE = 1, M_RULE = 2, M_JACCARD = 3, M_IN = 4, M_OF_IN = 5, M_WORDS = 6, M_RUN = 7, M_OF = 8, M_WHY = 9;
  const S_NAME = 0, S_READ = 1, S_KEPT = 2, S_COPIES = 5, S_COPIED = 6, S_BOILER = 7, S_TITLES = 8, S_DAMAGE = 9, S_QUALITY = 10;
  const FATES = ["kept", "dropped", "rejected"];
  const rule = (i) => D.rules[i][0];
  const A = D.articles;
  const text = (i) => (typeof A[i][TEXT] === "number" ? A[A[i][TEXT]][TEXT] : A[i][TEXT]);

  // ---- small things
  const $ = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) {
        node.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    for (const child of children.flat(3)) {
      if (child !== null && child !== undefined && child !== "") {
        node.append(child instanceof Node ? child : document.createTextNode(String(child)));
      }
    }
    return node;
  }
  const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const count = (n) => n.toLocaleString("en");
  const counted = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
  const percent = (part, whole) => (whole ? `${((part / whole) * 100).toFixed(part && part / whole < 0.1 ? 2 : 1)}%` : "0%");
  const share = (x) => `${(x * 100).toFixed(x > 0.994 && x < 1 ? 1 : 0)}%`;

  function day(seconds) {
    if (seconds === null) { return "no date"; }
    const at = new Date(seconds * 1000);
    if (Number.isNaN(at.getTime())) { return "no date"; }
    const [date, time] = at.toISOString().split("T");
    return seconds % 86400 === 0 ? date : `${date} ${time.slice(0, 5)}`;
  }
  const name = (source) => (source === null || source === "" ? "no source" : source);
  const foreign = (words, tag = "bdi", more = {}) => el(tag, { dir: "auto", ...more }, words);
  const place = (i) => [foreign(name(A[i][SOURCE])), " · ", day(A[i][DATE]), " · ", el("code", {}, foreign(A[i][ID])), " · ",
    el("code", {}, foreign(`${A[i][FILE]}:${A[i][LINE]}`))];
  function titled(i) {
    if (A[i][TITLE]) { return A[i][TITLE]; }
    const words = (text(i) || "").slice(0, 70);
    return words ? `(no title) ${words}…` : "(no title)";
  }

  // ---- tables that sort, filter and unfold
  // columns: {label, value(row), cell(row)?, number?}; detail(row) fills the row below.
  function table({ columns, rows, order, caption, step = 25, detail }) {
    const state = { by: order, down: true, shown: step, rows, open: new Set() };
    const body = el("tbody", {});
    const more = el("button", { type: "button", class: "more", onclick: () => { state.shown += step * 4; draw(); } });
    const heads = columns.map((column, i) => el("th", { scope: "col", class: column.number ? "number" : null },
      el("button", { type: "button", onclick: () => {
        state.down = state.by === i ? !state.down : Boolean(column.number);
        state.by = i;
        draw();
      } }, column.label)));

    function compare(a, b) {
      const x = columns[state.by].value(a);
      const y = columns[state.by].value(b);
      const difference = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
      return state.down ? -difference : difference;
    }
    function addRow(row) {
      const line = el("tr", { class: state.open.has(row) ? "open" : null }, columns.map((column) => {
        const inside = column.cell ? column.cell(row) : typeof column.value(row) === "number" ? count(column.value(row)) : column.value(row);
        if (column.opens) {
          const open = state.open.has(row);
          return el("td", { class: column.class }, el("button", { type: "button", class: "link", "aria-expanded": String(open),
            onclick: () => { toggle(row); } }, inside));
        }
        return el("td", { class: [column.number ? "number" : "", column.class || ""].join(" ").trim() || null }, inside);
      }));
      body.append(line);
      if (detail && state.open.has(row)) {
        body.append(el("tr", {}, el("td", { class: "detail", colspan: columns.length }, detail(row))));
      }
    }
    function draw() {
      const focused = [...body.querySelectorAll("button.link")].indexOf(document.activeElement);
      const sorted = [...state.rows].sort(compare);
      body.replaceChildren();
      sorted.slice(0, state.shown).forEach(addRow);
      heads.forEach((head, i) => {
        if (i === state.by) { head.setAttribute("aria-sort", state.down ? "descending" : "ascending"); } else { head.removeAttribute("aria-sort"); }
      });
      more.hidden = sorted.length <= state.shown;
      more.textContent = `Show more (${count(sorted.length - state.shown)} left)`;
      if (focused >= 0) { body.querySelectorAll("button.link")[focused]?.focus(); }
    }
    function toggle(row) {
      if (state.open.has(row)) { state.open.delete(row); } else { state.open.add(row); }
      draw();
    }
    const node = el("div", {}, el("div", { class: "scroll" },
      el("table", {}, caption ? el("caption", {}, caption) : null, el("thead", {}, el("tr", {}, heads)), body)), more);
    draw();
    return {
      node,
      filter(kept) { state.rows = kept; state.shown = step; draw(); },
      show(row) {
        const at = [...state.rows].sort(compare).indexOf(row);
        state.shown = Math.max(state.shown, at + 1);
        state.open = new Set([row]);
        draw();
        body.querySelector("tr.open")?.scrollIntoView({ block: "center" });
      },
    };
  }

  function controls(...parts) { return el("div", { class: "controls" }, parts); }
  function search(label, changed) {
    return el("label", {}, label, el("input", { type: "search", oninput: (event) => changed(event.target.value) }));
  }
  function choose(label, options, changed) {
    return el("label", {}, label, el("select", { onchange: (event) => changed(event.target.value) },
      options.map(([value, words]) => el("option", { value }, words))));
  }

  // ---- words of two texts
  const SOLO = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
  const WORDS = new RegExp(`${SOLO}|(?:(?!${SOLO})[\\p{L}\\p{N}\\p{M}_])+|\\s+|[^\\s]`, "gu");
  const MOST_CELLS = 1e6;

  function cut(words) {
    const pieces = words.match(WORDS) || [];
    const places = [];
    pieces.forEach((piece, i) => { if (/[\p{L}\p{N}]/u.test(piece)) { places.push(i); } });
    return { pieces, places, keys: places.map((i) => pieces[i].normalize("NFKC").toLowerCase()) };
  }

  // For every word of a its partner in b, or -1. Words that both have once are fixed first (patience diff); what lies
  // between them is settled by the longest common subsequence, if it is not too long.
  function align(a, b) {
    const partner = new Int32Array(a.length).fill(-1);
    const work = [[0, a.length, 0, b.length]];
    while (work.length > 0) {
      let [a0, a1, b0, b1] = work.pop();
      while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) { partner[a0++] = b0++; }
      while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) { partner[--a1] = --b1; }
      if (a0 === a1 || b0 === b1) { continue; }
      if ((a1 - a0) * (b1 - b0) <= MOST_CELLS) {
        common(a, b, a0, a1, b0, b1, partner);
        continue;
      }
      let from = [a0, b0];
      for (const [i, j] of anchors(a, b, a0, a1, b0, b1)) {
        partner[i] = j;
        work.push([from[0], i, from[1], j]);
        from = [i + 1, j + 1];
      }
      if (from[0] !== a0 || from[1] !== b0) { work.push([from[0], a1, from[1], b1]); }
    }
    return partner;
  }
  function common(a, b, a0, a1, b0, b1, partner) {
    const n = a1 - a0, m = b1 - b0, wide = m + 1;
    const best = new Uint16Array((n + 1) * wide);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        best[i * wide + j] = a[a0 + i] === b[b0 + j] ? best[(i + 1) * wide + j + 1] + 1
          : Math.max(best[(i + 1) * wide + j], best[i * wide + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < n && j < m;) {
      if (a[a0 + i] === b[b0 + j]) { partner[a0 + i++] = b0 + j++; } else if (best[(i + 1) * wide + j] >= best[i * wide + j + 1]) { i++; } else { j++; }
    }
  }
  function anchors(a, b, a0, a1, b0, b1) {
    const seen = new Map();
    for (let i = a0; i < a1; i++) { seen.set(a[i], seen.has(a[i]) ? null : [i, -1]); }
    for (let j = b0; j < b1; j++) {
      const at = seen.get(b[j]);
      if (at) { seen.set(b[j], at[1] < 0 ? [at[0], j] : null); }
    }
    const pairs = [...seen.values()].filter((at) => at && at[1] >= 0);
    const tails = [], before = new Map();
    for (const pair of pairs) { // ascending in a: the longest ascending run in b
      let low = 0;
      for (let high = tails.length; low < high;) {
        const middle = (low + high) >> 1;
        if (tails[middle][1] < pair[1]) { low = middle + 1; } else { high = middle; }
      }
      before.set(pair, tails[low - 1]);
      tails[low] = pair;
    }
    const chain = [];
    for (let pair = tails[tails.length - 1]; pair; pair = before.get(pair)) { chain.unshift(pair); }
    return chain;
  }

  // One side with the words that the other lacks marked.
  function marked(side, has, tag) {
    const own = new Set();
    side.places.forEach((at, i) => { if (!has[i]) { own.add(at); } });
    const out = [];
    for (let i = 0; i < side.pieces.length;) {
      let end = i, last = i;
      const mine = own.has(i);
      while (end < side.pieces.length) { // a run goes on over blanks and marks, up to its last word
        const word = /[\p{L}\p{N}]/u.test(side.pieces[end]);
        if (word && own.has(end) !== mine) { break; }
        if (!mine && own.has(end)) { break; }
        end++;
        last = word ? end : last;
      }
      if (mine) { end = last; }
      const words = side.pieces.slice(i, end).join("");
      out.push(mine ? el(tag, {}, words) : words);
      i = end;
    }
    return out;
  }

  // ---- the dialog: one article, or two beside each other
  const dialog = $("diff");
  function openDialog(head, inside) {
    dialog.replaceChildren(el("div", { class: "diff-head" }, head,
      el("button", { type: "button", class: "close", onclick: () => dialog.close() }, "Close")), inside);
    if (!dialog.open) { dialog.showModal(); }
    dialog.scrollTop = 0;
  }
  dialog.addEventListener("close", () => {
    if (location.hash.startsWith("#article=")) { history.replaceState(null, "", location.pathname + location.search); }
  });

  function whole(i) {
    const shown = new TextEncoder().encode(text(i) || "").length;
    return A[i][BYTES] > shown + 8 ? ` Shown is the beginning; the whole text has ${count(A[i][BYTES])} bytes.` : "";
  }

  function figures(cluster, left, right) {
    for (const [a, b] of [[left, right], [right, left]]) {
      const member = cluster && cluster.members.find((m) => m[M_ART] === a);
      if (member && member.length > M_RULE && member[M_OF] === b) {
        const kind = rule(member[M_RULE]);
        return `${A[a][ID]} is ${kind.startsWith("e") ? "an" : "a"} ${kind} of ${A[b][ID]}: ${share(member[M_IN])} of its runs of five words `
          + `stand there, ${share(member[M_OF_IN])} the other way; ${counted(member[M_WORDS], "shared word")}, the longest run has `
          + `${count(member[M_RUN])}. The other one is kept: ${member[M_WHY]}.`;
      }
    }
    const pair = D.pairs.find((p) => (p[1] === left && p[2] === right) || (p[1] === right && p[2] === left));
    if (pair) {
      return `${rule(pair[0])}: ${share(pair[3] / 1000)} of the words of the smaller text stand in the other; `
        + `${counted(pair[6], "shared word")}, the longest run has ${count(pair[7])}.`;
    }
    return "Both are copies of the article that stays; these two were not compared with each other by copydesk, only here.";
  }

  function compare(cluster, left, right, members) {
    const listed = (members || (cluster ? cluster.members.map((m) => m[M_ART]) : [left, right])).filter((i) => text(i) !== null);
    const head = [el("h2", { id: "diff-h" }, "Word by word"), el("p", { class: "reason" }, foreign(figures(cluster, left, right)))];
    const a = cut(text(left) || ""), b = cut(text(right) || "");
    const partner = align(a.keys, b.keys);
    const taken = new Uint8Array(b.keys.length);
    let same = 0;
    partner.forEach((j) => { if (j >= 0) { taken[j] = 1; same++; } });
    head.push(el("p", {}, `Of the words shown, ${count(same)} stand in both in this order; ${count(a.keys.length - same)} only on the left, `
      + `${count(b.keys.length - same)} only on the right. Case and punctuation are not compared.`));
    const side = (which, i, words, label) => el("article", { class: "side" }, el("header", {},
      listed.length > 2 ? el("label", {}, el("span", { class: "unseen" }, label), el("select", { "aria-label": label,
        onchange: (event) => {
          const next = Number(event.target.value);
          compare(cluster, which ? left : next, which ? next : right, members);
        } }, listed.map((k) => el("option", { value: k, selected: k === i }, `${A[k][ID]} · ${name(A[k][SOURCE])}`)))) : null,
      foreign(titled(i), "h3"), el("p", {}, place(i)), el("p", {}, whole(i))), foreign(words, "div", { class: "body" }));
    openDialog(head, el("div", { class: "sides" },
      side(0, left, marked(a, Array.from(partner, (j) => j >= 0), "del"), "Left"),
      side(1, right, marked(b, taken, "ins"), "Right")));
  }

  function readArticle(i) {
    const cluster = D.clusters.find((c) => c.members.some((m) => m[M_ART] === i) || c.head === i);
    openDialog([el("h2", { id: "diff-h", dir: "auto" }, titled(i)), el("p", {}, place(i)),
      cluster ? el("p", {}, "In a cluster of ", count(cluster.size), ": ",
        el("a", { href: `#cluster=${encodeURIComponent(A[cluster.head][ID])}`, onclick: () => dialog.close() }, foreign(A[cluster.head][ID]))) : null],
    el("div", { class: "sides one" }, el("article", { class: "side" }, el("p", { class: "note" }, whole(i)),
      foreign(text(i) === null ? "The text is not in this page; copydesk explain shows it." : text(i), "div", { class: "body" }))));
  }

  // ---- copies
  const kinds = (c) => ["exact", "near", "contained"].map((kind, i) => [c.copies[i], kind]).filter(([n]) => n > 0);
  const dated = (c) => c.members.map((m) => A[m[M_ART]][DATE]).filter((d) => d !== null);
  const sourcesOf = (c) => new Set(c.members.map((m) => name(A[m[M_ART]][SOURCE]))).size;

  function timeline(cluster) {
    const members = cluster.members.filter((m) => A[m[M_ART]][DATE] !== null).sort((a, b) => A[a[M_ART]][DATE] - A[b[M_ART]][DATE]);
    if (members.length === 0) { return el("p", { class: "note" }, "No member has a date."); }
    const first = A[members[0][M_ART]], last = A[members[members.length - 1][M_ART]];
    const words = el("p", {}, "First published by ", el("b", {}, foreign(name(first[SOURCE]))), `, ${day(first[DATE])}`,
      members.length > 1 ? [`; last of those listed by `, foreign(name(last[SOURCE])), `, ${day(last[DATE])}.`] : ".");
    const from = first[DATE], to = last[DATE];
    if (from === to) { return words; }
    const x = (date) => 8 + ((date - from) / (to - from)) * 984;
    return el("div", { class: "timeline" }, words, svg("svg", { viewBox: "0 0 1000 44", preserveAspectRatio: "none", role: "img",
      "aria-label": `Dates of ${members.length} members from ${day(from)} to ${day(to)}` },
    svg("line", { x1: 8, x2: 992, y1: 18, y2: 18, "vector-effect": "non-scaling-stroke" }),
    members.map((m) => svg("line", { class: m[M_ART] === cluster.head ? "dot head" : "dot", x1: x(A[m[M_ART]][DATE]), x2: x(A[m[M_ART]][DATE]), y1: 18, y2: 18 },
      svg("title", {}, `${day(A[m[M_ART]][DATE])} ${name(A[m[M_ART]][SOURCE])}`)))));
  }

  function detailOf(cluster) {
    const others = cluster.members.filter((m) => m[M_ART] !== cluster.head);
    const hidden = cluster.size - cluster.members.length - (cluster.members.some((m) => m[M_ART] === cluster.head) ? 0 : 1);
    const rows = cluster.members.some((m) => m[M_ART] === cluster.head) ? cluster.members : [[cluster.head, 0], ...cluster.members];
    return [timeline(cluster), el("table", {}, el("thead", {}, el("tr", {}, ["date", "source", "title", "id", "is", "of it in the other", ""].map(
      (label, i) => el("th", { scope: "col", class: i === 5 ? "number" : null }, label)))),
    el("tbody", {}, rows.map((m) => {
      const i = m[M_ART], head = i === cluster.head;
      const why = head ? "stays" : m.length > M_RULE ? rule(m[M_RULE]) : "copy";
      const other = m.length > M_RULE && m[M_OF] !== null ? m[M_OF] : cluster.head;
      const able = !head && text(i) !== null && text(other) !== null;
      return el("tr", {}, el("td", { class: "nowrap" }, day(A[i][DATE])), el("td", {}, foreign(name(A[i][SOURCE]))),
        el("td", { class: "title-cell" }, el("a", { href: `#article=${encodeURIComponent(A[i][ID])}` }, foreign(titled(i)))),
        el("td", { class: "id-cell" }, el("code", {}, foreign(A[i][ID]))),
        el("td", {}, why, " ", head || FATES[m[M_FATE]] === "dropped" ? null : el("span", { class: "tag" }, FATES[m[M_FATE]])),
        el("td", { class: "number" }, m.length > M_RULE ? share(m[M_IN]) : ""),
        el("td", {}, able ? el("button", { type: "button", onclick: () => compare(cluster, other, i) }, "Compare") : head ? "" : "no room for its text"));
    }))), hidden > 0 ? el("p", { class: "note" }, `${counted(hidden, "more member")} not listed: shown are the earliest and some drawn from all, as far as there is room.`) : null,
    others.length === 0 ? el("p", { class: "note" }, "Its members have no room in this page.") : null,
    el("p", { class: "note" }, el("a", { href: `#cluster=${encodeURIComponent(A[cluster.head][ID])}` }, "Link to this cluster"))];
  }

  let clusterTable = null, clusterReset = null;
  function drawClusters() {
    const drawn = D.clusters.filter((c) => c.drawn).length;
    const s = D.summary;
    $("copies-lead").textContent = s.clusters === 0 ? "No copies were found."
      : `${counted(s.clusters, "cluster")} with ${counted(s.members, "member")} (${percent(s.members, s.read)} of what was read); ${count(s.removable)} ${s.removable === 1 ? "copy" : "copies"} could go (${percent(s.removable, s.read)}).`;
    if (D.clusters.length === 0) { $("clusters-h").hidden = true; return; }
    const state = { words: "", kind: "all" };
    const number = el("span", { class: "count", role: "status" });
    const kept = (c) => (state.kind === "all" || (state.kind === "sources" ? sourcesOf(c) > 1 : c.copies[Number(state.kind)] > 0))
      && (state.words === "" || c.members.concat([[c.head]]).some((m) => [ID, TITLE, SOURCE].some((k) => String(A[m[M_ART]][k]).toLowerCase().includes(state.words))));
    const refresh = () => {
      const rows = D.clusters.filter(kept);
      clusterTable.filter(rows);
      number.textContent = `${count(rows.length)} of ${counted(D.clusters.length, "listed cluster")}`;
    };
    clusterTable = table({
      rows: D.clusters, order: 0, detail: detailOf,
      columns: [
        { label: "articles", number: true, value: (c) => c.size },
        { label: "title of the one that stays", opens: true, class: "title-cell", value: (c) => titled(c.head), cell: (c) => foreign(titled(c.head)) },
        { label: "source", value: (c) => name(A[c.head][SOURCE]), cell: (c) => foreign(name(A[c.head][SOURCE])) },
        { label: "copies", value: (c) => kinds(c).map(([, kind]) => kind).join(), cell: (c) => kinds(c).map(([n, kind]) => `${count(n)} ${kind}`).join(", ") },
        { label: "sources", number: true, value: sourcesOf },
        { label: "first date", number: true, value: (c) => Math.min(Infinity, ...dated(c)), cell: (c) => (dated(c).length ? day(Math.min(...dated(c))).slice(0, 10) : "") },
        { label: "id", class: "id-cell", value: (c) => A[c.head][ID], cell: (c) => el("code", {}, foreign(A[c.head][ID])) },
      ],
    });
    const box = search("Find", (words) => { state.words = words.toLowerCase(); refresh(); });
    const kind = choose("Show", [["all", "all kinds"], ["0", "with exact copies"], ["1", "with near copies"], ["2", "with contained copies"], ["sources", "of several sources"]],
      (value) => { state.kind = value; refresh(); });
    clusterReset = () => { state.words = ""; state.kind = "all"; box.querySelector("input").value = ""; kind.querySelector("select").value = "all"; refresh(); };
    $("clusters").append(D.clusters.length < s.clusters ? el("p", { class: "note" },
      `Listed are the ${count(D.clusters.length - drawn)} largest${drawn ? ` and ${count(drawn)} drawn from the others` : ""}, of ${counted(s.clusters, "cluster")} in all. Texts stand in this page as far as there is room.`) : "",
    controls(box, kind, number), clusterTable.node);
    refresh();
  }

  // ---- sources
  function bar(part, whole, all, css) {
    const x = whole ? (part / whole) * 1000 : 0;
    return svg("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: css, x: 0, y: 0, height: 10, width: part ? Math.max(3, x) : 0 }),
      svg("line", { class: "tick", x1: all * 1000, x2: all * 1000, y1: 0, y2: 10 }));
  }
  function drawSources() {
    const s = D.summary;
    const measures = [["copies", S_COPIES, "duplicates"], ["boilerplate", S_BOILER, "boilerplate"], ["titles", S_TITLES, "titles"], ["damage", S_DAMAGE, "damage"], ["quality", S_QUALITY, "quality"]];
    const groups = (group) => {
      const total = D.sources.reduce((n, row) => n + row[group], 0);
      const read = D.sources.reduce((n, row) => n + row[S_READ], 0);
      return read ? total / read : 0;
    };
    const alls = measures.map(([label, at]) => (label === "copies" ? s.removable / s.read : groups(at)));
    $("sources-lead").textContent = `${counted(D.sources.length + D.sources_left, "source")}. Bars are shares of what was read of a source; the upright stroke is the share of all${D.sources_left ? " sources listed" : ""}.`;
    $("source-charts").append(el("div", { class: "multiples" }, D.sources.slice(0, 12).map((row) => el("div", { class: "multiple" },
      foreign(name(row[S_NAME]), "h4", { title: name(row[S_NAME]) }), el("p", {}, `${count(row[S_READ])} read, ${count(row[S_KEPT])} kept`),
      el("dl", {}, measures.map(([label, at, css], i) => [el("dt", {}, label), el("dd", {}, bar(row[at], row[S_READ], alls[i], css)),
        el("dd", { class: "number" }, percent(row[at], row[S_READ]))]))))));
    const number = el("span", { class: "count", role: "status" }, D.sources_left ? `${count(D.sources_left)} smaller sources are not listed` : "");
    const shares = (at) => ({ number: true, value: (row) => row[at], cell: (row) => `${count(row[at])} (${percent(row[at], row[S_READ])})` });
    const sources = table({
      rows: D.sources, order: 1, columns: [
        { label: "source", value: (row) => name(row[S_NAME]), cell: (row) => foreign(name(row[S_NAME])) },
        { label: "read", number: true, value: (row) => row[S_READ] },
        { label: "kept", ...shares(S_KEPT) }, { label: "copies", ...shares(S_COPIES) },
        { label: "copied by others", number: true, value: (row) => row[S_COPIED] },
        { label: "boilerplate", ...shares(S_BOILER) }, { label: "titles", ...shares(S_TITLES) }, { label: "damage", ...shares(S_DAMAGE) },
      ],
    });
    $("source-table").append(controls(search("Find a source", (words) => sources.filter(D.sources.filter((row) => name(row[S_NAME]).toLowerCase().includes(words.toLowerCase())))), number), sources.node);
  }

  // ---- similarity
  function drawSimilarity() {
    const names = Object.keys(D.bins);
    const bins = D.bins[names[0]].length;
    const totals = names.map((key) => D.bins[key].reduce((n, x) => n + x, 0));
    const shown = names.map((key, i) => i).filter((i) => totals[i] > 0 && i > 0); // exact copies would hide all others
    if (shown.length === 0) { $("similarity-chart").append(el("p", { class: "note" }, `No pairs but ${counted(totals[0], "exact pair")}.`)); return; }
    const most = Math.max(...Array.from({ length: bins }, (_, k) => shown.reduce((n, i) => n + D.bins[names[i]][k], 0)));
    const high = 220, wide = 1000, base = high + 8, chart = svg("svg", { class: "histogram", viewBox: `0 0 ${wide} ${high + 44}`, role: "img", "aria-labelledby": "similarity-words" });
    for (let k = 0; k < bins; k++) {
      let y = base;
      for (const i of shown) {
        const n = D.bins[names[i]][k];
        const tall = (n / most) * high;
        if (n > 0) {
          y -= tall;
          chart.append(svg("rect", { class: `s${i}`, x: (k * wide) / bins + 1, width: wide / bins - 2, y, height: Math.max(tall, 0.8) },
            svg("title", {}, `${k * 2}–${k * 2 + 2}%: ${counted(n, "pair")} ${names[i]}`)));
        }
      }
    }
    chart.append(svg("line", { class: "axis", x1: 0, x2: wide, y1: base, y2: base }));
    for (let tenth = 0; tenth <= 10; tenth += 2) {
      chart.append(svg("text", { x: tenth * 100, y: base + 18, "text-anchor": tenth === 0 ? "start" : tenth === 10 ? "end" : "middle" }, `${tenth * 10}%`));
    }
    chart.append(svg("text", { x: 0, y: 12 }, `${counted(most, "pair")} at most`));
    $("similarity-chart").append(el("ul", { class: "legend" }, shown.map((i) => el("li", {}, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
      svg("rect", { class: `s${i}`, width: 10, height: 10 })), `${names[i]} (${count(totals[i])})`))), chart,
    el("p", { class: "note", id: "similarity-words" }, `${counted(D.summary.verified_pairs, "pair")} that are related, by the share of the words of the smaller text that stand in the other, in steps of 2%. ${counted(totals[0], "exact pair")} at 100% are not drawn.`));
    drawPairs(shown);
  }
  function drawPairs() {
    const most = (p) => p[3] / 1000;
    const card = (p) => el("article", { class: "card" }, el("p", { class: "place" }, el("b", {}, rule(p[0])), ` · ${share(most(p))} of the words of the smaller text, ${counted(p[6], "shared word")}, longest run ${count(p[7])}`),
      [p[1], p[2]].map((i) => [foreign(titled(i), "h4"), el("p", { class: "place" }, place(i))]),
      text(p[1]) !== null && text(p[2]) !== null ? el("button", { type: "button", onclick: () => compare(null, p[1], p[2]) }, "Compare") : null);
    const copies = D.pairs.filter((p) => p[0] <= 2).sort((a, b) => most(a) - most(b));
    const others = D.pairs.filter((p) => p[0] > 2).sort((a, b) => most(b) - most(a));
    const group = (title, words, list) => (list.length ? [el("h3", {}, title), el("p", { class: "lead" }, words), el("div", { class: "cards" }, list.slice(0, 6).map(card)),
      list.length > 6 ? el("details", {}, el("summary", {}, `${count(list.length - 6)} more`), el("div", { class: "cards" }, list.slice(6).map(card))) : null] : []);
    $("pairs").append(...group("Just copies", "Taken for copies, with the least in common.", copies).filter(Boolean),
      ...group("Just not", "Not taken for copies, with the most in common.", others).filter(Boolean));
  }

  // ---- boilerplate
  function drawLines() {
    if (D.lines.length === 0) { $("lines-lead").textContent = "No boilerplate was found."; return; }
    const dots = (at) => svg("svg", { class: "dots", viewBox: "0 0 100 10", role: "img", "aria-label": `at ${at.map((x) => `${Math.round(x / 10)}%`).join(", ")} of the text` },
      svg("line", { x1: 2, x2: 98, y1: 5, y2: 5 }), at.map((x) => svg("circle", { cx: 3 + (x / 1000) * 94, cy: 5, r: 3 })));
    const middle = (row) => (row[5].length ? row[5].reduce((n, x) => n + x, 0) / row[5].length : 0);
    const state = { words: "", rule: "all" };
    const kept = (row) => (state.rule === "all" || String(row[0]) === state.rule) && row[4].some((words) => words.toLowerCase().includes(state.words));
    const lines = table({
      rows: D.lines, order: 2, columns: [
        { label: "words", class: "title-cell words", value: (row) => row[4][0], cell: (row) => row[4].map((words) => foreign(words, "div")) },
        { label: "rule", value: (row) => rule(row[0]) },
        { label: "articles", number: true, value: (row) => row[1], cell: (row) => (row[1] ? count(row[1]) : "—") },
        { label: "stories", number: true, value: (row) => row[2], cell: (row) => (row[2] ? count(row[2]) : "—") },
        { label: "findings", number: true, value: (row) => row[3] },
        { label: "where in the text", value: middle, cell: (row) => dots(row[5]) },
        { label: "example", class: "id-cell", value: (row) => row[6], cell: (row) => el("code", {}, foreign(row[6])) },
      ],
    });
    const refresh = () => lines.filter(D.lines.filter(kept));
    const rules = [...new Set(D.lines.map((row) => row[0]))];
    $("lines").append(controls(search("Find", (words) => { state.words = words.toLowerCase(); refresh(); }),
      choose("Rule", [["all", "all"], ...rules.map((i) => [String(i), rule(i)])], (value) => { state.rule = value; refresh(); }),
      el("span", { class: "count" }, D.lines_left ? `${count(D.lines_left)} rarer kinds are not listed` : "")), lines.node,
    el("p", { class: "note" }, "Dots: where some of them stand, from the beginning of the text to its end. A dash: known by its words, not counted; such findings stand in one row."));
  }

  // ---- titles
  function drawTitles() {
    const found = D.rules.find((r) => r[0] === "title-mismatch");
    const lead = (i, most = 260) => { const words = text(i) || ""; return words.length > most ? `${words.slice(0, most)}…` : words; };
    const fits = (label, i, shown) => (i === null ? [] : [el("p", { class: "label" }, label), foreign(shown, "p", { class: "fits" }), el("p", { class: "place" }, place(i))]);
    $("titles-lead").textContent = found[4] === 0 ? "No article was found under a title of another text."
      : `${counted(found[4], "article")} under a title of another text${D.titles.length < found[4] ? `; shown are ${count(D.titles.length)}, the surest ones whose right place was found first` : ""}.`;
    const cards = D.titles.filter((t) => t[0] !== null).map(([i, score, reason, better, fitting]) => el("article", { class: "card" },
      foreign(titled(i), "h4", { class: "wrong" }), el("p", { class: "place" }, place(i), ` · sure to ${share(score)}`), reason ? el("p", { class: "label" }, reason) : null,
      foreign(lead(i), "p", { class: "text" }),
      fitting !== null && fitting !== i ? fits("A title that fits this text", fitting, titled(fitting)) : null,
      better !== null ? [fits("The title fits this article", better, titled(better)), foreign(lead(better, 160), "p", { class: "text" })] : null));
    $("title-cards").append(el("div", { class: "cards" }, cards.slice(0, 8)));
    if (cards.length > 8) { $("title-cards").append(el("details", { class: "more" }, el("summary", {}, `${count(cards.length - 8)} more`), el("div", { class: "cards" }, cards.slice(8)))); }
    const junk = D.junk.filter((t) => t[0] !== null);
    if (junk.length) {
      const all = D.rules.find((r) => r[0] === "title-junk")[4];
      $("title-cards").append(el("h3", {}, "No headline"), el("p", { class: "lead" }, `${counted(all, "article")}${junk.length < all ? `; ${count(junk.length)} drawn from them` : ""}.`),
        el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["title", "what it is", "the text begins", "id"].map((label) => el("th", { scope: "col" }, label)))),
          el("tbody", {}, junk.map(([i, reason]) => el("tr", {}, el("td", {}, foreign(titled(i))), el("td", {}, reason),
            el("td", { class: "words" }, foreign(lead(i, 120))), el("td", {}, el("code", {}, foreign(A[i][ID])))))))));
    }
  }

  // ---- damage
  function drawDamage() {
    if (D.damage.length === 0) { $("damage-lead").textContent = "No damage was found."; return; }
    const per = new Map();
    D.damage.forEach((row) => per.set(row[0], (per.get(row[0]) || []).concat([row])));
    $("damage-lead").textContent = `What stood there, and what stands there after the repair: articles drawn from all, by rule. ${counted(D.summary.repaired_spans, "span")} are repaired in what is kept.`;
    for (const [i, rows] of [...per].sort((a, b) => a[0] - b[0])) {
      const card = ([, id, file, line, parts]) => el("article", { class: "card" }, el("p", { class: "place" }, el("code", {}, foreign(id)), " · ", el("code", {}, foreign(`${file}:${line}`))),
        el("p", { class: "label" }, "before"), foreign(parts.map((part) => (typeof part === "string" ? part : part[1] === null ? el("mark", {}, part[0]) : el("del", {}, part[0]))), "p", { class: "evidence" }),
        el("p", { class: "label" }, "after"), foreign(parts.map((part) => (typeof part === "string" ? part : part[1] === null ? el("mark", {}, part[0]) : part[1] === "" ? "" : el("ins", {}, part[1]))), "p", { class: "evidence" }));
      $("damages").append(el("h3", {}, rule(i), " ", el("small", {}, `${counted(D.rules[i][4], "article")}, ${counted(D.rules[i][5], "finding")}`)), el("div", { class: "cards" }, rows.slice(0, 4).map(card)));
      if (rows.length > 4) { $("damages").append(el("details", { class: "more" }, el("summary", {}, `${count(rows.length - 4)} more`), el("div", { class: "cards" }, rows.slice(4).map(card)))); }
    }
  }

  // ---- theme, links, where one is
  function theme() {
    const root = document.documentElement, button = $("theme"), order = ["system", "dark", "light"];
    const show = (value) => {
      if (value === "system") { root.removeAttribute("data-theme"); } else { root.setAttribute("data-theme", value); }
      button.textContent = `Theme: ${value}`;
    };
    let now = "system";
    try { now = order.includes(localStorage.getItem("copydesk-theme")) ? localStorage.getItem("copydesk-theme") : now; } catch { /* no storage here */ }
    show(now);
    button.addEventListener("click", () => {
      now = order[(order.indexOf(now) + 1) % order.length];
      show(now);
      try { localStorage.setItem("copydesk-theme", now); } catch { /* the choice lasts as long as the page */ }
    });
  }
  function follow() {
    const match = /^#(cluster|article)=(.*)$/s.exec(location.hash);
    if (!match) { return; }
    let id = match[2];
    try { id = decodeURIComponent(id); } catch { /* as it stands */ }
    const i = A.findIndex((a) => a[ID] === id);
    if (match[1] === "article" && i >= 0) { readArticle(i); return; }
    const cluster = D.clusters.find((c) => A[c.head][ID] === id) || D.clusters.find((c) => c.members.some((m) => A[m[M_ART]][ID] === id));
    if (cluster) {
      clusterReset();
      clusterTable.show(cluster);
    } else {
      openDialog([el("h2", { id: "diff-h" }, "Not in this page")], el("p", { class: "sides" }, foreign(`No listed ${match[1]} has the id ${id}; copydesk explain shows any article.`)));
    }
  }
  function whereAmI() {
    const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.getAttribute("href").slice(1), a]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          links.forEach((a) => a.removeAttribute("aria-current"));
          links.get(entry.target.id)?.setAttribute("aria-current", "true");
        }
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll("main > section").forEach((section) => seen.observe(section));
  }

  document.documentElement.classList.add("scripted");
  theme();
  drawClusters();
  drawSources();
  drawSimilarity();
  drawLines();
  drawTitles();
  drawDamage();
  whereAmI();
  window.addEventListener("hashchange", follow);
  follow();
})();
