// The error browser: filters, exact counts, patterns, and each error marked in its sentence.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const names = JSON.parse(document.getElementById("names").textContent);
  const PAGE = 40;
  const titles = {
    kind: ["Kind", "类型"], gold: ["Gold label", "标准标签"], predicted: ["Predicted label", "预测标签"],
    rule: ["Rule", "规则"], section: ["Guideline", "指南条目"], change: ["Change", "变化"], label: ["Label", "标签"],
    pattern: ["Pattern", "模式"], text: ["Text", "文字"], trivial: ["Trivial", "常见项"], with: ["Label, either side", "任一方标签"],
    labels: ["Labels", "两方标签"],
  };
  const edges = { left: "左", right: "右" };
  const at = Object.fromEntries(data.facets.map((facet, index) => [facet, index]));
  const whole = data.errors.length === data.total;
  let wanted = {}, shown = PAGE;

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "on") for (const [name, call] of Object.entries(value)) made.addEventListener(name, call);
      else if (value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  const both = ([en, zh]) => [element("span", { class: "en" }, en), element("span", { class: "zh", lang: "zh-Hans" }, zh)];
  const title = (facet) => titles[facet] || names.slice[facet] || [facet, facet];
  const named = (facet, value) => (names[facet] || {})[value] || [value, value];
  const inOption = ([en, zh]) => (en === zh ? en : `${en} ${zh}`);
  const tag = (label) => element("span", { class: `tag ${["PERSON", "TITLE", "ORG"].includes(label) ? label : "plain"}` }, label);

  // A filter is a value, or several with ¦ between them; after "!" those that must not be.
  const agrees = (filter, value) => {
    const not = filter.startsWith("!");
    return filter.slice(not ? 1 : 0).split("¦").includes(value) !== not;
  };
  const valueOf = (codes, facet) => data.values[facet][codes[at[facet]]];
  const labelOf = (codes) => (valueOf(codes, "gold") === "–" ? valueOf(codes, "predicted") : valueOf(codes, "gold"));
  // What is no facet of its own but follows from gold and predicted label.
  const drawn = {
    label: (codes) => [labelOf(codes)],
    with: (codes) => [valueOf(codes, "gold"), valueOf(codes, "predicted")],
    labels: (codes) => {
      const [gold, predicted] = drawn.with(codes);
      return [gold === "–" || predicted === "–" ? "–" : gold === predicted ? "same" : "other"];
    },
  };
  const valuesOf = (codes, key) => (key in drawn ? drawn[key](codes) : [valueOf(codes, key)]);
  const passes = (codes) => Object.entries(wanted).every(([key, filter]) =>
    !(key in drawn || key in at) || valuesOf(codes, key).some((value) => agrees(filter, value)));
  const matching = () => data.errors.filter((error) =>
    passes(error.facets)
    && (!wanted.pattern || error.pattern === wanted.pattern)
    && (!wanted.text || error.text.includes(wanted.text)));
  const exact = () => data.cube.reduce((sum, row) => sum + (passes(row) ? row[row.length - 1] : 0), 0);

  const sentence = (error) => {
    const letters = Array.from(error.text);
    const marks = letters.map(() => ({ gold: -1, predicted: -1 }));
    for (const side of ["gold", "predicted"]) {
      error[side].forEach(([start, end], index) => { for (let i = start; i < end; i++) marks[i][side] = index; });
    }
    const line = element("p", { class: "sentence", lang: "zh-Hans" }, error.cut[0] ? "…" : "");
    let from = 0;
    for (let i = 1; i <= letters.length; i++) {
      if (i < letters.length && marks[i].gold === marks[from].gold && marks[i].predicted === marks[from].predicted) continue;
      line.append(piece(error, letters.slice(from, i).join("").replaceAll("\n", " ¶ "), marks[from]));
      from = i;
    }
    line.append(error.cut[1] ? "…" : "");
    return line;
  };
  const piece = (error, text, { gold, predicted }) => {
    if (gold < 0 && predicted < 0) return text;
    const focus = (gold >= 0 && gold === error.focus[0]) || (predicted >= 0 && predicted === error.focus[1]);
    const styles = ["s", focus ? "focus" : "aside"];
    const says = [];
    if (gold >= 0) { styles.push(`g-${error.gold[gold][2]}`); says.push(`gold ${error.gold[gold][2]}`); }
    if (predicted >= 0) { styles.push(`p-${error.predicted[predicted][2]}`); says.push(`predicted ${error.predicted[predicted][2]}`); }
    return element("span", { class: styles.join(" "), title: says.join(", ") }, text);
  };
  const surface = (error, side) => {
    const span = error[side][error.focus[side === "gold" ? 0 : 1]];
    return span ? [tag(span[2]), element("b", { lang: "zh-Hans" }, Array.from(error.text).slice(span[0], span[1]).join(""))]
      : [element("span", {}, ...both(["nothing", "无"]))];
  };
  const dot = () => element("span", {}, "·");
  const card = (error) => {
    const value = (facet) => data.values[facet][error.facets[at[facet]]];
    const what = element("div", { class: "what" }, ...both(named("kind", value("kind"))), dot(),
      ...surface(error, "gold"), element("span", {}, "→"), ...surface(error, "predicted"));
    if ("change" in at) what.append(dot(), ...both(named("change", value("change"))));
    const where = [error.id, `@${error.at}`];
    if (data.titles[error.id]) where.unshift(data.titles[error.id]);
    if (value("rule") !== "–") where.push(value("rule"));
    const section = "section" in at && value("section") !== "–" ? [" · ", ...both(named("section", value("section")))] : [];
    const facets = { "data-kind": value("kind"), "data-change": "change" in at ? value("change") : null };
    return element("article", { class: "card", ...facets }, what, sentence(error), element("div", { class: "where" }, where.join(" · "), ...section));
  };

  const select = (facet) => {
    const list = element("select", { name: facet, on: { change: (event) => set(facet, event.target.value) } },
      element("option", { value: "" }, "all 全部"));
    const values = facet in drawn ? [...new Set(data.cube.flatMap((row) => drawn[facet](row)))] : [...data.values[facet]];
    if (facet !== "length") values.sort();
    for (const value of values) list.append(element("option", { value }, inOption(named(facet, value))));
    if (wanted[facet] && !values.includes(wanted[facet])) {
      const not = wanted[facet].startsWith("!");
      const names = wanted[facet].slice(not ? 1 : 0).split("¦").map((value) => inOption(named(facet, value)));
      list.append(element("option", { value: wanted[facet] }, `${not ? "≠ " : ""}${names.join(", ")}`));
    }
    list.value = wanted[facet] || "";
    return element("label", {}, element("span", {}, ...both(title(facet))), list);
  };
  const drawFilters = () => {
    const rare = ["with", "labels", "trivial"].filter((facet) => wanted[facet]);
    const facets = [...rare, ...data.facets.filter((facet) => !rare.includes(facet) && facet !== "trivial" && (data.values[facet].length > 1 || wanted[facet]))];
    const search = element("input", { type: "search", name: "text", value: wanted.text || "",
      on: { change: (event) => set("text", event.target.value.trim()) } });
    document.getElementById("filters").replaceChildren(
      ...["label", ...facets].map(select),
      element("label", {}, element("span", {}, ...both(titles.text)), search),
      element("button", { class: "plain", type: "button", id: "reset", on: { click: () => go({}) } },
        ...both(["Clear", "清除"])));
  };
  const drawPatterns = () => {
    const kind = wanted.kind && !wanted.kind.startsWith("!") ? wanted.kind : null;
    const label = wanted.label || (wanted.gold && /^[A-Z]/.test(wanted.gold) ? wanted.gold : null);
    const rows = data.patterns.filter((row) => (!kind || row[0] === kind) && (!label || row[1] === label)).slice(0, 80);
    document.getElementById("patterns").replaceChildren(...rows.map(([rowKind, rowLabel, pattern, number]) => {
      const chosen = wanted.pattern === pattern && wanted.kind === rowKind && (wanted.label || wanted.gold) === rowLabel;
      const zh = pattern.replace(/\b(left|right)\b/g, (side) => edges[side]);
      return element("li", {}, element("button", { type: "button", "aria-pressed": String(chosen),
        on: { click: () => go(chosen ? {} : { kind: rowKind, label: rowLabel, pattern }) } },
        element("span", {}, ...both([pattern, zh]), element("small", {}, ...both(named("kind", rowKind)), ` ${rowLabel}`)),
        element("span", { class: "n" }, number.toLocaleString("en"))));
    }));
  };
  const patternCount = () => data.patterns.find((row) => row[0] === wanted.kind && row[1] === wanted.label && row[2] === wanted.pattern);
  const tally = (found) => {
    const free = !wanted.pattern && !wanted.text;
    const only = Object.keys(wanted).every((key) => ["kind", "label", "pattern"].includes(key));
    const known = whole ? found.length : free ? exact() : only && patternCount() ? patternCount()[3] : null;
    const count = (number) => number.toLocaleString("en");
    const line = known === null ? [`${count(found.length)} in the sample`, `样本中 ${count(found.length)} 处`]
      : found.length === known ? [`${count(known)} ${known === 1 ? "error" : "errors"}`, `${count(known)} 处错误`]
        : [`${count(known)} errors, ${count(found.length)} of them in the sample of this page`, `${count(known)} 处错误，本页抽样展示 ${count(found.length)} 处`];
    const total = Object.keys(wanted).length ? [` of ${count(data.total)}`, `（共 ${count(data.total)} 处）`] : ["", ""];
    document.getElementById("tally").replaceChildren(...both([line[0] + total[0], line[1] + total[1]]));
  };
  const draw = () => {
    const found = matching();
    drawFilters(); drawPatterns(); tally(found);
    document.getElementById("active").textContent = Object.keys(wanted).length ? `(${Object.keys(wanted).length})` : "";
    document.getElementById("cards").replaceChildren(...found.slice(0, shown).map(card));
    document.getElementById("more").hidden = found.length <= shown;
  };

  // The filters live in the address, so that a number in a table, a bookmark and "back" all work.
  const parse = () => Object.fromEntries(new URLSearchParams(location.hash.split("?")[1] || ""));
  const go = (filters) => {
    const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value)).toString();
    const place = `#errors${query ? `?${query}` : ""}`;
    if (place === location.hash) return;
    history.pushState(null, "", place);
    read();
  };
  const set = (key, value) => {
    const next = { ...wanted, [key]: value };
    delete next.pattern;
    go(next);
  };
  const read = () => { wanted = location.hash.startsWith("#errors") ? parse() : {}; shown = PAGE; draw(); };
  const follow = () => { read(); if (location.hash.startsWith("#errors?")) document.getElementById("errors").scrollIntoView(); };
  document.getElementById("more").addEventListener("click", () => { shown += PAGE; draw(); });
  addEventListener("hashchange", follow);
  addEventListener("popstate", read);
  // On a phone filters and patterns wait behind their names.
  if (matchMedia("(max-width: 760px)").matches) for (const list of document.querySelectorAll("#errors details")) list.open = false;
  follow();
})();
