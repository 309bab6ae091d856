import type { ProgressEvent } from '../../core/progress';
import { threeDigits } from '../../figures/template';

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * Returns one line on a piece of work: what, how far, its latest numbers, the time left (or taken, at the end).
 *
 * @param event the latest report
 * @param columns characters that fit; defaults to 100
 */
export function progressLine(event: ProgressEvent, columns = 100): string {
  const { label, done, total, unit, part, values, phase, seconds, secondsLeft } = event;
  const running = part && done < (total ?? Infinity);
  const at = running ? done + 1 : done;
  const whole = total === undefined && !running ? `${at} ${unit}${at === 1 ? '' : 's'}` : `${unit} ${at}`;
  const of = total === undefined ? '' : ` of ${total}`;
  const far = `${whole}${of}${running ? `, ${part.unit} ${part.done} of ${part.total}` : ''}`;
  const numbers = Object.entries(values ?? {}).map(([name, value]) => `${name} ${threeDigits(value)}`);
  const left =
    secondsLeft !== undefined && Number.isFinite(secondsLeft) ? `${duration(secondsLeft)} left` : '';
  const time = phase === 'end' ? `done in ${duration(seconds)}` : left;
  const line = [`${label}: ${far}`, ...numbers, time].filter((part) => part !== '').join(', ');
  return line.length < columns ? line : `${line.slice(0, Math.max(1, columns - 2))}…`;
}
