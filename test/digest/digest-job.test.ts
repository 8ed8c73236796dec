import { expect, test, vi } from 'vitest';
import { readJobRun } from '../../src/store/job-runs.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { countStored, storedDeliveries, storedDigestMarks, storedStories } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { enqueuedDigests, openTestDigestJob, type TestDigestJob, upTo } from './open-digest-job.ts';

/** The closing bell of a Tuesday, and when its bars are final. */
const BELL = Date.parse('2026-03-17T20:00:00Z');
const DUE = BELL + 15 * MINUTE_MS;
const DAY = '2026-03-17';

const today = upTo(() => DAY);

const days = async (it: TestDigestJob) => (await enqueuedDigests(it)).map(({ address, day }) => `${address} ${day}`);

/** A job with one channel, first run at `start`. */
const startedAt = async (
  start: number,
  given: Partial<Parameters<typeof openTestDigestJob>[0]> = {},
): Promise<TestDigestJob> => {
  const it = await openTestDigestJob({ histories: today, ...given });
  await it.channel('ny', {}, start);
  await it.job.run(start);
  return it;
};

const morning = BELL - 8 * HOUR_MS;

test('a digest is enqueued once, 15 minutes after the closing bell, behind every alert', async () => {
  const it = await startedAt(morning);
  await it.job.run(DUE - 1);
  expect(await days(it)).toEqual([]);
  for (const delay of [0, 0, 1_000, MINUTE_MS, HOUR_MS]) await it.job.run(DUE + delay);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  const [delivery] = await storedDeliveries(it.store.db);
  expect(delivery).toMatchObject({ priority: 2, state: 'pending', dueAt: DUE });
  expect(it.counted).toEqual(['told']);
});

test('the instant of a digest is stored: the next one has the news since then', async () => {
  const it = await startedAt(morning);
  await it.job.run(DUE + MINUTE_MS);
  expect(await storedDigestMarks(it.store.db)).toMatchObject([{ day: DAY, toldAt: DUE + MINUTE_MS }]);
});

test('a digest due before the first start is not enqueued', async () => {
  const it = await startedAt(DUE + MINUTE_MS);
  await it.job.run(DUE + 2 * MINUTE_MS);
  expect(await days(it)).toEqual([]);
});

test('a digest missed by 5 h 59 min is enqueued as late; one missed by 6 h 1 min is skipped and counted', async () => {
  for (const [missed, enqueued, counted] of [
    [5 * HOUR_MS + 59 * MINUTE_MS, [`ny ${DAY}`], ['late']],
    [6 * HOUR_MS + MINUTE_MS, [], ['old']],
  ] as const) {
    const it = await startedAt(morning);
    await it.job.run(DUE + missed);
    expect(await days(it)).toEqual(enqueued);
    expect(it.counted).toEqual(counted);
    for (const { story } of await enqueuedDigests(it)) expect(story.late).toBe(true);
    expect((await readJobRun(it.store.db, 'digest'))?.result).toEqual({
      counts: { told: enqueued.length, skipped: 1 - enqueued.length },
    });
  }
});

test('a digest 30 minutes after its time is not late, and one 31 minutes after is', async () => {
  for (const [missed, late] of [
    [30, false],
    [31, true],
  ] as const) {
    const it = await startedAt(morning);
    await it.job.run(DUE + missed * MINUTE_MS);
    expect((await enqueuedDigests(it)).map(({ story }) => story.late)).toEqual([late]);
  }
});

test('a digest that could not be stored is decided again at the next run', async () => {
  const it = await startedAt(morning);
  vi.spyOn(it.store, 'transaction').mockRejectedValueOnce(new Error('the disk is full'));
  await expect(it.job.run(DUE)).rejects.toThrow('the disk is full');
  expect(await days(it)).toEqual([]);
  await it.job.run(DUE + 1_000);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  expect(it.counted).toEqual(['told']);
});

test('a clock that is set back by hours decides no digest a second time', async () => {
  const it = await startedAt(morning);
  for (const now of [DUE, DUE - 5 * HOUR_MS, DUE, DUE + MINUTE_MS]) await it.job.run(now);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  expect(it.counted).toEqual(['told']);
});

test('after days of downtime only the newest is enqueued, and the others are counted', async () => {
  const it = await startedAt(BELL - 4 * 24 * HOUR_MS);
  await it.job.run(DUE + HOUR_MS);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
  expect(it.counted).toEqual(['late', 'old', 'old']);
});

test('a crash before the commit loses nothing: the mark moves with the digest', async () => {
  const url = await newDatabase();
  const it = await startedAt(morning, { url });
  const { transaction } = it.store;
  vi.spyOn(it.store, 'transaction').mockImplementation((work) =>
    transaction(async (db) => {
      const done = await work(db);
      if ((await countStored(db, 'stories')) > 0) throw new Error('the power is gone');
      return done;
    }),
  );
  await expect(it.job.run(DUE)).rejects.toThrow('the power is gone');
  expect(await days(it)).toEqual([]);
  await it.close();
  const next = await openTestDigestJob({ histories: today, url });
  await next.job.run(DUE + MINUTE_MS);
  expect(await days(next)).toEqual([`ny ${DAY}`]);
});

