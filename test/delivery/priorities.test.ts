import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const titles = (of: { postings: readonly { card: { title: string } }[] }): string[] =>
  of.postings.map(({ card }) => card.title);

describe('what goes first', () => {
  it('is an alert, then what follows alerts, then a digest, whatever was owed first', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueKind('digest');
    await desk.enqueueKind('test');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord');
    await desk.createCourier([discord]).run(desk.now);
    expect(titles(discord)).toEqual(['NVDA', 'test', 'digest']);
  });

  it('is an alert in another channel, too', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueKind('digest');
    await desk.addChannel('discord', '2');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord');
    await desk.createCourier([discord]).run(desk.now);
    expect(discord.postings.map(({ channelId, card }) => `${card.title} in ${channelId}`)).toEqual([
      'NVDA in 1',
      'NVDA in 2',
      'digest in 1',
    ]);
  });

  it('is an alert that is not due yet: a digest of the same channel waits for it', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueKind('digest');
    await desk.enqueueSlide('NVDA', { due: NOON + 2 * MINUTE });
    const discord = recorder('discord');
    const courier = desk.createCourier([discord]);
    await courier.run(desk.now);
    expect(titles(discord)).toEqual([]);
    desk.now += 2 * MINUTE;
    await courier.run(desk.now);
    expect(titles(discord)).toEqual(['NVDA', 'digest']);
  });
});

describe('a platform that is behind', () => {
  it('serves the channels with the newest alerts first, and keeps the order of each', async () => {
    const desk = await createDeliveryFixture();
    const symbols = ['NVDA', 'TSLA', 'META'] as const;
    for (const [place, symbol] of symbols.entries()) {
      await desk.addChannel('discord', `${place}`);
      await desk.enqueueSlide(symbol, { made: NOON - (30 - 10 * place) * MINUTE });
    }
    await desk.addChannel('discord', 'new');
    await desk.enqueueSlide('AMZN');
    const discord = recorder('discord');
    await desk.createCourier([discord]).run(desk.now);
    const places = discord.postings.map(({ channelId }) => channelId);
    expect(places.slice(0, 4)).toEqual(['new', '2', '1', '0']);
    const first = discord.postings.filter(({ channelId }) => channelId === '0');
    expect(titles({ postings: first })).toEqual([...symbols, 'AMZN']);
  });

  it('that is in time serves the oldest first', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA', { made: NOON - 30 * SECOND });
    await desk.addChannel('discord', '2');
    await desk.enqueueSlide('TSLA');
    const discord = recorder('discord');
    await desk.createCourier([discord]).run(desk.now);
    expect(discord.postings.map(({ channelId }) => channelId).slice(0, 2)).toEqual(['1', '2']);
  });
});

describe('a channel that is slow', () => {
  it('keeps no other waiting, however many are owed to them', async () => {
    const desk = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await desk.addChannel('discord', `${n}`);
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === '0' ? answer : { kind: 'sent', messageId: key },
    );
    const round = desk.createCourier([discord]).run(desk.now);
    await discord.until(199);
    expect(discord.postings.filter(({ channelId }) => channelId === '0')).toHaveLength(1);
    resolve({ kind: 'sent', messageId: 'm' });
    await round;
    expect(discord.postings).toHaveLength(200);
  });

  it('that asks the whole platform to wait is believed: nothing else is tried until then', async () => {
    const desk = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await desk.addChannel('slack', `C${n}`);
    await desk.enqueueSlide('NVDA');
    let busy = true;
    const slack = recorder('slack', ({ key }) =>
      busy
        ? { kind: 'later', reason: 'slow down', afterMs: 30 * SECOND, everywhere: true }
        : { kind: 'sent', messageId: key },
    );
    const courier = desk.createCourier([slack]);
    await courier.run(desk.now);
    const tried = slack.postings.length;
    expect(tried).toBeLessThanOrEqual(32);
    desk.now += 29 * SECOND;
    await courier.run(desk.now);
    expect(slack.postings).toHaveLength(tried);
    busy = false;
    desk.now += SECOND;
    await courier.run(desk.now);
    expect((await desk.rows()).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('a platform without answers is asked by one card at a time until it is back', async () => {
    const desk = await createDeliveryFixture();
    for (let n = 0; n < 100; n += 1) await desk.addChannel('slack', `C${n}`);
    await desk.enqueueSlide('NVDA');
    const slack = recorder('slack', () => ({ kind: 'later', reason: 'not reached' }));
    const courier = desk.createCourier([slack]);
    await courier.run(desk.now);
    expect(slack.postings.length).toBeLessThanOrEqual(64);
    const before = slack.postings.length;
    desk.now += 10 * SECOND;
    await courier.run(desk.now);
    expect(slack.postings).toHaveLength(before + 1);
  });
});
