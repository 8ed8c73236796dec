import { expect, test } from 'vitest';
import type { Outcome, Posting } from '../../src/chat/platform.ts';
import type { Courier } from '../../src/delivery/courier.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { summaryOf } from '../../src/outbox/summary.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { endSubscriptions, noteRefusal, readSubscriptions, writeSubscription } from '../../src/store/subscriptions.ts';
import { nasdaqDay, nvidia } from '../cards/golden-stories.ts';
import { storedPings, storedSubscriptions } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const catalogue = loadCatalogue();
const UNTIL = Date.parse('2025-01-26T16:00:00Z');

const PEOPLE = ['ann', 'bob', 'cid', 'dan', 'eve'] as const;

type Answer = (posting: Posting, nth: number) => Outcome | Promise<Outcome>;

const sent: Answer = ({ key }) => ({ kind: 'sent', messageId: key });

/** A channel of a platform, people who have subscribed to Nvidia there, and a courier. */
const scene = async (answer: Answer = sent, people: readonly string[] = ['ann']) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  for (const person of people)
    await writeSubscription(
      fixture.store.db,
      { channelId: 1, platform: 'discord', person, symbol: 'NVDA', language: 'en', expiresAt: UNTIL },
      fixture.now,
    );
  const counted: string[] = [];
  const create = (reply: Answer = answer, replyTimeoutMs?: number) => {
    let direct = 0;
    const record = recorder('discord', (posting) => {
      if (!posting.toPerson) return sent(posting, 0);
      direct += 1;
      return reply(posting, direct);
    });
    const discord = {
      ...record,
      sendDirectMessage: async () => true,
      linkTo: ({ channelId, messageId }: { channelId: string; messageId: string }) =>
        `https://example.com/${channelId}/${messageId}`,
    };
    const courier = fixture.createCourier([discord], {
      catalogue,
      onPing: (platform, outcome, count) => void counted.push(`${platform} ${outcome} ${count}`),
      ...(replyTimeoutMs !== undefined && { replyTimeoutMs }),
    });
    return { courier, postings: record.postings, until: record.until };
  };
  const { courier, postings, until } = create();
  const direct = () => postings.filter(({ toPerson }) => toPerson).map(({ channelId }) => channelId);
  return { ...fixture, fixture, courier, postings, until, direct, counted, create };
};

const ping = async ({ jobs }: Courier, now: number): Promise<void> => {
  for (const { name, run } of jobs) if (name.startsWith('direct messages')) await run(now);
};

/** Posts the card of a fall of Nvidia, then what is due of direct messages. */
const alert = async ({ fixture, courier }: Awaited<ReturnType<typeof scene>>): Promise<void> => {
  await fixture.enqueueSlide('NVDA');
  await courier.run(fixture.now);
  await ping(courier, fixture.now);
};

test('a posted alert is a short card with a link to it, for each who has subscribed', async () => {
  const world = await scene(sent, ['ann', 'bob']);
  await alert(world);
  expect(world.direct()).toEqual(['ann', 'bob']);
  const [inChannel, toAnn] = world.postings;
  expect(toAnn).toMatchObject({
    toPerson: true,
    maybePosted: false,
    card: {
      title: '▼ Nvidia is 20.0% below its peak',
      tag: 'NVDA',
      sections: [{ rows: [{ aside: 'Open the card', link: `https://example.com/1/${inChannel?.key}` }] }],
      actions: [{ label: 'Stop NVDA pings' }],
    },
  });
  expect(toAnn?.png).toBeUndefined();
  expect(toAnn?.key).toMatch(/^dm-abc123-[0-9a-z]+$/);
  expect(await storedPings(world.store.db)).toEqual([]);
  await ping(world.courier, world.fixture.now + MINUTE);
  expect(world.direct()).toHaveLength(2);
  expect(world.counted).toEqual(['discord sent 1', 'discord sent 1']);
});

test('another symbol, another kind of card, and a card that was not posted bring nothing', async () => {
  const world = await scene();
  await world.fixture.enqueueSlide('TSLA');
  await world.fixture.enqueueKind('test');
  await world.courier.run(world.fixture.now);
  expect(await storedPings(world.store.db)).toEqual([]);
  await world.fixture.enqueueSlide('NVDA');
  expect(await storedPings(world.store.db)).toEqual([]);
});

test('cards of channels go first: nothing is sent to people while one is due', async () => {
  const world = await scene();
  await world.fixture.enqueueSlide('NVDA');
  await world.courier.run(world.fixture.now);
  await world.fixture.enqueueSlide('TSLA');
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toEqual([]);
  await world.courier.run(world.fixture.now);
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toEqual(['ann']);
});

