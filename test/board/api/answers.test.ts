import { expect, test } from 'vitest';
import type { ApiAlert, ApiBill, ApiFacts, ApiStanding } from '../../../src/board/api/answer-schemas.ts';
import { curatedFacts } from '../../facts/samples.ts';
import { viewOf } from '../board-view.ts';
import { openBoard } from '../open-board.ts';
import { alerts, checkerOf, type Document, document, ledgerAt, programs, programsView } from './programs.ts';

const app = programs();
const checked = checkerOf(document);

interface Page {
  readonly alerts: readonly ApiAlert[];
  readonly facts: readonly ApiFacts['facts'][number][];
  readonly next: string | null;
}

/** The routes at another time. */
const programsAt = (now: string) => programs({ view: { ...programsView, ledger: () => ledgerAt(Date.parse(now)) } });

const pageAt = async (path: string, from = app): Promise<Page> => {
  const answer = await from.request(path);
  expect(answer.status).toBe(200);
  return (await checked(path.split('?')[0] ?? '', answer)) as Page;
};

const idsOf = ({ alerts: told }: Page): number[] => told.map(({ id }) => id);

test('the document is served, and every path of it is answered as it says', async () => {
  const board = await openBoard({ view: programsView });
  const served = (await (await fetch(`${board.url}/api/v1/openapi.json`)).json()) as Document;
  expect(served).toEqual(document);
  expect(served.openapi).toBe('3.1.0');
  const check = checkerOf(served);
  for (const path of Object.keys(served.paths)) {
    const answer = await fetch(board.url + path);
    expect([path, answer.status]).toEqual([path, 200]);
    await check(path, answer);
  }
});

test('an alert has its move, what it is measured from, and their units', async () => {
  const { alerts: told } = await pageAt('/api/v1/alerts?withdrawn=true');
  // NVDA's close of 2024-07-30, 103.73, is 23.4917% below 135.58 and 7.0436% below 111.59.
  expect(told[0]).toEqual({
    id: 7,
    symbol: 'NVDA',
    unit: 'usd',
    kind: 'drawdown',
    direction: 'fall',
    level: 10,
    level_unit: 'percent',
    price: 103.73,
    reference: { what: 'peak', price: 135.58, session: '2024-06-18' },
    change_percent: -23.4917,
    window_sessions: 20,
    session: '2024-07-30',
    fired_at: '2024-07-30T20:00:00.000Z',
    withdrawn_at: '2024-07-30T20:01:00.000Z',
  });
  expect(
    told.map(({ kind, direction, level, level_unit: unit, reference }) => [
      kind,
      direction,
      level,
      unit,
      reference.what,
    ]),
  ).toEqual([
    ['drawdown', 'fall', 10, 'percent', 'peak'],
    ['day-rise', 'rise', 5, 'percent', 'previous-close'],
    ['rise', 'rise', 20, 'percent', 'low'],
    ['within', 'fall', 4, 'percent', 'high'],
    ['drawdown', 'fall', 20, 'percent', 'peak'],
    ['day', 'fall', 7, 'percent', 'previous-close'],
    ['value', 'fall', 1_000, 'usd-billions', 'peak'],
  ]);
  expect(told[3]).toMatchObject({ window_minutes: 30, reference: { price: 109.5, at: '2024-07-30T14:15:00.000Z' } });
  expect(told[2]?.reference).toEqual({ what: 'low', price: 100, session: '2024-07-10' });
  expect(told[5]?.change_percent).toBe(-7.0436);
});

test('alerts are filtered by symbol, kind and since', async () => {
  expect(idsOf(await pageAt('/api/v1/alerts'))).toEqual([6, 5, 4, 3, 2, 1]);
  expect(idsOf(await pageAt('/api/v1/alerts?symbol=MAG7'))).toEqual([1]);
  expect(idsOf(await pageAt('/api/v1/alerts?kind=within&symbol=NVDA'))).toEqual([4]);
  expect(idsOf(await pageAt('/api/v1/alerts?since=2024-07-30'))).toHaveLength(6);
  expect(idsOf(await pageAt('/api/v1/alerts?since=2024-07-30T20:00:00Z'))).toHaveLength(6);
  expect(idsOf(await pageAt('/api/v1/alerts?since=2024-07-30T16:00:00.001-04:00'))).toEqual([]);
  // The day begins at midnight in New York, which is four in the morning of UTC.
  let since: number | undefined;
  const view = viewOf({
    alerts: async (asked) => {
      since = asked.since;
      return [];
    },
  });
  await programs({ view }).request('/api/v1/alerts?since=2024-07-30');
  expect(since).toBe(Date.parse('2024-07-30T04:00:00Z'));
});

