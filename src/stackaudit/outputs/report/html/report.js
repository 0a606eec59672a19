"use strict";
// What the page can do beyond being read. Nothing here is needed to read it; nothing is fetched.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(one("#data").textContent);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = (n) => {
    const forms = data.words.shown;
    return (forms[plural.select(n)] || forms.other).replace("{n}", n.toLocaleString(document.documentElement.lang));
  };
  const on = (node, what, go) => node.addEventListener(what, go);
  const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
  const option = (value, text) => element("option", text, { value });
  const levels = { l: 1, m: 2, h: 3, c: 4, ss: 1, sr: 2, sp: 3, sn: 4, su: 5 };
  const reading = (node) => node.textContent.trim().replace(/\s+/g, " ");

  document.documentElement.classList.add("js");
  all(".js-only").forEach((each) => { each.hidden = false; });

  // Theme: what the system wants, until somebody chooses; remembered where the browser allows it.
  const theme = () => {
    const root = document.documentElement, button = one("#theme");
    const wants = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme || (wants.matches ? "dark" : "light")) === "dark";
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    try { const kept = localStorage.getItem("stackaudit-theme"); if (kept) root.dataset.theme = kept; } catch { /* not allowed: it is not remembered */ }
    on(button, "click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("stackaudit-theme", root.dataset.theme); } catch { /* as above */ }
      tell();
    });
    on(wants, "change", tell);
    tell();
  };

  // Printing: everything open, and as it was afterwards.
  const printing = () => {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = all("details:not([open])");
      closed.forEach((each) => { each.open = true; });
    });
    addEventListener("afterprint", () => { closed.forEach((each) => { each.open = false; }); closed = []; });
    on(one("#print"), "click", () => print());
  };

  // A link into something closed opens it.
  const opening = () => {
    const show = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const target = id && document.getElementById(id);
      if (!target) return;
      for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
      if (target.hidden || target.closest("[hidden]")) { const clear = one("#filter-clear"); if (clear) clear.click(); }
      target.scrollIntoView({ block: "center" });
    };
    addEventListener("hashchange", show);
    show();
  };

  const where = () => {
    const links = new Map(all(".contents a").map((each) => [each.hash.slice(1), each]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -75%" });
    all(".chapter").forEach((each) => seen.observe(each));
  };

  // Search: chapters, tools, findings, flows; at most twenty hits, the first with Enter.
  const search = () => {
    const box = one("#search"), hits = one("#hits"), list = one("ul", hits), count = one("#hit-count");
    let index = null;
    const entry = (node, text, id) => ({ text, folded: fold(text), id: id || node.id });
    const make = () => [
      ...all(".chapter h2").map((each) => entry(each, reading(each), each.closest("section").id)),
      ...all("#tools tbody tr").map((each) => entry(each, reading(each.cells[0].firstChild))),
      ...all(".rule > h3").map((each) => entry(each, reading(each))),
      ...all(".rule > ol > li").map((each) => entry(each, reading(each))),
    ];
    const go = () => {
      const words = fold(box.value.trim()).split(/\s+/).filter(Boolean);
      hits.hidden = !words.length;
      list.replaceChildren();
      if (!words.length) return;
      index ||= make();
      const found = index.filter((each) => words.every((word) => each.folded.includes(word)));
      count.textContent = found.length ? shown(found.length) : data.words.none;
      for (const each of found.slice(0, 20)) {
        const item = document.createElement("li");
        item.append(element("a", each.text.slice(0, 160), { href: `#${each.id}` }));
        list.append(item);
      }
    };
    const close = () => { hits.hidden = true; };
    on(box, "input", go);
    on(box, "focus", go);
    on(one(".search"), "keydown", (event) => {
      if (event.key === "Escape") { close(); box.focus(); close(); }
      if (event.key === "Enter" && event.target === box) one("a", list)?.click();
    });
    on(list, "click", close);
    on(document, "click", (event) => { if (!event.target.closest(".search")) close(); });
    on(document, "focusin", (event) => { if (!event.target.closest(".search")) close(); });
    on(document, "keydown", (event) => {
      if (event.key === "/" && !event.target.closest("input, select, textarea")) { event.preventDefault(); box.focus(); }
    });
  };

  // Numbers of findings where they are put together by the dozen: links.
  const linking = () => {
    const cells = all("#by-tool td:last-child, #by-owner td:last-child, .refs");
    for (const part of [...cells, ...cells.flatMap((cell) => all("details", cell))])
      for (const text of [...part.childNodes].filter((node) => node.nodeType === 3))
        text.replaceWith(...text.data.split(/(\d+)/).map((each) => document.getElementById(`f${each}`) ? element("a", each, { href: `#f${each}` }) : each));
  };

  // Sorting: a button in every head of a sortable table; stable, the third click is the first order.
  const sorting = (table) => {
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const value = (row, column) => {
      const cell = row.cells[column], text = reading(cell);
      if (cell.dataset.v !== undefined) return cell.dataset.v;
      if (cell.tagName === "TD" && levels[cell.firstChild?.className]) return String(levels[cell.firstChild.className]);
      if (Object.hasOwn(data.orders, text)) return String(data.orders[text]);
      return heads[column].classList.contains("n") ? text.replace(/[^0-9]/g, "") : text;
    };
    const compare = (a, b) => {
      const [x, y] = [Number(a), Number(b)];
      return a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y) ? x - y
        : a.localeCompare(b, document.documentElement.lang, { numeric: true });
    };
    heads.forEach((head, column) => {
      const button = element("button", reading(head), { type: "button" });
      head.replaceChildren(button);
      on(button, "click", () => {
        const was = head.getAttribute("aria-sort");
        const now = was === "ascending" ? "descending" : was === "descending" ? null : "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        if (now) head.setAttribute("aria-sort", now);
        const sign = now === "descending" ? -1 : 1;
        const order = now ? [...rows].sort((a, b) => sign * compare(value(a, column), value(b, column))) : rows;
        body.append(...order);
      });
    });
  };

  // Filter of the findings.
  const filter = () => {
    const text = one("#filter-text");
    if (!text) return;
    const [severity, category, lead, tool, owner] = ["severity", "category", "lead", "tool", "owner"].map((each) => one(`#filter-${each}`));
    // What a table by tool or by owner lists: the name, and the numbers of the findings.
    const shelves = (kind, select) => {
      const rows = all(`#by-${kind} tbody tr`).map((row) => [reading(row.cells[0]), new Set(all("a", row.cells[3]).map((each) => Number(each.textContent)))]);
      select.append(...rows.map(([name], n) => [n, name]).sort((a, b) => a[1].localeCompare(b[1])).map(([n, name]) => option(String(n), name)));
      return rows.map(([, numbers]) => numbers);
    };
    const byTool = shelves("tool", tool), byOwner = shelves("owner", owner);
    const cards = all(".rule > ol > li");
    const level = (card, rule) => levels[(one("b:not(.money)", card) || one("p b", rule)).className];
    const proofs = new Map(all(".proofs tbody tr").map((row) => [Number(row.cells[0].textContent), row]));
    const texts = new Map();
    const folded = (card, rule) => {
      if (!texts.has(card)) texts.set(card, fold(`${card.textContent} ${(proofs.get(card.value) || one("dl", rule)).textContent} ${one("h3", rule).textContent} ${one("code", rule).textContent}`));
      return texts.get(card);
    };
    const go = () => {
      const words = fold(text.value.trim()).split(/\s+/).filter(Boolean);
      const least = severity.value ? levels[severity.value[0]] : 1;
      const numbers = [byTool[tool.value], byOwner[owner.value]].filter(Boolean);
      let left = 0;
      for (const rule of all(".rule")) {
        const right = (!category.value || one("code", rule).textContent.startsWith(`${category.value}/`)) && (!lead.value || rule.dataset.lead === lead.value);
        let here = 0;
        for (const card of all("ol > li", rule)) {
          const stays = right && level(card, rule) >= least && numbers.every((each) => each.has(card.value))
            && (!words.length || words.every((word) => folded(card, rule).includes(word)));
          card.hidden = !stays;
          if (proofs.has(card.value)) proofs.get(card.value).hidden = !stays;
          here += stays;
        }
        rule.hidden = !here;
        left += here;
      }
      one("#filter-count").textContent = left === cards.length ? "" : shown(left);
      one("#filter-none").hidden = left > 0;
    };
    const fields = [text, severity, category, lead, tool, owner];
    fields.forEach((each) => on(each, "input", go));
    on(one("#filter-clear"), "click", () => { fields.forEach((each) => { each.value = ""; }); go(); });
  };

  // Following one tool: everything its data comes from, and everything it reaches.
  const follow = () => {
    const select = one("#follow");
    if (!select) return;
    const map = one("svg.lane-map"), up = one("#follow-up"), down = one("#follow-down"), out = one("#followed");
    const chips = all(".chip", map), bundled = Object.keys(data.chips).length > 0;
    // A group of lines says of each in turn from which chip to which it runs.
    const ends = new Map(all("[data-e]", map).flatMap((group) => {
      const numbers = group.dataset.e.split(" ");
      return [...group.children].map((line, n) => [line, [chips[numbers[2 * n]], chips[numbers[2 * n + 1]]]]);
    }));
    const ids = data.tools.map(([id]) => id);
    const before = ids.map(() => []), after = ids.map(() => []);
    for (const [from, to, idle] of data.links) if (!idle) { after[from].push(to); before[to].push(from); }
    select.append(...data.tools.map(([id, name], n) => [n, name || id]).sort((a, b) => a[1].localeCompare(b[1])).map(([n, name]) => option(String(n), name)));
    const reach = (start, next) => {
      const found = new Set([start]);
      for (const here of found) next[here].forEach((each) => found.add(each));
      return found;
    };
    const chipsOf = (tools) => {
      if (!bundled) return new Set([...tools].map((n) => ids[n]));
      return new Set(Object.entries(data.chips).filter(([, members]) => members.some((n) => tools.has(n))).map(([id]) => id));
    };
    const names = (tools, self) => [...tools].filter((n) => n !== self).map((n) => data.tools[n][1] || ids[n]).sort((a, b) => a.localeCompare(b));
    const go = () => {
      all("svg.following").forEach((each) => each.classList.remove("following"));
      all("svg .on, svg .self").forEach((each) => each.classList.remove("on", "self"));
      out.replaceChildren();
      if (select.value === "") return;
      const self = Number(select.value);
      const [sources, targets] = [up.checked ? reach(self, before) : new Set([self]), down.checked ? reach(self, after) : new Set([self])];
      const [above, below, own] = [chipsOf(sources), chipsOf(targets), chipsOf(new Set([self]))];
      map.classList.add("following");
      for (const chip of chips) {
        const id = chip.dataset.tool;
        chip.classList.toggle("on", above.has(id) || below.has(id));
        chip.classList.toggle("self", own.has(id));
      }
      for (const [line, between] of ends) {
        const [from, to] = between.map((chip) => chip?.dataset.tool), runs = !line.closest(".planned, .broken");
        const direct = (up.checked && own.has(to)) || (down.checked && own.has(from));
        const on = line.matches(".gap") ? direct : runs && ((above.has(from) && above.has(to)) || (below.has(from) && below.has(to)));
        line.classList.toggle("on", on || (direct && !bundled));
      }
      for (const [box, tools] of [[up, sources], [down, targets]]) {
        if (!box.checked) continue;
        const found = names(tools, self), line = document.createElement("p");
        line.append(element("strong", `${reading(box.parentElement)}: ${found.length}`), found.length ? ` – ${found.join(", ")}` : "");
        out.append(line);
      }
    };
    // What a line carries, from the table of flows, when somebody points at it.
    const rows = all("#flows tbody tr"), named = (cell) => reading(cell.firstChild);
    on(map, "pointerover", (event) => {
      const line = event.target.closest(".links path");
      if (!line || line.firstElementChild) return;
      const [from, to] = ends.get(line).map((chip) => one("title", chip).textContent.split("; ")[0]);
      const [sources, targets] = bundled ? ends.get(line).map((chip) => data.chips[chip.dataset.tool].map((n) => data.tools[n][1])) : [[from], [to]];
      const carries = rows.filter((row) => sources.includes(named(row.cells[0])) && targets.includes(named(row.cells[1])))
        .map((row) => (bundled ? `${named(row.cells[0])} → ${named(row.cells[1])}: ` : "") + `${reading(row.cells[2])}; ${reading(row.cells[3])}`);
      const title = document.createElementNS(map.namespaceURI, "title");
      title.textContent = [`${from} → ${to}`, ...carries.slice(0, 20)].join("\n");
      line.append(title);
    });
    [select, up, down].forEach((each) => on(each, "change", go));
    on(map, "click", (event) => {
      const id = event.target.closest(".chip")?.dataset.tool;
      const tools = id === undefined ? [] : bundled ? data.chips[id] || [] : [ids.indexOf(id)];
      select.value = tools.length && select.value !== String(tools[0]) ? String(tools[0]) : "";
      go();
    });
  };

  theme(); printing(); where(); search(); linking(); all("table.sortable").forEach(sorting); filter(); follow(); opening();
})();
