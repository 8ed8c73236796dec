import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { lockDatabase } from '../../../src/store/lock.ts';
import type { StoreError } from '../../../src/store/store-error.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { root } from '../../../src/util/read-config.ts';
import { newDatabase, openTestStore } from '../temporary.ts';
import { runOn } from './clone-database.ts';

/** Locks the database in another process; returns what that prints. */
const lockElsewhere = async (url: string): Promise<string> => {
  const program = `import('./src/store/lock.ts').then(async ({ lockDatabase }) => {
    try { await lockDatabase(process.argv[1], { log: { error() {} } }); console.log('mine'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { console.log(error.name + ': ' + error.message); }
  })`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program, url], { cwd: root }).catch(
    (ended) => ended,
  );
  return stdout.trim();
};

const lock = async (url: string): Promise<{ release: () => void; lost: StoreError[] }> => {
  const lost: StoreError[] = [];
  const release = await lockDatabase(url, { log: silent, onLost: (fault) => void lost.push(fault) });
  onTestFinished(release);
  return { release, lost };
};

/** The server processes that hold the lock. */
const holders = async (url: string): Promise<unknown[]> =>
  (
    await runOn(
      url,
      `select pid from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`,
    )
  ).map(({ pid }) => pid);

const refusal =
  /^(StoreError: )?another Slidewatch is already using the database \S+ on \S+; stop that one, or give this one a DATABASE_URL of its own$/;

test('a second bot on a database is refused in one line, and a killed one leaves no lock behind', async () => {
  const url = await newDatabase();
  expect(await lockElsewhere(url)).toBe('mine');
  const { release } = await lock(url);
  expect(await lockElsewhere(url)).toMatch(refusal);
  await openTestStore(url);
  release();
  expect(await lockElsewhere(url)).toBe('mine');
});

test('bots on two databases of one server are in nobody’s way', async () => {
  await lock(await newDatabase());
  await lock(await newDatabase());
});

test('a lock whose session was ended is taken again', async () => {
  const url = await newDatabase();
  const { lost } = await lock(url);
  const [first] = await holders(url);
  await runOn(url, `select pg_terminate_backend(${first}, 5000)`);
  await expect.poll(() => holders(url)).toEqual([expect.not.stringMatching(`^${first}$`)]);
  expect((await holders(url))[0]).not.toBe(first);
  expect(lost).toEqual([]);
});

test('a lock that another bot has taken since ends this one in one line', async () => {
  const url = await newDatabase();
  const { lost } = await lock(url);
  const [first] = await holders(url);
  // Waits for the lock, and so has it before the first comes back.
  const waiting = runOn(
    url,
    `select pg_advisory_lock(classid::int, objid::int) from pg_locks where pid = ${first} and locktype = 'advisory'`,
    'select pg_sleep(3)',
  );
  await expect
    .poll(() => runOn(url, `select 1 as one from pg_locks where locktype = 'advisory' and not granted`))
    .toEqual([{ one: 1 }]);
  await runOn(url, `select pg_terminate_backend(${first}, 5000)`);
  await expect.poll(() => lost.length).toBe(1);
  expect(lost[0]?.message).toMatch(refusal);
  await waiting;
});
