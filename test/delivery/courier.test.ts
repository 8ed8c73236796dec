import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createDeliveryFixture, MINUTE, NOON, plainCompose, SECOND } from './delivery-fixture.ts';
import { hangingRecorder, recorder } from './recorder.ts';

const titles = (of: { postings: readonly { card: { title: string } }[] }): string[] =>
  of.postings.map(({ card }) => card.title);

describe('the order of a channel', () => {
  it('is kept while the first card waits', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    const discord = recorder('discord', ({ key }, nth) =>
      nth === 1 ? { kind: 'later', reason: 'busy', afterMs: MINUTE } : { kind: 'sent', messageId: key },
    );
    const courier = fixture.createCourier([discord]);
    await courier.run(fixture.now);
    expect(titles(discord)).toEqual(['NVDA']);
    fixture.now += MINUTE;
    await courier.run(fixture.now);
    expect(titles(discord)).toEqual(['NVDA', 'NVDA', 'TSLA']);
  });

  it('delays no other channel', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === '1' ? { kind: 'forbidden', reason: 'no', remedy: '' } : { kind: 'sent', messageId: key },
    );
    await fixture.createCourier([discord]).run(fixture.now);
    expect((await fixture.rows()).map(({ address, state }) => [address, state])).toEqual([
      ['1', 'pending'],
      ['2', 'sent'],
    ]);
  });
});

describe('a platform that fails', () => {
  it('and hangs delays no other platform, in this run or the next', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('slack', 'C1');
    await fixture.enqueueSlide('NVDA');
    const discord = hangingRecorder('discord');
    const slack = recorder('slack');
    const courier = fixture.createCourier([discord, slack]);
    const [toDiscord, toSlack] = courier.jobs;
    const stuck = toDiscord?.run(fixture.now);
    await discord.until(1);
    await toSlack?.run(fixture.now);
    await fixture.enqueueSlide('TSLA');
    await toSlack?.run(fixture.now);
    expect(titles(slack)).toEqual(['NVDA', 'TSLA']);
    expect(titles(discord)).toEqual(['NVDA']);
    discord.reply({ kind: 'sent', messageId: 'm' });
    await stuck;
  });

  it('and hangs in one channel delays no other, even if that one’s card becomes due only then', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', 'slow');
    await fixture.enqueueSlide('NVDA');
    const { promise: hanging, resolve: release } = Promise.withResolvers<Outcome>();
    const discord = recorder('discord', ({ channelId, key }) =>
      channelId === 'slow' ? hanging : { kind: 'sent', messageId: key },
    );
    const round = fixture.createCourier([discord]).run(fixture.now);
    await discord.until(1);
    await fixture.addChannel('discord', 'quick');
    await fixture.enqueueSlide('TSLA');
    fixture.now += MINUTE;
    await discord.until(2);
    expect(discord.postings.map(({ channelId }) => channelId)).toEqual(['slow', 'quick']);
    release({ kind: 'sent', messageId: 'm' });
    await round;
  });

  it('and never replies counts as a lost reply', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord', () => new Promise(() => {}));
    await fixture.createCourier([discord], { replyTimeoutMs: 20 }).run(fixture.now);
    expect(await fixture.rows()).toMatchObject([{ state: 'pending', maybePosted: 1, dueAt: NOON + SECOND }]);
  });

  it('and rejects where it must not counts as a lost reply', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord', () => Promise.reject(new TypeError('a bug')));
    await fixture.createCourier([discord, recorder('slack')]).run(fixture.now);
    expect(await fixture.rows()).toMatchObject([{ state: 'pending', maybePosted: 1 }]);
  });
});

