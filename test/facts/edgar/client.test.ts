import { describe, expect, it } from 'vitest';
import type { CachedAnswer, EdgarCache } from '../../../src/facts/edgar/cache.ts';
import { createEdgarClient } from '../../../src/facts/edgar/client.ts';
import { EdgarError } from '../../../src/facts/edgar/edgar-error.ts';
import { createRequestSpacing } from '../../../src/facts/edgar/request-spacing.ts';
import { silent } from '../../../src/telemetry/log.ts';
import type { Fault } from '../../doubles/edgar/index.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { filed, spelled, tenQ } from './rows.ts';
import { CONTACT, createSimulatedClock, faultOf, stage } from './setup.ts';

const META = 1326801;
const TAG = 'Revenues';
const rows = filed(tenQ('2024-04-25'), { '2024-01-01/2024-03-31': 36_455 });
const ALWAYS = Number.POSITIVE_INFINITY;
const MINUTE_MS = 60_000;

const withRevenue = async (options: Parameters<typeof stage>[0] = {}) => {
  const staged = await stage(options);
  staged.double.setConcept(META, TAG, spelled(rows));
  staged.double.addFiling(META, { accession: 'a-1', form: '10-Q', filed: '2024-04-25' });
  return staged;
};

describe('the client', () => {
  it('reads the rows of a tag, without fy, fp and frame', async () => {
    const { client } = await withRevenue();
    expect(await client.concept(META, TAG)).toEqual(rows);
  });

  it('reads the filings of a company, newest first', async () => {
    const { client, double } = await withRevenue();
    double.addFiling(META, {
      ...{ accession: 'a-2', form: '8-K', filed: '2024-07-31', items: '2.02,9.01', document: 'meta-20240731.htm' },
      accepted: Date.parse('2024-07-31T20:06:30Z'),
    });
    expect(await client.submissions(META)).toEqual([
      {
        ...{ accession: 'a-2', form: '8-K', filed: '2024-07-31', items: ['2.02', '9.01'] },
        document: 'meta-20240731.htm',
        accepted: { at: Date.parse('2024-07-31T20:06:30Z'), exact: true },
      },
      {
        ...{ accession: 'a-1', form: '10-Q', filed: '2024-04-25', items: [], document: 'report.htm' },
        accepted: { at: Date.parse('2024-04-25T20:05:00Z'), exact: true },
      },
    ]);
  });

  it('returns undefined for a tag that a company never used, after one request', async () => {
    const { client, double } = await withRevenue();
    expect(await client.concept(META, 'GoldReserves')).toBeUndefined();
    expect(double.requests).toHaveLength(1);
  });

  it('is refused if EDGAR does not know the filer', async () => {
    const { client } = await withRevenue();
    const error = await faultOf(client.submissions(1));
    expect([error.fault, error.message]).toEqual([
      'refused',
      'EDGAR has no filer with CIK 1 (HTTP 404); check EDGAR_URL',
    ]);
  });

  it('sends the contact, and accepts compressed answers', async () => {
    const { client, double } = await withRevenue();
    await client.concept(META, TAG);
    expect(double.requests[0]?.headers).toMatchObject({ 'user-agent': CONTACT, 'accept-encoding': 'gzip, deflate' });
  });
});

describe('the contact', () => {
  const create = (contact: string | undefined) => () => createEdgarClient({ contact, log: silent });

  it.each([undefined, '', '  '])('is required (%j)', (contact) => {
    expect(create(contact)).toThrow(EdgarError);
    expect(create(contact)).toThrow(/^EDGAR_CONTACT is missing; .* "Jane Roe jane\.roe@example\.com"$/);
  });

  it.each(['Jane Roe', 'jane@example.com', 'Jane jane@', 'Jane\njane@example.com', '홍길동 hong@example.com'])(
    'must be a name and an address that a header can hold (%j)',
    (contact) => {
      expect(create(contact)).toThrow(/^EDGAR_CONTACT is not a name and an e-mail address/);
    },
  );

  it.each(['Jane Roe jane@example.com', 'Desk42 (research) ops+edgar@desk.example.co.uk'])('may be %j', (contact) => {
    expect(create(contact)).not.toThrow();
  });
});

