/** Returns a text of at most so many characters, its end as "…" where it is longer. */
export function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  const signs = [...text.slice(0, 2 * most + 2)];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}
