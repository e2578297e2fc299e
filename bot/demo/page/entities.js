// Text and its entities (offsets in UTF-16 units, as strings here count too) become elements.

import { el, icon } from "./dom.js";
import { w } from "./words.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", mention: "span.link", hashtag: "span.link" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** `acts.open(url)`, `acts.say(text)` and `acts.copy(text)` are what taps on links, commands and code do. */
export function rich(text, entities, acts) {
  const marks = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const root = document.createDocumentFragment();
  fill(root, { text, acts }, 0, text.length, marks);
  return root;
}

function fill(parent, source, from, to, marks) {
  let at = from;
  let left = marks;
  while (left.length) {
    const [mark, ...rest] = left;
    const begin = Math.max(mark.offset, at);
    const end = Math.min(mark.offset + mark.length, to);
    left = rest;
    if (begin >= end) continue;
    parent.append(source.text.slice(at, begin));
    const { node, inner } = element(mark, source.text.slice(begin, end), source.acts);
    fill(inner, source, begin, end, rest.filter((other) => other.offset < end));
    parent.append(node);
    at = end + Number(BLOCKS.has(mark.type) && source.text[end] === "\n");
    left = rest.filter((other) => other.offset + other.length > end);
  }
  if (at < to) parent.append(source.text.slice(at, to));
}

function element(mark, words, acts) {
  switch (mark.type) {
    case "text_link":
    case "url":
      return link(mark.url ?? words, acts);
    case "bot_command":
      return single(el("button.link", { type: "button", onclick: () => acts.say(words) }));
    case "code":
      return single(el("code", { onclick: () => acts.copy(words) }));
    case "pre": {
      const inner = el("code");
      return { node: el("pre", { tabIndex: 0 }, inner), inner };
    }
    case "spoiler":
      return spoiler();
    case "blockquote":
      return single(el("blockquote"));
    case "expandable_blockquote":
      return folded();
    default:
      return single(el(PLAIN[mark.type] ?? "span"));
  }
}

const single = (node) => ({ node, inner: node });

function link(address, acts) {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  const safe = /^(https?|tg|mailto|tel):/i.test(url) ? url : "#";
  const onclick = (event) => {
    event.preventDefault();
    acts.open(safe);
  };
  return single(el("a.link", { href: safe, rel: "noopener noreferrer", onclick }));
}

function spoiler() {
  const inner = el("span");
  const node = el("span.spoiler", { tabIndex: 0, aria: { role: "button", label: w("spoiler") } }, inner);
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "aria-label", "tabindex"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return { node, inner };
}

/** A quotation of more than three lines, closed until it is tapped; one that fits anyway has nothing to open. */
function folded() {
  const inner = el("div.fold-body");
  const handle = el("button.fold-handle", { type: "button", aria: { expanded: "false", label: w("unfold") } }, icon("down"));
  const node = el("blockquote.fold", {}, inner, handle);
  const turn = () => handle.setAttribute("aria-expanded", String(node.classList.toggle("unfolded")));
  handle.addEventListener("click", turn);
  inner.addEventListener("click", (event) => event.target.closest("a, button") || turn());
  new ResizeObserver((_, observer) => {
    if (!node.isConnected || node.classList.contains("unfolded")) return;
    const fits = inner.scrollHeight <= inner.clientHeight + 2;
    node.classList.toggle("fits", fits);
    handle.hidden = fits;
    if (!fits) observer.disconnect();
  }).observe(inner);
  return { node, inner };
}
