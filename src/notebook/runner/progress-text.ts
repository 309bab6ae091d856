import type { Message } from '../kernel/message';
import { plainText } from './plain-text';

const PROGRESS_ID = /^hunch-progress-/;

/**
 * Returns the line of progress that a message of a running cell tells, or undefined when it tells none: Hunch's own live
 * displays, and the last line of what is written to stderr.
 *
 * @param message a message from the kernel's iopub channel
 */
export function progressText({ header, content }: Pick<Message, 'header' | 'content'>): string | undefined {
  const { msg_type: type } = header;
  if (type === 'stream' && content.name === 'stderr') {
    return plainText(String(content.text)).trimEnd().split('\n').at(-1)?.trim() || undefined;
  }
  if (type !== 'display_data' && type !== 'update_display_data') return undefined;
  const id = (content.transient as { display_id?: string } | undefined)?.display_id ?? '';
  const words = (content.data as Record<string, unknown> | undefined)?.['text/plain'];
  return PROGRESS_ID.test(id) && typeof words === 'string' ? plainText(words).split('\n')[0] : undefined;
}
