import { describe, expect, test } from 'vitest';
import type { Edit, EditOutcome } from '../../src/chat/platform.ts';
import { createEditLane } from '../../src/delivery/edit-lane.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import { deepenAfterHours, writeAfterHours } from '../../src/store/after-hours.ts';
import { dueEdits, enqueueEdits } from '../../src/store/edits.ts';
import { noteMute } from '../../src/store/mute-notes.ts';
import { enqueueStory } from '../../src/store/outbox.ts';
import { writeStory } from '../../src/store/stories.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { DayEndOf } from '../../src/stories/day-end.ts';
import { silent } from '../../src/telemetry/log.ts';
import { metaAfterHours } from '../cards/after-hours-story.ts';
import { catalogue, day, storyAt } from '../cards/stories.ts';
import { changeChannels, storedChannels, storedDeliveries, storedEdits } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, NOON, plainCompose, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

interface LaneOptions {
  readonly answer?: (edit: Edit, nth: number) => EditOutcome;
  readonly dayEnd?: DayEndOf;
  readonly settings?: ChannelSettings;
  /** What else stands with the channel. */
  readonly channel?: Parameters<typeof changeChannels>[1];
  readonly takesPosts?: () => boolean;
  /** How many channels there are. */
  readonly count?: number;
  /** How far each slide is below the peak, in percent. */
  readonly falls?: readonly number[];
}

/** A channel whose slide of Nvidia went deeper three minutes later, and the lane that edits its first card. */
const deepened = async ({
  answer = () => ({ kind: 'edited' }),
  dayEnd = () => undefined,
  settings,
  channel,
  takesPosts = () => true,
  count = 1,
  falls = [20, 30],
}: LaneOptions = {}) => {
  const fixture = await createDeliveryFixture();
  for (let n = 1; n <= count; n += 1) await fixture.addChannel('discord', `${n}`, settings && { settings });
  if (channel) await changeChannels(fixture.store.db, channel);
  const posted = recorder('discord', ({ key }) => ({ kind: 'sent', messageId: key, fileId: `file of ${key}` }));
  const courier = fixture.createCourier([posted]);
  const edits: Edit[] = [];
  const ends: string[] = [];
  const platform = {
    ...posted,
    edit: async (edit: Edit) => {
      edits.push(edit);
      return answer(edit, edits.length);
    },
  };
  for (const percent of falls) {
    await fixture.enqueueSlide('NVDA', { percent });
    await courier.run(fixture.now);
    fixture.now += 3 * MINUTE;
  }
  const { store } = fixture;
  const lane = createEditLane(
    {
      ...{ store, instance: 'abc123', catalogue, compose: plainCompose, log: silent, random: () => 0, dayEnd },
      calendar: loadCalendar(),
      timeZone: 'America/New_York',
      takesPosts,
      onEnd: (_, end) => void ends.push(end),
    },
    platform,
  );
  return { fixture, lane, edits, ends, posted, courier };
};

const textOf = (edit: Edit | undefined): string[] => edit?.card.updates?.map(({ text }) => text) ?? [];

test('the first card of a fall says how deep it went since, once, under its own key', async () => {
  const { fixture, lane, edits, ends, posted } = await deepened();
  await lane.run(fixture.now);
  await lane.run(fixture.now + MINUTE);
  expect(edits.map((edit) => [edit.messageId, edit.key, textOf(edit)])).toEqual([
    [posted.postings[0]?.key, posted.postings[0]?.key, ['Deeper since: −30.0% at 16:00 New York time']],
  ]);
  expect(ends).toEqual(['edited']);
  expect(posted.postings).toHaveLength(2);
});

test('while a card is due, no other is edited', async () => {
  const { fixture, lane, edits, courier } = await deepened();
  await fixture.enqueueSlide('TSLA');
  await lane.run(fixture.now);
  expect(edits).toEqual([]);
  await courier.run(fixture.now);
  await lane.run(fixture.now);
  expect(edits).toHaveLength(1);
});

test('a platform that names a wait is asked three times', async () => {
  const answer = (): EditOutcome => ({ kind: 'later', reason: '30046', afterMs: 3 * SECOND });
  const { fixture, lane, edits, ends } = await deepened({ answer });
  for (let at = fixture.now; at < fixture.now + 20 * MINUTE; at += 10 * SECOND) await lane.run(at);
  expect(edits).toHaveLength(3);
  expect(ends).toEqual(['expired']);
});

