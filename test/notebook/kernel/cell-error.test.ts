import {
  codeFrame,
  describeDiagnostics,
  describeThrown,
  INTERRUPTED,
} from '../../../src/notebook/kernel/cell-error';

const SOURCE = 'const a = 1;\nfunction f() {\n  throw new RangeError("no");\n}\nf();';
const sourceOf = (label: string): string | undefined => (label === 'cell 3' ? SOURCE : undefined);

function errorWith(stack: string, message = 'no'): RangeError {
  return Object.assign(new RangeError(message), { stack });
}

describe('describeThrown', () => {
  it('gives name, message, and a traceback that ends with the line at fault', () => {
    const stack = 'RangeError: no\n    at f (cell 3:3:9)\n    at cell 3:5:1';
    expect(describeThrown(errorWith(stack), sourceOf)).toEqual({
      ename: 'RangeError',
      evalue: 'no',
      traceback: [
        'RangeError: no',
        '    at f (cell 3:3:9)',
        '    at cell 3:5:1',
        '',
        'cell 3, line 3:',
        '  1 | const a = 1;',
        '  2 | function f() {',
        '> 3 |   throw new RangeError("no");',
        '    |         ^',
        '  4 | }',
      ],
    });
  });

  it('cuts off what Node puts before the stack of an error that leaves a script', () => {
    const arrow = 'hunch-cell-3.ts:4\n  throw new RangeError("no");\n        ^\n\n';
    const plain = 'RangeError: no\n    at f (cell 3:3:9)';
    expect(describeThrown(errorWith(arrow + plain), sourceOf)).toEqual(
      describeThrown(errorWith(plain), sourceOf),
    );
  });

  it('tells the causes, three deep', () => {
    const chain = [3, 2, 1, 0].reduce<unknown>(
      (cause, depth) => Object.assign(errorWith(`Error: ${depth}`), { cause }),
      'not told',
    );
    expect(describeThrown(chain, sourceOf).traceback).toEqual([
      'Error: 0',
      'Caused by: Error: 1',
      'Caused by: Error: 2',
      'Caused by: Error: 3',
    ]);
    const odd = Object.assign(errorWith('Error: x'), { cause: { code: 1 } });
    expect(describeThrown(odd, sourceOf).traceback).toEqual(['Error: x', 'Caused by: { code: 1 }']);
  });

  it.each([
    ['a string', 'words', "'words'"],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an object', { a: 1 }, '{ a: 1 }'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
  ])('describes %s', (_, thrown, shown) => {
    expect(describeThrown(thrown, sourceOf)).toEqual({
      ename: 'Error',
      evalue: shown,
      traceback: [`Uncaught ${shown}`],
    });
  });

  it('says of an interruption that the cell was stopped', () => {
    const forced = Object.assign(new Error('x'), { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED' });
    expect(describeThrown(forced, sourceOf)).toBe(INTERRUPTED);
    expect(describeThrown(new Error('Interrupted asynchronously'), sourceOf)).toBe(INTERRUPTED);
  });

  it('never throws, whatever the error does', () => {
    const hostile = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw this;
      },
    });
    const proxy = new Proxy(new Error('x'), {
      get() {
        throw new Error('planted');
      },
    });
    for (const thrown of [hostile, proxy]) {
      expect(describeThrown(thrown, sourceOf).evalue).toBe('Something was thrown that cannot be read.');
    }
  });
});

describe('describeDiagnostics', () => {
  const at = (line: number, character: number, messageText: string, fileName?: string): never =>
    ({
      start: { offset: 0, line, character },
      end: { offset: 0, line, character },
      messageText,
      code: 1,
      fileName,
    }) as never;

  it('tells every complaint with its line; those of one place together, those of a file with its name', () => {
    const diagnostics = [at(0, 6, 'first'), at(0, 6, 'more'), at(1, 0, 'elsewhere', './helper.ts')];
    expect(describeDiagnostics(diagnostics, 'const a: number = "x";')).toEqual({
      ename: 'TypeScriptError',
      evalue: '1:7 - first',
      traceback: [
        'TypeScriptError: 1:7 - first',
        '> 1 | const a: number = "x";',
        '    |       ^',
        '  more',
        '',
        'TypeScriptError: ./helper.ts 2:1 - elsewhere',
      ],
    });
  });
});

describe('codeFrame', () => {
  it('pads line numbers, and shows nothing for a line that is not there', () => {
    const ten = Array.from({ length: 10 }, (_, i) => `l${i + 1}`).join('\n');
    expect(codeFrame(ten, 9, 2)).toEqual(['   7 | l7', '   8 | l8', '>  9 | l9', '     |  ^', '  10 | l10']);
    expect(codeFrame('one', 2, 1)).toEqual([]);
    expect(codeFrame('one', 0, 1)).toEqual([]);
  });
});
