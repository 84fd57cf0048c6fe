'use strict';

// The entries come from search-data.js: kind, name, page and text of each.
(() => {
  const MOST = 100;
  const input = document.getElementById('q');
  const found = document.getElementById('found');
  const results = document.getElementById('results');
  const all = entries.map(([kind, name, page, text]) => ({
    kind, name, page, text,
    lowName: name.toLowerCase(),
    low: (kind + ' ' + name + ' ' + text).toLowerCase(),
  }));

  /** The less, the better it fits. */
  function rank(entry, words) {
    const first = words.join(' ');
    if (entry.lowName === first) return 0;
    if (entry.lowName.endsWith('.' + first)) return 1;
    if (entry.lowName.startsWith(first)) return 2;
    return words.every((word) => entry.lowName.includes(word)) ? 3 : 4;
  }

  function item(entry) {
    const li = document.createElement('li');
    const link = document.createElement('a');
    link.href = entry.page;
    link.textContent = entry.name;
    const kind = document.createElement('span');
    kind.textContent = ' – ' + entry.kind;
    const text = document.createElement('p');
    text.textContent = entry.text.length > 240 ? entry.text.slice(0, 240) + '…' : entry.text;
    li.append(link, kind, text);
    return li;
  }

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = words.length === 0
      ? []
      : all.filter((entry) => words.every((word) => entry.low.includes(word)))
        .map((entry) => ({ entry, rank: rank(entry, words) }))
        .sort((a, b) => a.rank - b.rank || (a.entry.name < b.entry.name ? -1 : 1));
    results.replaceChildren(...fitting.slice(0, MOST).map(({ entry }) => item(entry)));
    found.textContent = words.length === 0
      ? ''
      : fitting.length === 0
        ? 'Nothing has all these words.'
        : fitting.length + ' found' + (fitting.length > MOST ? ', the best ' + MOST + ' shown.' : '.');
  }

  input.value = new URLSearchParams(location.search).get('q') || '';
  input.addEventListener('input', search);
  input.form.addEventListener('submit', (event) => { event.preventDefault(); search(); });
  search();
  input.focus();
})();
