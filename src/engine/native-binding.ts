/**
 * Loads TensorFlow.js' native binding. Version 4.22 calls functions of `util` that Node 23 has removed: they are put back where
 * they are missing. Throws where it is not installed or its library does not load.
 */
export function loadNativeBinding(): unknown {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  return require('@tensorflow/tfjs-node');
}
