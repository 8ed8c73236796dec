import { describe, expect, test } from 'vitest';
import { decodeCall } from '../../commands/call.ts';
import { cardButtons } from '../../commands/card-buttons.ts';
import { commands } from '../../commands/index.ts';
import { nasdaqDay, nvidia, together0724 } from '../cards/golden-stories.ts';
import { catalogue } from '../cards/stories.ts';

const en = catalogue.in('en');

const asked = (stories: Parameters<typeof cardButtons>[0]) =>
  cardButtons(stories, en).map(({ label, call }) => [label, decodeCall(call)?.name, decodeCall(call)?.options]);

describe('the buttons of a posted card', () => {
  test('ask for the picture over other times, the depth and the sources', () => {
    expect(asked([nvidia])).toEqual([
      ['1M', 'chart', { symbol: 'NVDA', range: '1m', kind: 'price' }],
      ['6M', 'chart', { symbol: 'NVDA', range: '6m', kind: 'price' }],
      ['1Y', 'chart', { symbol: 'NVDA', range: '1y', kind: 'price' }],
      ['Below the peak', 'drawdown', { symbol: 'NVDA' }],
      ['Sources', 'facts source', { company: 'NVDA' }],
    ]);
  });

  test('beside an index ask for the bill of the four', () => {
    expect(asked([nasdaqDay]).at(-1)).toEqual(['Sources', 'bill', {}]);
  });

  test('of a roll-up ask for all together', () => {
    expect(asked(together0724).map(([, name]) => name)).toEqual(['chart', 'drawdown', 'bill']);
  });

  test.each(['en', 'ko'])('ask questions that there are, in %s', (language) => {
    const known = new Set(commands.map(({ name }) => name));
    for (const stories of [[nvidia], [nasdaqDay], together0724])
      for (const { label, call } of cardButtons(stories, catalogue.in(language))) {
        expect(label.length).toBeGreaterThan(0);
        expect(known).toContain(decodeCall(call)?.name);
      }
  });
});
