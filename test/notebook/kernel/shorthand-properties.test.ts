import ts from 'typescript';
import { mendShorthandProperties } from '../../../src/notebook/kernel/shorthand-properties';
import type { TypeScriptModule } from '../../../src/notebook/kernel/tslab';

const mended = mendShorthandProperties(ts as unknown as TypeScriptModule) as unknown as typeof ts;

/** The program that the mended compiler watches, and the checker tslab asks. */
function watched(source: string): { readonly file: ts.SourceFile; readonly checker: ts.TypeChecker } {
  let program: ts.Program | undefined;
  const sys: ts.System = {
    ...ts.sys,
    fileExists: (path) => path === '/cell.ts',
    readFile: (path) => (path === '/cell.ts' ? source : undefined),
    getCurrentDirectory: () => '/',
    watchFile: () => ({ close: () => undefined }),
    watchDirectory: () => ({ close: () => undefined }),
    setTimeout: undefined,
    clearTimeout: undefined,
  };
  const host = ts.createWatchCompilerHost(
    ['/cell.ts'],
    { noLib: true, types: [] },
    sys,
    ts.createSemanticDiagnosticsBuilderProgram,
    () => undefined,
    () => undefined,
  );
  host.afterProgramCreate = (builder) => void (program = builder.getProgram());
  mended.createWatchProgram(host).close();
  return { file: program!.getSourceFile('/cell.ts')!, checker: program!.getTypeChecker() };
}

function find(node: ts.Node, is: (candidate: ts.Node) => boolean): ts.Node | undefined {
  return is(node) ? node : ts.forEachChild(node, (child) => find(child, is));
}

/** Rewrites what stands for an earlier cell's names, as tslab does. */
function rewrite(source: string, names: readonly string[]): string {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022, true);
  const { transformed } = ts.transform(file, [
    (context) => (root) => {
      const visit = (node: ts.Node): ts.Node =>
        ts.isIdentifier(node) && names.includes(node.text)
          ? ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier('exports'), node.text)
          : mended.visitEachChild(node, visit, context);
      return visit(root) as ts.SourceFile;
    },
  ]);
  return ts.createPrinter().printFile(transformed[0]).trim();
}

describe('mendShorthandProperties', () => {
  it('writes the short form out where its name is rewritten, and only there', () => {
    expect(rewrite('f({ a, b, c: a });', ['a'])).toBe('f({ a: exports.a, b, c: exports.a });');
  });

  it('answers with the variable behind a short form, and with what it is elsewhere', () => {
    const { file, checker } = watched('const name = 1;\nconst bag = { name };\nbag.name;');
    const declared = find(file, ts.isVariableDeclaration) as ts.VariableDeclaration;
    const short = find(file, ts.isShorthandPropertyAssignment) as ts.ShorthandPropertyAssignment;
    const access = find(file, ts.isPropertyAccessExpression) as ts.PropertyAccessExpression;
    const variable = checker.getSymbolAtLocation(declared.name);
    expect(variable).toBeDefined();
    expect(checker.getSymbolAtLocation(short.name)).toBe(variable);
    expect(checker.getSymbolAtLocation(access.name)!.valueDeclaration).toBe(short);
  });

  it('leaves the compiler it was given as it was', () => {
    expect(mended.visitEachChild).not.toBe(ts.visitEachChild);
    expect(mended.transpileModule).toBe(ts.transpileModule);
  });
});
