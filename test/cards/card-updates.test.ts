import { describe, expect, test } from 'vitest';
import { cardUpdates, earlierNote, editedCard, isAllWithdrawn, type SlideFate } from '../../src/cards/card-updates.ts';
import { slideCard } from '../../src/cards/slide-card.ts';
import { toMicros } from '../../src/market/money.ts';
import { catalogue, day, dayRise, drawdown, type Name, rise, storyAt } from './stories.ts';

const SESSION = '2024-07-30';
const at = (time: string): number => Date.parse(`${SESSION}T${time}-04:00`);
const close = (symbol: Name, price: number) =>
  ({
    symbol,
    session: SESSION,
    close: price,
    previous: 100,
    peak: { price: 125, session: '2024-07-10', sessions: 14 },
  }) as const;

/** A slide from the peak of 125, as it was told at a time in New York. */
const fallen = (symbol: Name, price: number, time: string) =>
  storyAt(close(symbol, price), { alerts: [drawdown(close(symbol, price), 252, 10)], observedAt: at(time) });

const told = (symbol: Name, more: Partial<SlideFate> = {}): SlideFate => ({
  story: fallen(symbol, 90, '10:02'),
  withdrawn: false,
  ...more,
});

const end = { close: toMicros(93.2), previous: toMicros(100), low: toMicros(88.5) };

const linesOf = (fates: readonly SlideFate[], language = 'en'): string[] =>
  cardUpdates(catalogue.in(language), fates).map(({ text }) => text);

describe('what has become of a card of one slide', () => {
  test('is nothing before anything has happened', () => {
    expect(cardUpdates(catalogue.in('en'), [told('NVDA')])).toEqual([]);
  });

  test('names how far it went from its peak, when, and where that was told', () => {
    const deeper = { story: fallen('NVDA', 80, '11:20'), link: 'https://example.com/2' };
    expect(cardUpdates(catalogue.in('en'), [told('NVDA', { deeper })])).toEqual([
      { text: 'Deeper since: −36.0% at 11:20 New York time', link: 'https://example.com/2' },
    ]);
    expect(linesOf([told('NVDA', { deeper })], 'ko')).toEqual(['이후 추가 하락: 뉴욕 시각 11:20 −36.0%']);
  });

  test('has no link where there is none', () => {
    const [line] = cardUpdates(catalogue.in('en'), [told('NVDA', { deeper: { story: fallen('NVDA', 80, '11:20') } })]);
    expect(line).not.toHaveProperty('link');
  });

  test('measures how far it went as its own title does, whichever level was reached', () => {
    const story = storyAt(close('NVDA', 85), { alerts: [day(close('NVDA', 85), 15)], observedAt: at('11:20') });
    expect(linesOf([told('NVDA', { deeper: { story } })])).toEqual(['Deeper since: −32.0% at 11:20 New York time']);
    const ofTheDay = storyAt(close('NVDA', 90), { alerts: [day(close('NVDA', 90), 10)], observedAt: at('10:02') });
    const deeper = { story: fallen('NVDA', 80, '11:20') };
    expect(linesOf([told('NVDA', { story: ofTheDay, deeper })])).toEqual([
      'Deeper since: −20.0% at 11:20 New York time',
    ]);
  });

  test('says how the day ended, with its low', () => {
    expect(linesOf([told('NVDA', { end })])).toEqual(['Closed at $93.20, −6.8% on the day; low 88.50.']);
    expect(linesOf([told('NVDA', { end })], 'ko')).toEqual(['종가 93.20달러, 당일 −6.8%, 저가 88.50.']);
  });

  test('leaves the low out where there is none', () => {
    const { low: _, ...withoutLow } = end;
    expect(linesOf([told('NVDA', { end: withoutLow })])).toEqual(['Closed at $93.20, −6.8% on the day.']);
  });

  test('has no notes once it was withdrawn: another card takes its place', () => {
    expect(linesOf([told('NVDA', { withdrawn: true, end })])).toEqual([]);
    expect(isAllWithdrawn([told('NVDA', { withdrawn: true })])).toBe(true);
    expect(isAllWithdrawn([])).toBe(false);
  });
});

