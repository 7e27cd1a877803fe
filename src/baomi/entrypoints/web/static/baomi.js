/* What the pages need of a script, and no more. Works on Chromium 90; without it every form still posts. */
"use strict";
(function () {
  function byId(id) { return document.getElementById(id); }

  // "/" puts the cursor into the scan box, wherever one is
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && byId("find")) { event.preventDefault(); byId("find").focus(); }
  });

  // a session that ended is said, and the form is left as it is: posting keeps what was typed
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401 && byId("asleep")) { byId("asleep").hidden = false; }
  });
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.elt.hasAttribute("data-poll")) { event.detail.headers["X-Baomi-Poll"] = "1"; }
  });

  // a second click while the first is under way posts nothing; the operation id guards the rest
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    // a form that fetches a file leaves its page standing, and may be sent again
    if (form.method === "post" && !form.hasAttribute("hx-post") && !form.hasAttribute("data-again")) { form.setAttribute("data-sent", ""); }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { form.removeAttribute("data-sent"); });
  });

  function token() { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; }
  function post(address, fields, then) {
    var request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.onload = function () {
      if (request.status === 401 && byId("asleep")) { byId("asleep").hidden = false; return; }
      if (request.status < 400) { then(request.responseText); }
    };
    request.send(fields);
  }
  var waiting = {};
  function later(key, wait, what) { clearTimeout(waiting[key]); waiting[key] = setTimeout(what, wait); }

  // a field that names a person, a paper, a cabinet offers what begins so; typed text goes by POST
  document.addEventListener("input", function (event) {
    var input = event.target;
    var address = input.getAttribute && input.getAttribute("data-offers");
    if (!address) { return; }
    later("offers", 200, function () {
      var fields = new FormData();
      fields.append("typed", input.value);
      post(address, fields, function (text) { byId(input.getAttribute("list")).innerHTML = text; });
    });
  });

  // while a form is being filled in, the deed is judged without being done
  document.addEventListener("input", function (event) {
    var panel = byId("verdict");
    var form = event.target.closest && event.target.closest("form.deed");
    if (!panel || !form) { return; }
    later("judge", 600, function () {
      var fields = new FormData(form);
      ["second_password"].forEach(function (name) { fields.delete(name); });
      if (panel.hasAttribute("data-target")) { fields.append("target", panel.getAttribute("data-target")); }
      post(panel.getAttribute("data-judge"), fields, function (text) {
        panel.innerHTML = text;
        // the place to ask for an approval opens where that is all that is missing; never closes over what was typed
        var ask = byId("ask");
        if (ask && panel.querySelector("[data-asks]")) { ask.hidden = false; }
        else if (ask && !ask.hasAttribute("data-always") && !byId("why").value) { ask.hidden = true; }
      });
    });
  });

  // rows of a form: copied from a template, numbered anew
  function addRow(button) {
    var host = byId(button.getAttribute("data-rows"));
    var template = byId(button.getAttribute("data-rows") + "-blank");
    var number = Number(host.getAttribute("data-next"));
    host.setAttribute("data-next", String(number + 1));
    var holder = document.createElement("tbody");
    holder.innerHTML = template.innerHTML.replace(/__n__/g, String(number));
    var row = holder.firstElementChild;
    host.appendChild(row);
    if (window.htmx) { window.htmx.process(row); }
    var first = row.querySelector("input, select, textarea");
    if (first) { first.focus(); }
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-add-row]");
    if (button) { event.preventDefault(); addRow(button); return; }
    button = event.target.closest("[data-drop-row]");
    if (button) { event.preventDefault(); button.closest("tr").remove(); return; }
    button = event.target.closest("[data-all]");
    if (button) {
      document.querySelectorAll(button.getAttribute("data-all")).forEach(function (box) { box.checked = button.checked; });
    }
    button = event.target.closest("[data-print]");
    if (button) { event.preventDefault(); window.print(); }
  });

  // a list of entries: Enter in the last one (a scanner types it) opens the next
  document.addEventListener("keydown", function (event) {
    var input = event.target;
    if (event.key !== "Enter" || !input.closest || !input.closest(".several")) { return; }
    event.preventDefault();
    var all = input.closest(".several").querySelectorAll("input");
    var last = all[all.length - 1];
    if (input !== last) { input.nextElementSibling.focus(); return; }
    if (!input.value.trim()) { return; }
    var next = input.cloneNode(false);
    next.value = "";
    next.removeAttribute("id");
    next.setAttribute("aria-label", input.getAttribute("data-title") || "");
    input.insertAdjacentElement("afterend", next);
    if (window.htmx) { window.htmx.process(next); }
    next.focus();
  });
})();
