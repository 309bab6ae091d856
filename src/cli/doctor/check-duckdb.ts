import type { DoctorItem } from './diagnose-machine';
import { firstLineOf } from './first-line';

/** Looks whether DuckDB, which reads tables, loads and answers. */
export async function checkDuckdb(): Promise<DoctorItem[]> {
  const name = 'DuckDB';
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll('select version()')).getRows();
    connection.closeSync();
    instance.closeSync();
    return [{ name, status: 'ok', message: `${String(rows[0][0])} reads tables` }];
  } catch (error) {
    return [
      {
        name,
        status: 'warning',
        message: `does not load, so files of tables cannot be read: ${firstLineOf(error)}`,
        mend: 'Install again with optional packages: npm install --include=optional.',
      },
    ];
  }
}
