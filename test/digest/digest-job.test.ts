import { expect, test } from 'vitest';
import { readJobRun } from '../../src/store/job-runs.ts';
import { databasePath } from '../store/temporary.ts';
import { type Clockwork, digestsOwed, openClockwork, upTo } from './clockwork.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Tuesday's bell, and when its bars are final. */
const BELL = Date.parse('2026-03-17T20:00:00Z');
const DUE = BELL + 15 * MINUTE;
const DAY = '2026-03-17';

const today = upTo(() => DAY);

const days = async (it: Clockwork) => (await digestsOwed(it)).map(({ address, day }) => `${address} ${day}`);

/** A job that has seen its channels in the morning. */
const since = async (start: number, given: Partial<Parameters<typeof openClockwork>[0]> = {}): Promise<Clockwork> => {
  const it = await openClockwork({ histories: today, ...given });
  await it.channel('ny', {}, start);
  await it.job.run(start);
  return it;
};

const morning = BELL - 8 * HOUR;

test('a digest is queued once, a quarter of an hour after the bell, behind every alert', async () => {
  const it = await since(morning);
  await it.job.run(DUE - 1);
  expect(await days(it)).toEqual([]);
  for (const wake of [0, 0, 1_000, MINUTE, HOUR]) await it.job.run(DUE + wake);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  const [delivery] = await it.store.db.selectFrom('deliveries').selectAll().execute();
  expect(delivery).toMatchObject({ priority: 2, state: 'pending', due_at: DUE });
  expect(it.counted).toEqual(['told']);
});

test('the instant of a digest is noted: the next one has the news since then', async () => {
  const it = await since(morning);
  await it.job.run(DUE + MINUTE);
  const marks = await it.store.db.selectFrom('digest_marks').select(['day', 'told_at']).execute();
  expect(marks).toEqual([{ day: DAY, told_at: DUE + MINUTE }]);
});

test('what was due before the first start is not told', async () => {
  const it = await since(DUE + MINUTE);
  await it.job.run(DUE + 2 * MINUTE);
  expect(await days(it)).toEqual([]);
});

test('missed by 5 hours and 59 minutes it is told and says so; by 6 hours and 1 minute it is skipped and counted', async () => {
  for (const [missed, told, counted] of [
    [5 * HOUR + 59 * MINUTE, [`ny ${DAY}`], ['late']],
    [6 * HOUR + MINUTE, [], ['old']],
  ] as const) {
    const it = await since(morning);
    await it.job.run(DUE + missed);
    expect(await days(it)).toEqual(told);
    expect(it.counted).toEqual(counted);
    for (const { story } of await digestsOwed(it)) expect(story.late).toBe(true);
    expect((await readJobRun(it.store.db, 'digest'))?.result).toEqual({
      counts: { told: told.length, skipped: 1 - told.length },
    });
  }
});

test('told half an hour after its time it does not say that it is late; a minute more, and it does', async () => {
  for (const [missed, late] of [
    [30, false],
    [31, true],
  ] as const) {
    const it = await since(morning);
    await it.job.run(DUE + missed * MINUTE);
    expect((await digestsOwed(it)).map(({ story }) => story.late)).toEqual([late]);
  }
});

test('after days of downtime the newest alone is told, and the others are counted', async () => {
  const it = await since(BELL - 4 * 24 * HOUR);
  await it.job.run(DUE + HOUR);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  expect(it.counted).toEqual(['late', 'old', 'old']);
});

test('two bots over one file tell it once, at the same instant', async () => {
  const path = databasePath();
  const one = await since(morning, { path });
  const other = await openClockwork({ histories: today, path });
  await other.job.run(morning);
  await Promise.all([one.job.run(DUE), other.job.run(DUE)]);
  await Promise.all([other.job.run(DUE + 1), one.job.run(DUE + 1)]);
  expect(await days(one)).toEqual([`ny ${DAY}`]);
  expect([...one.counted, ...other.counted]).toEqual(['told']);
});