test('a person who takes none loses the subscription, and the others get theirs', async () => {
  const closed: Answer = (posting, nth) =>
    posting.channelId === 'ann' ? { kind: 'gone', reason: 'Closed.' } : sent(posting, nth);
  const world = await scene(closed, ['ann', 'bob']);
  await alert(world);
  const { db } = world.store;
  expect(await storedPings(db)).toEqual([]);
  expect(await readSubscriptions(db, { platform: 'discord', person: 'ann' }, world.fixture.now)).toMatchObject([
    { ended: true, refusal: { kind: 'closed', at: world.fixture.now } },
  ]);
  expect(world.counted.toSorted()).toEqual(['discord gone 1', 'discord sent 1']);
  world.fixture.now += MINUTE;
  // The channel is as it was.
  expect((await world.rows()).map(({ state }) => state)).toEqual(['sent']);
});

test.each<Outcome>([
  { kind: 'forbidden', reason: 'Not here.', remedy: '' },
  { kind: 'rejected', reason: 'Our fault.' },
])('a refusal of another kind ($kind) costs this message and keeps the subscription', async (outcome) => {
  const world = await scene(() => outcome);
  await alert(world);
  const { db } = world.store;
  expect(await storedPings(db)).toEqual([]);
  expect(await storedSubscriptions(db)).toMatchObject([{ refusal: 'refused', endedAt: null }]);
});

test('a message that is taken ends the note of a refusal', async () => {
  const world = await scene();
  await noteRefusal(world.store.db, 1, 'refused', world.fixture.now);
  await alert(world);
  expect(await storedSubscriptions(world.store.db)).toMatchObject([{ refusal: null, refusedAt: null }]);
});

test('when the platform asks to wait, all wait, and nobody is asked in vain', async () => {
  const world = await scene(
    (posting, nth) => (nth === 2 ? { kind: 'later', reason: 'Slowly.', afterMs: 5 * SECOND } : sent(posting, nth)),
    PEOPLE,
  );
  await alert(world);
  expect(world.direct()).toEqual(['ann', 'bob', 'cid', 'dan']);
  world.fixture.now += 5 * SECOND - 1;
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toHaveLength(4);
  world.fixture.now += 1;
  await ping(world.courier, world.fixture.now);
  expect(world.direct().slice(4).toSorted()).toEqual(['bob', 'eve']);
  // Bob's first try has certainly not reached him.
  expect(world.postings.filter(({ channelId }) => channelId === 'bob').map(({ maybePosted }) => maybePosted)).toEqual([
    false,
    false,
  ]);
  expect(await storedPings(world.store.db)).toEqual([]);
});

test('a lost reply is looked for by the same key, from the time of the first try', async () => {
  const world = await scene((posting, nth) => (nth === 1 ? { kind: 'unknown', reason: 'Lost.' } : sent(posting, nth)));
  const startedAt = world.fixture.now;
  await alert(world);
  world.fixture.now += 10 * SECOND;
  await ping(world.courier, world.fixture.now);
  const tries = world.postings.filter(({ toPerson }) => toPerson);
  expect(tries.map(({ maybePosted, since }) => [maybePosted, since])).toEqual([
    [false, undefined],
    [true, startedAt],
  ]);
  expect(new Set(tries.map(({ key }) => key)).size).toBe(1);
  expect(await storedPings(world.store.db)).toEqual([]);
});

test('what may have been sent and cannot be looked for is given up: nobody is told twice', async () => {
  const world = await scene((_, nth) =>
    nth === 1 ? { kind: 'unknown', reason: 'Lost.' } : { kind: 'unsure', reason: 'Not readable.', remedy: '' },
  );
  await alert(world);
  world.fixture.now += 10 * SECOND;
  await ping(world.courier, world.fixture.now);
  expect(await storedPings(world.store.db)).toEqual([]);
  expect(await storedSubscriptions(world.store.db)).toMatchObject([{ refusal: null, endedAt: null }]);
});

test('a process that ends before the card’s message loses nothing, and the next one sends it once', async () => {
  const world = await scene();
  await world.fixture.enqueueSlide('NVDA');
  await world.courier.run(world.fixture.now);
  await world.courier.stop(0);
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toEqual([]);
  const next = world.create();
  await ping(next.courier, world.fixture.now);
  expect(next.postings).toMatchObject([{ channelId: 'ann', maybePosted: false }]);
});

