import { expect, test } from 'vitest';
import { type Destination, startPlatforms } from '../../src/app/start-platforms.ts';
import { type Platform, PlatformError } from '../../src/chat/platform.ts';
import { createRecordingLog } from '../chat/slack/support.ts';
import { type Recorder, recorder } from '../delivery/recorder.ts';

const START = Date.parse('2025-06-02T13:00:00Z');
const MINUTE = 60_000;

interface Tried extends Recorder {
  stops: number;
}

/** A service whose token is refused while `refusal` says why; each try makes a platform of its own. */
const service = (refusal: string | undefined) => {
  const made: Tried[] = [];
  const it = {
    refusal,
    made,
    /** Ends the start of platforms made from now on. */
    hold: undefined as Promise<void> | undefined,
    create: (): Platform => {
      const platform: Tried = {
        ...recorder('discord'),
        stops: 0,
        start: async () => {
          await it.hold;
          if (it.refusal !== undefined) throw new PlatformError(it.refusal);
        },
        stop: async () => {
          platform.stops += 1;
        },
        notes: () => [{ text: `Platform ${made.length}`, key: 'x' }],
      };
      made.push(platform);
      return platform;
    },
  };
  return it;
};

const begun = async (discord: ReturnType<typeof service>, given: Partial<Destination> = {}) => {
  const { log, lines } = createRecordingLog();
  const time = { now: START };
  const again = async () => discord.create();
  const destinations = [
    { platform: discord.create(), channelId: '1', again, ...given },
    { platform: recorder('slack') },
  ];
  const [started] = await startPlatforms(destinations, { log, clock: () => time.now, random: () => 1 });
  if (!started) throw new Error('expected a platform');
  /** Runs the job every second for so long; how long after the start it tried. */
  const wait = async (ms: number): Promise<number[]> => {
    const tries: number[] = [];
    for (const until = time.now + ms; time.now < until; ) {
      time.now += 1_000;
      const before = discord.made.length;
      await started.startAgain(time.now);
      if (discord.made.length > before) tries.push((time.now - START) / MINUTE);
    }
    return tries;
  };
  return { started, wait, time, said: () => lines.map(({ level, message }) => `${level}: ${message}`) };
};

test('a platform that could not start is tried again with growing waits, and told in one line after ten minutes', async () => {
  const discord = service('The token is refused.');
  const { started, wait, said } = await begun(discord);
  expect(started.notStarted()).toEqual({ since: START, reason: 'The token is refused.' });
  expect(await wait(90 * MINUTE)).toEqual([1, 3, 7, 15, 30, 45, 60, 75, 90]);
  expect(started.notStarted()?.since).toBe(START);
  expect(said().filter((line) => line.startsWith('error'))).toEqual([
    'error: platform not started',
    'error: platform has not started for 10 minutes: it is tried again',
  ]);
  expect(discord.made.map(({ stops }) => stops)).toEqual(Array<number>(10).fill(1));
});

test('once it starts, what stands for it is the new platform, and nothing is tried any more', async () => {
  const discord = service('The token is refused.');
  const { started, wait, said } = await begun(discord);
  const { platform } = started;
  discord.refusal = undefined;
  expect(await wait(20 * MINUTE)).toEqual([1]);
  expect(started.notStarted()).toBeUndefined();
  expect(said().at(-1)).toBe('info: platform started after all');
  await platform.post({ channelId: '1', key: 'k' } as Parameters<Platform['post']>[0]);
  expect(discord.made.map(({ postings }) => postings.length)).toEqual([0, 1]);
  expect([platform.name, platform.notes?.(), platform.sendDirectMessage]).toEqual([
    'discord',
    [{ text: 'Platform 2', key: 'x' }],
    undefined,
  ]);
  await platform.stop();
  expect(discord.made.map(({ stops }) => stops)).toEqual([1, 1]);
});

test('another reason than before is said at once', async () => {
  const discord = service('The token is refused.');
  const { started, wait, said } = await begun(discord);
  discord.refusal = 'An intent is refused.';
  await wait(2 * MINUTE);
  expect(started.notStarted()).toEqual({ since: START, reason: 'An intent is refused.' });
  expect(said()).toEqual(['error: platform not started', 'error: platform not started']);
});

test('a clock that was set back is no reason to wait longer', async () => {
  const discord = service('The token is refused.');
  const { started, time } = await begun(discord);
  time.now -= 60 * MINUTE;
  expect(await started.startAgain(time.now)).toBe(false);
  expect(discord.made).toHaveLength(2);
  expect(started.notStarted()?.since).toBe(time.now);
});

test('one that is being tried is stopped with the bot, and none is tried after that', async () => {
  const discord = service('The token is refused.');
  const { started, wait, time } = await begun(discord);
  const { promise, resolve } = Promise.withResolvers<void>();
  discord.hold = promise;
  discord.refusal = undefined;
  time.now += MINUTE;
  const trying = started.startAgain(time.now);
  await expect.poll(() => discord.made.length).toBe(2);
  const stopping = started.platform.stop();
  resolve();
  expect(await trying).toBe(false);
  await stopping;
  expect(discord.made.at(-1)?.stops).toBeGreaterThan(0);
  discord.refusal = 'The token is refused.';
  expect(await wait(60 * MINUTE)).toEqual([]);
});

test('a fault that no person can mend is passed on, and the waits go on', async () => {
  const discord = service('The token is refused.');
  const broken = async (): Promise<Platform> => {
    discord.create();
    throw new Error('a bug');
  };
  const { started, time } = await begun(discord, { again: broken });
  await expect(started.startAgain(time.now + MINUTE)).rejects.toThrow('a bug');
  expect(await started.startAgain(time.now + MINUTE + 1)).toBe(false);
  expect(discord.made).toHaveLength(2);
});
