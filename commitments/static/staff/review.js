// Keys, and decisions that are held for ten seconds before they are sent. Everything here also works as plain forms.
// Until a decision is sent the server knows nothing of it, so that undoing it leaves no trace.
const queue = document.querySelector("ol#queue");
const said = document.getElementById("said");
const useKeys = document.getElementById("use-keys");
const CHOICE = "review-keys";
const DONE = { approve: "approved", return: "returned" };
const HOLD_SECONDS = 10, REFRESH_MS = 2000, REFRESHES = 5;
// Decisions that are not sent yet, oldest first.
let held = [];
let counting = 0, refreshing = 0;

const rows = () => [...queue.querySelectorAll(".entry")];
const openRows = () => rows().filter(row => !row.dataset.state);
const current = () => document.activeElement.closest?.(".entry") ?? null;
const part = (row, name) => row.querySelector(`[data-part=${name}]`);
const ticks = () => [...queue.querySelectorAll("input[form=ticked]:checked")];

function write(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Keys ------------------------------------------------------------------------------------------------

/** The open row after the given one, or before it; the first one without a row to start from. */
function beside(row, by) {
  const all = rows(), at = all.indexOf(row);
  const way = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  return way.find(each => !each.dataset.state);
}

const step = by => beside(current(), by)?.focus();

function askForReason(row) {
  const details = row.querySelector("details.return");
  details.open = true;
  (details.querySelector("[name=ready]:checked") ?? details.querySelector("[name=ready]")).focus();
}

function openEvidence(row) {
  const links = [...row.querySelectorAll(".evidence a")];
  (links.find(link => link.search === "?inline") ?? links[0])?.click();
}

function tick(row) {
  const box = row.querySelector("input[form=ticked]");
  if (box) box.checked = !box.checked;
  onTick();
}

const onOpen = act => () => {
  const row = current();
  if (row && !row.dataset.state) act(row);
};

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  a: onOpen(row => row.querySelector("form.approve").requestSubmit()),
  r: onOpen(askForReason),
  u: () => held.length && undo(held.at(-1)),
  e: () => current() && openEvidence(current()),
  x: onOpen(tick),
};

function isField(element) {
  return element.matches("input:not([type=checkbox]), textarea, select");
}

function onKey(event) {
  const { target, key } = event, panel = target.closest("details.return");
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (key === "Escape" && panel) {
    panel.open = false;
    panel.closest(".entry").focus();
  }
  if (key === "Enter" && !event.shiftKey && target.matches("textarea[name=reason]")) {
    event.preventDefault();
    target.form.requestSubmit();
  }
  if (useKeys.checked) pressed(event);
}

function pressed(event) {
  const { target, key } = event, open = current()?.querySelector("details.return[open]");
  const radio = open?.querySelector(`[name=ready][value="${CSS.escape(key)}"]`);
  if (radio && !target.matches("textarea")) {
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    return fill(radio);
  }
  const action = isField(target) ? null : ACTIONS[key.toLowerCase()];
  // A key that is held down moves on, and decides nothing more.
  if (!action || (event.repeat && !"jk".includes(key.toLowerCase()))) return;
  event.preventDefault();
  action();
}

/** Put a ready reason before what was typed, in place of another one. */
function fill(radio) {
  const reason = radio.form.elements.reason, typed = reason.value;
  const others = [...radio.form.querySelectorAll("[name=ready]")].map(other => other.dataset.words);
  const other = others.find(words => typed.startsWith(words));
  const own = other === undefined ? typed && ` ${typed}` : typed.slice(other.length);
  reason.value = radio.dataset.words + own;
}

// Holding ---------------------------------------------------------------------------------------------

function onSubmit(event) {
  const form = event.target, row = form.closest(".entry");
  if (!row && form.id !== "ticked") return goLater(event, () => form.requestSubmit(event.submitter));
  event.preventDefault();
  const chosen = row ? [row] : ticks().map(box => box.closest(".entry"));
  const open = chosen.filter(each => !each.dataset.state);
  const focused = document.activeElement;
  const isByKey = row && (focused === row || (form.contains(focused) && !focused.matches("button")));
  if (open.length) hold({ rows: open, form, data: new FormData(form), isBulk: !row });
  // A key leads on to the next row. A pointer stays, with nothing moved under it.
  const next = isByKey ? beside(row, 1) ?? beside(row, -1) : null;
  if (next) next.focus();
  else open[0]?.querySelector(".undo").focus({ preventScroll: true });
}

