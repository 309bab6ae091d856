// Squared distances between a block of examples and another one, for the nearest neighbours.

/** Rows of a block; queries and points of a tile; features after which a tile that is too far away is given up. */
const BLOCK: i32 = 64,
  QUERIES: i32 = 4,
  POINTS: i32 = 8,
  STRIDE: i32 = 16;

/**
 * out[q][p] = Σ (query q − point p)², features added up in their order; of a tile whose sums all exceed the bounds of its
 * rows before the last feature, those so far.
 *
 * @param queries BLOCK×d, QUERIES rows woven together
 * @param points BLOCK×d, POINTS rows woven together
 * @param bounds of the BLOCK queries, then of the BLOCK points
 * @param out BLOCK×BLOCK
 */
export function distances(queries: usize, points: usize, bounds: usize, out: usize, d: i32): void {
  for (let q = 0; q < BLOCK; q += QUERIES) {
    const ofQueries = v128.load(bounds + (<usize>q << 2));
    for (let p = 0; p < BLOCK; p += POINTS) {
      const at = bounds + (<usize>(BLOCK + p) << 2);
      let most = f32x4.max(f32x4.max(v128.load(at), v128.load(at, 16)), ofQueries);
      most = f32x4.max(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
      most = f32x4.max(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
      const bound = f32x4.extract_lane(most, 0);
      let a0 = f32x4.splat(0),
        a1 = a0,
        b0 = a0,
        b1 = a0,
        c0 = a0,
        c1 = a0,
        d0 = a0,
        d1 = a0;
      let u = queries + (<usize>(q * d) << 2),
        v = points + (<usize>(p * d) << 2);
      for (let j = 0; j < d; ) {
        const stop = min(d, j + STRIDE);
        for (; j < stop; j++, u += QUERIES << 2, v += POINTS << 2) {
          const w0 = v128.load(v),
            w1 = v128.load(v, 16);
          let x = v128.load32_splat(u);
          let e = f32x4.sub(x, w0);
          a0 = f32x4.add(a0, f32x4.mul(e, e));
          e = f32x4.sub(x, w1);
          a1 = f32x4.add(a1, f32x4.mul(e, e));
          x = v128.load32_splat(u, 4);
          e = f32x4.sub(x, w0);
          b0 = f32x4.add(b0, f32x4.mul(e, e));
          e = f32x4.sub(x, w1);
          b1 = f32x4.add(b1, f32x4.mul(e, e));
          x = v128.load32_splat(u, 8);
          e = f32x4.sub(x, w0);
          c0 = f32x4.add(c0, f32x4.mul(e, e));
          e = f32x4.sub(x, w1);
          c1 = f32x4.add(c1, f32x4.mul(e, e));
          x = v128.load32_splat(u, 12);
          e = f32x4.sub(x, w0);
          d0 = f32x4.add(d0, f32x4.mul(e, e));
          e = f32x4.sub(x, w1);
          d1 = f32x4.add(d1, f32x4.mul(e, e));
        }
        const least = f32x4.min(
          f32x4.min(f32x4.min(a0, a1), f32x4.min(b0, b1)),
          f32x4.min(f32x4.min(c0, c1), f32x4.min(d0, d1)),
        );
        // The sums only grow: what is too far by now stays so.
        if (!v128.any_true(f32x4.le(least, f32x4.splat(bound)))) break;
      }
      const row = <usize>BLOCK << 2;
      let to = out + (<usize>(q * BLOCK + p) << 2);
      v128.store(to, a0);
      v128.store(to, a1, 16);
      to += row;
      v128.store(to, b0);
      v128.store(to, b1, 16);
      to += row;
      v128.store(to, c0);
      v128.store(to, c1, 16);
      to += row;
      v128.store(to, d0);
      v128.store(to, d1, 16);
    }
  }
}
