import { JUPYTER_DISPLAY } from '../../../src/core/mime';
import { displayBundle, sanitizeBundle } from '../../../src/notebook/kernel/display-bundle';

async function shown(value: unknown): Promise<{ bundle: unknown; complaints: string[] }> {
  const complaints: string[] = [];
  return { bundle: await displayBundle(value, (text) => complaints.push(text)), complaints };
}
const showing = (show: () => unknown): object => ({ [JUPYTER_DISPLAY]: show });

describe('sanitizeBundle', () => {
  it('makes bytes base64 and numbers without a JSON form text', () => {
    expect(
      sanitizeBundle({
        'image/png': Uint8Array.of(0, 255),
        'application/json': { n: 10n, list: [1, NaN] },
        'application/vnd.plotly.v1+json': { data: [], skip: undefined },
        'text/plain': 'words',
        'text/html': ['a\n', 'b'],
      }),
    ).toEqual({
      'image/png': 'AP8=',
      'application/json': { n: '10', list: [1, null] },
      'application/vnd.plotly.v1+json': { data: [] },
      'text/plain': 'words',
      'text/html': ['a\n', 'b'],
    });
  });

  it('lets types other than JSON hold text only, as the notebook format wants it', () => {
    expect(sanitizeBundle({ 'text/plain': 5, 'text/html': true })).toEqual({
      'text/plain': '5',
      'text/html': 'true',
    });
  });

  it('leaves out what cannot be given, and changes nothing', () => {
    const bundle = Object.freeze({ 'text/plain': 'x', 'text/html': undefined, 'a/json': () => 1 });
    expect(sanitizeBundle(bundle)).toEqual({ 'text/plain': 'x' });
  });
});

describe('displayBundle', () => {
  it('asks the value, and waits for it', async () => {
    const value = { n: 1, [JUPYTER_DISPLAY]: async () => ({ 'text/html': '<b>' }) };
    expect(await shown(value)).toEqual({ bundle: { 'text/html': '<b>' }, complaints: [] });
  });

  it('calls the method on the value', async () => {
    class Words {
      readonly words = 'mine';
      [JUPYTER_DISPLAY as never](): object {
        return { 'text/plain': this.words };
      }
    }
    expect((await shown(new Words())).bundle).toEqual({ 'text/plain': 'mine' });
  });

  it.each([
    ['throws', () => { throw new Error('planted'); }, 'planted'],
    ['rejects', () => Promise.reject(new Error('planted')), 'planted'],
    ['gives a getter that throws', () => ({ get 'text/plain'() { throw new Error('planted'); } }), 'planted'],
    ['gives a circle', () => { const a: object[] = []; a.push(a); return { 'a/json': a }; }, 'circular'],
  ])('prints the value and says why when the method %s', async (_, show, why) => {
    const { bundle, complaints } = await shown(showing(show));
    expect(bundle).toEqual({ 'text/plain': expect.stringContaining('Symbol(Jupyter.display)') });
    expect(complaints).toEqual([expect.stringMatching(`^The result could not be shown in full: .*${why}`)]);
  }); // prettier-ignore

  it.each([['nothing', undefined], ['an empty bundle', {}], ['no bundle', 5], ['a bundle of nothing', { 'text/html': undefined }]])(
    'prints the value when the method gives %s',
    async (_, given) => {
      const { bundle, complaints } = await shown(showing(() => given));
      expect(bundle).toEqual({ 'text/plain': expect.stringContaining('Symbol(Jupyter.display)') });
      expect(complaints).toEqual([]);
    },
  ); // prettier-ignore

  it('prints plain values as Node does, and tensors by their values', async () => {
    expect((await shown([1, 'a'])).bundle).toEqual({ 'text/plain': "[ 1, 'a' ]" });
    expect((await shown(10n)).bundle).toEqual({ 'text/plain': '10n' });
    const tensor = { dataId: {}, shape: [1], dtype: 'float32', rank: 1, toString: () => 'Tensor [3]' };
    expect((await shown(tensor)).bundle).toEqual({ 'text/plain': 'Tensor [3]' });
  });

  it('says so when even printing fails', async () => {
    const value = {
      [Symbol.for('nodejs.util.inspect.custom')]() {
        throw new Error('planted');
      },
    };
    expect((await shown(value)).bundle).toEqual({
      'text/plain': '[a value that cannot be shown: Error: planted]',
    });
  });
});
