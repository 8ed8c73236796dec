import { describe, expect, test } from 'vitest';
import { alertHistoryCard } from '../../src/cards/answers/alert-history-card.ts';
import { fallText } from '../../src/cards/fall-text.ts';
import { levelText } from '../../src/cards/reached-levels.ts';
import { slideCard } from '../../src/cards/slide-card.ts';
import { lineOfAlert } from '../../src/slides/alert-kinds.ts';
import type { Alert } from '../../src/stories/alert.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { catalogue, day, dayRise, rise, setPrice, storyAt, within } from './stories.ts';

/** Title and lead, with plain spaces. */
const texts = (story: SlideStory, language: string, today?: string): string[] => {
  const { title, lead } = slideCard(story, language, catalogue, today);
  return [title, ...lead].map((text) => text.replaceAll('\u202f', ' '));
};

/** How an alert is told in a summary, on a card of several slides and in the history. */
const short = (alert: Alert, language: string): string[] => {
  const words = catalogue.in(language);
  const past = [{ symbol: alert.symbol, ...lineOfAlert(alert), at: 0, state: 'sent' }];
  const [row] = alertHistoryCard(words, past, 1, { timeZone: 'America/New_York', now: 0 }).sections[0]?.rows ?? [];
  return [fallText(words, alert, alert.price, 'usd'), levelText(words, alert), row?.text ?? ''].map((text) =>
    text.replaceAll('\u202f', ' '),
  );
};

describe('a fall within minutes', () => {
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 105, previous: 111 } as const;
  const alert = within(close, 30, 4, 109.6, 32);
  const story = storyAt(close, { alerts: [alert], final: false });

  test('is told with the high that it fell from', () => {
    expect(texts(story, 'en')).toEqual([
      '▼ Nvidia fell 4.2% in 30 minutes',
      '$105.00, −5.4% so far today.',
      'From $109.60 at 10:02 New York time.',
    ]);
    expect(texts(story, 'ko')).toEqual([
      '▼ 엔비디아, 30분 사이 4.2% 하락',
      '105.00달러, 오늘 장중 −5.4%.',
      '뉴욕 시각 10:02 고가 109.60달러에서 하락.',
    ]);
    expect(texts(story, 'en', '2024-07-31')[0]).toBe('▼ Nvidia fell 4.2% in 30 minutes');
    expect(texts(story, 'ko', '2024-07-31')[0]).toBe('▼ 엔비디아, 30분 사이 4.2% 하락');
  });

  test('stands below a headline about the day', () => {
    const both = { ...story, alerts: [day(close, 5), alert] };
    expect(texts(both, 'en')[2]).toBe('Down 4.2% within 30 minutes, from $109.60 at 10:02 New York time.');
    expect(texts(both, 'ko')[2]).toBe('109.60달러(뉴욕 시각 10:02)에서 30분 사이 4.2% 하락.');
  });

  test('has the colour of its depth, though the day is up', () => {
    const up = { symbol: 'NVDA', session: '2024-07-30', close: 105, previous: 104 } as const;
    const told = storyAt(up, { alerts: [within(up, 60, 10, 117, 5)], final: false });
    expect(slideCard(told, 'en', catalogue).tone).toBe('orange');
  });

  test('has short forms', () => {
    expect(short(alert, 'en')).toEqual([
      'down 4.2% within 30 minutes',
      '−4% in 30 minutes',
      '4% within 30 minutes: posted',
    ]);
    expect(short(alert, 'ko')).toEqual(['30분 사이 4.2% 하락', '30분 −4%', '30분 사이 4% 하락: 전송됨']);
  });
});

describe('a price that was set', () => {
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 99.5, previous: 102.5 } as const;
  const below = setPrice(close, 'below', 100);
  const above = setPrice({ ...close, close: 151, previous: 149 }, 'above', 150);
  const up = storyAt({ ...close, close: 151, previous: 149 }, { alerts: [above], final: false });

  test('is told with its side, and that it is off now', () => {
    const story = storyAt(close, { alerts: [below], final: false });
    expect(texts(story, 'en')).toEqual([
      '▼ Nvidia is below $100.00',
      '$99.50, −2.9% so far today.',
      'This price alert is off now; set it again for another.',
    ]);
    expect(texts(story, 'ko')).toEqual([
      '▼ 엔비디아, 100.00달러 하회',
      '99.50달러, 오늘 장중 −2.9%.',
      '이 가격 알림은 꺼졌습니다. 다시 받으려면 가격을 다시 정해 주세요.',
    ]);
    expect(texts(story, 'en', '2024-07-31')[0]).toBe('▼ Nvidia was below $100.00');
    expect(texts(up, 'en')[0]).toBe('▲ Nvidia is above $150.00');
    expect(texts(up, 'ko')[0]).toBe('▲ 엔비디아, 150.00달러 상회');
  });

  test('stands below a headline about the day', () => {
    const both = storyAt(close, { alerts: [day(close, 2), below], final: false });
    expect(texts(both, 'en')[2]).toBe('Below $100.00, as set here; that price alert is off now.');
    expect(texts(both, 'ko')[2]).toBe('이 채널이 정한 100.00달러 하회. 해당 가격 알림은 꺼졌습니다.');
  });

  test('from below is a rise, without the colour of a fall, however far the peak is', () => {
    const far = storyAt(
      { ...close, close: 151, previous: 149, peak: { price: 250, session: '2024-06-18', sessions: 28 } },
      { alerts: [above] },
    );
    expect(slideCard(far, 'en', catalogue).tone).toBe('calm');
  });

  test('has short forms', () => {
    expect(short(below, 'en')).toEqual(['below $100.00', 'below $100.00', 'below 100.00: posted']);
    expect(short(above, 'ko')).toEqual(['150.00달러 상회', '150.00달러 상회', '150.00 상회: 전송됨']);
  });
});