test('pages follow each other until all alerts are told, each once, with the filters kept', async () => {
  const ids: number[] = [];
  let path: string | null = '/api/v1/alerts?limit=2&kind=drawdown&withdrawn=true';
  let pages = 0;
  while (path !== null) {
    const page: Page = await pageAt(path);
    ids.push(...idsOf(page));
    path = page.next;
    pages += 1;
  }
  expect([ids, pages]).toEqual([[7, 3], 1]);
  const first = await pageAt('/api/v1/alerts?limit=4');
  expect(first.next).toMatch(/^\/api\/v1\/alerts\?limit=4&cursor=[\w-]+$/);
  expect([...idsOf(first), ...idsOf(await pageAt(first.next ?? ''))]).toEqual([6, 5, 4, 3, 2, 1]);
  expect((await pageAt('/api/v1/alerts?limit=6')).next).toBeNull();
  expect(alerts).toHaveLength(7);
});

test('standings have price, day, depth, peak and levels, and what is unknown is left out', async () => {
  const { standings } = (await checked('/api/v1/standings', await app.request('/api/v1/standings'))) as unknown as {
    standings: readonly ApiStanding[];
  };
  const [nvidia, , , tesla] = standings;
  expect(nvidia).toEqual({
    symbol: 'NVDA',
    name: 'Nvidia',
    unit: 'usd',
    price: 103.73,
    at: '2024-07-30T20:00:00.000Z',
    session: '2024-07-30',
    is_close: true,
    day: { previous_close: 111.59, change_percent: -7.0436 },
    drawdown: { window_sessions: 252, peak: 135.58, sessions_since_peak: 28, change_percent: -23.4917 },
    levels: [
      { kind: 'drawdown', window_sessions: 252, level_percent: 20, has_fired: true },
      { kind: 'drawdown', window_sessions: 252, level_percent: 30.5, has_fired: false },
      { kind: 'day', level_percent: 7, has_fired: true },
    ],
  });
  expect(Object.keys(tesla ?? {})).toEqual(['symbol', 'name', 'unit', 'levels', 'problem']);
});

test('the ledger is told as it was known at an instant, and nothing later', async () => {
  const later = programsAt('2024-09-01T00:00:00Z');
  const at = (asOf: string) => pageAt(`/api/v1/facts?subject=MSFT&metric=capex_cash&as_of=${asOf}`, later);
  const before = await at('2024-07-29');
  const after = await at('2024-07-30');
  // Microsoft told its June quarter of 2024 on 30 July.
  expect(after.facts).toHaveLength(before.facts.length + 1);
  expect(after.facts.at(-1)).toMatchObject({ subject: 'MSFT', end: '2024-06-30', unit: 'USD_M', origin: 'curated' });
  const from = after.facts.at(-1)?.counts_from ?? '';
  expect((await at(from)).facts).toEqual(before.facts);
  const aMoment = new Date(Date.parse(from) + 1).toISOString();
  expect((await at(aMoment)).facts).toEqual(after.facts);
});

test('pages of the ledger are of one instant and tell every figure once', async () => {
  const all: string[] = [];
  let path: string | null = '/api/v1/facts?limit=200';
  while (path !== null) {
    const page: Page = await pageAt(path);
    all.push(...page.facts.map(({ id }) => id));
    path = page.next;
    if (path !== null) expect(path).toContain('as_of=2024-07-30T20%3A01%3A00.000Z');
  }
  const known = curatedFacts.filter(({ published }) => published < '2024-07-30').map(({ id }) => id);
  expect(new Set(all).size).toBe(all.length);
  expect(new Set(all).isSupersetOf(new Set(known))).toBe(true);
  expect(all.length).toBeGreaterThan(200);
});

