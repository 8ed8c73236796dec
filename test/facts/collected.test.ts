import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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

test('the curated facts contain every verified collected figure, and unverified ones only with a page as their source', (context) => {
  const rows = rowsOf(sharedOrSkip(context, 'data/facts.csv'));
  const curated = new Set(
    curatedFacts.flatMap(({ subject, period, published, value, low, high }) =>
      [value, low, high].map(
        (figure) => `${subject === 'OPENAI' ? 'MSFT' : subject} ${period.end} ${published} ${figure}`,
      ),
    ),
  );
  const key = (row: Record<string, string>): string =>
    `${row.symbol} ${row.period_end} ${row.published} ${Number(row.value)}`;
  const wanted = rows.filter((row) => row.confidence?.startsWith('verified') && isWholeDay(row.published));
  expect(wanted.length).toBeGreaterThan(400);
  // Nvidia's revenue guidance is collected as its middle and kept as its bounds.
  expect(wanted.filter((row) => !curated.has(key(row))).map(key)).toEqual(['NVDA 2026-10-25 2026-08-26 108000']);
  // A figure collected from memory is curated only if another page, and not just a site, gives it.
  const sources = new Map<string, string[]>();
  for (const { subject, period, published, value, low, high, source } of curatedFacts)
    for (const figure of new Set([value, low, high])) {
      const place = `${subject} ${period.end} ${published} ${figure}`;
      sources.set(place, [...(sources.get(place) ?? []), source.url]);
    }
  const remembered = rows.filter((row) => row.confidence === 'from-memory');
  expect(remembered.length).toBeGreaterThan(50);
  const isPage = (url: string, row: Record<string, string>): boolean =>
    url !== row.source_url && new URL(url).href !== `${new URL(url).origin}/`;
  const without = remembered.filter((row) => !(sources.get(key(row)) ?? []).every((url) => isPage(url, row)));
  expect(without.map(key)).toEqual([]);
});
