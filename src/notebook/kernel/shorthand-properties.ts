import type { TypeScriptModule } from './tslab';

interface Node {
  readonly parent?: Node;
  readonly name?: Node & { readonly text: string };
}

interface Checker {
  getSymbolAtLocation(node: Node): unknown;
  getShorthandAssignmentValueSymbol(node: Node): unknown;
}

interface Builder {
  getProgram(): { getTypeChecker(): Checker };
}

interface WatchHost {
  afterProgramCreate?: (builder: Builder) => void;
}

interface Compiler extends TypeScriptModule {
  isShorthandPropertyAssignment(node: Node): boolean;
  visitEachChild(node: Node, visit: (child: Node) => Node, context: unknown): Node;
  createWatchProgram(host: WatchHost): unknown;
  readonly factory: {
    createPropertyAssignment(name: string, value: Node): Node;
  };
}

/**
 * Mends `{ name }` where `name` comes from an earlier cell. tslab rewrites such names to `exports.name`, but misses the short
 * form: TypeScript answers with the property, not with the variable behind it, and a rewritten name no longer fits the
 * short form.
 *
 * @param typescript the compiler tslab is about to use
 * @returns the same compiler with the two functions tslab asks put right
 */
export function mendShorthandProperties(typescript: TypeScriptModule): TypeScriptModule {
  const compiler = typescript as Compiler;
  const mended = new WeakSet<Checker>();

  function mend(checker: Checker): void {
    if (mended.has(checker)) return;
    mended.add(checker);
    const symbolAt = checker.getSymbolAtLocation.bind(checker);
    checker.getSymbolAtLocation = (node) =>
      node.parent && compiler.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : symbolAt(node);
  }

  const visitEachChild: Compiler['visitEachChild'] = (node, visit, context) => {
    if (!compiler.isShorthandPropertyAssignment(node) || !node.name) {
      return compiler.visitEachChild(node, visit, context);
    }
    const value = visit(node.name);
    return value === node.name ? node : compiler.factory.createPropertyAssignment(node.name.text, value);
  };

  const createWatchProgram: Compiler['createWatchProgram'] = (host) => {
    const created = host.afterProgramCreate;
    return compiler.createWatchProgram(
      Object.assign(host, {
        afterProgramCreate(builder: Builder) {
          mend(builder.getProgram().getTypeChecker());
          created?.call(host, builder);
        },
      }),
    );
  };
  return Object.assign({}, typescript, { visitEachChild, createWatchProgram });
}
