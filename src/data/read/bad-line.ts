import type { TableFormat } from './table-format';

/** Where a text file stops being what it should be. */
export interface BadLine {
  /** Counted from 1. */
  readonly line: number;
  /** Worded to follow "line 3". */
  readonly problem: string;
}

type Judge = { next(line: string, number: number): BadLine | undefined; end(): BadLine | undefined };

/** Counts fields of a record that may span lines; `"` opens and closes, `""` is one inside. */
function csvJudge(delimiter: string): Judge {
  let expected = 0;
  let fields = 1;
  let open = 0;
  return {
    next(line, number) {
      if (open === 0 && line.trim() === '') return undefined;
      if (open === 0) fields = 1;
      let quoted = open > 0;
      for (let i = 0; i < line.length; i++) {
        if (line[i] === '"') quoted = !quoted;
        else if (!quoted && line.startsWith(delimiter, i)) fields++;
      }
      const start = open || number;
      open = quoted ? start : 0;
      if (quoted) return undefined;
      expected ||= fields;
      if (fields === expected) return undefined;
      return { line: start, problem: `has ${fields} values where the first line has ${expected}` };
    },
    end: () => (open ? { line: open, problem: 'opens a quotation mark that is never closed' } : undefined),
  };
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const jsonLinesJudge: Judge = {
  next(line, number) {
    if (line.trim() === '' || isJson(Buffer.from(line, 'latin1').toString('utf8'))) return undefined;
    return { line: number, problem: 'is not a complete JSON value' };
  },
  end: () => undefined,
};

/** Keeps the lines until the end, then asks the parser where it stopped. */
function jsonJudge(): Judge {
  const lines: string[] = [];
  return {
    next(line) {
      lines.push(line);
      return undefined;
    },
    end() {
      const text = lines.join('\n');
      try {
        JSON.parse(text);
        return undefined;
      } catch (error) {
        const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.trimEnd().length);
        return { line: text.slice(0, position).split('\n').length, problem: 'breaks off or is not JSON' };
      }
    },
  };
}

/**
 * Finds the first line that is not UTF-8, or at which a file of this format breaks; undefined when there is none.
 * Read only after the file was refused, so that good files are read once.
 */
export async function badLine(
  path: string,
  format: Exclude<TableFormat, 'parquet'>,
  delimiter: string,
): Promise<BadLine | undefined> {
  const { createReadStream } = await import('node:fs');
  const { createInterface } = await import('node:readline');
  const { isUtf8 } = await import('node:buffer');
  // Latin-1 keeps every byte as one character: the bytes of a line are judged, not what a decoder made of them.
  const input = createReadStream(path, 'latin1');
  const bytes = Buffer.from(delimiter, 'utf8').toString('latin1');
  const judge = format === 'jsonl' ? jsonLinesJudge : format === 'json' ? jsonJudge() : csvJudge(bytes);
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (!isUtf8(Buffer.from(line, 'latin1'))) {
        return { line: number, problem: 'is not UTF-8 text; save the file as UTF-8' };
      }
      const bad = judge.next(line, number);
      if (bad) return bad;
    }
  } finally {
    input.destroy();
  }
  return judge.end();
}
