'use strict';
// UCI Adult as slice finding is measured on: numbers in ten bins of equal width, 157 one-hot columns, the errors of a
// logistic regression (adult-errors.json). The data are not part of the project: null where they are not beside it.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync } = require('node:zlib');

const FILE = join(__dirname, '..', '..', '..', 'shared', 'data', 'adult.data.csv.gz');
const NAMES =
  'age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain capital-loss hours-per-week native-country';

/** Codes of each column, by name in the order of the file, and 1 for each row that is wrong. */
function readAdult() {
  if (!existsSync(FILE)) return null;
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n');
  const rows = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const { bits, n } = require('./adult-errors.json');
  if (rows.length !== n)
    throw new Error(`Adult has ${rows.length} rows here, ${n} where its errors were made`);
  const columns = NAMES.split(' ').map((name, c) => {
    const cells = rows.map((row) => row[c]);
    const numeric = cells.every((cell) => /^-?\d+$/.test(cell));
    if (!numeric) {
      const levels = [...new Set(cells)].sort();
      const codeOf = new Map(levels.map((level, code) => [level, code]));
      return { name, levels: levels.length, codes: Uint8Array.from(cells, (cell) => codeOf.get(cell)) };
    }
    const values = cells.map(Number);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const codes = Uint8Array.from(values, (v) => Math.min(9, Math.floor(((v - low) / (high - low)) * 10)));
    return { name, levels: 10, codes };
  });
  const packed = Buffer.from(bits, 'base64');
  const errors = Float64Array.from({ length: n }, (_, i) => (packed[i >> 3] >> (i & 7)) & 1);
  return { n, columns, errors };
}

module.exports = { readAdult };
