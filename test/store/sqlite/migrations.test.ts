import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { bringBackChannels } from '../../../src/store/channels.ts';
import type { ChannelStatus } from '../../../src/store/schema.ts';
import { storedDeliveries } from '../inspect.ts';
import { oldDatabase } from '../old-database.ts';
import { openTestStore } from '../temporary.ts';

test('fractions that an earlier version has stored become whole numbers, and whole numbers stay', async () => {
  const path = await oldDatabase('0003-channels', [
    `insert into stories (id, kind, symbol, body, created_at) values (1, 'test', '*', '{}', 1), (2, 'test', '*', '{}', 1)`,
    `insert into channels (id, platform, address, language, created_at) values (1, 'discord', '1', 'en', 1)`,
    `insert into deliveries
      (id, story_id, channel_id, platform, state, attempts, maybe_posted, due_at, expires_at, created_at) values
      (1, 1, 1, 'discord', 'pending', 1, 0, 1700000001119.754, 1700000900000, 1700000000000),
      (2, 2, 1, 'discord', 'pending', 1, 0, 1700000002000, 1700000900000, 1700000000000)`,
    `insert into bars values ('NVDA', '2024-07-30', 1, 1, 1, 1, 40896227.5), ('NVDA', '2024-07-31', 1, 1, 1, 1, 7)`,
    `insert into splits values ('GE', '2023-01-04', 1.281, 1), ('NVDA', '2024-06-10', 10, 1)`,
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  expect(await db.selectFrom('deliveries').select(['id', 'due_at']).orderBy('id').execute()).toEqual([
    { id: 1, due_at: 1_700_000_001_120 },
    { id: 2, due_at: 1_700_000_002_000 },
  ]);
  expect(await db.selectFrom('bars').select('volume').orderBy('session').execute()).toEqual([
    { volume: 40_896_228 },
    { volume: 7 },
  ]);
  expect(
    await db.selectFrom('splits').select(['symbol', 'numerator', 'denominator']).orderBy('symbol').execute(),
  ).toEqual([
    { symbol: 'GE', numerator: 1_281_000, denominator: 1_000_000 },
    { symbol: 'NVDA', numerator: 10, denominator: 1 },
  ]);
});

/** Everything that `retired` could say, and what it means. */
const SENTENCES: readonly (readonly [retired: string | null, status: ChannelStatus, reason: string | null])[] = [
  [null, 'in-use', null],
  ['greeted; nobody has made it a destination yet', 'greeted', null],
  ['greeted; and more', 'retired', 'greeted; and more'],
  ['away: The Slack channel is gone (is_archived).', 'away', 'The Slack channel is gone (is_archived).'],
  ['away with all: revoked (app_uninstalled)', 'away-with-workspace', 'revoked (app_uninstalled)'],
  ['away with all: away: twice', 'away-with-workspace', 'away: twice'],
  ['The channel no longer exists (10003).', 'retired', 'The channel no longer exists (10003).'],
  ['not in .env any more', 'retired', 'not in .env any more'],
  ['Away: written by hand', 'retired', 'Away: written by hand'],
  ['far away: in the middle', 'retired', 'far away: in the middle'],
  ['', 'retired', ''],
];

const quoted = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "''")}'`);

const channelRow = (
  n: number,
  { retired = null, settings = null }: { retired?: string | null; settings?: string | null },
) =>
  `insert into channels
    (id, platform, address, language, retired, created_at, workspace, origin, made_by, settings, paused, paused_at,
     person_told, try_at) values
    (${n}, 'slack', 'C${n}', 'ko', ${quoted(retired)}, ${n}, 'T${n}', 'setup', 'U${n}', ${quoted(settings)}, 'why', 7, 1, 9)`;

