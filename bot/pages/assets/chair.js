"use strict";
// The chair's page: what the server says, and a button for each act. Everything is text, nothing is markup.
(function () {
  const hall = window.hall;
  const words = hall.words;
  let state = null;
  let sending = false;
  let asking = "";
  let ticking = 0;

  function one(id) { return document.getElementById(id); }

  function say(id, text) {
    one(id).textContent = text || "";
    one(id).hidden = !text;
  }

  function make(name, text, className) {
    const element = document.createElement(name);
    if (text) { element.textContent = text; }
    if (className) { element.className = className; }
    return element;
  }

  function add(parent) {
    for (let at = 1; at < arguments.length; at += 1) { if (arguments[at]) { parent.appendChild(arguments[at]); } }
    return parent;
  }

  function button(text, act, more, className) {
    const element = make("button", text, className);
    element.type = "button";
    element.id = "press-" + act + "-" + ((more && (more.question || more.comment || more.minutes)) || 0);
    element.disabled = sending;
    element.addEventListener("click", function () { send(act, typeof more === "function" ? more() : more); });
    return element;
  }

  // What cannot be taken back is pressed twice.
  function careful(text, act, warning) {
    const element = make("button", asking === act ? warning : text, asking === act ? "danger" : "quiet");
    element.type = "button";
    element.id = "press-" + act + "-0";
    element.disabled = sending;
    element.addEventListener("click", function () {
      if (asking === act) { asking = ""; send(act); } else { asking = act; show(); }
    });
    return element;
  }

  async function send(act, more) {
    if (sending) { return; }
    sending = true;
    asking = "";
    show();
    try {
      const answer = await hall.press(Object.assign({ act: act, seen: state.seen }, more));
      state = answer.desk;
      say("said", answer.said);
      if (!answer.said) { forget(act); }
    } catch (broken) {
      say("said", words.not_done);
    }
    sending = false;
    show();
  }

  // What was typed for an act is done with it.
  function forget(act) {
    if (act !== "count_hands" && act !== "answered") { return; }
    document.querySelectorAll("input").forEach(function (field) { field.value = ""; });
  }

  function section(title) {
    return add(make("section"), make("h2", title));
  }

  function field(id, label, type) {
    const around = make("label", label);
    const input = make("input");
    input.id = id;
    input.type = type;
    if (type === "number") { input.min = "0"; input.inputMode = "numeric"; } else { input.maxLength = 1000; }
    return add(around, input);
  }

  function bars(shown) {
    const list = make("ul", "", "bars");
    shown.bars.forEach(function (item) {
      const line = make("span", "", "line " + item.tone);
      const filled = make("span");
      filled.style.width = Math.max(0, Math.min(1, item.share)) * 100 + "%";
      add(line, filled);
      add(list, add(make("li"), make("span", item.words), make("strong", item.said), line));
    });
    return list;
  }

  function hands(shown) {
    const form = add(make("details", "", "hands"), make("summary", words.hands));
    form.id = "hands";
    shown.options.forEach(function (name, place) { add(form, field("hand-" + place, name, "number")); });
    const counted = function () {
      return { numbers: shown.options.map(function (_, place) { return Number(one("hand-" + place).value) || 0; }) };
    };
    if (shown.hands) {
      add(form, make("p", shown.hands.list.map(function (item) { return item.words + ": " + item.said; }).join(" · ")));
    }
    return add(form, button(words.count_hands, "count_hands", counted));
  }

  function others(skipped) {
    const form = add(make("details"), make("summary", words.other));
    form.id = "others";
    state.askable.forEach(function (item) {
      if (!skipped || item.no !== skipped.no) { add(form, button(item.words, "ask", { question: item.no }, "quiet")); }
    });
    return form;
  }

  function question() {
    const here = section("");
    const shown = state.asked;
    here.removeChild(here.firstChild);
    const next = state.askable.filter(function (item) { return item.next; })[0];
    if (shown) {
      add(here, make("p", shown.about, "soft"), make("h2", shown.words), make("p", shown.status, shown.open ? "open" : "soft"),
        make("p", shown.answered, "large"), shown.bars.length ? bars(shown) : null, shown.note ? make("p", shown.note, "soft") : null);
      if (shown.open) { add(here, button(words.close, "close", null, "main")); }
      if (!shown.open && !shown.shown) { add(here, button(words.show_result, "show_result", null, "main")); }
      if (shown.options.length) { add(here, hands(shown)); }
    }
    if (next && !(shown && shown.open)) {
      add(here, make("p", next.words, "next"), button(words.ask, "ask", { question: next.no }, shown && !shown.shown ? "" : "main"));
    }
    return state.askable.length > (next ? 1 : 0) ? add(here, others(next)) : here;
  }

  function speakers() {
    const here = section(words.queue);
    const floor = state.floor;
    clearInterval(ticking);
    if (floor.speaker) {
      const timer = make("p", "", "timer");
      timer.setAttribute("role", "timer");
      ticking = hall.timed(timer, floor);
      add(here, make("p", floor.head, "soft"), make("p", floor.speaker, "large"), timer, button(words.end_speaker, "end_speaker"));
    }
    if (state.queue.length) {
      add(here, make("p", state.queue.join(" · ")), button(words.next_speaker, "next_speaker", null, "main"));
    } else {
      add(here, make("p", words.nobody, "soft"));
    }
    const minutes = make("div", "", "row");
    minutes.setAttribute("role", "group");
    minutes.setAttribute("aria-label", words.minutes);
    state.minutes.forEach(function (item) {
      const choice = button(item.words, "minutes", { minutes: item.n }, item.chosen ? "chosen" : "quiet");
      choice.setAttribute("aria-pressed", String(item.chosen));
      add(minutes, choice);
    });
    return add(here, button(words.add_hand, "add_hand", null, "quiet"), make("p", words.minutes, "soft"), minutes);
  }

  function asked(title, list, act, text) {
    const here = section(title);
    if (!list.length) { return add(here, make("p", words.no_questions, "soft")); }
    list.forEach(function (item) {
      const card = add(make("div", "", "card"), make("p", item.number + " · " + item.support, "soft"), make("p", item.words));
      if (act === "publish") {
        add(card, button(text, act, { comment: item.comment, edition: item.edition }));
      } else {
        const note = "note-" + item.comment;
        add(card, field(note, words.note, "text"));
        const press = button(text, act, function () { return { comment: item.comment, note: one(note).value }; });
        press.id = "press-answered-" + item.comment;
        add(card, press);
      }
      add(here, card);
    });
    return here;
  }

  function running() {
    const desk = one("desk");
    const now = add(section(words.now), state.item.head ? make("p", state.item.head, "soft") : null, make("p", state.item.words, "large"));
    if (state.next_item) { add(now, make("p", state.next_item, "next"), button(words.next_item, "next_item", null, "main")); }
    add(desk, now, question(), speakers(), asked(words.questions, state.questions, "answered", words.answered));
    if (state.to_publish.length) { add(desk, asked(words.to_publish, state.to_publish, "publish", words.publish)); }
    add(desk, add(make("section"), careful(words.end, "end", words.sure)));
  }

  // Draws everything anew; what was typed, opened and focused stays.
  function show() {
    const typed = {};
    const opened = {};
    const active = document.activeElement && document.activeElement.id;
    document.querySelectorAll("input").forEach(function (input) { typed[input.id] = input.value; });
    document.querySelectorAll("details").forEach(function (part) { opened[part.id] = part.open; });
    const desk = one("desk");
    clearInterval(ticking);
    desk.textContent = "";
    say("present", state.present);
    one("title").textContent = state.title;
    if (state.undo) {
      add(desk, add(make("section", "", "undo"), button(words.undo, "undo", null, "quiet"), make("span", state.undo, "soft")));
    }
    if (state.phase === "running") { running(); } else {
      const here = add(section(words.now), make("p", state.item.words, "large"));
      if (state.phase === "not begun") { add(here, button(words.start, "start", null, "main")); }
      add(desk, here);
    }
    add(desk, add(make("section"), careful(words.withdraw, "withdraw", words.withdraw_sure)));
    Object.keys(typed).forEach(function (id) { if (one(id)) { one(id).value = typed[id]; } });
    Object.keys(opened).forEach(function (id) { if (id && one(id)) { one(id).open = opened[id]; } });
    if (active && one(active)) { one(active).focus({ preventScroll: true }); }
  }

  hall.follow({
    state: function (news) {
      say("away", "");
      state = news;
      if (!sending) { show(); }
    },
    away: function () { say("away", words.away); },
    refused: function () {
      clearInterval(ticking);
      one("desk").textContent = "";
      say("said", "");
      say("present", "");
      say("away", words.refused);
    }
  });
}());
