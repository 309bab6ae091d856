import { availableParallelism } from 'node:os';

let taken = 0;

/** Takes cores for workers that keep them busy; the function that it returns gives them back. */
export function takeCores(count: number): () => void {
  taken += count;
  let given = false;
  return () => {
    if (!given) taken -= count;
    given = true;
  };
}

/** Cores that a training may use now, at least one: a sweep that fills the machine leaves no more. */
export const freeCores = (): number => Math.max(1, availableParallelism() - taken);
