// What the sheet can do beyond a plain form: keys, pasted columns, drafts.
// The server reads what is pasted and says what is wrong with a row, beside the draft that it keeps.

const form = document.querySelector("#quick-log");

function start() {
  const rows = [...form.querySelectorAll("[data-row]")];
  for (const button of form.querySelectorAll(".copy")) button.hidden = false;
  // Counts what the user typed into each row.
  const drafts = draftsOf(rows), edits = {}, pasting = pastingOf(rows, edits, drafts);
  // A row that the server has not spoken of is checked; what it said stands until the row is changed.
  for (const row of rows) if (texts(row) && !row.querySelector(".check li")) drafts.check(row);
  drafts.send();
  count(rows);
  form.addEventListener("input", event => {
    if (event.target.id === "day") for (const row of rows) if (texts(row)) drafts.check(row);
    const row = event.target.closest("[data-row]");
    if (!row) return;
    edits[row.dataset.row] = (edits[row.dataset.row] ?? 0) + 1;
    keepOne(row, event.target);
    count(rows);
    form.querySelector("#pasted").textContent = "";
    drafts.keep(row);
  });
  form.addEventListener("keydown", event => press(event));
  form.addEventListener("click", click);
  // What was filled in is typed over.
  form.addEventListener("focusin", ({ target }) => { if (target.matches("input.value")) target.select(); });
  if (document.activeElement.matches("input.value")) document.activeElement.select();
  form.addEventListener("paste", pasting.paste);
  // On the way to a button that submits, the form itself is about to be sent.
  form.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget?.type !== "submit") drafts.send(); });
  form.addEventListener("submit", pasting.submit);
}

