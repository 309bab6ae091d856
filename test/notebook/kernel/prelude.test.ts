import { defineLazily, exportedNames } from '../../../src/notebook/kernel/prelude';

describe('exportedNames', () => {
  it('tells values from types, under the names they have outside', () => {
    const declarations = `
      export { a, type B, c as d, type E as F, default } from './x'; // export { no } from
      /* export { neither } */
      export type { G } from './y';
      export * as space from './z';
      export declare function fn(): void;
      export declare const k: number;
      export interface I {}
      export type T = 1;
    `;
    expect(exportedNames(declarations)).toEqual({
      values: ['a', 'd', 'space', 'fn', 'k'],
      types: ['B', 'F', 'G', 'I', 'T'],
    });
  });
});

describe('defineLazily', () => {
  it('gets a value at its first use only, and lets it be assigned over', () => {
    const got: string[] = [];
    const scope: Record<string, unknown> = { own: 1 };
    const get = (name: string) => (): string => {
      got.push(name);
      return `value of ${name}`;
    };
    defineLazily(scope, { fit: get('fit'), own: get('own'), tf: get('tf') });
    expect([got, Object.keys(scope)]).toEqual([[], ['own']]);
    expect([scope.fit, scope.own]).toEqual(['value of fit', 1]);
    expect(got).toEqual(['fit']);
    scope.tf = 'mine';
    expect([scope.tf, Object.keys(scope)]).toEqual(['mine', ['own', 'tf']]);
    expect(got).toEqual(['fit']);
  });
});
