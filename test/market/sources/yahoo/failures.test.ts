import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createYahoo } from '../../../../src/market/sources/yahoo/index.ts';
import { silent } from '../../../../src/telemetry/log.ts';
import { eventually } from '../../../eventually.ts';
import { holdTimeouts } from '../../../held-timeouts.ts';
import { nextEvent } from '../../../next-event.ts';
import { AAPL, asked, faultOf, MINUTE_MS, NOW, stage } from './setup.ts';

const ALWAYS = Number.POSITIVE_INFINITY;

describe('when Yahoo throttles', () => {
  it.each(['edge-429', 'json-429'] as const)(
    'tries three times with growing waits, then gives up (%s)',
    async (fault) => {
      const { double, source, waits } = await stage();
      double.fail({ fault, times: ALWAYS });
      const error = await faultOf(source.quotes([AAPL], NOW));
      expect(error.fault).toBe('throttled');
      expect(error.message).toBe('Yahoo is rate limiting us (HTTP 429); prices are delayed');
      expect(asked(double).quote).toBe(3);
      expect(waits).toEqual([500, 1_000]);
    },
  );

  it('spreads the waits at random', async () => {
    const { double, source, waits } = await stage({ random: () => 0.5 });
    double.fail({ fault: 'edge-429', times: 2 });
    await source.quotes([AAPL], NOW);
    expect(waits).toEqual([750, 1_500]);
  });

  it('then makes no request for a growing time, for quotes and history alike', async () => {
    const { double, source, logged } = await stage();
    double.fail({ fault: 'edge-429', times: ALWAYS });
    const pauses: unknown[] = [];
    let now = NOW;
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      await faultOf(source.quotes([AAPL], now));
      pauses.push(logged.at(-1)?.pauseMs);
      const before = double.requests.length;
      now += minutes * MINUTE_MS;
      expect((await faultOf(source.quotes([AAPL], now - 1))).fault).toBe('throttled');
      expect((await faultOf(source.history(AAPL, '2025-02-14', now - 1))).fault).toBe('throttled');
      expect(double.requests).toHaveLength(before);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15].map((minutes) => minutes * MINUTE_MS));
  });

  it('says when the next request goes out', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'edge-429', times: ALWAYS });
    await faultOf(source.quotes([AAPL], NOW));
    expect((await faultOf(source.quotes([AAPL], NOW + 18_000))).message).toBe(
      'Yahoo is rate limiting us; next request in 42 s',
    );
  });

  it('starts with the shortest pause again after a success', async () => {
    const { double, source, logged } = await stage();
    double.fail({ fault: 'edge-429', times: 6 });
    await faultOf(source.quotes([AAPL], NOW));
    await faultOf(source.quotes([AAPL], NOW + MINUTE_MS));
    expect((await source.quotes([AAPL], NOW + 3 * MINUTE_MS)).quotes).toHaveLength(1);
    double.fail({ fault: 'edge-429', times: 3 });
    await faultOf(source.quotes([AAPL], NOW + 4 * MINUTE_MS));
    expect(logged.map(({ pauseMs }) => pauseMs)).toEqual([MINUTE_MS, 2 * MINUTE_MS, MINUTE_MS]);
  });

  it('counts parallel calls that were throttled as one', async () => {
    const { double, source, logged } = await stage();
    await source.quotes([AAPL], NOW);
    double.fail({ fault: 'edge-429', times: ALWAYS });
    await Promise.all([faultOf(source.quotes([AAPL], NOW)), faultOf(source.history(AAPL, '2025-02-14', NOW))]);
    expect(logged.map(({ pauseMs }) => pauseMs)).toEqual([MINUTE_MS, MINUTE_MS]);
  });

  it('ends a pause when the clock is set back', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'edge-429', times: 3 });
    await faultOf(source.quotes([AAPL], NOW));
    expect((await source.quotes([AAPL], NOW - 60 * MINUTE_MS)).quotes).toHaveLength(1);
  });

  it('waits as long as Yahoo says if that is short', async () => {
    const { double, source, waits } = await stage();
    double.fail({ fault: 'edge-429', retryAfter: 3 });
    await source.quotes([AAPL], NOW);
    expect(waits).toEqual([3_000]);
  });

  it.each([
    ['in seconds', () => 600],
    ['as a date', () => new Date(Date.now() + 600_000).toUTCString()],
  ])('makes no further request for as long as Yahoo says if that is long (%s)', async (_, retryAfter) => {
    const { double, source, waits, logged } = await stage();
    double.fail({ fault: 'edge-429', retryAfter: retryAfter() });
    await faultOf(source.quotes([AAPL], NOW));
    expect(waits).toEqual([]);
    expect(asked(double).quote).toBe(1);
    // A date has whole seconds, on both sides of the subtraction.
    expect(Math.abs(Number(logged.at(-1)?.pauseMs) - 10 * MINUTE_MS)).toBeLessThanOrEqual(1_000);
  });
});

