// Tables that are sorted by their columns' heads. Without it the page is whole, in the order it was written in.
(() => {
  const told = document.body.dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = (text) => {
    const found = text.replace(/,/g, "").replace(/\u2212/g, "-").match(/^[+-]?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };
  const missing = (text) => text === "" || text === "\u2013" || /^\[[a-z]\]/.test(text);

  function branches(rows) {
    const top = [], open = [];
    for (const row of rows) {
      const node = { row, depth: Number(row.dataset.depth || 0), under: [] };
      while (open.length && open[open.length - 1].depth >= node.depth) open.pop();
      (open.length ? open[open.length - 1].under : top).push(node);
      open.push(node);
    }
    return top;
  }

  function sorted(nodes, column, way, numeric) {
    const key = (node) => node.row.cells[column].innerText.trim();
    const order = (a, b) => {
      const [one, other] = [key(a), key(b)];
      if (missing(one) || missing(other)) return missing(one) - missing(other);
      return way * (numeric ? number(one) - number(other) : collator.compare(one, other));
    };
    return nodes.slice().sort(order).flatMap((node) => [node.row, ...sorted(node.under, column, way, numeric)]);
  }

  function sort(table, heads, column, original) {
    const was = heads[column].getAttribute("aria-sort");
    const body = table.tBodies[0];
    const texts = original.map((row) => row.cells[column].innerText.trim()).filter((text) => !missing(text));
    const numeric = texts.length > 0 && texts.every((text) => number(text) !== null);
    const first = numeric ? "descending" : "ascending";
    const next = was === null ? first : was === first ? (numeric ? "ascending" : "descending") : null;
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (next !== null) heads[column].setAttribute("aria-sort", next);
    const way = next === "descending" ? -1 : 1;
    body.append(...(next === null ? original : sorted(branches(original), column, way, numeric)));
  }

  for (const table of document.querySelectorAll("table")) {
    const original = [...table.tBodies[0].rows];
    if (original.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, heads, column, original));
      head.append(button);
    });
    const hint = document.createElement("span");
    hint.className = "unseen";
    hint.textContent = " " + told.sorting;
    table.caption.append(hint);
  }
})();
