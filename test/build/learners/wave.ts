/** Features sin(i(j + 1) + j) in single precision and a target that is linear in the first two, with a wave upon it. */
export function wave(n: number, d: number): { values: Float32Array; targets: Float64Array } {
  const values = Float32Array.from({ length: n * d }, (_, e) => {
    const [i, j] = [Math.floor(e / d), e % d];
    return Math.sin(i * (j + 1) + j);
  });
  const targets = Float64Array.from(
    { length: n },
    (_, i) => 2 * values[i * d] - values[i * d + 1] + 0.5 * Math.cos(7 * i) + 3,
  );
  return { values, targets };
}
