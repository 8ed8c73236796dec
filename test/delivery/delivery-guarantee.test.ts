import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import type { Name } from '../cards/stories.ts';
import { createDeliveryFixture, MINUTE, NOON } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const symbols: readonly Name[] = ['NVDA', 'TSLA', 'META', 'AMZN'];

type Answer = 'sent' | 'later' | 'unknown' | 'lost' | 'forbidden' | 'rejected' | 'gone';

const outcome: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('sent' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('later' as const, 'unknown' as const, 'lost' as const, 'forbidden' as const),
  },
  { weight: 1, arbitrary: fc.constantFrom('rejected' as const, 'gone' as const) },
);

const step = fc.record({
  owe: fc.array(fc.record({ symbol: fc.constantFrom(...symbols), percent: fc.integer({ min: 10, max: 60 }) }), {
    maxLength: 3,
  }),
  minutes: fc.integer({ min: 0, max: 7 }),
});

/**
 * A channel that keeps what reaches it and knows a message by its key, as both platforms let us. `lost`: the message
 * is there and the answer is not. After the outcomes it is `afterwards` for ever.
 */
const createChannel = (outcomes: readonly Answer[], afterwards: Answer) => {
  const messages = new Map<string, string>();
  let place = 0;
  const answer = (key: string, title: string, maybePosted: boolean): Outcome => {
    if (maybePosted && messages.has(key)) return { kind: 'sent', messageId: key, duplicate: true };
    const kind = outcomes[place] ?? afterwards;
    place += 1;
    if (kind === 'sent' || kind === 'lost') {
      // A second message under one key is what must never happen.
      expect(messages.has(key)).toBe(false);
      messages.set(key, title);
    }
    if (kind === 'sent') return { kind, messageId: key };
    if (kind === 'lost') return { kind: 'unknown', reason: kind };
    return { kind, reason: kind, remedy: kind };
  };
  return { messages, answer };
};

it('every delivery ends once, none is sent twice and none is forgotten, whatever a platform answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { maxLength: 25 }),
      fc.constantFrom<Answer>('sent', 'sent', 'forbidden'),
      fc.array(step, { maxLength: 8 }),
      async (outcomes, afterwards, steps) => {
        const desk = await createDeliveryFixture();
        await desk.addChannel('discord', '1');
        const channel = createChannel(outcomes, afterwards);
        const discord = recorder('discord', ({ key, card, maybePosted }) =>
          channel.answer(key, card.title, maybePosted),
        );
        const courier = desk.createCourier([discord], { random: () => 0.5 });
        const ended = new Map<number, string>();
        const look = async (): Promise<void> => {
          const rows = await desk.store.db.selectFrom('deliveries').select(['id', 'state']).execute();
          for (const { id, state } of rows) {
            const before = ended.get(id);
            if (before !== undefined) expect(state).toBe(before);
            if (state !== 'pending') ended.set(id, state);
          }
        };
        let owed = 0;
        for (const { owe, minutes } of steps) {
          const [{ retired } = { retired: null }] = await desk.store.db
            .selectFrom('channels')
            .select('retired')
            .execute();
          for (const { symbol, percent } of owe)
            await desk.enqueueSlide(symbol, { percent, due: desk.now + 2 * MINUTE });
          owed += retired === null ? owe.length : 0;
          desk.now += minutes * MINUTE;
          await courier.run(desk.now);
          await look();
        }
        for (let n = 0; n < 40 && ended.size < owed; n += 1) {
          desk.now += 20 * MINUTE;
          await courier.run(desk.now);
          await look();
        }

        expect(ended.size).toBe(owed);
        const rows = await desk.store.db
          .selectFrom('deliveries')
          .select(['state', 'message_id', 'settled_at'])
          .execute();
        for (const { state, message_id, settled_at } of rows) {
          expect(['sent', 'merged', 'expired', 'gone', 'failed']).toContain(state);
          expect(settled_at).toBeGreaterThanOrEqual(NOON);
          if (state === 'sent') expect(channel.messages.has(message_id ?? '')).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
