import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { dataFolder } from '../../src/cli/doctor-machine.ts';
import { openChannel, retireChannel } from '../../src/store/channels.ts';
import { moveStore } from '../../src/store/move.ts';
import { pauseChannel } from '../../src/store/pauses.ts';
import { openStore } from '../../src/store/store.ts';
import { pauseToStore } from '../../src/stories/pause.ts';
import { DAY_MS } from '../../src/util/durations.ts';
import { configFile } from '../../src/util/read-config.ts';
import { startBothChats } from '../doubles/both-chats.ts';
import { startWebhookDouble } from '../doubles/webhook/index.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { doctor, spawnedDoctor } from './doctor-worlds.ts';

/** Both chats and Yahoo, with a price. */
const startWorld = async () => {
  const world = await startBothChats();
  world.yahoo.setQuote('NVDA', { price: 100, time: Date.now() - 120_000 });
  return world;
};

type World = Awaited<ReturnType<typeof startWorld>>;
type Env = Record<string, string>;

/** Where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';

const otherConfig = (name: string, text: string): Env => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  return { SLIDEWATCH_CONFIG: folder };
};

/** A webhook to this machine, with these variables in place of sound ones. */
const webhook = (given: Env = {}, more = '    private: true\n'): Env => ({
  ...otherConfig(
    'channels.yaml',
    `webhooks:\n  - name: desk\n    url_env: DISCORD_DESK\n    secret_env: SLACK_DESK\n${more}`,
  ),
  DISCORD_DESK: `${NOWHERE}/secret-1?key=secret-1`,
  SLACK_DESK: `whsec_${'A'.repeat(43)}=`,
  ...given,
});

const storeWith = async (fill: (store: Awaited<ReturnType<typeof openStore>>) => Promise<unknown>): Promise<Env> => {
  const DATABASE_URL = `sqlite:${join(temporaryFolder(), 'bot.db')}`;
  const store = await openStore(DATABASE_URL);
  await fill(store);
  await store.close();
  return { DATABASE_URL };
};

