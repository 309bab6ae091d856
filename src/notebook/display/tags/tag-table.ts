import { LABEL_IS_WRONG, LUCKY } from '../../../look/tags/known-tags';
import type { ErrorTags, StoredTags } from '../../../look/tags/types';
import { cardHtml } from '../examples/card-html';
import { EXAMPLES_STYLE } from '../examples/examples-style';
import { escapeHtml, scriptJson } from '../html';
import type { ViewWidget } from '../view';
import { TAG_TABLE_SCRIPT } from './tag-table-script';
import { TAG_TABLE_STYLE } from './tag-table-style';

/** Ids of errors that a page carries, so that a file from it can tell the next model which are new. */
const MOST_ERRORS = 20_000;

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['1–9', 'tag'],
  ['t', 'new tag, Enter adds it'],
  ['space', 'looked at, next'],
  ['← →', 'or k j: back, next'],
  ['w', `"${LABEL_IS_WRONG}"`],
  ['l', `"${LUCKY}", for right answers`],
  ['n', 'note'],
  ['u', 'undo'],
];

/** What the page needs to go on, all of it plain JSON. */
function given(result: ErrorTags): object {
  const { store, seed, options, examples } = result;
  const here = new Set(examples.map(({ id }) => id));
  const all = store.errors.reduce((sum, part) => sum + part.length, 0);
  const whole: StoredTags = all > MOST_ERRORS ? { ...store, errors: [], mended: [] } : store;
  return {
    key: `hunch-tags ${store.fingerprint?.labels ?? ''}`,
    file: 'tags.json',
    data: result.shown !== '' && result.shown !== 'metadata',
    names: store.tagNames.filter((name) => name !== LUCKY),
    options: { ...(seed !== 0 && { seed }), ...options },
    rows: examples.map(({ id, wrong, tags, note, label }) => ({ id, wrong, tags, note, label })),
    others: store.examples.filter(({ id }) => !here.has(id)).map((one) => ({ ...one, note: one.note ?? '' })),
    store: { ...whole, examples: [], seed },
    ...{ lucky: LUCKY, wrongLabel: LABEL_IS_WRONG },
  };
}

/**
 * Returns the errors as a table to go through by keyboard, in one piece of HTML that needs nothing from outside: one example at a
 * time, tags under keys, what was said kept in the page's storage. It gives back a cell to paste and a file for `readTags`.
 * Without scripts it says what to do instead.
 */
export function tagTable(result: ErrorTags): ViewWidget {
  const left = result.examples.filter(({ tags }) => tags === null).length;
  const plain =
    "Without a notebook: await writeTags(result, 'tags.csv'), put an x where a tag fits and under \"reviewed\" for each row, then tagErrors(predictions, { tagged: 'tags.csv' }).";
  const keys = KEYS.map(([key, does]) => `<span><kbd>${key}</kbd> ${escapeHtml(does)}</span>`).join(' ');
  const cards = result.examples.map((card) => `<div hidden>${cardHtml(card)}</div>`).join('');
  const table = [
    '<section class="hunch-tags" tabindex="0" role="group" aria-label="Examples to tag, one at a time" data-lm-suppress-shortcuts="true" data-jp-suppress-context-menu>',
    `<style>${EXAMPLES_STYLE}${TAG_TABLE_STYLE}</style>`,
    `<p class="ht-plain">${left} examples to look at. Run the cell, or trust the notebook, to go through them here. ${escapeHtml(plain)}</p>`,
    '<div class="ht-table" hidden>',
    '<div class="ht-head"><b class="ht-place" aria-live="polite"></b><span class="ht-seen hunch-quiet"></span></div><div class="ht-done" aria-hidden="true"><div></div></div>',
    `<div class="ht-body"><div class="ht-card">${cards}</div><div class="ht-side">`,
    '<p class="ht-ask hunch-quiet" style="margin:0 0 6px"></p><div class="ht-tags" role="group" aria-label="Tags"></div>',
    '<div class="ht-line"><input class="ht-add" type="text" aria-label="New tag" placeholder="new tag" autocomplete="off" spellcheck="false"><button type="button" class="ht-plus">Add</button></div>',
    '<div class="ht-line"><input class="ht-note" type="text" aria-label="Note on this example" placeholder="note" autocomplete="off"></div>',
    '</div></div>',
    '<div class="ht-line"><button type="button" class="ht-prev">← Back</button><button type="button" class="ht-next">Next →</button><button type="button" class="ht-undo">Undo</button><span style="flex:1"></span><button type="button" class="ht-copy">Copy as a cell</button><button type="button" class="ht-download">Download tags.json</button></div>',
    '<div class="ht-said hunch-quiet" role="status"></div>',
    '<textarea class="ht-out" readonly hidden aria-label="Cell with the tags" spellcheck="false"></textarea>',
    `<p class="ht-keys hunch-quiet">${keys}</p>`,
    `</div></section><script>(function(){var box=document.currentScript&&document.currentScript.previousElementSibling;if(box)(${TAG_TABLE_SCRIPT})(box,${scriptJson(given(result))});})();</script>`,
  ].join('');
  return {
    html:
      left > 0
        ? table
        : `<details><summary style="cursor:pointer;opacity:.8">Go through the examples again</summary>${table}</details>`,
    text: left > 0 ? `${left} examples to look at. ${plain}` : '',
  };
}
