import { expect, test } from 'vitest';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import type { WithdrawalStory } from '../../src/stories/withdrawal-story.ts';
import { catalogue, day, drawdown } from './stories.ts';

const peak = { price: 1_208.88, session: '2024-06-06', sessions: 2 };
const close = { symbol: 'NVDA', session: '2024-06-10', close: 121.79, previous: 1_208.88, peak } as const;
const story: WithdrawalStory = {
  kind: 'withdrawal',
  symbol: 'NVDA',
  name: { en: 'Nvidia', ko: '엔비디아' },
  unit: 'usd',
  session: '2024-06-10',
  alerts: [drawdown(close, 252, 50), day(close, 10)],
  cause: 'unit',
  source: 'yahoo',
  at: Date.parse('2024-06-10T20:15:00Z'),
};

/** A card's text with plain spaces. */
const textOf = (language: string, cause: WithdrawalStory['cause'] = 'unit') => {
  const { title, lead, sections, footer } = buildCard([{ ...story, cause }], language, catalogue);
  const rows = sections.flatMap(({ rows: all }) => all.map(({ text }) => text));
  return [title, ...lead, ...rows, ...footer].map((text) => text.replace(/\s/g, ' '));
};

test('it names the alert, says that there was no such fall, and why', () => {
  expect(textOf('en')).toEqual([
    '■ Withdrawn: the alert on Nvidia of 10 Jun',
    'There was no such fall. Yahoo has since restated the earlier prices of Nvidia, as after a split; the alert compared prices of two units.',
    '89.9% below peak',
    'down 89.9% in a day',
    'Found 10 Jun 2024 16:15 New York. Alerts go on as before.',
  ]);
  expect(textOf('en', 'close')[1]).toBe(
    'There was no such fall. Yahoo has since corrected its closing price of Nvidia.',
  );
});

test('it is written in Korean', () => {
  expect(textOf('ko', 'close').slice(0, 2)).toEqual([
    '■ 알림 철회: 엔비디아, 6월 10일',
    '실제로는 없었던 하락입니다. 이후 Yahoo의 엔비디아 종가가 정정되었습니다.',
  ]);
});

test('its buttons lead to the price', () => {
  expect(cardButtons([story], catalogue.in('en'))).not.toEqual([]);
});