/** Changes a field as a person would: what follows from typing follows. */
function change(control, set) {
  set(control);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

// Rows ------------------------------------------------------------------------------------------------

function field(row, name) {
  return form.elements[`${row.dataset.row}-${name}`];
}

function valueOf(row) {
  return row.querySelector(".value");
}

/** A value, “no change” and “no figure” rule each other out: the newest one stays. */
function keepOne(row, changed) {
  const value = row.querySelector("input.value"), box = field(row, "unchanged"), none = field(row, "no_figure");
  const isSet = changed === box ? box.checked : changed.value;
  if (!isSet || ![value, box, none].includes(changed)) return;
  if (value && changed !== value) value.value = "";
  if (box && changed !== box) box.checked = false;
  if (none && changed !== none) none.value = "";
}

/** The fields that a person sees. */
function controls(row) {
  return [...row.querySelectorAll("[name]")].filter(({ type }) => type !== "file" && type !== "hidden" && type !== "submit");
}

function hasFile(row) {
  return [...row.querySelectorAll("[type=file]")].some(({ value }) => value);
}

/** What the place opened with: a report that was sent back, or the notes of the one to correct. */
function prefill(row) {
  return JSON.parse(row.dataset.prefill || "{}");
}

/** What is typed in a row, by the form's own names; null where nothing is beside what it opened with. */
function texts(row) {
  const typed = {}, before = prefill(row);
  for (const control of controls(row)) {
    const text = control.type === "checkbox" ? control.checked && control.value : control.value;
    if (text) typed[control.name.split("-")[1]] = text;
  }
  const names = Object.keys({ ...typed, ...before });
  if (names.every(name => (typed[name] ?? "") === (before[name] ?? ""))) return null;
  if (!Object.keys(typed).some(name => name !== "carries")) return null;
  return { ...typed, seen: field(row, "seen")?.value ?? "" };
}

function fill(row, typed) {
  const given = Object.keys(typed).length ? typed : prefill(row);
  for (const control of controls(row)) {
    const text = given[control.name.split("-")[1]] ?? "";
    if (control.type === "checkbox") control.checked = Boolean(text);
    else control.value = text;
  }
  if (typed.seen !== undefined) field(row, "seen").value = typed.seen;
  if (given.problems || given.next_steps || given.day || given.url) row.querySelector(".more-toggle").checked = true;
  if (texts(row)) row.classList.add("opened");
}

/** Opens a correction, or one more report, and goes to its first field. */
function open(row) {
  row.classList.add("opened");
  for (const control of row.querySelectorAll("[name]")) control.disabled = false;
  row.querySelector(".value, textarea").focus();
}

/** Closes it again, unless something is typed in it, and goes back to its report. */
function close(row) {
  if (!row.matches(".fold") || texts(row)) return;
  const link = form.querySelector(`[data-opens="${row.id}"]`);
  row.classList.remove("opened");
  if (location.hash === `#${row.id}`) history.replaceState(null, "", location.pathname + location.search);
  link?.focus();
}

function click(event) {
  const opening = event.target.closest("[data-opens]"), closing = event.target.closest(".close");
  const copying = event.target.closest(".copy");
  if (opening || closing) event.preventDefault();
  if (opening) open(document.getElementById(opening.dataset.opens));
  if (closing) {
    const row = closing.closest("[data-row]");
    change(field(row, "progress"), () => fill(row, {}));
    close(row);
  }
  if (copying) copyNote(copying.closest("[data-row]"));
}

/** The last note behind what is typed already: no word of it is lost. */
function copyNote(row) {
  const last = row.querySelector(".last-note .text")?.textContent, note = field(row, "progress");
  if (!last || note.value.includes(last)) return;
  change(note, () => { note.value = note.value.trim() ? `${note.value.trimEnd()}\n${last}` : last; });
  note.focus();
}

function count(rows) {
  for (const row of rows) row.querySelector(".unsent").hidden = !texts(row);
  const typed = rows.filter(row => texts(row)).length;
  form.querySelector("#typed").textContent = typed ? form.dataset.typed.replace("{count}", typed) : "";
}

// Checks ----------------------------------------------------------------------------------------------

/** What the server says of a row as it stands, or nothing where it has not been asked or cannot be. */
function show(row, { understood = "", errors = [], doubts = [], hints = [] } = {}) {
  const hasNote = ["progress", "problems", "next_steps"].some(name => field(row, name).value.trim());
  field(row, "progress").classList.toggle("needed", doubts.length > 0 && !hasNote);
  const place = row.querySelector(".understood");
  if (place) place.textContent = understood ? `= ${understood}` : "";
  const value = row.querySelector("input.value");
  if (errors.length) value?.setAttribute("aria-invalid", "true");
  else value?.removeAttribute("aria-invalid");
  const said = Object.entries({ error: errors, doubt: doubts, hint: hints }).flatMap(([kind, each]) => each.map(words => [kind, words]));
  row.querySelector(".check").replaceChildren(
    ...said.map(([kind, words]) => Object.assign(document.createElement("li"), { className: kind, textContent: words })),
  );
}

// Keys ------------------------------------------------------------------------------------------------

function press(event) {
  if (event.isComposing) return;
  const control = event.target, row = control.closest("[data-row]");
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey, key = event.key.toLowerCase();
  if (key === "enter" && (event.ctrlKey || event.metaKey)) return act(event, () => form.requestSubmit());
  if (key === "escape" && row) return act(event, () => close(row));
  if (event.altKey && key === "arrowdown" && control.matches("textarea")) return act(event, () => copyNote(row));
  if (isPlain && key === "c" && control.matches(".stop")) return act(event, () => control.click());
  if (isPlain && key === "n" && control.matches("input.value") && !control.value && field(row, "no_figure")) return act(event, () => turn(field(row, "no_figure")));
  if (key === "enter" && control.matches("input:not([type=file])")) event.preventDefault();
  move(event, control);
}

function act(event, what) {
  event.preventDefault();
  what();
}

/** The next reason for having no figure, and none after the last. */
function turn(list) {
  change(list, () => { list.selectedIndex = (list.selectedIndex + 1) % list.options.length; });
}

/** Enter and the arrows go from row to row: to its value, its words, or its report. */
function move(event, control) {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  // The second part of a ratio stands beside the first.
  const place = control.name?.endsWith("-denominator") ? valueOf(control.closest("[data-row]")) : control;
  if (!step || event.altKey || !place.matches(".value, .stop") || isOpen(control) || isWithin(control, event.key)) return;
  if (event.key === "Enter" && control.matches(".stop")) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll(".value, .stop")].filter(each => each.offsetParent);
  stops[stops.indexOf(place) + step]?.focus();
}

