import { describe, expect, it } from 'vitest';
import type { Outcome, Posting } from '../../src/chat/platform.ts';
import type { CourierParts } from '../../src/delivery/courier.ts';
import { countByState } from '../../src/store/deliveries.ts';
import { pauseFromStore } from '../../src/stories/pause.ts';
import { storedChannels } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const remedy = 'Do this.';

/** The row after each outcome of the first attempt, and the number of attempts. Waits are half of their maximum: random is 0. */
const cases: readonly { readonly outcome: Outcome; readonly row: object; readonly attempts: number }[] = [
  { outcome: { kind: 'sent', messageId: 'm1' }, row: { state: 'sent', messageId: 'm1' }, attempts: 1 },
  {
    outcome: { kind: 'later', reason: 'busy' },
    row: { state: 'pending', dueAt: NOON + SECOND, maybePosted: 0, reason: 'busy' },
    attempts: 2,
  },
  {
    outcome: { kind: 'later', reason: 'slow down', afterMs: 30 * SECOND },
    row: { state: 'pending', dueAt: NOON + 30 * SECOND, maybePosted: 0, reason: 'slow down' },
    attempts: 2,
  },
  {
    outcome: { kind: 'unknown', reason: 'answer lost' },
    row: { state: 'pending', dueAt: NOON + SECOND, maybePosted: 1, reason: 'answer lost' },
    attempts: 2,
  },
  {
    outcome: { kind: 'forbidden', reason: 'may not write', remedy },
    row: { state: 'pending', dueAt: NOON + 10 * MINUTE, maybePosted: 0, reason: 'may not write', status: 'in-use' },
    attempts: 1,
  },
  {
    outcome: { kind: 'gone', reason: 'deleted' },
    row: { state: 'gone', reason: 'deleted', status: 'away', statusReason: 'deleted' },
    attempts: 1,
  },
  {
    outcome: { kind: 'rejected', reason: 'too long' },
    row: { state: 'failed', reason: 'too long', status: 'in-use' },
    attempts: 1,
  },
  {
    outcome: { kind: 'credential', reason: 'dead token.', remedy },
    row: { state: 'pending', dueAt: NOON + SECOND, maybePosted: 0, reason: 'dead token.' },
    attempts: 2,
  },
];

