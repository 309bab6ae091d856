import { JSDOM } from 'jsdom';
import { tagErrors } from '../../../src/look/tag-errors';
import { tagTable } from '../../../src/notebook/display/tags/tag-table';
import { predictionsOf } from '../../look/tags/helpers';

const predictions = predictionsOf(Array.from({ length: 40 }, (_, i) => ({ wrong: i < 5, tags: [] })));

function open(html: string): {
  press: (...keys: string[]) => void;
  text: (name: string) => string;
  document: Document;
} {
  const { window } = new JSDOM(`<body>${html}</body>`, {
    runScripts: 'dangerously',
    url: 'https://localhost/',
  });
  const { document } = window;
  const root = document.querySelector('.hunch-tags') as HTMLElement;
  return {
    document,
    press: (...keys) =>
      keys.forEach((key) => root.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true }))),
    text: (name) => document.querySelector(`.${name}`)?.textContent ?? '',
  };
}

describe('tagTable', () => {
  it('needs nothing from outside and says what to do where scripts do not run', () => {
    const { html, text } = tagTable(tagErrors(predictions));
    expect(html).not.toMatch(/src="(?!data:)|href="|url\(/);
    expect(html).toContain('data-lm-suppress-shortcuts="true"');
    expect(text).toContain("await writeTags(result, 'tags.csv')");
    expect(html).toContain('<p class="ht-plain">25 examples to look at.');
  });

  it('tags by number, passes with space, undoes, and counts right answers apart', () => {
    const { press, text, document } = open(
      tagTable(tagErrors(predictions, { tags: ['blurry', 'dark'] })).html,
    );
    expect(text('ht-place')).toBe('Error 1 of 5');
    press('1', '2', 'ArrowRight', ' ', '1', 'ArrowRight', '7');
    expect(text('ht-said')).toBe('There is no tag 7 yet: t adds one.');
    expect(text('ht-seen')).toBe('3 of 5 looked at · this one not yet');
    expect(Array.from(document.querySelectorAll('.ht-count'), (node) => node.textContent)).toEqual([
      '2 · 67 %',
      '1 · 33 %',
      '1 · 33 %',
    ]);
    press('u', 'k', '1');
    expect(text('ht-seen')).toBe('2 of 5 looked at');
    press('l');
    expect(document.querySelectorAll('[aria-pressed=true]')).toHaveLength(1);
    press('j', 'j', 'j', 'j', 'l');
    expect(text('ht-place')).toBe('Right answer 1 of 20');
    expect(document.querySelector('[aria-pressed=true] .ht-name')?.textContent).toBe('lucky');
  });

  it('gives a cell that says the same', () => {
    const { press, document } = open(tagTable(tagErrors(predictions, { tags: ['blurry'], seed: 2 })).html);
    press('1', 'j', ' ', 'w');
    (document.querySelector('.ht-copy') as HTMLElement).click();
    const cell = (document.querySelector('.ht-out') as HTMLTextAreaElement).value;
    const back = new Function('tagErrors', 'predictions', `return ${cell}`)(tagErrors, predictions);
    expect(back.seed).toBe(2);
    expect(back.errors.reviewed).toBe(3);
    expect(back.tags.map(({ tag, count }: { tag: string; count: number }) => [tag, count])).toEqual([
      ['blurry', 1],
      ['label is wrong', 1],
    ]);
  });

  it('is folded once all are looked at', () => {
    const all = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`e${i}`, ['blurry']]));
    const { html, text } = tagTable(tagErrors(predictions, { tagged: all, correct: 0 }));
    expect(html).toMatch(/^<details><summary[^>]*>Go through the examples again/);
    expect(text).toBe('');
  });
});
