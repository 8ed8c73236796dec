import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { cardButtons } from '../../src/cards/card-buttons.ts';
import { digestFor } from '../digest/digests.ts';
import { nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const en = catalogue.in('en');

const greeting = (destination: boolean) =>
  ({ kind: 'greeting', symbol: '*', platform: 'discord', destination }) as const;

const asked = (stories: Parameters<typeof cardButtons>[0]) =>
  cardButtons(stories, en).map(({ label, call }) => [label, decodeCall(call)?.name, decodeCall(call)?.options]);

describe('the buttons of a posted card', () => {
  test('ask for the picture over other times, the depth, the sources and silence', () => {
    expect(asked([nvidia])).toEqual([
      ['1M', 'chart', { symbol: 'NVDA', range: '1m', kind: 'price' }],
      ['6M', 'chart', { symbol: 'NVDA', range: '6m', kind: 'price' }],
      ['1Y', 'chart', { symbol: 'NVDA', range: '1y', kind: 'price' }],
      ['Drawdown', 'drawdown', { symbol: 'NVDA' }],
      ['Sources', 'facts source', { company: 'NVDA' }],
      ['Mute 1 h', 'mute', { symbol: 'NVDA', duration: '1h' }],
      ['Mute to end of next session', 'mute', { symbol: 'NVDA', duration: 'session' }],
    ]);
  });

  test('beside an index ask for the bill of the four', () => {
    expect(asked([nasdaqDay])).toContainEqual(['Sources', 'bill', {}]);
  });

  test('of a roll-up ask for all together', () => {
    expect(asked(together0724).map(([, name]) => name)).toEqual(['chart', 'drawdown', 'bill', 'mute', 'mute']);
    expect(asked(together0724).at(-2)).toEqual(['Mute 1 h', 'mute', { duration: '1h' }]);
  });

  test('of a digest ask for the picture, the depths and the bill', () => {
    expect(asked([digestFor('2024-07-24')])).toEqual([
      ['Compare', 'chart', { symbol: 'MAG7', kind: 'compare' }],
      ['Drawdown', 'drawdown', {}],
      ['The AI bill', 'bill', {}],
    ]);
  });

  test('of a greeting set the channel up, unless cards come there already', () => {
    expect(asked([greeting(false)]).map(([, name]) => name)).toEqual(['setup', 'help']);
    expect(asked([greeting(true)]).map(([, name]) => name)).toEqual(['help']);
  });

  test.each(['en', 'ko'])('ask questions that there are with options that they have, in %s', (language) => {
    const every = [[nvidia], [nasdaqDay], together0724, [digestFor('2024-07-24')], [greeting(false)]];
    for (const stories of every)
      for (const { label, call } of cardButtons(stories, catalogue.in(language))) {
        const { name, options } = decodeCall(call) ?? { name: '', options: {} };
        const command = commands.find((each) => each.name === name);
        expect(label.length).toBeGreaterThan(0);
        for (const option of Object.keys(options)) expect(command?.options.map((it) => it.name)).toContain(option);
      }
  });

  test('fit into what platforms hold, however long a symbol is', () => {
    const long = { ...nvidia, symbol: 'ABCDEFGH.IJK' };
    const calls = cardButtons([long], en).map(({ call }) => call);
    expect(calls.length).toBeLessThanOrEqual(25);
    for (const call of calls) expect(call.length).toBeLessThanOrEqual(100);
  });
});