/** Each fault: what makes it, and the one line that says it with its remedy. */
const FAULTS: readonly [what: string, make: (world: World) => Env | Promise<Env>, line: RegExp][] = [
  [
    'a misspelt variable',
    () => ({ DISCORD_TOKN: 'secret-1' }),
    /DISCORD_TOKN is not read; did you mean DISCORD_TOKEN\?/,
  ],
  [
    'a variable in small letters',
    () => ({ board_token: 'secret-1' }),
    /board_token is not read; did you mean BOARD_TOKEN\?/,
  ],
  [
    'a variable of ours that is none',
    () => ({ SLACK_WEBHOOK: 'secret-1' }),
    /SLACK_WEBHOOK is not read, .*or remove it/,
  ],
  [
    'a value that is wrong',
    () => ({ POLL_SECONDS: 'secret-1' }),
    /POLL_SECONDS: expected a whole number; see .env.example/,
  ],
  [
    'a form of logs that is none',
    () => ({ LOG_FORMAT: 'secret-1' }),
    /LOG_FORMAT: expected json or pretty; see .env.example/,
  ],
  [
    'a database URL that is none',
    () => ({ DATABASE_URL: 'secret-1' }),
    /DATABASE_URL: expected sqlite:PATH.*see .env.example/,
  ],
  ['a platform without its token', () => ({ DISCORD_TOKEN: '' }), /DISCORD_TOKEN is missing, .*add the bot token/],
  ['an open board', () => ({ BOARD_HOST: '0.0.0.0' }), /board: BOARD_HOST 0.0.0.0 opens it .*; set BOARD_TOKEN too/],
  [
    'a board behind a proxy',
    () => ({ BOARD_ORIGIN: 'https://a.example' }),
    /board: BOARD_ORIGIN .*; set BOARD_TOKEN too/,
  ],
  [
    'a database that forgets',
    () => ({ DATABASE_URL: 'sqlite::memory:' }),
    /database: .* forgets .*; set DATABASE_URL to a file/,
  ],
  [
    'a heartbeat to nowhere',
    () => ({ HEARTBEAT_URL: `${NOWHERE}/secret-1` }),
    /heartbeat: 127.0.0.1 cannot be reached \(.*\); check HEARTBEAT_URL and the network/,
  ],
  [
    'a file in the place of the data folder',
    () => {
      const file = join(temporaryFolder(), 'data');
      writeFileSync(file, '');
      return { DATABASE_URL: `sqlite:${file}/slidewatch.db` };
    },
    /data folder: .*data is a file; set DATABASE_URL to a path in a folder/,
  ],
  [
    'a copy of a running database without its -wal',
    async () => {
      const path = join(temporaryFolder(), 'running.db');
      const running = await openStore(`sqlite:${path}`);
      onTestFinished(() => running.close());
      const copy = join(temporaryFolder(), 'copy.db');
      copyFileSync(path, copy);
      return { DATABASE_URL: `sqlite:${copy}` };
    },
    /database: .*copy.db has no tables: .*; copy copy.db-wal beside it, or take a copy with npm run backup/,
  ],
  [
    'a database that is none',
    () => {
      const path = join(temporaryFolder(), 'text.db');
      writeFileSync(path, 'date,close\n'.repeat(400));
      return { DATABASE_URL: `sqlite:${path}` };
    },
    /the database .*text.db is not a SQLite database; point DATABASE_URL at another file/,
  ],
  [
    'a database that was moved to another',
    async () => {
      const target = await openStore(`sqlite:${join(temporaryFolder(), 'new.db')}`);
      onTestFinished(() => target.close());
      return storeWith((store) =>
        moveStore({ name: 'bot.db', store }, { name: 'slidewatch on db.example', store: target }, { now: 0 }),
      );
    },
    /database: .*bot\.db was moved to slidewatch on db\.example; set DATABASE_URL to that one$/,
  ],
  [
    'a source that has no price',
    ({ yahoo }) => {
      yahoo.setQuote('NVDA', null);
      return {};
    },
    /Yahoo: reachable, but returned no price for NVDA; try again in a few minutes$/,
  ],
  [
    'a channel made in the chat that the bot was taken out of',
    async ({ slack }) => {
      slack.addChannel('C0000000002');
      slack.kick('C0000000002');
      return storeWith(({ db }) => openChannel(db, { platform: 'slack', address: 'C0000000002', language: 'en' }, 0));
    },
    /Slack: channel C0000000002, made in the chat, takes no cards; invite the bot again/,
  ],
  [
    'a webhook without its secret',
    () => webhook({ SLACK_DESK: '' }),
    /SLACK_DESK is missing, but config\/channels.yaml names it for desk; set it to the receiver's secret/,
  ],
  ['a webhook with a faulty secret', () => webhook({ SLACK_DESK: 'secret-1' }), /SLACK_DESK: expected whsec_/],
  ['a webhook to a private address', () => webhook({}, ''), /DISCORD_DESK: an address of this machine .*private: true/],
  [
    'a webhook without TLS',
    () => webhook({ DISCORD_DESK: 'http://a.example/secret-1' }),
    /DISCORD_DESK: expected an https/,
  ],
  [
    'a webhook that nobody answers',
    () => webhook(),
    /webhooks: desk: its host cannot be reached \(.*\); check DISCORD_DESK/,
  ],
  [
    'a file of channels that cannot be read',
    () => otherConfig('channels.yaml', 'webhooks:\n  - nome: desk\n'),
    /channels.yaml:2: .*expected a name/,
  ],
  [
    'a watchlist that cannot be read',
    () => otherConfig('watchlist.yaml', 'symbols: ['),
    /watchlist.yaml:\d+: not valid YAML: /,
  ],
  [
    'a file of figures that is gone',
    () =>
      otherConfig(
        'companies.yaml',
        `${readFileSync(configFile('companies.yaml'), 'utf8')}  ZZZ:\n    name: { en: Zed, ko: 제드 }\n    role: buyer\n`,
      ),
    /facts: config\/facts has no figures in ZZZ\.yaml, .*; restore what was deleted from the repository$/,
  ],
];

describe('the doctor says in one line, with what helps, never with a value, and exit code 1:', () => {
  test.each(FAULTS)('%s', async (_, make, line) => {
    const world = await startWorld();
    const { lines, status, stderr } = await doctor({ ...world.env, ...(await make(world)) });
    const found = lines.filter((each) => each.startsWith('!!'));
    expect(found).toEqual([expect.stringMatching(line)]);
    expect(lines).toContain('What to fix');
    expect([status, stderr]).toEqual([1, '']);
    expect(lines.join('\n')).not.toContain('secret-1');
  });

  test('figures of which two quarters are missing', async () => {
    const world = await startWorld();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 250 * DAY_MS });
    onTestFinished(() => void vi.useRealTimers());
    const { lines } = await doctor(world.env);
    expect(lines).toContainEqual(
      expect.stringMatching(/^!! {2}facts: .*two quarters are missing: set EDGAR_CONTACT .*, or update Slidewatch$/),
    );
    const asked = await doctor({ ...world.env, EDGAR_CONTACT: 'Jane Doe jane@example.com' });
    expect(asked.lines).toContainEqual(
      expect.stringMatching(
        /^!! {2}facts: .*two quarters are missing: see what \/status says of filings, or update Slidewatch$/,
      ),
    );
  });
});

