import { type Kysely, sql } from 'kysely';
import { describe, expect, it, test } from 'vitest';
import { writeBars } from '../../src/store/bars.ts';
import { storedBars, writeText } from './inspect.ts';
import { openTestStore } from './temporary.ts';

/** A due time as an unrounded wait made it: 1.7e12 milliseconds and a bit. */
const FRACTION = 1_700_000_001_119.754;

const numberColumns = async (db: Kysely<never>): Promise<{ table: string; column: string; type: string }[]> => {
  const tables = await db.introspection.getTables();
  return tables.flatMap(({ name: table, columns }) =>
    columns
      .filter(({ dataType }) => /int/i.test(dataType))
      .map(({ name: column, dataType }) => ({ table, column, type: dataType.toLowerCase() })),
  );
};

describe('a column for numbers', () => {
  it('refuses a fraction, whichever it is, and says which value it was', async () => {
    const { db } = await openTestStore();
    const columns = await numberColumns(db as unknown as Kysely<never>);
    expect(columns.length).toBeGreaterThan(50);
    for (const { type } of columns) expect(type).toMatch(/^(integer|bigint|int8)$/);
    for (const { table, column } of columns) {
      const written = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${FRACTION}`.execute(db);
      await expect(written, `${table}.${column}`).rejects.toThrow(
        new TypeError('a column takes whole numbers, not 1700000001119.754'),
      );
    }
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'refuses %d, also in a list of rows',
    async (volume) => {
      const { db } = await openTestStore();
      const bar = { open: 1, high: 1, low: 1, close: 1 };
      const bars = [
        { ...bar, session: '2024-07-29', volume: 1 },
        { ...bar, session: '2024-07-30', volume },
      ];
      const written = writeBars(db, 'NVDA', bars, []);
      await expect(written).rejects.toThrow(new TypeError(`a column takes whole numbers, not ${volume}`));
      expect(await storedBars(db)).toEqual([]);
    },
  );

  it('takes every whole number that a double holds exactly', async () => {
    const { db } = await openTestStore();
    const numbers = [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    await writeBars(
      db,
      'NVDA',
      numbers.map((volume, n) => ({ session: `2024-07-${n + 10}`, open: 1, high: 1, low: 1, close: 1, volume })),
      [],
    );
    expect((await storedBars(db)).map(({ volume }) => volume)).toEqual(numbers);
  });
});

test.each([
  ['a Date, which node:sqlite would store as NULL', new Date(0), '[object Date]'],
  ['a list', [1], '[object Array]'],
  ['nothing said', undefined, '[object Undefined]'],
])('%s is refused', async (_, value, named) => {
  const { db } = await openTestStore();
  const written = writeText(db, value);
  await expect(written).rejects.toThrow(new TypeError(`a column takes text, whole numbers or null, not ${named}`));
});