describe('the request rate', () => {
  it('is at most five requests a second, over all calls and companies', async () => {
    const { client, double } = await withRevenue();
    for (let round = 0; round < 6; round += 1) {
      await client.submissions(META);
      await client.concept(META, TAG);
    }
    const times = double.requests.map(({ at }) => at);
    const first = times[0] ?? 0;
    expect(times).toEqual(times.map((_, place) => first + place * 200));
  });

  it('is kept by parallel calls, in their order', async () => {
    const { clock, wait } = createSimulatedClock();
    const pace = createRequestSpacing({ perSecond: 5, clock, wait });
    const went: [number, number][] = [];
    await Promise.all(Array.from({ length: 24 }, (_, place) => pace().then(() => went.push([place, clock()]))));
    expect(went).toEqual(Array.from({ length: 24 }, (_, place) => [place, place * 200]));
  });

  it('counts from when a request was really sent, so that a late one is not followed at once', async () => {
    const time = createSimulatedClock();
    const late = async (ms: number): Promise<void> => time.advance(ms + 150);
    const pace = createRequestSpacing({ perSecond: 5, clock: time.clock, wait: late });
    const went: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await pace();
      went.push(time.clock());
    }
    expect(went).toEqual([0, 350, 700]);
  });

  it('does not wait if there was no recent request', async () => {
    const { client, time } = await withRevenue();
    await client.concept(META, TAG);
    time.advance(200);
    await client.concept(META, TAG);
    expect(time.waits).toEqual([]);
  });
});

