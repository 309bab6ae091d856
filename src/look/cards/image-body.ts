import type { CardBody, ImageBody } from './types';

/** Longest side of a picture on a card; larger ones are averaged down. */
const LONGEST_SIDE = 64;
/** Examples that tell the range of the pixels. */
const LOOKED_AT = 500;

/** What black and white are. */
export type PixelRange = readonly [black: number, white: number];

/** Height, width, channels. */
export type ImageShape = readonly [height: number, width: number, channels: 1 | 3 | 4];

/**
 * Returns what is black and what is white: 0 to 1, −1 to 1 and 0 to 255 where the numbers keep within them (255 from 129 on), else
 * their own least (or 0) and most. The numbers are those of up to 500 examples, evenly spread.
 */
export function pixelRange(read: (row: number) => Float64Array, n: number): PixelRange {
  let least = 0;
  let most = -Infinity;
  const looked = Math.min(n, LOOKED_AT);
  for (let k = 0; k < looked; k++) {
    for (const value of read(Math.floor((k * n) / looked))) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  // What was standardised and turned back is off by the last digit of a 32-bit float.
  const slack = 1e-5 * Math.max(most - least, 1e-30);
  const near = (value: number): number =>
    Math.abs(value - Math.round(value)) < slack ? Math.round(value) : value;
  [least, most] = [near(least), near(most)];
  if (least < 0) return least >= -1 && most <= 1 ? [-1, 1] : [least, most];
  if (most <= 1) return [0, 1];
  return [0, most > 128 && most <= 255 ? 255 : most];
}

/** Means over boxes, so that no side is longer than a card has room for. */
function shrunk(
  values: Float64Array,
  [height, width, channels]: ImageShape,
): { values: Float64Array; shape: ImageShape } {
  const box = Math.ceil(Math.max(height, width) / LONGEST_SIDE);
  if (box === 1) return { values, shape: [height, width, channels] };
  const [h, w] = [Math.ceil(height / box), Math.ceil(width / box)];
  const sums = new Float64Array(h * w * channels);
  const counts = new Float64Array(h * w * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const at = (Math.floor(y / box) * w + Math.floor(x / box)) * channels + c;
        sums[at] += values[(y * width + x) * channels + c];
        counts[at]++;
      }
    }
  }
  return { values: sums.map((sum, at) => sum / counts[at]), shape: [h, w, channels] };
}

/** Returns the picture of an example. */
export function imageBody(values: Float64Array, shape: ImageShape, [black, white]: PixelRange): CardBody {
  const { values: shown, shape: own } = shrunk(values, shape);
  const [height, width, channels] = own;
  const bytes = Uint8ClampedArray.from(shown, (value) =>
    Math.round(((value - black) / (white - black)) * 255),
  );
  const body: ImageBody = {
    kind: 'image',
    width,
    height,
    channels,
    pixels: Buffer.from(bytes).toString('base64'),
  };
  return height === shape[0] && width === shape[1] ? body : { ...body, of: [shape[0], shape[1]] };
}
