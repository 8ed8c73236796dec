import { expect, it } from 'vitest';
import { createLatePlatform } from '../../src/app/late-platform.ts';
import { type Platform, PlatformError } from '../../src/chat/platform.ts';
import { silent } from '../../src/telemetry/log.ts';
import { posting } from '../chat/discord/samples.ts';
import { recorder } from '../delivery/recorder.ts';

const MINUTE = 60_000;

/** A platform that was refused, and is made anew by `recreate`. */
const late = (recreate: () => Promise<Platform>, onStarted = async () => undefined) =>
  createLatePlatform({
    destination: { platform: recorder('discord'), recreate },
    ...{ refusal: 'The token is refused.', log: silent, random: () => 0.999, onStarted },
  });

const broken = (why: string): Platform => ({
  ...recorder('discord'),
  start: () => Promise.reject(new PlatformError(why)),
});

it('refuses cards and direct messages until it is started, and is the platform from then on', async () => {
  const healthy: Platform = {
    ...recorder('discord'),
    takesCredential: async () => undefined,
    sendDirectMessage: async () => true,
    notes: () => ['a note'],
    notListening: () => 'no gateway',
  };
  const { platform, job, refusal } = late(async () => healthy);
  expect(await platform.post(posting())).toMatchObject({ kind: 'credential', reason: 'The token is refused.' });
  expect(await platform.takesCredential?.()).toBe(false);
  expect(await platform.sendDirectMessage?.('1', 'x')).toBe(false);
  expect([platform.notes?.(), platform.notListening?.(), refusal()]).toEqual([[], undefined, 'The token is refused.']);
  await job.run(0);
  expect(refusal()).toBeDefined();
  await job.run(MINUTE);
  expect(await platform.post(posting())).toMatchObject({ kind: 'sent' });
  expect(await platform.takesCredential?.()).toBeUndefined();
  expect(await platform.sendDirectMessage?.('1', 'x')).toBe(true);
  expect([platform.notes?.(), platform.notListening?.(), refusal()]).toEqual([['a note'], 'no gateway', undefined]);
});

it('says the newest refusal, and is tried every quarter of an hour in the end, also if the clock is set back', async () => {
  let made = 0;
  const { job, refusal } = late(async () => {
    made += 1;
    return broken(`refused ${made}`);
  });
  const first = 100 * MINUTE;
  await job.run(first);
  for (let n = 1; n <= 8; n += 1) await job.run(first + n * 15 * MINUTE);
  expect([made, refusal()]).toEqual([8, 'refused 8']);
  await job.run(first + 134 * MINUTE);
  expect(made).toBe(8);
  await job.run(first);
  expect(made).toBe(9);
});

it('is stopped again if the bot stops while it starts', async () => {
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const events: string[] = [];
  const slow: Platform = {
    ...recorder('discord'),
    start: () => started,
    stop: async () => void events.push('stopped'),
  };
  const { platform, job } = late(
    async () => slow,
    async () => void events.push('opened'),
  );
  await job.run(0);
  const running = job.run(MINUTE);
  const stopped = platform.stop();
  resolve();
  await Promise.all([running, stopped]);
  expect(events).toEqual(['stopped']);
  await job.run(60 * MINUTE);
  expect(events).toEqual(['stopped']);
});