test('without a named wait it is tried until it expires, half an hour after the deeper card', async () => {
  const { fixture, lane, edits, ends } = await deepened({ answer: () => ({ kind: 'later', reason: '502' }) });
  for (let at = fixture.now; at < fixture.now + 40 * MINUTE; at += 10 * SECOND) await lane.run(at);
  expect(edits.length).toBeGreaterThan(3);
  expect(ends).toEqual(['expired']);
  expect(await dueEdits(fixture.store.db, 'discord', fixture.now + 60 * MINUTE, 5)).toEqual([]);
});

test('a message that may not be edited is left alone from then on', async () => {
  const { fixture, lane, edits, ends, posted } = await deepened({
    answer: () => ({ kind: 'refused', reason: 'gone' }),
  });
  await lane.run(fixture.now);
  await enqueueEdits(fixture.store.db, 'discord', [1], { now: fixture.now, lifeMs: MINUTE });
  await lane.run(fixture.now + 20 * MINUTE);
  expect(edits).toHaveLength(1);
  expect(ends).toEqual(['refused']);
  expect(posted.postings).toHaveLength(2);
});

test('a channel without edits has none, and none that waits', async () => {
  const { fixture, lane, edits } = await deepened({ settings: { edits: false } });
  await lane.run(fixture.now);
  expect(edits).toEqual([]);
  expect(await dueEdits(fixture.store.db, 'discord', fixture.now, 5)).toEqual([]);
});

test('the last card of a fall keeps the line on what came before it when it says how the day ended', async () => {
  const dayEnd = () => ({ close: toMicros(72), previous: toMicros(100), low: toMicros(69) });
  const { fixture, lane, edits } = await deepened({ dayEnd });
  await enqueueEdits(fixture.store.db, 'discord', [2], { now: fixture.now, lifeMs: 60 * MINUTE });
  await lane.run(fixture.now);
  const [first, last] = edits.toSorted((a, b) => a.messageId.localeCompare(b.messageId));
  expect(textOf(first)).toEqual([
    'Deeper since: −30.0% at 16:00 New York time',
    'Closed at $72.00, −28.0% on the day; low 69.00.',
  ]);
  expect(first?.card.earlier).toBeUndefined();
  expect(textOf(last)).toEqual(['Closed at $72.00, −28.0% on the day; low 69.00.']);
  expect(last?.card.earlier?.text).toBe('Earlier today: −20.0% at 16:00 New York time');
});

test('a later message at a higher price does not say that the fall went deeper', async () => {
  const { fixture, lane, edits, posted } = await deepened({ falls: [20, 15] });
  await lane.run(fixture.now);
  expect(posted.postings).toHaveLength(2);
  expect(edits).toEqual([]);
});

test('a fall of the next session is no news for the cards of this one', async () => {
  const { fixture, lane, edits, courier } = await deepened();
  await lane.run(fixture.now);
  const { db } = fixture.store;
  const [channel] = await storedChannels(db);
  const close = { symbol: 'NVDA', session: '2024-07-31', close: 55, previous: 70 } as const;
  const story = await writeStory(db, storyAt(close, { alerts: [day(close, 15)] }), fixture.now);
  const times = { now: fixture.now, dueAt: fixture.now, expiresAt: fixture.now + 60 * MINUTE };
  if (channel) await enqueueStory(db, channel, story, { ...times, kind: 'slide' });
  await courier.run(fixture.now);
  await enqueueEdits(db, 'discord', [1], { now: fixture.now, lifeMs: 60 * MINUTE });
  await lane.run(fixture.now + 20 * MINUTE);
  expect(edits.map(textOf)).toEqual([
    ['Deeper since: −30.0% at 16:00 New York time'],
    ['Deeper since: −30.0% at 16:00 New York time'],
  ]);
});

test('an edit names place and picture, and goes without what the channel has refused lately', async () => {
  const lacks = JSON.stringify({ links: { at: NOON, text: 'refused' } });
  const settings = { ping: { id: '77', from: 1_000 } };
  const { fixture, lane, edits, posted } = await deepened({ settings, channel: { workspace: 'T1', lacks } });
  await lane.run(fixture.now);
  const key = posted.postings[0]?.key;
  expect(edits).toMatchObject([
    { channelId: '1', workspace: 'T1', ping: '77', fileId: `file of ${key}`, leaveOut: new Set(['links']) },
  ]);
});

