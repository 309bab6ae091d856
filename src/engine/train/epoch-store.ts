import type { EpochRecord } from './types';

/** Records of a bounded number of epochs. */
export interface EpochStore {
  /** Kept so far, in their order; the last epoch is always among them. */
  readonly records: readonly EpochRecord[];
  /** Epochs that have ended. */
  readonly ended: number;
  readonly seconds: readonly number[];
  add(record: EpochRecord, seconds: number): void;
}

/** The loss that an epoch is judged by. */
const lossOf = ({ validation, train }: EpochRecord): number => (validation ?? train).loss.value;

/**
 * Returns places, one of each pair of neighbours: the later one, but for the pair that has the record with the lowest loss,
 * which stays. A last record without a neighbour stays.
 */
export function onePerPair(records: readonly EpochRecord[]): readonly number[] {
  let best = 0;
  records.forEach((record, i) => {
    if (lossOf(record) < lossOf(records[best])) best = i;
  });
  return Array.from({ length: Math.ceil(records.length / 2) }, (_, pair) => {
    const later = Math.min(2 * pair + 1, records.length - 1);
    return best === 2 * pair ? best : later;
  });
}

/**
 * Returns an empty store of at most `limit` records (even). When it is full, one of each two is left out.
 *
 * @param onThin told the places of the records that stay, so that what goes along with them can be thinned the same way
 */
export function epochStore(onThin: (places: readonly number[]) => void, limit = 2000): EpochStore {
  let records: EpochRecord[] = [];
  let seconds: number[] = [];
  let ended = 0;
  return {
    get records() {
      return records;
    },
    get ended() {
      return ended;
    },
    get seconds() {
      return seconds;
    },
    add(record, taken) {
      if (records.length === limit) {
        const places = onePerPair(records);
        records = places.map((place) => records[place]);
        seconds = places.map((place) => seconds[place]);
        onThin(places);
      }
      ended++;
      records.push(record);
      seconds.push(taken);
    },
  };
}
