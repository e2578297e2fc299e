// Calls to the server, and the stream of its events.

/** The server could not be reached: the browser's own words for it are in its language. */
export class Unreachable extends Error {}

async function answered(asked) {
  const response = await asked.catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export const state = async (person, language) => answered(fetch(`/api/state?person=${person ?? ""}&language=${language}`));

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(person, kind, file, facts = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ person, kind, ...facts })) form.append(name, String(value));
  form.append("file", file, file.name ?? "file");
  return answered(fetch("/api/upload", { method: "POST", body: form }));
}

/** The filled-in workbook that a person has on the phone. */
export async function fetchWorkbook(person, name) {
  const response = await fetch(`/workbook?person=${person}`);
  if (!response.ok) throw new Error(await response.text());
  return new File([await response.blob()], name, { type: response.headers.get("Content-Type") });
}

/** Receive every event after `mark`. The browser reconnects by itself; where it gives up, this function does. */
export function listen(mark, { onEvent, onConnection }) {
  let last = mark;
  const stream = new EventSource(`/api/events?after=${encodeURIComponent(mark)}`);
  stream.onopen = () => onConnection(true);
  stream.onmessage = (message) => {
    last = message.lastEventId;
    onEvent(JSON.parse(message.data), last);
  };
  stream.onerror = () => {
    onConnection(false);
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(last, { onEvent, onConnection }), 1500);
  };
}

/** The number in a mark, which says which of two is newer; only marks of one run of the server can be compared. */
export const place = (mark) => Number(mark.slice(mark.lastIndexOf("-") + 1));
export const run = (mark) => mark.slice(0, mark.lastIndexOf("-"));
