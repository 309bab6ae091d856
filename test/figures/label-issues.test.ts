import * as figures from '../../src/figures';
import type { LabelIssues } from '../../src/look/labels/types';
import { labelIssuesOf } from './results';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

describe('labelIssues', () => {
  it('draws the pairs of few classes as a heat map without its diagonal', () => {
    const figure = figures.labelIssues(labelIssuesOf('dog'));
    expect(figure.title).toBe('Most common: labelled "dog", probably "cat": about 1 (25 % of that label)');
    const [map] = figure.data as Any[];
    expect(map.z).toEqual([
      [null, 0],
      [0.25, null],
    ]);
    expect(map.text).toEqual([
      ['', ''],
      ['1<br>25 %', ''],
    ]);
  });

  it('draws the largest pairs of many classes as bars with intervals', () => {
    const classes = Array.from({ length: 21 }, (_, j) => `c${j}`);
    const found = { ...labelIssuesOf('dog'), classes } as LabelIssues;
    const [bars] = figures.labelIssues(found).data as Any[];
    expect([bars.type, bars.x, bars.error_x.array]).toEqual(['bar', [0.25], [0.7 - 0.25]]);
  });

  it('draws each label of a multi-label task, and values against what was predicted', () => {
    const sets = { ...labelIssuesOf('dog'), task: 'multi-label', joint: [], pairs: [] } as LabelIssues;
    expect(figures.labelIssues(sets).title).toBe(
      '"dog" is estimated to be wrong most often: in 25 % of the examples',
    );
    const issue = { index: 0, id: 'a', given: '5', suggested: '1', confidence: NaN, score: 0, chance: NaN };
    const values = { ...sets, task: 'regression', perClass: [], issues: [issue] } as LabelIssues;
    const figure = figures.labelIssues(values);
    expect(figure.title).toBe('1 of 10 values lie far from what the model expects');
    expect((figure.data[1] as Any).x).toEqual([5]);
  });

  it('says when nothing is wrong and refuses other results', () => {
    const none = { ...labelIssuesOf('dog'), pairs: [] } as LabelIssues;
    expect(figures.labelIssues(none).title).toBe('No class is estimated to be labelled as another');
    expect(() => figures.labelIssues({} as LabelIssues)).toThrow('label-issues');
  });

  it('escapes names', () => {
    const figure = figures.labelIssues(labelIssuesOf());
    expect(JSON.stringify(figure.layout)).not.toContain('<b>dog');
  });
});
