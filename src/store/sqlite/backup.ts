import { existsSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { isPostgresUrl, sqlitePath } from '../database-url.ts';
import { ownerOnly } from '../owner-only.ts';
import { openingFault } from '../sqlite-faults.ts';
import { StoreError } from '../store-error.ts';

/** Pages copied between two looks at other work. */
const PAGES = 1_000;

/**
 * A copy gives the next rows ids so much higher. The bot goes on giving those in between, and a message is known by such an id: a
 * bot on the copy would take another card's message for its own.
 */
const IDS_LEFT_OUT = 1_000_000;

/** Makes a copy fit to be restored, and says what is wrong with it; undefined if SQLite finds nothing. */
const faultIn = (path: string): string | undefined => {
  const database = new DatabaseSync(path);
  try {
    // The copy is one file, without a log beside it.
    database.exec('PRAGMA journal_mode=DELETE');
    const found = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    if (found !== 'ok') return String(found);
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").get())
      database.exec(`UPDATE sqlite_sequence SET seq = seq + ${IDS_LEFT_OUT}`);
    return undefined;
  } finally {
    database.close();
  }
};

/**
 * Copies a SQLite database to a new file, also while a bot uses it; the file has its name only once it is whole and checked.
 * Returns the number of pages.
 * @throws StoreError for PostgreSQL, a database that is not there or damaged, a file that is there or cannot be written.
 */
export const backUp = async (url: string, to: string): Promise<number> => {
  if (isPostgresUrl(url)) throw new StoreError('a PostgreSQL database is backed up with pg_dump --format=custom');
  const path = sqlitePath(url);
  if (!existsSync(path)) throw new StoreError(`there is no database ${path} yet; start the bot once`);
  if (existsSync(to)) throw new StoreError(`${to} is there already; name a new file`);
  const unfinished = `${to}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    ownerOnly(unfinished);
    const source = new DatabaseSync(path, { readOnly: true });
    try {
      const pages = await backup(source, unfinished, { rate: PAGES });
      const fault = faultIn(unfinished);
      if (fault !== undefined)
        throw new StoreError(`the database ${path} is damaged (${fault}); the copy was not kept`);
      renameSync(unfinished, to);
      return pages;
    } finally {
      source.close();
    }
  } catch (error) {
    const fault = openingFault(error, path);
    if (fault instanceof StoreError) throw fault;
    throw new StoreError(`the backup ${to} could not be written (${(error as Error).message})`, { cause: error });
  } finally {
    rmSync(unfinished, { force: true });
    rmSync(`${unfinished}-journal`, { force: true });
  }
};