test('an edit whose time is over is not made', async () => {
  const { fixture, lane, edits, ends } = await deepened();
  const [owed] = await storedEdits(fixture.store.db);
  await lane.run(owed?.expiresAt ?? 0);
  expect(edits).toEqual([]);
  expect(ends).toEqual(['expired']);
});

test('where no card would be taken, no edit is tried', async () => {
  let isOpen = false;
  const { fixture, lane, edits } = await deepened({ takesPosts: () => isOpen });
  await lane.run(fixture.now);
  expect(edits).toEqual([]);
  isOpen = true;
  await lane.run(fixture.now);
  expect(edits).toHaveLength(1);
});

test('five edits are made at a time, and none after a stop', async () => {
  const { fixture, lane, edits } = await deepened({ count: 7 });
  await lane.run(fixture.now);
  expect(edits).toHaveLength(5);
  await lane.stop();
  await lane.run(fixture.now);
  expect(edits).toHaveLength(5);
});

test('a stop in the middle leaves what is not begun', async () => {
  let stopped: Promise<void> | undefined;
  const { fixture, lane, edits } = await deepened({
    count: 3,
    answer: () => {
      stopped ??= lane.stop();
      return { kind: 'edited' };
    },
  });
  await lane.run(fixture.now);
  await stopped;
  expect(edits).toHaveLength(1);
  expect((await dueEdits(fixture.store.db, 'discord', fixture.now, 5)).length).toBe(2);
});

test('a wait that the platform names is kept, however long', async () => {
  const { fixture, lane, edits } = await deepened({
    answer: () => ({ kind: 'later', reason: '429', afterMs: 5 * MINUTE }),
  });
  await lane.run(fixture.now);
  await lane.run(fixture.now + 5 * MINUTE - 1);
  expect(edits).toHaveLength(1);
  await lane.run(fixture.now + 5 * MINUTE);
  expect(edits).toHaveLength(2);
});

describe('a card of a fall after the bell', () => {
  const { symbol, session, close, price, observedAt: tradeTime } = metaAfterHours;
  const EXPIRES = NOON + 60 * MINUTE;

  /** Its card is due, and the fall goes deeper `when`. */
  const afterTheBell = async (when: 'before' | 'after' | 'never', settings?: ChannelSettings) => {
    const { fixture, lane, edits, courier } = await deepened({ falls: [], ...(settings && { settings }) });
    const { db } = fixture.store;
    const [channel] = await storedChannels(db);
    if (!channel) throw new Error('Expected a channel');
    const story = await writeStory(db, metaAfterHours, NOON);
    const told = { symbol, session, story, close, price, tradeTime };
    await writeAfterHours(db, told);
    const times = { now: NOON, dueAt: NOON, expiresAt: EXPIRES };
    await enqueueStory(db, channel, story, { ...times, kind: 'after-hours' });
    const deepen = () =>
      deepenAfterHours(db, told, { price: toMicros(400), tradeTime: tradeTime + 60 * MINUTE, reported: [] });
    if (when === 'before') await deepen();
    await courier.run(NOON);
    if (when === 'after') await deepen();
    return { fixture, lane, edits, db };
  };

  test('that went deeper before the card was posted says so, until the card is no longer worth posting', async () => {
    const { db, lane, edits } = await afterTheBell('before');
    expect(await storedEdits(db)).toMatchObject([{ batch: 1, dueAt: NOON, expiresAt: EXPIRES }]);
    await lane.run(NOON);
    expect(textOf(edits[0])).toEqual([expect.stringContaining('Deeper since: −27.1%, $400.00')]);
  });

  test('that has not is owed nothing', async () => {
    const { db } = await afterTheBell('never');
    expect(await storedEdits(db)).toEqual([]);
  });

  test.each([
    ['the bot’s place', undefined, '13:30 New York'],
    ['the channel’s own', { timeZone: 'Europe/London' }, '18:30 London'],
  ])('says by the clock of %s who has muted, too', async (_, settings, until) => {
    const { db, lane, edits } = await afterTheBell('after', settings);
    const mute = { channelId: 1, symbol, until: NOON + 90 * MINUTE, byName: 'Ann' };
    const [{ messageId } = {}] = await storedDeliveries(db);
    await noteMute(db, { ...mute, ...(messageId && { messageId }) }, NOON);
    await lane.run(NOON);
    expect(textOf(edits[0])).toEqual([
      `Muted by Ann until ${until}: META`,
      expect.stringContaining('Deeper since: −27.1%, $400.00'),
    ]);
  });
});
