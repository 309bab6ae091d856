/**
 * Returns ln Γ(x) for x > 0, to about 14 digits: Stirling's series after shifting x above 15.
 *
 * @param x a number > 0; anything else gives NaN
 * @returns the natural logarithm of the gamma function
 * @example
 * Math.round(Math.exp(logGamma(5))) // => 24
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 6.1.41
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  let z = x;
  while (z < 15) {
    shift += Math.log(z);
    z += 1;
  }
  const w = 1 / (z * z);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
