// The hall beside the phone: its projector, and the way to the page of its chair.

import { post } from "./api.js";
import { $ } from "./dom.js";
import { pageLanguage } from "./words.js";

/** Offer the hall where there is one; `failed` is told why it cannot be opened. */
export function offerHall(there, failed) {
  $("hall-open").hidden = !there;
  $("hall-open").onclick = () => ($("hall").hidden ? open().catch(failed) : close());
  $("hall-close").onclick = close;
}

async function open() {
  const { wall, chair } = await post("hall", { language: pageLanguage() });
  $("hall-chair").href = chair;
  $("hall-wall").href = wall;
  $("projector").src = wall;
  show(true);
}

function close() {
  $("projector").src = "about:blank";
  show(false);
  $("hall-open").focus();
}

function show(on) {
  $("hall").hidden = !on;
  $("hall-open").setAttribute("aria-expanded", String(on));
}
