import { InputError } from '../core/input-error';
import { check, integer, numbers } from '../core/options';

/**
 * Returns the seeds that are meant: those listed, each once, or so many from 0 on.
 *
 * @param fn the public function that was called, for messages
 * @throws InputError `out-of-range`, `invalid-type`, `empty`
 */
export function seedsOf(fn: string, seeds: number | readonly number[] = 5): readonly number[] {
  if (typeof seeds === 'number') {
    check(fn, 'seeds', seeds, integer(1));
    return Array.from({ length: seeds }, (_, seed) => seed);
  }
  check(fn, 'seeds', seeds, numbers);
  if (seeds.length === 0) {
    throw new InputError({ code: 'empty', fn, param: 'seeds', expected: 'hold at least one seed' });
  }
  seeds.forEach((seed, i) => check(fn, `seeds[${i}]`, seed, integer(0)));
  return [...new Set(seeds)];
}