test('a clock that is set back an hour, twice, tells it once', async () => {
  const it = await since(morning);
  for (let round = 0; round < 3; round += 1)
    for (let minute = -30; minute <= 35; minute += 1) await it.job.run(DUE + minute * MINUTE);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('a clock that was years ahead for a moment keeps nothing from being told later', async () => {
  const it = await since(morning);
  await it.job.run(DUE + 300 * 24 * HOUR);
  await it.job.run(DUE - MINUTE);
  await it.job.run(DUE);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('it waits half an hour for closes that are missing, and then says what it lacks', async () => {
  let missing: readonly string[] = ['NVDA', 'IXIC'];
  const it = await since(morning, {
    histories: upTo(
      () => DAY,
      () => missing,
    ),
  });
  for (let minute = 0; minute < 30; minute += 1) await it.job.run(DUE + minute * MINUTE);
  expect(await days(it)).toEqual([]);
  await it.job.run(DUE + 30 * MINUTE);
  const [{ story } = {}] = await digestsOwed(it);
  const rows = story?.of === 'session' ? story.rows : [];
  expect(
    rows
      .filter(({ close }) => !close)
      .map(({ symbol }) => symbol)
      .toSorted(),
  ).toEqual(['IXIC', 'NVDA']);

  missing = ['NVDA'];
  const other = await since(morning, {
    histories: upTo(
      () => DAY,
      () => missing,
    ),
  });
  await other.job.run(DUE);
  expect(await days(other)).toEqual([]);
  missing = [];
  await other.job.run(DUE + 6_000);
  expect(await days(other)).toEqual([`ny ${DAY}`]);
});

test('a start in the evening has half an hour to fetch the closes that it lacks', async () => {
  const path = databasePath();
  await since(morning, { path });
  let last = '2026-03-16';
  const it = await openClockwork({ path, histories: upTo(() => last) });
  await it.job.run(DUE + 3 * HOUR);
  expect(await days(it)).toEqual([]);
  last = DAY;
  await it.job.run(DUE + 3 * HOUR + MINUTE);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('where none of its closes can be had it is skipped, with the reason', async () => {
  const it = await since(morning, { histories: upTo(() => '2026-03-16') });
  for (const minute of [0, 29, 30, 31, 60]) await it.job.run(DUE + minute * MINUTE);
  expect(await days(it)).toEqual([]);
  expect(it.counted).toEqual(['no-closes']);
});

test('on Thanksgiving there is one line for those who ask for it, and nothing for the others', async () => {
  const start = Date.parse('2026-11-26T15:00:00Z');
  const it = await openClockwork({ histories: upTo(() => '2026-11-25') });
  await it.channel('quiet', {}, start);
  await it.channel('asks', { digest: { closedDays: true } }, start);
  for (let hour = 0; hour < 12; hour += 1) await it.job.run(start + hour * HOUR + 30 * MINUTE);
  expect((await digestsOwed(it)).map(({ address, story }) => ({ address, story }))).toEqual([
    {
      address: 'asks',
      story: {
        kind: 'digest',
        symbol: '*',
        of: 'closed',
        day: '2026-11-26',
        reason: 'thanksgiving',
        next: { session: '2026-11-27', earlyClose: Date.parse('2026-11-27T18:00:00Z') },
        late: false,
      },
    },
  ]);
});

test('a channel that changes its time after it has had its digest gets no second one of that day', async () => {
  const it = await openClockwork({ histories: today });
  const id = await it.channel('seoul', {}, morning);
  await it.channel('other', { digest: { at: '17:00' } }, morning);
  await it.job.run(morning);
  await it.job.run(DUE);
  await it.channels.change(id, () => ({ digest: { at: '17:00' } }));
  for (let minute = 0; minute < 120; minute += 5) await it.job.run(DUE + minute * MINUTE);
  expect((await days(it)).toSorted()).toEqual([`other ${DAY}`, `seoul ${DAY}`]);
});

test('times that nobody has had for a while begin afresh', async () => {
  const it = await openClockwork({ histories: today });
  const id = await it.channel('ny', {}, morning);
  await it.job.run(morning);
  await it.channels.change(id, () => ({ digest: { at: '18:00' } }));
  await it.job.run(morning + MINUTE);
  await it.channels.change(id, () => ({}));
  await it.job.run(DUE + HOUR);
  expect(await days(it)).toEqual([]);
});

test('channels whose digests are due together share one story', async () => {
  const it = await openClockwork({ histories: today });
  const zones = ['America/New_York', 'Europe/London', 'Asia/Seoul', 'Asia/Kolkata'];
  for (const timeZone of zones) await it.channel(timeZone, { timeZone }, morning);
  await it.job.run(morning);
  await it.job.run(DUE);
  expect((await days(it)).length).toBe(zones.length);
  expect(await it.store.db.selectFrom('stories').select('id').execute()).toHaveLength(1);
});
