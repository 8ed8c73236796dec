import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { claimBatches } from '../../src/delivery/claim.ts';
import { createStoryCache } from '../../src/delivery/story-cache.ts';
import { finish, lease, postpone, readPending, reclaim, requeue } from '../../src/store/deliveries.ts';
import { holdUnconfirmed } from '../../src/store/unconfirmed.ts';
import { changeDeliveries, storedChannels, storedDeliveries } from '../store/inspect.ts';
import { createDeliveryFixture, type DeliveryFixture, MINUTE, NOON, plainCompose, SECOND } from './delivery-fixture.ts';
import { hangingRecorder, recorder } from './recorder.ts';

/** Beyond the end of a lease: 75 seconds for the reply and 15 to record it. */
const LEASE_OVER = NOON + 91 * SECOND;
const lost: Outcome = { kind: 'unknown', reason: 'answer lost' };

const allRows = ({ store: { db } }: DeliveryFixture) => storedDeliveries(db);

const allChannels = ({ store: { db } }: DeliveryFixture) => storedChannels(db);

/** Claims what the given deliveries head, as a courier does that has read them. */
const claim = async ({ store }: DeliveryFixture, heads: Awaited<ReturnType<typeof readPending>>, now = NOON) => {
  const parts = { store, stories: createStoryCache(), onExpired: () => undefined };
  const results = await claimBatches(parts, heads, { now, until: now + 90 * SECOND });
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
};

describe('two claimers on one database', () => {
  it('post each card once', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 60; n += 1) await fixture.addChannel('discord', `${n}`);
    for (const symbol of ['NVDA', 'TSLA', 'META'] as const) await fixture.enqueueSlide(symbol);
    await fixture.enqueueKind('digest');
    const [one, other] = [recorder('discord'), recorder('discord')];
    const couriers = [one, other].map((platform) => fixture.createCourier([platform]));
    // A channel with a card of the other claimer in flight is looked at again a second later.
    for (; fixture.now <= NOON + 3 * SECOND; fixture.now += SECOND)
      await Promise.all(couriers.map((courier) => courier.run(fixture.now)));
    const keys = [...one.postings, ...other.postings].map(({ key }) => key);
    // In each channel the three slides are one card, and the digest is another.
    expect(keys).toHaveLength(120);
    expect(new Set(keys).size).toBe(120);
    expect(new Set((await fixture.rows()).map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(
      new Set(['sent 1']),
    );
  });

  it('post to a channel one after the other', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueKind('digest');
    const [slow, quick] = [hangingRecorder('discord'), recorder('discord')];
    const run = fixture.createCourier([slow]).run(NOON);
    await slow.until(1);
    await fixture.enqueueSlide('NVDA');
    const other = fixture.createCourier([quick]);
    await other.run(NOON);
    expect(quick.postings).toEqual([]);
    slow.reply({ kind: 'sent', messageId: 'm1' });
    await run;
    fixture.now += SECOND;
    await other.run(fixture.now);
    expect([...slow.postings, ...quick.postings].map(({ card }) => card.title)).toEqual(['digest', 'NVDA']);
  });

  it('that have read the same queue share it: a card is leased by one of them', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 4; n += 1) await fixture.addChannel('discord', `${n}`);
    await fixture.enqueueSlide('NVDA');
    const heads = await readPending(fixture.store.db, [1, 2, 3, 4]);
    const [one, other] = await Promise.all([claim(fixture, heads.slice(0, 3)), claim(fixture, heads.slice(1))]);
    expect(one.map((it) => it?.batch)).toEqual([1, 2, 3]);
    expect(other.map((it) => it?.batch)).toEqual([undefined, undefined, 4]);
  });
});

