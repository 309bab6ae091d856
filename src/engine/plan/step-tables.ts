import type { StepKind, StepWords } from './blueprint';
import type { Workplace } from './workplace';

/** The programs of steps as they stand in a plan's memory. */
export interface StepTables {
  /** Returns where the table of a step for `n` examples stands; it is written when first asked for. */
  at(kind: StepKind, n: number): number;
  /** Writes a program, its kernels being numbered as they are in this memory; returns where it begins and ends. */
  write(program: Uint32Array): [from: number, to: number];
}

/**
 * Returns the tables of a plan's steps.
 *
 * @param names of the kernels, by the numbers that programs give them
 * @param wordsFor the programs of a step
 */
export function stepTables(
  { kernels, take, memory, write: writeWords }: Workplace,
  names: readonly string[],
  wordsFor: (kind: StepKind, n: number) => StepWords,
): StepTables {
  const written = new Map<string, number>();
  function write(program: Uint32Array): [from: number, to: number] {
    const words = program.slice();
    for (let i = 0; i < words.length; i += 2 + words[i + 1]) words[i] = kernels.indexOf(names[words[i]]);
    return writeWords(words);
  }
  return {
    at(kind, n) {
      const key = `${kind} ${n}`;
      const known = written.get(key);
      if (known !== undefined) return known;
      const programs = wordsFor(kind, n).map((stage) => stage.map(write));
      const table = [programs.length, ...programs.flatMap((stage) => [stage.length, ...stage.flat()])];
      const address = take(table.length * 4);
      new Uint32Array(memory.buffer, address, table.length).set(table);
      written.set(key, address);
      return address;
    },
    write,
  };
}
