// Over the chat: the dark toast, the window with OK, a picture in full, the question before a link.

import { $, el } from "./dom.js";
import { w } from "./words.js";

let fading = 0;

export function toast(words) {
  const node = $("toast");
  clearTimeout(fading);
  node.textContent = words;
  node.hidden = false;
  fading = setTimeout(() => (node.hidden = true), Math.min(2500 + words.length * 40, 8000));
}

/** Hide the toast, when another person's phone is shown. */
export function hush() {
  clearTimeout(fading);
  $("toast").hidden = true;
}

/** A window with words and keys; resolves to the name of the key that was tapped, or "" for Escape. */
export function ask(words, keys = [["ok", w("ok")]]) {
  const node = $("window");
  $("window-text").textContent = words;
  $("window-keys").replaceChildren(...keys.map(([name, label]) => el("button", { type: "button", onclick: () => node.close(name) }, label)));
  node.returnValue = "";
  if (!node.open) node.showModal();
  $("window-keys").lastElementChild.focus();
  return new Promise((resolve) => node.addEventListener("close", () => resolve(node.returnValue), { once: true }));
}

export function view(message) {
  const node = $("viewer");
  const image = node.querySelector("img");
  image.src = message.file.url;
  image.alt = message.caption ?? w("photo");
  node.querySelector("p").textContent = message.caption ?? "";
  node.classList.remove("near");
  node.showModal();
}

/** A link that leaves the page, with Telegram's question first. */
export async function leave(url) {
  if (!/^https?:/i.test(url)) return toast(w("foreign"));
  const yes = await ask(`${w("leave")}\n${url}`, [["no", w("cancel")], ["yes", w("open")]]);
  if (yes === "yes") window.open(url, "_blank", "noopener,noreferrer");
  return undefined;
}

const viewer = $("viewer");
viewer.addEventListener("click", (event) => {
  if (event.target.tagName === "IMG") viewer.classList.toggle("near");
  else viewer.close();
});
