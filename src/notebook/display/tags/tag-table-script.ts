/**
 * The table to go through, as a function of its element and of what is given: plain JavaScript that runs in any page, without a
 * server. It makes every piece of text from data with `textContent`.
 *
 * What is said of an example is { tags, note, none }; it counts as looked at with a tag, a note, or `none`. It is kept in the
 * page's storage under the fingerprint, where there is one: an output that says the same as it did then continues with what was
 * said since; one that says other things goes before what is kept.
 */
export const TAG_TABLE_SCRIPT = String.raw`function (root, given) {
  var rows = given.rows, names = given.names.slice(), said = {}, past = [], at = 0, store = null;
  var cards = root.querySelectorAll('.ht-card > div');
  var find = function (name) { return root.querySelector('.' + name); };
  var make = function (kind, name, text) {
    var node = document.createElement(kind);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  var own = function (object, key) { return Object.prototype.hasOwnProperty.call(object, key); };
  var entryOf = function (id) { return own(said, id) ? said[id] : { tags: [], note: '', none: false }; };
  var looked = function (id) { var e = entryOf(id); return e.none || e.tags.length > 0 || e.note !== ''; };
  var put = function (id, entry) {
    Object.defineProperty(said, id, { value: entry, enumerable: true, configurable: true, writable: true });
  };

  rows.forEach(function (row) {
    if (row.tags) put(row.id, { tags: row.tags.slice(), note: row.note, none: row.tags.length === 0 && row.note === '' });
  });
  var base = JSON.stringify(rows.map(function (row) { return [row.id, row.tags, row.note]; }));
  try { store = window.localStorage; } catch (error) { store = null; }
  function kept() {
    try { return JSON.parse(store.getItem(given.key)) || {}; } catch (error) { return {}; }
  }
  function short(text) {
    var h = 0;
    for (var i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
    return String(h) + '.' + text.length;
  }
  function valid(entry) {
    return entry && Array.isArray(entry.tags) && entry.tags.every(function (t) { return typeof t === 'string'; }) && typeof entry.note === 'string';
  }
  (function recall() {
    if (!store) return;
    var old = kept(), same = old.base === short(base), entries = old.said || {};
    rows.forEach(function (row) {
      if (!own(entries, row.id)) return;
      var entry = entries[row.id];
      if ((same || !row.tags) && valid(entry)) put(row.id, { tags: entry.tags.slice(), note: entry.note, none: !!entry.none });
    });
    (Array.isArray(old.names) ? old.names : []).forEach(function (name) {
      var used = rows.some(function (row) { return entryOf(row.id).tags.indexOf(name) >= 0; });
      if (typeof name === 'string' && names.indexOf(name) < 0 && (same || used)) names.push(name);
    });
  })();
  function keep() {
    if (!store) return;
    var old = kept(), entries = old.said || {};
    rows.forEach(function (row) {
      if (own(said, row.id)) entries[row.id] = said[row.id];
      else delete entries[row.id];
    });
    try { store.setItem(given.key, JSON.stringify({ base: short(base), names: names, said: entries })); } catch (error) { store = null; }
  }

  function known(name) {
    var clean = name.trim().replace(/\s+/g, ' ');
    var same = names.filter(function (one) { return one.toLowerCase() === clean.toLowerCase(); })[0];
    return same || clean;
  }
  function remember() {
    var id = rows[at].id;
    past.push({ at: at, id: id, entry: own(said, id) ? JSON.stringify(said[id]) : null, names: names.slice() });
  }
  function change(edit) {
    remember();
    var entry = JSON.parse(JSON.stringify(entryOf(rows[at].id)));
    edit(entry);
    put(rows[at].id, entry);
    after();
  }
  function toggle(name) {
    change(function (entry) {
      var place = entry.tags.indexOf(name);
      if (place >= 0) entry.tags.splice(place, 1);
      else { entry.tags.push(name); entry.none = false; }
    });
  }
  function addTag(text) {
    var name = known(text);
    if (name === '' || name.toLowerCase() === 'no tag') return;
    if (entryOf(rows[at].id).tags.indexOf(name) >= 0) return;
    remember();
    if (names.indexOf(name) < 0) names.push(name);
    var entry = JSON.parse(JSON.stringify(entryOf(rows[at].id)));
    entry.tags.push(name);
    entry.none = false;
    put(rows[at].id, entry);
    after();
    say('"' + name + '" is tag ' + (names.indexOf(name) + 1) + '.');
  }
  function undo() {
    var last = past.pop();
    if (!last) return say('Nothing to undo.');
    if (last.entry === null) delete said[last.id];
    else put(last.id, JSON.parse(last.entry));
    names = last.names;
    at = last.at;
    after();
    say('Undone.');
  }
  function go(step) {
    var next = at + step;
    if (next < 0 || next >= rows.length) {
      var left = rows.filter(function (row) { return !looked(row.id); }).length;
      say(next < 0 ? 'This is the first one.' : left === 0 ? 'All are looked at: copy the cell, or download the tags.' : 'This is the last one; ' + left + ' are not looked at yet.');
      return;
    }
    at = next;
    say('');
    show();
  }
  function done() {
    if (!looked(rows[at].id)) change(function (entry) { entry.none = true; });
    go(1);
  }
  function after() { keep(); show(); if (!out.hidden) out.value = cell(); }
  function say(text) { status.textContent = text; }

  /* What comes back. */
  function answers() {
    var list = rows.filter(function (row) { return looked(row.id); }).map(function (row) {
      var entry = entryOf(row.id);
      return { id: row.id, tags: entry.tags, note: entry.note, wrong: row.wrong, label: row.label };
    });
    return given.others.concat(list);
  }
  function cell() {
    var lines = answers().map(function (one) {
      var key = one.id === '__proto__' ? '["__proto__"]' : JSON.stringify(one.id);
      var tags = JSON.stringify(one.tags).replace(/","/g, '", "');
      return '    ' + key + ': ' + (one.note ? '{ tags: ' + tags + ', note: ' + JSON.stringify(one.note) + ' }' : tags) + ',';
    });
    var options = Object.keys(given.options).map(function (key) {
      return '  ' + key + ': ' + JSON.stringify(given.options[key]) + ',';
    });
    var more = given.data ? ['  // and, as before, data: the data set, to see the examples'] : [];
    return ['tagErrors(predictions, {'].concat(more, options, '  tags: ' + JSON.stringify(names).replace(/","/g, '", "') + ',', '  tagged: {', lines, '  },', '})').join('\n');
  }
  function file() {
    var whole = {};
    Object.keys(given.store).forEach(function (key) { whole[key] = given.store[key]; });
    whole.tagNames = names;
    whole.examples = answers().map(function (one) {
      var kept = { id: one.id, tags: one.tags, wrong: one.wrong };
      if (one.note) kept.note = one.note;
      if (one.label !== undefined) kept.label = one.label;
      return kept;
    });
    return JSON.stringify(whole);
  }
  function copy() {
    out.hidden = false;
    out.value = cell();
    var told = function () { say('Copied: paste it into a new cell, with the name of your predictions.'); };
    var byHand = function () {
      out.focus();
      out.select();
      var fine = false;
      try { fine = document.execCommand('copy'); } catch (error) { fine = false; }
      if (fine) told();
      else say('Copy the text above into a new cell.');
    };
    try { navigator.clipboard.writeText(out.value).then(told, byHand); } catch (error) { byHand(); }
  }
  function download() {
    var link = make('a');
    var url = URL.createObjectURL(new Blob([file()], { type: 'application/json' }));
    link.href = url;
    link.download = given.file;
    root.appendChild(link);
    link.click();
    root.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
    say('Load it with tagErrors(predictions, { tagged: "' + given.file + '" }).');
  }

  /* What is seen. */
  var list = find('ht-tags'), note = find('ht-note'), add = find('ht-add'), status = find('ht-said'), out = find('ht-out');
  var buttons = [];
  function key(name, place) {
    if (name === given.lucky) return 'l';
    return place < 9 ? String(place + 1) : '';
  }
  /* "lucky" is for right answers alone and has a key of its own, so the numbers stay what they are. */
  function listed() {
    var plain = names.filter(function (name) { return name !== given.lucky; });
    return rows[at].wrong ? plain : plain.concat(given.lucky);
  }
  function tagButton(name, keyName) {
    var button = make('button', 'ht-tag');
    button.type = 'button';
    button.appendChild(make('kbd', '', keyName));
    button.lastChild.hidden = keyName === '';
    button.appendChild(make('span', 'ht-name', name));
    button.appendChild(make('span', 'ht-count'));
    button.appendChild(make('span', 'ht-bar'));
    return button;
  }
  function show() {
    var row = rows[at], entry = entryOf(row.id), shown = listed();
    for (var i = 0; i < cards.length; i++) cards[i].hidden = i !== at;
    var kind = rows.filter(function (one) { return one.wrong === row.wrong; });
    var seen = kind.filter(function (one) { return looked(one.id); });
    find('ht-place').textContent = (row.wrong ? 'Error ' : 'Right answer ') + (kind.indexOf(row) + 1) + ' of ' + kind.length;
    find('ht-seen').textContent = seen.length + ' of ' + kind.length + ' looked at' + (looked(row.id) ? '' : ' · this one not yet');
    find('ht-done').firstChild.style.width = (100 * seen.length) / kind.length + '%';
    find('ht-ask').textContent = row.wrong ? 'Why is it wrong? Any number of tags.' : 'Was it luck? Right for a wrong reason is "' + given.lucky + '".';
    var wanted = JSON.stringify(shown);
    if (list.getAttribute('data-names') !== wanted) {
      list.setAttribute('data-names', wanted);
      list.textContent = '';
      buttons = shown.map(function (name, place) {
        var button = tagButton(name, key(name, place));
        button.addEventListener('click', function (event) { toggle(name); back(event); });
        list.appendChild(button);
        return { name: name, node: button };
      });
      var none = tagButton('no tag fits', 'space');
      none.className += ' ht-none';
      none.addEventListener('click', function (event) { done(); back(event); });
      list.appendChild(none);
      buttons.push({ name: null, node: none });
    }
    buttons.forEach(function (one) {
      var count = seen.filter(function (other) {
        var tags = entryOf(other.id).tags;
        return one.name === null ? tags.length === 0 : tags.indexOf(one.name) >= 0;
      }).length;
      var on = one.name === null ? looked(row.id) && entry.tags.length === 0 : entry.tags.indexOf(one.name) >= 0;
      one.node.setAttribute('aria-pressed', String(on));
      one.node.querySelector('.ht-count').textContent = seen.length ? count + ' · ' + Math.round((100 * count) / seen.length) + ' %' : '0';
      one.node.querySelector('.ht-bar').style.width = (seen.length ? (100 * count) / seen.length : 0) + '%';
    });
    if (document.activeElement !== note) note.value = entry.note;
  }
  function back(event) { if (event.detail > 0) root.focus({ preventScroll: true }); }
  function on(name, act) {
    find(name).addEventListener('click', function (event) { act(); back(event); });
  }

  on('ht-prev', function () { go(-1); });
  on('ht-next', function () { go(1); });
  on('ht-undo', undo);
  on('ht-download', download);
  find('ht-copy').addEventListener('click', copy);
  find('ht-plus').addEventListener('click', function () { addTag(add.value); add.value = ''; add.focus(); });
  note.addEventListener('focus', function () { note.setAttribute('data-at', String(at)); note.setAttribute('data-new', '1'); });
  note.addEventListener('input', function () {
    if (note.getAttribute('data-new')) { remember(); note.removeAttribute('data-new'); }
    var entry = JSON.parse(JSON.stringify(entryOf(rows[at].id)));
    entry.note = note.value;
    put(rows[at].id, entry);
    after();
  });
  root.addEventListener('keydown', function (event) {
    var field = event.target;
    if (event.key !== 'Tab') event.stopPropagation();
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (field === out) return;
    if (field === add || field === note) {
      if (event.key === 'Enter' && field === add && add.value.trim() !== '') { addTag(add.value); add.value = ''; }
      else if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      root.focus({ preventScroll: true });
      show();
      return;
    }
    if (field.tagName === 'BUTTON' && (event.key === ' ' || event.key === 'Enter')) return;
    if (field.tagName === 'SUMMARY' && (event.key === ' ' || event.key === 'Enter')) return;
    var shown = listed().filter(function (name) { return name !== given.lucky; });
    if (/^[1-9]$/.test(event.key)) {
      if (shown[event.key - 1] !== undefined) toggle(shown[event.key - 1]);
      else say('There is no tag ' + event.key + ' yet: t adds one.');
    } else if (event.key === 'ArrowRight' || event.key === 'j') go(1);
    else if (event.key === 'ArrowLeft' || event.key === 'k') go(-1);
    else if (event.key === ' ') done();
    else if (event.key === 'n') note.focus();
    else if (event.key === 't' || event.key === 'Enter') add.focus();
    else if (event.key === 'w') addOrDrop(given.wrongLabel);
    else if (event.key === 'l' && !rows[at].wrong) addOrDrop(given.lucky);
    else if (event.key === 'u') undo();
    else return;
    event.preventDefault();
  });
  ['keyup', 'keypress'].forEach(function (kind) {
    root.addEventListener(kind, function (event) { event.stopPropagation(); });
  });
  function addOrDrop(name) {
    var same = known(name);
    if (names.indexOf(same) >= 0) toggle(same);
    else addTag(same);
  }
  try {
    var manager = window.Jupyter && window.Jupyter.keyboard_manager;
    if (manager) manager.register_events(root);
  } catch (error) { /* the classic notebook only */ }

  find('ht-plain').hidden = true;
  find('ht-table').hidden = false;
  var first = rows.findIndex(function (row) { return !looked(row.id); });
  at = first < 0 ? 0 : first;
  show();
}`;
