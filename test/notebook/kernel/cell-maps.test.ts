import ts from 'typescript';
import { createCellMaps, type CellMaps } from '../../../src/notebook/kernel/cell-maps';
import type { TypeScriptModule } from '../../../src/notebook/kernel/tslab';

/** Compiles as tslab does: TypeScript to ES first, then to CommonJS through the adapted transpiler. */
function compile(maps: CellMaps, source: string): string {
  const adapted = maps.adapt(ts as unknown as TypeScriptModule) as unknown as typeof ts;
  const first = ts.transpileModule(source, {
    compilerOptions: { inlineSourceMap: true, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const { outputText } = adapted.transpileModule(first.outputText, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return outputText;
}

function placeOf(script: string, text: string): string {
  const lines = script.split('\n');
  const line = lines.findIndex((candidate) => candidate.includes(text));
  return `${line + 1}:${lines[line].indexOf(text) + 1}`;
}

// The compiler puts one line before a cell.
const CELL = 'export {};\ninterface A {\n  x: number;\n}\nconst a: A = { x: 1 };\n  fail(a);\n';

describe('createCellMaps', () => {
  const maps = createCellMaps();
  const output = compile(maps, CELL);
  maps.register('hunch-cell-1.ts', output, { label: 'cell 1', headLines: 1 });
  const at = placeOf(output, 'fail(');

  it('keeps the maps to itself', () => {
    expect(output).not.toContain('sourceMappingURL');
  });

  it('names the cell and the line a person wrote', () => {
    const stack = `Error: x\n    at Proxy.fail (hunch-cell-1.ts:${at})\n    at hunch-cell-1.ts:${at}`;
    expect(maps.mapStack(stack)).toBe('Error: x\n    at fail (cell 1:5:3)\n    at cell 1:5:3');
  });

  it('cuts off the machinery below the cell, and nothing above it', () => {
    const stack = [
      'Error: x',
      '    at check (node:internal/validators:1:1)',
      `    at hunch-cell-1.ts:${at}`,
      '    at hunch-cell-1.ts:99:3',
      '    at Script.runInThisContext (node:vm:122:12)',
      '    at execute (/x/node_modules/tslab/dist/executor.js:1:1)',
      '    at run (/x/dist/notebook/kernel/cell-runner.js:1:1)',
      '    at train (/x/dist/build/fit.js:7:7)',
      '    at async Promise.all (index 0)',
    ].join('\n');
    expect(maps.mapStack(stack).split('\n')).toEqual([
      'Error: x',
      '    at check (node:internal/validators:1:1)',
      '    at cell 1:5:3',
      '    at train (/x/dist/build/fit.js:7:7)',
    ]);
  });

  it('leaves a stack without a cell alone', () => {
    const stack = 'Error: x\n    at a (/x/a.js:1:1)\n    at node:internal/timers:1:1';
    expect(maps.mapStack(stack)).toBe(stack);
  });

  it('names a cell that was registered without a map', () => {
    maps.register('bare.ts', 'code', { label: 'cell 9', headLines: 1 });
    expect(maps.mapStack('Error: x\n    at bare.ts:1:1')).toBe('Error: x\n    at cell 9');
  });
});
