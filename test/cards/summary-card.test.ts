import { describe, expect, it } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { SummaryStory } from '../../src/stories/channel-stories.ts';
import { catalogue, dayRise, rise } from './stories.ts';

const NVDA = { symbol: 'NVDA', name: { en: 'Nvidia', ko: '엔비디아' }, unit: 'usd' } as const;
const IXIC = { symbol: 'IXIC', name: { en: 'The Nasdaq', ko: '나스닥' }, unit: 'points' } as const;
const AMD = { symbol: 'AMD', name: { en: 'AMD', ko: 'AMD' }, unit: 'usd' } as const;
const at = (time: string): number => Date.parse(`2024-07-30T${time}Z`);
const fall = { peak: 135_580_000, peakSession: '2024-06-18', session: '2024-07-30', sessions: 28 } as const;

const held: SummaryStory['held'] = [
  {
    ...IXIC,
    price: 17_342_410_000,
    at: at('14:05:00'),
    headline: {
      ...{ kind: 'day', symbol: 'IXIC', session: '2024-07-30', price: 17_342_410_000, level: 250 },
      ...{ previous: 17_997_350_000, worstSince: '2022-10-07' },
    },
  },
  {
    ...NVDA,
    price: 103_730_000,
    at: at('18:30:00'),
    headline: { kind: 'drawdown', symbol: 'NVDA', price: 103_730_000, window: 252, level: 2_000, ...fall },
  },
  { ...AMD, price: 180_000_000, at: at('20:00:00'), headline: { kind: 'recovery', peak: 170_000_000 } },
];
const story: SummaryStory = { kind: 'summary', symbol: '*', from: at('14:05:30'), to: at('22:00:00'), held };

const rowsOf = (language: string, of = story) =>
  buildCard([of], language, catalogue).sections.flatMap(({ rows }) =>
    rows.map(({ label, text, aside }) => `${label}: ${text} (${aside})`),
  );

describe('the card at the end of quiet hours', () => {
  it('has the deepest fall in its title and lists all alerts, oldest first, in New York time', () => {
    const card = buildCard([story], 'en', catalogue);
    expect(card.title).toBe('▼ 3 alerts in quiet hours');
    expect(card.tone).toBe('red');
    expect(rowsOf('en')).toEqual([
      'Nasdaq: down 3.6% in a day, at 17,342.41 (30 Jul 10:05)',
      'Nvidia: 23.5% below peak, at $103.73 (30 Jul 14:30)',
      'AMD: highest close in 252 sessions, at $180.00 (30 Jul 16:00)',
    ]);
  });

  it('is written in Korean', () => {
    expect(buildCard([story], 'ko', catalogue).title).toBe('▼ 방해 금지 시간 알림 3건');
    expect(rowsOf('ko')[0]).toBe('나스닥: 하루 3.6% 하락, 17,342.41 (7월 30일 10:05)');
  });

  it('with recoveries only has a rising title and a calm tone', () => {
    const risen = held.filter(({ headline }) => headline.kind === 'recovery');
    const card = buildCard([{ ...story, held: [...risen, ...risen] }], 'en', catalogue);
    expect(card.title).toBe('▲ 2 new highs in quiet hours');
    expect(card.tone).toBe('calm');
  });

  it('with many alerts lists the deepest fifteen and counts the others', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      ...(held[1] as (typeof held)[number]),
      price: 90e6 + n * 1e6,
    }));
    const card = buildCard([{ ...story, held: many }], 'en', catalogue);
    expect(card.sections[0]?.rows).toHaveLength(15);
    expect(card.footer[0]).toBe('25 more not shown; see the alert history.');
  });
});

describe('rises during quiet hours', () => {
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 112, previous: 103.7 } as const;
  const heldRise = (headline: ReturnType<typeof rise> | ReturnType<typeof dayRise>, time: string) => ({
    ...NVDA,
    ...{ price: headline.price, at: at(time), headline },
  });
  const rises = [heldRise(dayRise(close, 7), '14:05:00'), heldRise(rise(close, 20, 90), '15:05:00')];

  it('are in the lead, the largest, where nothing fell, and in the list', () => {
    const card = buildCard([{ ...story, held: rises }], 'en', catalogue);
    expect(card.title).toBe('▲ 2 alerts in quiet hours');
    expect(card.lead.map((line) => line.replaceAll('\u202f', ' '))).toEqual([
      'The largest rise: Nvidia 24.4% above 52-week low.',
    ]);
    expect(card.tone).toBe('calm');
    const korean = buildCard([{ ...story, held: rises }], 'ko', catalogue);
    expect(korean.title).toBe('▲ 방해 금지 시간 알림 2건');
    expect(korean.lead[0]).toMatch(/^최대 상승: 엔비디아 /);
    expect(rowsOf('en', { ...story, held: rises })[0]).toMatch(/^Nvidia: up 8\.0% in a day, at \$112\.00/);
  });

  it('are in the list below a fall', () => {
    const all = { ...story, held: [...rises, ...held] };
    const card = buildCard([all], 'en', catalogue);
    expect(card.title).toBe('▼ 5 alerts in quiet hours');
    expect(card.lead[0]?.replaceAll('\u202f', ' ')).toBe('The deepest: Nvidia 23.5% below peak.');
    expect(rowsOf('en', all)).toHaveLength(5);
  });
});
