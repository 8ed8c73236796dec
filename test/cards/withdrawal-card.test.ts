import { expect, test } from 'vitest';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { toMicros } from '../../src/market/money.ts';
import type { WithdrawalStory } from '../../src/stories/withdrawal-story.ts';
import { catalogue, day, dayRise, drawdown, rise } from './stories.ts';

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
const textOf = (language: string, cause: WithdrawalStory['cause'] = 'unit', alerts = story.alerts) => {
  const { title, lead, sections, footer } = buildCard([{ ...story, cause, alerts }], language, catalogue);
  const rows = sections.flatMap(({ rows: all }) => all.map(({ text }) => text));
  return [title, ...lead, ...rows, ...footer].map((text) => text.replace(/\s/g, ' '));
};

test('it names the alert, says that there was no such fall, and why', () => {
  expect(textOf('en')).toEqual([
    'Withdrawn: Nvidia did not fall',
    'The alert of 10 Jun is withdrawn.',
    'There was no such fall.',
    'Yahoo has since restated the earlier prices of Nvidia, as after a split; the alert compared prices of two units.',
    '89.9% below peak',
    'down 89.9% in a day',
    'Found 10 Jun 2024 16:15 New York. Alerts go on as before.',
  ]);
  expect(textOf('en', 'close')[3]).toBe('Yahoo has since corrected its closing price of Nvidia.');
});

test('it is written in Korean', () => {
  expect(textOf('ko', 'close').slice(0, 4)).toEqual([
    '철회: 엔비디아 하락 없었음',
    '6월 10일 알림을 철회합니다.',
    '실제로는 없었던 하락입니다.',
    '이후 Yahoo의 엔비디아 종가가 정정되었습니다.',
  ]);
});

test('it says what the day was by the prices as they are now', () => {
  const known = { ...story, close: { price: toMicros(121.79), previous: toMicros(120.888) } };
  const lead = (language: string) => buildCard([known], language, catalogue).lead.map((it) => it.replace(/\s/g, ' '));
  expect(lead('en')[3]).toBe('By the prices as they are now, it closed at $121.79, +0.7% on the day.');
  expect(lead('ko')[3]).toBe('현재 확인된 가격으로는 종가 121.79달러, 전일 대비 +0.7%.');
});

test('its buttons lead to the price', () => {
  expect(cardButtons([story], catalogue.in('en'))).not.toEqual([]);
});

test('of rises alone it says that there was no such rise', () => {
  const rises = [rise({ ...close, close: 1_300 }, 20, 1_000), dayRise({ ...close, close: 1_300 }, 7)];
  expect(textOf('en', 'close', rises).slice(0, 6)).toEqual([
    'Withdrawn: Nvidia did not rise',
    'The alert of 10 Jun is withdrawn.',
    'There was no such rise.',
    'Yahoo has since corrected its closing price of Nvidia.',
    '30.0% above 52-week low',
    'up 7.5% in a day',
  ]);
  expect(textOf('ko', 'unit', rises)[0]).toBe('철회: 엔비디아 상승 없었음');
  expect(textOf('ko', 'unit', rises)[2]).toMatch(/^실제로는 없었던 상승입니다/);
  const both = textOf('en', 'unit', [...story.alerts, ...rises]);
  expect(both[0]).toBe('Withdrawn: Nvidia did not fall');
  expect(both[2]).toMatch(/^There was no such fall/);
});
