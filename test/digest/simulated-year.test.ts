import { expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { createCourier } from '../../src/delivery/courier.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { DigestStory } from '../../src/stories/digest-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { silent } from '../../src/telemetry/log.ts';
import { databasePath, quickFolder } from '../store/temporary.ts';
import { type Clockwork, openClockwork, upTo } from './clockwork.ts';
import { calendar } from './digests.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;
const WORTH = 6 * HOUR;

const CHANNELS: Readonly<Record<string, { readonly zone: string; readonly time: string }>> = {
  'New York': { zone: 'America/New_York', time: '16:15' },
  Seoul: { zone: 'Asia/Seoul', time: '07:00' },
  London: { zone: 'Europe/London', time: '22:30' },
  Kolkata: { zone: 'Asia/Kolkata', time: '02:30' },
};

const START = Date.parse('2026-01-01T00:00:00-05:00');
const END = Date.parse('2027-01-01T00:00:00-05:00');

interface Owed {
  readonly channel: string;
  readonly session: string;
  readonly at: number;
}

const sessions: string[] = [];
for (let day = calendar.next('2025-12-31'); day <= '2026-12-31'; day = calendar.next(day)) sessions.push(day);

/**
 * What the year owes, found the other way round: a channel's clock is read every day of its zone, and what it reads
 * belongs to the newest session whose bars are final then, or are within the hour; such a one is told when they are.
 */
const owedInTheYear = (): Owed[] =>
  Object.entries(CHANNELS).flatMap(([channel, { zone, time }]) => {
    const owed: Owed[] = [];
    for (let day = Temporal.PlainDate.from('2026-01-01'); day.year < 2027 || day.day < 3; day = day.add({ days: 1 })) {
      const read = day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
      const final = (session: string) => (calendar.hours(session)?.close ?? 0) + QUARTER;
      const session = sessions.findLast((it) => final(it) - HOUR <= read);
      const at = session === undefined ? 0 : Math.max(read, final(session));
      if (session !== undefined && owed.at(-1)?.session !== session && at < END) owed.push({ channel, session, at });
    }
    return owed;
  });

const sessionOf = (story: DigestStory): string => (story.of === 'closed' ? `closed ${story.day}` : story.session);

/** A digest's session and whether it says that it is late: all that this test reads of a card. */
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

/** A year of minutes: which of them the bot is awake for, and where it is begun anew. */
interface Fate {
  /** Called before a minute: `dead` = nobody is awake, `restart` = a new process; `owed` = it dies before its courier runs. */
  readonly before: (now: number) => 'awake' | 'dead' | 'restart' | 'owed';
}

const live = async (
  path: string,
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
  const histories = upTo(() => calendar.lastFinal(now - QUARTER));
  const begin = async () => {
    const clockwork = await openClockwork({ path, histories });
    const parts = { store: clockwork.store, instance: 'abc123', clock: () => now, random: () => 0, log: silent };
    return { clockwork, courier: createCourier({ ...parts, platforms: [platform], compose: composed }) };
  };
  let { clockwork, courier } = await begin();
  let starts = 1;
  for (const [address, { zone: timeZone, time: at }] of Object.entries(CHANNELS)) {
    const settings: ChannelSettings = { timeZone, digest: { at } };
    await clockwork.channel(address, settings, now);
  }
  let carried = 0;
  const end = async (it: Clockwork) => {
    counted.push(...it.counted);
    await it.close();
  };
  let carryAll = true;
  for (; now < END; now += MINUTE) {
    const fate = before(now);
    if (fate === 'dead') continue;
    if (fate === 'restart') {
      await end(clockwork);
      ({ clockwork, courier } = await begin());
      carried = 0;
      starts += 1;
      carryAll = true;
    }
    await clockwork.job.run(now);
    if (fate === 'owed') continue;
    // A courier that is owed nothing asks the store one question: a year of them is another test's.
    if (!carryAll && clockwork.counted.length === carried) continue;
    carried = clockwork.counted.length;
    await courier.run(now);
    carryAll = false;
  }
  await end(clockwork);
  return { posted, counted, starts };
};

const inOrder = <T extends { channel: string; at: number }>(them: readonly T[]): T[] =>
  them.toSorted((a, b) => a.at - b.at || (a.channel < b.channel ? -1 : 1));

test('in 2026, minute by minute, every channel has one digest of every session, at its own time', async () => {
  const { posted, counted } = await live(':memory:', { before: () => 'awake' });
  const owed = owedInTheYear();
  expect(sessions).toHaveLength(251);
  expect(inOrder(posted)).toEqual(inOrder(owed.map(({ channel, session, at }) => ({ channel, title: session, at }))));
  expect(new Set(counted)).toEqual(new Set(['told']));
}, 60_000);

/** The same numbers at every run. */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test('with the process ended at 300 moments, in some for hours, it is the same but for what was missed too long', async () => {
  const random = seeded(2026);
  const owed = owedInTheYear();
  const fates = new Map<number, 'dead' | 'restart' | 'owed'>();
  for (let n = 0; n < 300; n += 1) {
    // Every other one hits about the minute of a digest, where a restart may do the most harm.
    const due = owed[random(owed.length)];
    const any = START + (1 + random((END - START) / MINUTE - 600)) * MINUTE;
    const moment = n % 2 === 0 && due ? due.at + (random(5) - 2) * MINUTE : any;
    const minutes = random(5) < 2 ? random(8 * 60) : 0;
    if (random(2) === 0) fates.set(moment - MINUTE, 'owed');
    for (let off = 0; off < minutes; off += 1) fates.set(moment + off * MINUTE, 'dead');
    fates.set(moment + minutes * MINUTE, 'restart');
  }
  const { posted, starts } = await live(databasePath(quickFolder()), { before: (now) => fates.get(now) ?? 'awake' });

  const noticedAt = (at: number): number => {
    let minute = at;
    while (fates.get(minute) === 'dead') minute += MINUTE;
    return minute;
  };
  const carriedAt = (seen: number): number => {
    let minute = seen;
    while (['dead', 'owed'].includes(fates.get(minute) ?? '')) minute += MINUTE;
    return minute;
  };
  const told = owed.flatMap(({ channel, session, at }) => {
    const seen = noticedAt(at);
    const superseded = owed.some((it) => it.channel === channel && it.at > at && it.at <= seen);
    const expired = carriedAt(seen) - seen >= WORTH;
    return seen - at > WORTH || superseded || expired
      ? []
      : [`${channel} ${session}${seen - at > 30 * MINUTE ? ' late' : ''}`];
  });
  expect(posted.map(({ channel, title }) => `${channel} ${title}`).toSorted()).toEqual(told.toSorted());
  expect(starts).toBeGreaterThan(250);
  expect(told.length).toBeGreaterThan(owed.length - 30);
  expect(told.filter((it) => it.endsWith(' late')).length).toBeGreaterThan(10);
}, 60_000);
