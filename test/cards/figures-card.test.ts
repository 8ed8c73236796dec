import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figuresCard } from '../../src/cards/figures-card.ts';
import { companyBillQuarters } from '../../src/facts/bill-quarters.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { reportedFigures } from '../../src/facts/figures.ts';
import { guidanceInForce } from '../../src/facts/guidance.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { FiguresStory } from '../../src/stories/figures-story.ts';
import { root } from '../../src/util/read-config.ts';
import { catalogue } from './stories.ts';

const ledger = createLedger(loadFacts(join(root, 'config/facts')));

/** Microsoft's quarter to June 2024, as known at the end of the day it was published on. */
const microsoft = (): FiguresStory => {
  const figures = reportedFigures(ledger, 'MSFT', '2024-06-30', '2024-07-30');
  if (!figures) throw new Error('the facts lack the quarter');
  return {
    kind: 'figures',
    symbol: 'MSFT',
    name: { en: 'Microsoft', ko: '마이크로소프트' },
    published: '2024-07-30',
    figures,
  };
};

describe("the card of a company's new quarter", () => {
  test('gives the bill first, then the cash flow and revenue that paid for it', () => {
    const card = figuresCard(microsoft(), 'en', catalogue);
    expect(card).toMatchObject({
      kind: 'figures',
      tone: 'calm',
      title: 'Microsoft spent $13.9B on capex',
      tag: 'MSFT',
      lead: [
        'In Apr–Jun 2024, +55% on the year.',
        'That is 37% of its operating cash flow.',
        'Capex was 21% of revenue.',
      ],
    });
    expect(card.sections.map(({ heading, rows }) => [heading, rows.map(({ text }) => text)])).toEqual([
      ['THE AI BILL', ['$13.9B capex, +55%']],
      ['FUNDED BY', ['$37.2B operating cash flow, +29%', '$64.7B revenue, +15%']],
    ]);
    // All three are from one document, which one line links.
    expect(card.sections.flatMap(({ rows }) => rows.map(({ aside, link }) => [aside, link]))).toEqual(
      Array.from({ length: 3 }, () => [undefined, undefined]),
    );
    expect(card.published).toEqual({
      label: 'Published',
      sources: [{ text: 'Microsoft 30 Jul 16:03 New York', link: expect.stringMatching(/^https:\/\/www\.sec\.gov\//) }],
    });
  });

  test('is written in Korean', () => {
    const card = figuresCard(microsoft(), 'ko', catalogue);
    expect(card.title).toBe('마이크로소프트 설비투자 139억 달러');
    expect(card.lead).toEqual(['2024년 4–6월, 전년 대비 +55%.', '영업현금흐름의 37%.', '매출의 21%.']);
    expect(card.sections.map(({ heading }) => heading)).toEqual(['AI 청구서', '재원']);
  });

  test('says what is not disclosed instead of 0', () => {
    const {
      ofOperatingCashFlow: _o,
      ofRevenue: _r,
      operatingCashFlow: _f,
      revenue: _s,
      ...figures
    } = microsoft().figures;
    const card = figuresCard({ ...microsoft(), figures }, 'en', catalogue);
    expect(card.lead).toEqual([
      'In Apr–Jun 2024, +55% on the year.',
      'Its operating cash flow is not disclosed yet.',
      'Its revenue is not disclosed yet.',
    ]);
    expect(card.sections.map(({ heading }) => heading)).toEqual(['THE AI BILL']);
  });
});

describe('the picture of a new quarter', () => {
  const storyOf = (subject: string, end: string, asOf: string): FiguresStory => {
    const figures = reportedFigures(ledger, subject, end, asOf);
    const bill = companyBillQuarters(ledger, subject, end, asOf);
    const guidance = guidanceInForce(ledger, subject, asOf);
    if (!figures || !bill) throw new Error('the facts lack the quarter');
    const story = { ...microsoft(), symbol: subject, figures, bill, published: asOf };
    return guidance ? { ...story, guidance } : story;
  };
  const chartOf = (story: FiguresStory) => {
    const chart = figuresCard(story, 'en', catalogue).picture?.chart;
    if (chart?.kind !== 'bill') throw new Error('expected a picture of the bill');
    return chart;
  };

  test('has the figures of the title and the lead', () => {
    const story = storyOf('MSFT', '2024-06-30', '2024-07-30');
    const card = figuresCard(story, 'en', catalogue);
    expect(chartOf(story).newest).toEqual({ amount: '$13.9B', yoy: 55, share: 37 });
    expect(card.title).toContain('$13.9B');
    expect(card.lead[0]).toContain('+55%');
    expect(card.lead[1]).toContain('37%');
    expect(chartOf(story).quarters.at(-1)).toMatchObject({ name: '2024-06', total: '13.9', share: 37 });
    expect(card.picture?.alt).toContain('$13.9B in Apr–Jun 2024, 37% of operating cash flow');
  });

  test('has guidance that counts as the columns do, a quarter of it for each quarter', () => {
    const { guidance, quarters } = chartOf(storyOf('GOOGL', '2026-06-30', '2026-07-28'));
    expect(guidance).toEqual({ amount: '$195–205B', from: 12, to: 15, low: 195_000 / 4, high: 205_000 / 4 });
    expect(quarters[12]?.name).toBe('2026-03');
  });

  test('has no guidance that counts leases, too', () => {
    expect(chartOf(storyOf('META', '2026-06-30', '2026-08-01')).guidance).toBeUndefined();
  });

  test('names quarters of thirteen weeks by their last month', () => {
    const { quarters } = chartOf(storyOf('NVDA', '2026-07-26', '2026-08-28'));
    expect(quarters.slice(-3).map(({ name }) => name)).toEqual(['2026-01', '2026-04', '2026-07']);
  });

  test('is left out if only one quarter is known', () => {
    expect(figuresCard(microsoft(), 'en', catalogue).picture).toBeUndefined();
  });
});
