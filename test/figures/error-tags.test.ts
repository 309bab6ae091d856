import * as figures from '../../src/figures';
import { ceilingWords, luckyWords, rankingWords } from '../../src/figures/tag-words';
import { tagErrors } from '../../src/look/tag-errors';
import type { TagErrorsOptions } from '../../src/look/tags/tag-options';
import type { ErrorTags } from '../../src/look/tags/types';
import { errorTagsView } from '../../src/notebook/display/views/tags-view';
import { viewText } from '../../src/notebook/display/view-text';
import { predictionsOf, sayOf } from '../look/tags/helpers';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** 100 errors of 1,000: so many blurry, so many dark, five both, the others without. */
function resultOf(blurry: number, dark: number, looked: number, options: TagErrorsOptions = {}): ErrorTags {
  const truth = Array.from({ length: 1000 }, (_, i) => ({
    wrong: i < 100,
    tags: i < 5 ? ['blurry', 'dark'] : i < blurry ? ['blurry'] : i < blurry + dark - 5 ? ['dark'] : [],
  }));
  const predictions = predictionsOf(truth);
  const ids = tagErrors(predictions, { sample: looked, correct: 10 }).examples.map(({ id }) => id);
  return tagErrors(predictions, { tagged: sayOf(truth, ids), ...options });
}

describe('errorTags', () => {
  it('says what to fix first and what it buys at best', () => {
    const result = resultOf(45, 10, 100);
    const figure = figures.errorTags(result);
    expect(figure.title).toBe('Fix "blurry" first: error 10.0 % → at best 5.5 %');
    const [bars] = figure.data as Any[];
    expect(bars.x.map((x: number) => Number(x.toFixed(6)))).toEqual([0.045, 0.01, 0.05]);
    expect(bars.marker.color[2]).toBe('#8A8A8A');
    expect((figure.layout as Any).annotations[0].text).toMatch(
      /^45 of 100 · at best 5\.5 % \[4\.\d, 7\.\d\]$/,
    );
    expect(JSON.parse(JSON.stringify(figure))).toMatchSnapshot();
    expect(ceilingWords(result, result.tags[0])).toMatch(
      /^Fixing all "blurry" takes the error from 10\.0 % \[8\.3, 12\.0\] to at best 5\.5 % \[4\.\d, 7\.\d\]; 6\.0 % if those that have another tag too stay wrong \(5 of 45\)\.$/,
    );
    expect(rankingWords(result)).toBe('"blurry" gains most with 99.9 % confidence: that is settled.');
    expect(luckyWords(result)).toMatch(
      /^Of 10 right answers looked at, 0 by luck: 0\.0 % \[0\.0, 2\d\.\d\]\./,
    );
  });

  it('does not advise what is not settled', () => {
    const open = resultOf(45, 42, 30);
    expect(figures.errorTags(open).title).toMatch(/^"(blurry|dark)" leads so far: error 10\.0 % → at best/);
    const even = resultOf(45, 45, 100);
    expect(rankingWords(even)).toMatch(
      /^"blurry" gains most with (4|5)\d(\.\d)? % confidence\. It cannot be settled with the 100 errors that there are: "blurry" and "dark" are too close\.$/,
    );
    expect(rankingWords(resultOf(45, 10, 100, { effort: { blurry: 2 } }))).toContain('most for its effort');
  });

  it('has words for nothing yet, for no tags and for no errors', () => {
    const none = predictionsOf(Array.from({ length: 9 }, () => ({ wrong: false, tags: [] })));
    const some = predictionsOf(Array.from({ length: 9 }, (_, i) => ({ wrong: i < 3, tags: [] })));
    const title = (result: ErrorTags): string => figures.errorTags(result).title;
    expect(title(tagErrors(none))).toBe('No errors among 9 examples');
    expect(title(tagErrors(some))).toBe('3 errors of 3 to look at: none has been yet');
    expect(title(tagErrors(some, { tagged: { e0: [] } }))).toBe('None of the 1 error looked at has a tag');
    expect(rankingWords(tagErrors(some))).toBe('');
    expect(luckyWords(tagErrors(some))).toBe('');
    expect(() => figures.errorTags({} as never)).toThrow('must be a result of kind "error-tags"');
  });

  it('reads the same in a terminal, in plain columns', () => {
    expect(viewText(errorTagsView(resultOf(45, 10, 60)))).toMatchSnapshot();
  });

  it('says what another model has fixed', () => {
    const truth = Array.from({ length: 1000 }, (_, i) => ({
      wrong: i < 100,
      tags: i < 50 ? ['blurry'] : ['dark'],
    }));
    const first = tagErrors(predictionsOf(truth), {
      sample: 100,
      tagged: sayOf(
        truth,
        truth.slice(0, 100).map((_, i) => `e${i}`),
      ),
    });
    const next = truth.map((one, i) => ({ ...one, wrong: i >= 40 && i < 102 }));
    const text = viewText(errorTagsView(tagErrors(predictionsOf(next), { tagged: first })));
    expect(text).toContain('Since the earlier model: 40 of 100 earlier errors fixed, 60 still wrong, 2 new');
    expect(text).toMatch(/blurry +50 +80 % \[6\d %, 8\d %\] +10 +— +0 % +more than others/);
    expect(text).toContain('The error changed by −3.8 % [');
  });
});
