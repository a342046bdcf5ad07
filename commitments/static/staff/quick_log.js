// What the sheet can do beyond a plain form: keys, pasted columns, drafts.
// The server says what is wrong with a row, beside the draft that it keeps, and has the last word on all of it.

const form = document.querySelector("#quick-log");

function start() {
  const rows = [...form.querySelectorAll("[data-row]")];
  const drafts = draftsOf(rows);
  // A row that the server has not spoken of is checked; what it said stands until the row is changed.
  for (const row of rows) if (texts(row) && !row.querySelector(".check li")) drafts.check(row);
  drafts.send();
  count(rows);
  form.addEventListener("input", event => {
    if (event.target.id === "day") for (const row of rows) if (texts(row)) drafts.check(row);
    const row = event.target.closest("[data-row]");
    if (!row) return;
    keepOne(row, event.target);
    count(rows);
    form.querySelector("#pasted").textContent = "";
    drafts.keep(row);
  });
  form.addEventListener("keydown", event => move(event, rows));
  form.addEventListener("paste", paste);
  form.addEventListener("focusout", () => drafts.send());
  form.addEventListener("submit", event => drafts.mayLeave() || event.preventDefault());
}

// Rows ------------------------------------------------------------------------------------------------

function field(row, name) {
  return form.elements[`${row.dataset.row}-${name}`];
}

function valueOf(row) {
  return row.querySelector(".value");
}

/** “No change” and a value rule each other out: the newer one stays. */
function keepOne(row, changed) {
  const box = field(row, "unchanged");
  if (!box) return;
  if (changed === box && box.checked) valueOf(row).value = "";
  if (changed === valueOf(row) && changed.value) box.checked = false;
}

/** What is typed in a row, by the form's own names; null where nothing is. */
function texts(row) {
  const typed = {};
  for (const control of row.querySelectorAll("[name]")) {
    const isEmpty = control.type === "checkbox" ? !control.checked : !control.value;
    if (control.type !== "file" && !isEmpty) typed[control.name.split("-")[1]] = control.value;
  }
  return Object.keys(typed).length ? typed : null;
}

function fill(row, typed) {
  for (const control of row.querySelectorAll("[name]")) {
    const text = typed[control.name.split("-")[1]] ?? "";
    if (control.type === "checkbox") control.checked = Boolean(text);
    else if (control.type !== "file") control.value = text;
  }
  if (typed.problems || typed.next_steps || typed.day) row.querySelector(".note details").open = true;
  if (typed.url) row.querySelector(".evidence details").open = true;
}

function count(rows) {
  const typed = rows.filter(row => texts(row)).length;
  form.querySelector("#typed").textContent = typed ? form.dataset.typed.replace("{count}", typed) : "";
}

// Checks ----------------------------------------------------------------------------------------------

const UNCHECKED = { understood: "", errors: [], doubts: [] };

/** What the server says of a row as it stands, or nothing where it has not been asked or cannot be. */
function show(row, { understood, errors, doubts }) {
  const hasNote = ["progress", "problems", "next_steps"].some(name => field(row, name).value.trim());
  field(row, "progress").classList.toggle("needed", doubts.length > 0 && !hasNote);
  const place = row.querySelector(".understood");
  if (place) place.textContent = understood ? `= ${understood}` : "";
  const said = [...errors.map(words => ["error", words]), ...doubts.map(words => ["doubt", words])];
  row.querySelector(".check").replaceChildren(
    ...said.map(([kind, words]) => Object.assign(document.createElement("li"), { className: kind, textContent: words })),
  );
}

// Keys ------------------------------------------------------------------------------------------------

function move(event, rows) {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const control = event.target;
  if (event.key === "Enter" && control.tagName === "INPUT") event.preventDefault();
  if (!control.classList.contains("value")) return;
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || isOpen(control)) return;
  event.preventDefault();
  const next = rows[rows.indexOf(control.closest("[data-row]")) + step];
  if (!next) return;
  valueOf(next).focus();
  valueOf(next).select?.();
}

/** Whether a list of stages is down: keys then move in it. Space and Alt with an arrow open it. */
function isOpen(control) {
  return control.tagName === "SELECT" && CSS.supports("selector(:open)") && control.matches(":open");
}

