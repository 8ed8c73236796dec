import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createComposer } from '../../src/delivery/compose.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { silent } from '../../src/telemetry/log.ts';
import { createDeliveryFixture, MINUTE, NOON } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const catalogue = loadCatalogue();
const { compose } = createComposer(catalogue, silent);
const HOUR = 60 * MINUTE;
const WHY = { key: 'discord-see' };
const FORBIDDEN: Outcome = { kind: 'forbidden', reason: 'May not write.', remedy: 'Let it.', why: WHY };

/** Channels of servers, of which those in `closed` are refused; `takes` tells whether people take direct messages. */
const server = async (
  places: readonly {
    address: string;
    workspace?: string;
    madeBy?: string;
    language?: string;
    settings?: ChannelSettings;
  }[],
  { takes = false } = {},
) => {
  const desk = await createDeliveryFixture();
  const closed = new Map<string, Outcome>([['1', FORBIDDEN]]);
  const people: string[] = [];
  for (const { address, workspace = '9', ...more } of places) {
    await desk.addChannel('discord', address, more);
    await desk.store.db.updateTable('channels').set({ workspace }).where('address', '=', address).execute();
  }
  const discord = {
    ...recorder('discord', ({ channelId, key }) => closed.get(channelId) ?? { kind: 'sent', messageId: key }),
    tell: async (person: string) => {
      people.push(person);
      return takes;
    },
  };
  const courier = desk.createCourier([discord], { catalogue, compose });
  return {
    desk,
    closed,
    people,
    run: () => courier.run(desk.now),
    told: () =>
      discord.postings
        .filter(({ card }) => card.kind === 'trouble')
        .map(({ channelId, card }) => ({ channelId, card })),
  };
};

it.each([{ madeBy: '777' }, {}])(
  'says it in another channel where the person %o cannot be told, once a pause',
  async (who) => {
    const { desk, closed, people, run, told } = await server([
      { address: '1', ...who },
      { address: '2', language: 'ko' },
    ]);
    await desk.enqueueSlide('NVDA');
    for (; desk.now < NOON + 3 * HOUR; desk.now += 10 * MINUTE) await run();
    expect(people).toEqual('madeBy' in who ? ['777'] : []);
    expect(told()).toHaveLength(1);
    const [first] = told();
    expect(first?.channelId).toBe('2');
    expect(first?.card.title).toBe('▲ 다른 채널에 알림을 보내지 못하고 있습니다');
    expect(first?.card.lead[0]).toContain('채널 보기');
    expect(first?.card.sections[0]?.rows[0]).toMatchObject({ label: '1', link: 'https://discord.com/channels/9/1' });
    closed.delete('1');
    desk.now += 2 * HOUR;
    await run();
    closed.set('1', FORBIDDEN);
    await desk.enqueueSlide('TSLA');
    await run();
    expect(told()).toHaveLength(2);
  },
);

it('says nothing elsewhere where the person was told', async () => {
  const { desk, people, run, told } = await server([{ address: '1', madeBy: '777' }, { address: '2' }], {
    takes: true,
  });
  await desk.enqueueSlide('NVDA');
  await run();
  expect([people, told()]).toEqual([['777'], []]);
});

it('says it in no other server, in no paused channel, and not to itself', async () => {
  const { desk, closed, run, told } = await server([
    { address: '1' },
    { address: '2' },
    { address: '3', workspace: '8' },
  ]);
  closed.set('2', FORBIDDEN);
  await desk.enqueueSlide('NVDA');
  await run();
  closed.clear();
  desk.now += 2 * HOUR;
  await run();
  expect(told().filter(({ channelId }) => channelId === '3')).toEqual([]);
});

it('says of a channel that is gone where to go on', async () => {
  const { desk, closed, run, told } = await server([{ address: '1' }, { address: '2' }]);
  closed.set('1', { kind: 'gone', reason: 'deleted' });
  await desk.enqueueSlide('NVDA');
  await run();
  expect(told().map(({ channelId, card }) => [channelId, card.lead[0]])).toEqual([
    ['2', 'Nothing more is posted there. To go on, type /setup in another channel.'],
  ]);
});

it('tells one place of one trouble an hour, however many channels are in trouble', async () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ address: `${100 + n}` }));
  const { desk, closed, run, told } = await server([{ address: '2' }, ...many]);
  for (const { address } of many) closed.set(address, FORBIDDEN);
  await desk.enqueueSlide('NVDA');
  for (; desk.now < NOON + 30 * MINUTE; desk.now += MINUTE) await run();
  expect(told()).toHaveLength(1);
});

it('waits for the end of quiet hours', async () => {
  const settings = { timeZone: 'UTC', quiet: { from: '15:00', to: '18:00' } };
  const { desk, run, told } = await server([{ address: '1' }, { address: '2', settings }]);
  await desk.enqueueSlide('NVDA');
  await run();
  expect(told()).toEqual([]);
  desk.now = Date.parse('2024-07-30T18:00:00Z');
  await run();
  expect(told().map(({ channelId }) => channelId)).toEqual(['2']);
});
