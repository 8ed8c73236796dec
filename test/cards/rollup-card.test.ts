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
      title: '▼ Seven of eight fell together: Nasdaq −3.6%, its worst day since 7 Oct 2022',
      lead: ['TSLA −12.3   NVDA −6.8 (15% in 10 sessions)   META −5.6   GOOGL −5.0   MSFT −3.6   AMZN −3.0'],
      sections: [
        {
          heading: 'THE AI BILL',
          hint: 'what Microsoft, Alphabet, Amazon and Meta are spending',
          rows: [
            {
              label: 'The four',
              text: '$44.3B cash capex, Jan–Mar 2024, 4 of 4 reported, 45% of operating cash flow, +31% year on year',
            },
          ],
        },
        {
          heading: 'THE RETURN',
          hint: 'what AI brings in',
          rows: [
            {
              label: 'Microsoft',
              text: "AI added 7 points to Azure's growth, Jan–Mar 2024",
              aside: 'reported 25 Apr',
              link: 'https://www.microsoft.com/fy24q3',
            },
          ],
        },
      ],
      footer: [
        'Price as of 24 Jul 2024 16:00 New York (Yahoo).',
        'The figures are context; they do not explain the move.',
      ],
      at: Date.parse('2024-07-24T20:00:00Z'),
    });
    expect(picture).toEqual({
      name: 'together-2024-07-24',
      alt: 'One-day changes on 24 Jul 2024: TSLA −12.3%, NVDA −6.8%, META −5.6%, GOOGL −5.0%, MSFT −3.6%, AMZN −3.0%, IXIC −3.6%.',
      chart: {
        kind: 'bars',
        session: '2024-07-24',
        fell: { count: 7, of: 8 },
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
    expect(card.title).toBe('▼ M7·나스닥 8개 중 7개 동반 하락: 나스닥 −3.6%, 2022년 10월 7일 이후 최대 하락률');
    expect(card.lead).toEqual([
      'TSLA −12.3   NVDA −6.8(10거래일 −15%)   META −5.6   GOOGL −5.0   MSFT −3.6   AMZN −3.0',
    ]);
    expect(card.sections[0]?.hint).toBe('마이크로소프트·알파벳·아마존·메타 설비투자');
    expect(card.sections[0]?.rows[0]?.text).toBe(
      '설비투자 443억 달러(현금 기준), 2024년 1–3월, 4곳 중 4곳 발표, 영업현금흐름의 45%, 전년 대비 +31%',
    );
    expect(card.picture?.alt).toContain('TSLA −12.3%');
  });
});

describe('the number of the eight that fell', () => {
  test('without the index the title has the deepest company, which also stays in the line', () => {
    const card = rollupCard(companies0724, 'en', catalogue);
    expect(card.title).toBe('▼ Six of eight fell together: Tesla −12.3%');
    expect(card.lead[0]).toContain('TSLA −12.3');
  });

  test('a fall of all eight says so', () => {
    expect(titleOf([...together0724, apple])).toMatch(/^▼ All eight fell together: Nasdaq/);
    expect(titleOf([...together0724, apple], 'ko')).toMatch(/^▼ M7·나스닥 8개 모두 하락: 나스닥/);
  });

  test('excludes the sum of the seven', () => {
    expect(titleOf([...companies0724, mag7Ten])).toBe('▼ Six of eight fell together: Magnificent Seven −4.6%');
    const line = rollupCard([...companies0724, mag7Value], 'en', catalogue).lead[0];
    expect(line).toContain('MAG7 −4.6 (more than $1.5 trillion lost)');
  });

  test('is not given if a symbol outside the eight fell', () => {
    const at = { symbol: 'SPOT', session: '2024-07-24', close: 90, previous: 100 } as const;
    const title = titleOf([...companies0724.slice(0, 2), storyAt(at, { alerts: [day(at, 10)] })]);
    expect(title).toBe('▼ Three fell together: Spotify −10.0%');
  });

  test('slides of several sessions have a range of dates and the late remark', () => {
    const card = rollupCard([...companies0724.slice(0, 2), { ...nvidia, late: true }], 'en', catalogue);
    expect(card.title).toMatch(/^▼ Three of eight fell between 24 Jul and 30 Jul: /);
    expect(card.lead[1]).toBe('Posted late: this happened while Slidewatch was down or had no prices.');
    expect(card.lead[0]).toContain('NVDA −7.0 (20% below peak)');
  });
});

test('a slide without the previous close has no percentage and no bar', () => {
  const [first, second, third] = companies0724;
  if (!first || !second || !third) throw new Error('the golden day has six companies');
  const { day: _day, ...bare } = first;
  const card = rollupCard([bare, second, third], 'en', catalogue);
  expect(card.lead[0]).toBe('GOOGL −5.0   MSFT −3.6   AMZN');
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
