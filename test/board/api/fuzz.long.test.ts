import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PostedCard } from '../../../src/board/board-view.ts';
import { nvidiaEn } from '../board-view.ts';
import { checkerOf, document, programs, programsView } from './programs.ts';
import { readXml } from './read-xml.ts';

const app = programs();
const checked = checkerOf(document);
const paths = Object.keys(document.paths);
const names = [...new Set(Object.values(document.paths).flatMap(({ get }) => get.parameters.map(({ name }) => name)))];

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 500 }));
/** Values that are right for some parameter, and values that are nearly. */
const value = fc.oneof(
  anyText,
  fc.integer().map(String),
  fc.constantFrom('NVDA', 'MSFT', 'drawdown', 'capex_cash', 'true', 'ko', '200', '0', '-0', '1e9', 'null', '[]', '{}'),
  fc.date({ noInvalidDate: false }).map(String),
  fc.date({ noInvalidDate: true }).map((it) => it.toISOString()),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2024-07-30') })
    .map((it) => it.toISOString().slice(0, 10)),
  fc
    .tuple(fc.integer({ min: -1, max: 30 }), fc.integer({ min: -1, max: 70 }))
    .map(([hour, minute]) => `2024-07-01T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`),
  fc.oneof(anyText, fc.integer().map(String)).map((text) => Buffer.from(text).toString('base64url')),
);
const parameter = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: anyText }),
  value,
);
const raw = fc.oneof(
  fc
    .array(parameter, { maxLength: 5 })
    .map((pairs) => new URLSearchParams(pairs.map(([a, b]) => [a.toWellFormed(), b.toWellFormed()])).toString()),
  // Not what a client makes: halves of escapes and characters that are not escaped.
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll('#', '%')),
);

test('every question is answered as the document says, whatever its parameters are', async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), raw, async (path, query) => {
      const answer = await app.request(`http://localhost${path}?${query}`);
      statuses.add(answer.status);
      expect(answer.status).not.toBe(500);
      await checked(path, answer);
    }),
    { numRuns: 5_000 },
  );
  expect([...statuses].toSorted()).toEqual([200, 400]);
});

test('a question with good parameters is never refused, and a page is never longer than asked for', async () => {
  const day = fc
    .date({ noInvalidDate: true, min: new Date('2023-01-01'), max: new Date('2024-07-30') })
    .map((it) => it.toISOString());
  const when = fc.oneof(
    day,
    day.map((it) => it.slice(0, 10)),
    day.map((it) => `${it.slice(0, 19)}-04:00`),
  );
  await fc.assert(
    fc.asyncProperty(when, fc.integer({ min: 1, max: 200 }), async (asOf, limit) => {
      const query = new URLSearchParams({ as_of: asOf, limit: String(limit) });
      const answer = await app.request(`/api/v1/facts?${query}`);
      expect(answer.status).toBe(200);
      const page = (await checked('/api/v1/facts', answer)) as { as_of: string; facts: { counts_from: string }[] };
      expect(page.facts.length).toBeLessThanOrEqual(limit);
      for (const { counts_from: from } of page.facts) expect(from < page.as_of).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a feed of any text is well-formed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), async (a, b) => {
      const card = { ...nvidiaEn.card, title: a, tag: b, lead: [b, a], quiet: a, footer: [a + b] };
      const posted: PostedCard = { ...nvidiaEn, card };
      const view = { ...programsView, feed: async () => ({ instance: 'abc123', cards: [posted] }) };
      const routes = programs({ view });
      for (const path of ['/feed.atom', '/feed.rss']) readXml(await (await routes.request(path)).text());
    }),
    { numRuns: 500 },
  );
});