test('a process that ends while a message is under way leaves it to the next one, as one that may have been sent', async () => {
  const world = await scene();
  const { promise: never } = Promise.withResolvers<Outcome>();
  const killed = world.create(() => never);
  await world.fixture.enqueueSlide('NVDA');
  await killed.courier.run(world.fixture.now);
  // The store is closed by the time at which it would give up.
  void ping(killed.courier, world.fixture.now).catch(() => undefined);
  await killed.until(2);
  const next = world.create();
  await ping(next.courier, world.fixture.now + 89 * SECOND);
  expect(next.postings).toEqual([]);
  await ping(next.courier, world.fixture.now + 90 * SECOND);
  expect(next.postings).toMatchObject([
    { channelId: 'ann', maybePosted: true, since: world.fixture.now, key: killed.postings[1]?.key },
  ]);
});

test('a message that cannot be sent within half an hour is dropped and counted', async () => {
  const world = await scene(() => ({ kind: 'later', reason: 'Busy.' }));
  await alert(world);
  world.fixture.now += 30 * MINUTE;
  await ping(world.courier, world.fixture.now);
  expect(await storedPings(world.store.db)).toEqual([]);
  expect(world.counted).toEqual(['discord later 1', 'discord expired 1']);
});

test('a platform that refuses the bot is not asked for direct messages either', async () => {
  const world = await scene(() => ({ kind: 'credential', reason: 'Refused.', remedy: '' }), PEOPLE);
  await alert(world);
  const asked = world.direct().length;
  await ping(world.courier, world.fixture.now + SECOND);
  expect(world.direct()).toHaveLength(asked);
  expect(world.courier.closures().get('discord')?.cause).toBe('credential');
});

test('a person who stops while the message is under way gets no other', async () => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const world = await scene(() => promise);
  await world.fixture.enqueueSlide('NVDA');
  await world.courier.run(world.fixture.now);
  const run = ping(world.courier, world.fixture.now);
  await world.until(2);
  await endSubscriptions(world.store.db, { platform: 'discord', person: 'ann' }, 'NVDA');
  resolve({ kind: 'unknown', reason: 'Lost.' });
  await run;
  expect(await storedPings(world.store.db)).toEqual([]);
});

test('after quiet hours the summary that is posted brings the message', async () => {
  const world = await scene();
  const { now } = world.fixture;
  const summary = summaryOf([nvidia, nasdaqDay], { from: now, to: now });
  await enqueueForChannel(world.store.db, 1, summary, { now, dueAt: now });
  await world.courier.run(now);
  await ping(world.courier, now);
  expect(world.postings.at(-1)).toMatchObject({
    channelId: 'ann',
    card: { title: '▼ Nvidia 23.5% below peak', lead: ['$103.73'] },
  });
});

test('where a platform has refused everything, one message alone tries whether it is back', async () => {
  const refused: Outcome = { kind: 'later', reason: 'A page.', everywhere: 'refused', afterMs: SECOND };
  const world = await scene((posting, nth) => (nth > 5 ? sent(posting, nth) : refused), PEOPLE);
  await alert(world);
  expect(world.direct()).toHaveLength(4);
  world.fixture.now += SECOND;
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toHaveLength(5);
  world.fixture.now += SECOND;
  await ping(world.courier, world.fixture.now);
  expect(world.direct()).toHaveLength(5 + PEOPLE.length);
  expect(await storedPings(world.store.db)).toEqual([]);
});

test('a clock that is set back ends the wait that the platform asked for', async () => {
  const world = await scene(
    (posting, nth) => (nth === 1 ? { kind: 'later', reason: 'Slowly.', afterMs: 60 * MINUTE } : sent(posting, nth)),
    ['ann'],
  );
  await alert(world);
  const back = world.fixture.now - MINUTE;
  await writeSubscription(
    world.store.db,
    { channelId: 1, platform: 'discord', person: 'bob', symbol: 'TSLA', language: 'en', expiresAt: UNTIL },
    back,
  );
  world.fixture.now = back;
  await world.fixture.enqueueSlide('TSLA');
  await world.courier.run(back);
  await ping(world.courier, back);
  expect(world.direct()).toEqual(['ann', 'bob']);
});

test('a stop begins no other messages after those under way', async () => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const world = await scene(() => promise, PEOPLE);
  await world.fixture.enqueueSlide('NVDA');
  await world.courier.run(world.fixture.now);
  const run = ping(world.courier, world.fixture.now);
  await world.until(5);
  await world.courier.stop(0);
  resolve({ kind: 'sent', messageId: '1' });
  await run;
  expect(world.direct()).toHaveLength(4);
  expect(await storedPings(world.store.db)).toHaveLength(1);
});
