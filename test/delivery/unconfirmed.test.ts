import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import type { WhenUnsure } from '../../src/store/unconfirmed.ts';
import { countUnconfirmed, resolveUnconfirmed } from '../../src/store/unconfirmed.ts';
import { createDeliveryFixture, MINUTE } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const lost: Outcome = { kind: 'unknown', reason: 'answer lost' };
const unsure: Outcome = { kind: 'unsure', reason: 'May not be read.', remedy: 'Add the scope.' };

/** The answer to NVDA's first try is lost; then its channel may not be read, until it may. */
const unreadable = async (whenUnsure?: WhenUnsure) => {
  const desk = await createDeliveryFixture();
  await desk.addChannel('slack', 'C1');
  await desk.enqueueSlide('NVDA');
  let readable: Outcome | undefined;
  const slack = recorder('slack', ({ card, key, maybePosted }, nth) => {
    if (card.title !== 'NVDA') return { kind: 'sent', messageId: key };
    if (nth === 1) return lost;
    return maybePosted ? (readable ?? unsure) : { kind: 'sent', messageId: 'again' };
  });
  const courier = desk.createCourier([slack], whenUnsure === undefined ? {} : { whenUnsure });
  await courier.run(desk.now);
  desk.now += MINUTE;
  await courier.run(desk.now);
  return {
    desk,
    slack,
    courier,
    read: (outcome: Outcome) => {
      readable = outcome;
    },
    states: async () => (await desk.rows()).map(({ state, reason }) => [state, reason]),
  };
};

describe('a card of which nobody can tell whether it arrived', () => {
  it('is set aside and counted, and holds up nothing behind it', async () => {
    const { desk, courier, slack, states } = await unreadable();
    expect(await states()).toEqual([['unsure', 'May not be read. Add the scope.']]);
    expect(await countUnconfirmed(desk.store.db)).toBe(1);
    await desk.enqueueSlide('TSLA');
    await courier.run(desk.now);
    expect(slack.postings.at(-1)?.card.title).toBe('TSLA');
    expect((await states())[1]?.[0]).toBe('sent');
  });

  it('is looked for every few minutes, and found once the channel may be read', async () => {
    const { desk, courier, slack, read, states } = await unreadable();
    for (let n = 0; n < 9; n += 1) {
      desk.now += MINUTE;
      await courier.run(desk.now);
    }
    expect(slack.postings).toHaveLength(5);
    expect(slack.postings.slice(1).every(({ maybePosted }) => maybePosted)).toBe(true);
    read({ kind: 'sent', messageId: 'm1', duplicate: true });
    desk.now += 3 * MINUTE;
    await courier.run(desk.now);
    expect(await states()).toEqual([['sent', null]]);
  });

  it.each([
    [undefined, 'sent', 'again'],
    ['send-again', 'sent', 'again'],
    ['give-up', 'expired', null],
  ] as const)('after an hour follows the choice %s', async (choice, state, message_id) => {
    const { desk, courier } = await unreadable(choice);
    for (let n = 0; n < 59; n += 1) {
      desk.now += MINUTE;
      await courier.run(desk.now);
    }
    expect(await desk.rows()).toMatchObject([{ state: 'unsure' }]);
    desk.now += 2 * MINUTE;
    await courier.run(desk.now);
    expect(await desk.rows()).toMatchObject([{ state, message_id }]);
  });

  it('hears since when it is in doubt, so that no older message is looked at', async () => {
    const { desk, slack } = await unreadable();
    expect(slack.postings.map(({ since }) => since)).toEqual([desk.now - MINUTE, desk.now - MINUTE]);
  });
});

it('the stories of one card are decided on together, however many cards are in doubt', async () => {
  const desk = await createDeliveryFixture();
  for (let n = 0; n < 100; n += 1) await desk.addChannel('slack', `C${n}`);
  for (const symbol of ['NVDA', 'TSLA', 'META'] as const) await desk.enqueueSlide(symbol);
  await desk.store.db
    .updateTable('deliveries')
    .set((row) => ({ state: 'unsure' as const, batch: row.ref('channel_id'), held_until: desk.now }))
    .execute();
  await resolveUnconfirmed(desk.store.db, desk.now, 'give-up');
  const cards = Map.groupBy(await desk.rows(), ({ batch }) => batch);
  expect([...cards.values()].map((rows) => new Set(rows.map(({ state }) => state)).size)).toEqual(Array(100).fill(1));
});
