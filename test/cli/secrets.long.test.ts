import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PATIENCE_MS } from '../eventually.ts';
import { temporaryFile } from '../market/temporary.ts';
import { boardOf, startBot, stop } from './bot-process.ts';
import { spawnedDoctor, spawnedTry } from './doctor-worlds.ts';
import { ownVariables } from './environment.ts';

const SECRETS = {
  DISCORD_TOKEN: 'MTEyMjMzNDQ1NTY2Nzc4ODk5.GsecrT.discord-secret-part-0123456789abcdef',
  SLACK_BOT_TOKEN: 'xoxb-1-slack-bot-secret',
  SLACK_APP_TOKEN: 'xapp-1-slack-app-secret',
  FINNHUB_TOKEN: 'finnhub-secret-key',
  TIINGO_TOKEN: 'tiingo-secret-key',
  BOARD_TOKEN: 'board-secret-0123456789',
};
/** In an address: whoever has it can keep the alarm quiet. */
const PING = 'heartbeat-secret-uuid';
/** The path and the query of a webhook, and what it is signed with. */
const HOOK = {
  DESK_URL: 'hook-secret-path?key=hook-secret-query',
  DESK_SECRET: `whsec_${Buffer.alloc(32, 5).toString('base64')}`,
};
const ALL = [...Object.values(SECRETS), PING, 'hook-secret-path', 'hook-secret-query', HOOK.DESK_SECRET.slice(6)];

/** The secrets, also as they stand in queries and in Basic headers, that a text contains. */
const secretsIn = (text: string): string[] =>
  ALL.filter((secret) =>
    [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')].some((form) =>
      text.includes(form),
    ),
  );

const CHANNELS = 'webhooks: [{ name: desk, url_env: DESK_URL, secret_env: DESK_SECRET, private: true }]\n';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What a page of an angry proxy repeats. */
const said = ({ url, headers }: IncomingMessage): string => `${url} ${JSON.stringify(headers)}`;

const WAYS: readonly [how: string, answer: Answer][] = [
  ['HTTP 500', (_, response) => void response.writeHead(500).end('broken')],
  ['a closed connection', ({ socket }) => void socket.destroy()],
  [
    'refusals that repeat what was asked, with its headers',
    (request, response) => {
      const message = said(request);
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: message, message, code: 50_013, detail: message }));
    },
  ],
  [
    'pages in place of answers',
    (request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><p>${said(request)}</p></html>`),
  ],
  [
    'redirections that repeat the address',
    (request, response) => void response.writeHead(302, { location: `http://127.0.0.1:9${request.url}` }).end(),
  ],
];

/** The whole outside world as one server; `seen`: first parts of the paths that were asked for. */
const startWorld = async (answer: Answer): Promise<{ readonly url: string; readonly seen: ReadonlySet<string> }> => {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    seen.add(request.url?.split(/[/?]/)[1] ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
};

/** Every byte of the database and what lies beside it. */
const stored = (path: string): string =>
  readdirSync(dirname(path))
    .map((name) => readFileSync(`${dirname(path)}/${name}`, 'latin1'))
    .join('');

const PAGES = ['/', '/health', '/metrics', '/healthz', '/readyz'];

test.each(WAYS)(
  'nothing that is written has a secret, with a world of %s',
  async (_, answer) => {
    const { url, seen } = await startWorld(answer);
    const { DATABASE_URL = '' } = ownVariables();
    const env = {
      ...SECRETS,
      DATABASE_URL,
      DISCORD_API_URL: `${url}/discord`,
      DISCORD_CHANNEL_ID: '112233445566778899',
      SLACK_API_URL: `${url}/slack/`,
      SLACK_CHANNEL_ID: 'C0000000001',
      YAHOO_URL: url,
      FINNHUB_URL: url,
      TIINGO_URL: url,
      EDGAR_URL: url,
      EDGAR_CONTACT: 'Jane Roe jane.roe@example.com',
      HEARTBEAT_URL: `${url}/ping/${PING}`,
      SLIDEWATCH_CONFIG: dirname(temporaryFile('channels.yaml', CHANNELS)),
      DESK_URL: `${url}/${HOOK.DESK_URL}`,
      DESK_SECRET: HOOK.DESK_SECRET,
      POLL_SECONDS: '1',
      POLL_OUTSIDE_SESSIONS: 'true',
      LOG_LEVEL: 'trace',
    };
    const bot = startBot(env);
    const asked = () =>
      expect.poll(() => [...seen], { timeout: PATIENCE_MS }).toEqual(expect.arrayContaining(['discord', 'slack']));
    const running = boardOf(bot).catch(() => undefined);
    await Promise.race([asked(), bot.ended]);
    const board = await running;
    const headers = { authorization: `Bearer ${SECRETS.BOARD_TOKEN}` };
    const pages = board
      ? await Promise.all(PAGES.map((page) => fetch(board + page, { headers }).then((it) => it.text(), String)))
      : [];
    await stop(bot);
    expect(bot.err()).toContain('"level":');
    expect(secretsIn(bot.out())).toEqual([]);
    expect(secretsIn(bot.err())).toEqual([]);
    expect(secretsIn(pages.join('\n'))).toEqual([]);
    expect(secretsIn(stored(DATABASE_URL.slice('sqlite:'.length)))).toEqual([]);
    // The doctor asks each source and each platform by itself: Finnhub's path is /quote, Tiingo's /iex.
    const { lines, stderr } = await spawnedDoctor(env);
    expect([...seen]).toEqual(expect.arrayContaining(['quote', 'iex']));
    expect(secretsIn(lines.join('\n') + stderr)).toEqual([]);
    const tried = await spawnedTry(env);
    expect(tried).toMatch(/^desk: /);
    expect(secretsIn(tried)).toEqual([]);
    expect([...seen]).toContain('hook-secret-path');
  },
  120_000,
);

test('the password of a database that cannot be reached is not said', async () => {
  const secret = 'database-secret';
  const bot = startBot({ DATABASE_URL: `postgres://me:${secret}@127.0.0.1:9/slidewatch`, LOG_LEVEL: 'trace' });
  await Promise.race([bot.says(/127\.0\.0\.1/), bot.ended]);
  await stop(bot);
  expect(bot.err() + bot.out()).toMatch(/slidewatch/);
  expect(bot.err() + bot.out()).not.toContain(secret);
});
