// The chat on the phone: whose it is, what it shows, and how events change it.

import { fetchWorkbook, listen, place, post, run, state as ask, Unreachable, upload } from "./api.js";
import { dayPill, draw, pill, welcome } from "./bubble.js";
import * as composer from "./composer.js";
import { $, el } from "./dom.js";
import * as overlay from "./overlay.js";
import { offerHall } from "./hall.js";
import { foldClock, offerLanguages, Reading, setNow, showClock, showPeople } from "./stage.js";
import { day, pageLanguage, speak, w } from "./words.js";

const PERSON_KEY = "hearing-demo-person";
const PRESS_TIMEOUT = 15000;
const ANSWER_EXPECTED = 5000;

const wall = $("wall");
const log = $("log");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const reading = new Reading();
const spinning = new Map();
const answered = new Set();
let phone = { person: 0, people: [], mark: "", messages: new Map() };
let queue = Promise.resolve();
let typing = 0;
let gliding = false;
let refreshing = 0;
/** When a button or a command of the menu was pressed last: to what comes soon after it the focus goes. */
let pressedAt = -Infinity;

/** Work in order, so that a reload and the events meanwhile do not mix. */
const inOrder = (work) => (queue = queue.then(work).catch(tellFailure));
/** What the promise brings, or true; false where it failed, which is said. */
const doing = (promise) => promise.then((value) => value ?? true, tellFailure);

function tellFailure(error, more = "") {
  const why = error instanceof Unreachable ? w("gone") : error.message;
  overlay.toast(`${w("failed")}: ${why}. ${more}`.trim());
  return false;
}

const acts = {
  say: (text) => post("say", { person: phone.person, text }).then(() => true, (error) => tellFailure(error, w("kept"))),
  command: (text) => {
    pressedAt = performance.now();
    return acts.say(text);
  },
  start: () => {
    pressedAt = performance.now();
    return doing(post("say", { person: phone.person, start: payload(mine().link) ?? "" }));
  },
  upload: (kind, file, facts) => upload(phone.person, kind, file, facts).then(() => true, (error) => tellFailure(error, facts.caption ? w("kept") : "")),
  fetchWorkbook: () => doing(fetchWorkbook(phone.person, `${w("workbook")}.xlsx`)),
  view: overlay.view,
  open: follow,
  find: (id) => log.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "center", behavior: still.matches ? "instant" : "smooth" }),
  copy: (words) => navigator.clipboard.writeText(words).then(() => overlay.toast(w("copied")), () => {}),
  press,
};

const mine = () => phone.people.find((card) => card.id === phone.person);

/** The payload of a deep link to this very bot; null for any other address. */
function payload(url) {
  if (!url || !URL.canParse(url)) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  const ours = hostname === "t.me" && pathname.slice(1).toLowerCase() === phone.bot.username.toLowerCase();
  return ours ? (searchParams.get("start") ?? "") : null;
}

async function follow(url) {
  if (/[?&]start(group|channel)\b/.test(url) && payload(url) !== null) return addTo(url);
  const start = payload(url);
  if (start === null) return overlay.leave(url);
  const { owner } = mine(); // a room has no chat with the bot: the link opens that of who reads there
  if (owner) await inOrder(() => load(owner));
  return doing(post("say", { person: phone.person, start }));
}

/** Add the bot to a group or channel, as the link says: there is one of each, and the chat of its owner stays open. */
async function addTo(url) {
  const query = Object.fromEntries(new URL(url).searchParams);
  const added = await doing(post("room", { person: phone.person, channel: "startchannel" in query, start: query.startgroup ?? "" }));
  if (!added) return;
  overlay.toast(w("added").replace("{room}", added.title));
  refresh();
}

async function press(key, message, data) {
  if (key.classList.contains("waiting")) return;
  pressedAt = performance.now();
  key.classList.add("waiting");
  key.setAttribute("aria-busy", "true");
  try {
    const { query } = await post("press", { person: phone.person, message: message.message_id, data });
    if (answered.delete(query)) rest(key);
    else spinning.set(query, key);
    setTimeout(() => rest(key), PRESS_TIMEOUT);
  } catch (error) {
    rest(key);
    tellFailure(error);
  }
}

function rest(key) {
  key.classList.remove("waiting");
  key.removeAttribute("aria-busy");
}

// what the phone shows

async function load(person) {
  const state = await ask(person, pageLanguage());
  const old = phone.person;
  phone = { ...state, messages: new Map() };
  reading.begin(run(state.mark));
  sessionStorage.setItem(PERSON_KEY, state.person);
  speak(pageLanguage());
  showAround(state);
  setTyping(false);
  overlay.hush();
  const fresh = new Set(reading.unread(mine()));
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...empty());
  for (const message of state.messages) add(message, old === state.person ? new Set() : fresh);
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  composer.show({ ...state, ...mine() }, !state.messages.length);
  seen();
  const first = log.querySelector(".pill.unread");
  if (first) first.scrollIntoView({ block: "start" });
  else down();
}

/** What stands in a chat without messages. */
const empty = () => (phone.messages.size || mine().owner ? [] : welcome({ ...phone.bot, ...mine(), ...acts }));

function showAround(state) {
  $("bot-name").textContent = mine().owner ? mine().name : state.bot.name;
  showClock(state.clock, push);
  offerHall(state.hall, tellFailure);
  faces();
}

function faces() {
  const count = (card) => (card.id === phone.person ? 0 : reading.unread(card).length);
  showPeople(phone.people, phone.person, { count, choose: (id) => id !== phone.person && inOrder(() => load(id)) });
}

function seen() {
  reading.seen(mine());
  faces();
}

