import fc from 'fast-check';
import ts from 'typescript';
import { decodeMappings, originalPlace, splitInlineMap } from '../../../src/notebook/kernel/source-map';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base-64 VLQ as the proposal describes it: five bits a digit, lowest first, the sign in the lowest bit of all. */
function encodeNumber(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = '';
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += DIGITS[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}

describe('decodeMappings', () => {
  it('adds up the steps: columns start anew on each line, source lines and columns do not', () => {
    // AAAA = 0,0,0,0; GACE = +3,0,+1,+2; EAAD = +2,0,0,-1.
    expect(decodeMappings('AAAA,GACE;;EAAD')).toEqual([
      [
        [0, 0, 0],
        [3, 1, 2],
      ],
      [],
      [[2, 1, 1]],
    ]);
  });

  it('reads back what is encoded, large and negative numbers too', () => {
    const step = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(step, step, step), { minLength: 1, maxLength: 8 }), (steps) => {
        const mappings = steps.map(([a, b, c]) => [a, 0, b, c].map(encodeNumber).join('')).join(',');
        let sum = [0, 0, 0];
        const expected = steps.map((s) => (sum = sum.map((v, i) => v + s[i])));
        expect(decodeMappings(mappings)).toEqual([expected]);
      }),
    );
  });
});

describe('originalPlace', () => {
  const map = decodeMappings('EAAA,GACE');

  it('takes the last mapped place at or before, else the first of the line', () => {
    // Generated columns 2 → 0:0 and 5 → 1:2.
    expect([0, 2, 4, 5, 99].map((column) => originalPlace(map, { line: 0, column }))).toEqual([
      { line: 0, column: 0 },
      { line: 0, column: 0 },
      { line: 0, column: 0 },
      { line: 1, column: 2 },
      { line: 1, column: 2 },
    ]);
    expect(originalPlace(map, { line: 1, column: 0 })).toBeUndefined();
  });
});

describe('splitInlineMap', () => {
  it('finds the lines of a real compilation', () => {
    const source = 'interface A {\n  x: number;\n}\n\nconst a: A = { x: 1 };\nfail(a);\n';
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { inlineSourceMap: true, target: ts.ScriptTarget.ES2022 },
    });
    const { script, map } = splitInlineMap(outputText);
    expect(script).not.toContain('sourceMappingURL');
    const line = script.split('\n').findIndex((text) => text.includes('fail('));
    expect(originalPlace(map!, { line, column: 0 })).toEqual({ line: 5, column: 0 });
    expect(line).not.toBe(5);
  });

  it('leaves a script without a map as it is', () => {
    expect(splitInlineMap('a;\n//# sourceMappingURL=a.js.map')).toEqual({
      script: 'a;\n//# sourceMappingURL=a.js.map',
      map: undefined,
    });
  });
});
