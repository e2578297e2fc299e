// One message as the phone shows it: bubble, picture or file, words, time and ticks, and the buttons below.

import { el, icon } from "./dom.js";
import { rich } from "./entities.js";
import { place } from "./places.js";
import { player } from "./voice.js";
import { bytes, day, time, w } from "./words.js";

const PAINTS = { pdf: "red", xlsx: "green", xls: "green", csv: "green", docx: "blue", doc: "blue", ics: "orange" };

/** Fill `node` (an article) with a message in place of its earlier content. A focus on its buttons goes to the message:
 * where one was, another stands now, which a second Enter must not press. */
export function draw(node, message, acts) {
  if (message.new_chat_members) return joined(node);
  const focused = node.contains(document.activeElement);
  const picture = node.querySelector("img.photo");
  const bubble = el("div.bubble", { data: { kind: message.kind } }, ...contents(message, acts, picture));
  node.className = `message ${message.out ? "out" : "in"}`;
  node.classList.toggle("bare", message.kind === "sticker");
  node.replaceChildren(bubble, ...keys(message, acts));
  if (focused) node.focus({ preventScroll: true });
  return undefined;
}

function joined(node) {
  node.className = "pill";
  node.replaceChildren(el("span", {}, w("joined")));
}

function contents(message, acts, picture) {
  const words = message.text ?? message.caption ?? "";
  const shown = message.out ? words.replace(/^\/start \S+$/, "/start") : words;
  const entities = (message.entities ?? message.caption_entities ?? []).filter((mark) => mark.offset < shown.length);
  const body = [reply(message, acts), media(message, acts, picture)];
  if (shown) body.push(el("div.text", {}, rich(shown, entities, acts), spacer(message), meta(message)));
  else body.push(meta(message));
  const below = message.reactions.length ? el("div.reactions", {}, ...message.reactions.map((sign) => el("span", {}, sign))) : null;
  return [...body, below];
}

function meta(message) {
  const edited = message.edit_date && !message.reply_markup ? `${w("edited")} ` : "";
  const ticks = message.out ? icon(message.read ? "ticks" : "tick") : null;
  return el("span.meta", {}, edited, el("time", {}, time(message.date)), ticks);
}

/** An invisible copy of time and ticks after the words: it reserves the corner in which they are drawn. */
function spacer(message) {
  const node = meta(message);
  node.classList.add("spacer");
  node.setAttribute("aria-hidden", "true");
  return node;
}

function reply(message, acts) {
  const other = message.reply_to_message;
  if (!other) return null;
  const name = other.from?.first_name ?? "";
  const words = other.text ?? other.caption ?? w(other.voice ? "audio" : other.photo ? "photo" : "file");
  return el("button.reply", { type: "button", onclick: () => acts.find(other.message_id) }, el("b", {}, name), el("span", {}, words));
}

function media(message, acts, picture) {
  switch (message.kind) {
    case "photo":
      return photo(message, acts, picture);
    case "document":
      return paper(message.file);
    case "voice":
      return player(message.file, message.message_id);
    case "location":
    case "venue":
      return place(message);
    case "sticker":
      return el("span.sticker", {}, message.sticker.emoji ?? "");
    default:
      return null;
  }
}

/** The picture, reusing the element of the same picture, so that an edit does not make it blink. */
function photo(message, acts, picture) {
  const { url, width, height } = message.file;
  const same = picture?.getAttribute("src") === url;
  const image = same ? picture : el("img.photo", { src: url, width, height, alt: message.caption ?? w("photo") });
  return el("button.frame", { type: "button", aria: { label: w("photo") }, onclick: () => acts.view(message) }, image);
}

function paper(file) {
  const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
  const sign = el(`span.round.${PAINTS[ending] ?? "blue"}`, { data: { ending } }, icon("fetch"));
  const about = el("span.about", {}, el("b", {}, file.name), el("span", {}, `${bytes(file.size)} ${ending.toUpperCase()}`));
  return el("a.paper", { href: file.url, download: file.name, title: w("download") }, sign, about);
}

function keys(message, acts) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return [];
  return [el("div.keys", {}, ...rows.map((row) => el("div.row", {}, ...row.map((button) => key(button, message, acts)))))];
}

function key(button, message, acts) {
  const node = el("button.key", { type: "button", title: button.text }, el("span", {}, button.text));
  if (button.url) {
    node.classList.add("away");
    node.append(icon("away"));
    node.onclick = () => acts.open(button.url);
  } else if (button.copy_text) {
    node.onclick = () => acts.copy(button.copy_text.text);
  } else if (button.callback_data) {
    node.onclick = () => acts.press(node, message, button.callback_data);
  }
  return node;
}

/** The pill between two days, or above the unread messages. */
export const pill = (words, name = "day") => el(`div.pill.${name}`, { aria: { role: "separator" } }, el("span", {}, words));
export const dayPill = (message) => pill(day(message.date));

/** The content of an empty chat: what the bot can do, and the link that the person has. */
export function welcome({ description, link, role, start, open }) {
  const about = description ? el("div.card", {}, el("h3", {}, w("about")), el("p", {}, description)) : null;
  if (!link) return [about];
  const letter = el("div.message.in", {}, el("div.bubble", {}, el("div.text", {}, `${w(role === "secretary" ? "invited" : "poster")}\n`, rich(link, [{ type: "url", offset: 0, length: link.length }], { open }))));
  const keyRow = el("div.keys", {}, el("div.row", {}, el("button.key", { type: "button", onclick: start }, el("span", {}, w("open")))));
  letter.append(keyRow);
  return [letter, about];
}
