import type { SeriesBody } from './types';

/** Points of a channel, and channels, that a card has room for. */
const POINTS = 120;
const CHANNELS = 6;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The least and the most of each of equal stretches, in the order they came, so that no peak is lost. */
function extremes(values: readonly number[]): number[] {
  if (values.length <= POINTS) return values.map(rounded);
  const stretches = POINTS / 2;
  const kept: number[] = [];
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * values.length) / stretches);
    const to = Math.floor(((s + 1) * values.length) / stretches);
    let [low, high] = [from, from];
    for (let i = from + 1; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.push(rounded(values[Math.min(low, high)]), rounded(values[Math.max(low, high)]));
  }
  return kept;
}

/** Returns the channels of an example over time. Of two channels and more, steps of zeros at the end are padding and left out. */
export function seriesBody(values: Float64Array, channels: number): SeriesBody {
  let steps = values.length / channels;
  const empty = (step: number): boolean =>
    values.subarray(step * channels, (step + 1) * channels).every((value) => value === 0);
  while (channels > 1 && steps > 1 && empty(steps - 1)) steps--;
  const shown = Array.from({ length: Math.min(channels, CHANNELS) }, (_, channel) => channel);
  return {
    kind: 'series',
    values: shown.map((channel) =>
      extremes(Array.from({ length: steps }, (_, step) => values[step * channels + channel])),
    ),
    channels: shown.map((channel) => String(channel + 1)),
    steps,
    ...(channels > CHANNELS && { more: channels - CHANNELS }),
  };
}