/** Load menus, names and moves again, which change rarely, and leave the messages as they are. */
function refresh() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => inOrder(async () => {
    const { bot, commands, clock, person, people, keyboard } = await ask(phone.person, pageLanguage());
    phone = { ...phone, bot, commands, clock, people };
    showAround(phone);
    composer.show({ ...mine(), person, commands, keyboard }, !phone.messages.size);
    if (!phone.messages.size) log.replaceChildren(...empty());
  }), 150);
}

async function push(name, chip) {
  chip.classList.add("waiting");
  await doing(post("clock", { person: phone.person, move: name }));
  chip.classList.remove("waiting");
  foldClock();
  refresh();
}

function add(message, fresh = new Set()) {
  if (!phone.messages.size) log.replaceChildren();
  const last = [...phone.messages.values()].at(-1);
  if (!last || day(last.date) !== day(message.date)) log.append(dayPill(message));
  if (fresh.has(message.message_id) && !log.querySelector(".pill.unread")) log.append(pill(w("unread"), "unread"));
  const node = el("article", { data: { id: message.message_id }, tabIndex: -1 });
  phone.messages.set(message.message_id, message);
  draw(node, message, acts);
  log.append(node);
  return node;
}

function down(smooth = false) {
  gliding = smooth && !still.matches && !atRest();
  wall.scrollTo({ top: wall.scrollHeight, behavior: gliding ? "smooth" : "instant" });
  $("jump").hidden = true;
}

const atRest = () => wall.scrollHeight - wall.scrollTop - wall.clientHeight < 2;
const atEnd = () => gliding || wall.scrollHeight - wall.scrollTop - wall.clientHeight < 120;

function setTyping(on) {
  clearTimeout(typing);
  $("bot-status").textContent = on ? w("typing") : w(mine()?.owner ? mine().role : "bot");
  $("bot-status").classList.toggle("typing", on);
  if (on) typing = setTimeout(() => setTyping(false), 5500);
}

// events

const ON_EVENT = {
  new({ person, message }) {
    const card = phone.people.find((other) => other.id === person);
    if (!card) return refresh(); // a room to which the bot was added just now
    if (!message.out) card.received.push(message.message_id);
    if (person !== phone.person) return faces();
    if (phone.messages.has(message.message_id)) return undefined;
    const first = !phone.messages.size, follows = message.out || atEnd();
    const fromLog = log.contains(document.activeElement) || document.activeElement === document.body;
    const node = add(message);
    node.classList.add("arriving");
    if (!message.out && fromLog && performance.now() - pressedAt < ANSWER_EXPECTED) node.focus({ preventScroll: true });
    if (first) composer.show({ ...phone, ...mine() }, false);
    if (!message.out) setTyping(false);
    if (follows) down(!first);
    else $("jump").hidden = false;
    return seen();
  },
  edited({ person, message }) {
    if (person !== phone.person || !phone.messages.has(message.message_id)) return;
    const follows = atEnd();
    const node = log.querySelector(`[data-id="${message.message_id}"]`);
    phone.messages.set(message.message_id, message);
    draw(node, message, acts);
    node.classList.add("changed");
    node.addEventListener("animationend", () => node.classList.remove("changed"), { once: true });
    setTyping(false);
    if (follows) down(true);
  },
  reaction: (event) => ON_EVENT.edited(event),
  deleted({ person, message }) {
    const card = phone.people.find((other) => other.id === person);
    if (!card) return undefined;
    card.received = card.received.filter((id) => id !== message.message_id);
    if (person !== phone.person) return faces();
    phone.messages.delete(message.message_id);
    log.querySelector(`[data-id="${message.message_id}"]`)?.remove();
    return undefined;
  },
  toast({ person, text, alert, query }) {
    if (spinning.has(query)) rest(spinning.get(query));
    else answered.add(query);
    spinning.delete(query);
    if (person !== phone.person || !text) return;
    if (alert) overlay.ask(text);
    else overlay.toast(text);
  },
  action({ person }) {
    if (person === phone.person) setTyping(true);
  },
  read({ person }) {
    if (person !== phone.person) return;
    for (const message of phone.messages.values()) {
      if (!message.out || message.read) continue;
      message.read = true;
      for (const tick of log.querySelectorAll(`[data-id="${message.message_id}"] .meta use`)) tick.setAttribute("href", "#i-ticks");
    }
  },
  keyboard({ person, keyboard }) {
    if (person === phone.person) composer.showKeyboard(keyboard);
  },
  clock({ now }) {
    setNow(now);
    refresh();
  },
  menu: refresh,
};

function onEvent(event, mark) {
  inOrder(() => {
    if (event.kind === "resync") return load(phone.person);
    if (run(mark) === run(phone.mark) && place(mark) <= place(phone.mark)) return undefined;
    return ON_EVENT[event.kind]?.(event);
  });
}

function onConnection(open) {
  if (open) setTyping(false);
  else $("bot-status").textContent = `${w("waiting")}…`;
}

/** Focus the newest button of the chat, else what else there is to press or write. */
function skip(event) {
  event.preventDefault();
  const last = [...log.querySelectorAll(".keys")].at(-1);
  const found = last?.querySelector(".key") ?? [$("start"), $("text")].find((each) => each.offsetParent);
  found?.focus();
}

composer.prepare(acts);
offerLanguages(() => inOrder(() => load(phone.person)));
$("skip").addEventListener("click", skip);
$("jump").addEventListener("click", () => down(true));
for (const name of ["scrollend", "wheel", "touchmove"]) wall.addEventListener(name, () => (gliding = false), { passive: true });
wall.addEventListener("scroll", () => atEnd() && ($("jump").hidden = true), { passive: true });
log.addEventListener("load", () => atEnd() && down(), true);
inOrder(async () => {
  await load(sessionStorage.getItem(PERSON_KEY) ?? "");
  listen(phone.mark, { onEvent, onConnection });
});
