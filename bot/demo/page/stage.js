// Beside the phone: the people and rooms to choose from, the clock of the municipalities, the language of the page.

import { $, el, icon } from "./dom.js";
import { day, keepLanguage, nameOf, OWN_NAMES, pageLanguage, setZone, time, w, weekday } from "./words.js";

const MOVES = [["before"], ["hours"], ["opens"], ["closes"], ["results", "morning"], ["answered"], ["hour"]];
const READ_KEY = "hearing-demo-read";
const HINT_KEY = "hearing-demo-hint";

let ahead = 0;
let clock = { moves: {} };

/** The last message seen in each chat, for as long as this server runs. */
export class Reading {
  constructor() {
    this.marks = JSON.parse(localStorage.getItem(READ_KEY) ?? "{}");
  }

  begin(run) {
    if (this.marks.run !== run) this.marks = { run };
  }

  seen(card) {
    this.marks[card.id] = Math.max(this.marks[card.id] ?? 0, ...card.received);
    localStorage.setItem(READ_KEY, JSON.stringify(this.marks));
  }

  unread(card) {
    return card.received.filter((id) => id > (this.marks[card.id] ?? 0));
  }
}

function aboutCard({ role, owner, language, place }) {
  const known = owner ? [] : [nameOf(language), place[pageLanguage()]];
  return [w(role), ...known].filter(Boolean).join(" · ");
}

/** The row of people; `count(card)` is the number of unread messages. */
export function showPeople(cards, current, { count, choose }) {
  const faces = cards.map((card, place) => {
    const waiting = count(card);
    const badge = el("span.badge", { hidden: !waiting }, String(waiting));
    const avatar = el(`span.avatar.paint${place % 5}`, { aria: { hidden: "true" } }, card.owner ? icon("group") : card.name.slice(0, 1));
    const about = aboutCard(card);
    const names = el("span.names", {}, el("b", {}, card.name), el("span", {}, about));
    const said = waiting ? `${card.name}, ${about}. ${w("unread")}: ${waiting}` : `${card.name}, ${about}`;
    const aria = { label: said, pressed: String(card.id === current) };
    return el("button.person", { type: "button", data: { person: card.id, role: card.role }, aria, onclick: () => choose(card.id) }, avatar, names, badge);
  });
  const focused = document.activeElement?.dataset?.person;
  $("people").replaceChildren(...faces);
  if (focused) $("people").querySelector(`[data-person="${focused}"]`)?.focus();
  const total = cards.reduce((sum, card) => sum + (card.id === current ? 0 : count(card)), 0);
  document.title = total ? `(${total}) hearing-bot demo` : "hearing-bot demo";
}

/** Show the clock, which is at `now` (seconds since 1970) and runs, and a chip with the moment of each move. */
export function showClock(state, push) {
  clock = state;
  setZone(state.zone);
  setNow(state.now);
  const chips = MOVES.map((names) => {
    const name = names.find((each) => state.moves[each]) ?? names[0];
    const to = state.moves[name];
    const words = [el("b", {}, w(name)), el("span", {}, to ? `${weekday(to)}, ${day(to)}, ${time(to)}` : "")];
    return el("button.chip", { type: "button", disabled: !to, data: { move: name }, onclick: (event) => push(name, event.currentTarget) }, ...words);
  });
  $("moves").replaceChildren(...chips);
}

export function setNow(now) {
  ahead = now - Date.now() / 1000;
  tick();
}

function tick() {
  if (!clock.zone) return;
  const now = Date.now() / 1000 + ahead;
  $("date").textContent = `${weekday(now)}, ${day(now)}, `;
  $("hour").textContent = time(now);
  $("time").dateTime = new Date(now * 1000).toISOString();
  $("phone-time").textContent = time(now);
}

setInterval(tick, 1000);

/** On a narrow screen a tap on the time shows and hides the chips; on a wide one they always show. */
export function foldClock(open = false) {
  $("stage").classList.toggle("unfolded", open);
  $("now").setAttribute("aria-expanded", String(open));
}

$("now").addEventListener("click", () => foldClock(!$("stage").classList.contains("unfolded")));

$("hint").hidden = localStorage.getItem(HINT_KEY) === "seen";
$("hint-close").addEventListener("click", () => {
  localStorage.setItem(HINT_KEY, "seen");
  $("hint").hidden = true;
});

/** The switch of the page's language; `changed` is called once another was chosen. */
export function offerLanguages(changed) {
  const options = Object.entries(OWN_NAMES).map(([code, name]) => el("option", { value: code, lang: code }, name));
  $("language").replaceChildren(...options);
  $("language").value = pageLanguage();
  $("language").addEventListener("change", () => {
    keepLanguage($("language").value);
    changed();
  });
}
