// Keys and decisions without a new page. Everything here also works as plain forms.
const queue = document.querySelector("ol#queue");
const said = document.getElementById("said");
const useKeys = document.getElementById("use-keys");
const CHOICE = "review-keys";

const rows = () => [...queue.querySelectorAll(".entry")];
const current = () => document.activeElement.closest?.(".entry") ?? null;

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

function askForReason(row) {
  const details = row.querySelector("details.return");
  details.open = true;
  details.querySelector("[name=reason]").focus();
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current()?.querySelector("form.approve").requestSubmit(),
  r: () => current() && askForReason(current()),
};

function isTyping(element) {
  return element.matches("input:not([type=checkbox]), textarea, select");
}

function onKey(event) {
  if (event.key === "Escape" && isTyping(event.target)) {
    const row = current();
    if (row) row.querySelector("details.return").open = false;
    row?.focus();
  }
  if (!useKeys.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const action = ACTIONS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
}

async function send(form) {
  const answer = await fetch(form.action, {
    method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
  });
  if (answer.status === 503) {
    const problem = await answer.json();
    return { words: `${problem.detail} ${said.dataset.kept}`, done: false, stays: true };
  }
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    // Sent as a plain form, it is kept until its author has signed in again.
    form.submit();
    return null;
  }
  return answer.json();
}

function say(words, done) {
  said.textContent = words;
  said.classList.toggle("refused", !done);
}

function remove(row) {
  const all = rows();
  const at = all.indexOf(row);
  row.remove();
  const next = all[at + 1] ?? all[at - 1];
  onTick();
  if (next) next.focus();
  else location.reload();
}

async function onSubmit(event) {
  const row = event.target.closest(".entry");
  if (!row) return;
  event.preventDefault();
  if (row.ariaBusy === "true") return;
  row.ariaBusy = "true";
  try {
    const outcome = await send(event.target);
    if (!outcome) return;
    say(outcome.words, outcome.done);
    if (outcome.waiting !== undefined) document.getElementById("waiting").textContent = outcome.waiting;
    if (!outcome.stays) remove(row);
  } catch {
    say(said.dataset.lost, false);
  } finally {
    row.ariaBusy = "false";
  }
}

function onTick() {
  document.getElementById("approve-ticked").disabled = !document.querySelector("input[form=ticked]:checked");
}

function start() {
  document.getElementById("keys").hidden = false;
  const all = document.getElementById("tick-all");
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const box of document.querySelectorAll("input[form=ticked]")) box.checked = true;
    onTick();
  });
  queue.addEventListener("change", onTick);
  onTick();
  useKeys.checked = localStorage.getItem(CHOICE) !== "off";
  useKeys.addEventListener("change", () => localStorage.setItem(CHOICE, useKeys.checked ? "on" : "off"));
  document.addEventListener("keydown", onKey);
  queue.addEventListener("submit", onSubmit);
  if (!queue.querySelector(":target") && !queue.matches(":target")) rows()[0].focus({ preventScroll: true });
}

if (queue) start();
