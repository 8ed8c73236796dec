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
  expect(card.title).toBe('■ Meta raised its capex guidance for 2025 to $64–72B');
  expect(card.lead).toEqual(['Meta has given new guidance.', 'Before, it was $60–65B.']);
  expect(card.sections[0]?.rows.map(({ link }) => link?.startsWith('https://'))).toEqual([true, true]);
  expect(buildCard([story], 'ko', catalogue).title).toBe('■ 메타, 2025년 설비투자 가이던스 640억–720억 달러로 상향');
});

test('a cut says so', () => {
  expect(textIn('en', billStory('TSLA', '2025-07-23', 'guidance'))).toContain(
    '■ Tesla cut its capex guidance for 2025 to more than $9B',
  );
});

test('a quarter of the four says by how much their share rose or fell, and of what it is made', () => {
  const up = buildCard([billStory('AMZN', '2025-07-31', 'share')], 'en', catalogue);
  expect(up.title).toBe('■ Capex of the four rose to 68.7% of their cash flow in Apr–Jun 2025, up 5.7 points');
  expect(up.lead).toEqual([
    'Amazon has just reported.',
    'In Jan–Mar 2025 it was 62.9% of operating cash flow. All four have reported.',
  ]);
  expect(up.sections[0]?.rows).toHaveLength(8);
  expect(up.tag).toBeUndefined();
  expect(textIn('en', billStory('AMZN', '2025-10-30', 'share'))).toContain('fell to 61.2% of their cash flow');
  expect(textIn('ko', billStory('AMZN', '2025-07-31', 'share'))).toContain('영업현금흐름의 68.7%로 5.7%p 상승');
});

test('a quarter with more capex than cash flow says that it is the first, of how many', () => {
  const text = textIn('en', billStory('GOOGL', '2026-07-22', 'above-cash-flow'));
  expect(text).toContain('■ Alphabet spent more on capex in Apr–Jun 2026 than its operations brought in');
  expect(text).toContain('The first time in 14 quarters on record.');
});
