import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createComposer } from '../../src/delivery/compose.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { silent } from '../../src/telemetry/log.ts';
import { changeChannels } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, NOON } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const catalogue = loadCatalogue();
const { compose } = createComposer(catalogue, silent);
const HOUR = 60 * MINUTE;
const WHY = { key: 'discord-see' };
const FORBIDDEN: Outcome = { kind: 'forbidden', reason: 'May not write.', remedy: 'Let it.', why: WHY };

/** Channels of servers. `closed` are those that refuse posts; `acceptsMessages`: whether people accept direct messages. */
const server = async (
  channels: readonly {
    address: string;
    workspace?: string;
    madeBy?: string;
    language?: string;
    settings?: ChannelSettings;
  }[],
  { acceptsMessages = false } = {},
) => {
  const fixture = await createDeliveryFixture();
  const closed = new Map<string, Outcome>([['1', FORBIDDEN]]);
  const people: string[] = [];
  for (const { address, workspace = '9', ...more } of channels) {
    await fixture.addChannel('discord', address, more);
    await changeChannels(fixture.store.db, { workspace }, { address });
  }
  const discord = {
    ...recorder('discord', ({ channelId, key }) => closed.get(channelId) ?? { kind: 'sent', messageId: key }),
    sendDirectMessage: async (person: string) => {
      people.push(person);
      return acceptsMessages;
    },
  };
  const courier = fixture.createCourier([discord], { catalogue, compose });
  return {
    fixture,
    closed,
    people,
    run: () => courier.run(fixture.now),
    notices: () =>
      discord.postings
        .filter(({ card }) => card.kind === 'trouble')
        .map(({ channelId, card }) => ({ channelId, card })),
  };
};

it.each([{ madeBy: '777' }, {}])(
  'is posted in another channel if the person %o cannot be notified, once per pause',
  async (who) => {
    const { fixture, closed, people, run, notices } = await server([
      { address: '1', ...who },
      { address: '2', language: 'ko' },
    ]);
    await fixture.enqueueSlide('NVDA');
    for (; fixture.now < NOON + 3 * HOUR; fixture.now += 10 * MINUTE) await run();
    expect(people).toEqual('madeBy' in who ? ['777'] : []);
    expect(notices()).toHaveLength(1);
    const [first] = notices();
    expect(first?.channelId).toBe('2');
    expect(first?.card.title).toBe('▲ 다른 채널에 알림을 보내지 못하고 있습니다');
    expect(first?.card.lead[0]).toContain('채널 보기');
    expect(first?.card.sections[0]?.rows[0]).toMatchObject({ label: '1', link: 'https://discord.com/channels/9/1' });
    closed.delete('1');
    fixture.now += 2 * HOUR;
    await run();
    closed.set('1', FORBIDDEN);
    await fixture.enqueueSlide('TSLA');
    await run();
    expect(notices()).toHaveLength(2);
  },
);

it.each<[string, Outcome]>([
  ['paused', FORBIDDEN],
  ['gone', { kind: 'gone', reason: 'deleted' }],
])('is not posted if the person was notified that the channel is %s', async (_, refusal) => {
  const { fixture, closed, people, run, notices } = await server([{ address: '1', madeBy: '777' }, { address: '2' }], {
    acceptsMessages: true,
  });
  closed.set('1', refusal);
  await fixture.enqueueSlide('NVDA');
  await run();
  await run();
  expect([people, notices()]).toEqual([['777'], []]);
});

it('is not posted in another server, in a paused channel, or in the channel itself', async () => {
  const { fixture, closed, run, notices } = await server([
    { address: '1' },
    { address: '2' },
    { address: '3', workspace: '8' },
  ]);
  closed.set('2', FORBIDDEN);
  await fixture.enqueueSlide('NVDA');
  await run();
  closed.clear();
  fixture.now += 2 * HOUR;
  await run();
  expect(notices().filter(({ channelId }) => channelId === '3')).toEqual([]);
});

it('is posted in the first channel that is not paused', async () => {
  const { fixture, run, notices } = await server([{ address: '1' }, { address: '2' }, { address: '3' }]);
  const later = NOON + 24 * HOUR;
  await changeChannels(
    fixture.store.db,
    { paused: '{}', pausedAt: NOON, tryAt: later, personTold: 1 },
    { address: '2' },
  );
  await fixture.enqueueSlide('NVDA');
  await run();
  await run();
  expect(notices().map(({ channelId }) => channelId)).toEqual(['3']);
});

it('says how to go on if the channel is gone', async () => {
  const { fixture, closed, run, notices } = await server([{ address: '1' }, { address: '2' }]);
  closed.set('1', { kind: 'gone', reason: 'deleted' });
  await fixture.enqueueSlide('NVDA');
  await run();
  expect(notices().map(({ channelId, card }) => [channelId, card.lead[0]])).toEqual([
    ['2', 'Slidewatch no longer posts there. To continue, type /setup in another channel.'],
  ]);
});

it('is posted once an hour in one channel, however many others are paused', async () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ address: `${100 + n}` }));
  const { fixture, closed, run, notices } = await server([{ address: '2' }, ...many]);
  for (const { address } of many) closed.set(address, FORBIDDEN);
  await fixture.enqueueSlide('NVDA');
  for (; fixture.now < NOON + 30 * MINUTE; fixture.now += MINUTE) await run();
  expect(notices()).toHaveLength(1);
});

it('waits for the end of quiet hours', async () => {
  const settings = { timeZone: 'UTC', quiet: { from: '15:00', to: '18:00' } };
  const { fixture, run, notices } = await server([{ address: '1' }, { address: '2', settings }]);
  await fixture.enqueueSlide('NVDA');
  await run();
  expect(notices()).toEqual([]);
  fixture.now = Date.parse('2024-07-30T18:00:00Z');
  await run();
  expect(notices().map(({ channelId }) => channelId)).toEqual(['2']);
});
