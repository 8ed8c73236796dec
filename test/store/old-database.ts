import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { databasePath } from './temporary.ts';

/** Makes a database as it was after the migration `last`, with the rows of `statements`. Returns its path. */
export const oldDatabase = async (last: string, statements: readonly string[]): Promise<string> => {
  const path = databasePath();
  const sqlite = openSqlite(path);
  const db = new Kysely<unknown>({ dialect: sqlite.dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo(last);
  for (const sql of error ? [] : statements) await db.executeQuery({ ...db.selectNoFrom([]).compile(), sql });
  await db.destroy();
  if (error) throw error;
  return path;
};

/**
 * A database of the version before channel states, with one card: sent to a channel that is in use and watches AMD, and
 * not to four that were only greeted, away (and had added ARM), away with their workspace, and deleted. DAY is a custom
 * symbol that nobody watches.
 */
export const usedDatabase = (): Promise<string> => {
  const channel = (id: number, platform: string, address: string, retired: string, settings = 'null') =>
    `insert into channels (id, platform, address, language, retired, created_at, workspace, origin, settings) values
      (${id}, '${platform}', '${address}', 'en', ${retired}, 1, 'W', 'setup', ${settings})`;
  const story = `'{"kind":"test","symbol":"*","at":1}'`;
  return oldDatabase('0003-channels', [
    channel(1, 'discord', '1', 'null', `'{"also":["AMD"]}'`),
    channel(2, 'discord', '2', `'greeted; nobody has made it a destination yet'`),
    channel(3, 'discord', '3', `'away: archived'`, `'{"also":["ARM"]}'`),
    channel(4, 'discord', '4', `'away with all: revoked'`),
    channel(5, 'discord', '5', `'deleted'`, `'{"rules":{"*":{"day":[300]}}}'`),
    ...['AMD', 'ARM', 'DAY'].map(
      (it) => `insert into custom_symbols values ('${it}', '${it}', 'stock', 'yahoo', '${it}', 1)`,
    ),
    `insert into stories (id, kind, symbol, body, created_at) values (1, 'test', '*', ${story}, 1)`,
    ...[1, 2, 3, 4, 5].map(
      (id) => `insert into deliveries
        (id, story_id, channel_id, platform, state, batch, attempts, maybe_posted, due_at, expires_at, settled_at, created_at)
        values (${id}, 1, ${id}, 'discord', '${id === 1 ? 'sent' : 'gone'}', ${id}, 1, 0, 1000.25, 9000, 2000, 1)`,
    ),
  ]);
};
