import { expect, test } from 'vitest';
import type { BoardView, Health } from '../../src/board/board-view.ts';
import { catalogue } from '../cards/stories.ts';
import { health, NOW, viewOf } from './board-view.ts';
import { badHealth, histories } from './health-reading.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

const well: Health = { ...health, platforms: [{ name: 'slack', state: 'on' }] };

const read = async (given: Health, language = 'en', more: Partial<BoardView> = {}): Promise<string> => {
  const view = viewOf({ health: async () => given, jobHistories: async () => histories, ...more });
  return pageOf(await openBoard({ view, language }), '/status');
};

const listOf = (page: string): string[] =>
  [...page.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) =>
    textOf(item.replace('<small', ' <small')).replace(/\s+/g, ' ').trim(),
  );

const troublesOf = (page: string): string[] =>
  listOf(/<section class="panel troubles".*?<\/section>/s.exec(page)?.[0] ?? '');

test('all is well: the h1 says so, and nothing is listed as wrong', async () => {
  const page = await read(well);
  expect(page).toContain('<h1>Everything works</h1>');
  expect(page).not.toContain('class="panel troubles"');
});

test('what is wrong is said once, each with its reason and since when', async () => {
  const page = await read(badHealth);
  expect(page).toContain('<h1>5 things need attention</h1>');
  expect(troublesOf(page)).toEqual([
    'Slack No cards go to slack: the token was refused since 30 Jul 2024 15:01 New York',
    'Prices Yahoo cannot be reached since 30 Jul 2024 15:51 New York',
    'Also The clock is 90 s off.',
    'Discord the gateway has closed since 30 Jul 2024 15:56 New York',
    // The run of two hours ago failed first; the one before it was good.
    'Filings EDGAR does not answer since 30 Jul 2024 14:01 New York',
  ]);
});

test('a source and a platform that fail are listed before they count as failures of the bot', async () => {
  const given: Health = { ...badHealth, failures: [], problem: '', jobs: [] };
  expect(troublesOf(await read(given))).toEqual([
    'Yahoo connection refused since 30 Jul 2024 15:51 New York',
    'Slack the token was refused since 30 Jul 2024 15:01 New York',
    'Discord the gateway has closed since 30 Jul 2024 15:56 New York',
  ]);
});

test('sources and platforms say whether they work, since when not, and why', async () => {
  const items = listOf(await read(badHealth));
  expect(items).toContain('Yahoo failing (connection refused) last answered 10 min ago');
  expect(items).toContain('Finnhub working last answered 0 s ago');
  expect(items).toContain('Slack not working (the token was refused) since 30 Jul 2024 15:01 New York');
  expect(items).toContain('Discord not connected (the gateway has closed) since 30 Jul 2024 15:56 New York');
  expect(items).toContain('Rejected quotes 3 price is 0');
});

test('each job shows its last run, its next, and the runs before, with why they failed', async () => {
  const text = textOf(await read(badHealth)).replace(/\s+/g, ' ');
  expect(text).toContain('Filings 60 min ago, in 1.2 s: EDGAR does not answer · Next run 30 Jul 2024 17:01 New York.');
  expect(text).toContain('The last 4 runs 30 Jul 2024 15:01 New York EDGAR does not answer, in 1.2 s');
  expect(text).toContain('30 Jul 2024 13:01 New York 3 sent, in 1.2 s');
  expect(await read(badHealth)).toContain('aria-label="4 runs, 3 failed"');
  // Never run yet.
  expect(text).toMatch(/Clean-up Not run yet. · Next run 30 Jul 2024 17:01/);
});

test('without a history, the last run is all there is', async () => {
  const page = await pageOf(await openBoard({ view: viewOf({ health: async () => badHealth }) }), '/status');
  expect(page).toContain('aria-label="1 run, 1 failed"');
  expect(troublesOf(page).at(-1)).toBe('Filings EDGAR does not answer since 30 Jul 2024 15:01 New York');
});

test('programs find the health where it was', async () => {
  const board = await openBoard({ view: viewOf({ health: async () => badHealth }) });
  const answer = await fetch(`${board.url}/health`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: 'failing' });
  expect((await fetch(`${board.url}/status`)).status).toBe(200);
});

test('hostile text stays text', async () => {
  const attack = `"><img src=x onerror="alert(1)">`;
  const page = await read({
    ...badHealth,
    problem: attack,
    failures: [{ part: attack, since: NOW, because: attack }],
    sources: [{ name: attack, ok: false, detail: attack }],
    platforms: [{ name: attack, state: 'down', detail: attack, since: NOW }],
    jobs: [{ name: attack, ranAt: NOW, result: { failed: attack } }],
    refused: { [attack]: 1 },
  });
  expect(page).not.toContain('<img');
  expect(page.match(/<script/g)).toHaveLength(1);
});

test.each(catalogue.languages)('every text of the page is there in %s', async (language) => {
  for (const given of [badHealth, well])
    expect(textOf(await read(given, language))).not.toMatch(/(?:board|status)\.[a-z]/);
});
