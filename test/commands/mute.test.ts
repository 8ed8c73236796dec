import { expect, test } from 'vitest';
import { endOfNextSession } from '../../commands/mute.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { askingAt, oneChannel, textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, NOW, openChannelScene } from './real-channels.ts';

const HOUR_MS = 3_600_000;

test('the default is everything for an hour, with the end in the channel’s time zone', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  await ask('schedule time-zone:Seoul');
  const card = cardOf(await ask('mute'));
  expect(card.title).toBe('Muted until 31 Aug 2024 06:30 Seoul: everything');
  expect(await scene.channels.mutes(1, NOW)).toEqual([{ symbol: '*', until: NOW + HOUR_MS, held: 0 }]);
  expect(card.actions?.map(({ call }) => decodeCall(call))).toEqual([{ name: 'unmute', options: {} }]);
});

test.each([
  ['mute nvda 90 min', 'NVDA', 1.5],
  ['mute 2h', '*', 2],
  ['mute nvda 3일', 'NVDA', 72],
  ['음소거 엔비디아 30분', 'NVDA', 0.5],
  // Friday evening before Labor Day: Tuesday's close.
  ['mute all', '*', 1],
  ['mute everything 2h', '*', 2],
  ['mute 전체 2시간', '*', 2],
  ['mute session', '*', 4 * 24 - 0.5],
])('%s', async (line, symbol, hours) => {
  const scene = await openChannelScene();
  expect((await askOn(scene)(line)).kind).toBe('card');
  expect(await scene.channels.mutes(1, NOW)).toEqual([{ symbol, until: NOW + hours * HOUR_MS, held: 0 }]);
});

test.each([
  'mute 0 min',
  'mute 31 days',
  'mute 1.5 centuries',
  'mute nvda forever',
  'mute duration:-1h',
  'mute duration:1e9h',
])('%s is refused and mutes nothing', async (line) => {
  const scene = await openChannelScene();
  expect((await askOn(scene)(line)).kind).toBe('problem');
  expect(await scene.channels.mutes(1, NOW)).toEqual([]);
});

test('a symbol that is named and not given mutes nothing', async () => {
  const scene = await openChannelScene();
  const { question } = askingAt({ context: scene.context, channels: scene.channels });
  for (const symbol of ['', '  '])
    expect(await question('mute', { symbol })).toMatchObject({
      kind: 'problem',
      text: expect.stringMatching(/^Missing: symbol\. For example: /),
    });
  expect(await scene.channels.mutes(1, NOW)).toEqual([]);
});

test('unmute shows what was held back, and what is still muted', async () => {
  const channels = oneChannel();
  const ask = askingAt({ channels }).line;
  await ask('mute nvda 1d');
  await ask('mute tsla 2h');
  channels.setHeld(1, 'NVDA', 3);
  const card = cardOf(await ask('unmute nvda'));
  expect(card.title).toBe('No longer muted: NVDA');
  expect(card.lead).toEqual([
    'While muted: 3 alerts held back.',
    'Still muted: TSLA, until 30 Aug 2024 18:30 New York.',
  ]);
  expect(card.actions?.map(({ call }) => decodeCall(call)?.name)).toEqual(['unmute', 'alerts history']);
  expect(cardOf(await ask('unmute')).lead).toEqual(['While muted: nothing held back.']);
  expect(cardOf(await ask('unmute')).title).toBe('Nothing was muted here');
  await ask('mute tsla 2h');
  expect(cardOf(await ask('unmute all')).title).toBe('Nothing is muted here any more');
});

test('unmuting a symbol that was not muted shows what is muted', async () => {
  const ask = askingAt({ channels: oneChannel() }).line;
  await ask('mute 1h');
  const card = cardOf(await ask('unmute nvda'));
  expect(card.title).toBe('NVDA had no mute of its own');
  expect(card.lead).toEqual(['Still muted: everything, until 30 Aug 2024 17:30 New York.']);
});

test('several mutes are listed with the number of alerts held back', async () => {
  const channels = oneChannel();
  const ask = askingAt({ channels }).line;
  await ask('mute nvda 1d');
  channels.setHeld(1, 'NVDA', 1);
  const card = cardOf(await ask('mute tsla 2h'));
  expect(textsUnder(card, 'MUTED')).toEqual([
    'NVDA: until 31 Aug 2024 16:30 New York; 1 alert held back',
    'TSLA: until 30 Aug 2024 18:30 New York; nothing held back',
  ]);
});

const calendar = loadCalendar();

test.each([
  ['before the opening bell: today’s close', '2024-07-30T12:00:00Z', '2024-07-30T20:00:00Z'],
  ['in a session: the close of the one after it', '2024-07-30T15:00:00Z', '2024-07-31T20:00:00Z'],
  ['after the close: the next day’s', '2024-07-30T21:00:00Z', '2024-07-31T20:00:00Z'],
  ['on a Saturday: Monday’s', '2024-08-03T15:00:00Z', '2024-08-05T20:00:00Z'],
  ['before an early close', '2024-11-28T15:00:00Z', '2024-11-29T18:00:00Z'],
  ['over the end of daylight saving', '2024-11-01T21:00:00Z', '2024-11-04T21:00:00Z'],
])('the end of the next session, asked %s', (_, now, end) => {
  expect(new Date(endOfNextSession(calendar, Date.parse(now))).toISOString()).toBe(new Date(end).toISOString());
});
