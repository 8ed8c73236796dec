import { expect, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import { createClosingEditsJob } from '../../src/outbox/closing-edits.ts';
import { writeMark } from '../../src/store/meta.ts';
import type { Store } from '../../src/store/store.ts';
import type { Name } from '../cards/stories.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from '../delivery/delivery-fixture.ts';
import { addChannels, changeDeliveries, storedEdits } from '../store/inspect.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of the session of `NOON`. */
const BELL = NOON + 4 * HOUR;
const END = { close: toMicros(80), previous: toMicros(100), low: toMicros(79) };

/** A job that has seen the session before that of `NOON`, in which slides of these symbols were posted at noon. */
const stage = async (...symbols: readonly Name[]) => {
  const fixture = await createDeliveryFixture();
  const { db } = fixture.store;
  const ended = new Set<string>();
  const createJob = (store: Store = fixture.store) =>
    createClosingEditsJob({
      store,
      calendar: loadCalendar(),
      dayEnd: (symbol) => (ended.has(symbol) ? END : undefined),
    });
  const post = async (): Promise<void> => {
    for (const symbol of symbols) await fixture.enqueueSlide(symbol);
    await changeDeliveries(db, { state: 'sent' }, { state: 'pending' });
    for (const { id } of await fixture.rows()) await changeDeliveries(db, { batch: id }, { id });
  };
  const job = createJob();
  await job.run(NOON - DAY);
  return { fixture, db, ended, job, createJob, post };
};

test('every posted card of a session is owed one edit for twelve hours once all closes are there', async () => {
  const { fixture, db, ended, job, post } = await stage('NVDA', 'TSLA');
  await fixture.addChannel('discord', '1');
  await fixture.addChannel('slack', '2');
  await post();
  ended.add('NVDA');
  await job.run(BELL);
  expect(await storedEdits(db)).toEqual([]);
  ended.add('TSLA');
  await job.run(BELL + MINUTE);
  await job.run(BELL + 2 * MINUTE);
  const owed = (await storedEdits(db)).map(({ platform, batch, revision, dueAt, expiresAt }) => ({
    ...{ platform, batch, revision, dueAt, expiresAt },
  }));
  const times = { revision: 1, dueAt: BELL + MINUTE, expiresAt: BELL + MINUTE + 12 * HOUR };
  expect(owed).toEqual([
    { platform: 'discord', batch: 1, ...times },
    { platform: 'slack', batch: 2, ...times },
    { platform: 'discord', batch: 3, ...times },
    { platform: 'slack', batch: 4, ...times },
  ]);
});

test('closes that do not come are waited for until three hours after the bell', async () => {
  const { fixture, db, job, post } = await stage('NVDA');
  await fixture.addChannel('discord', '1');
  await post();
  await job.run(BELL + 3 * HOUR - MINUTE);
  expect(await storedEdits(db)).toEqual([]);
  await job.run(BELL + 3 * HOUR);
  expect(await storedEdits(db)).toHaveLength(1);
});

test('it looks once a minute', async () => {
  const { fixture, db, ended, job, post } = await stage('NVDA');
  await fixture.addChannel('discord', '1');
  await post();
  await job.run(BELL);
  ended.add('NVDA');
  await job.run(BELL + 59 * SECOND);
  expect(await storedEdits(db)).toEqual([]);
  await job.run(BELL + MINUTE);
  expect(await storedEdits(db)).toHaveLength(1);
});

test('the first session that a database sees stays as it is, and so do cards of earlier ones', async () => {
  const { fixture, db, ended, createJob, post } = await stage('NVDA');
  await writeMark(db, 'closings.session', undefined);
  await fixture.addChannel('discord', '1');
  await post();
  ended.add('NVDA');
  const job = createJob();
  await job.run(BELL);
  expect(await storedEdits(db)).toEqual([]);
  fixture.now = NOON + DAY;
  await post();
  await job.run(BELL + DAY);
  expect((await storedEdits(db)).map(({ batch }) => batch)).toEqual([2]);
});

test('a stop in the middle of many channels owes no card two edits, and none is left out', async () => {
  const { fixture, db, ended, createJob, post } = await stage('NVDA', 'TSLA', 'META');
  const channels = Array.from({ length: 170 }, (_, n) => ({
    ...({ platform: 'discord', address: `${n}`, language: 'en', status: 'in-use' } as const),
    ...{ createdAt: NOON, settings: null },
  }));
  await addChannels(db, channels);
  await post();
  ended.add('NVDA').add('TSLA').add('META');
  const stoppedOnce: Store = {
    ...fixture.store,
    transaction: async (work) => {
      const result = await fixture.store.transaction(work);
      // The first story is done, the second is under way or done.
      if ((await storedEdits(db)).length > 170) void job.stop();
      return result;
    },
  };
  const job = createJob(stoppedOnce);
  await job.run(BELL);
  const before = (await storedEdits(db)).length;
  expect(before).toBeGreaterThan(170);
  expect(before).toBeLessThan(510);
  await createJob().run(BELL + SECOND);
  const owed = await storedEdits(db);
  expect(owed).toHaveLength(510);
  expect(owed.every(({ revision }) => revision === 1)).toBe(true);
});