describe('a rise', () => {
  const peak = { price: 140, session: '2024-06-18', sessions: 28 } as const;
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 112, previous: 103.7, peak } as const;
  const fromLow = rise(close, 20, 90);
  const ofDay = dayRise(close, 7, '2024-05-23');
  const low = storyAt(close, { alerts: [fromLow], final: false, valueLost: 1e9, late: false });
  const best = storyAt(close, { alerts: [ofDay], final: false });

  test('from the low is told with the low, and where the peak is', () => {
    expect(texts(low, 'en')).toEqual([
      '▲ Nvidia is 24.4% above its low',
      '$112.00, +8.0% so far today.',
      '52-week low $90.00 on 10 Jul, 14 sessions ago.',
      '20.0% below the peak of $140.00 on 18 Jun, 28 sessions ago.',
    ]);
    expect(texts(low, 'ko')).toEqual([
      '▲ 엔비디아, 저점 대비 24.4% 상승',
      '112.00달러, 오늘 장중 +8.0%.',
      '52주 저점 90.00달러(7월 10일), 14거래일 전.',
      '고점 140.00달러(6월 18일, 28거래일 전) 대비 20.0% 하락.',
    ]);
    expect(texts(low, 'en', '2024-07-31')[0]).toBe('▲ Nvidia was 24.4% above its low');
    expect(texts(low, 'ko', '2024-07-31')[0]).toBe('▲ 엔비디아, 당시 저점 대비 24.4% 상승');
    const seven = { ...close, symbol: 'MAG7' } as const;
    expect(texts(storyAt(seven, { alerts: [rise(seven, 20, 90)] }), 'en')[0]).toBe('▲ The Seven are 24.4% above low');
  });

  test('of the day is told with the best day before it', () => {
    expect(texts(best, 'en').slice(0, 2)).toEqual([
      '▲ Nvidia is up 8.0% so far today',
      '$112.00, +8.0% from $103.70, on course for its best day since 23 May 2024.',
    ]);
    expect(texts(best, 'ko').slice(0, 2)).toEqual([
      '▲ 엔비디아, 오늘 장중 8.0% 상승',
      '112.00달러, 전일 103.70달러 대비 +8.0%, 이대로 마감하면 2024년 5월 23일 이후 최대 상승률.',
    ]);
    const closed = { ...best, final: true, alerts: [dayRise(close, 7)] };
    expect(texts(closed, 'en').slice(0, 2)).toEqual([
      '▲ Nvidia rose 8.0% today',
      '$112.00, +8.0% from $103.70: its best day on record (data since 5 Feb 1971).',
    ]);
    expect(texts(closed, 'ko').slice(0, 2)).toEqual([
      '▲ 엔비디아, 오늘 8.0% 상승',
      '112.00달러, 전일 103.70달러 대비 +8.0%: 집계 시작(1971년 2월 5일) 이후 최대 상승률.',
    ]);
  });

  test('of the day stands in the price line below a rise from the low, and that below a fall', () => {
    const both = { ...low, final: true, alerts: [fromLow, ofDay] };
    expect(texts(both, 'en')[1]).toBe('$112.00, +8.0% today: its best day since 23 May 2024.');
    const below = { ...low, alerts: [within(close, 30, 4, 117, 32), fromLow] };
    expect(texts(below, 'en')).toContain('24.4% above the 52-week low of $90.00 on 10 Jul, 14 sessions ago.');
    expect(texts(below, 'ko')).toContain('52주 저점 90.00달러(7월 10일, 14거래일 전) 대비 24.4% 상승.');
  });

  test('has no colour of a fall, and tells nothing of earlier falls or of value lost', () => {
    const rates = { since: '2015-01-02', cases: 7, sessionsToNewHigh: 61 };
    expect(slideCard({ ...low, rates }, 'en', catalogue).tone).toBe('calm');
    expect(slideCard(best, 'en', catalogue).tone).toBe('calm');
    const worth = { ...low, rates, valueLost: 80e9 };
    expect(slideCard(worth, 'en', catalogue).quiet).toBeUndefined();
    expect(texts(worth, 'en').join()).not.toMatch(/lost/);
    const fall = slideCard({ ...worth, alerts: [day(close, 7)] }, 'en', catalogue);
    expect(fall.quiet).toMatch(/^Falls of 20\.0% since 2015: 7 before/);
    expect(fall.lead.at(-1)).toBe('About $80 billion of market value lost.');
  });

  test('has a picture of the distance above its low, not of that below the peak, and says so in words', () => {
    const { picture, footer } = slideCard(low, 'en', catalogue);
    expect(picture?.chart).toMatchObject({
      kind: 'slide',
      low: { session: '2024-07-10', close: 90 },
      level: 20,
      figures: { price: '112.00', depth: '+24.4%', window: '252D', peak: '90.00' },
    });
    expect(picture?.alt.replaceAll('\u202f', ' ')).toBe(
      'Nvidia from 18 Jun 2024 to 30 Jul 2024, last at $112.00. The 52-week low was $90.00 on 10 Jul 2024; the price is 24.4% above it. The level of +20% is marked.',
    );
    expect(slideCard(low, 'ko', catalogue).picture?.alt).toMatch(
      /52주 저점 90\.00달러\(2024년 7월 10일\), 현재 저점 대비 24\.4% 상승\. \+20% 상승 기준선 표시\.$/,
    );
    expect(slideCard(best, 'en', catalogue).picture?.alt).not.toMatch(/low|peak/);
    expect(footer[1]).toBe('The figures are context; they do not explain the move.');
    expect(slideCard(low, 'ko', catalogue).footer[1]).toBe('참고용 수치이며, 상승의 원인을 뜻하지 않습니다.');
  });

  test('of the day tells the low that its picture measures from, unless it is at the low', () => {
    const points = [
      { session: '2024-06-18', close: 140 },
      { session: '2024-07-26', close: 100 },
      { session: '2024-07-29', close: 103.7 },
      { session: '2024-07-30', close: 112 },
    ];
    const story = { ...best, chart: { ...best.chart, points } };
    expect(texts(story, 'en').slice(2)).toEqual([
      '12.0% above the 52-week low of $100.00 on 26 Jul, 2 sessions ago.',
      '20.0% below the peak of $140.00 on 18 Jun, 28 sessions ago.',
    ]);
    expect(slideCard(story, 'en', catalogue).picture?.chart).toMatchObject({
      low: { session: '2024-07-26', close: 100 },
      figures: { depth: '+12.0%', peak: '100.00' },
    });
    expect(texts(best, 'en').join()).not.toContain('52-week');
    const ofMonth = { ...story, chart: { ...story.chart, window: 20 } };
    expect(texts(ofMonth, 'en').join()).not.toContain('52-week');
    const fall = { ...story, alerts: [day(close, 7)] };
    expect(texts(fall, 'en').join()).not.toContain('52-week');
  });

  test('that is late says so of a rise', () => {
    expect(texts({ ...low, late: true }, 'en')[2]).toMatch(/^Posted late: this happened on 30 Jul/);
    expect(texts({ ...low, late: true }, 'ko')[2]).toMatch(/^늦은 알림: 7월 30일 상승을 뒤늦게 확인/);
  });

  test('has short forms', () => {
    expect(short(fromLow, 'en')).toEqual([
      '24.4% above 52-week low',
      '+20% from its low',
      '20% above the 52-week low: posted',
    ]);
    expect(short(ofDay, 'en')).toEqual(['up 8.0% in a day', '+7% in a day', 'up 7% in a day: posted']);
    expect(short(fromLow, 'ko')).toEqual([
      '52주 저점 대비 24.4% 상승',
      '저점 대비 +20%',
      '52주 저점 대비 20% 상승: 전송됨',
    ]);
    expect(short(ofDay, 'ko')).toEqual(['하루 8.0% 상승', '하루 +7%', '하루 7% 상승: 전송됨']);
  });

  test('that was withdrawn, or is on the card of a larger one, says so in the history', () => {
    const stateOf = (state: string, language: string) => {
      const past = [{ symbol: 'NVDA', ...lineOfAlert(ofDay), at: 0, state }];
      const card = alertHistoryCard(catalogue.in(language), past, 1, { timeZone: 'America/New_York', now: 0 });
      return card.sections[0]?.rows[0]?.text.replaceAll('\u202f', ' ');
    };
    expect(stateOf('withdrawn', 'en')).toBe('up 7% in a day: withdrawn: there was no such rise');
    expect(stateOf('merged', 'en')).toBe('up 7% in a day: included in the card for a larger rise');
    expect(stateOf('merged', 'ko')).toBe('하루 7% 상승: 더 큰 상승 카드에 포함');
    expect(stateOf('withdrawn', 'ko')).toBe('하루 7% 상승: 철회: 실제로는 없었던 상승');
  });
});
