// A table to paste into and correct in place, over the text area that takes cells copied out of Excel.
//
// <div data-grid="ID OF THE TEXT AREA" data-headings='[["Họ và tên", "ho ten"], …]' hidden> holds a table, the
// buttons and a line for messages. What is sent is the text area's own text, written anew after every
// change: tabs between cells, cells with line breaks in quotes, as Excel itself copies them. Without this
// file the text area stands there alone.
const MOST_ROWS = 300;
const MOST_COLUMNS = 40;
const BLANK_ROWS = 5;
const TITLES_ABOVE = 6; // rows in which the headings are looked for

// --- Text and cells ---
const CELL = /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)|[^\t\r\n]*/y;

/** Rows of cells from what a sheet copies; a quote that is never closed is a quote. */
export function parsed(text) {
  const rows = [[]];
  for (let at = 0; at <= text.length; at += 1) {
    CELL.lastIndex = at;
    const [whole, quoted] = CELL.exec(text);
    rows.at(-1).push(quoted === undefined ? whole : quoted.replaceAll('""', '"').replace(/\r\n?/g, "\n"));
    at += whole.length;
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    if (text[at] === "\n" || text[at] === "\r") rows.push([]);
  }
  while (rows.length && rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows;
}

/** The same the other way; nothing at all while no cell below the headings is filled. */
export function written(head, rows) {
  const filled = rows.filter((row) => row.some((cell) => cell.trim()));
  const quoted = (cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return filled.length ? [head, ...filled].map((row) => row.map(quoted).join("\t")).join("\n") : "";
}

function folded(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Which row holds the headings: two of its cells are words we know; -1 when none does. */
export function headingsAt(rows, known) {
  const words = new Set(known.flat().map(folded));
  return rows.slice(0, TITLES_ABOVE).findIndex(
    (row) => row.filter((cell) => words.has(folded(cell))).length > 1,
  );
}

function letters(place) {
  return (place > 25 ? String.fromCharCode(64 + Math.floor(place / 26)) : "") + String.fromCharCode(65 + (place % 26));
}

// --- The table ---
class Grid {
  constructor(box) {
    this.box = box;
    this.area = document.getElementById(box.dataset.grid);
    this.id = this.area.id;
    this.known = JSON.parse(box.dataset.headings);
    this.cells = box.querySelector("[data-cells]");
    this.table = box.querySelector("table");
    this.status = box.querySelector("[role=status]");
    this.buttons = Object.fromEntries([...box.querySelectorAll("button")].map((button) => [button.value, button]));
    this.row = 0;
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("input", (event) => this.typed(event.target));
    this.table.addEventListener("focusin", (event) => this.look(event.target));
    box.addEventListener("click", (event) => this.press(event.target.closest("button")?.value));
    addEventListener("pageshow", () => { if (this.sent !== this.area.value) this.open(); });
    this.open();
  }

  /** Take what stands in the text area, or begin with our own headings and a few blank rows. */
  open() {
    const rows = parsed(this.area.value);
    this.sent = this.area.value; // stays as it came until something is changed
    this.asText(rows.length > MOST_ROWS + 1);
    if (this.isText) {
      this.say(`Bảng có ${rows.length - 1} dòng, sửa dạng bảng chỉ được ${MOST_ROWS} dòng. Gửi tệp Excel ở ô trên.`);
      return;
    }
    const [head, ...below] = rows.length ? rows : [this.known.map(([title]) => title)];
    this.set(head, below.length ? below : this.blank(BLANK_ROWS));
  }

  asText(isText) {
    this.isText = isText;
    this.box.hidden = false;
    this.cells.hidden = isText;
    this.area.hidden = !isText;
    this.buttons.text.textContent = isText ? "Sửa dạng bảng" : "Sửa dạng chữ";
    // The label, and the errors above, lead to what is shown.
    this.area.id = isText ? this.id : `${this.id}-chu`;
    if (isText) this.at(0, 0)?.removeAttribute("id");
  }

  blank(many) {
    return Array.from({ length: many }, () => []);
  }

  set(head, rows) {
    const wide = Math.max(head.length, ...rows.map((row) => row.length));
    this.head = Array.from({ length: wide }, (_, at) => (head[at] ?? "").replace(/\s+/g, " "));
    this.rows = rows.map((row) => Array.from({ length: wide }, (_, at) => row[at] ?? ""));
    this.row = Math.min(this.row, this.rows.length - 1);
    this.draw();
  }

  draw() {
    const head = document.createElement("tr");
    head.append(document.createElement("td"), ...this.head.map((title, column) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      const letter = document.createElement("span");
      letter.textContent = letters(column);
      cell.append(letter, this.cell(document.createElement("input"), title, -1, column));
      return cell;
    }));
    this.table.tHead.replaceChildren(head);
    this.table.tBodies[0].replaceChildren(...this.rows.map((row, line) => {
      const drawn = document.createElement("tr");
      const number = document.createElement("th");
      number.scope = "row";
      number.textContent = line + 1;
      drawn.append(number, ...row.map((words, column) => {
        const cell = document.createElement("td");
        cell.append(this.cell(document.createElement("textarea"), words, line, column));
        return cell;
      }));
      return drawn;
    }));
    this.at(0, 0).id = this.id;
    this.label();
    this.look();
  }

  cell(box, words, line, column) {
    box.value = words;
    if (line >= 0) box.rows = Math.min(4, words.split("\n").length);
    box.spellcheck = false;
    box.autocomplete = "off";
    box.dataset.line = line;
    box.dataset.column = column;
    return box;
  }

  label() {
    for (const box of this.table.querySelectorAll("[data-line]")) {
      const { line, column } = this.place(box);
      const called = this.head[column] || `Cột ${letters(column)}`;
      box.setAttribute("aria-label", line < 0 ? `Tiêu đề cột ${letters(column)}` : `${called}, dòng ${line + 1}`);
    }
  }

  at(line, column) {
    return this.table.querySelector(`[data-line="${line}"][data-column="${column}"]`);
  }

  place(box) {
    return { line: Number(box.dataset.line), column: Number(box.dataset.column) };
  }

  go(line, column) {
    const box = this.at(line, column);
    if (box) { box.focus(); box.select(); }
    return Boolean(box);
  }

  look(box) {
    if (box?.dataset.line) this.row = Math.max(0, Number(box.dataset.line));
    this.buttons.remove.textContent = `Bỏ dòng ${this.row + 1}`;
    this.buttons.add.disabled = this.rows.length >= MOST_ROWS;
    this.buttons.undo.hidden = !this.before;
  }

  typed(box) {
    const { line, column } = this.place(box);
    if (line < 0) { this.head[column] = box.value; this.label(); } else {
      this.rows[line][column] = box.value;
      box.rows = Math.min(4, box.value.split("\n").length);
    }
    this.keep();
  }

  keep() {
    this.sent = this.area.value = written(this.head, this.rows);
  }

  say(words) {
    this.status.textContent = words;
  }

  // --- Pasting ---
  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\r\n]/.test(text)) return; // into the cell, as anywhere
    event.preventDefault();
    const rows = parsed(text);
    const { line, column } = this.place(event.target);
    const top = headingsAt(rows, this.known);
    const first = top < 0 ? line : -1;
    const below = rows.slice(Math.max(0, top));
    const high = first + below.length;
    const wide = Math.max(0, ...below.map((row) => row.length)) + (top < 0 ? column : 0);
    if (high > MOST_ROWS || wide > MOST_COLUMNS) {
      this.say(`Chưa dán: bảng có ${high} dòng, ${wide} cột; ở đây chỉ được ${MOST_ROWS} dòng, ${MOST_COLUMNS} cột. Gửi tệp Excel ở ô trên.`);
      return;
    }
    const before = [[...this.head], this.rows.map((row) => [...row])];
    if (top < 0) this.fill(below, line, column);
    else this.set(below[0], below.length > 1 ? below.slice(1) : this.blank(BLANK_ROWS));
    this.before = before;
    this.keep();
    this.look();
    this.go(Math.max(0, first), top < 0 ? column : 0);
    const told = `Đã dán ${below.length - (first < 0)} dòng.`;
    this.say(top > 0 ? `${told} Đã bỏ ${top} dòng tên bảng ở trên tiêu đề.` : told);
  }

  /** The cells from this one on, to the right and below; the table grows. */
  fill(pasted, line, column) {
    const all = [[...this.head], ...this.rows.map((row) => [...row])];
    pasted.forEach((row, down) => {
      const into = (all[line + 1 + down] ??= []);
      row.forEach((cell, right) => { into[column + right] = cell; });
    });
    this.set(all[0], all.slice(1));
  }

  // --- Keys and buttons ---
  key(event) {
    const box = event.target;
    const { line, column } = this.place(box);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key === "Enter" && event.altKey && line >= 0) {
      event.preventDefault();
      box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
      this.typed(box);
    } else if (event.key === "Enter" && isPlain) {
      event.preventDefault(); // nor is the form sent from a heading
      if (!this.go(line + (event.shiftKey ? -1 : 1), column) && !event.shiftKey) this.add(column);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.buttons.add.focus();
    } else if (isPlain && !event.shiftKey && event.key.startsWith("Arrow")) {
      const [down, right] = this.step(event.key, box);
      if ((down || right) && this.go(line + down, column + right)) event.preventDefault();
    }
  }

  /** Where an arrow leads: out of the cell only when the caret is at that edge of it. */
  step(key, box) {
    const { selectionStart: start, selectionEnd: end, value } = box;
    const isWhole = start === 0 && end === value.length;
    const isFirst = isWhole || !value.slice(0, start).includes("\n");
    const isLast = isWhole || !value.slice(end).includes("\n");
    if (key === "ArrowUp") return [isFirst ? -1 : 0, 0];
    if (key === "ArrowDown") return [isLast ? 1 : 0, 0];
    if (key === "ArrowLeft") return [0, isWhole || end === 0 ? -1 : 0];
    return [0, isWhole || start === value.length ? 1 : 0];
  }

  press(what) {
    if (what === "add") this.add(0);
    if (what === "remove") this.remove();
    if (what === "undo") this.undo();
    if (what === "text") this.turn();
  }

  turn() {
    this.say("");
    if (this.isText) this.open(); else this.asText(true);
    document.getElementById(this.id).focus();
  }

  add(column) {
    if (this.rows.length >= MOST_ROWS) {
      this.say(`Bảng đã đủ ${MOST_ROWS} dòng. Danh sách dài hơn thì gửi tệp Excel ở ô trên.`);
      return;
    }
    this.set(this.head, [...this.rows, []]);
    this.go(this.rows.length - 1, column);
  }

  remove() {
    const gone = this.row;
    const rows = this.rows.filter((_, line) => line !== gone);
    this.before = [[...this.head], this.rows.map((row) => [...row])];
    this.set(this.head, rows.length ? rows : this.blank(1));
    this.keep();
    this.look();
    this.say(`Đã bỏ dòng ${gone + 1}.`);
  }

  undo() {
    const [head, rows] = this.before;
    this.before = null;
    this.set(head, rows);
    this.keep();
    this.say("Đã hoàn tác.");
    this.go(0, 0);
  }
}

if (typeof document !== "undefined") {
  for (const box of document.querySelectorAll("[data-grid]")) new Grid(box);
}
