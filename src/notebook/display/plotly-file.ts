/** Returns where the browser build of Plotly lies on this machine. */
export function plotlyFile(): string {
  return require.resolve('plotly.js-cartesian-dist-min');
}
