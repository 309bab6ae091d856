import type { CommonCause } from './common-cause';
import type { FindingData } from './types';
import { DATA_WORDS } from './words/data-words';
import { MODEL_WORDS } from './words/model-words';
import { RUN_WORDS } from './words/run-words';

const WORDS = { ...DATA_WORDS, ...MODEL_WORDS, ...RUN_WORDS };

/** Codes that have words. */
export const WORDED_CODES: readonly string[] = Object.keys(WORDS);

/** Returns the sentence of a finding and the theory behind it, from its code and numbers alone. */
export function wordsFor(
  finding: Pick<FindingData, 'code' | 'evidence' | 'where'>,
): Pick<FindingData, 'message' | 'why'> {
  const wording = WORDS[finding.code];
  return { message: wording.message(finding.evidence, finding.where), why: wording.why };
}

/** Returns the answer of a report in one sentence. */
export function summarise(
  name: string,
  messages: readonly string[],
  common: CommonCause | null,
  counts: Readonly<Record<'looked' | 'cannotTell' | 'skipped' | 'failed', number>>,
): string {
  const rest = [
    counts.cannotTell > 0 ? `${counts.cannotTell} cannot tell` : '',
    counts.skipped > 0 ? `${counts.skipped} skipped` : '',
    counts.failed > 0 ? `${counts.failed} failed` : '',
  ].filter(Boolean);
  const aside = rest.length > 0 ? ` (${rest.join(', ')})` : '';
  if (messages.length === 0) {
    const looked = `${counts.looked} check${counts.looked === 1 ? '' : 's'}`;
    return counts.looked === 0
      ? `${name}: no check could look at this run${aside}.`
      : `${name}: nothing looks strange to ${looked}${aside}.`;
  }
  const more = messages.length > 1 ? ` And ${messages.length - 1} more.` : '';
  const cause = common
    ? ` ${common.findings} of ${common.of} findings point to one cause: ${common.cause.title}`
    : '';
  return `${name}: ${messages[0]}${more}${cause}`;
}
