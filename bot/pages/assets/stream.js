"use strict";
// Reads a stream with fetch, since EventSource cannot send the header with the key. ECMAScript 2017 and nothing newer.
// The key stands behind "#": no browser sends that part of an address.
(function () {
  const key = decodeURIComponent(location.hash.slice(1));
  const words = JSON.parse(document.body.dataset.words);
  const path = location.pathname.replace(/\/$/, "");
  const language = "in=" + encodeURIComponent(document.documentElement.dataset.code);
  const SILENCE = 15000; // the server says something every six seconds
  const LONGEST_WAIT = 4000;

  function within(promise, milliseconds) {
    let timer = 0;
    const late = new Promise(function (_, reject) {
      timer = setTimeout(function () { reject(new Error("silence")); }, milliseconds);
    });
    const forget = function () { clearTimeout(timer); };
    promise.then(forget, forget);
    return Promise.race([promise, late]);
  }

  function asked(place, more) {
    const options = Object.assign({ cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }, more);
    options.headers = Object.assign({ "X-Hall-Key": key }, options.headers);
    return within(fetch(path + place + "?" + language, options), SILENCE);
  }

  function take(text, on) {
    const name = /^event: (.*)$/m.exec(text);
    const data = /^data: (.*)$/m.exec(text);
    if (!name || !data) { return true; }
    if (name[1] === "refused") { on.refused(); return false; }
    on.state(JSON.parse(data[1]));
    return true;
  }

  // True where it may be begun anew.
  async function read(on) {
    const answer = await asked("/events");
    if (answer.status === 403) { on.refused(); return false; }
    if (!answer.ok) { throw new Error(String(answer.status)); }
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for (;;) {
        const piece = await within(reader.read(), SILENCE);
        if (piece.done) { return true; }
        rest += decoder.decode(piece.value, { stream: true });
        let end = rest.indexOf("\n\n");
        while (end >= 0) {
          if (!take(rest.slice(0, end), on)) { return false; }
          rest = rest.slice(end + 2);
          end = rest.indexOf("\n\n");
        }
      }
    } finally {
      reader.cancel().catch(function () {});
    }
  }

  async function follow(on) {
    let wait = 250;
    const heard = { state: function (state) { wait = 250; on.state(state); }, refused: on.refused };
    for (;;) {
      try {
        if (!await read(heard)) { return; }
      } catch (broken) {
        on.away();
      }
      await new Promise(function (go) { setTimeout(go, wait); });
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }

  async function press(body) {
    const options = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await asked("/act", options);
    if (answer.status !== 200 && answer.status !== 409) { throw new Error(String(answer.status)); }
    return answer.json();
  }

  function clock(seconds) {
    const whole = Math.abs(Math.trunc(seconds));
    const rest = String(whole % 60);
    return (seconds < 0 ? "+" : "") + Math.trunc(whole / 60) + ":" + (rest.length < 2 ? "0" + rest : rest);
  }

  // What is left of the time to speak; beyond it with a plus. It is counted here from when the state came.
  function timed(element, floor) {
    const since = performance.now() - floor.seconds * 1000;
    function tell() {
      const left = floor.limit - (performance.now() - since) / 1000;
      element.textContent = clock(left > 0 ? Math.ceil(left) : Math.ceil(left) - 1);
      element.classList.toggle("over", left <= 0);
    }
    tell();
    return setInterval(tell, 250);
  }

  addEventListener("hashchange", function () { location.reload(); });
  window.hall = { follow: follow, press: press, timed: timed, words: words };
}());