describe('when Yahoo cannot answer', () => {
  it('tries again after a server error', async () => {
    const { double, source, waits } = await stage();
    double.fail({ fault: 'server-error', times: 2 });
    expect((await source.history(AAPL, '2025-02-14', NOW)).bars).toHaveLength(1);
    expect(waits).toEqual([500, 1_000]);
  });

  it('is unreachable after three server errors, and may be asked again at once', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'server-error', times: 3 });
    const error = await faultOf(source.quotes([AAPL], NOW));
    expect([error.fault, error.message]).toEqual([
      'unreachable',
      'Yahoo is having problems (HTTP 500); prices are delayed',
    ]);
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
  });

  it('tries again when the connection was lost', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'disconnect' });
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
  });

  it('gives up on a request that hangs after the timeout, and on the call after two of them', async () => {
    const requests = holdTimeouts((ms) => ms === 9_000);
    const call = holdTimeouts((ms) => ms === 2 * 9_000);
    const { double, source } = await stage({ timeoutMs: 9_000 });
    double.fail({ fault: 'hang', on: ['page', 'crumb', 'quote', 'chart'], times: ALWAYS });
    const fault = faultOf(source.quotes([AAPL], NOW));
    await eventually(() => expect(double.requests).toHaveLength(1));
    requests.expire();
    await eventually(() => expect(double.requests).toHaveLength(2));
    call.expire();
    const error = await fault;
    expect(error.fault).toBe('unreachable');
    expect(error.message).toMatch(
      /^Yahoo cannot be reached at 127\.0\.0\.1:\d+ \(request timed out\); prices are delayed$/,
    );
    expect(double.requests).toHaveLength(2);
  });

  it('gives up on an answer that stops half-way', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"chart":');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = `http://127.0.0.1:${port}`;
    const timeouts = holdTimeouts((ms) => ms === 9_000);
    const source = createYahoo({ url, log: silent, timeoutMs: 9_000, wait: async () => {} });
    const begun = nextEvent('undici:request:headers', url);
    const fault = faultOf(source.history(AAPL, '2025-02-14', NOW));
    await begun;
    const error = await timeouts.expireUntil(fault);
    server.closeAllConnections();
    server.close();
    expect(error.message).toContain('(request timed out)');
  });

  it('says that a dead port refuses the connection', async () => {
    const { double, source } = await stage();
    await double.close();
    const error = await faultOf(source.quotes([AAPL], NOW));
    expect(error.fault).toBe('unreachable');
    expect(error.message).toContain('(connection refused)');
  });

  it.each([403, 404])('is refused with HTTP %s', async (status) => {
    const { double, source, waits } = await stage();
    double.fail(({ endpoint }) => (endpoint === 'quote' ? { status, headers: {}, body: 'no' } : undefined));
    const error = await faultOf(source.quotes([AAPL], NOW));
    expect([error.fault, error.message]).toEqual(['refused', `Yahoo rejected the request (HTTP ${status})`]);
    expect(waits).toEqual([]);
  });

  it.each(['', 'not json', '[]', 'null', '{"quoteResponse":{"result":null,"error":null}}'])(
    'finds the answer "%s" unreadable',
    async (body) => {
      const { double, source } = await stage();
      double.fail(({ endpoint }) => (endpoint === 'quote' ? { status: 200, headers: {}, body } : undefined));
      expect((await faultOf(source.quotes([AAPL], NOW))).fault).toBe('unreadable');
    },
  );
});

describe('when Yahoo is down for long', () => {
  it('is not asked for half a minute after six failed requests, then once, and continues if that succeeds', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'server-error', on: ['quote'], times: 7 });
    for (let n = 0; n < 2; n += 1) await faultOf(source.quotes([AAPL], NOW));
    const error = await faultOf(source.quotes([AAPL], NOW + 29_999));
    // Histories are another matter.
    expect((await source.history(AAPL, '2025-02-14', NOW + 29_999)).bars).toHaveLength(1);
    expect(error.message).toBe('Yahoo is having problems (HTTP 500); prices are delayed');
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 6, chart: 1 });
    await faultOf(source.quotes([AAPL], NOW + 30_000));
    expect(asked(double)).toMatchObject({ quote: 7 });
    expect((await source.quotes([AAPL], NOW + 60_000)).quotes).toHaveLength(1);
  });
});
