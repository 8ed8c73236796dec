import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createDeliveryFixture, MINUTE, NOON, plainCompose, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const titles = (of: { postings: readonly { card: { title: string } }[] }): string[] =>
  of.postings.map(({ card }) => card.title);

describe('the order of a channel', () => {
  it('is kept while the first one waits', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    const discord = recorder('discord', ({ key }, nth) =>
      nth === 1 ? { kind: 'later', reason: 'busy', afterMs: MINUTE } : { kind: 'sent', messageId: key },
    );
    const courier = desk.createCourier([discord]);
    await courier.run(desk.now);
    expect(titles(discord)).toEqual(['NVDA']);
    desk.now += MINUTE;
    await courier.run(desk.now);
    expect(titles(discord)).toEqual(['NVDA', 'NVDA', 'TSLA']);
  });

  it('holds up no other channel', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.addChannel('discord', '2');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === '1' ? { kind: 'forbidden', reason: 'no', remedy: '' } : { kind: 'sent', messageId: key },
    );
    await desk.createCourier([discord]).run(desk.now);
    expect((await desk.rows()).map(({ address, state }) => [address, state])).toEqual([
      ['1', 'pending'],
      ['2', 'sent'],
    ]);
  });
});

describe('a platform in trouble', () => {
  it('that hangs holds up no other one, in this round or the next', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.addChannel('slack', 'C1');
    await desk.enqueueSlide('NVDA');
    const { promise: hanging, resolve: release } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', () => hanging);
    const slack = recorder('slack');
    const courier = desk.createCourier([discord, slack]);
    const [toDiscord, toSlack] = courier.jobs;
    const stuck = toDiscord?.run(desk.now);
    await discord.until(1);
    await toSlack?.run(desk.now);
    await desk.enqueueSlide('TSLA');
    await toSlack?.run(desk.now);
    expect(titles(slack)).toEqual(['NVDA', 'TSLA']);
    expect(titles(discord)).toEqual(['NVDA']);
    release({ kind: 'sent', messageId: 'm' });
    await stuck;
  });

  it('in one channel holds up no other channel, though what is owed there becomes due only then', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', 'slow');
    await desk.enqueueSlide('NVDA');
    const { promise: hanging, resolve: release } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === 'slow' ? hanging : { kind: 'sent', messageId: key },
    );
    const round = desk.createCourier([discord]).run(desk.now);
    await discord.until(1);
    await desk.addChannel('discord', 'quick');
    await desk.enqueueSlide('TSLA');
    desk.now += MINUTE;
    await discord.until(2);
    expect(discord.postings.map(({ channelId }) => channelId)).toEqual(['slow', 'quick']);
    release({ kind: 'sent', messageId: 'm' });
    await round;
  });

  it('that never answers is taken for one whose answer was lost', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord', () => new Promise(() => {}));
    await desk.createCourier([discord], { replyTimeoutMs: 20 }).run(desk.now);
    expect(await desk.rows()).toMatchObject([{ state: 'pending', maybe_posted: 1, due_at: NOON + SECOND }]);
  });

  it('that rejects where it must not is taken for one whose answer was lost', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord', () => Promise.reject(new TypeError('a bug')));
    await desk.createCourier([discord, recorder('slack')]).run(desk.now);
    expect(await desk.rows()).toMatchObject([{ state: 'pending', maybe_posted: 1 }]);
  });
});

