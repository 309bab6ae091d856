// How the examples of a step fared, summed up where they are: the twin of `exampleSums` for one label and a softmax.
import { int, ptr } from './args';
import { splat } from './math';

// The places of src/engine/train/example-places.ts.
const LOSS: usize = 0,
  CONFIDENCE: usize = 24,
  MARGIN: usize = 48,
  ERROR_NORM: usize = 56,
  RATIOS: usize = 64,
  NUMBERS: usize = 72,
  SEEN: usize = 0,
  CORRECT: usize = 4,
  FORGOTTEN: usize = 8,
  FIRST_LEARNED: usize = 12,
  WAS_CORRECT: usize = 16,
  EARLY: usize = 20,
  COUNTS: usize = 32;

const LEAST: f64 = 1.1754943508222875e-38; // 2 ** -126
const FACTOR: f64 = 4.149515568880993e180; // 2 ** 600
const LOG_FACTOR: f64 = 600 * 0.6931471805599453;

// @ts-ignore: decorator
@inline
function addValue(at: usize, value: f64, isFirst: bool): void {
  if (isFirst) store<f64>(at, value);
  const away = value - load<f64>(at);
  store<f64>(at, load<f64>(at, 8) + away, 8);
  store<f64>(at, load<f64>(at, 16) + away * away, 16);
}

/** The largest of a row's outputs but that of the label; −∞ where there is none. */
// @ts-ignore: decorator
@inline
function largestOther(o: usize, units: i32, label: i32): f32 {
  const none = splat(-Infinity),
    own = i32x4.splat(label),
    all = i32x4.splat(units);
  let place = i32x4(0, 1, 2, 3),
    most = none;
  for (let u = 0; u < units; u += 4) {
    const counts = v128.andnot(i32x4.lt_s(place, all), i32x4.eq(place, own));
    most = f32x4.pmax(most, v128.bitselect(v128.load(o + (<usize>u << 2)), none, counts));
    place = i32x4.add(place, i32x4.splat(4));
  }
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
  return f32x4.extract_lane(most, 0);
}

/** Whether no output before the label's is as large. */
function isFirstOfEquals(o: usize, label: i32): bool {
  const own = load<f32>(o + (<usize>label << 2));
  for (let u = 0; u < label; u++) if (load<f32>(o + (<usize>u << 2)) == own) return false;
  return true;
}

// @ts-ignore: decorator
@inline
function errorNorm(o: usize, units: i32, label: i32): f64 {
  let squares: f64 = 0;
  for (let u = 0; u < units; u++) {
    const away = <f64>load<f32>(o + (<usize>u << 2)) - (u == label ? 1 : 0);
    squares += away * away;
  }
  return sqrt(squares);
}

/**
 * Adds up how n examples fared, and their losses and how many were right.
 * places of the examples; labels by place; outputs, bytes to the next row; losses; numbers and counts by place;
 * running n, mean, squares about it, right (f64); n; units; epoch; whether errors are noted
 */
export function judge(p: usize): void {
  const places = ptr(p, 0),
    labels = ptr(p, 1),
    next = ptr(p, 3),
    losses = ptr(p, 4),
    numbers = ptr(p, 5),
    counts = ptr(p, 6),
    running = ptr(p, 7),
    n = int(p, 8),
    units = int(p, 9),
    epoch = int(p, 10),
    early = int(p, 11);
  let o = ptr(p, 2),
    count = load<f64>(running),
    mean = load<f64>(running, 8),
    squares = load<f64>(running, 16),
    right = load<f64>(running, 24);
  for (let i = 0; i < n; i++) {
    const place = <usize>load<i32>(places + (<usize>i << 2)),
      label = load<i32>(labels + (place << 2)),
      at = numbers + place * NUMBERS,
      c = counts + place * COUNTS,
      loss = <f64>load<f32>(losses + (<usize>i << 2)),
      own = load<f32>(o + (<usize>label << 2)),
      other = largestOther(o, units, label),
      correct = own > other || (own == other && isFirstOfEquals(o, label)),
      seen = load<i32>(c, SEEN),
      isFirst = seen == 0;
    const delta = loss - mean;
    count += 1;
    mean += delta / count;
    squares += delta * (loss - mean);
    store<i32>(c, seen + 1, SEEN);
    addValue(at + LOSS, loss, isFirst);
    addValue(at + CONFIDENCE, <f64>own, isFirst);
    const ratio = max<f64>(<f64>own, LEAST) / max<f64>(<f64>other, LEAST);
    let product = isFirst ? ratio : load<f64>(at, RATIOS) * ratio;
    if (!(product > 1e-200 && product < 1e200)) {
      const small = product < 1;
      product *= small ? FACTOR : 1 / FACTOR;
      store<f64>(at, load<f64>(at, MARGIN) + (small ? -LOG_FACTOR : LOG_FACTOR), MARGIN);
    }
    store<f64>(at, product, RATIOS);
    if (early) {
      store<f64>(at, load<f64>(at, ERROR_NORM) + errorNorm(o, units, label), ERROR_NORM);
      store<i32>(c, load<i32>(c, EARLY) + 1, EARLY);
    }
    if (correct) {
      right += 1;
      const before = load<i32>(c, CORRECT);
      store<i32>(c, before + 1, CORRECT);
      if (before == 0) store<i32>(c, epoch, FIRST_LEARNED);
      store<i32>(c, 1, WAS_CORRECT);
    } else {
      store<i32>(c, load<i32>(c, FORGOTTEN) + load<i32>(c, WAS_CORRECT), FORGOTTEN);
      store<i32>(c, 0, WAS_CORRECT);
    }
    o += next;
  }
  store<f64>(running, count);
  store<f64>(running, mean, 8);
  store<f64>(running, squares, 16);
  store<f64>(running, right, 24);
}
