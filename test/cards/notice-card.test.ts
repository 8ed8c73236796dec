import { expect, it } from 'vitest';
import { TITLE_LIMIT } from '../../src/cards/card.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { NoticeStory } from '../../src/stories/channel-stories.ts';
import { cardText } from './card-text.ts';
import { catalogue } from './stories.ts';

const noData: NoticeStory = {
  kind: 'notice',
  symbol: '*',
  notice: 'no-data',
  source: 'Yahoo',
  since: Date.parse('2025-06-02T14:05:00Z'),
  at: Date.parse('2025-06-02T14:10:00Z'),
};
const back: NoticeStory = { ...noData, notice: 'data-back', at: Date.parse('2025-06-02T14:31:00Z') };

const text = (story: NoticeStory, language: string): string =>
  cardText(buildCard([story], language, catalogue)).replace(/\s+/g, ' ');

it('says since when there are no prices, and from which source', () => {
  expect(text(noData, 'en')).toContain('No prices since 10:05 New York time');
  expect(text(noData, 'en')).toContain('Yahoo has sent no usable price since 2 Jun 2025 10:05 New York.');
  expect(text(noData, 'en')).toContain('As of 2 Jun 2025 10:10 New York.');
  expect(text(noData, 'ko')).toContain('뉴욕 시각 10:05부터 시세 중단');
});

it('says that prices are back, and since when they were missing', () => {
  expect(text(back, 'en')).toContain('Prices are back');
  expect(text(back, 'en')).toContain('since 2 Jun 2025 10:05 New York');
  expect(text(back, 'ko')).toContain('시세 정상화');
});

it.each(catalogue.languages)('has in %s a title that fits, and a time in its footer', (language) => {
  for (const story of [noData, back, { ...noData, source: 'a source of no name' }]) {
    const card = buildCard([story], language, catalogue);
    expect(card.title.length).toBeLessThanOrEqual(TITLE_LIMIT);
    expect(card.footer.join()).toMatch(/10:\d\d/);
    expect(cardText(card)).not.toMatch(/undefined|\{\{|[!！]/);
  }
});
