const TEXT = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
} as const;

const COUNT = { type: ['integer', 'null'], minimum: 0 } as const;

const OUTPUT = {
  type: 'object',
  required: ['output_type'],
  properties: { output_type: { type: 'string' } },
  allOf: [
    {
      if: { properties: { output_type: { const: 'stream' } } },
      then: { required: ['name', 'text'], properties: { name: { type: 'string' }, text: TEXT } },
    },
    {
      if: { properties: { output_type: { enum: ['display_data', 'execute_result'] } } },
      then: { required: ['data'], properties: { data: { type: 'object' }, metadata: { type: 'object' } } },
    },
    {
      if: { properties: { output_type: { const: 'error' } } },
      then: {
        required: ['ename', 'evalue', 'traceback'],
        properties: {
          ename: { type: 'string' },
          evalue: { type: 'string' },
          traceback: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  ],
} as const;

const CELL = {
  type: 'object',
  required: ['cell_type', 'metadata', 'source'],
  properties: {
    cell_type: { enum: ['code', 'markdown', 'raw'] },
    id: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' },
    metadata: { type: 'object' },
    source: TEXT,
    attachments: { type: 'object', additionalProperties: { type: 'object' } },
    execution_count: COUNT,
    outputs: { type: 'array', items: OUTPUT },
  },
} as const;

/** What a notebook in format 4 must be for it to be run and shown, as JSON Schema. */
export const NOTEBOOK_SCHEMA = {
  type: 'object',
  required: ['nbformat', 'nbformat_minor', 'metadata', 'cells'],
  properties: {
    nbformat: { const: 4 },
    nbformat_minor: { type: 'integer', minimum: 0 },
    metadata: { type: 'object' },
    cells: { type: 'array', items: CELL },
  },
} as const;
