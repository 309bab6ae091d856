import { readFileSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/** Returns a function that reads the pictures a notebook's text names, from its own folder only, as `data:` addresses. */
export function pictureReader(folder: string): (source: string) => string | undefined {
  return (source) => {
    const type = TYPES[extname(source).toLowerCase()];
    if (type === undefined || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(source)) return undefined;
    try {
      const file = resolve(folder, decodeURIComponent(source));
      if (!file.startsWith(resolve(folder) + sep)) return undefined;
      return `data:${type};base64,${readFileSync(file).toString('base64')}`;
    } catch {
      return undefined;
    }
  };
}
