// Search: the rows come in parts (tim/1.js and so on), each a call of kehoach(); what is asked stands in the address.
"use strict";
(function () {
  var SHOWN = 50, rows = [], parts = window.MUC_LUC.parts, states = window.MUC_LUC.states, asked = {}, shown = SHOWN, found = [];
  var form = document.getElementById("tim"), body = document.getElementById("ket-qua"), told = document.getElementById("dem");
  var more = document.getElementById("them"), names = ["q", "loai", "tinh-trang", "ke-hoach", "co-quan"], field = {}, timer = 0, searched = 0, dropped = "";
  names.forEach(function (name) { field[name] = document.getElementById(name); });

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase()
      .replace(/[^\p{L}\p{N}.\/-]+/gu, " ").trim();
  }
  // Each row: code, path, text, body, state, plan, kind, keys of states, bodies by number.
  window.kehoach = function (number, given) {
    given.forEach(function (row) { row.words = " " + fold(row[0] + " " + row[2] + " " + row[3]) + " "; row.code = fold(row[0]); });
    parts[number].rows = given;
  };
  function rank(row, phrase, words) {
    if (!phrase) { return 1; }
    // Most rows lack one of the words: that is asked first.
    if (!words.every(function (word) { return row.words.indexOf(word) >= 0; })) { return 0; }
    if (row.code === phrase) { return 5; }
    if (row.words.indexOf(" " + phrase + " ") >= 0) { return 4; }
    if (row.words.indexOf(" " + phrase) >= 0) { return 3; }
    return words.every(function (word) { return row.words.indexOf(" " + word) >= 0; }) ? 2 : 1;
  }
  function fits(row) {
    return (!asked["ke-hoach"] || row[5] === asked["ke-hoach"]) && (!asked.loai || row[6] === asked.loai) &&
      (!asked["tinh-trang"] || row[7].indexOf(asked["tinh-trang"]) >= 0) && (!asked["co-quan"] || row[8].indexOf(asked["co-quan"]) >= 0);
  }
  function wanted(part) {
    return (!asked["ke-hoach"] || part.plans.indexOf(asked["ke-hoach"]) >= 0) && (!asked["co-quan"] || part.bodies.indexOf(asked["co-quan"]) >= 0);
  }
  function load() {
    var next = parts.findIndex(function (part) { return !part.rows && !part.failed && wanted(part); });
    if (next < 0) { return; }
    var script = document.createElement("script");
    script.src = "tim/" + (next + 1) + ".js";
    script.onload = script.onerror = function () {
      parts[next].failed = !parts[next].rows;
      if (Date.now() - searched > 400 || !parts.some(function (part) { return !part.rows && !part.failed && wanted(part); })) { search(); }
      load();
    };
    document.head.appendChild(script);
  }
  function cell(name, label, text, href, tone) {
    var made = document.createElement(name), inner = document.createElement(href ? "a" : "span");
    if (href) { inner.href = href; }
    if (tone) { inner.className = tone; }
    if (name === "th") { made.scope = "row"; }
    inner.textContent = text;
    if (tone !== undefined) { made.className = "state"; }
    made.dataset.label = label;
    made.appendChild(inner);
    return made;
  }
  function draw() {
    body.replaceChildren.apply(body, found.slice(0, shown).map(function (one) {
      var row = one.row, line = document.createElement("tr"), state = states[row[4]];
      line.append(cell("th", "Mã", row[0], row[1]), cell("td", "Nội dung", row[2]), cell("td", "Cơ quan", row[3]), cell("td", "Tình trạng", state[0], "", state[1]));
      return line;
    }));
    document.getElementById("bang").hidden = !found.length;
    more.hidden = found.length <= shown;
  }
  function search() {
    var phrase = fold(asked.q || ""), words = phrase.split(" "), missing = 0, broken = 0;
    found = [];
    parts.forEach(function (part) {
      if (!wanted(part)) { return; }
      if (!part.rows) { part.failed ? broken++ : missing++; return; }
      part.rows.forEach(function (row) {
        var points = fits(row) ? rank(row, phrase, words) : 0;
        if (points) { found.push({row: row, points: points}); }
      });
    });
    found.sort(function (one, other) { return other.points - one.points; });
    searched = Date.now();
    told.textContent = "Có " + found.length.toLocaleString("vi") + " kết quả" + (missing ? ", đang đọc tiếp…" : "") +
      (broken ? "; có phần dữ liệu không đọc được, kết quả chưa đủ" : "") + "." + dropped;
    draw();
  }
  function read() {
    var given = new URLSearchParams(location.hash.slice(1));
    // A choice that is no longer there is dropped, and named.
    dropped = "";
    names.forEach(function (name) {
      field[name].value = given.get(name) || "";
      asked[name] = field[name].value;
      if (given.get(name) && !asked[name]) { dropped += " Không có lựa chọn " + name + "=" + given.get(name) + " nên đã bỏ."; }
    });
    shown = SHOWN; search(); load();
  }
  function write() {
    var given = new URLSearchParams();
    dropped = "";
    names.forEach(function (name) { asked[name] = field[name].value; if (asked[name]) { given.set(name, asked[name]); } });
    if (location.hash.slice(1) !== String(given)) { history.replaceState(null, "", "#" + given); }
    shown = SHOWN; search(); load();
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(write, 150); });
  form.addEventListener("submit", function (event) { event.preventDefault(); write(); });
  more.addEventListener("click", function () {
    var first = shown; shown += SHOWN; draw();
    var link = body.rows[first] && body.rows[first].querySelector("a");
    if (link) { link.focus(); }
  });
  form.hidden = false;
  window.addEventListener("hashchange", read);
  // What was typed before this script came is asked, unless the address asks something.
  if (location.hash.length > 1) { read(); } else { write(); }
})();
