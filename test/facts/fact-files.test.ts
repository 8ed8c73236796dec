import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FactsError } from '../../src/facts/fact-fault.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { parseFactFile } from '../../src/facts/parse-fact-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'facts-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Line 13 is the fact. */
const file = (row: string, { source = '', url = 'https://www.sec.gov/x', series = '' } = {}): string =>
  `# yaml-language-server: $schema=./schema.json
subject: MSFT
periods:
  FY2024 Q4: 2024-04-01/2024-06-30
sources:
  10-K: { title: Microsoft 10-K, url: "${url}" }
series:
  - metric: capex_cash
    basis: cash_ppe
    unit: USD_M
    ${source}
    facts:
      - { ${row} }
${series}`;

const good = 'period: FY2024 Q4, value: 13873, published: 2024-07-30, source: 10-K';

const faultsOf = (text: string): FactsError['faults'] => {
  writeFileSync(join(dir, 'MSFT.yaml'), text);
  try {
    loadFacts(dir);
  } catch (error) {
    if (error instanceof FactsError) return error.faults;
    throw error;
  }
  return [];
};

test('a row becomes a fact with its period, its source and an id', () => {
  writeFileSync(join(dir, 'MSFT.yaml'), file(good));
  expect(loadFacts(dir)).toEqual([
    {
      id: 'MSFT/capex_cash/2024-04-01..2024-06-30/cash_ppe/2024-07-30',
      subject: 'MSFT',
      metric: 'capex_cash',
      label: 'FY2024 Q4',
      period: { start: '2024-04-01', end: '2024-06-30' },
      value: 13873,
      unit: 'USD_M',
      basis: 'cash_ppe',
      published: '2024-07-30',
      source: { title: 'Microsoft 10-K', url: 'https://www.sec.gov/x' },
    },
  ]);
});

test('a row without a source has that of its series', () => {
  writeFileSync(join(dir, 'MSFT.yaml'), file(good.replace(', source: 10-K', ''), { source: 'source: 10-K' }));
  expect(loadFacts(dir)[0]?.source.title).toBe('Microsoft 10-K');
});

describe('the minute of a fact', () => {
  const of = (row: string, source: string): unknown => {
    const text = file(row).replace('title: Microsoft 10-K', `${source}, title: Microsoft 10-K`);
    const { facts, faults } = parseFactFile({ file: 'MSFT.yaml', text });
    expect(faults).toEqual([]);
    const { time, knownBy, source: cited } = facts[0]?.fact ?? {};
    expect(Object.keys(cited ?? {})).toEqual(['title', 'url']);
    return { time, knownBy };
  };

  test('is that of its source', () => {
    expect(of(good, 'released: "16:03"')).toEqual({ time: '16:03' });
    expect(of(good, 'known_by: "16:30"')).toEqual({ knownBy: '16:30' });
  });

  test('is its own before that of its source', () => {
    expect(of(`${good}, time: "17:05"`, 'released: "16:03"')).toEqual({ time: '17:05' });
    expect(of(`${good}, known_by: "17:30"`, 'released: "16:03"')).toEqual({ knownBy: '17:30' });
    expect(of(`${good}, time: "16:04"`, 'known_by: "16:30"')).toEqual({ time: '16:04' });
  });
});

const bare = 'period: FY2024 Q4, published: 2024-07-30, source: 10-K';
const guided = (row: string): string => file(row).replace('capex_cash', 'capex_guidance');

