/**
 * Returns the epochs of a run on `size` of `n` examples: as many as the full size has, or enough for as many optimizer
 * steps as the full size takes.
 */
export function epochsOfSize(
  size: number,
  n: number,
  {
    epochs,
    batchSize,
    equal,
  }: { readonly epochs: number; readonly batchSize: number; readonly equal: 'steps' | 'epochs' },
): number {
  if (equal === 'epochs') return epochs;
  return Math.round((epochs * Math.ceil(n / batchSize)) / Math.ceil(size / batchSize));
}
