import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figuresCard } from '../../src/cards/figures-card.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { reportedFigures } from '../../src/facts/figures.ts';
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
      title: '■ Microsoft spent $13.9B on capex in Apr–Jun 2024, +55%',
      tag: 'MSFT',
      lead: ['That is 37% of its operating cash flow.', 'Capex was 21% of revenue.'],
    });
    expect(card.sections.map(({ heading, rows }) => [heading, rows.map(({ text }) => text)])).toEqual([
      ['THE AI BILL', ['$13.9B capex (cash), Apr–Jun 2024, +55%']],
      ['FUNDED BY', ['$37.2B operating cash flow, Apr–Jun 2024, +29%', '$64.7B revenue, Apr–Jun 2024, +15%']],
    ]);
    expect(card.sections[0]?.rows[0]).toMatchObject({ aside: 'reported 30 Jul 16:03 New York' });
    expect(card.sections[0]?.rows[0]?.link).toMatch(/^https:\/\/www\.sec\.gov\//);
  });

  test('is written in Korean', () => {
    const card = figuresCard(microsoft(), 'ko', catalogue);
    expect(card.title).toBe('■ 마이크로소프트, 2024년 4–6월 설비투자 139억 달러, +55%');
    expect(card.lead).toEqual(['영업현금흐름의 37%.', '매출의 21%.']);
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
    expect(card.lead).toEqual(['Its operating cash flow is not disclosed yet.', 'Its revenue is not disclosed yet.']);
    expect(card.sections.map(({ heading }) => heading)).toEqual(['THE AI BILL']);
  });
});
