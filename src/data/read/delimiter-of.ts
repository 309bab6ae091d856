const CANDIDATES = [',', ';', '\t', '|'];

/** The delimiter that a CSV file's first line uses most, outside quotation marks; a comma when it has none. */
export async function delimiterOf(path: string): Promise<string> {
  const { open } = await import('node:fs/promises');
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65536), 0, 65536, 0);
    const [first] = buffer.subarray(0, bytesRead).toString('latin1').split(/\r?\n/);
    const bare = first.replace(/"[^"]*"/g, '');
    const counts = CANDIDATES.map((delimiter) => bare.split(delimiter).length - 1);
    const most = Math.max(...counts);
    return most === 0 ? ',' : CANDIDATES[counts.indexOf(most)];
  } finally {
    await file.close();
  }
}
