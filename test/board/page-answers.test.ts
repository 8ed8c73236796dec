import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodingFor } from '../../src/board/page-answers.ts';
import { quotes, viewOf } from './board-view.ts';
import { asSent, openBoard } from './open-board.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['gzip, br;q=0', 'gzip'],
  ['br;q=0.0, gzip;q=0.5', 'gzip'],
  ['identity', undefined],
  ['', undefined],
  [undefined, undefined],
  ['brotli', undefined],
])('of %s, %s is taken', (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

describe('a page', () => {
  test('is sent as brotli, gzip or plain, whichever is taken, and is the same', async () => {
    const board = await openBoard();
    const [br, gzip, plain] = await Promise.all(
      ['br, gzip', 'gzip', 'identity'].map((encoding) => asSent(board, '/', { 'accept-encoding': encoding })),
    );
    if (!br || !gzip || !plain) throw new Error('expected three answers');
    expect([br, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined]);
    expect(brotliDecompressSync(br.body).toString()).toBe(plain.body.toString());
    expect(gunzipSync(gzip.body).toString()).toBe(plain.body.toString());
    expect(plain.headers.vary).toBe('accept-encoding, cookie');
  });

  test('is not sent again to who has it, and is once something in it has changed', async () => {
    let price = 100e6;
    const board = await openBoard({
      view: viewOf({ quotes: async () => quotes.map((quote) => ({ ...quote, price })) }),
    });
    const ask = (tag: string, encoding: string, cookie = '') =>
      asSent(board, '/', { 'if-none-match': tag, 'accept-encoding': encoding, cookie });
    const { headers, status } = await ask('"other"', 'br');
    const tag = String(headers.etag);
    expect([status, headers['cache-control']]).toEqual([200, 'private, no-cache']);
    const again = await ask(`"a", W/${tag}`, 'br');
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag]);
    expect((await ask(tag, 'gzip')).status).toBe(200);
    expect((await ask(tag, 'br', 'slidewatch-theme=dark')).status).toBe(200);
    price = 101e6;
    expect((await ask(tag, 'br')).status).toBe(200);
  });

  test('that is not there is kept by nobody', async () => {
    const { status, headers } = await asSent(await openBoard(), '/nothing', {});
    expect([status, headers['cache-control'], headers.etag]).toEqual([404, 'no-store', undefined]);
  });
});
