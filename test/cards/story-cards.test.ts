import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { digestFor } from '../digest/digests.ts';
import { nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const en = catalogue.in('en');

const greeting = (destination: boolean) =>
  ({ kind: 'greeting', symbol: '*', platform: 'discord', destination }) as const;

const callsOf = (stories: Parameters<typeof cardButtons>[0]) =>
  cardButtons(stories, en).map(({ label, call }) => [label, decodeCall(call)?.name, decodeCall(call)?.options]);

test('a card of one story or of several says which colour its readers expect falls to have', () => {
  for (const stories of [[nvidia], together0724])
    expect(['en', 'ko'].map((language) => buildCard(stories, language, catalogue).falls)).toEqual(['red', 'blue']);
});

describe('the buttons of a posted card', () => {
  test('of a slide open other ranges and the sources, then ping who presses it, and mute: rows of four and two', () => {
    expect(callsOf([nvidia])).toEqual([
      ['1M', 'chart', { symbol: 'NVDA', range: '1m', kind: 'price' }],
      ['6M', 'chart', { symbol: 'NVDA', range: '6m', kind: 'price' }],
      ['1Y', 'chart', { symbol: 'NVDA', range: '1y', kind: 'price' }],
      ['Sources', 'facts source', { company: 'NVDA' }],
      ['Ping me for NVDA', 'pings', { symbol: 'NVDA' }],
      ['Mute 1 h', 'mute', { symbol: 'NVDA', duration: '1h' }],
    ]);
  });

  test('of an index open the sources of the bill of the four', () => {
    expect(callsOf([nasdaqDay])).toContainEqual(['Sources', 'bill', { details: 'sources' }]);
  });

  test('of a roll-up open the pictures of all symbols', () => {
    expect(callsOf(together0724).map(([, name]) => name)).toEqual(['chart', 'drawdown', 'bill', 'mute']);
    expect(callsOf(together0724).at(-1)).toEqual(['Mute 1 h', 'mute', { duration: '1h' }]);
  });

  test('of a digest open the comparison, the drawdowns and the bill', () => {
    expect(callsOf([digestFor('2024-07-24')])).toEqual([
      ['Compare', 'chart', { symbol: 'MAG7', kind: 'compare' }],
      ['Drawdown', 'drawdown', {}],
      ['The AI bill', 'bill', {}],
    ]);
  });

  test('of a greeting offer the setup, unless the channel gets cards already', () => {
    expect(callsOf([greeting(false)]).map(([, name]) => name)).toEqual(['setup', 'help']);
    expect(callsOf([greeting(true)]).map(([, name]) => name)).toEqual(['help']);
  });

  test.each(catalogue.languages)('run existing commands with existing options, in %s', (language) => {
    const every = [[nvidia], [nasdaqDay], together0724, [digestFor('2024-07-24')], [greeting(false)]];
    for (const stories of every)
      for (const { label, call } of cardButtons(stories, catalogue.in(language))) {
        const { name, options } = decodeCall(call) ?? { name: '', options: {} };
        const command = commands.find((each) => each.name === name);
        expect(label.length).toBeGreaterThan(0);
        for (const option of Object.keys(options)) expect(command?.options.map((it) => it.name)).toContain(option);
      }
  });

  test('fit the limits of platforms even with a long symbol', () => {
    const long = { ...nvidia, symbol: 'ABCDEFGH.IJK' };
    const calls = cardButtons([long], en).map(({ call }) => call);
    expect(calls.length).toBeLessThanOrEqual(25);
    for (const call of calls) expect(call.length).toBeLessThanOrEqual(100);
  });
});
