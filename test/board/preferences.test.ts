import { describe, expect, test } from 'vitest';
import { createChangeStream } from '../../src/board/change-stream.ts';
import { createLiveAnswers } from '../../src/board/live-parts.ts';
import { boardRoutes } from '../../src/board/routes.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { companies, ledger } from '../facts/samples.ts';
import { nvidiaEn, togetherKo, viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

const choose = (url: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/preferences`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });

const as = async (url: string, cookie: string): Promise<string> => (await fetch(url, { headers: { cookie } })).text();

describe('a choice', () => {
  test('of colours is remembered for a year by a cookie that no script reads, and leads back to the page', async () => {
    const { url } = await openBoard();
    const answer = await choose(url, { theme: 'dark', to: '/?style=slack&sort=price' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?style=slack&sort=price']);
    expect(answer.headers.getSetCookie()).toEqual([
      'slidewatch-theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  test('of a language is remembered, and of one that there is not, nothing is', async () => {
    const { url } = await openBoard();
    expect((await choose(url, { language: 'ko', to: '/bill' })).headers.getSetCookie()[0]).toMatch(
      /^slidewatch-language=ko;/,
    );
    const nonsense = await choose(url, { language: 'xx', theme: 'pink', to: '/bill' });
    expect([nonsense.status, nonsense.headers.has('set-cookie')]).toEqual([303, false]);
  });

  test.each([
    'https://example.com/',
    '//example.com/',
    '/\\example.com/',
    '/.//example.com/',
    '/bill/..//example.com/',
    '\\\\example.com',
    '',
    'javascript:alert(1)',
  ])('never leads to another site: %s', async (to) => {
    const { url } = await openBoard();
    expect((await choose(url, { theme: 'dark', to })).headers.get('location')).toBe('/');
    expect((await choose(url, { theme: 'dark' })).headers.get('location')).toBe('/');
  });

  test('that another site sends is refused, and so is a long one', async () => {
    const { url } = await openBoard();
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await choose(url, { theme: 'dark' }, { 'sec-fetch-site': site })).status).toBe(403);
    expect((await choose(url, { theme: 'dark' }, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await choose(url, { theme: 'dark', to: 'x'.repeat(5_000) })).status).toBe(413);
  });

  test('made at a proxy is kept for https alone, and one beside it on this machine also for http', async () => {
    const app = boardRoutes({
      ...{ view: viewOf(), changes: createChangeStream(), live: createLiveAnswers(), catalogue, log: silent },
      ...{ origin: 'https://board.test', isOwnHost: () => true, isAllowed: () => true },
    });
    const cookieAt = async (host: string): Promise<string | null> => {
      const body = new URLSearchParams({ theme: 'light' });
      const answer = await app.request(`http://${host}/preferences`, { method: 'POST', body });
      expect(answer.headers.get('location')).toBe('/');
      return answer.headers.get('set-cookie');
    };
    expect(await cookieAt('board.test')).toContain('; Secure;');
    for (const host of ['127.0.0.1:4170', 'localhost', '[::1]:4170'])
      expect(await cookieAt(host)).not.toContain('Secure');
  });

  test('needs the token of the board', async () => {
    const { url } = await openBoard({ token: 'secret' });
    expect((await choose(url, { theme: 'light' })).status).toBe(401);
    expect((await choose(url, { theme: 'light' }, { authorization: 'Bearer secret' })).status).toBe(303);
  });
});

test('a page has the colours that were chosen: the other ones hold nowhere, or on paper alone', async () => {
  const { url } = await openBoard();
  const light = (page: string): string[] => [
    ...new Set([...page.matchAll(/@media ([^{]*)\{\s*:root/g)].map(([, query = '']) => query.trim())),
  ];
  expect(light(await as(url, 'slidewatch-theme=dark'))).toEqual(['print']);
  expect(light(await as(url, 'slidewatch-theme=light'))).toEqual(['all', 'print']);
  expect(light(await as(url, ''))).toEqual(['print, (prefers-color-scheme: light)', 'print']);
  expect(await as(url, 'slidewatch-theme=dark')).toContain('<meta name="color-scheme" content="dark">');
  expect(await as(url, 'slidewatch-theme=dark')).toMatch(/value="dark" aria-pressed="true"/);
  expect(await as(url, 'slidewatch-theme=pink')).toMatch(/value="system" aria-pressed="true"/);
});

test('a page is in the language that was chosen, with its dates and its colour of falls', async () => {
  const bill = () => ({ ledger, companies, now: Date.parse('2024-08-02T20:00:00Z') });
  const { url } = await openBoard({ view: viewOf({ bill }) });
  const korean = await as(url, 'slidewatch-language=ko');
  expect(korean).toContain('<html lang="ko">');
  expect(textOf(korean)).toContain('2024년 7월 30일 16:00 뉴욕');
  expect(korean).toContain('<button name="language" value="en" lang="en">English</button>');
  expect(korean).not.toContain('value="ko"');
  const english = await as(url, 'slidewatch-language=en');
  const redOf = (page: string): string | undefined => /--red:(#\w+)/.exec(page)?.[1];
  // stories/tone.ts: red falls, and blue ones.
  expect([redOf(english), redOf(korean)]).toEqual(['#f56a84', '#308aff']);
  expect(await as(`${url}/bill`, 'slidewatch-language=ko')).toContain('<html lang="ko">');
});

test('cards are as they were posted, until a reader chooses a language', async () => {
  const asked: (string | undefined)[] = [];
  const view = viewOf({
    cards: async (_limit, language) => {
      asked.push(language);
      return language === 'ko' ? [togetherKo] : [nvidiaEn];
    },
    card: async (_id, language) => (language === 'ko' ? togetherKo : nvidiaEn),
  });
  const board = await openBoard({ view, language: 'ko' });
  expect(textOf(await pageOf(board, '/'))).toContain(nvidiaEn.card.title);
  expect(textOf(await as(board.url, 'slidewatch-language=ko'))).toContain(togetherKo.card.title);
  expect(textOf(await as(`${board.url}/card/3`, 'slidewatch-language=ko'))).toContain(togetherKo.card.title);
  expect(asked).toEqual([undefined, 'ko']);
});

test('an address with a query is where its choice leads back to', async () => {
  const page = await pageOf(await openBoard(), '/?style=slack&sort=price');
  expect(page).toContain('<input type="hidden" name="to" value="/?style=slack&amp;sort=price">');
});

test('lists are asked for in the language that was chosen, and the feed is offered in that of the page', async () => {
  const asked: (string | undefined)[] = [];
  const view = viewOf({
    deliveries: async (_, language) => {
      asked.push(language);
      return { lines: [], hasOlder: false, hasNewer: false, counts: [], lost: 0, now: 0 };
    },
    cardList: async (_, language) => {
      asked.push(language);
      return [{ ...nvidiaEn, cursor: 7 }];
    },
  });
  const { url } = await openBoard({ view });
  for (const headers of [{ cookie: 'slidewatch-language=ko' }, {}] as const)
    for (const path of ['/deliveries', '/cards']) {
      const page = await (await fetch(url + path, { headers })).text();
      expect(page).toContain(`href="/feed.atom?language=${'cookie' in headers ? 'ko' : 'en'}"`);
      if (path === '/cards') expect(page).toContain('<span class="sign">▼</span>');
    }
  expect(asked).toEqual(['ko', 'ko', undefined, undefined]);
});
