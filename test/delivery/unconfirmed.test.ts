import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import type { WhenUnsure } from '../../src/store/unconfirmed.ts';
import { countUnconfirmed, resolveUnconfirmed } from '../../src/store/unconfirmed.ts';
import { changeChannels, holdAllUnconfirmed } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const lost: Outcome = { kind: 'unknown', reason: 'answer lost' };
const unsure: Outcome = { kind: 'unsure', reason: 'May not be read.', remedy: 'Add the scope.' };

/** The reply to NVDA's first attempt is lost; then its channel may not be read until `read` gives another outcome. */
const unreadable = async (whenUnsure?: WhenUnsure) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('slack', 'C1');
  await fixture.enqueueSlide('NVDA');
  let readable: Outcome | undefined;
  const slack = recorder('slack', ({ card, key, maybePosted }, nth) => {
    if (card.title !== 'NVDA') return { kind: 'sent', messageId: key };
    if (nth === 1) return lost;
    return maybePosted ? (readable ?? unsure) : { kind: 'sent', messageId: 'again' };
  });
  const courier = fixture.createCourier([slack], whenUnsure === undefined ? {} : { whenUnsure });
  await courier.run(fixture.now);
  fixture.now += MINUTE;
  await courier.run(fixture.now);
  return {
    fixture,
    slack,
    courier,
    read: (outcome: Outcome) => {
      readable = outcome;
    },
    states: async () => (await fixture.rows()).map(({ state, reason }) => [state, reason]),
  };
};

describe('a card whose delivery is unconfirmed', () => {
  it('is held and counted, and delays no later card', async () => {
    const { fixture, courier, slack, states } = await unreadable();
    expect(await states()).toEqual([['unsure', 'May not be read. Add the scope.']]);
    expect(await countUnconfirmed(fixture.store.db)).toBe(1);
    await fixture.enqueueSlide('TSLA');
    await courier.run(fixture.now);
    expect(slack.postings.at(-1)?.card.title).toBe('TSLA');
    expect((await states())[1]?.[0]).toBe('sent');
  });

  it('is checked every three minutes, and found once the channel may be read', async () => {
    const { fixture, courier, slack, read, states } = await unreadable();
    for (let n = 0; n < 9; n += 1) {
      fixture.now += MINUTE;
      await courier.run(fixture.now);
    }
    expect(slack.postings).toHaveLength(5);
    expect(slack.postings.slice(1).every(({ maybePosted }) => maybePosted)).toBe(true);
    read({ kind: 'sent', messageId: 'm1', duplicate: true });
    fixture.now += 3 * MINUTE;
    await courier.run(fixture.now);
    expect(await states()).toEqual([['sent', null]]);
  });

  it.each([
    [undefined, 'sent', 'again'],
    ['send-again', 'sent', 'again'],
    ['give-up', 'expired', null],
  ] as const)('is resolved after an hour by WHEN_UNSURE: %s', async (choice, state, messageId) => {
    const { fixture, courier } = await unreadable(choice);
    for (let n = 0; n < 59; n += 1) {
      fixture.now += MINUTE;
      await courier.run(fixture.now);
    }
    expect(await fixture.rows()).toMatchObject([{ state: 'unsure' }]);
    fixture.now += 2 * MINUTE;
    await courier.run(fixture.now);
    expect(await fixture.rows()).toMatchObject([{ state, messageId }]);
  });

  it('is checked from its first attempt on, so that no older message is read', async () => {
    const { fixture, slack } = await unreadable();
    expect(slack.postings.map(({ since }) => since)).toEqual([fixture.now - MINUTE, fixture.now - MINUTE]);
  });
});

it('the stories of one card are resolved together, however many cards are unconfirmed', async () => {
  const fixture = await createDeliveryFixture();
  for (let n = 0; n < 100; n += 1) await fixture.addChannel('slack', `C${n}`);
  for (const symbol of ['NVDA', 'TSLA', 'META'] as const) await fixture.enqueueSlide(symbol);
  await holdAllUnconfirmed(fixture.store.db, fixture.now);
  await resolveUnconfirmed(fixture.store.db, fixture.now, 'give-up');
  const cards = Map.groupBy(await fixture.rows(), ({ batch }) => batch);
  expect([...cards.values()].map((rows) => new Set(rows.map(({ state }) => state)).size)).toEqual(Array(100).fill(1));
});

it('a card whose reply was lost is looked for from the start of the first try that may have reached the channel', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('slack', 'C1');
  await fixture.enqueueSlide('NVDA', { due: fixture.now + 2 * MINUTE });
  const made = fixture.now;
  const slack = recorder('slack', (_, nth) => (nth === 1 ? { kind: 'later', reason: 'busy' } : lost));
  const courier = fixture.createCourier([slack]);
  for (let n = 0; n < 5; n += 1) {
    fixture.now += 2 * MINUTE;
    await courier.run(fixture.now);
  }
  const [first, second] = [made, made + 4 * MINUTE];
  expect(slack.postings.map(({ since, maybePosted }) => [since, maybePosted])).toEqual([
    [first, false],
    [first, false],
    [second, true],
    [second, true],
    [second, true],
  ]);
});

it('an unconfirmed card of a paused channel is looked for after the pause', async () => {
  const { fixture, courier, slack } = await unreadable();
  const until = fixture.now + 10 * MINUTE;
  await changeChannels(fixture.store.db, { paused: '{}', pausedAt: fixture.now, tryAt: until });
  for (; fixture.now < until; fixture.now += MINUTE) await courier.run(fixture.now);
  expect(slack.postings).toHaveLength(2);
  await courier.run(fixture.now);
  expect(slack.postings).toHaveLength(3);
});

it('a card that is sent again is as if it had never been tried', async () => {
  const { fixture } = await unreadable();
  const { db } = fixture.store;
  expect(await fixture.rows()).toMatchObject([{ maybePosted: 1, doubtSince: expect.any(Number) }]);
  await resolveUnconfirmed(db, fixture.now + 2 * 60 * MINUTE, 'send-again');
  expect(await fixture.rows()).toMatchObject([{ state: 'pending', maybePosted: 0, doubtSince: null }]);
});