describe('what has become of a roll-up', () => {
  const fates = [
    told('NVDA', { end, deeper: { story: fallen('NVDA', 80, '11:20') } }),
    told('TSLA', { end: { close: toMicros(80), previous: toMicros(100) } }),
    told('META', { withdrawn: true, end }),
  ];

  test('names each symbol: withdrawn first, deeper, then the close of what stands, the deepest first', () => {
    expect(linesOf(fates)).toEqual([
      'Withdrawn: META. There was no such fall.',
      'NVDA deeper since: −36.0% at 11:20 New York time',
      'At the close: TSLA −20.0   NVDA −6.8',
    ]);
  });

  test('in Korean, too', () => {
    expect(linesOf(fates, 'ko')).toEqual([
      '철회: META. 실제로는 이런 하락이 없었습니다.',
      'NVDA 이후 추가 하락: 뉴욕 시각 11:20 −36.0%',
      '종가 기준: TSLA −20.0   NVDA −6.8',
    ]);
  });
});

test('a deeper card says what was told before it, measured as it measures itself, and where', () => {
  const earlier = fallen('NVDA', 90, '10:02');
  const story = fallen('NVDA', 80, '11:20');
  expect(earlierNote(catalogue.in('en'), { story }, earlier, 'https://example.com/1')).toEqual({
    text: 'Earlier today: −28.0% at 10:02 New York time',
    link: 'https://example.com/1',
  });
  expect(earlierNote(catalogue.in('ko'), { story }, earlier, undefined)).toEqual({
    text: '오늘 앞선 알림: 뉴욕 시각 10:02 −28.0%',
  });
  const ofTheDay = storyAt(close('NVDA', 80), { alerts: [day(close('NVDA', 80), 20)], observedAt: at('11:20') });
  expect(earlierNote(catalogue.in('en'), { story: ofTheDay }, earlier, undefined).text).toContain('−10.0% at 10:02');
  expect(earlierNote(catalogue.in('en'), { story: ofTheDay, from: toMicros(125) }, earlier, undefined).text).toContain(
    '−28.0% at 10:02',
  );
});

describe('what has become of a card of a rise', () => {
  const risen = (price: number, time: string) =>
    storyAt(close('NVDA', price), { alerts: [rise(close('NVDA', price), 20, 80)], observedAt: at(time) });
  const up = (more: Partial<SlideFate>): SlideFate => ({ story: risen(101, '10:02'), withdrawn: false, ...more });

  test('is a higher one, how the day ended, without its low, or which of several was withdrawn', () => {
    const deeper = { story: risen(106, '11:20') };
    expect(linesOf([up({ deeper })])).toEqual(['Higher since: +32.5% at 11:20 New York time']);
    expect(linesOf([up({ deeper })], 'ko')).toEqual(['이후 추가 상승: 뉴욕 시각 11:20 +32.5%']);
    expect(linesOf([up({ deeper }), told('TSLA')])).toEqual(['NVDA higher since: +32.5% at 11:20 New York time']);
    expect(linesOf([up({ end })])).toEqual(['Closed at $93.20, −6.8% on the day.']);
    expect(linesOf([up({ withdrawn: true }), told('TSLA')], 'ko')).toEqual([
      '철회: NVDA. 실제로는 이런 상승이 없었습니다.',
    ]);
    expect(linesOf([up({ withdrawn: true }), told('TSLA', { withdrawn: true }), told('META')])).toEqual([
      'Withdrawn: NVDA, TSLA. There was no such fall.',
    ]);
  });

  test('is measured from the low that its own title measures from', () => {
    const story = storyAt(close('NVDA', 108), { alerts: [dayRise(close('NVDA', 108), 7)], observedAt: at('11:20') });
    expect(linesOf([up({ deeper: { story } })])).toEqual(['Higher since: +35.0% at 11:20 New York time']);
  });
});

test('an edited card says in its footer when, with the date on another day', () => {
  const [first, line] = ['30 Jul 2024 10:41 New York (Yahoo)', 'The figures are context.'];
  const posted = { ...slideCard(fallen('NVDA', 90, '10:41'), 'en', catalogue), footer: [first, line] };
  const footerAt = (now: number, language = 'en') => editedCard(catalogue.in(language), posted, now).footer;
  expect(footerAt(at('16:16'))).toEqual([`${first} · edited 16:16`, line]);
  expect(footerAt(at('16:16'), 'ko')[0]).toBe(`${first} · 16:16 수정`);
  expect(footerAt(Date.parse('2024-07-31T10:07-04:00'))[0]).toBe(`${first} · edited 31 Jul 2024 10:07 New York`);
  expect(editedCard(catalogue.in('en'), { ...posted, footer: [] }, at('16:16')).footer).toEqual([]);
});
