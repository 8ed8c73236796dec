import type { Db } from './store.ts';

/** By table: the highest id that was ever given there. Ids are never given again: messages are known by them. */
export type LastIds = Readonly<Record<string, number>>;

/** Where a database keeps the last ids. */
export interface Sequences {
  read(db: Db): Promise<LastIds>;
  /** The next row of each table gets the id after the given one. */
  write(db: Db, last: LastIds): Promise<void>;
}

export interface LastId {
  readonly name: string;
  readonly last: number;
}

export const lastIdsByTable = (rows: readonly LastId[]): LastIds =>
  Object.fromEntries(rows.map(({ name, last }) => [name, last]));
