import { expect, test } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { BillStory } from '../../src/stories/bill-story.ts';
import { billStory } from './bill-stories.ts';
import { cardText } from './card-text.ts';
import { catalogue } from './stories.ts';

const textIn = (language: string, story: BillStory) => cardText(buildCard([story], language, catalogue));

test('a raise of Meta’s guidance says to what, and what it was before, with both sources', () => {
  const story = billStory('META', '2025-04-30', 'guidance');
  const card = buildCard([story], 'en', catalogue);
  expect(card.title).toBe('Meta raised capex guidance');
  expect(card.lead).toEqual(['For 2025: $64–72B, was $60–65B.', 'Meta has given new guidance.']);
  expect(card.sections[0]?.rows.map(({ link }) => link?.startsWith('https://'))).toEqual([true, true]);
  expect(buildCard([story], 'ko', catalogue).title).toBe('메타, 설비투자 가이던스 상향');
});

test('a cut says so', () => {
  expect(textIn('en', billStory('TSLA', '2025-07-23', 'guidance'))).toContain(
    'Tesla cut its capex guidance\nFor 2025: more than $9B, was more than $11B.',
  );
});

test('a quarter of the four says by how much their share rose or fell, and of what it is made', () => {
  const up = buildCard([billStory('AMZN', '2025-07-31', 'share')], 'en', catalogue);
  expect(up.title).toBe('The four: capex 68.7% of cash flow');
  expect(up.lead).toEqual([
    'In Apr–Jun 2025, up 5.7 points from 62.9% in Jan–Mar 2025. All four have reported.',
    'Amazon has just reported.',
  ]);
  // Microsoft's 8-K of 30 July 2025: 17,079 and 42,647.
  expect(up.sections[0]?.rows).toHaveLength(4);
  expect(up.sections[0]?.rows[0]).toEqual({
    label: 'Microsoft',
    text: '$17.1B vs $42.6B cash flow',
  });
  expect(up.published?.sources.map(({ text }) => text)).toEqual([
    'Alphabet 23 Jul',
    'Microsoft 30 Jul',
    'Meta 30 Jul',
    'Amazon 31 Jul by 16:30 New York',
  ]);
  expect(up.tag).toBeUndefined();
  expect(textIn('en', billStory('AMZN', '2025-10-30', 'share'))).toMatch(
    /^The four: capex 61\.2% of cash flow\nIn Jul–Sep 2025, down /,
  );
  expect(textIn('ko', billStory('AMZN', '2025-07-31', 'share'))).toContain('2025년 4–6월 영업현금흐름 대비 5.7%p 상승');
});

test('a quarter with more capex than cash flow says that it is the first, of how many', () => {
  const text = textIn('en', billStory('GOOGL', '2026-07-22', 'above-cash-flow'));
  expect(text).toContain('Alphabet: capex above cash flow\nIn Apr–Jun 2026, the first time in 14 quarters on record.');
});
