import { describe, expect, it, test } from 'vitest';
import { momentOf } from '../../../src/facts/edgar/acceptance.ts';
import { findReleases, lastQuarterEnd, withoutReport } from '../../../src/facts/edgar/releases.ts';
import { isReport, type ListedFiling } from '../../../src/facts/edgar/submissions.ts';
import { newYorkTime } from '../../../src/market/exchange-time.ts';
import { listedFilings, releaseMinutes } from './listed-filings.ts';

const YEAR_ENDS = { MSFT: 6, NVDA: 1, TSLA: 12 } as const;
const SYMBOLS = ['MSFT', 'NVDA', 'TSLA'] as const;

const minuteOf = ({ accepted }: ListedFiling): string => {
  const { published, time } = momentOf(accepted);
  return `${published} ${time}`;
};

/** Deliveries and preliminary results, which have item 2.02, too. */
const isOther = ({ accepted }: ListedFiling): boolean => /-0[1-8]$/.test(momentOf(accepted).published);

describe.each(SYMBOLS)('among the filings of %s', (symbol) => {
  const filings = listedFilings(symbol);
  const releases = findReleases(filings, { yearEnd: YEAR_ENDS[symbol] });

  it('every report has its release, to the minute', () => {
    expect(releases).toHaveLength(17);
    expect(releases.flatMap(({ report }) => report?.accession ?? [])).toEqual(
      filings
        .filter(isReport)
        .map(({ accession }) => accession)
        .toReversed(),
    );
    const minutes = releaseMinutes(symbol);
    expect(minutes.size).toBe(13);
    const found = releases.map(({ filing }) => filing).filter(({ accession }) => minutes.has(accession));
    expect(found.map((it) => [it.accession, minuteOf(it)])).toEqual([...minutes]);
  });

  it('all results and nothing else is taken for results', () => {
    const results = filings.filter(({ form }) => form === '8-K').filter((it) => !isOther(it));
    expect(releases.map(({ filing }) => filing.accession)).toEqual(
      results.map(({ accession }) => accession).toReversed(),
    );
  });

  /** Each filing as the newest, as it was when it came. */
  it('on the very evening, before the report, each is known for what it is', () => {
    for (const [index, filing] of filings.entries()) {
      const coming = withoutReport(findReleases(filings.slice(index), { yearEnd: YEAR_ENDS[symbol] }));
      if (index >= filings.length - 2) continue;
      if (filing.form !== '8-K' || isOther(filing)) expect(coming?.filing.accession).toBeUndefined();
      else expect(coming?.filing.accession).toBe(filing.accession);
    }
  });
});

test('Tesla’s 17 delivery numbers and Nvidia’s preliminary results are among the filings', () => {
  expect(
    SYMBOLS.map((symbol) => listedFilings(symbol).filter((it) => it.form === '8-K' && isOther(it)).length),
  ).toEqual([0, 1, 17]);
});

const filing = (form: string, day: string, time = '16:05', items = form === '8-K' ? ['2.02', '9.01'] : []) => ({
  ...{ accession: `${form} ${day}`, form, filed: day, items },
  accepted: { at: newYorkTime(day, time), exact: true },
});

const december = { yearEnd: 12 };
const released = (...filings: ListedFiling[]): string[] =>
  findReleases(filings, december).map((it) => `${it.filing.accession}, ${it.report?.accession ?? 'no report'}`);

describe('an 8-K with item 2.02', () => {
  const spring = filing('10-Q', '2024-04-25');

  it('is a release even soon after the quarter, if the report is there at once', () => {
    expect(released(spring, filing('8-K', '2024-07-09'), filing('10-Q', '2024-07-10'))).toEqual([
      '8-K 2024-07-09, 10-Q 2024-07-10',
    ]);
    expect(released(spring, filing('8-K', '2024-07-09'), filing('10-Q', '2024-07-24'))).toEqual([]);
  });

  it('is none before the quarter ends: a warning', () => {
    expect(released(spring, filing('8-K', '2024-06-24'))).toEqual([]);
  });

  it('is none more than 65 days after the quarter, when its report is overdue', () => {
    expect(released(spring, filing('8-K', '2024-09-03'))).toHaveLength(1);
    expect(released(spring, filing('8-K', '2024-09-04'))).toEqual([]);
  });

  it('is none after the report on its quarter, which it recasts', () => {
    const summer = [filing('8-K', '2024-07-23'), filing('10-Q', '2024-07-24')] as const;
    expect(released(spring, ...summer, filing('8-K', '2024-08-20'))).toEqual(['8-K 2024-07-23, 10-Q 2024-07-24']);
  });

  it('is replaced by a later one for the same quarter', () => {
    expect(released(spring, filing('8-K', '2024-07-16'), filing('8-K', '2024-07-23'))).toEqual([
      '8-K 2024-07-23, no report',
    ]);
  });

  it('is the last one before the report', () => {
    expect(
      released(spring, filing('8-K', '2024-07-16'), filing('8-K', '2024-07-23'), filing('10-Q', '2024-07-24')),
    ).toEqual(['8-K 2024-07-23, 10-Q 2024-07-24']);
  });

  it('is none without the item, as an amendment, or after the report', () => {
    const other = filing('8-K', '2024-07-23', '16:05', ['5.02']);
    expect(released(spring, other, filing('8-K/A', '2024-07-23'), filing('6-K', '2024-07-23'))).toEqual([]);
    expect(released(spring, filing('10-Q', '2024-07-23', '16:00'), filing('8-K', '2024-07-23'))).toEqual([]);
  });

  it('may come a month before the report, and not a quarter', () => {
    expect(released(spring, filing('8-K', '2024-07-23'), filing('10-Q', '2024-08-22'))).toHaveLength(1);
    expect(released(spring, filing('8-K', '2024-07-23'), filing('10-Q', '2024-10-24'))).toEqual([]);
  });
});

test.each([
  ['2024-07-30', 6, '2024-06-30'],
  ['2024-06-30', 6, '2024-06-30'],
  ['2024-06-29', 6, '2024-03-31'],
  ['2026-02-25', 1, '2026-01-31'],
  ['2024-02-28', 12, '2023-12-31'],
  ['2024-11-20', 1, '2024-10-31'],
])('on %s the last quarter of a year that ends in month %i ended on %s', (day, yearEnd, end) => {
  expect(lastQuarterEnd(day, yearEnd)).toBe(end);
});
