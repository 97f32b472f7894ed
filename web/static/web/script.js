/* Small helps. Every page works without them. */
(function () {
  "use strict";

  function say(name) {
    return document.body.getAttribute("data-say-" + name) || "";
  }

  // The list of what needs another look takes the focus, also where autofocus is not known, and after a skip link
  // (#main), which the browser follows once more when the page has loaded.
  var errors = document.querySelector(".errors");
  if (errors) {
    errors.focus();
    window.addEventListener("load", function () { errors.focus(); });
  }

  // Copy a value, for instance an IBAN.
  function prepareCopying() {
    if (!navigator.clipboard) { return; }
    document.querySelectorAll("[data-copy]").forEach(function (button) {
      var before = button.innerHTML;
      button.hidden = false;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
          button.textContent = say("copied");
          window.setTimeout(function () { button.innerHTML = before; }, 2000);
        });
      });
    });
  }

  // The browser or the reader didn't let a passkey be used: say what else can be done.
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-key-failed]").forEach(function (note) { note.hidden = false; });
  });

  function preparePrinting() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  }

  // How full the page is: the server lays it out, a moment after somebody stops typing.
  function prepareRoom(form) {
    var note = form.querySelector("[data-room-left]");
    var waiting;
    form.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        var typed = new FormData(form);
        form.querySelectorAll("input[type=file]").forEach(function (field) { typed.delete(field.name); });
        fetch(form.getAttribute("data-room"), { method: "POST", body: typed })
          .then(function (answer) { return answer.ok ? answer.text() : note.textContent; })
          .then(function (sentence) { if (note.textContent !== sentence) { note.textContent = sentence; } })
          .catch(function () { return null; });
      }, 1500);
    });
  }

  // Read a question aloud, in the language of the page.
  function prepareSpeaking() {
    if (!window.speechSynthesis) { return; }
    document.querySelectorAll("[data-speak]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var spoken = new SpeechSynthesisUtterance(button.getAttribute("data-speak"));
        spoken.lang = document.documentElement.lang;
        window.speechSynthesis.cancel();
        window.speechSynthesis.speak(spoken);
      });
    });
  }

  // An amount as Dutch people type it, in cents; null when it can be read in two ways (the server asks then).
  function readCents(text) {
    var plain = text.replace(/[\s€]|eur(o)?/gi, "").replace(/,(-+|–|=)?$/, "");
    if (/^\d+(,\d{1,2})?$|^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(plain)) {
      return Math.round(Number(plain.replace(/\./g, "").replace(",", ".")) * 100);
    }
    return /^\d{2,}\.\d{1,2}$/.test(plain) ? Math.round(Number(plain) * 100) : null;
  }

  function total(lines) {
    var sum = 0;
    lines.querySelectorAll(".line").forEach(function (line) {
      var gone = line.querySelector(".line-remove input");
      var amount = line.querySelector('[data-field="amount"] input, [data-field="cents"] input');
      if (!amount || !amount.value.trim() || (gone && gone.checked)) { return; }
      var cents = readCents(amount.value);
      sum = sum === null || cents === null ? null : sum + cents;
    });
    return sum;
  }

  function prepareLines(lines) {
    var rows = lines.querySelector(".lines-rows");
    var blank = lines.querySelector("template");
    var button = lines.querySelector("[data-add-line]");
    var together = lines.querySelector(".lines-total");
    var count = lines.querySelector('[name="' + lines.getAttribute("data-lines") + '-TOTAL_FORMS"]');
    var most = lines.querySelector('[name="' + lines.getAttribute("data-lines") + '-MAX_NUM_FORMS"]');

    function tell() {
      var sum = total(lines);
      together.hidden = !sum;
      together.querySelector("output").textContent = "€\u00a0" + ((sum || 0) / 100).toLocaleString("nl-NL",
        { minimumFractionDigits: sum % 100 ? 2 : 0, maximumFractionDigits: 2 });
    }

    function offer() {
      button.hidden = Number(count.value) >= Number(most.value);
    }

    button.addEventListener("click", function () {
      var number = Number(count.value);
      var holder = document.createElement("div");
      holder.innerHTML = blank.innerHTML.replace(/__prefix__/g, number);
      var row = holder.querySelector(".line");
      row.setAttribute("aria-label", row.getAttribute("aria-label").trim() + " " + (number + 1));
      rows.appendChild(row);
      count.value = number + 1;
      row.querySelector("input, textarea, select").focus();
      offer();
    });
    lines.addEventListener("input", tell);
    lines.addEventListener("change", tell);
    if (lines.querySelector('[data-field="amount"], [data-field="cents"]')) { tell(); }
    offer();
  }

  // Keep what was typed of something long, a moment after somebody stops: on the server, for them alone.
  function prepareKeeping(form) {
    var note = form.querySelector("[data-kept]");
    var waiting;
    form.addEventListener("input", function () {
      window.clearTimeout(waiting);
      note.hidden = true;
      waiting = window.setTimeout(function () {
        var typed = new FormData(form);
        typed.append("keep", "quietly");
        fetch(window.location.pathname, { method: "POST", body: typed })
          .then(function (answer) { note.hidden = answer.status !== 204; })
          .catch(function () { return null; });
      }, 1500);
    });
    form.addEventListener("submit", function () { window.clearTimeout(waiting); });
  }

  // A reason is asked where the answer is no: there its fold-out opens by itself.
  function prepareReason(criterion) {
    criterion.addEventListener("change", function (event) {
      if (["no", "not_yet"].indexOf(event.target.value) >= 0) { criterion.querySelector("details").open = true; }
    });
  }

  prepareCopying();
  preparePrinting();
  prepareSpeaking();
  document.querySelectorAll("[data-room]").forEach(prepareRoom);
  document.querySelectorAll("[data-lines]").forEach(prepareLines);
  document.querySelectorAll("[data-keep]").forEach(prepareKeeping);
  document.querySelectorAll(".quick").forEach(prepareReason);
})();