describe('the courier', () => {
  it.each(cases)('records $outcome, and tries again if that may help', async ({ outcome, row, attempts }) => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord', () => outcome);
    const courier = fixture.createCourier([discord]);
    await courier.run(fixture.now);
    expect(await fixture.rows()).toMatchObject([{ attempts: 1, ...row }]);

    fixture.now += MINUTE;
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(attempts);
    expect(new Set(discord.postings.map(({ key }) => key))).toEqual(new Set(['sw-abc123-1']));
    const maybePosted = discord.postings.map((posting) => posting.maybePosted);
    expect(maybePosted).toEqual([false, outcome.kind === 'unknown'].slice(0, attempts));
  });

  it('counts attempts by platform and outcome', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('slack', 'C1');
    await fixture.enqueueSlide('NVDA');
    const counted: unknown[] = [];
    const slack = recorder('slack', () => ({ kind: 'later', reason: 'busy' }));
    const courier = fixture.createCourier([recorder('discord'), slack], {
      onOutcome: (...all) => void counted.push(all),
    });
    await courier.run(fixture.now);
    expect(counted.toSorted()).toEqual([
      ['discord', 'sent', 1],
      ['slack', 'later', 1],
    ]);
  });

  it('doubles the wait after each failure, up to five minutes', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const courier = fixture.createCourier([recorder('discord', () => ({ kind: 'later', reason: 'busy' }))], {
      random: () => 1,
    });
    const waits: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      await courier.run(fixture.now);
      const [row] = await fixture.rows();
      waits.push(((row?.dueAt ?? 0) - fixture.now) / SECOND);
      fixture.now = row?.dueAt ?? 0;
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('lets no channel wait for another where each is a service of its own', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', 'dead');
    const answer = ({ channelId, key }: Posting): Outcome =>
      channelId === 'dead' ? { kind: 'unknown', reason: 'lost' } : { kind: 'sent', messageId: key };
    const apart = { ...recorder('discord', answer), independentChannels: true as const };
    const courier = fixture.createCourier([apart]);
    await fixture.enqueueSlide('NVDA');
    for (let n = 0; n < 40; n += 1) {
      await courier.run(fixture.now);
      fixture.now += 5 * MINUTE;
    }
    expect(apart.postings.length).toBeGreaterThan(35);
    expect(courier.closures().size).toBe(0);
    await fixture.addChannel('discord', 'well');
    await fixture.enqueueSlide('META');
    await courier.run(fixture.now);
    expect((await fixture.rows()).map(({ address, state }) => [address, state])).toContainEqual(['well', 'sent']);
  });

  it('asks a platform that refuses the credential again, with growing waits, and goes on when it is good', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('NVDA');
    let good = false;
    const discord = recorder('discord', () =>
      good ? { kind: 'sent', messageId: 'm' } : { kind: 'credential', reason: 'Dead token.', remedy },
    );
    const courier = fixture.createCourier([discord]);
    const triedAt: number[] = [];
    const start = fixture.now;
    for (let minute = 0; minute < 60; minute += 1) {
      const before = discord.postings.length;
      await courier.run(fixture.now);
      if (discord.postings.length > before) triedAt.push((fixture.now - start) / MINUTE);
      fixture.now += MINUTE;
    }
    expect(triedAt[0]).toBe(0);
    const waits = triedAt.slice(1).map((at, n) => at - (triedAt[n] ?? 0));
    expect(waits.every((wait, n) => n === 0 || wait >= (waits[n - 1] ?? 0))).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15);
    expect(courier.closures().get('discord')).toMatchObject({
      cause: 'credential',
      reason: 'Dead token. Do this.',
      since: start,
    });
    good = true;
    for (let minute = 0; minute < 16; minute += 1) {
      await courier.run(fixture.now);
      fixture.now += MINUTE;
    }
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(courier.closures()).toEqual(new Map());
  });

  it('asks for the credential before it tries a card, where the platform can be asked', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    let taken: boolean | undefined = false;
    const posts = recorder('discord', (_posting, nth) =>
      nth === 1 ? { kind: 'credential', reason: 'Dead token.', remedy } : { kind: 'sent', messageId: 'm' },
    );
    const courier = fixture.createCourier([{ ...posts, takesCredential: async () => taken }]);
    await courier.run(fixture.now);
    fixture.now += 2 * MINUTE;
    await courier.run(fixture.now);
    expect(posts.postings).toHaveLength(1);
    taken = true;
    fixture.now += 5 * MINUTE;
    await courier.run(fixture.now);
    expect(posts.postings).toHaveLength(2);
    expect(courier.closures()).toEqual(new Map());
  });

  it('waits everywhere after a refusal that is not about the channel, and tries one card when the wait is over', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 1; n <= 5; n += 1) await fixture.addChannel('discord', String(n));
    await fixture.enqueueSlide('NVDA');
    let refusing = true;
    const discord = recorder('discord', () =>
      refusing ? { kind: 'later', reason: 'Blocked.', everywhere: 'refused' } : { kind: 'sent', messageId: 'm' },
    );
    const courier = fixture.createCourier([discord]);
    await courier.run(fixture.now);
    const first = discord.postings.length;
    fixture.now += 10 * SECOND;
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(first);
    fixture.now += MINUTE;
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(first + 1);
    expect(courier.closures().get('discord')).toMatchObject({ cause: 'refused', since: NOON });
    refusing = false;
    for (let n = 0; n < 10; n += 1) {
      fixture.now += 5 * MINUTE;
      await courier.run(fixture.now);
    }
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(Array(5).fill('sent'));
  });

  it('pauses a channel whose refusals are in no list after some tries, so that its person is told', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord', () => ({ kind: 'unlisted', reason: 'Odd.', code: 'odd_code' }));
    const courier = fixture.createCourier([discord]);
    for (let n = 0; n < 4; n += 1) {
      await courier.run(fixture.now);
      fixture.now += MINUTE;
    }
    expect((await storedChannels(fixture.store.db)).map(({ paused }) => paused)).toEqual([null]);
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(5);
    expect((await storedChannels(fixture.store.db)).map(({ paused }) => pauseFromStore(String(paused)))).toMatchObject([
      { key: 'unlisted', values: { code: 'odd_code' } },
    ]);
  });

  it('drops all deliveries of a channel that is gone, and no others', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA', { due: NOON + MINUTE });
    const courier = fixture.createCourier([
      recorder('discord', ({ channelId, key }) =>
        channelId === '1' ? { kind: 'gone', reason: 'deleted' } : { kind: 'sent', messageId: key },
      ),
    ]);
    await courier.run(fixture.now);
    const rows = await fixture.rows();
    expect(rows.map(({ symbol, address, state }) => [symbol, address, state])).toEqual([
      ['NVDA', '1', 'gone'],
      ['NVDA', '2', 'sent'],
      ['TSLA', '1', 'gone'],
      ['TSLA', '2', 'pending'],
    ]);
  });

  it('posts no expired delivery, however many there are', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 450; n += 1) await fixture.addChannel('discord', `${n}`);
    await fixture.enqueueSlide('NVDA');
    fixture.now += 13 * 60 * MINUTE;
    const discord = recorder('discord');
    const counted: number[] = [];
    const onOutcome: CourierParts['onOutcome'] = (_, outcome, count) => {
      if (outcome === 'expired') counted.push(count);
    };
    await fixture.createCourier([discord], { onOutcome }).run(fixture.now);
    expect(discord.postings).toEqual([]);
    expect(await countByState(fixture.store.db)).toEqual({ expired: 450 });
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(450);
  });

  it('expires deliveries after their lifetime, and counts them', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    const counted: unknown[] = [];
    const discord = recorder('discord', () => ({ kind: 'later', reason: 'busy' }));
    const courier = fixture.createCourier([discord], { onOutcome: (...all) => void counted.push(all) });
    fixture.now += 12 * 60 * MINUTE;
    await courier.run(fixture.now);
    expect(discord.postings).toEqual([]);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['expired', 'expired']);
    expect(counted).toEqual([['any', 'expired', 2]]);
  });
});
