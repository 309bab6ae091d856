import { epochStore, type EpochStore } from '../engine/train/epoch-store';
import type { FixedParts } from './fixed-parts';
import type { SweepWatch } from './sweep';
import type { RunLog } from './types';

/** What is drawn while several seeds train. */
export interface SeedsSoFar {
  readonly kind: 'runs';
  readonly name: string;
  readonly logs: readonly RunLog[];
}

const NOTHING_YET = {
  initial: null,
  steps: { stride: 1, loss: [], learningRate: [] },
  layers: [],
  activations: [],
  examples: null,
  nonFinite: null,
  stopped: 'completed' as const,
  timing: { seconds: 0, secondsPerEpoch: [] },
  warnings: [],
};

/** Returns an onlooker that has a log of each seed so far: of those that train on workers its epochs alone. */
export function watchSeeds(name: string, seeds: number, live: boolean | 'layers'): SweepWatch {
  const onWorkers = new Map<number, { readonly fixed: FixedParts; readonly epochs: EpochStore }>();
  const others = new Map<number, () => RunLog>();
  const snapshot = (): SeedsSoFar => {
    const running = [...onWorkers].filter(([place]) => !others.has(place));
    const logs = running.map(([place, { fixed, epochs }]) => {
      const log: RunLog = { ...fixed, ...NOTHING_YET, epochs: [...epochs.records] };
      return { place, log };
    });
    const own = [...others].map(([place, logOf]) => ({ place, log: logOf() }));
    const all = [...logs, ...own].sort((a, b) => a.place - b.place).map(({ log }) => log);
    return { kind: 'runs', name, logs: all };
  };
  return {
    label: `training ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`,
    // Of the layers nothing is known before the end.
    detail: { live: live !== false, snapshot },
    begins: (place, fixed) => void onWorkers.set(place, { fixed, epochs: epochStore(() => undefined) }),
    records(place, records) {
      const { epochs } = onWorkers.get(place)!;
      for (const record of records) epochs.add(record, NaN);
    },
    ended: (place, log) => void others.set(place, () => log),
    runsHere: (place, logOf) => void others.set(place, logOf),
  };
}
