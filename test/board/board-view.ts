import type { BoardView, Health, PostedCard, QuoteLine } from '../../src/board/board-view.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { toMicros } from '../../src/market/money.ts';
import { nvidia, together0724 } from '../cards/golden-stories.ts';
import { catalogue, closeOf } from '../cards/stories.ts';

/** Shortly after the close of 2024-07-30. */
export const NOW = closeOf('2024-07-30') + 60_000;

export const quotes: readonly QuoteLine[] = [
  {
    symbol: 'NVDA',
    name: { en: 'Nvidia', ko: '엔비디아' },
    unit: 'usd',
    price: toMicros(103.73),
    previous: toMicros(111.59),
    peak: toMicros(135.58),
    sessionsSincePeak: 28,
    at: closeOf('2024-07-30'),
  },
  {
    symbol: 'IXIC',
    name: { en: 'The Nasdaq', ko: '나스닥' },
    unit: 'points',
    price: toMicros(17_147.42),
    previous: toMicros(17_370.2),
    peak: toMicros(18_647.45),
    sessionsSincePeak: 14,
    at: closeOf('2024-07-30'),
  },
  {
    symbol: 'MAG7',
    name: { en: 'The Magnificent Seven', ko: '매그니피센트 7' },
    unit: 'usd-billions',
    price: toMicros(14_911.2),
    previous: toMicros(14_900),
    at: closeOf('2024-07-29'),
  },
  { symbol: 'TSLA', name: { en: 'Tesla', ko: '테슬라' }, unit: 'usd', problem: 'Yahoo answered with price 0' },
];

export const nvidiaEn: PostedCard = {
  id: 7,
  card: buildCard([nvidia], 'en', catalogue),
  language: 'en',
  postedAt: NOW,
  places: [
    { platform: 'discord', state: 'sent' },
    { platform: 'slack', state: 'pending', reason: 'asked to wait 30 s' },
  ],
};

export const togetherKo: PostedCard = {
  id: 3,
  card: buildCard(together0724, 'ko', catalogue),
  language: 'ko',
  postedAt: closeOf('2024-07-24') + 60_000,
  places: [{ platform: 'board', state: 'sent' }],
};

export const health: Health = {
  status: 'ok',
  failures: [],
  now: NOW,
  market: 'closed',
  lastQuoteAt: closeOf('2024-07-30'),
  nextSession: '2024-07-31',
  sources: [{ name: 'yahoo', ok: true, at: NOW }],
  platforms: [{ name: 'slack', state: 'down', detail: 'rate limited' }],
  deliveries: { sent: 12, pending: 1, expired: 0 },
  refused: { 'price is 0': 3 },
};

export const METRICS = '# TYPE slidewatch_deliveries_total counter\nslidewatch_deliveries_total{state="sent"} 12\n';

/** A view of fixed values; what is not given is as after an ordinary day. */
export const viewOf = (given: Partial<BoardView> = {}): BoardView => ({
  quotes: async () => quotes,
  cards: async (limit) => [nvidiaEn, togetherKo].slice(0, limit),
  health: async () => health,
  ready: async () => true,
  metrics: async () => METRICS,
  ...given,
});