test('a file of config that cannot be read hides no other fault', async () => {
  const world = await startWorld();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'watchlist.yaml'), 'symbols: [');
  const { lines, status, stderr } = await spawnedDoctor({ ...world.env, SLIDEWATCH_CONFIG: folder, BOARD_HOST: '::' });
  expect(lines.filter((each) => each.startsWith('!!'))).toEqual([
    expect.stringMatching(/watchlist.yaml:1: not valid YAML: /),
    expect.stringContaining('board: BOARD_HOST :: opens it'),
  ]);
  expect([status, stderr]).toEqual([1, '']);
});

test('all faults are said in one go', async () => {
  const world = await startWorld();
  const { lines, status } = await doctor({
    ...world.env,
    POLL_SECONDS: '0',
    LOG_FORMAT: 'xml',
    BOARD_HOST: '0.0.0.0',
    DISCORD_TOKN: 'x',
    HEARTBEAT_URL: NOWHERE,
    SLACK_BOT_TOKEN: '',
    YAHOO_URL: NOWHERE,
  });
  const names = ['SLACK_BOT_TOKEN', 'POLL_SECONDS', 'LOG_FORMAT', 'DISCORD_TOKN', 'Yahoo', 'BOARD_HOST', 'heartbeat'];
  const found = lines.slice(lines.indexOf('What to fix') + 1);
  expect(found).toHaveLength(names.length);
  expect(lines.join('\n')).not.toContain('SLACK_BOT_TOKEN is not set');
  for (const [nth, name] of names.entries()) expect(found[nth]).toContain(name);
  expect(status).toBe(1);
});

test('a channel made in the chat is looked at and found, and a name that is set beside the right one is not ours', async () => {
  const world = await startWorld();
  world.slack.addChannel('C0000000002');
  const made = await storeWith(({ db }) =>
    openChannel(db, { platform: 'slack', address: 'C0000000002', language: 'en' }, 0),
  );
  const { lines, status } = await doctor({ ...world.env, ...made, TIMEZONE: 'UTC', TIME_ZONE: 'Asia/Seoul' });
  expect(lines).toContain('ok  Slack: channel C0000000002, made in the chat, found');
  expect(status).toBe(0);
});

test('a webhook is looked at and gets nothing, and says why it is paused', async () => {
  const world = await startWorld();
  const receiver = await startWebhookDouble();
  onTestFinished(() => receiver.close());
  const env = { ...world.env, ...webhook({ DISCORD_DESK: receiver.url, SLACK_DESK: receiver.secret }) };
  const well = await doctor(env);
  expect(well.lines).toContain('ok  webhooks: desk, host found');
  expect(well.status).toBe(0);
  expect(receiver.requests()).toBe(0);

  const paused = await storeWith(async ({ db }) => {
    const { id } = await openChannel(db, { platform: 'webhook', address: 'desk', language: 'en' }, 0);
    await pauseChannel(db, id, {
      why: pauseToStore({ text: 'The receiver refuses the bot (401).' }),
      now: 0,
      tryAt: 1,
    });
  });
  const { lines } = await doctor({ ...env, ...paused });
  expect(lines).toContain('!!  webhooks: desk takes no cards: The receiver refuses the bot (401).');
});

test('all faults of webhooks are said, and hide no other', async () => {
  const world = await startWorld();
  const { lines } = await doctor({
    ...world.env,
    ...webhook({ DISCORD_DESK: 'x', SLACK_DESK: '' }),
    LOG_FORMAT: 'xml',
  });
  const found = lines.slice(lines.indexOf('What to fix') + 1);
  expect(found).toHaveLength(3);
  expect(lines.join('\n')).not.toContain('none set up');
  for (const [nth, name] of ['DISCORD_DESK', 'SLACK_DESK', 'LOG_FORMAT'].entries()) expect(found[nth]).toContain(name);
});

test('a webhook that has ended says so, and what brings it back', async () => {
  const world = await startWorld();
  const receiver = await startWebhookDouble();
  onTestFinished(() => receiver.close());
  const ended = await storeWith(async ({ db }) => {
    const { id } = await openChannel(db, { platform: 'webhook', address: 'desk', language: 'en' }, 0);
    await retireChannel(db, id, { status: 'away', reason: 'The receiver wants no more events (410).' });
  });
  const env = { ...world.env, ...webhook({ DISCORD_DESK: receiver.url, SLACK_DESK: receiver.secret }), ...ended };
  const { lines, status } = await doctor(env);
  expect(lines).toContain(
    '!!  webhooks: desk has ended. The receiver wants no more events (410). Restart the bot to try it again, or take it out of config/channels.yaml.',
  );
  expect(status).toBe(1);
});

