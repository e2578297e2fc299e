// The way to the server: questions, deeds, and the stream of what happens.

async function answered(response) {
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export const state = async (person) => answered(await fetch(`/api/state?person=${person ?? ""}`));

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(person, kind, file, facts = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ person, kind, ...facts })) form.append(name, String(value));
  form.append("file", file, file.name ?? "file");
  return answered(await fetch("/api/upload", { method: "POST", body: form }));
}

/** Hear everything after `mark`, for ever: the browser reconnects by itself, and where it gives up, we do not. */
export function listen(mark, { heard, standing }) {
  let last = mark;
  const stream = new EventSource(`/api/events?after=${encodeURIComponent(mark)}`);
  stream.onopen = () => standing(true);
  stream.onmessage = (message) => {
    last = message.lastEventId;
    heard(JSON.parse(message.data), last);
  };
  stream.onerror = () => {
    standing(false);
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(last, { heard, standing }), 1500);
  };
}

/** The number in a mark, to know which of two is newer; marks of two lives of the server cannot be compared. */
export const place = (mark) => Number(mark.slice(mark.lastIndexOf("-") + 1));
export const life = (mark) => mark.slice(0, mark.lastIndexOf("-"));
