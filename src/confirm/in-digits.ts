/** Three significant digits, as a sentence has them. */
export const digits = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'no number';

/** A share in per cent, with three significant digits. */
export const percent = (share: number): string => `${digits(100 * share)} %`;