// Pasting ---------------------------------------------------------------------------------------------

/** A raised or circled digit, as of a footnote: no digit of the number. */
const MARK = /\p{No}/u;

function unitsOf(row) {
  return [row?.dataset.unit, row?.dataset.unitEn].filter(Boolean);
}

/** A number as `domain/numbers.py` reads it: with its commas, or null. */
function plain(text, units) {
  for (const unit of units) text = text.replaceAll(unit, unit.normalize("NFKC"));
  if (MARK.test(text)) return null;
  text = text.normalize("NFKC").trim();
  const found = [...units, ""].map(unit => figure(text, unit.normalize("NFKC")));
  return found.find(each => new RegExp(`^${form.dataset.number}$`).test(each)) ?? null;
}

/** The text before the unit as digits; empty where what stands behind it says more than words. */
function figure(text, unit) {
  if (unit) {
    const at = text.toLowerCase().indexOf(unit.toLowerCase());
    if (at < 0 || !areWords(text.slice(at + unit.length), unit)) return "";
    text = text.slice(0, at).trimEnd();
  }
  return text.replaceAll("。", ".").replaceAll("−", "-").replace(/\s+/g, ",");
}

function areWords(text, unit) {
  if (!text) return true;
  const goesOn = /[a-z]$/i.test(unit) && /^[a-z]/i.test(text);
  return /\p{L}$/u.test(unit) && /^[\p{L}\s]+$/u.test(text) && !goesOn && !new RegExp(form.dataset.changing).test(text.trimStart());
}

// A word like “完成” may be a heading; these are none.
const SIGNS = ["1", "是", "✓", "√", "✔"], NOT_DONE = ["0", "否", "×"];

function isDone(text) {
  return !MARK.test(text) && JSON.parse(form.dataset.done).includes(text.normalize("NFKC").replace(/\s/g, "").toLowerCase());
}

/** Lines go to the rows as they are shown, from the one with the cursor on, or each to the row of its code. */
function paste(event) {
  if (!event.target.matches(".value")) return;
  const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
  if (!/[\n\t]/.test(text) && event.target.tagName === "INPUT") return;
  event.preventDefault();
  const lines = text.split(/\r?\n/).map(line => line.split("\t").map(cell => (MARK.test(cell) ? cell : cell.normalize("NFKC")).trim()));
  const places = placesOf(lines, event.target.closest("[data-target]"));
  const columns = { figure: columnOf(places.filter(({ row }) => !isRatio(row))), ratio: columnOf(places.filter(({ row }) => isRatio(row))) };
  const filled = [], unused = new Map();
  places.forEach(({ row, cells, lacks }, index) => {
    if (!cells.some(Boolean)) return;
    const fault = lacks ?? put(row, cells, columns[isRatio(row) ? "ratio" : "figure"]);
    if (!fault || fault === "note") filled.push(row);
    if (fault) unused.set(fault, [...(unused.get(fault) ?? []), index + 1]);
  });
  if (filled.length) valueOf(filled.at(-1)).focus();
  form.querySelector("#pasted").textContent = told(filled.length, unused);
}

/** How many rows were filled, and of each line that was not, or not wholly, why. */
function told(filled, unused) {
  const words = JSON.parse(form.dataset.pasting);
  const faults = [...unused].map(([fault, lines]) => words[fault].replace("{lines}", lines.join(words.comma)));
  return [words.filled.replace("{count}", filled), ...faults].join(words.semicolon);
}

/** For each line its cells and its row, or what it lacks to have one. Of a heading, and of a row's code, nothing is left. */
function placesOf(lines, start) {
  const all = [...form.querySelectorAll("[data-target]")];
  const codes = new Map(all.map(row => [row.querySelector(".code").textContent.trim(), row]));
  const codeOf = cells => cells.findIndex(cell => codes.has(cell));
  if (lines.some(cells => cells.length > 1 && codeOf(cells) >= 0)) return placesByCode(lines, codes, codeOf);
  const rows = all.slice(all.indexOf(start));
  const below = hasHeading(lines, rows) ? [undefined, ...rows] : rows;
  return lines.map((cells, index) => {
    const row = below[index];
    return { row, cells: index === 0 && !row ? [] : cells, lacks: row ? undefined : "noRow" };
  });
}

