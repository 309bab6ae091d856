import type { RunLog } from '../../../src/build/types';
import { setHost, type PublishOptions } from '../../../src/core/host';
import type { MimeBundle } from '../../../src/core/mime';
import { startProgress, type ProgressEvent } from '../../../src/core/progress';
import { installLiveView } from '../../../src/notebook/live/live-view';
import { progressLine } from '../../../src/notebook/live/progress-line';
import { ladderOf } from '../../figures/results';
import { makeLog } from '../../suspect/make-log';

const PLOTLY = 'application/vnd.plotly.v1+json';
let sent: { bundle: MimeBundle; options?: PublishOptions }[] = [];
let remove: () => void;

beforeEach(() => {
  sent = [];
  setHost({
    name: 'test',
    publish: (bundle, options) => void sent.push({ bundle, options }),
    interruptSignal: () => undefined,
  });
  remove = installLiveView();
});
afterEach(() => {
  remove();
  setHost(undefined);
  jest.restoreAllMocks();
});

describe('installLiveView', () => {
  it('draws the curve of a training in one display, at most five times a second, the last report always', () => {
    let now = 1000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const detail = { live: true, snapshot: () => makeLog() };
    const work = startProgress({ label: 'training', total: 100, unit: 'epoch', detail });
    for (let i = 1; i <= 100; i++) {
      now += 10;
      work.update(i, { loss: 1 });
    }
    work.end(100);
    // One second: the start, updates at 200, 400, 600, 800 and 1000 ms, the end.
    expect(sent).toHaveLength(7);
    expect(new Set(sent.map(({ options }) => options?.displayId)).size).toBe(1);
    expect(sent.map(({ options }) => options?.update)).toEqual([false, true, true, true, true, true, true]);
    expect(sent.map(({ bundle }) => PLOTLY in bundle)).toEqual([false, true, true, true, true, true, true]);
  });

  it('draws so seldom that all pictures take about a fiftieth of the time', () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const cost = 30;
    const snapshot = (): RunLog => {
      now += cost;
      return makeLog();
    };
    const work = startProgress({
      label: 'training',
      total: 1000,
      unit: 'epoch',
      detail: { live: true, snapshot },
    });
    sent = [];
    const begun = now;
    for (let i = 1; i <= 1000; i++) {
      now += 10;
      work.update(i);
    }
    // Ten seconds allow 200 ms: the first picture, which is not counted, and those after which one more and the last are still
    // paid for.
    expect(sent.length).toBeGreaterThan(3);
    expect((sent.length - 1) * cost + cost).toBeLessThanOrEqual(0.02 * (now - begun));
  });

  it('draws the steps of the first epoch, and the layers in a display of their own where they are wanted', () => {
    const snapshot = (): RunLog => makeLog({ epochs: [] });
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const work = startProgress({
      label: 'training',
      total: 2,
      unit: 'epoch',
      detail: { live: 'layers', snapshot },
    });
    now = 1000;
    work.within(0, { done: 10, total: 40, unit: 'step' });
    const ids = sent.map(({ options }) => [
      String(options?.displayId).replace(/^.*-\d+-\d+/, ''),
      options?.update,
    ]);
    expect(ids).toEqual([
      ['', false],
      ['-layers', false],
      ['', true],
      ['-layers', true],
    ]);
    expect(sent[2].bundle['text/plain']).toMatch(/^training: epoch 1 of 2, step 10 of 40, 7 s left$/);
    expect(sent[2].bundle['text/html']).toContain('width:13%'); // a quarter of the first of two epochs
    expect((sent[2].bundle[PLOTLY] as { data: { name?: string }[] }).data.map(({ name }) => name)).toContain(
      'batch loss',
    );
    expect(PLOTLY in sent[3].bundle).toBe(true);
  });

  it('shows other work as a line with a bar, and nothing of work that is told to be quiet', () => {
    const work = startProgress({ label: 'overfitting <one> batch', total: 4, unit: 'step' });
    work.end(4);
    expect(sent[1].bundle['text/html']).toContain('overfitting &lt;one&gt; batch: step 4 of 4');
    expect(sent[1].bundle['text/html']).toContain('width:100%');
    expect(PLOTLY in sent[1].bundle).toBe(false);
    startProgress({ label: 'training', unit: 'epoch', detail: { live: false } }).end(1);
    expect(sent).toHaveLength(2);
  });

  it('shows the table of a ladder as far as it has grown', () => {
    const detail = { live: true, snapshot: () => ladderOf() };
    const work = startProgress({ label: 'baselines', total: 7, unit: 'model', detail });
    work.end(3);
    expect(sent.map(({ options }) => options?.update)).toEqual([false, true]);
    expect(sent[1].bundle['text/html']).toContain('simplest good');
    expect(PLOTLY in sent[1].bundle).toBe(false);
  });

  it('is there once, however often it is installed', () => {
    expect(installLiveView()).toBe(remove);
    startProgress({ label: 'a', unit: 'step' });
    expect(sent).toHaveLength(1);
  });

  it('never fails the work it shows', () => {
    setHost({
      name: 'broken',
      publish: () => {
        throw new Error('no front end');
      },
      interruptSignal: () => undefined,
    });
    const snapshot = (): never => {
      throw new Error('no log');
    };
    const work = startProgress({ label: 'training', unit: 'epoch', detail: { live: true, snapshot } });
    expect(() => work.end(1)).not.toThrow();
  });

  it('prints nothing where the output is no terminal', () => {
    setHost(undefined);
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const before = process.stderr.isTTY;
    process.stderr.isTTY = false;
    startProgress({ label: 'a', unit: 'step' }).end(1);
    expect(write).not.toHaveBeenCalled();
    process.stderr.isTTY = true;
    startProgress({ label: 'a', unit: 'step' }).end(1);
    process.stderr.isTTY = before;
    expect(String(write.mock.calls[1][0])).toMatch(/a: 1 step, done in 0 s\n$/);
  });
});

describe('progressLine', () => {
  const event: ProgressEvent = {
    task: 1, label: 'training', phase: 'update', done: 3, total: 10, unit: 'epoch', seconds: 60, secondsLeft: 140,
    values: { loss: 0.123456 },
  }; // prettier-ignore
  it('says what, how far, the numbers and the time left', () => {
    expect(progressLine(event)).toBe('training: epoch 3 of 10, loss 0.123, 2 min left');
    expect(progressLine({ ...event, phase: 'end', done: 10 })).toBe(
      'training: epoch 10 of 10, loss 0.123, done in 1 min',
    );
    expect(progressLine(event, 20)).toBe('training: epoch 3 …');
    const part = { done: 7, total: 90, unit: 'step' };
    expect(progressLine({ ...event, done: 0, part, values: undefined })).toBe(
      'training: epoch 1 of 10, step 7 of 90, 2 min left',
    );
    expect(progressLine({ ...event, total: undefined, secondsLeft: undefined, part })).toBe(
      'training: epoch 4, step 7 of 90, loss 0.123',
    );
  });
});