describe('a lease', () => {
  const read = async (symbols: readonly ('NVDA' | 'TSLA' | 'META')[] = ['NVDA']) => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    for (const symbol of symbols) await fixture.enqueueSlide(symbol);
    const deliveries = await readPending(
      fixture.store.db,
      symbols.map((_, index) => index + 1),
    );
    return { fixture, db: fixture.store.db, deliveries: deliveries.toSorted((a, b) => a.id - b.id) };
  };

  it('is not given twice for what was read once, even if the card is in the queue again', async () => {
    const { db, deliveries, fixture } = await read();
    expect(await lease(db, deliveries, { until: LEASE_OVER })).toEqual(new Set([1]));
    await reclaim(db, 'discord', LEASE_OVER, 90 * SECOND);
    expect(await lease(db, deliveries, { until: LEASE_OVER })).toEqual(new Set());
    expect(await fixture.rows()).toMatchObject([{ state: 'pending', attempts: 1, maybePosted: 1 }]);
  });

  it('of a card goes on with what is left of it', async () => {
    const { db, deliveries, fixture } = await read(['NVDA', 'TSLA', 'META']);
    await finish(db, deliveries.slice(1, 2), 'expire', { now: NOON });
    const [card] = await claim(fixture, deliveries.slice(0, 1));
    expect(card?.deliveries.map(({ symbol, attempts }) => [symbol, attempts])).toEqual([['NVDA', 1]]);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['leased', 'expired', 'pending']);
  });

  it('is not given for a card whose time has just ended: all that is on it expires at once', async () => {
    const { db, deliveries, fixture } = await read(['NVDA', 'TSLA', 'META']);
    const [card] = await claim(fixture, deliveries.slice(0, 1));
    expect(card?.deliveries).toHaveLength(3);
    await reclaim(db, 'discord', LEASE_OVER, 90 * SECOND);
    const heads = await readPending(db, [1]);
    expect(await claim(fixture, heads, heads[0]?.expiresAt)).toEqual([undefined]);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['expired', 'expired', 'expired']);
  });

  it('leaves out what cannot be leased any more, in whatever state that is', async () => {
    const { db, deliveries } = await read();
    for (const state of [
      'leased',
      'quiet',
      'sent',
      'merged',
      'summed',
      'muted',
      'expired',
      'gone',
      'failed',
    ] as const) {
      await changeDeliveries(db, { state });
      expect(await lease(db, deliveries, { until: LEASE_OVER }), state).toEqual(new Set());
    }
  });
});