/** What stands above the first line with a code is a heading, unless it has a number. */
function placesByCode(lines, codes, codeOf) {
  const head = lines.findIndex(cells => codeOf(cells) >= 0 || cells.some(cell => isNumber(cell)));
  return lines.map((cells, index) => {
    const at = codeOf(cells);
    if (at < 0) return { cells: index < head ? [] : cells, lacks: "noCode" };
    return { row: codes.get(cells[at]), cells: cells.map(cell => cell === cells[at] ? "" : cell) };
  });
}

/** The first line has no value, and all others that say something have one; of a stage anything may be said. */
function hasHeading([first, ...others], rows) {
  const units = rows.flatMap(unitsOf);
  const isValue = text => [...SIGNS, ...NOT_DONE].includes(text) || isNumber(text, units);
  const said = others.map((cells, index) => ({ cells, row: rows[index] })).filter(({ cells }) => cells.some(Boolean));
  const hasValue = ({ cells }) => cells.some(isValue);
  return first.some(Boolean) && !first.some(text => isValue(text) || MARK.test(text)) && said.some(hasValue)
    && said.every(line => hasValue(line) || isStaged(line.row));
}

/** The last column that holds mostly values; a list of one column needs none. */
function columnOf(places) {
  const lines = places.filter(({ row }) => row);
  const widest = Math.max(0, ...lines.map(({ cells }) => cells.length));
  for (let column = widest - 1; column > 0; column -= 1) {
    const texts = lines.filter(({ cells }) => cells[column]);
    const values = texts.filter(({ row, cells }) => isValueOf(row, cells[column]));
    if (values.length && values.length * 2 >= texts.length) return column;
  }
  return 0;
}

function isNumber(text, units = []) {
  return plain(text, units) !== null;
}

function isStaged(row) {
  return Boolean(row?.querySelector("select.value"));
}

function isRatio(row) {
  return "ratio" in (row?.dataset ?? {});
}

function isValueOf(row, text) {
  return isStaged(row) ? isDone(text) || NOT_DONE.includes(text) : isNumber(text, unitsOf(row));
}

/** Fills a row from its line and says what was left out: nothing, its note, or all of it. */
function put(row, cells, column) {
  const text = cells[column] ?? "";
  if (!("row" in row.dataset)) return "reported";
  if (isStaged(row)) {
    if (!isDone(text)) return "stage";
    valueOf(row).selectedIndex = 1;
  } else {
    if (!text || (cells.length > 1 && !isValueOf(row, text))) return "noNumber";
    putFigure(row, text, cells[column - 1] ?? "");
  }
  const isLeft = putNote(row, cells.slice(column + 1).filter(cell => cell && !unitsOf(row).includes(cell)).join(" "));
  valueOf(row).dispatchEvent(new Event("input", { bubbles: true }));
  return isLeft ? "note" : "";
}

/** Of a ratio, two numbers side by side are how many, and out of how many. */
function putFigure(row, text, before) {
  const isPair = isRatio(row) && isNumber(before, unitsOf(row));
  valueOf(row).value = isPair ? before : text;
  if (isPair) field(row, "denominator").value = text;
}

/** Whether the note had to be left out, since there is another. */
function putNote(row, text) {
  const note = field(row, "progress");
  if (!text || note.value.trim() === text) return false;
  if (note.value.trim()) return true;
  note.value = text;
  return false;
}

// Drafts ----------------------------------------------------------------------------------------------

const PAUSE = 2000, AGAIN = 10000;

function say(words, isAlarm = false) {
  const place = form.querySelector("#draft");
  place.classList.toggle("alarm", isAlarm);
  place.textContent = words;
}

