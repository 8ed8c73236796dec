import { expect, test } from 'vitest';
import { apiRoutes } from '../../../src/board/api/api-routes.ts';
import { cursorOf } from '../../../src/board/api/cursor.ts';
import { createRateLimit } from '../../../src/board/api/rate-limit.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { catalogue } from '../../cards/stories.ts';
import { asHost, openBoard } from '../open-board.ts';
import { checkerOf, document, programs, programsView } from './programs.ts';

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly parameter: string; readonly detail: string }[];
}

const app = programs();
const checked = checkerOf(document);

const BAD: readonly [path: string, parameter: string, says: string][] = [
  ['/api/v1/alerts?limit=0', 'limit', 'from 1 to 200'],
  ['/api/v1/alerts?limit=201', 'limit', 'from 1 to 200'],
  ['/api/v1/alerts?limit=1e2', 'limit', 'from 1 to 200'],
  ['/api/v1/alerts?limit=', 'limit', 'from 1 to 200'],
  ['/api/v1/alerts?symbol=nv%20da', 'symbol', 'A-Z'],
  ['/api/v1/alerts?kind=price', 'kind', 'expected one of drawdown, day, value'],
  ['/api/v1/alerts?since=yesterday', 'since', '2024-07-30'],
  ['/api/v1/alerts?since=2024-02-30', 'since', '2024-07-30'],
  ['/api/v1/alerts?since=9999-01-01', 'since', '2024-07-30'],
  ['/api/v1/alerts?withdrawn=1', 'withdrawn', 'true or false'],
  ['/api/v1/alerts?cursor=%00', 'cursor', 'next'],
  [`/api/v1/alerts?cursor=${cursorOf('MSFT/capex_cash')}`, 'cursor', 'another list'],
  ['/api/v1/alerts?limit=5&limit=6', 'limit', 'more than once'],
  ['/api/v1/alerts?chanel=7', 'chanel', 'the parameters are symbol, kind, since, withdrawn, limit, cursor'],
  ['/api/v1/standings?symbol=NVDA', 'symbol', 'there are no parameters here'],
  ['/api/v1/facts?subject=a', 'subject', 'a subject'],
  ['/api/v1/facts?metric=capex', 'metric', 'capex_cash'],
  ['/api/v1/facts?as_of=2024-07-30T20:00', 'as_of', '2024-07-30'],
  ['/api/v1/facts?as_of=2024-07-31', 'as_of', 'today is 2024-07-30 in New York'],
  ['/api/v1/facts?limit=-1', 'limit', 'from 1 to 200'],
  [`/api/v1/facts?cursor=${cursorOf(7)}`, 'cursor', 'another list'],
  ['/api/v1/bill?as_of=', 'as_of', '2024-07-30'],
  ['/api/v1/openapi.json?x=1', 'x', 'there are no parameters here'],
  ['/feed.atom?language=xx', 'language', 'en, ko'],
  ['/feed.rss?lang=en', 'lang', 'the parameters are language'],
];

test.each(BAD)(
  '%s is refused by one problem document that names %s and says what helps',
  async (path, parameter, says) => {
    const answer = await app.request(path);
    expect(answer.status).toBe(400);
    const problem = (await checked(path.split('?')[0] ?? '', answer)) as Problem;
    expect(problem).toMatchObject({ type: 'tag:slidewatch,2026:bad-parameter', status: 400 });
    expect(problem.errors?.map((it) => it.parameter)).toEqual([parameter]);
    expect(problem.detail).toContain(`${parameter}: `);
    expect(problem.errors?.[0]?.detail).toContain(says);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  },
);

test('every parameter of the document is among those that were tried', () => {
  const tried = new Set(BAD.map(([path, parameter]) => `${path.split('?')[0]} ${parameter}`));
  const told = Object.entries(document.paths).flatMap(([path, { get }]) =>
    get.parameters.map(({ name }) => `${path} ${name}`),
  );
  expect(told.filter((it) => !tried.has(it))).toEqual(['/feed.rss language']);
});

test('two parameters that cannot be used are in one document', async () => {
  const answer = await app.request('/api/v1/facts?limit=x&metric=y');
  const { errors = [] } = (await answer.json()) as Problem;
  expect(errors.map(({ parameter }) => parameter).toSorted()).toEqual(['limit', 'metric']);
});

