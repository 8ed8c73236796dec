import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startBoard } from '../../src/board/board.ts';
import { ownHosts } from '../../src/board/own-hosts.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { viewOf } from './board-view.ts';
import { asHost, openBoard } from './open-board.ts';

test("a request with another site's host name is refused with the remedy", async () => {
  const board = await openBoard();
  const { status, body } = await asHost(board, 'rebound.example:4170');
  expect(status).toBe(421);
  expect(body).toContain('BOARD_HOST');
  expect(body).not.toContain('slidewatch_');
  expect((await asHost(board, 'localhost:4170')).status).toBe(200);
});

describe('a Host header', () => {
  test.each(['localhost', 'localhost:4170', 'LOCALHOST', '127.0.0.1:4170', '127.1.2.3', '[::1]:4170', 'me.localhost'])(
    'for %s is accepted',
    (header) => {
      expect(ownHosts('127.0.0.1')(header)).toBe(true);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.evil.example',
    'localhost@evil.example',
    'evil.example@localhost',
    'localhost/evil.example',
    'evil.example/localhost',
    'evil.example#localhost',
    '192.168.1.5',
    '',
    undefined,
  ])('for %s is refused', (header) => {
    expect(ownHosts('127.0.0.1')(header)).toBe(false);
  });

  test('with the configured name or address is accepted', () => {
    expect(ownHosts('board.lan')('board.lan:4170')).toBe(true);
    expect(ownHosts('192.168.1.5')('192.168.1.5:4170')).toBe(true);
    expect(ownHosts('fd00::5')('[fd00::5]:4170')).toBe(true);
    expect(ownHosts('192.168.1.5')('192.168.1.6:4170')).toBe(false);
  });

  test.each(['0.0.0.0', '::'])('to a board on %s may be any address, but not a name', (everywhere) => {
    expect(ownHosts(everywhere)('192.168.1.5:4170')).toBe(true);
    expect(ownHosts(everywhere)('[fd00::5]:4170')).toBe(true);
    expect(ownHosts(everywhere)('evil.example')).toBe(false);
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused: the board is read-only', async (method) => {
  const answer = await fetch((await openBoard()).url, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
});

test('every response has the security headers and sets no cookie', async () => {
  const board = await openBoard();
  for (const path of ['/', '/card/7', '/health', '/metrics', '/nothing']) {
    const { headers } = await fetch(board.url + path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    // A page is kept, but asked for each time.
    expect(headers.get('cache-control')).toBe(['/', '/card/7'].includes(path) ? 'private, no-cache' : 'no-store');
    expect(headers.has('set-cookie')).toBe(false);
  }
});

test('the one script and the one style of a page are allowed by their hashes, and nothing else', async () => {
  const board = await openBoard();
  for (const cookie of ['', 'slidewatch-theme=dark', 'slidewatch-theme=light; slidewatch-language=ko']) {
    const answer = await fetch(board.url, { headers: { cookie } });
    const policy = answer.headers.get('content-security-policy') ?? '';
    const page = await answer.text();
    for (const [tag, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ] as const) {
      const [, content = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page) ?? [];
      const [, sources = ''] = new RegExp(`${directive} ([^;]+)`).exec(policy) ?? [];
      expect(sources.split(' ')).toContain(`'sha256-${hash('sha256', content, 'base64')}'`);
      expect(sources).not.toMatch(/unsafe|self|nonce|\*/);
    }
    expect(page).not.toMatch(/<(?:script|style) |<[^>]+\s(?:style|on\w+)=/);
  }
});

test('a port in use is a BoardError of one line with the remedy', async () => {
  const port = Number(new URL((await openBoard()).url).port);
  await expect(startBoard({ host: '127.0.0.1', port, view: viewOf(), log: silent, catalogue })).rejects.toMatchObject({
    name: 'BoardError',
    message: `BOARD_PORT ${port} is already in use on 127.0.0.1; stop the other program or set BOARD_PORT to another port (0 = any free port)`,
  });
});

test('an address of another machine is a BoardError that names the setting', async () => {
  const listening = startBoard({ host: '192.0.2.1', port: 0, view: viewOf(), log: silent, catalogue });
  await expect(listening).rejects.toMatchObject({ name: 'BoardError', message: expect.stringContaining('BOARD_HOST') });
});

const TOKEN = 'a-token-of-16-letters';

test('a board on a wildcard address gives a URL that a browser can open', async () => {
  const board = await openBoard({ host: '0.0.0.0', token: TOKEN });
  expect(board.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(board.url, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
});

test.each([
  ['an address that other machines reach', { host: '0.0.0.0' }, 'BOARD_HOST 0.0.0.0 opens the board to other machines'],
  ['a host name', { host: 'board.lan' }, 'BOARD_HOST board.lan opens the board to other machines'],
  ['a proxy', { host: '127.0.0.1', origin: 'https://board.example' }, 'BOARD_ORIGIN opens the board to others'],
])('a board behind %s is refused without a token', async (_, given, message) => {
  const starting = startBoard({ ...given, port: 0, view: viewOf(), log: silent, catalogue });
  await expect(starting).rejects.toMatchObject({
    name: 'BoardError',
    message: expect.stringMatching(new RegExp(`^${message}: .*BOARD_TOKEN`)),
  });
});

describe('a board with a token', () => {
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  test.each([
    [`Bearer ${TOKEN}`, 200],
    [`bearer ${TOKEN}`, 200],
    [basic('anybody', TOKEN), 200],
    [basic('', TOKEN), 200],
    [`Bearer ${TOKEN}x`, 401],
    [`Bearer ${TOKEN.slice(1)}`, 401],
    [basic(TOKEN, ''), 401],
    ['Basic %%%', 401],
    [`Digest ${TOKEN}`, 401],
    [TOKEN, 401],
    ['', 401],
  ])('answers %j with %i', async (authorization, status) => {
    const board = await openBoard({ token: TOKEN });
    for (const path of ['/', '/card/7', '/health', '/metrics', '/events', '/font/inter-500.ttf', '/nothing']) {
      const answer = await fetch(board.url + path, { method: 'HEAD', headers: { authorization } });
      expect(answer.status === 401).toBe(status === 401);
      if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Slidewatch"');
    }
  });

  test('says what it needs, and shows nothing', async () => {
    const answer = await fetch((await openBoard({ token: TOKEN })).url);
    expect(await answer.text()).toBe(
      'This board needs the token of BOARD_TOKEN: as the password in a browser (any user name), or as a bearer token.\n',
    );
  });
});

test('a proxy that serves the board may name its own host', async () => {
  expect(ownHosts('127.0.0.1', 'https://board.example')('board.example')).toBe(true);
  expect(ownHosts('127.0.0.1', 'https://board.example')('other.example')).toBe(false);
  const board = await openBoard({ token: TOKEN, origin: 'https://board.example' });
  expect(board.url).toBe('https://board.example');
});
