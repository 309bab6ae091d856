'use strict';
// Wrong labels: how well they are found in worlds where they are known, and how fast beside cleanlab.
// LABELS_WORLDS names a folder where worlds are kept, since most of the time goes into making them.
const { qualityRows } = require('./quality.cjs');
const { speedRows } = require('./speed.cjs');

async function run(options) {
  const folder = process.env.LABELS_WORLDS;
  return [...(await speedRows(options)), ...(await qualityRows({ ...options, folder }))];
}

module.exports = { name: 'labels', run };
