import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/cards/display-width.ts';
import { gluedNumbers, halvesOf } from '../../src/cards/glue.ts';

/** Hard spaces as `~`. */
const seen = (text: string): string => gluedNumbers(text).replaceAll('\u00a0', '~').replaceAll('\u2060', '');

describe('at the end of a line', () => {
  test.each([
    ['Peak $135.58 on 18 Jun, 28 sessions ago.', 'Peak $135.58~on 18~Jun, 28~sessions ago.'],
    ['About $784 billion of market value lost.', 'About $784~billion of market value lost.'],
    ['its worst day since 19 Apr 2024. Nasdaq −1.3%.', 'its worst day since 19~Apr~2024. Nasdaq −1.3%.'],
    ['NVDA −7.0%, TSLA +1.2%', 'NVDA~−7.0%, TSLA~+1.2%'],
    ['2024년 4월 19일 이후 최대 하락률', '2024년~4월~19일~이후 최대 하락률'],
    ['Jan–Mar, 4 of 4 reported', 'Jan–Mar, 4~of~4~reported'],
    ['Apr–Jun 2024 is coming in', 'Apr–Jun~2024~is coming in'],
    ['30 Jul 2024 16:00 New York (Yahoo)', '30~Jul~2024~16:00~New~York (Yahoo)'],
    ['a New Yorker, New Delhi', 'a New Yorker, New Delhi'],
    ['4곳 중 3곳 발표', '4곳~중~3곳~발표'],
    ['시가총액 약 7,840억 달러 감소.', '시가총액 약 7,840억~달러 감소.'],
  ])('the numbers and tickers of "%s" stay with what they belong to', (text, expected) => {
    expect(seen(text)).toBe(expected);
  });

  test('a range stays whole', () => {
    expect(gluedNumbers('Guided $64–72B, was $60–65B.')).toBe('Guided $64–\u206072B, was $60–\u206065B.');
  });

  test('a number stays with the word that a hyphen joins to it', () => {
    expect(gluedNumbers('7% below the 20-session peak of 2024-07-10')).toContain(
      '20-\u2060session\u00a0peak of 2024-07-10',
    );
    expect(gluedNumbers('after-hours')).toBe('after-hours');
  });

  test('a number stays with the Hangul behind it', () => {
    expect(gluedNumbers('고점 대비 낙폭 23.6%로 확대')).toContain('23.6%\u2060로');
    expect(gluedNumbers('9월 4일')).toBe('9\u2060월\u00a04\u2060일');
  });

  test('entries that several spaces separate stay apart', () => {
    expect(seen('TSLA −12.3   NVDA −6.8')).toBe('TSLA~−12.3   NVDA~−6.8');
  });
});

/** A row as one text, hard spaces as `~`. */
const row = (label: string, text: string, aside?: string, link?: string): string => {
  const half = halvesOf({ label, text, ...(link !== undefined && { link }) }, aside);
  return `${half.label}${half.between}${half.text}${half.separator}${half.source}${half.mark}`.replaceAll(
    '\u00a0',
    '~',
  );
};

describe('a row', () => {
  test('breaks between its halves alone, and not after the dash of a range', () => {
    expect(row('Alphabet', '$13.2B capex, +91%', 'Jan–Mar · 25 Apr', 'https://example.com')).toBe(
      'Alphabet~$13.2B~capex,~+91% Jan–\u2060Mar~·~25~Apr~↗',
    );
    expect(row('', '$37–40B')).toBe('$37–\u206040B');
  });

  test('has a point before a second half that is no link, unless the first goes on into it', () => {
    expect(row('Alphabet', '$13.2B', 'Jan–Mar')).toBe('Alphabet~$13.2B~· Jan–\u2060Mar');
    expect(row('The four', '$44.3B,', '45% of cash flow')).toBe('The~four~$44.3B, 45%~of~cash~flow');
    expect(row('', '', 'Jan–Mar')).toBe('Jan–\u2060Mar');
  });

  test('of a place with less room is broken at words sooner, and its arrow begins no line', () => {
    const half = halvesOf(
      { label: 'Microsoft', text: "7 points of Azure's growth", link: 'https://example.com' },
      'Jan–Mar · 30 Apr by 16:30 New York',
      30,
    );
    expect(half.between).toBe(' ');
    expect(half.source).toMatch(/New\u00a0York\u00a0↗$/);
  });

  test('has a first half that breaks at words where it is wider than a line, Hangul counted as two', () => {
    expect(row('Microsoft', 'a name that goes on and on, $13.2B of capex')).toContain(' a name that goes on ');
    expect(row('마이크로소프트', '설비투자 가이던스 190억 달러 이상')).toBe(
      '마이크로소프트 설비투자 가이던스 190\u2060억~달러 이상',
    );
  });
});

test('nothing but spaces changes, and no piece becomes longer than a line by it', () => {
  const words = fc.array(fc.oneof(fc.stringMatching(/^[a-z가-힣,.]{1,12}$/u), fc.stringMatching(/^\d{1,9}%?$/)), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(words, (list) => {
      const text = list.join(' ');
      expect(gluedNumbers(text).replaceAll('\u00a0', ' ')).toBe(text);
      for (const piece of gluedNumbers(text).split(' ')) expect(displayWidth(piece)).toBeLessThanOrEqual(34);
    }),
  );
});
