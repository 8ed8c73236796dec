import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addDays } from '../../src/util/day.ts';
import { sharedOrSkip } from '../shared.ts';
import { curatedFacts } from './samples.ts';

/** One line of a CSV file with quoted fields. */
const fields = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = '']) => field.replace(/^"|"$/g, ''));

const rowsOf = (path: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = fields(head.trim());
  return lines.map((line) =>
    Object.fromEntries(fields(line.trim()).map((field, place) => [names[place] ?? '', field])),
  );
};

const isWholeDay = (text: string | undefined): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** Collected as rounded, or as a year less nine months; curated as the release prints them. */
const PRINTED: Readonly<Record<string, number>> = {
  'AMZN 2026-06-30 42200': 42232,
  'GOOGL 2025-12-31 113829': 113828,
  'META 2025-12-31 17135': 17136,
  'NVDA 2025-01-26 1080': 1077,
  'NVDA 2025-04-27 1230': 1227,
  'NVDA 2025-07-27 1900': 1895,
  'NVDA 2025-10-26 1640': 1636,
  'NVDA 2026-01-25 1280': 1284,
  'NVDA 2026-04-26 1760': 1757,
  'NVDA 2026-07-26 89000': 89023,
  'TSLA 2023-03-31 2070': 2072,
  'TSLA 2023-12-31 2310': 2306,
  'TSLA 2024-03-31 2770': 2773,
  'TSLA 2024-09-30 3510': 3513,
  'TSLA 2024-12-31 2780': 2783,
  'TSLA 2025-03-31 1490': 1492,
  'TSLA 2025-06-30 2390': 2394,
  'TSLA 2025-09-30 2250': 2248,
  'TSLA 2025-12-31 2390': 2393,
  'TSLA 2026-03-31 2490': 2493,
};

test('the curated facts contain every verified collected figure, and unverified ones only with a page as their source', (context) => {
  const rows = rowsOf(sharedOrSkip(context, 'data/facts.csv'));
  const curated = new Map<string, string[]>();
  for (const { subject, period, published, value, low, high } of curatedFacts)
    for (const figure of [value, low, high]) {
      const figureOf = `${subject === 'OPENAI' ? 'MSFT' : subject} ${period.end} ${figure}`;
      curated.set(figureOf, [...(curated.get(figureOf) ?? []), published]);
    }
  // Many were collected with the day of the 10-Q or 10-K; they are curated with that of the release, up to two days before.
  const isCurated = (row: Record<string, string>): boolean => {
    const figure = PRINTED[`${row.symbol} ${row.period_end} ${Number(row.value)}`] ?? Number(row.value);
    return (curated.get(`${row.symbol} ${row.period_end} ${figure}`) ?? []).some(
      (day) => day <= (row.published ?? '') && day >= addDays(row.published ?? '', -2),
    );
  };
  const key = (row: Record<string, string>): string =>
    `${row.symbol} ${row.period_end} ${row.published} ${Number(row.value)}`;
  const wanted = rows.filter((row) => row.confidence?.startsWith('verified') && isWholeDay(row.published));
  expect(wanted.length).toBeGreaterThan(400);
  // Nvidia's revenue guidance is collected as its middle and kept as its bounds.
  expect(wanted.filter((row) => !isCurated(row)).map(key)).toEqual(['NVDA 2026-10-25 2026-08-26 108000']);
  // A figure collected from memory is curated only if another page, and not just a site, gives it.
  const sources = new Map<string, string[]>();
  for (const { subject, period, value, low, high, source } of curatedFacts)
    for (const figure of new Set([value, low, high])) {
      const place = `${subject} ${period.end} ${figure}`;
      sources.set(place, [...(sources.get(place) ?? []), source.url]);
    }
  const remembered = rows.filter((row) => row.confidence === 'from-memory');
  expect(remembered.length).toBeGreaterThan(50);
  const isPage = (url: string, row: Record<string, string>): boolean =>
    url !== row.source_url && new URL(url).href !== `${new URL(url).origin}/`;
  const without = remembered.filter(
    (row) =>
      !(sources.get(`${row.symbol} ${row.period_end} ${Number(row.value)}`) ?? []).every((url) => isPage(url, row)),
  );
  expect(without.map(key)).toEqual([]);
});
