// Voice messages: recorded with a microphone, generated where there is none, and played in their bubble.

import { el, icon } from "./dom.js";
import { minutes, w } from "./words.js";

const BARS = 34;

/** The player in a bubble; its waves are drawn from the id of the message. */
export function player(file, seed) {
  const sound = el("audio", { src: file.url, preload: "none" });
  const button = el("button.round.blue", { type: "button", aria: { label: w("play") } }, icon("play"));
  const waves = el("span.waves", { aria: { hidden: "true" } });
  for (let bar = 0; bar < BARS; bar += 1) {
    const stroke = el("i");
    stroke.style.height = `${4 + Math.round(14 * Math.abs(Math.sin(seed * 1.7 + bar * 0.9) * Math.sin(bar * 0.37 + seed)))}px`;
    waves.append(stroke);
  }
  const left = el("span.left", {}, minutes(file.seconds));
  const show = (playing) => {
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", w(playing ? "pause" : "play"));
  };
  button.onclick = () => (sound.paused ? sound.play().catch(() => show(false)) : sound.pause());
  sound.onplay = () => show(true);
  sound.onpause = () => show(false);
  sound.ontimeupdate = () => {
    const part = sound.currentTime / (Number.isFinite(sound.duration) ? sound.duration : Math.max(file.seconds, 1));
    [...waves.children].forEach((stroke, bar) => stroke.classList.toggle("played", bar / BARS < part));
    left.textContent = minutes(sound.currentTime || file.seconds);
  };
  return el("div.voice", {}, button, el("span.about", {}, waves, left), sound);
}

/** Start to record; the result has `stop()`, which brings `{blob, seconds}`, and `cancel()`. Rejects without microphone. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  const begun = performance.now();
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.start();
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const stop = () =>
    new Promise((resolve) => {
      recorder.onstop = () => {
        end();
        const seconds = Math.max(1, Math.round((performance.now() - begun) / 1000));
        resolve({ blob: new Blob(pieces, { type: recorder.mimeType }), seconds });
      };
      recorder.stop();
    });
  const cancel = () => {
    recorder.stop();
    end();
  };
  return { stop, cancel };
}

/** Three seconds of three soft tones, as a WAV file: a voice for a machine without microphone. */
export function sample(seconds = 3, rate = 8000) {
  const count = seconds * rate;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const letters = (at, text) => [...text].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
  letters(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  letters(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]].forEach(([at, value, width]) => {
    if (width === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
  });
  letters(36, "data");
  view.setUint32(40, count * 2, true);
  for (let at = 0; at < count; at += 1) {
    const second = at / rate;
    const pitch = [220, 277, 330][Math.floor(second) % 3];
    const fade = Math.sin(Math.PI * (second % 1));
    view.setInt16(44 + at * 2, 6000 * fade * Math.sin(2 * Math.PI * pitch * second), true);
  }
  return { blob: new Blob([view.buffer], { type: "audio/wav" }), seconds };
}

/** A picture as Telegram sends it: JPEG, at most 1,280 px; what cannot be drawn is sent as it is. */
export async function pictured(file) {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, 1280 / Math.max(image.width, image.height));
    const canvas = el("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.87));
    return new File([blob], "photo.jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}
