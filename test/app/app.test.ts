import { describe, expect, it } from 'vitest';
import { type Outcome, type Platform, PlatformError } from '../../src/chat/platform.ts';
import { type Recorder, recorder } from '../delivery/recorder.ts';
import { sentTo } from '../roads/crash.ts';
import { at } from '../roads/market.ts';
import { type Stage, stage } from '../roads/stage.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

const stageAt = async (now: number): Promise<Stage> => {
  const world = await stage(now);
  world.market.past(FRI, 300);
  return world;
};

/** A platform that a person has to mend; `stops` counts how often it was stopped. */
const broken = (name: string, part: 'start' | 'check'): Platform & { stops: number } => {
  const fail = async (): Promise<void> => {
    throw new PlatformError(`${name} needs a person`);
  };
  const platform = {
    ...recorder(name),
    stops: 0,
    ...(part === 'start' ? { start: fail } : { check: fail }),
    stop: async () => {
      platform.stops += 1;
    },
  };
  return platform;
};

describe('a platform that needs a person', () => {
  it.each(['start', 'check'] as const)(
    'at its %s is left out, told of on the board, and holds up nobody',
    async (part) => {
      const world = await stageAt(at(MON, '09:20'));
      const slack = recorder('slack');
      const discord = broken('discord', part);
      const destinations = [
        { platform: discord, channelId: '1' },
        { platform: slack, channelId: 'C1' },
      ];
      const app = await world.start(undefined, '', { destinations });
      expect(app.postingTo).toEqual(['slack']);
      expect(discord.stops).toBe(1);
      await world.run(app, at(MON, '09:40'));
      world.market.move('TSLA', 0.88);
      await world.run(app, at(MON, '09:45'));
      expect(slack.postings.map(({ card }) => card.tag)).toEqual(['TSLA']);
      const page = await (await fetch(app.boardUrl)).text();
      expect(page).toContain('discord needs a person');
      const symbolPage = await (await fetch(`${app.boardUrl}/symbol/TSLA`)).text();
      expect(symbolPage).toContain('below the 252-session peak');
    },
  );

  it('is tried again: its cards wait untouched, and a channel of .env is opened once it is there', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const databaseUrl = await newDatabase();
    const start = async (discord: Recorder | ReturnType<typeof broken>, channelId: string) => {
      const [good, slack] = [recorder('discord'), recorder('slack')];
      const destinations = [
        { platform: discord, channelId, again: async () => good },
        { platform: slack, channelId: 'C1' },
      ];
      return { app: await world.start(undefined, '', { databaseUrl, destinations, random: () => 1 }), good, slack };
    };
    await (await start(recorder('discord'), '1')).app.stop();
    const refused = { ...recorder('discord'), ...broken('discord', 'start') };
    const { app, good, slack } = await start(refused, '2');
    const addresses = async () => (await app.channels.of('discord')).map(({ address }) => address);
    expect(await addresses()).toEqual(['1']);
    await world.run(app, at(MON, '09:21'));
    expect(await addresses()).toEqual(['2']);
    await world.run(app, at(MON, '09:40'));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(MON, '09:45'));
    expect([refused.postings, good.postings, slack.postings].map(({ length }) => length)).toEqual([0, 1, 1]);
  });

  it('is not asked to post what is owed there before it has started', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const databaseUrl = await newDatabase();
    const start = (discord: Platform) =>
      world.start(undefined, '', {
        databaseUrl,
        destinations: [{ platform: discord, channelId: '1' }, { platform: recorder('slack') }],
      });
    await (await start(recorder('discord'))).stop();
    const posted: unknown[] = [];
    const app = await start({
      ...broken('discord', 'start'),
      post: async (posting) => {
        posted.push(posting);
        return { kind: 'gone', reason: '' };
      },
    });
    await world.run(app, at(MON, '09:40'));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(MON, '09:45'));
    expect(posted).toEqual([]);
    expect((await storedDeliveries(app.store.db)).filter(({ state }) => state === 'pending')).not.toEqual([]);
  });

  it('keeps the bot from starting where there is no other, with one line for each', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const platforms = [broken('discord', 'start'), broken('slack', 'check')];
    const destinations = platforms.map((platform) => ({ platform, channelId: '1' }));
    await expect(world.start(undefined, '', { destinations })).rejects.toThrow(
      /^discord needs a person\nslack needs a person$/,
    );
    expect(platforms.map(({ stops }) => stops)).toEqual([1, 1]);
  });
});

it('a start that fails late takes back what it began: the platform is stopped, the database can be opened again', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const first = await world.start();
  const { port } = new URL(first.boardUrl);
  const events: string[] = [];
  const platform: Platform = { ...recorder('discord'), stop: async () => void events.push('stopped') };
  await expect(world.start(platform, '1', { board: { host: '127.0.0.1', port: Number(port) } })).rejects.toMatchObject({
    name: 'BoardError',
    message: expect.stringMatching(/^BOARD_PORT \d+ is already in use[^\n]*$/),
  });
  expect(events).toEqual(['stopped']);
});

describe('stopping', () => {
  it('is in order, and what is in flight is settled before the store closes', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
    const slow = recorder('discord', () => answer);
    const app = await world.start(slow, '1');
    await world.run(app, at(MON, '09:40'));
    world.market.move('TSLA', 0.88);
    await world.run(app, at(MON, '09:42'));
    world.set(at(MON, '09:43'));
    const rounds = app.jobs.map((job) => job.run(at(MON, '09:43')));
    await slow.until(1);
    const settled: unknown[] = [];
    const watching = slow.stop;
    slow.stop = async () => {
      settled.push((await storedDeliveries(app.store.db)).map(({ state }) => state));
      await watching();
    };
    const stopped = app.stop();
    resolve({ kind: 'sent', messageId: 'm' });
    await stopped;
    await Promise.all(rounds);
    expect(settled).toEqual([['sent', 'sent']]);
    await expect(fetch(app.boardUrl)).rejects.toThrow();
    await app.stop();
  });

  it('begins nothing new', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const app = await world.start();
    await world.run(app, at(MON, '09:40'));
    const asked = world.yahoo.requests.length;
    await app.stop();
    await world.runJobs(app, at(MON, '09:41'));
    expect(world.yahoo.requests).toHaveLength(asked);
  });
});

it('looks once in each interval, however often it is woken, and again when the clock is set back', async () => {
  const world = await stageAt(at(MON, '10:00'));
  const app = await world.start();
  const quotes = () => world.yahoo.requests.filter(({ endpoint }) => endpoint === 'quote').length;
  for (let second = 0; second <= 120; second += 1) await world.runJobs(app, at(MON, '10:00') + second * 1_000);
  expect(quotes()).toBe(3);
  await world.runJobs(app, at(MON, '09:59'));
  expect(quotes()).toBe(4);
});

it('with no platform the board is the channel', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const app = await world.start();
  await world.run(app, at(MON, '09:40'));
  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '09:45'));
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
  expect(await (await fetch(app.boardUrl)).text()).toContain('Tesla');
});

it('says one line where the database cannot be used, and starts no platform', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const events: string[] = [];
  const platform: Platform = { ...recorder('discord'), start: async () => void events.push('started') };
  await expect(world.start(platform, '1', { databaseUrl: 'sqlite:/dev/null/slidewatch.db' })).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringMatching(/^the database [^\n]+$/),
  });
  expect(events).toEqual([]);
});
