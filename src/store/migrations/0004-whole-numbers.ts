import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const whole = (column: string) => sql<number>`cast(round(${sql.ref(column)}) as bigint)`;
const isFraction = (column: string): Expression<SqlBool> => sql<boolean>`${sql.ref(column)} <> ${whole(column)}`;

/** Parts of one in which a fractional split ratio is stored from now on. */
const RATIO_PARTS = 1_000_000;

/** Where SQLite has stored fractions: unrounded waits, and what Yahoo sent. Nothing else takes them. */
const FRACTIONAL = [
  ['deliveries', 'due_at'],
  ['bars', 'volume'],
  ['last_quotes', 'trade_time'],
  ['last_quotes', 'delay_minutes'],
] as const;

/** Makes whole numbers of the fractions in columns for whole numbers. */
export const wholeNumbers: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const [table, column] of FRACTIONAL)
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${whole(column)} where ${isFraction(column)}`.execute(
        db,
      );
    const parts = (column: string) => sql<number>`cast(round(${sql.ref(column)} * ${sql.lit(RATIO_PARTS)}) as bigint)`;
    await sql`update splits set numerator = ${parts('numerator')}, denominator = ${parts('denominator')}
      where ${isFraction('numerator')} or ${isFraction('denominator')}`.execute(db);
  },
};