/** Typing lies in this browser until the server has it, so that neither a lost connection nor a sign-out loses it. */
function draftsOf(rows) {
  const key = `quick-log:${form.dataset.user}:${form.dataset.endsOn}`;
  // Counts the changes of each row, so that a late answer is none of a newer text or day.
  const changes = {};
  // Rows as they stand on the page, to be checked and not kept: another window may hold newer drafts of them.
  let unchecked = {};
  let unsaved = stored(), timer, isSending = false, isLeaving = false, isSignedOut = false;

  if ("posted" in form.dataset) {
    // The page is the server's answer: it knows these rows. Reloading must ask for the sheet, not post it again.
    for (const row of form.querySelectorAll("[data-target]")) delete unsaved[row.dataset.target];
    history.replaceState(null, "", location.href);
  }
  for (const row of rows) if (unsaved[row.dataset.row]) fill(row, unsaved[row.dataset.row]);
  store();
  if (Object.keys(unsaved).length) timer = setTimeout(send, 0);
  addEventListener("online", send);

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function store() {
    try {
      if (Object.keys(unsaved).length) localStorage.setItem(key, JSON.stringify(unsaved));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still sends drafts.
    }
  }

  function keep(row) {
    unsaved[row.dataset.row] = texts(row) ?? {};
    delete unchecked[row.dataset.row];
    store();
    ask(row);
  }

  function check(row) {
    if (!unsaved[row.dataset.row]) unchecked[row.dataset.row] = texts(row);
    ask(row);
  }

  function ask(row) {
    changes[row.dataset.row] = (changes[row.dataset.row] ?? 0) + 1;
    show(row, UNCHECKED);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  function waiting() {
    return Object.keys({ ...unchecked, ...unsaved });
  }

  async function send() {
    if (isSending || isLeaving || !waiting().length) return;
    clearTimeout(timer);
    isSending = true;
    const sent = { ...changes };
    const body = { ends_on: form.dataset.endsOn, day: form.elements.day?.value ?? "", files: files(), rows: unsaved, unchanged: unchecked };
    const sentRows = waiting(), isDraft = Object.keys(unsaved).length > 0;
    const answer = await post(JSON.stringify(body));
    isSending = false;
    if (isLeaving) return;
    if (answer) {
      answered(sentRows, sent, answer);
      if (isDraft) say(`${form.dataset.saved} ${answer.saved}`);
    } else {
      clearTimeout(timer);
      timer = setTimeout(send, AGAIN);
    }
  }

  async function post(body) {
    try {
      const answer = await fetch(form.dataset.drafts, {
        method: "POST", body, redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      });
      isSignedOut = answer.type === "opaqueredirect" || answer.status === 403;
      if (answer.ok) return await answer.json();
      if (isSignedOut) askToSignIn();
      else say((answer.status === 400 && (await answer.json()).detail) || form.dataset.lost, true);
    } catch {
      say(form.dataset.lost, true);
    }
    return null;
  }

  /** The rows beside which a file has been chosen; it is sent with the form alone. */
  function files() {
    return rows.filter(row => field(row, "file").value).map(row => Number(row.dataset.row));
  }

  /** What was typed on meanwhile stays unsaved, and unchecked. */
  function answered(sentRows, sent, answer) {
    for (const name of sentRows.filter(each => changes[each] === sent[each])) {
      delete unsaved[name];
      delete unchecked[name];
      const row = rows.find(each => each.dataset.row === name);
      if (row && answer.rows[name]) show(row, answer.rows[name]);
    }
    store();
    if (waiting().length) timer = setTimeout(send, PAUSE);
  }

  function askToSignIn() {
    say(`${form.dataset.expired} `, true);
    const link = Object.assign(document.createElement("a"), { href: form.dataset.login, textContent: form.dataset.signIn });
    form.querySelector("#draft").append(link);
  }

  /** Whether the sheet may be sent now: not without a connection, not after a sign-out, not twice. */
  function mayLeave() {
    if (isLeaving) return false;
    if (!navigator.onLine) {
      say(form.dataset.lost, true);
      return false;
    }
    if (isSignedOut) {
      askToSignIn();
      return false;
    }
    form.elements.csrfmiddlewaretoken.value = token();
    isLeaving = true;
    return true;
  }

  addEventListener("pageshow", () => { isLeaving = false; });
  return { keep, check, send, mayLeave };
}

/** As the cookie has it now: signing in elsewhere changes it. */
function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

if (form) start();