test('two bots on one database at the same instant give a channel one digest', async () => {
  const url = await newDatabase();
  const one = await startedAt(morning, { url });
  const other = await openTestDigestJob({ histories: today, url });
  await other.job.run(morning);
  await Promise.all([one.job.run(DUE), other.job.run(DUE)]);
  await Promise.all([other.job.run(DUE + 1), one.job.run(DUE + 1)]);
  expect(await days(one)).toEqual([`ny ${DAY}`]);
});

test('a clock set back an hour, twice, enqueues it once', async () => {
  const it = await startedAt(morning);
  for (let round = 0; round < 3; round += 1)
    for (let minute = -30; minute <= 35; minute += 1) await it.job.run(DUE + minute * MINUTE_MS);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('a clock that was months ahead for a moment does not prevent later digests', async () => {
  const it = await startedAt(morning);
  await it.job.run(DUE + 300 * 24 * HOUR_MS);
  await it.job.run(DUE - MINUTE_MS);
  await it.job.run(DUE);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('it waits 30 minutes for missing closes, and then lists the symbols without one', async () => {
  let missing: readonly string[] = ['NVDA', 'IXIC'];
  const it = await startedAt(morning, {
    histories: upTo(
      () => DAY,
      () => missing,
    ),
  });
  for (let minute = 0; minute < 30; minute += 1) await it.job.run(DUE + minute * MINUTE_MS);
  expect(await days(it)).toEqual([]);
  await it.job.run(DUE + 30 * MINUTE_MS);
  const [{ story } = {}] = await enqueuedDigests(it);
  const rows = story?.of === 'session' ? story.rows : [];
  expect(
    rows
      .filter(({ close }) => !close)
      .map(({ symbol }) => symbol)
      .toSorted(),
  ).toEqual(['IXIC', 'NVDA']);

  missing = ['NVDA'];
  const other = await startedAt(morning, {
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

test('after a start in the evening there are 30 minutes to fetch missing closes', async () => {
  const url = await newDatabase();
  await startedAt(morning, { url });
  let last = '2026-03-16';
  const it = await openTestDigestJob({ url, histories: upTo(() => last) });
  await it.job.run(DUE + 3 * HOUR_MS);
  expect(await days(it)).toEqual([]);
  last = DAY;
  await it.job.run(DUE + 3 * HOUR_MS + MINUTE_MS);
  expect(await days(it)).toEqual([`ny ${DAY}`]);
});

test('it is skipped, with the reason, if none of its closes is known', async () => {
  const it = await startedAt(morning, { histories: upTo(() => '2026-03-16') });
  for (const minute of [0, 29, 30, 31, 60]) await it.job.run(DUE + minute * MINUTE_MS);
  expect(await days(it)).toEqual([]);
  expect(it.counted).toEqual(['no-closes']);
});

test('on Thanksgiving channels that ask for it get one line, and the others nothing', async () => {
  const start = Date.parse('2026-11-26T15:00:00Z');
  const it = await openTestDigestJob({ histories: upTo(() => '2026-11-25') });
  await it.channel('quiet', {}, start);
  await it.channel('asks', { digest: { closedDays: true } }, start);
  for (let hour = 0; hour < 12; hour += 1) await it.job.run(start + hour * HOUR_MS + 30 * MINUTE_MS);
  expect((await enqueuedDigests(it)).map(({ address, story }) => ({ address, story }))).toEqual([
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

test('a channel that changes its time after a digest gets no second one of that day', async () => {
  const it = await openTestDigestJob({ histories: today });
  const id = await it.channel('seoul', {}, morning);
  await it.channel('other', { digest: { at: '17:00' } }, morning);
  await it.job.run(morning);
  await it.job.run(DUE);
  await it.channels.change(id, () => ({ digest: { at: '17:00' } }));
  for (let minute = 0; minute < 120; minute += 5) await it.job.run(DUE + minute * MINUTE_MS);
  expect((await days(it)).toSorted()).toEqual([`other ${DAY}`, `seoul ${DAY}`]);
});

test('a profile that no channel had for a while starts anew', async () => {
  const it = await openTestDigestJob({ histories: today });
  const id = await it.channel('ny', {}, morning);
  await it.job.run(morning);
  await it.channels.change(id, () => ({ digest: { at: '18:00' } }));
  await it.job.run(morning + MINUTE_MS);
  await it.channels.change(id, () => ({}));
  await it.job.run(DUE + HOUR_MS);
  expect(await days(it)).toEqual([]);
});

test('channels whose digests are due together share one story', async () => {
  const it = await openTestDigestJob({ histories: today });
  const zones = ['America/New_York', 'Europe/London', 'Asia/Seoul', 'Asia/Kolkata'];
  for (const timeZone of zones) await it.channel(timeZone, { timeZone }, morning);
  await it.job.run(morning);
  await it.job.run(DUE);
  expect((await days(it)).length).toBe(zones.length);
  expect(await storedStories(it.store.db)).toHaveLength(1);
});
