import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import type { CourierParts } from '../../src/delivery/courier.ts';
import { countByState } from '../../src/store/deliveries.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const remedy = 'Do this.';

/** What each outcome of the first try leaves in the row, with chance at 0: waits are half of their most. */
const cases: readonly { readonly outcome: Outcome; readonly row: object; readonly tries: number }[] = [
  { outcome: { kind: 'sent', messageId: 'm1' }, row: { state: 'sent', message_id: 'm1' }, tries: 1 },
  {
    outcome: { kind: 'later', reason: 'busy' },
    row: { state: 'pending', due_at: NOON + SECOND, maybe_posted: 0, reason: 'busy' },
    tries: 2,
  },
  {
    outcome: { kind: 'later', reason: 'slow down', afterMs: 30 * SECOND },
    row: { state: 'pending', due_at: NOON + 30 * SECOND, maybe_posted: 0, reason: 'slow down' },
    tries: 2,
  },
  {
    outcome: { kind: 'unknown', reason: 'answer lost' },
    row: { state: 'pending', due_at: NOON + SECOND, maybe_posted: 1, reason: 'answer lost' },
    tries: 2,
  },
  {
    outcome: { kind: 'forbidden', reason: 'may not write', remedy },
    row: { state: 'pending', due_at: NOON + 10 * MINUTE, maybe_posted: 0, reason: 'may not write', retired: null },
    tries: 1,
  },
  {
    outcome: { kind: 'gone', reason: 'deleted' },
    row: { state: 'gone', reason: 'deleted', retired: 'deleted' },
    tries: 1,
  },
  {
    outcome: { kind: 'rejected', reason: 'too long' },
    row: { state: 'failed', reason: 'too long', retired: null },
    tries: 1,
  },
  {
    outcome: { kind: 'down', reason: 'dead token.', remedy },
    row: { state: 'pending', due_at: NOON + SECOND, maybe_posted: 0, reason: 'dead token.' },
    tries: 1,
  },
];

describe('what a try came to', () => {
  it.each(cases)(
    '$outcome: the row says so, and it is tried again where it may help',
    async ({ outcome, row, tries }) => {
      const desk = await createDeliveryFixture();
      await desk.addChannel('discord', '1');
      await desk.enqueueSlide('NVDA');
      const discord = recorder('discord', () => outcome);
      const courier = desk.createCourier([discord]);
      await courier.run(desk.now);
      expect(await desk.rows()).toMatchObject([{ attempts: 1, ...row }]);

      desk.now += MINUTE;
      await courier.run(desk.now);
      expect(discord.postings).toHaveLength(tries);
      expect(new Set(discord.postings.map(({ key }) => key))).toEqual(new Set(['sw-abc123-1']));
      const inDoubt = discord.postings.map(({ maybePosted }) => maybePosted);
      expect(inDoubt).toEqual([false, outcome.kind === 'unknown'].slice(0, tries));
    },
  );

  it('counts each try by platform and outcome', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.addChannel('slack', 'C1');
    await desk.enqueueSlide('NVDA');
    const counted: unknown[] = [];
    const slack = recorder('slack', () => ({ kind: 'later', reason: 'busy' }));
    const courier = desk.createCourier([recorder('discord'), slack], { onOutcome: (...all) => void counted.push(all) });
    await courier.run(desk.now);
    expect(counted.toSorted()).toEqual([
      ['discord', 'sent', 1],
      ['slack', 'later', 1],
    ]);
  });

  it('waits twice as long after each failure, five minutes at most', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const courier = desk.createCourier([recorder('discord', () => ({ kind: 'later', reason: 'busy' }))], {
      random: () => 1,
    });
    const waits: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      await courier.run(desk.now);
      const [row] = await desk.rows();
      waits.push(((row?.due_at ?? 0) - desk.now) / SECOND);
      desk.now = row?.due_at ?? 0;
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('says why a platform takes nothing any more, and asks it no more', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord', () => ({ kind: 'down', reason: 'Dead token.', remedy }));
    const courier = desk.createCourier([discord]);
    await courier.run(desk.now);
    await desk.enqueueSlide('TSLA');
    desk.now += 10 * MINUTE;
    await courier.run(desk.now);
    expect(courier.down()).toEqual(new Map([['discord', 'Dead token. Do this.']]));
    expect(discord.postings).toHaveLength(1);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  });

  it('ends everything that is owed to a channel that is gone, and nothing else', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.addChannel('discord', '2');
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA', { due: NOON + MINUTE });
    const courier = desk.createCourier([
      recorder('discord', ({ channelId, key }) =>
        channelId === '1' ? { kind: 'gone', reason: 'deleted' } : { kind: 'sent', messageId: key },
      ),
    ]);
    await courier.run(desk.now);
    const rows = await desk.rows();
    expect(rows.map(({ symbol, address, state }) => [symbol, address, state])).toEqual([
      ['NVDA', '1', 'gone'],
      ['NVDA', '2', 'sent'],
      ['TSLA', '1', 'gone'],
      ['TSLA', '2', 'pending'],
    ]);
  });

  it('posts nothing that has outlived its use, however much of it there is', async () => {
    const desk = await createDeliveryFixture();
    for (let n = 0; n < 450; n += 1) await desk.addChannel('discord', `${n}`);
    await desk.enqueueSlide('NVDA');
    desk.now += 13 * 60 * MINUTE;
    const discord = recorder('discord');
    const counted: number[] = [];
    const onOutcome: CourierParts['onOutcome'] = (_, outcome, count) => {
      if (outcome === 'expired') counted.push(count);
    };
    await desk.createCourier([discord], { onOutcome }).run(desk.now);
    expect(discord.postings).toEqual([]);
    expect(await countByState(desk.store.db)).toEqual({ expired: 450 });
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(450);
  });

  it('marks what has outlived its use as expired, and counts it', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    const counted: unknown[] = [];
    const discord = recorder('discord', () => ({ kind: 'later', reason: 'busy' }));
    const courier = desk.createCourier([discord], { onOutcome: (...all) => void counted.push(all) });
    desk.now += 12 * 60 * MINUTE;
    await courier.run(desk.now);
    expect(discord.postings).toEqual([]);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['expired', 'expired']);
    expect(counted).toEqual([['any', 'expired', 2]]);
  });
});
