import { describe, expect, test } from 'vitest';
import { rollupCard } from '../../src/cards/rollup-card.ts';
import { movedToo } from '../../src/cards/rollup-title.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { companies0724 } from './golden-stories.ts';
import { catalogue, dayRise, type Name, rise, storyAt } from './stories.ts';

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
    expect(movedToo(withMarket(nvidia))).toEqual([nasdaq, apple]);
  });

  test('exclude symbols that rose or did not change', () => {
    const stories = companies0724.map((story) => ({
      ...story,
      market: [
        { ...apple, price: apple.previous },
        { ...nasdaq, price: nasdaq.previous + 1 },
      ],
    }));
    expect(movedToo(stories)).toEqual([]);
  });

  test('are none if the stories are of several sessions', () => {
    const [first, ...others] = withMarket(companies0724);
    if (!first) throw new Error('no story');
    expect(movedToo([{ ...first, session: '2024-07-23' }, ...others])).toEqual([]);
  });

  test('are counted in the title, listed, and drawn', () => {
    const card = rollupCard(withMarket(companies0724), 'en', catalogue);
    expect(card.title).toBe('▼ All eight fell; Tesla −12.3%');
    const points = { ...nasdaq, unit: 'points' as const };
    const beside = companies0724.map((story) => ({ ...story, market: [apple, points] }));
    expect(rollupCard(beside, 'en', catalogue).title).toBe('▼ All seven fell; Tesla −12.3%');
    expect(rollupCard(beside, 'en', catalogue).picture?.chart).toMatchObject({
      moved: { way: 'down', count: 7, of: 7 },
    });
    expect(card.picture?.chart.kind === 'bars' && card.picture.chart.companies.map(({ symbol }) => symbol)).toContain(
      'AAPL',
    );
  });
});

describe('rises on a card of several', () => {
  const up = (symbol: Name, close: number) => {
    const at = { symbol, session: '2024-07-24', close, previous: 100 } as const;
    return storyAt(at, { alerts: symbol === 'NVDA' ? [rise(at, 20, 80), dayRise(at, 5)] : [dayRise(at, 5)] });
  };
  const risen = [up('NVDA', 107), up('TSLA', 112), up('META', 106)];
  const others = [
    { symbol: 'AAPL', price: 102_000_000, previous: 100_000_000 },
    { symbol: 'AMZN', price: 99_000_000, previous: 100_000_000 },
    { symbol: 'MSFT', price: 103_000_000, previous: 100_000_000 },
  ];
  const beside = risen.map((story) => ({ ...story, market: others }));
  const titleOf = (stories: readonly SlideStory[], language = 'en') =>
    rollupCard(stories, language, catalogue).title.replaceAll('\u202f', ' ');

  test('rose, the largest in the title and the next in the lead, with those that rose beside them', () => {
    const card = rollupCard(beside, 'en', catalogue);
    expect(titleOf(beside)).toBe('▲ Five of eight rose; Tesla +12.0%');
    expect(titleOf(beside, 'ko')).toBe('▲ M7 8개 중 5개 상승, 테슬라 +12.0%');
    expect(card.lead[0]).toBe('Tesla +12.0%: its best day on record (data since 5 Feb 1971).');
    const far = { symbol: 'TSLA', session: '2024-07-24', close: 112, previous: 100 } as const;
    const told = beside.map((story) => (story.symbol === 'TSLA' ? { ...story, alerts: [rise(far, 20, 90)] } : story));
    expect(rollupCard(told, 'en', catalogue).lead[0]?.replaceAll('\u202f', ' ')).toBe('Tesla is 24.4% above its low.');
    expect(card.sections[0]?.rows).toEqual([
      { label: 'Nvidia', text: '+20% from its low, +5% in a day' },
      { label: 'Meta, Tesla', text: '+5% in a day' },
    ]);
    const chart = card.picture?.chart;
    expect(chart?.kind === 'bars' && chart.companies.map(({ symbol }) => symbol)).toEqual([
      ...['TSLA', 'NVDA', 'META', 'MSFT', 'AAPL', 'AMZN'],
    ]);
    expect(chart?.kind === 'bars' && chart.moved).toEqual({ way: 'up', count: 5, of: 8 });
    expect(card.tone).toBe('calm');
  });

  test('beside falls are counted apart, and the deepest fall stands in the title', () => {
    const [tesla] = companies0724.filter(({ symbol }) => symbol === 'TSLA');
    const mixed = [...(tesla ? [{ ...tesla, market: [] }] : []), up('NVDA', 107), up('META', 106)];
    expect(titleOf(mixed)).toMatch(/^▼ One fell, two rose; Tesla −12\.3%/);
    expect(titleOf(mixed, 'ko')).toMatch(/^▼ 1개 하락, 2개 상승, 테슬라 −12\.3%/);
    expect(rollupCard(mixed, 'en', catalogue).tone).not.toBe('calm');
  });

  test('of several sessions are dated, and late ones say so', () => {
    const [first, ...rest] = risen.map((story) => ({ ...story, late: true }));
    if (!first) throw new Error('no story');
    const dated = [{ ...first, session: '2024-07-23' }, ...rest];
    expect(titleOf(dated)).toMatch(/^▲ Three of eight rose/);
    expect(rollupCard(dated, 'en', catalogue).lead).toContain('Between 23 Jul and 24 Jul.');
    expect(rollupCard(dated, 'ko', catalogue).lead.join()).toContain('등락을 뒤늦게 확인');
  });
});
