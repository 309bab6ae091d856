import { toCodePoints, toUtf16 } from './code-points';
import type { CellRunner } from './cell-runner';

type Content = Readonly<Record<string, unknown>>;

/** Returns the content of a `complete_reply`. Positions are code points in the message, UTF-16 units in the compiler. */
export function completeReply(runner: CellRunner, { code, cursor_pos }: Content): Content {
  const source = String(code);
  const position = typeof cursor_pos === 'number' ? toUtf16(source, cursor_pos) : source.length;
  const found = runner.complete(source, position);
  return {
    status: 'ok',
    matches: found?.candidates ?? [],
    cursor_start: toCodePoints(source, found?.start ?? position),
    cursor_end: toCodePoints(source, found?.end ?? position),
    metadata: {},
  };
}

/** Returns the content of an `inspect_reply`: type and documentation of the name at the cursor, or just before it. */
export function inspectReply(runner: CellRunner, { code, cursor_pos }: Content): Content {
  const source = String(code);
  const position = typeof cursor_pos === 'number' ? toUtf16(source, cursor_pos) : source.length;
  const text =
    runner.inspect(source, position) ?? (position > 0 ? runner.inspect(source, position - 1) : undefined);
  return { status: 'ok', found: !!text, data: text ? { 'text/plain': text } : {}, metadata: {} };
}

/** Returns the content of an `is_complete_reply`, with the indent of the next line when more is to come. */
export function isCompleteReply(runner: CellRunner, { code }: Content): Content {
  const { complete, indent } = runner.isComplete(String(code));
  return complete ? { status: 'complete' } : { status: 'incomplete', indent };
}

/** Returns the content of a `history_reply` from the cells of this session (there is no history across sessions). */
export function historyReply(
  history: readonly (readonly [session: number, line: number, source: string])[],
  request: Content,
): Content {
  const { hist_access_type: access, n, session, start, stop, pattern, unique, output } = request;
  let entries = [...history];
  if (access === 'range') {
    if (session) entries = [];
    entries = entries.slice(Math.max(0, Number(start ?? 1) - 1), stop == null ? undefined : Number(stop) - 1);
  } else if (access === 'search') {
    const glob = String(pattern ?? '*').replace(/[.+^${}()|[\]\\]/g, '\\$&');
    const matches = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
    entries = entries.filter(([, , source]) => matches.test(source));
    if (unique) entries = entries.filter((e, i) => !entries.slice(i + 1).some((later) => later[2] === e[2]));
  }
  if (access !== 'range' && typeof n === 'number' && n > 0) entries = entries.slice(-n);
  return {
    status: 'ok',
    history: output ? entries.map(([session, line, source]) => [session, line, [source, null]]) : entries,
  };
}
