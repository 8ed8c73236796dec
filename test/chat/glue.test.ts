import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glued, gluedNumbers } from '../../src/chat/glue.ts';

/** Hard spaces as `~`. */
const seen = (text: string): string => gluedNumbers(text).replaceAll('\u00a0', '~');

describe('at the end of a line', () => {
  test.each([
    ['Peak $135.58 on 18 Jun, 28 sessions ago.', 'Peak $135.58~on 18~Jun, 28~sessions ago.'],
    ['About $784 billion of market value lost.', 'About $784~billion of market value lost.'],
    ['its worst day since 19 Apr 2024. Nasdaq −1.3%.', 'its worst day since 19~Apr~2024. Nasdaq −1.3%.'],
    ['NVDA −7.0%, TSLA +1.2%', 'NVDA~−7.0%, TSLA~+1.2%'],
    ['2024년 4월 19일 이후 최대 하락률', '2024년~4월~19일~이후 최대 하락률'],
    ['시가총액 약 7,840억 달러 감소.', '시가총액 약 7,840억~달러 감소.'],
  ])('the numbers and tickers of "%s" stay with what they belong to', (text, expected) => {
    expect(seen(text)).toBe(expected);
  });

  test('entries that several spaces separate stay apart', () => {
    expect(seen('TSLA −12.3   NVDA −6.8')).toBe('TSLA~−12.3   NVDA~−6.8');
  });
});

test('the dash of a range is no place to break a line', () => {
  expect(glued('Jan–Mar · 25 Apr ↗')).toBe('Jan–\u2060Mar\u00a0·\u00a025\u00a0Apr\u00a0↗');
  expect(glued('$37–40B')).toBe('$37–\u206040B');
});

test('half of a fact is one piece, unless it is longer than a line', () => {
  expect(glued('Alphabet $13.2B capex, +91%')).toBe('Alphabet\u00a0$13.2B\u00a0capex,\u00a0+91%');
  const long = 'Microsoft, a name that goes on and on, $13.2B of capex';
  expect(glued(long)).toContain(' a name that goes on ');
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
      for (const piece of gluedNumbers(text).split(' ')) expect(piece.length).toBeLessThanOrEqual(36);
    }),
  );
});
