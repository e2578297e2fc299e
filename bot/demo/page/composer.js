// The foot of the chat: START, commands, words, files and voices.

import { $, el } from "./dom.js";
import { ask } from "./overlay.js";
import { pictured, record, sample } from "./voice.js";
import { minutes, w } from "./words.js";

const text = $("text");
const drafts = new Map();
let acts = {};
let commands = [];
let person = 0;

/** Use `acts.say(text)`, `acts.start()` and `acts.upload(kind, file, facts)` to send: false where it failed, and what was
 * typed is put back; `acts.fetchWorkbook()` brings a file. */
export function prepare(given) {
  acts = given;
}

/** Show the foot for a person or room: the text that was begun there, the commands, START in an empty chat of a person. */
export function show(state, empty) {
  if (person !== state.person) {
    drafts.set(person, text.value);
    text.value = drafts.get(state.person) ?? "";
    person = state.person;
    close();
  }
  commands = state.commands;
  const starts = empty && !state.owner;
  $("start").hidden = !starts;
  $("composer").hidden = starts || state.role === "channel";
  $("menu").hidden = !commands.length;
  $("pick-workbook").hidden = !state.workbook;
  showKeyboard(state.keyboard);
  grow();
}

/** Show Telegram's reply keyboard, whose buttons send their label as a message. */
export function showKeyboard(keyboard) {
  const rows = keyboard?.keyboard ?? [];
  $("keyboard").hidden = !rows.length;
  const words = (button) => (typeof button === "string" ? button : button.text);
  $("keyboard").replaceChildren(...rows.map((row) => el("div.row", {}, ...row.map((button) => el("button.cap", { type: "button", onclick: () => acts.say(words(button)) }, words(button))))));
}

function showCommands(begin) {
  const found = commands.filter(({ command }) => command.startsWith(begin));
  $("commands").replaceChildren(
    ...found.map(({ command, description }) =>
      el("button.command", { type: "button", onclick: () => send(`/${command}`, acts.command) }, el("span", {}, description), el("b", {}, `/${command}`)),
    ),
  );
  toggle("commands", "menu", found.length > 0);
}

function toggle(panel, button, open) {
  $(panel).hidden = !open;
  $(button).setAttribute("aria-expanded", String(open));
}

function close() {
  toggle("commands", "menu", false);
  toggle("sheet", "attach", false);
}

async function send(words, say = acts.say) {
  const writer = person;
  close();
  text.value = "";
  grow();
  if (!(await say(words))) putBack(writer, words);
}

/** What could not be sent stands again where it was typed, unless something else was typed since. */
function putBack(writer, words) {
  if (writer !== person) drafts.set(writer, drafts.get(writer) || words);
  else text.value ||= words;
  grow();
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
  const empty = !text.value.trim();
  $("send").hidden = empty;
  $("voice").hidden = !empty;
  $("composer").classList.toggle("typing", !empty);
}

text.addEventListener("input", () => {
  grow();
  if (/^\/\w*$/.test(text.value)) showCommands(text.value.slice(1));
  else toggle("commands", "menu", false);
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  if (text.value.trim()) send(text.value);
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (text.value.trim()) send(text.value);
});
$("start").addEventListener("click", () => acts.start());
$("menu").addEventListener("click", () => ($("commands").hidden ? showCommands("") : close()));
$("attach").addEventListener("click", () => {
  const open = $("sheet").hidden;
  close();
  toggle("sheet", "attach", open);
});
document.addEventListener("click", (event) => event.target.closest(".foot") || close());
document.addEventListener("keydown", (event) => event.key === "Escape" && close());

// files, with a caption where Telegram has one

function picked(input, take) {
  $(input).addEventListener("change", () => {
    const [file] = $(input).files;
    $(input).value = "";
    close();
    if (file) take(file);
  });
}

async function parcel(kind, file) {
  const ready = kind === "photo" ? await pictured(file) : file;
  const box = $("parcel");
  const image = box.querySelector("img");
  image.hidden = kind !== "photo";
  if (kind === "photo") image.src = URL.createObjectURL(ready);
  $("parcel-name").textContent = kind === "photo" ? "" : file.name;
  $("caption").value = text.value;
  box.returnValue = "";
  box.showModal();
  await new Promise((resolve) => box.addEventListener("close", resolve, { once: true }));
  if (image.src) URL.revokeObjectURL(image.src);
  image.removeAttribute("src");
  if (box.returnValue !== "yes") return;
  const writer = person, caption = $("caption").value;
  text.value = "";
  grow();
  if (!(await acts.upload(kind, ready, { caption }))) putBack(writer, caption);
}

picked("pick-photo", (file) => parcel("photo", file));
picked("pick-file", (file) => parcel("document", file));
$("pick-workbook").addEventListener("click", () => {
  close();
  acts.fetchWorkbook().then((file) => file && parcel("document", file));
});
picked("pick-audio", (file) => acts.upload("voice", file, { duration: 3 }));
$("parcel-no").addEventListener("click", () => $("parcel").close(""));
$("parcel-yes").addEventListener("click", () => $("parcel").close("yes"));
$("caption").addEventListener("keydown", (event) => event.key === "Enter" && $("parcel").close("yes"));

// voices

let recording = null;
let counting = 0;

async function speakNow() {
  try {
    recording = await record();
  } catch {
    return withoutMicrophone();
  }
  const begun = Date.now();
  counting = setInterval(() => ($("recorded").textContent = minutes((Date.now() - begun) / 1000)), 200);
  $("recorded").textContent = minutes(0);
  return recorder(true);
}

function recorder(open) {
  $("recorder").hidden = !open;
  $("composer").hidden = open;
  if (!open) clearInterval(counting);
}

async function withoutMicrophone() {
  const keys = [["", w("cancel")], ["sample", w("sample")], ["file", w("audio")]];
  const choice = await ask(w("silent"), keys);
  if (choice === "file") $("pick-audio").click();
  if (choice === "sample") uploadVoice(sample());
}

const uploadVoice = ({ blob, seconds }) => acts.upload("voice", new File([blob], "voice", { type: blob.type }), { duration: seconds });

$("voice").addEventListener("click", speakNow);
$("record-cancel").addEventListener("click", () => {
  recording.cancel();
  recorder(false);
});
$("record-send").addEventListener("click", async () => {
  recorder(false);
  uploadVoice(await recording.stop());
});
