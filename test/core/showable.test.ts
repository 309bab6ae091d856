import { inspect } from 'node:util';
import { JUPYTER_DISPLAY } from '../../src/core/mime';
import { asResult, setRendererLoader } from '../../src/core/showable';

describe('asResult', () => {
  const result = asResult(
    { kind: 'thing', xs: Float32Array.of(1, 2), nested: { ys: [Int32Array.of(3)] } },
    { twice: () => 2 },
  );

  it('survives JSON, typed arrays as arrays, methods left out', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual({ kind: 'thing', xs: [1, 2], nested: { ys: [[3]] } });
    expect(Object.keys(result)).toEqual(['kind', 'xs', 'nested']);
    expect(result.twice()).toBe(2);
  });

  it('is frozen', () => {
    expect(() => Object.assign(result, { kind: 'other' })).toThrow(TypeError);
  });

  it('asks the renderer for its looks, once one is named', () => {
    const loads: string[] = [];
    setRendererLoader(() => {
      loads.push('loaded');
      return { bundle: () => ({ 'text/plain': 'a thing' }), text: () => 'a thing in a terminal' };
    });
    expect(loads).toEqual([]);
    const show = (result as unknown as Record<symbol, () => unknown>)[JUPYTER_DISPLAY];
    expect(show.call(result)).toEqual({ 'text/plain': 'a thing' });
    expect(inspect(result)).toBe('a thing in a terminal');
    expect(loads.length).toBeGreaterThan(0);
  });
});