describe('a claimer that was frozen', () => {
  /** One courier's post hangs until its lease has ended and another courier's attempt has had `outcome`. */
  const frozen = async (outcome: Outcome) => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA', { due: NOON + 60 * MINUTE });
    const slow = hangingRecorder('discord');
    const run = fixture.createCourier([slow]).run(NOON);
    await slow.until(1);
    fixture.now = LEASE_OVER;
    const quick = recorder('discord', () => outcome);
    const courier = fixture.createCourier([quick]);
    await courier.run(fixture.now);
    expect(quick.postings).toMatchObject([{ maybePosted: true, since: NOON }]);
    const before = [await allRows(fixture), await allChannels(fixture)];
    return {
      fixture,
      before,
      wake: async (late: Outcome) => {
        slow.reply(late);
        await run;
        return [await allRows(fixture), await allChannels(fixture)];
      },
    };
  };

  const late: readonly Outcome[] = [
    { kind: 'sent', messageId: 'late' },
    { kind: 'later', reason: 'busy' },
    lost,
    { kind: 'forbidden', reason: 'no', remedy: 'Do this.' },
    { kind: 'gone', reason: 'deleted' },
    { kind: 'rejected', reason: 'too long' },
    { kind: 'unsure', reason: 'May not be read.', remedy: 'Do this.' },
    { kind: 'credential', reason: 'Dead token.', remedy: 'Do this.' },
  ];
  const since: readonly Outcome[] = [
    { kind: 'sent', messageId: 'm1', duplicate: true },
    lost,
    { kind: 'unsure', reason: 'May not be read.', remedy: 'Do this.' },
    { kind: 'forbidden', reason: 'no', remedy: 'Do this.' },
    { kind: 'gone', reason: 'deleted' },
  ];
  it.each(late.flatMap((one) => since.map((other) => [one.kind, other.kind, one, other] as const)))(
    'changes nothing with its late %s after a %s of the next attempt',
    async (_, __, one, other) => {
      const { before, wake } = await frozen(other);
      expect(await wake(one)).toEqual(before);
    },
  );

  it('changes nothing while the next attempt is under way', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const [slow, next] = [hangingRecorder('discord'), hangingRecorder('discord')];
    const first = fixture.createCourier([slow]).run(NOON);
    await slow.until(1);
    fixture.now = LEASE_OVER;
    const second = fixture.createCourier([next]).run(fixture.now);
    await next.until(1);
    slow.reply({ kind: 'rejected', reason: 'too long' });
    await first;
    expect(await fixture.rows()).toMatchObject([{ state: 'leased', attempts: 2 }]);
    next.reply({ kind: 'sent', messageId: 'm2' });
    await second;
    expect(await fixture.rows()).toMatchObject([{ state: 'sent', attempts: 2, messageId: 'm2' }]);
  });

  it('gives its receipt if nobody has taken the card since: it is not posted again', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const slow = hangingRecorder('discord');
    const run = fixture.createCourier([slow]).run(NOON);
    await slow.until(1);
    await reclaim(fixture.store.db, 'discord', LEASE_OVER, 90 * SECOND);
    slow.reply({ kind: 'sent', messageId: 'm1' });
    await run;
    expect(await fixture.rows()).toMatchObject([{ state: 'sent', attempts: 1, messageId: 'm1' }]);
  });

  it('gives its receipt without ending a pause that began since, on another card', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueKind('digest');
    const slow = hangingRecorder('discord');
    const run = fixture.createCourier([slow]).run(NOON);
    await slow.until(1);
    await reclaim(fixture.store.db, 'discord', LEASE_OVER, 90 * SECOND);
    fixture.now = LEASE_OVER;
    await fixture.enqueueSlide('NVDA');
    const quick = recorder('discord', () => ({ kind: 'forbidden', reason: 'no', remedy: 'Do this.' }));
    await fixture.createCourier([quick]).run(fixture.now);
    const paused = await allChannels(fixture);
    expect(paused).toMatchObject([{ pausedAt: LEASE_OVER }]);
    slow.reply({ kind: 'sent', messageId: 'm1' });
    await run;
    expect((await fixture.rows()).map(({ kind, state }) => [kind, state])).toEqual([
      ['digest', 'sent'],
      ['slide', 'pending'],
    ]);
    expect(await allChannels(fixture)).toEqual(paused);
  });

  it('before it had built the card posts nothing', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const [slow, quick] = [recorder('discord'), recorder('discord')];
    const { promise: asleep, resolve: sleeps } = Promise.withResolvers<void>();
    const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
    const compose: typeof plainCompose = async (stories, language) => {
      sleeps();
      await awake;
      return plainCompose(stories, language);
    };
    const run = fixture.createCourier([slow], { compose }).run(NOON);
    await asleep;
    fixture.now = LEASE_OVER;
    await fixture.createCourier([quick]).run(fixture.now);
    wake();
    await run;
    expect([slow.postings.length, quick.postings.length]).toEqual([0, 1]);
    expect(await fixture.rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

it('a settle under an older attempt changes nothing', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const { db } = fixture.store;
  await changeDeliveries(db, { state: 'leased', attempts: 3, leasedUntil: LEASE_OVER });
  const before = await allRows(fixture);
  const old = [{ id: 1, attempts: 2 }];
  for (const transition of ['sent', 'failed', 'gone', 'merge', 'expire'] as const)
    expect(await finish(db, old, transition, { now: NOON }), transition).toBe(0);
  expect(await postpone(db, old, 'postpone', { dueAt: NOON, reason: 'late' })).toBe(0);
  expect(await holdUnconfirmed(db, old, { dueAt: NOON, heldUntil: NOON, reason: 'late' })).toBe(0);
  await requeue(db, old);
  expect(await allRows(fixture)).toEqual(before);
});