function hold(decision) {
  decision.kind = decision.data.get("decision") ?? "approve";
  decision.until = Date.now() + HOLD_SECONDS * 1000;
  held.push(decision);
  for (const row of decision.rows) {
    row.style.minHeight = `${row.offsetHeight}px`;
    row.querySelector(".refusal").replaceChildren();
    row.querySelector(".verdict-word").textContent = queue.dataset[decision.kind];
    row.dataset.kind = decision.kind;
    mark(row, "held");
  }
  announce(decision.rows, queue.dataset.announced, decision.kind);
  count();
  counting ||= setInterval(count, 250);
}

/** Show the seconds that are left, and send what was held long enough. */
function count() {
  const now = Date.now();
  for (const decision of held.filter(each => each.until <= now)) send(decision);
  for (const { rows: those, until } of held) {
    const words = write(queue.dataset.held, { seconds: Math.ceil((until - now) / 1000) });
    for (const row of those) row.querySelector(".countdown").textContent = words;
  }
  if (held.length) return;
  clearInterval(counting);
  counting = 0;
}

function undo(decision, those = decision.rows) {
  decision.rows = decision.rows.filter(row => !those.includes(row));
  if (!decision.rows.length) held = held.filter(each => each !== decision);
  for (const row of those) mark(row, "");
  announce(those, queue.dataset.undone, decision.kind);
  those[0].focus({ preventScroll: true });
}

function onUndo(event) {
  const row = event.target.closest(".undo")?.closest(".entry");
  const decision = row && held.find(each => each.rows.includes(row));
  if (decision) undo(decision, [row]);
}

function mark(row, state) {
  row.dataset.state = state;
  if (!state) {
    delete row.dataset.state;
    delete row.dataset.kind;
    row.style.minHeight = "";
  }
  row.querySelector(".acts").hidden = Boolean(state);
  row.querySelector(".held").hidden = !state;
  row.querySelector(".undo").hidden = state !== "held";
  onTick();
}

function announce(those, template, kind) {
  const names = those.map(row => row.querySelector("h2").textContent.trim()).join(", ");
  said.textContent = write(template, { entry: names, decision: queue.dataset[kind], seconds: HOLD_SECONDS });
}

// Sending ---------------------------------------------------------------------------------------------

/** Send a decision; true once all of it is done. */
async function send(decision) {
  held = held.filter(each => each !== decision);
  for (const row of decision.rows) {
    mark(row, "sending");
    row.querySelector(".countdown").textContent = queue.dataset.sending;
  }
  try {
    return await settle(decision, await ask(decision));
  } catch {
    return refuse(decision, `${queue.dataset.lost} ${queue.dataset.kept}`);
  }
}

function ask({ form, data, rows: those, isBulk }) {
  if (isBulk) {
    data.delete("entry");
    for (const row of those) data.append("entry", row.id.replace("entry-", ""));
  }
  // A request that is kept alive outlasts its page. One to the sign-in page says that the session has ended.
  const given = { keepalive: true, redirect: "manual", headers: { Accept: "application/json" } };
  return fetch(form.action, { method: "POST", body: data, ...given });
}

async function settle(decision, answer) {
  if (answer.type === "opaqueredirect") return refuse(decision, `${queue.dataset.expired} ${queue.dataset.kept}`, true);
  const found = await answer.json().catch(() => ({}));
  if (!found.outcomes) {
    const words = found.detail ?? write(queue.dataset.failed, { status: answer.status });
    return refuse(decision, `${words} ${queue.dataset.kept}`);
  }
  for (const outcome of found.outcomes) {
    showOutcome(document.getElementById(`entry-${outcome.entry}`), decision.kind, outcome);
  }
  document.getElementById("waiting").textContent = found.waiting;
  said.textContent = found.outcomes.map(outcome => outcome.words).join(" ");
  if (found.outcomes.some(outcome => !outcome.stays)) refreshLater(REFRESHES);
  return found.outcomes.every(outcome => outcome.done);
}

function showOutcome(row, kind, { done, stays, words }) {
  if (stays) return refuse({ rows: [row] }, words);
  mark(row, done ? "done" : "refused");
  row.querySelector(".verdict-word").textContent = done ? queue.dataset[DONE[kind]] : "";
  row.querySelector(".countdown").textContent = "";
  for (const each of rows()) if (each.dataset.commitment === row.dataset.commitment) showRecomputing(each);
  if (done) return;
  row.querySelector(".countdown").textContent = row.querySelector("[name=reason]").value;
  row.querySelector(".refusal").textContent = words;
}

