import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { openStore } from '../../../src/store/store.ts';
import { root } from '../../../src/util/read-config.ts';
import { startBot } from '../../cli/bot-process.ts';
import { ownEnvironment } from '../../cli/environment.ts';
import { addMovableStories } from '../inspect.ts';
import { databasePath } from '../temporary.ts';
import { cloneDatabase, type ProvidedServer, runOn } from './clone-database.ts';

const server = inject('postgres') as ProvidedServer;

const emptyUrl = async (): Promise<string> => (await cloneDatabase(server, { empty: true })).url;

/** A SQLite database with this many stories. */
const withStories = async (count: number): Promise<string> => {
  const url = `sqlite:${databasePath()}`;
  const { db, close } = await openStore(url);
  await addMovableStories(db, count, 'x'.repeat(200));
  await close();
  return url;
};

const typed = (from: string, to: string, ...more: readonly string[]): string[] => [
  ...['src/main.ts', 'move', '--from', from, '--to', to, ...more],
];

/** Runs the command as a process; what it printed and its exit code. */
const move = async (from: string, to: string, ...more: readonly string[]) => {
  const options = { cwd: root, env: ownEnvironment({}) };
  return promisify(execFile)(process.execPath, typed(from, to, ...more), options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
};

const countIn = async (url: string): Promise<number> =>
  Number((await runOn(url, 'select count(*) as count from stories'))[0]?.count);

describe('npm run move', () => {
  test('moves a database of SQLite to PostgreSQL; a bot starts with the new one alone', async () => {
    const [from, to] = [await withStories(3_000), await emptyUrl()];
    const { code, out, err } = await move(from, to);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^stories {7}3000 {2}sha256 [0-9a-f]{16}$/m);
    expect(out).toContain('Now set DATABASE_URL to the new database and start the bot.');
    expect(await countIn(to)).toBe(3_000);
    const old = startBot({ DATABASE_URL: from });
    expect(await old.ended).toBe(1);
    expect(old.err()).toMatch(/^the database .* was moved to .* on .*; set DATABASE_URL to that one\n$/);
    const bot = startBot({ DATABASE_URL: to });
    await bot.says(/Slidewatch is running/);
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('killed in the middle, it leaves an empty database, and the next one moves all', async () => {
    const [from, to] = [await withStories(60_000), await emptyUrl()];
    const child = spawn(process.execPath, typed(from, to), { cwd: root, env: ownEnvironment({}), stdio: 'ignore' });
    const ended = once(child, 'exit');
    // Rows of a transaction under way are in the table's file, and nobody sees them.
    for (;;) {
      const [row] = await runOn(to, "select coalesce(pg_relation_size(to_regclass('stories')), 0) as size");
      if (Number(row?.size) > 0) break;
      await wait(5);
    }
    child.kill('SIGKILL');
    await ended;
    expect(await countIn(to)).toBe(0);
    expect(await move(from, to)).toMatchObject({ code: 0, err: '' });
    expect(await countIn(to)).toBe(60_000);
    expect((await move(from, to)).err).toMatch(/was moved to .*; to move it once more all the same, add --again\n$/);
  });

  test('refuses in one line, without the password: itself, nothing there, one in use, one with rows', async () => {
    const [from, to] = [await withStories(1_000), await emptyUrl()];
    const line = async (...args: Parameters<typeof move>): Promise<string> => {
      const { code, out, err } = await move(...args);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^[^\n]+\n$/);
      return err;
    };
    expect(await line(from, from)).toMatch(/^--from and --to are both .*; name another, empty database with --to/);
    expect(await line(to, `${to}${to.includes('?') ? '&' : '?'}application_name=x`)).toMatch(
      /^--from and --to are both/,
    );
    expect(await line(`sqlite:${databasePath()}`, to)).toMatch(
      /^there is no database of Slidewatch at .*; correct --from/,
    );
    expect(await line(from, 'mysql://x')).toMatch(/^DATABASE_URL: expected sqlite:PATH/);
    const unreachable = await line(from, 'postgres://me:geheim@127.0.0.1:9/x');
    expect(unreachable).toMatch(/x on 127\.0\.0\.1:9 cannot be reached/);
    expect(unreachable).not.toContain('geheim');
    const bot = startBot({ DATABASE_URL: from });
    await bot.says(/Slidewatch is running/);
    expect(await line(from, to)).toMatch(/^another Slidewatch is already using the database/);
    bot.child.kill('SIGTERM');
    await bot.ended;
    const used = await emptyUrl();
    const other = startBot({ DATABASE_URL: used });
    await other.says(/Slidewatch is running/);
    other.child.kill('SIGTERM');
    await other.ended;
    expect(await line(from, used)).toMatch(/ is not empty \(.*\); name an empty one/);
    expect(await countIn(used)).toBe(0);
  });
});
