import { expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { createCourier } from '../../src/delivery/courier.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { DigestStory } from '../../src/stories/digest-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { silent } from '../../src/telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { newDatabase, onceDatabase } from '../store/temporary.ts';
import { calendar } from './digests.ts';
import { openTestDigestJob, type TestDigestJob, upTo } from './open-digest-job.ts';

const FINAL_AFTER_MS = 15 * MINUTE_MS;
const MAX_DELAY_MS = 6 * HOUR_MS;

const CHANNELS: Readonly<Record<string, { readonly zone: string; readonly time: string }>> = {
  'New York': { zone: 'America/New_York', time: '16:15' },
  Seoul: { zone: 'Asia/Seoul', time: '07:00' },
  London: { zone: 'Europe/London', time: '22:30' },
  Kolkata: { zone: 'Asia/Kolkata', time: '02:30' },
};

const START = Date.parse('2026-01-01T00:00:00-05:00');
const END = Date.parse('2027-01-01T00:00:00-05:00');

interface ExpectedDigest {
  readonly channel: string;
  readonly session: string;
  readonly at: number;
}

const sessions: string[] = [];
for (let day = calendar.next('2025-12-31'); day <= '2026-12-31'; day = calendar.next(day)) sessions.push(day);

/**
 * The expected digests of the year, computed independently: at a channel's local time of every day, the digest is of
 * the newest session whose bars are final by then, or will be within the hour; in the latter case it is due when they
 * are.
 */
const expectedInTheYear = (): ExpectedDigest[] =>
  Object.entries(CHANNELS).flatMap(([channel, { zone, time }]) => {
    const expected: ExpectedDigest[] = [];
    for (let day = Temporal.PlainDate.from('2026-01-01'); day.year < 2027 || day.day < 3; day = day.add({ days: 1 })) {
      const read = day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
      const final = (session: string) => (calendar.hours(session)?.close ?? 0) + FINAL_AFTER_MS;
      const session = sessions.findLast((it) => final(it) - HOUR_MS <= read);
      const at = session === undefined ? 0 : Math.max(read, final(session));
      if (session !== undefined && expected.at(-1)?.session !== session && at < END)
        expected.push({ channel, session, at });
    }
    return expected;
  });

const sessionOf = (story: DigestStory): string => (story.of === 'closed' ? `closed ${story.day}` : story.session);

/** A card whose title is the digest's session and whether it is late: all that this test needs. */
const composed = async (stories: readonly Story[]): Promise<{ card: Card }> => {
  const [story] = stories;
  if (story?.kind !== 'digest') throw new Error('expected a digest');
  const title = `${sessionOf(story)}${story.late ? ' late' : ''}`;
  return { card: { kind: 'digest', tone: 'calm', title, lead: [], sections: [], footer: [] } };
};

interface Posted {
  readonly channel: string;
  readonly title: string;
  readonly at: number;
}

/** What happens to the bot in each minute of the year. */
interface Fate {
  /**
   * Before a minute: `dead` = not running, `restart` = a new process; `no-courier` = it dies before its courier runs.
   */
  readonly before: (now: number) => 'awake' | 'dead' | 'restart' | 'no-courier';
}

const live = async (
  url: string,
  { before }: Fate,
): Promise<{ posted: Posted[]; counted: string[]; starts: number }> => {
  let now = START;
  const posted: Posted[] = [];
  const counted: string[] = [];
  const seen = new Set<string>();
  const platform: Platform = {
    name: 'discord',
    start: async () => {},
    stop: async () => {},
    post: async ({ channelId: channel, card, key }) => {
      // Discord answers a key that it knows with the message that it has.
      if (!seen.has(key)) posted.push({ channel, title: card.title, at: now });
      seen.add(key);
      return { kind: 'sent', messageId: key };
    },
  };
  const histories = upTo(() => calendar.lastFinal(now - FINAL_AFTER_MS));
  const begin = async () => {
    const fixture = await openTestDigestJob({ url, histories });
    const parts = { store: fixture.store, instance: 'abc123', clock: () => now, random: () => 0, log: silent };
    return { fixture, courier: createCourier({ ...parts, platforms: [platform], compose: composed }) };
  };
  let { fixture, courier } = await begin();
  let starts = 1;
  for (const [address, { zone: timeZone, time: at }] of Object.entries(CHANNELS)) {
    const settings: ChannelSettings = { timeZone, digest: { at } };
    await fixture.channel(address, settings, now);
  }
  let handledCount = 0;
  const end = async (it: TestDigestJob) => {
    counted.push(...it.counted);
    await it.close();
  };
  let runCourier = true;
  for (; now < END; now += MINUTE_MS) {
    const fate = before(now);
    if (fate === 'dead') continue;
    if (fate === 'restart') {
      await end(fixture);
      ({ fixture, courier } = await begin());
      handledCount = 0;
      starts += 1;
      runCourier = true;
    }
    await fixture.job.run(now);
    if (fate === 'no-courier') continue;
    // A courier with nothing to post only reads the queue once; skipped here to save time.
    if (!runCourier && fixture.counted.length === handledCount) continue;
    handledCount = fixture.counted.length;
    await courier.run(now);
    runCourier = false;
  }
  await end(fixture);
  return { posted, counted, starts };
};

const inOrder = <T extends { channel: string; at: number }>(them: readonly T[]): T[] =>
  them.toSorted((a, b) => a.at - b.at || (a.channel < b.channel ? -1 : 1));

test('in 2026, minute by minute, every channel gets one digest of every session, at its own time', async () => {
  const { posted, counted } = await live(await onceDatabase(), { before: () => 'awake' });
  const expected = expectedInTheYear();
  expect(sessions).toHaveLength(251);
  expect(inOrder(posted)).toEqual(
    inOrder(expected.map(({ channel, session, at }) => ({ channel, title: session, at }))),
  );
  expect(new Set(counted)).toEqual(new Set(['told']));
});

/** A pseudo-random generator of whole numbers below a bound. */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test('with the process killed 300 times, sometimes for hours, only digests missed for too long are lacking', async () => {
  const random = seeded(2026);
  const expected = expectedInTheYear();
  const fates = new Map<number, 'dead' | 'restart' | 'no-courier'>();
  for (let n = 0; n < 300; n += 1) {
    // Every other one is within minutes of a digest, where a restart does the most harm.
    const due = expected[random(expected.length)];
    const any = START + (1 + random((END - START) / MINUTE_MS - 600)) * MINUTE_MS;
    const moment = n % 2 === 0 && due ? due.at + (random(5) - 2) * MINUTE_MS : any;
    const minutes = random(5) < 2 ? random(8 * 60) : 0;
    if (random(2) === 0) fates.set(moment - MINUTE_MS, 'no-courier');
    for (let off = 0; off < minutes; off += 1) fates.set(moment + off * MINUTE_MS, 'dead');
    fates.set(moment + minutes * MINUTE_MS, 'restart');
  }
  const { posted, starts } = await live(await newDatabase({ often: true }), {
    before: (now) => fates.get(now) ?? 'awake',
  });

  const noticedAt = (at: number): number => {
    let minute = at;
    while (fates.get(minute) === 'dead') minute += MINUTE_MS;
    return minute;
  };
  const postedAt = (seen: number): number => {
    let minute = seen;
    while (['dead', 'no-courier'].includes(fates.get(minute) ?? '')) minute += MINUTE_MS;
    return minute;
  };
  const expectedPosts = expected.flatMap(({ channel, session, at }) => {
    const seen = noticedAt(at);
    const superseded = expected.some((it) => it.channel === channel && it.at > at && it.at <= seen);
    const expired = postedAt(seen) - seen >= MAX_DELAY_MS;
    return seen - at > MAX_DELAY_MS || superseded || expired
      ? []
      : [`${channel} ${session}${seen - at > 30 * MINUTE_MS ? ' late' : ''}`];
  });
  expect(posted.map(({ channel, title }) => `${channel} ${title}`).toSorted()).toEqual(expectedPosts.toSorted());
  expect(starts).toBeGreaterThan(250);
  expect(expectedPosts.length).toBeGreaterThan(expected.length - 30);
  expect(expectedPosts.filter((it) => it.endsWith(' late')).length).toBeGreaterThan(10);
});