/** Whether the key moves within words, or begins a new line there. */
function isWithin(control, key) {
  if (control.tagName !== "TEXTAREA") return false;
  return key === "Enter" || (key === "ArrowDown" ? control.selectionEnd < control.value.length : control.selectionStart > 0);
}

/** Whether a list of stages is down: keys then move in it. Space and Alt with an arrow open it. */
function isOpen(control) {
  return control.tagName === "SELECT" && CSS.supports("selector(:open)") && control.matches(":open");
}

// Pasting ---------------------------------------------------------------------------------------------

/** The server reads a pasted block. Without its answer, one column fills the rows below as it stands. */
function pastingOf(rows, edits, drafts) {
  const all = [...form.querySelectorAll("[data-target]")];
  // One more report of a row has its fields below it.
  const placeOf = row => rows.find(each => each.dataset.row === row.dataset.target) ?? row;
  const targetOf = control => control.closest("[data-target]") ?? all.find(row => row.dataset.target === control.closest("[data-row]").dataset.row);
  // One block after the other: an earlier answer must not come over a later one.
  let last = Promise.resolve(), waiting = 0;

  function paste(event) {
    const into = event.target, text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
    if (!into.matches("input.value, select.value") || !targetOf(into) || (!/[\n\t]/.test(text) && into.tagName === "INPUT")) return;
    event.preventDefault();
    form.querySelector("#pasted").textContent = "";
    waiting += 1;
    last = last.then(place.bind(null, text, into, { ...edits })).finally(() => { waiting -= 1; });
  }

  async function place(text, into, before) {
    const start = targetOf(into), shown = all.map(row => [row.dataset.target, texts(placeOf(row)) ?? {}]);
    const answer = await drafts.post(form.dataset.pasted, { text, into: start.dataset.target, rows: shown });
    const { rows: fields, said } = answer ?? asItStands(text, all.slice(all.indexOf(start)));
    const found = rows.filter(row => fields[row.dataset.row]), isNewer = ({ dataset: { row } }) => edits[row] !== before[row];
    const filled = found.filter(row => !isNewer(row)), left = found.filter(isNewer);
    for (const row of filled) {
      fill(row, { ...texts(row), ...fields[row.dataset.row] });
      row.classList.add("opened");
      keepOne(row, valueOf(row));
      drafts.keep(row);
    }
    count(rows);
    if (filled.length && document.activeElement === into) valueOf(filled.at(-1)).focus();
    const codes = left.map(row => row.querySelector(".code").textContent).join(", ");
    form.querySelector("#pasted").textContent = codes ? `${said}${form.dataset.left} ${codes}` : said;
  }

  /** Submits, but a block that was pasted before comes first, and so does a draft: after its report it would fill the row again. */
  function submit(event) {
    const before = waiting ? last : drafts.sending();
    if (!before && drafts.mayLeave()) return;
    event.preventDefault();
    before?.then(() => form.requestSubmit(event.submitter));
  }

  return { paste, submit };
}

/** Each line of a single column for its row, unread and unchecked; of several columns nothing, nor for a list of stages. */
function asItStands(text, rows) {
  if (text.includes("\t") || /(^|\n)"[^"]*\n/.test(text)) return { rows: {}, said: form.dataset.needsServer };
  const lines = text.split(/\r?\n/).map(line => line.trim());
  const filled = rows.filter((row, at) => lines[at] && row.querySelector("input.value"));
  const fields = filled.map(row => [row.dataset.target, { value: lines[rows.indexOf(row)] }]);
  return { rows: Object.fromEntries(fields), said: form.dataset.unchecked.replace("{count}", filled.length) };
}

// Drafts ----------------------------------------------------------------------------------------------