describe('a cached answer', () => {
  it('is confirmed by its ETag if it is unchanged', async () => {
    const { client, double } = await withRevenue();
    const first = await client.concept(META, TAG);
    expect(await client.concept(META, TAG)).toEqual(first);
    expect(double.requests.map(({ status }) => status)).toEqual([200, 304]);
    expect(double.requests[1]?.headers).toMatchObject({
      'if-none-match': expect.stringMatching(/^"/),
      'if-modified-since': 'Thu, 01 Aug 2024 12:00:00 GMT',
    });
  });

  it('is replaced if it has changed', async () => {
    const { client, double } = await withRevenue();
    await client.concept(META, TAG);
    const more = [...rows, ...filed(tenQ('2024-08-01'), { '2024-04-01/2024-06-30': 39_071 })];
    double.setConcept(META, TAG, spelled(more));
    expect(await client.concept(META, TAG)).toEqual(more);
    expect(await client.concept(META, TAG)).toEqual(more);
    expect(double.requests.map(({ status }) => status)).toEqual([200, 200, 304]);
  });

  it('is not replaced by an answer that cannot be read', async () => {
    const { client, double } = await withRevenue();
    await client.concept(META, TAG);
    double.fail({ fault: 'truncated' });
    expect((await faultOf(client.concept(META, TAG))).fault).toBe('unreadable');
    expect(await client.concept(META, TAG)).toEqual(rows);
    expect(double.requests.at(-1)?.status).toBe(304);
  });

  it('is downloaded again if the cached one can no longer be read', async () => {
    const broken: CachedAnswer = { body: '{"units":', etag: '"old"' };
    const cache: EdgarCache = { get: async () => broken, set: async () => {} };
    const { client, double } = await withRevenue({ cache });
    expect(await client.concept(META, TAG)).toEqual(rows);
    expect(double.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is not needed: a cache that fails costs a download', async () => {
    const fails = () => Promise.reject(new Error('disk full'));
    const { client } = await withRevenue({ cache: { get: fails, set: fails } });
    expect(await client.concept(META, TAG)).toEqual(rows);
  });
});

describe('when EDGAR cannot answer', () => {
  it.each<Fault>(['throttled-429', 'throttled-403', 'undeclared', 'unavailable', 'disconnect', 'break-off'])(
    'tries again after growing waits (%s)',
    async (fault) => {
      const { client, double, time } = await withRevenue();
      double.fail({ fault, times: 3 });
      expect(await client.concept(META, TAG)).toEqual(rows);
      expect(time.waits).toEqual([1_000, 4_000, 16_000]);
    },
  );

  it('spreads the waits at random', async () => {
    const { client, double, time } = await withRevenue({ random: () => 0.5 });
    double.fail({ fault: 'unavailable', times: 2 });
    await client.concept(META, TAG);
    expect(time.waits).toEqual([1_500, 6_000]);
  });

  it.each([
    ['unavailable', 'unreachable', /^EDGAR is having problems \(HTTP 503\); new figures are delayed$/],
    [
      'disconnect',
      'unreachable',
      /^EDGAR cannot be reached at 127\.0\.0\.1:\d+ \(connection lost\); new figures are delayed$/,
    ],
    ['throttled-429', 'throttled', /^EDGAR is rate limiting us \(HTTP 429\); new figures are delayed$/],
    ['throttled-403', 'throttled', /^EDGAR is rate limiting us \(HTTP 403\); new figures are delayed$/],
    ['undeclared', 'throttled', /rejected the contact \(HTTP 403\); check that EDGAR_CONTACT/],
  ] as const)('gives up after four tries (%s)', async (fault, wanted, message) => {
    const { client, double } = await withRevenue();
    double.fail({ fault, times: ALWAYS });
    const error = await faultOf(client.concept(META, TAG));
    expect(error.fault).toBe(wanted);
    expect(error.message).toMatch(message);
    expect(double.requests).toHaveLength(4);
  });

  it('makes no request of any kind for ten minutes after it was throttled', async () => {
    const { client, double, time, logged } = await withRevenue();
    double.fail({ fault: 'throttled-429', times: 4 });
    await faultOf(client.concept(META, TAG));
    expect(logged.at(-1)).toMatchObject({ pauseMs: 10 * MINUTE_MS, msg: 'EDGAR is rate limiting us; requests paused' });
    time.advance(10 * MINUTE_MS - 18_000);
    expect((await faultOf(client.submissions(META))).message).toBe('EDGAR is rate limiting us; next request in 18 s');
    expect(double.requests).toHaveLength(4);
    time.advance(18_000);
    expect(await client.concept(META, TAG)).toEqual(rows);
  });

  it('waits as long as EDGAR says if that is short', async () => {
    const { client, double, time } = await withRevenue();
    double.fail({ fault: 'unavailable', retryAfter: 30 });
    await client.concept(META, TAG);
    expect(time.waits).toEqual([30_000]);
  });

  it('pauses as long as EDGAR says if that is long', async () => {
    const { client, double, time, logged } = await withRevenue();
    double.fail({ fault: 'throttled-429', retryAfter: 3_600 });
    expect((await faultOf(client.concept(META, TAG))).fault).toBe('throttled');
    expect(time.waits).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ pauseMs: 60 * MINUTE_MS });
  });

  it('gives up on a request that hangs', async () => {
    const { client, double } = await withRevenue({ timeoutMs: 9_000 });
    const timeouts = holdTimeouts((ms) => ms === 9_000);
    double.fail({ fault: 'hang', times: ALWAYS });
    const error = await timeouts.expireUntil(faultOf(client.concept(META, TAG)));
    expect(error.fault).toBe('unreachable');
    expect(error.message).toContain('(request timed out)');
  });

  it('says that a dead port refuses the connection', async () => {
    const { client, double } = await withRevenue();
    await double.close();
    expect((await faultOf(client.concept(META, TAG))).message).toContain('(connection refused)');
  });

  it('does not ask again for an answer that cannot be read', async () => {
    const { client, double } = await withRevenue();
    double.fail({ fault: 'truncated' });
    const error = await faultOf(client.concept(META, TAG));
    expect(error.message).toMatch(/^EDGAR's response to \/api\/xbrl\/.+ is not JSON; its API may have changed$/);
    expect(double.requests).toHaveLength(1);
  });

  it('says where an answer has another shape', async () => {
    const { client, double } = await withRevenue();
    const [row] = spelled(rows);
    double.setConcept(META, TAG, [{ ...row, filed: 'soon' } as NonNullable<typeof row>]);
    expect((await faultOf(client.concept(META, TAG))).message).toContain('(at "units.USD.0.filed")');
  });

  it('stops at once when the signal aborts', async () => {
    const stop = new AbortController();
    const { client, double } = await withRevenue({
      signal: stop.signal,
      wait: async () => stop.abort(),
    });
    double.fail({ fault: 'unavailable', times: ALWAYS });
    const error = await faultOf(client.concept(META, TAG));
    expect([error.fault, error.message]).toEqual(['unreachable', 'Requests to EDGAR were cancelled']);
    expect(double.requests).toHaveLength(1);
  });
});
