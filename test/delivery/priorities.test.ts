import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const titles = (of: { postings: readonly { card: { title: string } }[] }): string[] =>
  of.postings.map(({ card }) => card.title);

describe('the first card to be posted', () => {
  it('is an alert, then what follows alerts, then a digest, whatever was enqueued first', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueKind('digest');
    await fixture.enqueueKind('test');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord');
    await fixture.createCourier([discord]).run(fixture.now);
    expect(titles(discord)).toEqual(['NVDA', 'test', 'digest']);
  });

  it('is an alert, even in another channel', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueKind('digest');
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord');
    await fixture.createCourier([discord]).run(fixture.now);
    expect(discord.postings.map(({ channelId, card }) => `${card.title} in ${channelId}`)).toEqual([
      'NVDA in 1',
      'NVDA in 2',
      'digest in 1',
    ]);
  });

  it('is an alert that has come while others were posted, before what was read of the queue earlier', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 40; n += 1) await fixture.addChannel('discord', `${n}`);
    await fixture.enqueueKind('digest');
    const { promise: alerted, resolve } = Promise.withResolvers<void>();
    const discord = recorder('discord', async ({ key }) => {
      await alerted;
      return { kind: 'sent', messageId: key };
    });
    const round = fixture.createCourier([discord]).run(fixture.now);
    await discord.until(32);
    fixture.now += SECOND;
    await fixture.enqueueSlide('NVDA');
    resolve();
    await round;
    expect(titles(discord).slice(32, 72)).toEqual(Array(40).fill('NVDA'));
  });

  it('is an alert, even if it is not due yet: a digest in the same channel waits for it', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueKind('digest');
    await fixture.enqueueSlide('NVDA', { due: NOON + 2 * MINUTE });
    const discord = recorder('discord');
    const courier = fixture.createCourier([discord]);
    await courier.run(fixture.now);
    expect(titles(discord)).toEqual([]);
    fixture.now += 2 * MINUTE;
    await courier.run(fixture.now);
    expect(titles(discord)).toEqual(['NVDA', 'digest']);
  });
});

describe('a platform that is behind schedule', () => {
  it('serves the channels with the newest alerts first, and keeps the order of each', async () => {
    const fixture = await createDeliveryFixture();
    const symbols = ['NVDA', 'TSLA', 'META'] as const;
    for (const [index, symbol] of symbols.entries()) {
      await fixture.addChannel('discord', `${index}`);
      await fixture.enqueueSlide(symbol, { made: NOON - (30 - 10 * index) * MINUTE });
    }
    await fixture.addChannel('discord', 'new');
    await fixture.enqueueSlide('AMZN');
    const discord = recorder('discord');
    await fixture.createCourier([discord]).run(fixture.now);
    const channels = discord.postings.map(({ channelId }) => channelId);
    expect(channels.slice(0, 4)).toEqual(['new', '2', '1', '0']);
    const first = discord.postings.filter(({ channelId }) => channelId === '0');
    expect(titles({ postings: first })).toEqual([...symbols, 'AMZN']);
  });

  it('serves the oldest first as long as it is on schedule', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA', { made: NOON - 30 * SECOND });
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('TSLA');
    const discord = recorder('discord');
    await fixture.createCourier([discord]).run(fixture.now);
    expect(discord.postings.map(({ channelId }) => channelId).slice(0, 2)).toEqual(['1', '2']);
  });
});

describe('a slow channel or platform', () => {
  it('delays no other channel, however many cards they have', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await fixture.addChannel('discord', `${n}`);
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === '0' ? answer : { kind: 'sent', messageId: key },
    );
    const round = fixture.createCourier([discord]).run(fixture.now);
    await discord.until(199);
    expect(discord.postings.filter(({ channelId }) => channelId === '0')).toHaveLength(1);
    resolve({ kind: 'sent', messageId: 'm' });
    await round;
    expect(discord.postings).toHaveLength(200);
  });

  it('that asks for a wait everywhere gets no attempt until then', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await fixture.addChannel('slack', `C${n}`);
    await fixture.enqueueSlide('NVDA');
    let busy = true;
    const slack = recorder('slack', ({ key }) =>
      busy
        ? { kind: 'later', reason: 'slow down', afterMs: 30 * SECOND, everywhere: 'throttled' }
        : { kind: 'sent', messageId: key },
    );
    const courier = fixture.createCourier([slack]);
    await courier.run(fixture.now);
    const attempts = slack.postings.length;
    expect(attempts).toBeLessThanOrEqual(32);
    fixture.now += 29 * SECOND;
    await courier.run(fixture.now);
    expect(slack.postings).toHaveLength(attempts);
    busy = false;
    fixture.now += SECOND;
    await courier.run(fixture.now);
    expect((await fixture.rows()).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('that never replies gets one card at a time until it is back', async () => {
    const fixture = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await fixture.addChannel('slack', `C${n}`);
    await fixture.enqueueSlide('NVDA');
    const slack = recorder('slack', () => ({ kind: 'later', reason: 'not reached' }));
    const courier = fixture.createCourier([slack]);
    await courier.run(fixture.now);
    expect(slack.postings.length).toBeLessThanOrEqual(64);
    const before = slack.postings.length;
    fixture.now += 10 * SECOND;
    await courier.run(fixture.now);
    expect(slack.postings).toHaveLength(before + 1);
  });
});
