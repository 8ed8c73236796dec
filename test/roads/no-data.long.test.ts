import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { NoticeStory } from '../../src/stories/channel-stories.ts';
import { storedDeliveries, storedStories } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;
const ALWAYS = { fault: 'server-error', times: Number.POSITIVE_INFINITY } as const;

const noticesOf = (app: App): Promise<NoticeStory[]> => storedStories<NoticeStory>(app.store.db, 'notice');

const brief = ({ notice, since, at: when }: NoticeStory): string => {
  const time = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO('America/New_York')
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  return `${notice} since ${time(since)} at ${time(when)}`;
};

const noticeLines = async (app: App): Promise<string[]> => (await noticesOf(app)).map(brief);

/** Turns notices on for the board's channel. */
const enableNotices = async (app: App): Promise<void> => {
  const channel = await app.channels.at({ platform: 'board', address: 'local' });
  await app.channels.change(channel?.id ?? 0, (settings) => ({ ...settings, kinds: ['drawdown', 'notice'] }));
};

const monday = async (): Promise<{ world: Stage; database: { databaseUrl: string } }> => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  return { world, database: { databaseUrl: await newDatabase() } };
};

describe('no prices for five minutes of a session', () => {
  it('is one notice, and one when prices are back, to the channels that asked for them', async () => {
    const { world, database } = await monday();
    const logged: Record<string, unknown>[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
    const app = await world.start(undefined, '', { ...database, log });
    await enableNotices(app);
    await world.run(app, at(MON, '10:00'));
    world.yahoo.fail(ALWAYS);
    await world.run(app, at(MON, '10:04'));
    expect(await noticeLines(app)).toEqual([]);
    await world.run(app, at(MON, '10:30'));
    expect(await noticeLines(app)).toEqual([`no-data since ${MON}T10:00 at ${MON}T10:05`]);
    world.yahoo.heal();
    await world.run(app, at(MON, '10:40'));
    expect(await noticeLines(app)).toEqual([
      `no-data since ${MON}T10:00 at ${MON}T10:05`,
      `data-back since ${MON}T10:00 at ${MON}T10:31`,
    ]);
    expect(await sentTo(app, 'board')).toEqual([['notice'], ['notice']]);
    const lines = logged.filter(({ since }) => since === new Date(at(MON, '10:00')).toISOString());
    expect(lines.map(({ msg }) => msg)).toEqual(['no usable price for several minutes', 'prices are back']);
  });

  it('is not posted to channels that have not asked for it', async () => {
    const { world } = await monday();
    const app = await world.start();
    await world.run(app, at(MON, '10:00'));
    world.yahoo.fail(ALWAYS);
    await world.run(app, at(MON, '10:20'));
    expect(await noticeLines(app)).toHaveLength(1);
    expect(await storedDeliveries(app.store.db)).toEqual([]);
  });

  it('is also a notice if Yahoo answers without a usable quote; the board says why', async () => {
    const { world } = await monday();
    const app = await world.start();
    await world.run(app, at(MON, '10:00'));
    world.yahoo.fail({ fault: 'empty-result', times: Number.POSITIVE_INFINITY });
    await world.run(app, at(MON, '10:05'));
    expect(await noticeLines(app)).toEqual([`no-data since ${MON}T10:00 at ${MON}T10:05`]);
    expect(app.watcher.health().problem).toBe('No usable quote (not in the response)');
    world.yahoo.heal();
    await world.run(app, at(MON, '10:06'));
    expect(app.watcher.health().problem).toBeUndefined();
  });

  it('is not repeated after a restart, and the end is still posted', async () => {
    const { world, database } = await monday();
    const first = await world.start(undefined, '', database);
    await world.run(first, at(MON, '10:00'));
    world.yahoo.fail(ALWAYS);
    await world.run(first, at(MON, '10:10'));
    await first.stop();
    const second = await world.start(undefined, '', database);
    await world.run(second, at(MON, '10:30'));
    expect(await noticeLines(second)).toHaveLength(1);
    await second.stop();
    world.yahoo.heal();
    const third = await world.start(undefined, '', database);
    await world.run(third, at(MON, '10:40'));
    expect((await noticeLines(third)).at(-1)).toBe(`data-back since ${MON}T10:00 at ${MON}T10:31`);
    expect(await noticeLines(third)).toHaveLength(2);
  });

  it('ends in the next session if the day ends without a price', async () => {
    const { world } = await monday();
    const app = await world.start();
    world.set(at(MON, '15:40'));
    await world.run(app, at(MON, '15:50'));
    world.yahoo.fail(ALWAYS);
    await world.run(app, at(MON, '16:30'));
    world.yahoo.heal();
    world.market.close(MON);
    world.set(at(TUE, '09:20'));
    await world.run(app, at(TUE, '09:29'));
    expect(await noticeLines(app)).toEqual([`no-data since ${MON}T15:50 at ${MON}T15:55`]);
    await world.run(app, at(TUE, '09:40'));
    expect((await noticeLines(app)).slice(1)).toEqual([`data-back since ${MON}T15:50 at ${TUE}T09:30`]);
  });
});

describe('no prices when none are due', () => {
  it.each([
    ['in the evening', MON, '17:00', '20:00'],
    ['on a Saturday', '2025-05-31', '10:00', '11:00'],
    ['on a holiday', '2025-07-04', '10:00', '11:00'],
    ['after an early close', '2025-07-03', '13:01', '14:30'],
  ])('is no notice (%s)', async (_when, day, from, to) => {
    const world = await stage(at(day, from));
    world.market.past(FRI, 300);
    world.yahoo.fail(ALWAYS);
    const app = await world.start();
    await world.run(app, at(day, to));
    expect(await noticeLines(app)).toEqual([]);
  });
});