test('an answer is never much longer than a question with thousands of unknown parameters', async () => {
  const query = Array.from({ length: 2_000 }, (_, index) => `${'x'.repeat(200)}${index}=1`).join('&');
  const body = await (await app.request(`/api/v1/alerts?${query}`)).text();
  expect(body.length).toBeLessThan(3_000);
});

const TOKEN = 'a-token-of-16-letters';

test('the board’s own refusals are problem documents for programs and text for people', async () => {
  const board = await openBoard({ view: programsView, token: TOKEN });
  const authorization = `Bearer ${TOKEN}`;
  const asked = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(board.url + path, init);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    return [answer, (await answer.json()) as Problem] as const;
  };
  for (const path of [...Object.keys(document.paths), '/api/v1/nothing', '/api']) {
    const [answer, problem] = await asked(path);
    expect([path, answer.status, problem.status]).toEqual([path, 401, 401]);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Slidewatch"');
    expect(problem).toMatchObject({ type: 'about:blank', title: 'Unauthorized' });
    expect(problem.detail).toContain('BOARD_TOKEN');
  }
  const [refused, readOnly] = await asked('/api/v1/alerts', { method: 'POST', headers: { authorization } });
  expect([refused.status, refused.headers.get('allow'), readOnly.title]).toEqual([
    405,
    'GET, HEAD',
    'Method Not Allowed',
  ]);
  const [missing, problem] = await asked('/api/v2/alerts', { headers: { authorization } });
  expect(missing.status).toBe(404);
  expect(problem.detail).toContain('/api/v1/openapi.json');
  const open = await openBoard({ view: programsView });
  const foreign = await asHost(open, 'rebound.example', '/api/v1/standings');
  expect([foreign.status, JSON.parse(foreign.body).status]).toEqual([421, 421]);
  expect((await fetch(`${open.url}/nothing`)).headers.get('content-type')).toContain('text/html');
});

test('a token opens every path, as a bearer token or a password', async () => {
  const board = await openBoard({ view: programsView, token: TOKEN });
  for (const authorization of [`Bearer ${TOKEN}`, `Basic ${Buffer.from(`reader:${TOKEN}`).toString('base64')}`])
    for (const path of Object.keys(document.paths))
      expect([path, (await fetch(board.url + path, { headers: { authorization } })).status]).toEqual([path, 200]);
});

test('an answer that cannot be made is a problem document without the reason', async () => {
  const fails = async (): Promise<never> => {
    throw new Error('no such table: alerts');
  };
  const answer = await programs({ view: { ...programsView, alerts: fails } }).request('/api/v1/alerts');
  expect(answer.status).toBe(500);
  expect(JSON.stringify(await checked('/api/v1/alerts', answer))).not.toContain('table');
});

test('an answer that is not as the document says is none', async () => {
  const standings = [{ symbol: 'NVDA', name: { en: 'Nvidia' }, unit: 'shares', levels: [] }] as never;
  const view = { ...programsView, standings: async () => ({ market: 'open' as const, standings }) };
  expect((await programs({ view }).request('/api/v1/standings')).status).toBe(500);
});

test('who asks too often is told how long to wait', async () => {
  let ticks = 0;
  const wordsFor = () => catalogue.in('en');
  const routes = apiRoutes({ view: programsView, catalogue, wordsFor, log: silent, ticks: () => ticks });
  for (let asked = 0; asked < 60; asked += 1) expect((await routes.request('/feed.atom')).status).toBe(200);
  const answer = await routes.request('/api/v1/standings');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
  await checked('/api/v1/standings', answer);
  ticks = 1_000;
  expect((await routes.request('/api/v1/standings')).status).toBe(200);
});

test('as many may ask in the long run as the rate allows, and after a pause as many at once', () => {
  let now = 0;
  const wait = createRateLimit({ burst: 10, perSecond: 2 }, () => now);
  const takenIn = (seconds: number): number => {
    let taken = 0;
    for (const until = now + seconds * 1_000; now < until; now += 100) if (wait() === 0) taken += 1;
    return taken;
  };
  expect(takenIn(100)).toBe(10 + 2 * 100 - 1);
  now += 3_600_000;
  expect(Array.from({ length: 20 }, wait).filter((seconds) => seconds === 0)).toHaveLength(10);
  expect(wait()).toBe(1);
});
