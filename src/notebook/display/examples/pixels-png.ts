import { crc32 } from './crc32';
import { deflateSync } from 'node:zlib';
import type { ImageBody } from '../../../look/cards/types';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Colour types of the format, by channels. */
const COLOUR = { 1: 0, 3: 2, 4: 6 } as const;

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/**
 * Returns pixels as a PNG in base64: every page shows it, with or without scripts.
 *
 * @see "Portable Network Graphics (PNG) Specification", W3C 2003
 */
export function pixelsPng({ width, height, channels, pixels }: ImageBody): string {
  const bytes = Buffer.from(pixels, 'base64');
  const line = width * channels;
  const lines = Buffer.alloc(height * (line + 1));
  for (let y = 0; y < height; y++) bytes.copy(lines, y * (line + 1) + 1, y * line, (y + 1) * line);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, COLOUR[channels], 0, 0, 0], 8);
  const packed = deflateSync(lines, { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}
