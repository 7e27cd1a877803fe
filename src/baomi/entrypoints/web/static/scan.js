/* The scan station: every scan is a deed of its own, sent in order, kept until it is answered. Chromium 90. */
"use strict";
(function () {
  function byId(id) { return document.getElementById(id); }
  var station = byId("station");
  if (!station) { return; }
  var DOUBLE_MS = 300, MOST_LINES = 200, MOST_TRIES_OF_A_FAULT = 3;
  var wire = window.stationWire, send = wire.send, sound = wire.sound, newId = wire.newId;
  var codes = JSON.parse(station.getAttribute("data-codes"));
  var field = byId("scan"), pin = byId("pin"), finish = byId("finish");
  var state = { mode: "give", person: "", name: "", badge: "", cabinet: "", done: {} };
  var queue = [], busy = false, last = { text: "", at: 0 }, printed = "", halted = false, isStale = false;
  var LABELS = { give: ["扫接收人的工牌", "扫文件标签"], take: ["扫文件标签（也可先扫交还人的工牌）", "扫文件标签"], store: ["扫柜标签，再扫文件标签", "扫文件标签"] };

  /* ---- what is shown ---- */
  function fold(text) { return text.normalize("NFKC").toUpperCase().replace(/[\s\u2010-\u2015\u2212-]/g, ""); }
  function count(name) {
    var place = station.querySelector('[data-count="' + name + '"]');
    place.textContent = String(Number(place.textContent) + 1);
  }
  function holds(more) {
    var place = byId("person").querySelector("[data-held]");
    if (place && /^\d+$/.test(place.textContent)) { place.textContent = String(Number(place.textContent) + more); }
  }
  function element(html) {
    var holder = document.createElement("div");
    holder.innerHTML = html;
    return holder.firstElementChild;
  }
  function addLine(line) {
    var lines = byId("lines");
    if (byId("no-lines")) { byId("no-lines").remove(); }
    lines.insertBefore(line, lines.firstChild);
    while (lines.children.length > MOST_LINES) { lines.lastChild.remove(); }
  }
  function say(kind, text) {
    var line = document.createElement("li");
    line.className = "station-line is-" + kind;
    line.setAttribute("data-outcome", kind);
    line.textContent = text;
    addLine(line);
  }
  function trouble(text) {
    byId("trouble").textContent = text;
    byId("trouble").hidden = !text;
  }
  function show() {
    byId("scan-label").textContent = LABELS[state.mode][state.person || state.mode !== "give" ? 1 : 0];
    if (state.mode !== "give" && !state.person && !state.cabinet) { byId("scan-label").textContent = LABELS[state.mode][0]; }
    station.querySelectorAll("[data-mode]").forEach(function (button) {
      button.setAttribute("aria-pressed", button.getAttribute("data-mode") === state.mode ? "true" : "false");
    });
    station.querySelectorAll("[data-for]").forEach(function (part) {
      part.hidden = part.getAttribute("data-for").split(" ").indexOf(state.mode) < 0;
    });
    station.querySelector('[data-count="unsent"]').textContent = String(queue.length);
    byId("unsent").hidden = queue.length === 0;
  }
  function forget() {
    state.person = state.name = state.badge = "";
    state.done = {};
    byId("person").innerHTML = "";
    var empty = document.createElement("p");
    empty.className = "text-secondary mb-0";
    empty.textContent = state.mode === "give" ? "请扫接收人的工牌。" : "可以不扫工牌。要本人当场确认的，先扫工牌。";
    byId("person").appendChild(empty);
    closeFinish();
  }
  function chooseMode(mode) {
    var button = station.querySelector('[data-mode="' + mode + '"]');
    if (button.disabled) { say("fault", byId("not-" + mode).textContent); sound(false); return; }
    state.mode = mode;
    state.cabinet = "";
    state.done = {};
    byId("cabinet").textContent = "放回原来的柜；要换柜，请扫柜标签。";
    if (mode === "store" || !state.person) { forget(); }
    show();
  }

  /* ---- sending ---- */
  function form(values) {
    var fields = new FormData();
    Object.keys(values).forEach(function (name) { fields.append(name, values[name]); });
    return fields;
  }
  function again(item, sentence) {
    item.tries = (item.tries || 0) + 1;
    trouble(sentence + "未送出的 " + queue.length + " 项保留在本页，正在重新发送，请不要关闭本页。");
    setTimeout(function () { busy = false; step(); }, Math.min(1000 * item.tries, 5000));
  }
  function step() {
    if (busy || halted || !queue.length) { show(); return; }
    var item = queue[0];
    if (item.mode) { queue.shift(); chooseMode(item.mode); step(); return; }
    if (item.text && !item.fields && isRepeated(item)) { queue.shift(); step(); return; }
    // what it was scanned for is fixed when it is first sent: sent again it must be the same deed
    if (!item.fields) { item.fields = item.text ? scanned(item) : finishing(item); }
    busy = true;
    show();
    send("POST", station.getAttribute(item.text ? "data-one" : "data-finish"), form(item.fields), function (status, html) {
      if (status === 0) { again(item, "连接不上服务器。"); return; }
      if (status === 401) { renewed(item, "登录已过期：请在新标签页中重新登录。"); return; }
      if (status === 403 && !item.isRenewed) { item.isRenewed = true; renewed(item, "正在更新页面。"); return; }
      if (status === 503 || (status >= 500 && (item.tries || 0) < MOST_TRIES_OF_A_FAULT)) { again(item, "服务器忙。"); return; }
      queue.shift();
      busy = false;
      trouble("");
      var told = status === 200 || status === 409 || status === 422 ? element(html) : null;
      if (told && told.hasAttribute("data-outcome")) { item.text ? applyScan(item, told) : applyFinish(told); }
      else {
        if (item.text) { forget(); } // it may have been the next reader's badge
        say("fault", "没有办成，服务器没有受理（" + status + "）：请刷新本页后再扫，或从文件的页面办理。");
        count("failed");
        sound(false);
      }
      step();
    });
  }
  function renewed(item, sentence) { wire.renew(function () { again(item, sentence); }); }

  /* ---- scans ---- */
  function scanned(item) {
    return {
      me: station.getAttribute("data-me"), op_id: item.id, text: item.text, mode: state.mode, person: state.person,
      purpose: byId("purpose").value, place: byId("place").value, cabinet: state.cabinet
    };
  }
  function isRepeated(item) {
    var times = state.done[item.plain];
    if (!times) { return false; }
    if (times === 1) { say("said", "刚才已办，没有重复办理：" + item.plain); }
    state.done[item.plain] = times + 1;
    return true;
  }
  function take(text) {
    field.value = "";
    var plain = fold(text), now = Date.now();
    if (!plain || halted) { return; }
    var isDouble = plain === last.text && now - last.at < DOUBLE_MS;
    last = { text: plain, at: now };
    if (isDouble) { return; }
    if (codes[plain] === "slip") { openFinish(); return; }
    queue.push(codes[plain] ? { mode: codes[plain] } : { text: text, plain: plain, id: newId() });
    step();
  }
  function applyScan(item, told) {
    var outcome = told.getAttribute("data-outcome");
    if (outcome === "changed") { halted = true; trouble(told.textContent.trim()); addLine(told); sound(false); return; }
    if (outcome === "person") { meet(item, told); sound(true); return; }
    addLine(told);
    if (outcome === "cabinet") {
      state.cabinet = told.getAttribute("data-cabinet");
      byId("cabinet").textContent = told.querySelector("[data-told]").textContent;
    }
    if (outcome === "done") {
      state.done[item.plain] = 1;
      count(item.fields.mode);
      holds(item.fields.mode === "give" ? 1 : told.getAttribute("data-giver") === state.person ? -1 : 0);
      if (item.fields.mode === "take" && !state.person) { state.person = told.getAttribute("data-giver") || ""; state.name = told.getAttribute("data-giver-name") || ""; }
    } else if (outcome !== "cabinet") { count("failed"); }
    if (told.hasAttribute("data-forgets") && state.mode !== "store") { forget(); }
    sound(outcome === "done" || outcome === "cabinet");
    if (outcome === "done" && item.fields.mode !== "store") { isStale = true; }
    if (isStale && !queue.length) { isStale = false; refreshWaiting(); }
  }
  function meet(item, told) {
    var person = told.getAttribute("data-person"), isSame = person === state.person;
    if (!isSame) { state.done = {}; closeFinish(); }
    state.person = person;
    state.name = told.getAttribute("data-name");
    state.badge = item.plain.slice(0, 3) === "BMP" ? item.text : (isSame ? state.badge : "");
    byId("person").innerHTML = "";
    byId("person").appendChild(told);
    if (isSame) { refreshWaiting(function () { if (isWaiting()) { openFinish(); } }); }
  }

  /* ---- the slip ---- */
  function kind() { return state.mode === "take" ? "back" : "out"; }
  function isWaiting() { return Boolean(byId("waiting").querySelector('[data-person="' + state.person + '"][data-kind="' + kind() + '"]')); }
  function refreshWaiting(then) {
    send("GET", station.getAttribute("data-waiting"), null, function (status, html) {
      if (status === 200) { byId("waiting").innerHTML = html; }
      if (then) { then(); }
    });
  }
  function finishSaid(text) {
    byId("finish-said").innerHTML = "";
    if (!text) { return; }
    var line = document.createElement("p");
    line.textContent = text;
    byId("finish-said").appendChild(line);
  }
  function openFinish() {
    if (!state.person) { say("fault", "还不知道给谁出清单：请先扫工牌或文件标签，或按右边的“出清单”。"); sound(false); return; }
    finish.hidden = false;
    finishSaid(state.badge ? "" : "没有扫 " + state.name + " 的工牌，不能用确认码：请扫工牌，或再按 F9 出清单以后签字。");
    pin.value = "";
    pin.focus();
  }
  function closeFinish() {
    if (!finish.hidden) { finish.hidden = true; pin.value = ""; finishSaid(""); }
    field.focus();
  }
  function finishing(item) {
    return { me: station.getAttribute("data-me"), op_id: item.id, person: item.person, kind: item.kind, badge: item.badge, pin: item.pin };
  }
  function drawUp(typed) {
    queue.push({ id: newId(), person: state.person, kind: kind(), badge: state.badge, pin: typed });
    pin.value = "";
    finishSaid("");
    step();
  }
  function sendPin() {
    var typed = pin.value.normalize("NFKC").replace(/\s/g, "");
    if (/^BM/i.test(typed)) { var text = pin.value; pin.value = ""; closeFinish(); take(text); return; }
    if (!typed) { finishSaid("请接交人输入确认码。不用确认码的，再按一次 F9。"); return; }
    if (!/^\d{6,12}$/.test(typed)) { pin.value = ""; finishSaid("确认码是 6 到 12 位数字，请重新输入。"); return; }
    if (!state.badge) { pin.value = ""; finishSaid("请先扫本人的工牌，再输确认码。"); return; }
    drawUp(typed);
  }
  function applyFinish(told) {
    var outcome = told.getAttribute("data-outcome");
    if (outcome === "slip") {
      printed = told.getAttribute("data-print");
      addLine(told);
      sound(true);
      forget();
      refreshWaiting();
    } else {
      finish.hidden = false;
      finishSaid(told.textContent.trim().replace(/\s+/g, " "));
      addLine(told);
      sound(false);
      pin.focus();
    }
    show();
  }

  /* ---- keyboard and mouse ---- */
  var isEnterPending = false;
  field.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { isEnterPending = /Enter$/.test(event.code); return; }
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && field.value)) { event.preventDefault(); take(field.value); }
    if (event.key === "Escape") { field.value = ""; }
  });
  field.addEventListener("compositionend", function () {
    if (isEnterPending) { isEnterPending = false; setTimeout(function () { take(field.value); }, 0); }
  });
  byId("scan-form").addEventListener("submit", function (event) { event.preventDefault(); event.stopPropagation(); take(field.value); });
  finish.addEventListener("submit", function (event) { event.preventDefault(); event.stopPropagation(); sendPin(); });
  document.addEventListener("keydown", function (event) {
    wire.wakeSound();
    var button = station.querySelector('[data-key="' + event.key + '"]');
    if (button) { event.preventDefault(); queue.push({ mode: button.getAttribute("data-mode") }); closeFinish(); step(); return; }
    if (event.key === "F9") { event.preventDefault(); if (finish.hidden) { openFinish(); } else if (!pin.value) { drawUp(""); } else { sendPin(); } return; }
    if (event.key === "Escape" && !finish.hidden) { closeFinish(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p" && printed) { event.preventDefault(); window.open(printed, "_blank", "noopener"); return; }
    // a scanner types wherever the cursor stands: what it types belongs into the one field
    var isText = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isText && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) { field.focus(); }
  });
  document.addEventListener("click", function (event) {
    wire.wakeSound();
    var button = event.target.closest("button");
    if (button && button.hasAttribute("data-mode")) { queue.push({ mode: button.getAttribute("data-mode") }); step(); }
    if (button && button.id === "to-slip") { openFinish(); return; }
    if (button && button.id === "unsigned") { drawUp(""); return; }
    if (button && button.hasAttribute("data-slip-for")) {
      state.mode = button.getAttribute("data-slip-kind") === "back" ? "take" : "give";
      if (state.person !== button.getAttribute("data-slip-for")) { forget(); }
      state.person = button.getAttribute("data-slip-for");
      state.name = button.getAttribute("data-name");
      show();
      openFinish();
      return;
    }
    // Enter in the PIN's form clicks its button: the cursor stays where the PIN is typed
    if (!event.target.closest("a, select, input, summary, label, #finish")) { field.focus(); }
  });
  station.addEventListener("change", function (event) { if (event.target.tagName === "SELECT") { field.focus(); } });
  station.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (link) { link.setAttribute("target", "_blank"); link.setAttribute("rel", "noopener"); }
  });
  window.addEventListener("beforeunload", function (event) { if (queue.length) { event.preventDefault(); event.returnValue = ""; } });
  show();
  field.focus();
})();
