import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { Outcome } from '../../src/chat/platform.ts';
import type { SlideState } from '../../src/slides/state.ts';
import { readStates, writeState } from '../../src/store/slide-states.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { recorder } from '../delivery/recorder.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON, TUE, WED] = ['2025-05-30', '2025-06-02', '2025-06-03', '2025-06-04'] as const;

const ownDatabase = async () => ({ databaseUrl: await newDatabase() });

/** A stage at `now`, with market history up to Friday. */
const stageAt = async (now: number): Promise<Stage> => {
  const world = await stage(now);
  world.market.past(FRI, 300);
  return world;
};

/** Runs ten more minutes of a session, then its last five, and closes it. */
const finish = async ({ run, market, set, clock }: Stage, app: App, session: string): Promise<void> => {
  await run(app, clock() + 10 * MINUTE_MS);
  if (clock() < at(session, '15:55')) set(at(session, '15:55'));
  await run(app, at(session, '16:00'));
  market.close(session);
  await run(app, at(session, '16:20'));
};

describe('a restart', () => {
  it('posts pending deliveries once, and repeats nothing', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const database = await ownDatabase();
    const before = recorder('discord');
    const first = await world.start(before, '1', database);
    await world.run(first, at(MON, '10:30'));
    world.market.move('TSLA', 0.88);
    await world.run(first, at(MON, '10:32'));
    expect(await storedDeliveries(first.store.db)).toMatchObject([{ state: 'pending' }, { state: 'pending' }]);
    await first.stop();

    const after = recorder('discord');
    const second = await world.start(after, '1', database);
    await world.run(second, at(MON, '11:00'));
    await second.stop();
    const third = await world.start(after, '1', database);
    await finish(world, third, MON);

    expect(before.postings).toEqual([]);
    expect(after.postings.map(({ card, maybePosted }) => [card.tag, maybePosted])).toEqual([['TSLA', false]]);
    expect(await sentTo(third, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
  });

  it('after a crash between posting and storing the result retries with the same key, marked as maybe posted', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const database = await ownDatabase();
    const { promise: never, resolve: release } = Promise.withResolvers<Outcome>();
    const hanging = recorder('discord', () => never);
    const killed = await world.start(hanging, '1', database);
    await world.run(killed, at(MON, '10:30'));
    world.market.move('TSLA', 0.88);
    await world.run(killed, at(MON, '10:32'));
    world.set(at(MON, '10:33'));
    const rounds = killed.jobs.slice(1).map((job) => job.run(at(MON, '10:33')));
    await hanging.until(1);
    // The killed bot cannot write its result any more.
    await killed.store.close();

    const after = recorder('discord');
    world.set(at(MON, '10:34'));
    const revived = await world.start(after, '1', database);
    await world.runJobs(revived, at(MON, '10:34'));
    expect(after.postings).toEqual([]);
    await world.runJobs(revived, at(MON, '10:35'));
    await world.runJobs(revived, at(MON, '10:36'));

    expect(after.postings).toHaveLength(1);
    expect(after.postings[0]).toMatchObject({ key: hanging.postings[0]?.key, maybePosted: true });
    expect(hanging.postings[0]).toMatchObject({ maybePosted: false });
    release({ kind: 'later', reason: 'the test is over' });
    await Promise.allSettled(rounds);
  });

  it('drops the deliveries of a channel that .env no longer names', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const database = await ownDatabase();
    const refusing = recorder('discord', () => ({ kind: 'later', reason: 'not now' }));
    const first = await world.start(refusing, '1', database);
    await world.run(first, at(MON, '10:30'));
    world.market.move('TSLA', 0.88);
    await world.run(first, at(MON, '10:40'));
    await first.stop();

    const after = recorder('discord');
    const second = await world.start(after, '2', database);
    await world.run(second, at(MON, '11:00'));
    expect(after.postings).toEqual([]);
    const ends = (await storedDeliveries(second.store.db)).map(({ state, reason }) => ({ state, reason }));
    expect(ends).toContainEqual({ state: 'gone', reason: 'not in .env any more' });
  });
});

describe('a crossing during downtime', () => {
  it('in missed sessions is one late card of the deepest close', async () => {
    const world = await stageAt(at(FRI, '17:00'));
    const database = await ownDatabase();
    const before = await world.start(undefined, '', database);
    await world.runJobs(before, at(FRI, '17:01'));
    await before.stop();
    world.market.move('TSLA', 0.85);
    world.market.close(MON);
    world.market.move('TSLA', 0.78);
    world.market.close(TUE);
    world.market.move('TSLA', 0.97);
    world.market.close(WED);

    world.set(at(WED, '20:00'));
    const after = await world.start(undefined, '', database);
    await world.runJobs(after, at(WED, '20:00'));
    await world.runJobs(after, at(WED, '20:03'));
    expect(await sentTo(after, 'board')).toEqual([]);
    // Nobody has seen a quote of these sessions, so their closes are asked for again.
    await world.runJobs(after, at(WED, '20:31'));
    await world.runJobs(after, at(WED, '20:34'));
    expect(await sentTo(after, 'board')).toEqual([[`TSLA 252/20 ${TUE} late`]]);
  });

  it('in the current session is one late card', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const database = await ownDatabase();
    const before = await world.start(undefined, '', database);
    await world.run(before, at(MON, '10:00'));
    await before.stop();
    world.market.move('TSLA', 0.78);

    world.set(at(MON, '11:00'));
    const after = await world.start(undefined, '', database);
    await finish(world, after, MON);
    expect(await sentTo(after, 'board')).toEqual([[`TSLA 252/20 ${MON} late`]]);
  });
});

