// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Returns text as a terminal would leave it on paper: without colours and other control sequences, and of a line that was
 * overwritten by carriage returns only the last state.
 *
 * @param text anything a program has printed
 * @example
 * plainText('\u001b[31mred\u001b[0m\n10 %\r20 %') // => 'red\n20 %'
 */
export function plainText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').replace(/^.*\r/, ''))
    .join('\n')
    .replace(CONTROLS, '');
}
