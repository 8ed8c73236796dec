import { isPostgresUrl } from '../store/database-url.ts';
import { lockDatabase } from '../store/lock.ts';
import { moveStore, type NamedStore } from '../store/move.ts';
import { databaseName, openStore, storeExists } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { silent } from '../telemetry/log.ts';
import { inProject } from './own-store.ts';

/** For a server that is away. */
const WAIT_MS = 5_000;

export interface MoveCommand {
  readonly from: string;
  readonly to: string;
  readonly again?: boolean;
}

const locked = (url: string): Promise<() => void> =>
  lockDatabase(url, {
    log: silent,
    waitMs: WAIT_MS,
    onLost: (fault) => {
      console.error(fault.message);
      process.exit(1);
    },
  });

/** Locks and opens a database, and closes and releases it after `use`. @throws StoreError if a bot uses it */
const using = async <T>(url: string, use: (named: NamedStore) => Promise<T>): Promise<T> => {
  const release = await locked(url);
  try {
    const store = await openStore(url);
    try {
      return await use({ name: await databaseName(url), store });
    } finally {
      await store.close();
    }
  } finally {
    release();
  }
};

/** Copies one database into another, empty one, and prints what was copied. @throws StoreError */
export const move = async (options: MoveCommand, print: (text: string) => void, now: number): Promise<void> => {
  const [from, to] = [inProject(options.from), inProject(options.to)];
  const [fromName, toName] = [await databaseName(from), await databaseName(to)];
  if (from === to || fromName === toName)
    throw new StoreError(`--from and --to are both ${fromName}; name another, empty database with --to`);
  if (!(await storeExists(from)))
    throw new StoreError(`there is no database of Slidewatch at ${fromName}; correct --from`);
  await using(from, (source) =>
    using(to, async (target) => {
      const { tables, wasThere } = await moveStore(source, target, { now, again: options.again ?? false });
      const filled = tables.filter(({ rows }) => rows > 0);
      const width = Math.max(...filled.map(({ table }) => table.length));
      for (const { table, rows, checksum } of filled)
        print(`${table.padEnd(width)} ${String(rows).padStart(10)}  sha256 ${checksum.slice(0, 16)}\n`);
      print(
        `${wasThere ? 'Was moved before; compared once more' : 'Moved and compared'}: ${filled.reduce((sum, { rows }) => sum + rows, 0)} rows from ${source.name} to ${target.name}.\n`,
      );
      print(
        `Now set DATABASE_URL to the new database${isPostgresUrl(to) ? '' : ` (sqlite:${target.name})`} and start the bot. No bot starts with the old one any more.\n`,
      );
    }),
  );
};
