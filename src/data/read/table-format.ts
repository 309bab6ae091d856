import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';

/** File formats that `readTable` knows. */
export type TableFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet';

/** The formats, in the order in which messages list them. */
export const TABLE_FORMATS: readonly TableFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'parquet'];

const BY_ENDING: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
};

/** The format that the ending of a file's name stands for; throws `unsupported` for any other ending. */
export function formatByEnding(fn: string, name: string): TableFormat {
  const ending = /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? '';
  const format = BY_ENDING[ending];
  if (format) return format;
  const near = nearestName(ending, Object.keys(BY_ENDING));
  throw new InputError({
    code: 'unsupported',
    fn,
    param: 'path',
    expected: `end in ${Object.keys(BY_ENDING)
      .map((known) => `.${known}`)
      .join(', ')}, or the option "format" be given`,
    received: name,
    mend: near && ending !== '' ? `Did you mean ".${near}"?` : undefined,
  });
}