describe('a first start', () => {
  it.each([
    ['in the middle of a slide', '11:00'],
    ['between the bell and the final close', '16:05'],
  ])('%s raises nothing', async (_when, time) => {
    const world = await stageAt(at(MON, time));
    world.market.move('TSLA', 0.78);
    const app = await world.start();
    await finish(world, app, MON);
    world.set(at(TUE, '09:20'));
    await world.run(app, at(TUE, '10:00'));
    expect(await sentTo(app, 'board')).toEqual([]);
  });

  it('in the middle of a slide raises the deeper levels afterwards', async () => {
    const world = await stageAt(at(MON, '11:00'));
    world.market.move('TSLA', 0.78);
    const app = await world.start();
    await world.run(app, at(MON, '11:10'));
    world.market.move('TSLA', 0.69);
    await finish(world, app, MON);
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/30 ${MON}`]]);
  });

  it("on a weekend raises Monday's slide", async () => {
    const world = await stageAt(at('2025-05-31', '12:00'));
    const app = await world.start();
    await world.runJobs(app, at('2025-05-31', '12:00'));
    world.set(at(MON, '09:20'));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(MON, '10:00'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
  });
});

it.each([
  ['in the session', '10:45'],
  ['between the bell and the final close', '16:05'],
])('changed rules raise no card for levels already passed: restart %s', async (_when, time) => {
  const world = await stageAt(at(MON, '09:25'));
  const database = await ownDatabase();
  const before = await world.start(undefined, '', database);
  await world.run(before, at(MON, '10:30'));
  world.market.move('TSLA', 0.88);
  await world.run(before, at(MON, '10:40'));
  const { db } = before.store;
  const state = (await readStates(db)).get('TSLA')?.state as SlideState;
  const shallower = { ...state, drawdown: { 100: { disarmed: 900 } } };
  await writeState(db, 'TSLA', { state: shallower, rules: 'others' }, world.clock());
  await before.stop();

  world.set(at(MON, time));
  const after = await world.start(undefined, '', database);
  await finish(world, after, MON);
  expect(await sentTo(after, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
  world.set(at(TUE, '09:20'));
  world.market.move('TSLA', 0.79);
  await world.run(after, at(TUE, '09:30') + 10 * MINUTE_MS);
  expect(await sentTo(after, 'board')).toEqual([[`TSLA 252/10 ${MON}`], [`TSLA 252/20 ${TUE}`]]);
});

describe('the calendar and the clock', () => {
  /** Plays `session` with Tesla falling 12 % after `time`. Returns the cards of the board. */
  const fallOn = async (before: string, session: string, time: string, until: string): Promise<string[][]> => {
    const world = await stage(at(session, time) - 30 * MINUTE_MS);
    world.market.past(before, 300);
    const app = await world.start();
    await world.run(app, at(session, time));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(session, until));
    world.market.close(session);
    world.set(at(session, '16:00'));
    await world.run(app, at(session, '16:20'));
    return sentTo(app, 'board');
  };

  it.each([
    ['after the night in which the clock was put back', '2025-10-31', '2025-11-03', '09:40', '09:50'],
    ['after the night in which the clock was put forward', '2025-03-07', '2025-03-10', '09:40', '09:50'],
    ['minutes before an early close', '2025-07-02', '2025-07-03', '12:55', '13:00'],
    ['on the first session of a year', '2025-12-31', '2026-01-02', '09:40', '09:50'],
    ['on the session after a holiday', '2025-07-03', '2025-07-07', '09:40', '09:50'],
  ])('a fall %s is one card', async (_, before, session, time, until) => {
    expect(await fallOn(before, session, time, until)).toEqual([[`TSLA 252/10 ${session}`]]);
  });

  it('on a holiday nothing is polled or posted, and a fall counts in the next session', async () => {
    const world = await stage(at('2025-07-03', '12:30'));
    world.market.past('2025-07-02', 300);
    const app = await world.start();
    await world.run(app, at('2025-07-03', '13:00'));
    world.market.close('2025-07-03');
    await world.run(app, at('2025-07-03', '13:20'));
    world.market.move('TSLA', 0.88);
    for (const time of ['10:00', '10:01', '10:02', '16:20']) await world.runJobs(app, at('2025-07-04', time));
    expect(await sentTo(app, 'board')).toEqual([]);
    world.set(at('2025-07-07', '09:20'));
    await world.run(app, at('2025-07-07', '09:40'));
    expect(await sentTo(app, 'board')).toEqual([['TSLA 252/10 2025-07-07']]);
  });

  it('a clock set back an hour during a session repeats and misses nothing', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const app = await world.start();
    await world.run(app, at(MON, '11:00'));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(MON, '11:10'));
    world.set(at(MON, '10:10'));
    await world.run(app, at(MON, '10:30'));
    world.market.move('TSLA', 0.78);
    await world.run(app, at(MON, '11:30'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`], [`TSLA 252/20 ${MON}`]]);
  });

  it('a split overnight while the bot was down is not a fall', async () => {
    const world = await stageAt(at(MON, '09:25'));
    const database = await ownDatabase();
    const before = await world.start(undefined, '', database);
    await finish(world, before, MON);
    await before.stop();
    world.market.splitTenForOne('NVDA', TUE);

    world.set(at(TUE, '09:40'));
    const after = await world.start(undefined, '', database);
    await finish(world, after, TUE);
    expect(await sentTo(after, 'board')).toEqual([]);
  });
});
