import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../src/util/read-config.ts';
import { type BotProcess, plainLines, startBot } from '../../cli/bot-process.ts';
import { EMPTY, runOn, withDatabase } from './clone-database.ts';
import { makeServer, type TestServer } from './test-server.ts';

/** Killed by tests; without PostgreSQL on this machine they are left out. */
const found = makeServer();
const server = found as TestServer;
let databases = 0;

beforeAll(() => found?.start());
afterAll(() => found?.remove());

const newUrl = async (): Promise<string> => {
  databases += 1;
  await runOn(server.url, `create database d${databases} ${EMPTY}`);
  return withDatabase(server.url, `d${databases}`);
};

/** What the log says about the database and its connection. */
const logOf = ({ err }: BotProcess): string[] =>
  err()
    .split('\n')
    .filter((line) => line.startsWith('{') && /database|connection|terminat|ECONN/i.test(line))
    .map((line) => JSON.parse(line).msg);

const doctor = async (url: string): Promise<string> => {
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: url, YAHOO_URL: 'http://127.0.0.1:9' };
  const run = promisify(execFile)(process.execPath, ['src/main.ts', 'doctor'], { cwd: root, env });
  const { stdout } = await run.catch((ended) => ended);
  return stdout;
};

describe.runIf(found)('the bot on PostgreSQL', () => {
  test('goes on over a restart of the server, and says so in two lines', async () => {
    const bot = startBot({ DATABASE_URL: await newUrl() });
    await bot.says(/Slidewatch is running/);
    await server.kill();
    await bot.says(/"msg":"database away, trying again"/);
    await server.start();
    await bot.says(/"msg":"database back"/);
    expect(bot.child.exitCode).toBe(null);
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(plainLines(bot)).toEqual([]);
    expect(logOf(bot)).toEqual(['database away, trying again', 'database back']);
  });

  test('ends while the server is away when it is told to', async () => {
    const bot = startBot({ DATABASE_URL: await newUrl() });
    await bot.says(/Slidewatch is running/);
    await server.kill();
    await bot.says(/"msg":"database away, trying again"/);
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(plainLines(bot)).toEqual([]);
    await server.start();
  });

  test('waits for a server that starts later than it', async () => {
    const url = await newUrl();
    await server.kill();
    const bot = startBot({ DATABASE_URL: url });
    await bot.says(/"msg":"database away, trying again"/);
    await server.start();
    await bot.says(/Slidewatch is running/);
  });

  test('runs once a database', async () => {
    const url = await newUrl();
    await startBot({ DATABASE_URL: url }).says(/Slidewatch is running/);
    const second = startBot({ DATABASE_URL: url });
    expect(await second.ended).toBe(1);
    expect(plainLines(second)).toEqual([
      expect.stringMatching(/^another Slidewatch is already using the database d\d+ on \S+; stop that one/),
    ]);
  });
});

describe.runIf(found)('the doctor', () => {
  test('names a database that a bot has not used yet, leaves it empty, and one that a bot has used', async () => {
    const url = await newUrl();
    expect(await doctor(url)).toMatch(/^-- {2}database: d\d+ on \S+ will be set up at first start$/m);
    expect(await runOn(url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
    const bot = startBot({ DATABASE_URL: url });
    await bot.says(/Slidewatch is running/);
    expect(await doctor(url)).toMatch(/^ok {2}database: d\d+ on \S+, no price yet, deliveries: none$/m);
  });

  test('says what is wrong with the database, and looks at everything else', async () => {
    const lines = (await doctor(withDatabase(server.url, 'nowhere'))).split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^!! {2}the database nowhere on \S+ does not exist; create one/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/Discord: DISCORD_TOKEN is not set/));
  });
});
