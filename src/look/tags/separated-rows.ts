const DELIMITERS = [',', ';', '\t', '|'];

/** Cells of a text of separated values: quotation marks hold delimiters and lines, a doubled one is one. */
function cellsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === delimiter || sign === '\n') {
      rows[rows.length - 1].push(cell);
      cell = '';
      if (sign === '\n') rows.push([]);
    } else cell += sign;
  }
  rows[rows.length - 1].push(cell);
  return rows.filter((row) => row.some((value) => value.trim() !== ''));
}

/**
 * Returns the rows of a small spreadsheet that is at hand as text, by the names in its first line; the delimiter is that which
 * the first line uses most. Everything stays text; cells that lack are empty. Files are for `readTable`.
 */
export function separatedRows(given: string): Record<string, string>[] {
  const text = given.replace(/\r\n?/g, '\n');
  const [first] = text.split('\n');
  const counts = DELIMITERS.map((one) => first.replace(/"[^"]*"/g, '').split(one).length);
  const [head = [], ...rows] = cellsOf(text, DELIMITERS[counts.indexOf(Math.max(...counts))]);
  const names = head.map((name) => name.trim());
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}