describe('a card that cannot be made', () => {
  it('stops no other, is not lost, and goes out once it can be made', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.addChannel('slack', 'C1');
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    let broken = true;
    const discord = recorder('discord');
    const slack = recorder('slack');
    const courier = desk.createCourier([discord, slack], {
      compose: async (stories, language) => {
        if (broken && stories.some(({ symbol }) => symbol === 'NVDA')) throw new RangeError('no such number');
        return plainCompose(stories, language);
      },
    });
    await courier.run(desk.now);
    desk.now += MINUTE;
    await courier.run(desk.now);
    expect([titles(discord), titles(slack)]).toEqual([['TSLA'], ['TSLA']]);
    expect((await desk.rows()).filter(({ symbol }) => symbol === 'NVDA')).toMatchObject([
      { state: 'pending', maybe_posted: 0 },
      { state: 'pending', maybe_posted: 0 },
    ]);
    broken = false;
    desk.now += MINUTE;
    await courier.run(desk.now);
    expect([titles(discord), titles(slack)]).toEqual([
      ['TSLA', 'NVDA'],
      ['TSLA', 'NVDA'],
    ]);
  });

  it('does not make the platform count as behind: what comes later keeps its order', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const discord = recorder('discord');
    const compose: typeof plainCompose = async (stories, language) => {
      if (stories.some(({ symbol }) => symbol === 'NVDA')) throw new RangeError('no such number');
      return plainCompose(stories, language);
    };
    const courier = desk.createCourier([discord], { compose });
    await courier.run(desk.now);
    desk.now += 10 * MINUTE;
    await desk.addChannel('discord', '2');
    await desk.enqueueSlide('TSLA');
    await courier.run(desk.now);
    expect(discord.postings.map(({ channelId }) => channelId)).toEqual(['1', '2']);
  });
});

describe('stopping', () => {
  it('lets what is in flight end, and begins nothing new', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', () => answer);
    const courier = desk.createCourier([discord]);
    const round = courier.run(desk.now);
    await discord.until(1);
    const stopped = courier.stop();
    resolve({ kind: 'sent', messageId: 'm' });
    await stopped;
    await round;
    await courier.run(desk.now + MINUTE);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['sent', 'pending']);
  });

  it('gives up on an answer after its grace: the delivery stays leased, to be looked for at the next start', async () => {
    const desk = await createDeliveryFixture();
    await desk.addChannel('discord', '1');
    await desk.enqueueSlide('NVDA');
    const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', () => answer);
    const courier = desk.createCourier([discord]);
    const round = courier.run(desk.now);
    await discord.until(1);
    await courier.stop(10);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['leased']);
    resolve({ kind: 'sent', messageId: 'm' });
    await round;
  });
});

it('a lease that ran out is tried again in doubt, and one that did not is left alone', async () => {
  const desk = await createDeliveryFixture();
  await desk.addChannel('discord', '1');
  await desk.enqueueSlide('NVDA');
  const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
  const dead = recorder('discord', () => answer);
  const round = desk.createCourier([dead]).run(desk.now);
  await dead.until(1);
  const alive = recorder('discord');
  const courier = desk.createCourier([alive]);
  desk.now = NOON + 89 * SECOND;
  await courier.run(desk.now);
  expect(alive.postings).toEqual([]);
  desk.now = NOON + 90 * SECOND;
  await courier.run(desk.now);
  expect(alive.postings).toMatchObject([{ key: 'sw-abc123-1', maybePosted: true }]);
  resolve({ kind: 'later', reason: 'the test is over' });
  await round;
});

it('a lease that has just run out still stands before what comes after it', async () => {
  const desk = await createDeliveryFixture();
  await desk.addChannel('discord', '1');
  await desk.enqueueSlide('NVDA');
  const { promise: answer, resolve } = Promise.withResolvers<Outcome>();
  const dead = recorder('discord', () => answer);
  const round = desk.createCourier([dead]).run(desk.now);
  await dead.until(1);
  await desk.enqueueSlide('TSLA', { made: NOON + 80 * SECOND });
  const alive = recorder('discord');
  const courier = desk.createCourier([alive]);
  // Leases are looked after once a second: this look comes just before the lease ends, and the next just after.
  for (const seconds of [89.5, 90.2, 91, 92.5]) {
    desk.now = NOON + seconds * SECOND;
    await courier.run(desk.now);
  }
  expect(titles(alive)).toEqual(['NVDA', 'TSLA']);
  resolve({ kind: 'later', reason: 'the test is over' });
  await round;
});