describe('a bad file is rejected with its line, the fault and the remedy', () => {
  test.each<[string, string, number, RegExp]>([
    ['an unknown key', file(`${good}, valeu: 1`), 13, /unknown key "valeu"; correct the spelling or remove it/],
    ['no source', file(good.replace(', source: 10-K', '')), 13, /a fact needs a source; set `source` on/],
    ['a source that is not listed', file(good.replace('10-K', '10-Q')), 13, /source "10-Q" is not in `sources`; add/],
    ['an http address', file(good, { url: 'http://www.sec.gov/x' }), 6, /expected a URL starting with https/],
    ['no address at all', file(good, { url: 'sec.gov' }), 6, /expected a URL starting with https/],
    ['a wrong unit', file(good).replace('USD_M', 'EUR_M'), 10, /unit: expected a unit: USD_M, pct, points/],
    [
      'a unit that does not fit',
      file(good).replace('USD_M', 'pct'),
      13,
      /capex_cash cannot be in pct; amounts are in USD_M/,
    ],
    ['an unknown basis', file(good).replace('cash_ppe', 'cash'), 9, /basis: expected a basis: cash_ppe, /],
    ['an unknown metric', file(good).replace('capex_cash', 'capex'), 8, /metric: expected a metric: capex_cash, /],
    [
      'another subject than that of its name',
      file(good).replace('subject: MSFT', 'subject: IBM'),
      2,
      /contains the facts of IBM; rename it to IBM\.yaml/,
    ],
    ['a day that does not exist', file(good.replace('07-30', '02-30')), 13, /published: expected a date, YYYY-MM-DD/],
    [
      'a period that does not exist',
      file(good.replace('Q4', 'Q5')),
      13,
      /period "FY2024 Q5" is not in `periods`; add it/,
    ],
    ['a period that ends before it starts', file(good).replace('04-01', '09-01'), 4, /the first not after the last/],
    [
      'an actual published too early',
      file(good.replace('07-30', '06-29')),
      13,
      /before the period ended on 2024-06-30/,
    ],
    ['no value', file(bare), 13, /a fact needs a value; leave out the row of a figure that is not disclosed/],
    ['text for a value', file(`${bare}, value: "13873"`), 13, /value: expected a number/],
    ['bounds on an actual', file(`${bare}, low: 1`), 13, /low and high are only for guidance; give capex_cash a value/],
    ['a value on guidance', guided(good), 13, /guidance has low and high, not value/],
    ['guidance without bounds', guided(bare), 13, /guidance needs low, high or both/],
    ['bounds in the wrong order', guided(`${bare}, low: 2, high: 1`), 13, /low is above high; swap them/],
    ['a time of day without a meaning', file(`${good}, time: "4 pm"`), 13, /time: expected a New York time in quotes/],
    ['a duplicate', `${file(good)}      - { ${good} }\n`, 14, /already in .*MSFT\.yaml:13; remove one of them/],
    [
      'a restatement of nothing',
      file(`${good}, supersedes: 2024-07-01`),
      13,
      /which does not exist; restore it or correct/,
    ],
    ['a figure that supersedes itself', file(`${good}, supersedes: 2024-07-30`), 13, /not older; correct the date/],
    [
      'a dispute about nothing',
      file(`${good}, disputes: 2024-07-01`),
      13,
      /which does not exist; restore it or correct/,
    ],
    ['a figure that disputes itself', file(`${good}, disputes: 2024-07-30`), 13, /not older; correct the date/],
    [
      'a figure that replaces and disputes',
      file(`${good}, disputes: 2024-07-01, supersedes: 2024-07-01`),
      13,
      /expected `supersedes` or `disputes`, not both/,
    ],
    ['broken YAML', file(`${good}, note: "open`), 14, /not valid YAML: /],
    ['an alias of nothing', file(good).replace('MSFT', '*nobody'), 2, /not valid YAML: unidentified alias/],
    ['another kind of file', 'hello', 1, /^expected the keys `subject`, `periods`, `sources` and `series`$/],
    ['no series', file(good).replace('series:', 'serie:'), 2, /^series: expected a list of series, but it is missing$/],
    [
      'a series without facts',
      `${file(good)}  - { metric: capex_cash, basis: cash_ppe, unit: USD_M }\n`,
      14,
      /^facts: expected a list of facts, but it is missing$/,
    ],
    ['one fact that is no list', file(good).replace('- { period', '{ period'), 12, /^facts: expected a list of facts$/],
    ['a note without words', file(`${good}, note: ""`), 13, /^note: expected a note in words$/],
    [
      'a minute and a bound',
      file(`${good}, time: "16:03", known_by: "16:30"`),
      13,
      /^expected `time` or `known_by`, not/,
    ],
    [
      'a source with a minute and a bound',
      file(good).replace('10-K: {', '10-K: { released: "16:03", known_by: "16:30",'),
      6,
      /expected `released` or `known_by`, not both/,
    ],
    [
      'an hour for a bound',
      file(`${good}, known_by: 16`),
      13,
      /^known_by: expected a New York time in quotes, "HH:MM"$/,
    ],
    ['an hour for a time', file(`${good}, time: 16`), 13, /^time: expected a New York time in quotes, "HH:MM"$/],
  ])('%s', (_, text, line, message) => {
    const faults = faultsOf(text);
    expect(faults).toContainEqual({
      file: expect.stringMatching(/MSFT\.yaml$/),
      line,
      message: expect.stringMatching(message),
    });
    for (const fault of faults) expect(fault.message).not.toContain('\n');
  });
});

/** Every path into a value, the value itself first. */
const pathsOf = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, below]) => pathsOf(below, [...path, Array.isArray(value) ? +key : key]))
    : []),
];

/** A copy of the content with another value at a path; undefined for none. */
const withValue = (content: unknown, path: readonly (string | number)[], value: unknown): unknown => {
  const last = path.at(-1);
  if (last === undefined) return value;
  const copy = structuredClone(content);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => Reflect.get(Object(at), step), copy);
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return copy;
};

test('whatever is missing, or is something else, is reported in words of ours', () => {
  const content = load(
    file(`${good}, note: restated, time: "16:05", supersedes: 2024-07-01`, { source: 'source: 10-K' }),
  );
  const paths = pathsOf(content);
  expect(paths.length).toBeGreaterThan(20);
  const messages = new Set<string>();
  for (const path of paths)
    for (const value of [undefined, null, true, 5, '', 'text', [], ['text'], {}, { '': 5 }]) {
      const text = JSON.stringify(withValue(content, path, value)) ?? '';
      for (const { message, line } of parseFactFile({ file: 'MSFT.yaml', text }).faults) {
        messages.add(message);
        expect(line).toBeGreaterThan(0);
      }
    }
  expect(messages.size).toBeGreaterThan(30);
  for (const message of messages) {
    expect(message).not.toMatch(/\b(invalid|received|input|object|array|string|boolean|undefined|too (small|big))\b/i);
    expect(message).toMatch(/expected|unknown key|needs|is not in|is above|has low|only for/);
  }
});

test('all faults of all files are reported together, one line each', () => {
  writeFileSync(join(dir, 'AAPL.yaml'), file(bare).replace('MSFT', 'AAPL'));
  const faults = faultsOf(file(good.replace('Q4', 'Q5')));
  expect(faults.map(({ line }) => line)).toEqual([13, 13]);
  expect(new FactsError(faults).message.split('\n')).toEqual([
    expect.stringMatching(/AAPL\.yaml:13: a fact needs a value/),
    expect.stringMatching(/MSFT\.yaml:13: period "FY2024 Q5"/),
  ]);
});

test('a missing or empty folder is reported as such', () => {
  expect(() => loadFacts(join(dir, 'nowhere'))).toThrow(/nowhere:1: the facts folder cannot be read; restore/);
  expect(() => loadFacts(dir)).toThrow(/the folder has no fact files; restore config\/facts/);
});
