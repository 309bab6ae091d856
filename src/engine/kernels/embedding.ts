// Rows of a table by whole numbers ("tokens"), and the gradient of the table.
//
// Tokens arrive as floats and are cut to whole numbers. A list keeps them for the way back: how many, then from byte 16 the
// tokens themselves as i32; −1 stands for one that is not in the table, whose row counts as zeros.
import { int, ptr } from './args';
import { clear } from './rows';

const HEAD: usize = 16;

/**
 * out = the rows of the table that the tokens name.
 * tokens, image, line strides; table, bytes of a row (multiple of 32), rows; out, image, row, pixel strides; list or 0;
 * fault (1 and the number, where one is not in the table); n, H, W
 */
export function embed(p: usize): void {
  const table = ptr(p, 3),
    bytes = ptr(p, 4),
    rows = int(p, 5),
    list = ptr(p, 10),
    fault = ptr(p, 11),
    n = int(p, 12),
    H = int(p, 13),
    W = int(p, 14);
  let entry = list + HEAD;
  if (list) store<i32>(list, n * H * W);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < H; y++) {
      let from = ptr(p, 0) + <usize>b * ptr(p, 1) + <usize>y * ptr(p, 2),
        out = ptr(p, 6) + <usize>b * ptr(p, 7) + <usize>y * ptr(p, 8);
      for (let x = 0; x < W; x++) {
        const given = load<f32>(from);
        let token = -1;
        if (given > -1 && given < <f32>rows) {
          token = <i32>given;
          const row = table + <usize>token * bytes;
          for (let o: usize = 0; o < bytes; o += 32) {
            v128.store(out + o, v128.load(row + o));
            v128.store(out + o, v128.load(row + o, 16), 16);
          }
        } else {
          store<i32>(fault, 1);
          store<f32>(fault, given, 4);
          clear(out, bytes);
        }
        if (list) {
          store<i32>(entry, token);
          entry += 4;
        }
        from += 4;
        out += ptr(p, 9);
      }
    }
  }
}

/** Makes the rows of a gradient zero that the list names: those that the last step has touched. list, G, bytes of a row */
export function embedForget(p: usize): void {
  const list = ptr(p, 0),
    G = ptr(p, 1),
    bytes = ptr(p, 2),
    end = list + HEAD + (<usize>load<i32>(list) << 2);
  for (let entry = list + HEAD; entry < end; entry += 4) {
    const token = load<i32>(entry);
    if (token >= 0) clear(G + <usize>token * bytes, bytes);
  }
}

/**
 * Adds the gradients of the rows to the table's, in the order of the batch. Each slice takes the rows of its own (eight rows,
 * then the next eight for the next slice) from the tokens of all slices.
 * first slice's list, second slice's; first slice's D, second slice's, image, row, pixel strides; H, W; G, bytes of a row;
 * slice, slices
 */
export function embedGrad(p: usize): void {
  const dImg = ptr(p, 4),
    dRow = ptr(p, 5),
    dPix = ptr(p, 6),
    H = int(p, 7),
    W = int(p, 8),
    G = ptr(p, 9),
    bytes = ptr(p, 10),
    mine = int(p, 11),
    slices = int(p, 12);
  let list = ptr(p, 0),
    first = ptr(p, 2);
  for (let s = 0; s < slices; s++) {
    const n = load<i32>(list) / (H * W);
    let entry = list + HEAD;
    for (let b = 0; b < n; b++) {
      for (let y = 0; y < H; y++) {
        let d = first + <usize>b * dImg + <usize>y * dRow;
        for (let x = 0; x < W; x++) {
          const token = load<i32>(entry);
          if (token >= 0 && (slices == 1 || ((token >> 3) % slices) == mine)) {
            const g = G + <usize>token * bytes;
            for (let o: usize = 0; o < bytes; o += 32) {
              v128.store(g + o, f32x4.add(v128.load(g + o), v128.load(d + o)));
              v128.store(g + o, f32x4.add(v128.load(g + o, 16), v128.load(d + o, 16)), 16);
            }
          }
          entry += 4;
          d += dPix;
        }
      }
    }
    list += ptr(p, 1) - ptr(p, 0);
    first += ptr(p, 3) - ptr(p, 2);
  }
}
