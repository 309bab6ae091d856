/** Powers of ten as an axis or a colour bar of logarithms names them: at most about six between two bounds. */
export function decadeTicks(
  low: number,
  high: number,
): { readonly tickvals: readonly number[]; readonly ticktext: readonly string[] } {
  const [from, to] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const step = Math.max(1, Math.ceil((to - from) / 5));
  const tickvals = Array.from(
    { length: Math.max(0, Math.floor((to - from) / step) + 1) },
    (_, i) => from + i * step,
  );
  return { tickvals, ticktext: tickvals.map((power) => `10<sup>${String(power).replace('-', '−')}</sup>`) };
}
