"use strict";
// Places the words of the server on the wall; it makes none. Everything is text, nothing is markup.
(function () {
  const hall = window.hall;
  let ticking = 0;
  let listed = false;

  function one(id) { return document.getElementById(id); }

  function say(id, words) {
    const element = one(id);
    element.textContent = words || "";
    element.hidden = !words;
  }

  function list(id, items, make) {
    const element = one(id);
    element.textContent = "";
    element.hidden = !items.length;
    items.forEach(function (item) {
      const row = document.createElement("li");
      make(row, item);
      element.appendChild(row);
    });
  }

  function span(row, name, words) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = words;
    row.appendChild(part);
    return part;
  }

  function bar(row, item) {
    span(row, "words", item.words);
    span(row, "said", item.said);
    const line = span(row, "line " + item.tone, "");
    const filled = document.createElement("span");
    filled.style.width = Math.max(0, Math.min(1, item.share)) * 100 + "%";
    line.appendChild(filled);
  }

  // Where it is narrow, questions to the presenters are left out from the end, then words are smaller, at last bars go:
  // nothing stands there in part.
  function fit() {
    const main = document.querySelector("main");
    function narrow() { return main.scrollHeight > main.clientHeight; }
    function shorten(id) {
      const items = Array.from(one(id).children);
      items.forEach(function (item) { item.hidden = false; });
      while (items.length > 1 && narrow()) { items.pop().hidden = true; }
    }
    document.body.classList.remove("narrow");
    one("questions").hidden = !listed;
    shorten("questions-list");
    if (narrow() && !one("asked").hidden) { one("questions").hidden = true; }
    document.body.classList.toggle("narrow", narrow());
    shorten("bars");
  }

  function asked(shown) {
    one("asked").hidden = !shown;
    if (!shown) { return; }
    say("asked-about", shown.about);
    say("asked-words", shown.words);
    say("asked-status", shown.status);
    one("asked-status").classList.toggle("open", shown.open);
    list("bars", shown.bars, bar);
    one("bars").classList.toggle("many", shown.bars.length > 5);
    say("unit", shown.unit);
    say("answered", shown.answered);
    one("answered").classList.toggle("large", !shown.bars.length);
    say("note", shown.note);
    one("hands").hidden = !shown.hands;
    if (shown.hands) {
      say("hands-head", shown.hands.head);
      list("hands-list", shown.hands.list, function (row, item) {
        span(row, "words", item.words);
        span(row, "said", item.said);
      });
    }
  }

  function questions(shown, wanted) {
    listed = wanted;
    say("questions-head", shown.head);
    list("questions-list", shown.list, function (row, item) {
      span(row, "words", item.words);
      span(row, "said", item.support);
    });
    say("questions-none", shown.list.length ? "" : shown.none);
  }

  function floor(shown) {
    clearInterval(ticking);
    one("floor").hidden = !shown;
    if (!shown) { return; }
    say("floor-head", shown.head);
    say("speaker", shown.speaker);
    say("waiting", shown.waiting);
    one("timer").hidden = !shown.speaker;
    if (shown.speaker) { ticking = hall.timed(one("timer"), shown); }
  }

  function join(shown) {
    one("join").hidden = !shown;
    if (!shown) { return; }
    say("join-head", shown.head);
    say("code", shown.code);
    say("join-words", shown.words);
    const picture = one("picture");
    picture.hidden = !shown.picture;
    if (shown.picture) {
      picture.src = "data:image/svg+xml," + encodeURIComponent(shown.picture);
      picture.alt = shown.head;
    }
  }

  addEventListener("resize", fit);
  hall.follow({
    state: function (state) {
      say("away", "");
      say("title", state.title);
      say("present", state.present);
      say("item-head", state.item.head);
      say("item", state.item.words);
      asked(state.asked);
      questions(state.questions, state.phase === "running" && !(state.asked && state.asked.open));
      floor(state.floor);
      join(state.join);
      document.body.classList.add("ready");
      fit();
    },
    away: function () { say("away", hall.words.away); },
    refused: function () {
      document.body.classList.remove("ready");
      say("away", hall.words.refused);
    }
  });
}());
