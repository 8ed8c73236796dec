import { describe, expect, test } from 'vitest';
import { rollupCard } from '../../src/cards/rollup-card.ts';
import { fellToo } from '../../src/cards/rollup-title.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { companies0724 } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const apple = { symbol: 'AAPL', price: 218_540_000, previous: 225_010_000 };
const nasdaq = { symbol: 'IXIC', price: 17_342_410_000, previous: 17_997_350_000 };
const market = [
  apple,
  { symbol: 'NVDA', price: 114_250_000, previous: 122_590_000 },
  nasdaq,
  { symbol: 'GSPC', price: 5_427_130_000, previous: 5_555_740_000 },
];

const withMarket = (stories: readonly SlideStory[]): SlideStory[] => stories.map((story) => ({ ...story, market }));

describe('those that fell without reaching a level', () => {
  test('are the others of the eight that fell that day, deepest first', () => {
    const nvidia = companies0724.filter(({ symbol }) => symbol === 'NVDA');
    expect(fellToo(withMarket(nvidia))).toEqual([nasdaq, apple]);
  });

  test('exclude symbols that rose or did not change', () => {
    const stories = companies0724.map((story) => ({
      ...story,
      market: [
        { ...apple, price: apple.previous },
        { ...nasdaq, price: nasdaq.previous + 1 },
      ],
    }));
    expect(fellToo(stories)).toEqual([]);
  });

  test('are none if the stories are of several sessions', () => {
    const [first, ...others] = withMarket(companies0724);
    if (!first) throw new Error('no story');
    expect(fellToo([{ ...first, session: '2024-07-23' }, ...others])).toEqual([]);
  });

  test('are counted in the title, listed, and drawn', () => {
    const card = rollupCard(withMarket(companies0724), 'en', catalogue);
    expect(card.title).toMatch(/^▼ All eight fell together/);
    expect(card.lead[0]).toMatch(/MSFT −3\.6 {3}IXIC −3\.6 {3}AMZN −3\.0 {3}AAPL −2\.9$/);
    expect(card.picture?.chart.kind === 'bars' && card.picture.chart.bars.map(({ symbol }) => symbol)).toContain(
      'AAPL',
    );
  });
});
