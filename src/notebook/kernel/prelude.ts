import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Library } from './library';

/** What every notebook finds already imported. */
export interface Prelude {
  /** Declarations for the type checker. */
  readonly declarations: string;
  /** How to get each value, run at its first use. */
  readonly values: Readonly<Record<string, () => unknown>>;
}

/** Names that an index of named re-exports gives, those of values apart from those of types alone. */
export function exportedNames(declarations: string): { readonly values: string[]; readonly types: string[] } {
  const code = declarations.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const values = new Set<string>();
  const types = new Set<string>();
  for (const [, typeOnly, list] of code.matchAll(/\bexport\s+(type\s+)?\{([^}]*)\}/g)) {
    for (const item of list.split(',').map((part) => part.trim())) {
      const [, itemTypeOnly, name] = /^(type\s+)?(?:[\w$]+\s+as\s+)?([\w$]+)$/.exec(item) ?? [];
      if (name && name !== 'default') (typeOnly || itemTypeOnly ? types : values).add(name);
    }
  }
  for (const [, name] of code.matchAll(/\bexport\s+\*\s+as\s+([\w$]+)\s+from\b/g)) values.add(name);
  for (const [, kind, name] of code.matchAll(
    /\bexport\s+(?:declare\s+)?(?:abstract\s+)?(function|const|class|enum|namespace|interface|type)\s+([\w$]+)/g,
  )) {
    (kind === 'interface' || kind === 'type' ? types : values).add(name);
  }
  return { values: [...values], types: [...types] };
}

function indexDeclarations(library: Library): string {
  try {
    const { types } = JSON.parse(readFileSync(join(library.root, 'package.json'), 'utf8')) as {
      types: string;
    };
    return readFileSync(join(library.root, types), 'utf8');
  } catch {
    return '';
  }
}

/**
 * Returns the prelude for a library: all names of hunch-ml, and TensorFlow.js as `tf`. Nothing is loaded before a cell uses it.
 */
export function createPrelude(library: Library): Prelude {
  const names = exportedNames(indexDeclarations(library));
  const load = createRequire(join(library.root, 'package.json'));
  const values: Record<string, () => unknown> = {};
  for (const name of names.values) {
    values[name] = () => (load('hunch-ml') as Record<string, unknown>)[name];
  }
  const imports: string[] = [];
  const all = [...names.values, ...names.types];
  if (all.length > 0) imports.push(`import { ${all.join(', ')} } from 'hunch-ml';`);
  if (library.packageFolder('@tensorflow/tfjs')) {
    imports.push(`import * as tf from '@tensorflow/tfjs';`);
    values.tf = () => load('@tensorflow/tfjs');
  }
  return { declarations: imports.join('\n') + '\n', values };
}

/**
 * Puts values behind the names of a scope without loading them: each is got at its first use, and may be assigned over.
 */
export function defineLazily(scope: object, values: Prelude['values']): void {
  const lazy = Object.create(null) as object;
  for (const [name, get] of Object.entries(values)) {
    Object.defineProperty(lazy, name, {
      get,
      set(this: object, value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
  Object.setPrototypeOf(scope, lazy);
}
