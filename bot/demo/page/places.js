// A place on a drawn map: no map server learns who looks.

import { drawing, el } from "./dom.js";

const ROADS = ["M-10 96 C60 70 120 110 310 60", "M70 -10 C90 60 80 120 120 170", "M210 -10 C190 50 230 100 215 170", "M120 80 L215 75"];
const BLOCKS = [[18, 18, 34, 24], [20, 50, 26, 18], [100, 14, 44, 22], [104, 48, 30, 16], [150, 40, 34, 22], [236, 16, 40, 26], [238, 84, 30, 30], [140, 104, 48, 28], [20, 118, 50, 24]];

export function place(message) {
  const { latitude, longitude } = message.location;
  const map = drawing("0 0 300 160", [
    ["rect", { width: 300, height: 160, class: "land" }],
    ["path", { d: "M-10 150 C50 120 90 150 150 140 S260 120 310 135 V170 H-10Z", class: "water" }],
    ["rect", { x: 226, y: 50, width: 64, height: 28, rx: 8, class: "park" }],
    ...BLOCKS.map(([x, y, width, height]) => ["rect", { x, y, width, height, rx: 2, class: "block" }]),
    ...ROADS.map((d) => ["path", { d, class: "road" }]),
    ["ellipse", { cx: 150, cy: 92, rx: 9, ry: 3.5, class: "shadow" }],
    ["path", { d: "M150 92c-14-17-21-26-21-37a21 21 0 0 1 42 0c0 11-7 20-21 37z", class: "pin" }],
    ["circle", { cx: 150, cy: 55, r: 8, class: "eye" }],
  ]);
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const { title = where, address = where } = message.venue ?? {};
  const about = message.venue ? el("div.about", {}, el("b", {}, title), el("span", {}, address)) : null;
  return el("div.venue", { aria: { role: "img", label: `${title}, ${address}` } }, map, about);
}