test('every channel is kept, and each old sentence becomes a status and a reason', async () => {
  const path = await oldDatabase(
    '0003-channels',
    SENTENCES.map(([retired], n) => channelRow(n + 1, { retired })),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  expect(await db.selectFrom('channels').selectAll().orderBy('id').execute()).toEqual(
    SENTENCES.map(([, status, status_reason], index) => {
      const id = index + 1;
      return {
        ...{ id, platform: 'slack', address: `C${id}`, language: 'ko', created_at: id, workspace: `T${id}` },
        ...{
          origin: 'setup',
          made_by: `U${id}`,
          settings: null,
          paused: 'why',
          paused_at: 7,
          person_told: 1,
          try_at: 9,
          lacks: null,
          shut_until: 0,
          slide_window: null,
        },
        ...{ status, status_reason },
      };
    }),
  );
});

test('a channel that was away comes back as before, alone or with its workspace', async () => {
  const path = await oldDatabase('0003-channels', [
    channelRow(1, { retired: 'away: archived' }),
    channelRow(2, { retired: 'away with all: revoked' }),
    channelRow(3, { retired: 'deleted' }),
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  const back = async (scope: { readonly workspace: string; readonly address?: string }) =>
    (await bringBackChannels(db, { platform: 'slack', ...scope }, 10)).map(({ after }) => [after.id, after.status]);
  for (const n of [1, 3]) expect(await back({ workspace: `T${n}` })).toEqual([]);
  expect(await back({ workspace: 'T2' })).toEqual([[2, 'in-use']]);
  expect(await back({ workspace: 'T1', address: 'C1' })).toEqual([[1, 'in-use']]);
  expect(await back({ workspace: 'T3', address: 'C3' })).toEqual([]);
});

test('the custom symbols of all channels are listed, in use or not, and nothing else in their settings', async () => {
  const settings = [
    JSON.stringify({ also: ['AMD', 'ARM', 'AMD'] }),
    JSON.stringify({ rules: { DAY: { day: [300] }, AMD: { day: [300] } }, without: ['TSLA'], timeZone: 'Asia/Seoul' }),
    '{ "also": ["AMD"',
    JSON.stringify({ also: 'AMD' }),
    JSON.stringify({ also: [7, 'SOX'] }),
    'null',
    null,
  ];
  const path = await oldDatabase('0003-channels', [
    ...settings.map((text, n) => channelRow(n + 1, { settings: text })),
    channelRow(20, { settings: JSON.stringify({ also: ['AMD'] }), retired: 'away: archived' }),
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  const rows = await db.selectFrom('channel_symbols').selectAll().orderBy('channel_id').orderBy('symbol').execute();
  expect(rows.map(({ channel_id, symbol }) => [channel_id, symbol])).toEqual([
    [1, 'AMD'],
    [1, 'ARM'],
    [5, 'SOX'],
    [20, 'AMD'],
  ]);
});

test('the symbols of very many channels are all listed', async () => {
  const path = await oldDatabase(
    '0003-channels',
    Array.from({ length: 2_500 }, (_, n) =>
      channelRow(2 * n + 1, { settings: JSON.stringify({ also: [`S${n}`, 'AMD'] }) }),
    ),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  const { count } = await db
    .selectFrom('channel_symbols')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(5_000);
});

test('the sentences are gone: nothing can read them any more', async () => {
  const path = await oldDatabase('0003-channels', [channelRow(1, {})]);
  const { db } = await openTestStore(`sqlite:${path}`);
  const [channels] = (await db.introspection.getTables()).filter(({ name }) => name === 'channels');
  expect(channels?.columns.map(({ name }) => name)).not.toContain('retired');
  const file = new DatabaseSync(path);
  onTestFinished(() => file.close());
  expect(file.prepare('pragma foreign_key_check').all()).toEqual([]);
});

test('an old plan for all channels names the kind of its story, and the other plans stay as they were', async () => {
  const recovery = { kind: 'recovery', symbol: 'NVDA', level: 2_000, story: 1 };
  const plans = [
    { kind: 'all', wanted: 'figures', symbol: 'MSFT', story: 3 },
    recovery,
    { kind: 'all', wanted: 'notice', story: 4 },
  ];
  const path = await oldDatabase(
    '0005-channel-states',
    plans.map(
      (plan, n) => `insert into fanouts (id, plan, cursor, upto, due_at, expires_at, created_at, done_at)
        values (${n + 1}, '${JSON.stringify(plan)}', 0, 9, 1, 2, 1, ${n === 0 ? 'null' : 5})`,
    ),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  const rows = await db.selectFrom('fanouts').select('plan').orderBy('id').execute();
  expect(rows.map(({ plan }) => JSON.parse(plan))).toEqual([
    { kind: 'all', of: 'figures', symbol: 'MSFT', story: 3 },
    recovery,
    { kind: 'all', of: 'notice', story: 4 },
  ]);
});

test('an old plan is kept with its symbol, without counts; a slide’s first story serves for those that are still needed', async () => {
  const alerts = [{ session: '2024-07-29' }, { session: '2024-07-30' }];
  const slide = { kind: 'slide', symbol: 'NVDA', alerts, stories: { x: 7, y: 8 } };
  const digest = { kind: 'digest', day: '2024-07-30', stories: { x: 9 } };
  const path = await oldDatabase(
    '0006-plan-kinds',
    [slide, digest].map(
      (plan) => `insert into fanouts (plan, cursor, upto, due_at, expires_at, created_at, done_at)
        values ('${JSON.stringify(plan)}', 0, 9, 1, 2, 1, null)`,
    ),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  const rows = await db.selectFrom('fanouts').select(['plan', 'symbol', 'counts']).orderBy('id').execute();
  expect(rows.map(({ plan, ...row }) => ({ ...row, plan: JSON.parse(plan) }))).toEqual([
    { symbol: 'NVDA', counts: '{}', plan: { ...slide, drafts: { '2024-07-29': 7, '2024-07-30': 7 } } },
    { symbol: '*', counts: '{}', plan: digest },
  ]);
});

test('the lease repayments that an earlier version read from Microsoft’s filings stand under the notes', async () => {
  const id = (basis: string) => `MSFT/finance_lease_principal/2024-07-01..2024-09-30/${basis}/2024-10-30`;
  const body = (basis: string) => JSON.stringify({ id: id(basis), subject: 'MSFT', value: 802, basis });
  const path = await oldDatabase('0009-withdrawn-alerts', [
    `insert into filed_facts values ('${id('cash_flow_statement')}', 'MSFT', '${body('cash_flow_statement')}', 1)`,
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  expect(await db.selectFrom('filed_facts').select(['id', 'body']).execute()).toEqual([
    { id: id('note_to_the_accounts'), body: body('note_to_the_accounts') },
  ]);
});

test('a delivery that was ready is ready, one that was not is not, and the queue takes them by its indexes', async () => {
  const delivery = (id: number, ripe: number) => `insert into deliveries
    (id, story_id, channel_id, platform, state, attempts, maybe_posted, due_at, expires_at, created_at, ripe) values
    (${id}, ${id}, 1, 'discord', 'pending', 0, 0, 5, 9, 1, ${ripe})`;
  const path = await oldDatabase('0019-after-hours', [
    `insert into stories (id, kind, symbol, body, created_at) values (1, 'test', '*', '{}', 1), (2, 'test', '*', '{}', 1)`,
    `insert into channels (id, platform, address, language, created_at) values (1, 'discord', '1', 'en', 1)`,
    delivery(1, 1),
    delivery(2, 0),
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  expect((await storedDeliveries(db)).map(({ id, isReady, dueAt }) => ({ id, isReady, dueAt }))).toEqual([
    { id: 1, isReady: 1, dueAt: 5 },
    { id: 2, isReady: 0, dueAt: 5 },
  ]);
  const file = new DatabaseSync(path);
  onTestFinished(() => file.close());
  const indexes = file
    .prepare(`select name, sql from sqlite_master where type = 'index' and sql like '%is_ready%'`)
    .all();
  expect(indexes.map(({ name }) => name)).toEqual(['deliveries_queue', 'deliveries_times']);
});
