import { describe, expect, test } from 'vitest';
import { rollupCard } from '../../src/cards/rollup-card.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { toMicros } from '../../src/market/money.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { companies0724, mag7Ten, mag7Value, nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { catalogue, day, storyAt } from './stories.ts';

const titleOf = (stories: readonly SlideStory[], language = 'en'): string =>
  rollupCard(stories, language, catalogue).title;

const apple = (() => {
  const at = { symbol: 'AAPL', session: '2024-07-24', close: 218.54, previous: 225.01 } as const;
  return storyAt(at, { alerts: [day(at, 2.5)] });
})();

describe('the roll-up of 2024-07-24', () => {
  test('in English', () => {
    const { picture, ...card } = rollupCard(together0724, 'en', catalogue);
    expect(card).toEqual({
      kind: 'rollup',
      tone: 'orange',
      title: '▼ Six of seven fell; Nasdaq −3.6%',
      lead: ['Tesla most, −12.3%. Nasdaq −3.6%: its worst day since 7 Oct 2022.', 'The Nasdaq is 7.0% below its peak.'],
      quiet: 'Seven reached a new level; this is their one card.',
      sections: [
        {
          heading: 'LEVELS REACHED',
          rows: [
            { label: 'Nvidia', text: '−15% in 10 sessions' },
            { label: 'Amazon, Alphabet, Nasdaq, Meta, Microsoft, Tesla', text: '−2.5% in a day' },
          ],
        },
        {
          heading: 'THE AI BILL',
          hint: 'what the four spend',
          rows: [
            {
              label: 'The four',
              text: '$44.3B capex, +31%,',
              aside: '45% of cash flow · Jan–Mar, 4 of 4',
              asideInFull: '45% of operating cash flow · Jan–Mar, 4 of 4',
            },
          ],
        },
        {
          heading: 'THE RETURN',
          hint: 'what AI brings in',
          rows: [
            {
              label: 'Microsoft',
              text: "7 points of Azure's growth",
              aside: 'Jan–Mar · 25 Apr',
              link: 'https://www.microsoft.com/fy24q3',
            },
          ],
        },
      ],
      footer: ['24 Jul 2024 16:00 New York (Yahoo)', 'The figures are context; they do not explain the move.'],
      at: Date.parse('2024-07-24T20:00:00Z'),
    });
    expect(picture).toEqual({
      name: 'together-2024-07-24',
      alt: 'One-day changes on 24 Jul 2024: TSLA −12.3%, NVDA −6.8%, META −5.6%, GOOGL −5.0%, MSFT −3.6%, AMZN −3.0%, IXIC −3.6%.',
      chart: {
        kind: 'bars',
        session: '2024-07-24',
        moved: { way: 'down', count: 6, of: 7 },
        companies: [
          { symbol: 'TSLA', percent: -12.3, tone: 'red' },
          { symbol: 'NVDA', percent: -6.8, tone: 'amber' },
          { symbol: 'META', percent: -5.6, tone: 'amber' },
          { symbol: 'GOOGL', percent: -5, tone: 'amber' },
          { symbol: 'MSFT', percent: -3.6, tone: 'amber' },
          { symbol: 'AMZN', percent: -3, tone: 'calm' },
        ],
        references: [{ symbol: 'IXIC', percent: -3.6, tone: 'orange' }],
      },
    });
  });

  test('in Korean', () => {
    const card = rollupCard(together0724, 'ko', catalogue);
    expect(card.title).toBe('▼ M7 7개 중 6개 하락, 나스닥 −3.6%');
    expect(card.lead).toEqual([
      '최대 하락 테슬라 −12.3%. 나스닥 −3.6%: 2022년 10월 7일 이후 최대 하락률.',
      '나스닥, 고점 대비 7.0% 하락.',
    ]);
    expect(card.quiet).toBe('7개 종목이 새 기준에 도달해 카드 한 장으로 알립니다.');
    expect(card.sections[0]?.rows[0]).toEqual({ label: '엔비디아', text: '10거래일 −15%' });
    expect(card.sections[1]?.hint).toBe('하이퍼스케일러 4사 설비투자');
    expect(card.sections[1]?.rows[0]?.text).toBe('443억 달러, +31%,');
    expect(card.picture?.alt).toContain('TSLA −12.3%');
  });
});

describe('the number of the seven that fell', () => {
  test('is of those that the card knows, the index not counted; without it the title has the deepest company', () => {
    const card = rollupCard(companies0724, 'en', catalogue);
    expect(card.title).toBe('▼ Six of eight fell; Tesla −12.3%');
    expect(card.lead).toEqual(['Nvidia −6.8%, Meta −5.6%, Alphabet −5.0%.']);
  });

  test('a fall of all seven says so', () => {
    expect(titleOf([...together0724, apple])).toBe('▼ All seven fell; Nasdaq −3.6%');
    expect(titleOf([...together0724, apple], 'ko')).toBe('▼ M7 7개 모두 하락, 나스닥 −3.6%');
  });

  test('excludes the sum of the seven', () => {
    expect(titleOf([...companies0724, mag7Ten])).toBe('▼ Six of eight fell');
    const { lead, sections } = rollupCard([...companies0724, mag7Value], 'en', catalogue);
    expect(lead[0]).toContain('Tesla most, −12.3%. Magnificent Seven −4.6%.');
    expect(sections[0]?.rows).toContainEqual({ label: 'Magnificent Seven', text: 'over $1.5 trillion lost' });
  });

  test('is not given if a symbol outside the eight fell', () => {
    const at = { symbol: 'SPOT', session: '2024-07-24', close: 90, previous: 100 } as const;
    const title = titleOf([...companies0724.slice(0, 2), storyAt(at, { alerts: [day(at, 10)] })]);
    expect(title).toBe('▼ Three fell; Spotify −10.0%');
  });

  test('slides of several sessions have a range of dates and the late remark', () => {
    const card = rollupCard([...companies0724.slice(0, 2), { ...nvidia, late: true }], 'en', catalogue);
    expect(card.title).toBe('▼ Three of eight fell');
    expect(card.lead).toContain('Between 24 Jul and 30 Jul.');
    expect(card.lead.at(-1)).toBe('Posted late: this happened while Slidewatch was down or had no prices.');
    expect(card.sections[0]?.rows[0]).toEqual({ label: 'Nvidia', text: '−20% from its peak, −7% in a day' });
  });
});

test('the headline that fell most is named once, with its day', () => {
  const at = { session: '2022-10-26', peak: { price: 150, session: '2021-11-18', sessions: 235 } } as const;
  const alphabet = { ...at, symbol: 'GOOGL', close: 95, previous: 104.5, worstSince: '2020-03-16' } as const;
  const microsoft = { ...at, symbol: 'MSFT', close: 120, previous: 130 } as const;
  const stories = [alphabet, microsoft].map((close) => storyAt(close, { alerts: [day(close, 7)] }));
  const lead = (language: string) => rollupCard(stories, language, catalogue).lead[0]?.replaceAll('\u202f', ' ');
  expect(lead('en')).toMatch(/^Alphabet most, −9\.1%: its worst day since 16 Mar 2020\. Alphabet is 36\.7% below/);
  expect(lead('ko')?.match(/알파벳 −9\.1%/g)).toHaveLength(1);
});

test('a slide without the previous close has no percentage and no bar', () => {
  const [first, second, third] = companies0724;
  if (!first || !second || !third) throw new Error('the golden day has six companies');
  const { day: _day, ...bare } = first;
  const card = rollupCard([bare, second, third], 'en', catalogue);
  expect(card.lead[0]).toBe('Alphabet most, −5.0%.');
  expect(card.picture?.chart).toMatchObject({ companies: [{ symbol: 'GOOGL' }, { symbol: 'MSFT' }] });
});

test('those of the eight that rose are in the picture, and the sum of the seven is below the index', () => {
  const at = { symbol: 'AAPL', price: toMicros(226), previous: toMicros(225) };
  const market = [at, { symbol: 'IXIC', price: toMicros(99), previous: toMicros(100), unit: 'points' as const }];
  const stories = [...companies0724, mag7Ten].map((story) => ({ ...story, market }));
  const { chart, alt } = rollupCard(stories, 'en', catalogue).picture ?? {};
  if (chart?.kind !== 'bars') throw new Error('expected bars');
  expect(chart.companies.at(-1)).toEqual({ symbol: 'AAPL', percent: 0.4, tone: 'rise' });
  expect(chart.references.map(({ symbol, tone }) => [symbol, tone])).toEqual([
    ['IXIC', 'calm'],
    ['MAG7', 'amber'],
  ]);
  expect(alt).toContain('AAPL +0.4%, IXIC −1.0%, MAG7 −4.6%');
});

test('the order of the stories does not change the card', () => {
  expect(rollupCard([...together0724].reverse(), 'en', catalogue)).toEqual(rollupCard(together0724, 'en', catalogue));
});

test('one story becomes a slide card, several become a roll-up, none is an error', () => {
  expect(buildCard([nvidia], 'en', catalogue).kind).toBe('slide');
  expect(buildCard([nvidia, nasdaqDay, mag7Ten], 'en', catalogue).kind).toBe('rollup');
  expect(() => buildCard([], 'en', catalogue)).toThrow(RangeError);
});