function showRecomputing(row) {
  part(row, "effect").textContent = `… ${queue.dataset.recomputing}`;
}

/** Open the rows again, with the reason why they were not decided. */
function refuse(decision, words, isSignedOut = false) {
  for (const row of decision.rows) {
    mark(row, "");
    const place = row.querySelector(".refusal");
    place.textContent = words;
    if (!isSignedOut) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
    button.textContent = queue.dataset.signIn;
    // Sent as a plain form, it is kept until its author has signed in again.
    button.addEventListener("click", () => decision.form.submit());
    place.append(" ", button);
  }
  return false;
}

function sendAll() {
  return Promise.all([...held].map(send));
}

/** Send first, so that the next page knows of the decisions; then go, unless one was refused. */
function goLater(event, go) {
  if (!held.length) return;
  event.preventDefault();
  sendAll().then(done => done.every(Boolean) && go());
}

function onClick(event) {
  const link = event.target.closest("a[href]"), isEvidence = link?.closest(".evidence");
  // A page of its own for what is looked at: this one may hold decisions and words.
  if (isEvidence && (link.search === "?inline" || link.origin !== location.origin)) link.target = "_blank";
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && isPlain && !link.target && !isEvidence) goLater(event, () => link.click());
}

// Figures of one moment -------------------------------------------------------------------------------

function refreshLater(times) {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refresh(times), REFRESH_MS);
}

/** Show all open rows as the server knows them at one moment; ask again while it recomputes. */
async function refresh(times) {
  if (!rows().some(row => row.dataset.state !== "done")) return location.reload();
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Answers to decisions may arrive out of order, with a count of before.
  document.getElementById("waiting").textContent = fresh.getElementById("waiting").textContent;
  for (const row of openRows()) showAnew(row, fresh.getElementById(row.id));
  onTick();
  if (fresh.querySelector(".entry .effect .status-pending") && times > 1) return refreshLater(times - 1);
  for (const row of rows()) if (row.dataset.state === "done") part(row, "effect").replaceChildren();
}

function showAnew(row, fresh) {
  if (!fresh) return;
  const isTicked = row.querySelector("input[form=ticked]")?.checked;
  for (const name of ["what", "told", "effect"]) {
    // What has the focus stays as it is until the next time.
    if (!part(row, name).contains(document.activeElement)) part(row, name).replaceWith(part(fresh, name));
  }
  row.classList.toggle("doubtful", fresh.classList.contains("doubtful"));
  const box = row.querySelector("input[form=ticked]");
  if (box && isTicked) box.checked = true;
}

function onTick() {
  const many = ticks().filter(box => !box.closest(".entry").dataset.state).length;
  document.getElementById("approve-ticked").disabled = !many;
  document.getElementById("ticks").textContent = many ? ` (${many})` : "";
}

function startForms() {
  for (const form of queue.querySelectorAll("details.return form")) {
    form.elements.reason.required = true;
    // A ready reason stands in the field already.
    form.addEventListener("formdata", event => event.formData.delete("ready"));
  }
  queue.addEventListener("change", event => {
    if (event.target.name === "ready") fill(event.target);
    onTick();
  });
}

function start() {
  document.getElementById("keys").hidden = false;
  const all = document.getElementById("tick-all");
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const row of openRows()) for (const box of row.querySelectorAll("input[form=ticked]")) box.checked = true;
    onTick();
  });
  startForms();
  onTick();
  useKeys.checked = localStorage.getItem(CHOICE) !== "off";
  useKeys.addEventListener("change", () => localStorage.setItem(CHOICE, useKeys.checked ? "on" : "off"));
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  queue.addEventListener("click", onUndo);
  addEventListener("pagehide", sendAll);
  // A phone may end a page that is out of sight without another word.
  document.addEventListener("visibilitychange", () => document.hidden && sendAll());
  addEventListener("pageshow", event => event.persisted && location.reload());
  if (queue.querySelector(".effect .status-pending")) refreshLater(REFRESHES);
  if (!queue.querySelector(":target") && !queue.matches(":target")) rows()[0].focus({ preventScroll: true });
}

if (queue) start();