const PAUSE = 2000, AGAIN = 10000, PATIENCE = 30000;

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
  let unchecked = {}, unsaved = stored(), timer, underway = null, isLeaving = false, isSignedOut = false;

  if ("posted" in form.dataset) {
    // The page is the server's answer: it knows these rows. Reloading must ask for the sheet, not post it again.
    for (const place of form.dataset.posted.split(" ")) delete unsaved[place];
    history.replaceState(null, "", location.href);
  }
  for (const row of rows) if (unsaved[row.dataset.row]) fill(row, unsaved[row.dataset.row]);
  store();
  if (Object.keys(unsaved).length) wait(0);
  addEventListener("online", send);

  function stored() {
    try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
  }

  function store() {
    try {
      if (Object.keys(unsaved).length) localStorage.setItem(key, JSON.stringify(unsaved));
      else localStorage.removeItem(key);
    } catch { /* A browser that keeps nothing still sends drafts. */ }
  }

  function keep(row) {
    unsaved[row.dataset.row] = texts(row) ?? {};
    delete unchecked[row.dataset.row];
    store();
    ask(row);
  }

  function check(row) {
    if (!unsaved[row.dataset.row]) unchecked[row.dataset.row] = texts(row) ?? {};
    ask(row);
  }

  function ask(row) {
    changes[row.dataset.row] = (changes[row.dataset.row] ?? 0) + 1;
    show(row);
    wait(PAUSE);
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  function waiting() {
    return Object.keys({ ...unchecked, ...unsaved });
  }

  function send() {
    if (underway || isLeaving || !waiting().length) return;
    clearTimeout(timer);
    underway = deliver().finally(() => { underway = null; });
  }

  async function deliver() {
    const sent = { ...changes }, sentRows = waiting(), isDraft = Object.keys(unsaved).length > 0;
    // A file is sent with the form alone.
    const files = rows.filter(hasFile).map(row => row.dataset.row);
    const body = { ends_on: form.dataset.endsOn, day: form.elements.day?.value ?? "", files, rows: unsaved, unchanged: unchecked };
    const answer = await post(form.dataset.drafts, body);
    if (isLeaving) return;
    if (!answer) return wait(AGAIN);
    answered(sentRows, sent, answer);
    if (isDraft) say(`${form.dataset.saved} ${answer.saved}`);
  }

  /** The server's answer; without one, the reason is said and the answer is null. */
  async function post(address, body) {
    try {
      const answer = await fetch(address, {
        method: "POST", body: JSON.stringify(body), redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
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

  /** What was typed on meanwhile stays unsaved, and unchecked. */
  function answered(sentRows, sent, answer) {
    for (const name of sentRows.filter(each => changes[each] === sent[each])) {
      delete unsaved[name];
      delete unchecked[name];
      const row = rows.find(each => each.dataset.row === name);
      if (row && answer.rows[name]) show(row, answer.rows[name]);
    }
    store();
    if (waiting().length) wait(PAUSE);
  }

  function askToSignIn() {
    say(`${form.dataset.expired} `, true);
    const link = Object.assign(document.createElement("a"), { href: form.dataset.login, textContent: form.dataset.signIn });
    form.querySelector("#draft").append(link);
  }

  /** Whether the sheet may be sent now: not without a connection, not after a sign-out, not twice. */
  function mayLeave() {
    if (isLeaving) return false;
    if (!navigator.onLine) say(form.dataset.lost, true);
    else if (isSignedOut) askToSignIn();
    else {
      form.elements.csrfmiddlewaretoken.value = token();
      isLeaving = true;
      setFolded(true);
    }
    return isLeaving;
  }

  /** Corrections that nobody opened are not sent: a month of reports has many. */
  function setFolded(isDisabled) {
    for (const row of rows.filter(each => each.matches(".fold") && !texts(each) && !hasFile(each))) {
      for (const control of row.querySelectorAll("[name]")) control.disabled = isDisabled;
    }
  }

  addEventListener("pageshow", () => {
    isLeaving = false;
    setFolded(false);
  });
  return { keep, check, send, post, mayLeave, sending: () => underway };
}

/** As the cookie has it now: signing in elsewhere changes it. */
function token() {
  return document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

if (form) start();