test('a figure says what replaces it, also if that is on another page, and only once that is known', async () => {
  const late = programsAt('2025-12-31T00:00:00Z');
  const path = '/api/v1/facts?subject=GOOGL&metric=capex_guidance';
  const { facts } = await pageAt(path, late);
  const replaced = facts.findIndex(({ superseded_by: by }) => by !== undefined);
  expect(replaced).toBeGreaterThanOrEqual(0);
  const page = await pageAt(`${path}&limit=${replaced + 1}`, late);
  expect(page.facts.at(-1)).toEqual(facts[replaced]);
  const { published = '' } = facts[replaced] ?? {};
  const then = await pageAt(`${path}&as_of=${published}`, late);
  expect(then.facts.find(({ id }) => id === facts[replaced]?.id)).not.toHaveProperty('superseded_by');
});

test('the bill is that of an instant, with the figures that it is made of', async () => {
  const billAt = async (query: string) =>
    (await checked('/api/v1/bill', await app.request(`/api/v1/bill${query}`))) as ApiBill;
  const now = await billAt('');
  expect(now.as_of).toBe('2024-07-30T20:01:00.000Z');
  // Of the four, only Alphabet had told its June quarter at the close of 30 July 2024: $13,186 million.
  expect(now.quarters.at(-1)).toMatchObject({ end: '2024-06-30', capex: 13_186, reported: 1, of: 4 });
  expect(now.newest).toMatchObject({ end: '2024-03-31', reported: 4, is_stale: true });
  const facts = now.quarters.flatMap(({ by_company: told }) => told.map(({ fact }) => fact));
  expect(new Set(curatedFacts.map(({ id }) => id)).isSupersetOf(new Set(facts))).toBe(true);
  for (const { capex, by_company: told } of now.quarters)
    expect(told.reduce((sum, part) => sum + part.capex, 0)).toBeCloseTo(capex, 6);
  // The day is not over.
  expect((await billAt('?as_of=2024-07-30')).as_of).toBe('2024-07-30T20:01:00.000Z');
  const then = await billAt('?as_of=2024-04-01');
  expect(then.as_of).toBe('2024-04-02T03:59:59.999Z');
  expect(then.quarters.at(-1)?.end).toBe('2023-12-31');
  expect(then.return.every(({ published }) => published <= '2024-04-01')).toBe(true);
  expect(now.return.length).toBeGreaterThan(0);
  expect(await billAt('?as_of=2020-01-01')).toMatchObject({ newest: null, quarters: [], return: [] });
});

test('who has an answer already hears that nothing has changed', async () => {
  for (const path of Object.keys(document.paths)) {
    const first = await app.request(path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toMatch(/^private, /);
    const again = await app.request(path, { headers: { 'if-none-match': `"other", ${tag}` } });
    expect([path, again.status, again.headers.get('etag')]).toEqual([path, 304, tag]);
    expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    await checked(path, again);
    expect((await app.request(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  }
});

test('an answer of now has the same tag a minute later, unless something has become known', async () => {
  const tagAt = async (now: string, path: string): Promise<string | null> =>
    (await programsAt(now).request(path)).headers.get('etag');
  // The address of the next page, which names the instant, does not count.
  const page = '/api/v1/facts?limit=5';
  expect(await tagAt('2024-07-30T21:01:00Z', page)).toBe(await tagAt('2024-07-30T21:00:00Z', page));
  for (const path of ['/api/v1/bill', '/api/v1/facts?subject=META&metric=capex_cash']) {
    const early = await tagAt('2024-07-30T21:00:00Z', path);
    expect(await tagAt('2024-07-30T21:01:00Z', path)).toBe(early);
    expect(await tagAt('2024-09-01T00:00:00Z', path)).not.toBe(early);
  }
});

test('nothing in an answer names a channel', async () => {
  const told = { ...alerts[0], channel: 'C0SECRET', address: 'C0SECRET' } as unknown as (typeof alerts)[number];
  const view = { ...programsView, alerts: async () => [told] };
  expect(await (await programs({ view }).request('/api/v1/alerts')).text()).not.toContain('C0SECRET');
});

test('what a view does not have is not there', async () => {
  const bare = programs({ view: viewOf() });
  for (const path of ['/api/v1/alerts', '/api/v1/standings', '/api/v1/facts', '/api/v1/bill', '/feed.atom'])
    expect([path, (await bare.request(path)).status]).toEqual([path, 404]);
});