test('of channels made in the chat it says which is paused and why, which it cannot look at, and how many it does not', async () => {
  const world = await startWorld();
  const addresses = Array.from({ length: 23 }, (_, nth) => `C00000001${String(nth).padStart(2, '0')}`);
  const [paused = '', unknown = ''] = addresses;
  for (const address of addresses) world.slack.addChannel(address);
  world.slack.fail(({ method, params }) =>
    method === 'conversations.info' && params.channel === unknown
      ? { kind: 'error', error: 'internal_error' }
      : undefined,
  );
  const made = await storeWith(async ({ db }) => {
    const opened = [];
    for (const address of addresses)
      opened.push(await openChannel(db, { platform: 'slack', address, language: 'en' }, 0));
    const why = pauseToStore({ text: 'Slack refuses the card (x). Ask an admin.', key: 'unlisted' });
    await pauseChannel(db, opened[0]?.id ?? 0, { why, now: 0, tryAt: 1 });
  });
  const { lines, status } = await doctor({ ...world.env, ...made });
  expect(lines).toContain(
    `--  Slack: channel ${paused}, made in the chat, found; paused: Slack refuses the card (x). Ask an admin.`,
  );
  expect(lines).toContain(`--  Slack: channel ${unknown}, made in the chat, could not be looked at`);
  expect(lines).toContain('--  Slack: 3 more channels made in chats, not looked at');
  expect(status).toBe(0);
});

test('a year that is not in the calendar is said with what to do', async () => {
  const world = await startWorld();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2040-03-01T12:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const { lines } = await doctor(world.env);
  expect(lines).toContain(
    "!!  calendar: 2040-03-01 is not in it; add that year's holidays to config/calendar.yaml, or set this computer's clock",
  );
});

test('what is not set up, or not there yet, is said without being a fault', async () => {
  const { lines } = await doctor({ YAHOO_URL: NOWHERE, LOG_LEVEL: 'silent' });
  for (const line of [
    /^-- {2}Finnhub: FINNHUB_TOKEN is not set; with it, stocks have prices while Yahoo is down$/,
    /^-- {2}Tiingo: TIINGO_TOKEN is not set; with it, stocks have prices and histories while Yahoo is down$/,
    /^-- {2}database: .*slidewatch\.db will be set up at first start$/,
    /^-- {2}heartbeat: HEARTBEAT_URL is not set; with it, someone is told when the bot is gone$/,
    /^-- {2}logs: LOG_LEVEL=silent turns them off; set LOG_LEVEL=info to learn why something failed$/,
    /^-- {2}clock: no host told its time$/,
  ])
    expect(lines).toContainEqual(expect.stringMatching(line));
});

describe('the data folder', () => {
  const files = (free: number, refuses = false) => ({
    access: () => (refuses ? Promise.reject(new Error('EACCES')) : Promise.resolve()),
    statfs: async () => ({ bavail: free, bsize: 2 ** 20 }),
  });

  test('that may not be written, or has no room, is to be fixed', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'not', 'yet', 'slidewatch.db');
    expect(await dataFolder(path, files(199, true))).toEqual([
      {
        state: '!!',
        text: `data folder: ${folder} is not writable; give the user who runs Slidewatch write permission on it`,
      },
      {
        state: '!!',
        text: `disk: 199 MB left in ${folder}; free up space, or move the database (DATABASE_URL)`,
      },
    ]);
    expect(await dataFolder(path, files(200))).toEqual([
      { state: 'ok', text: `data folder: ${folder} is writable` },
      { state: 'ok', text: 'disk: 200 MB left' },
    ]);
  });
});

test('a database that was copied with its -wal, or closed before, is no bare copy', async () => {
  const world = await startWorld();
  const path = join(temporaryFolder(), 'running.db');
  const running = await openStore(`sqlite:${path}`);
  const copy = join(temporaryFolder(), 'copy.db');
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  await running.close();
  for (const each of [copy, path]) {
    const { lines, status } = await doctor({ ...world.env, DATABASE_URL: `sqlite:${each}` });
    expect(lines).toContainEqual(expect.stringMatching(/^ok {2}database: .*, no price yet, deliveries: none$/));
    expect(status).toBe(0);
  }
});

test('a bare copy is left as it is', async () => {
  const world = await startWorld();
  const path = join(temporaryFolder(), 'running.db');
  const running = await openStore(`sqlite:${path}`);
  onTestFinished(() => running.close());
  const copy = join(temporaryFolder(), 'copy.db');
  copyFileSync(path, copy);
  const before = readFileSync(copy);
  await doctor({ ...world.env, DATABASE_URL: `sqlite:${copy}` });
  expect(readFileSync(copy).equals(before)).toBe(true);
});
