import { describe, expect, test } from 'vitest';
import { alertHistoryCard } from '../../src/cards/answers/alert-history-card.ts';
import { fallText } from '../../src/cards/fall-text.ts';
import { firedText } from '../../src/cards/rollup-lines.ts';
import { slideCard } from '../../src/cards/slide-card.ts';
import { lineOfAlert } from '../../src/slides/alert-kinds.ts';
import type { Alert } from '../../src/stories/alert.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { catalogue, day, setPrice, storyAt, within } from './stories.ts';

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
  return [fallText(words, alert, alert.price, 'usd'), ...firedText(words, alert), row?.text ?? ''].map((text) =>
    text.replaceAll('\u202f', ' '),
  );
};

describe('a fall within minutes', () => {
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 105, previous: 111 } as const;
  const alert = within(close, 30, 4, 109.6, 32);
  const story = storyAt(close, { alerts: [alert], final: false });

  test('is told with the high that it fell from', () => {
    expect(texts(story, 'en')).toEqual([
      '▼ Nvidia fell 4.2% within 30 minutes',
      '$105.00, −5.4% so far today',
      'From $109.60 at 10:02 New York time.',
    ]);
    expect(texts(story, 'ko')).toEqual([
      '▼ 엔비디아, 30분 사이 4.2% 하락',
      '105.00달러, 오늘 장중 −5.4%',
      '뉴욕 시각 10:02 고가 109.60달러에서 하락.',
    ]);
    expect(texts(story, 'en', '2024-07-31')[0]).toBe('▼ Nvidia fell 4.2% within 30 minutes on 30 Jul');
    expect(texts(story, 'ko', '2024-07-31')[0]).toBe('▼ 엔비디아, 7월 30일 30분 사이 4.2% 하락');
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
      '4% within 30 minutes',
      '4% within 30 minutes: posted',
    ]);
    expect(short(alert, 'ko')).toEqual(['30분 사이 4.2% 하락', '30분 사이 −4%', '30분 사이 4% 하락: 전송됨']);
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
      '$99.50, −2.9% so far today',
      'This price alert is off now; set it again for another.',
    ]);
    expect(texts(story, 'ko')).toEqual([
      '▼ 엔비디아, 100.00달러 하회',
      '99.50달러, 오늘 장중 −2.9%',
      '이 가격 알림은 꺼졌습니다. 다시 받으려면 가격을 다시 정해 주세요.',
    ]);
    expect(texts(story, 'en', '2024-07-31')[0]).toBe('▼ Nvidia was below $100.00 on 30 Jul');
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