describe('a card that cannot be built', () => {
  it('delays no other, is not lost, and is posted once it can be built', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.addChannel('slack', 'C1');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    let broken = true;
    const discord = recorder('discord');
    const slack = recorder('slack');
    const courier = fixture.createCourier([discord, slack], {
      compose: async (stories, language) => {
        if (broken && stories.some(({ symbol }) => symbol === 'NVDA')) throw new RangeError('no such number');
        return plainCompose(stories, language);
      },
    });
    await courier.run(fixture.now);
    fixture.now += MINUTE;
    await courier.run(fixture.now);
    expect([titles(discord), titles(slack)]).toEqual([['TSLA'], ['TSLA']]);
    expect((await fixture.rows()).filter(({ symbol }) => symbol === 'NVDA')).toMatchObject([
      { state: 'pending', maybePosted: 0 },
      { state: 'pending', maybePosted: 0 },
    ]);
    broken = false;
    fixture.now += MINUTE;
    await courier.run(fixture.now);
    expect([titles(discord), titles(slack)]).toEqual([
      ['TSLA', 'NVDA'],
      ['TSLA', 'NVDA'],
    ]);
  });

  it('does not make the platform count as behind schedule: later cards keep their order', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = recorder('discord');
    const compose: typeof plainCompose = async (stories, language) => {
      if (stories.some(({ symbol }) => symbol === 'NVDA')) throw new RangeError('no such number');
      return plainCompose(stories, language);
    };
    const courier = fixture.createCourier([discord], { compose });
    await courier.run(fixture.now);
    fixture.now += 10 * MINUTE;
    await fixture.addChannel('discord', '2');
    await fixture.enqueueSlide('TSLA');
    await courier.run(fixture.now);
    expect(discord.postings.map(({ channelId }) => channelId)).toEqual(['1', '2']);
  });
});

describe('stopping', () => {
  it('waits for posts in flight, and starts nothing new', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    const discord = hangingRecorder('discord');
    const courier = fixture.createCourier([discord]);
    const round = courier.run(fixture.now);
    await discord.until(1);
    const stopped = courier.stop();
    discord.reply({ kind: 'sent', messageId: 'm' });
    await stopped;
    await round;
    await courier.run(fixture.now + MINUTE);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent', 'pending']);
  });

  it('does not wait for a reply beyond its grace time: the delivery stays leased', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA');
    const discord = hangingRecorder('discord');
    const courier = fixture.createCourier([discord]);
    const round = courier.run(fixture.now);
    await discord.until(1);
    await courier.stop(10);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['leased']);
    discord.reply({ kind: 'sent', messageId: 'm' });
    await round;
  });
});

it('an expired lease is tried again as possibly posted, and a valid one is left alone', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const dead = hangingRecorder('discord');
  const round = fixture.createCourier([dead]).run(fixture.now);
  await dead.until(1);
  const alive = recorder('discord');
  const courier = fixture.createCourier([alive]);
  fixture.now = NOON + 89 * SECOND;
  await courier.run(fixture.now);
  expect(alive.postings).toEqual([]);
  fixture.now = NOON + 90 * SECOND;
  await courier.run(fixture.now);
  expect(alive.postings).toMatchObject([{ key: 'sw-abc123-1', maybePosted: true }]);
  dead.reply({ kind: 'later', reason: 'the test is over' });
  await round;
});

it('a lease that has just expired still blocks the later cards of its channel', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const dead = hangingRecorder('discord');
  const round = fixture.createCourier([dead]).run(fixture.now);
  await dead.until(1);
  await fixture.enqueueSlide('TSLA', { made: NOON + 80 * SECOND });
  const alive = recorder('discord');
  const courier = fixture.createCourier([alive]);
  // Leases are checked once a second: the first check comes just before the end of the lease, the next just after.
  for (const seconds of [89.5, 90.2, 91, 92.5]) {
    fixture.now = NOON + seconds * SECOND;
    await courier.run(fixture.now);
  }
  expect(titles(alive)).toEqual(['NVDA', 'TSLA']);
  dead.reply({ kind: 'later', reason: 'the test is over' });
  await round;
});
