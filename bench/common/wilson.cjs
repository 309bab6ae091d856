'use strict';

/** Wilson's interval of a share at 95 %. */
function wilson(successes, n) {
  const z = 1.959964;
  const [share, scale] = [successes / n, 1 + z ** 2 / n];
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n * n));
  const centre = (share + z ** 2 / (2 * n)) / scale;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

module.exports = { wilson };
