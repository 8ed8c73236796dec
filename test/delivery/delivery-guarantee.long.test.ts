import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import type { Name } from '../cards/stories.ts';
import { storedChannels } from '../store/inspect.ts';
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
  slides: fc.array(fc.record({ symbol: fc.constantFrom(...symbols), percent: fc.integer({ min: 10, max: 60 }) }), {
    maxLength: 3,
  }),
  minutes: fc.integer({ min: 0, max: 7 }),
});

/**
 * A channel that keeps its messages and recognises them by key, like both platforms. `lost`: the message is there, but
 * the reply is lost. After `outcomes` every answer is `afterwards`.
 */
const createChannel = (outcomes: readonly Answer[], afterwards: Answer) => {
  const messages = new Map<string, string>();
  let next = 0;
  const answer = (key: string, title: string, maybePosted: boolean): Outcome => {
    if (maybePosted && messages.has(key)) return { kind: 'sent', messageId: key, duplicate: true };
    const kind = outcomes[next] ?? afterwards;
    next += 1;
    if (kind === 'sent' || kind === 'lost') {
      // There must never be a second message with one key.
      expect(messages.has(key)).toBe(false);
      messages.set(key, title);
    }
    if (kind === 'sent') return { kind, messageId: key };
    if (kind === 'lost') return { kind: 'unknown', reason: kind };
    return { kind, reason: kind, remedy: kind };
  };
  return { messages, answer };
};

it('every delivery reaches one final state, and none is sent twice, whatever a platform answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { maxLength: 25 }),
      fc.constantFrom<Answer>('sent', 'sent', 'forbidden'),
      fc.array(step, { maxLength: 8 }),
      async (outcomes, afterwards, steps) => {
        const fixture = await createDeliveryFixture();
        await fixture.addChannel('discord', '1');
        const channel = createChannel(outcomes, afterwards);
        const discord = recorder('discord', ({ key, card, maybePosted }) =>
          channel.answer(key, card.title, maybePosted),
        );
        const courier = fixture.createCourier([discord], { random: () => 0.5 });
        const ended = new Map<number, string>();
        const checkStates = async (): Promise<void> => {
          const rows = await fixture.rows();
          for (const { id, state } of rows) {
            const before = ended.get(id);
            if (before !== undefined) expect(state).toBe(before);
            if (state !== 'pending') ended.set(id, state);
          }
        };
        let enqueued = 0;
        for (const { slides, minutes } of steps) {
          const [{ status } = { status: 'in-use' }] = await storedChannels(fixture.store.db);
          for (const { symbol, percent } of slides)
            await fixture.enqueueSlide(symbol, { percent, due: fixture.now + 2 * MINUTE });
          enqueued += status === 'in-use' ? slides.length : 0;
          fixture.now += minutes * MINUTE;
          await courier.run(fixture.now);
          await checkStates();
        }
        for (let n = 0; n < 40 && ended.size < enqueued; n += 1) {
          fixture.now += 20 * MINUTE;
          await courier.run(fixture.now);
          await checkStates();
        }

        expect(ended.size).toBe(enqueued);
        const rows = await fixture.rows();
        for (const { state, messageId, settledAt } of rows) {
          expect(['sent', 'merged', 'expired', 'gone', 'failed']).toContain(state);
          expect(settledAt).toBeGreaterThanOrEqual(NOON);
          if (state === 'sent') expect(channel.messages.has(messageId ?? '')).toBe(true);
        }
        await fixture.store.close();
      },
    ),
    { numRuns: 150 },
  );
});
