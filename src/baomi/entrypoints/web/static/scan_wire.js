/* The scan station's sounds and its wire to the server. Chromium 90. */
"use strict";
(function () {
  var station = document.getElementById("station");
  if (!station) { return; }
  var LONGEST_MS = 20000;

  /* ---- sounds: made here, two that nobody confuses, and only after the answer ---- */
  var audio = null;
  function tone(pitch, shape, start, length) {
    var source = audio.createOscillator(), volume = audio.createGain();
    source.type = shape;
    source.frequency.value = pitch;
    volume.gain.value = 0.15;
    source.connect(volume);
    volume.connect(audio.destination);
    source.start(audio.currentTime + start);
    source.stop(audio.currentTime + start + length);
  }
  function sound(isGood) {
    station.setAttribute("data-sound", isGood ? "good" : "bad");
    if (!audio) { return; }
    if (isGood) { tone(1320, "sine", 0, 0.12); } else { tone(220, "square", 0, 0.2); tone(165, "square", 0.25, 0.3); }
  }
  function wakeSound() {
    var Sound = window.AudioContext || window.webkitAudioContext;
    if (!audio && Sound) { audio = new Sound(); }
    if (audio && audio.state === "suspended") { audio.resume(); }
  }

  /* ---- the wire ---- */
  function newId() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (each) { return (each + 256).toString(16).slice(1); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
  function token() { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; }
  function send(method, address, fields, then) {
    var request = new XMLHttpRequest(), ended = false;
    function over(status) { if (!ended) { ended = true; then(status, request.responseText || ""); } }
    request.open(method, address);
    request.timeout = LONGEST_MS;
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.onload = function () { over(request.status); };
    request.onerror = request.ontimeout = request.onabort = function () { over(0); };
    request.send(fields);
  }
  // after a new log-in in another tab the page needs that session's token, and goes on where it stood
  function renew(then) {
    send("GET", station.getAttribute("data-self"), null, function (status, text) {
      var found = status === 200 && new DOMParser().parseFromString(text, "text/html").body.getAttribute("hx-headers");
      if (found) { document.body.setAttribute("hx-headers", found); }
      then(Boolean(found));
    });
  }
  window.stationWire = { newId: newId, renew: renew, send: send, sound: sound, wakeSound: wakeSound };
})();
