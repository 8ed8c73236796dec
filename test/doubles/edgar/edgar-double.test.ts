import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { sharedOrSkip } from '../../shared.ts';
import { type DoubleRow, startEdgarDouble } from './index.ts';

const MSFT = 789019;
const CAPEX = 'PaymentsToAcquirePropertyPlantAndEquipment';
const AGENT = 'Slidewatch Tests tests@example.com';
const FACTS = '/api/xbrl/companyfacts/CIK0000789019.json';
const CONCEPT = `/api/xbrl/companyconcept/CIK0000789019/us-gaap/${CAPEX}.json`;

const row: DoubleRow = {
  start: '2024-07-01',
  end: '2024-09-30',
  val: 14_923_000_000,
  accn: '0000950170-24-118967',
  fy: 2025,
  fp: 'Q1',
  form: '10-Q',
  filed: '2024-10-30',
  frame: 'CY2024Q3',
};

const open = async () => {
  let now = Date.parse('2024-11-01T12:00:00Z');
  const double = await startEdgarDouble({ clock: () => now });
  onTestFinished(() => double.close());
  double.setConcept(MSFT, CAPEX, [row]);
  double.addFiling(MSFT, { accession: row.accn, form: '10-Q', filed: '2024-10-30', period: '2024-09-30' });
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL(path, double.url), { headers: { 'user-agent': AGENT, ...headers } });
  return { double, ask, advance: (ms: number) => (now += ms) };
};

describe("the double's answers", () => {
  it('are what a company filed, one concept or all', async () => {
    const { ask } = await open();
    expect(await (await ask(CONCEPT)).json()).toMatchObject({ cik: MSFT, tag: CAPEX, units: { USD: [row] } });
    expect(await (await ask(FACTS)).json()).toMatchObject({
      cik: MSFT,
      facts: { 'us-gaap': { [CAPEX]: { units: { USD: [row] } } } },
    });
  });

  it('list the filings in columns, the newest first', async () => {
    const { ask, double } = await open();
    double.addFiling(MSFT, { accession: 'newer', form: '8-K', filed: '2024-10-31' });
    expect(await (await ask('/submissions/CIK0000789019.json')).json()).toMatchObject({
      cik: '0000789019',
      filings: {
        recent: {
          accessionNumber: ['newer', row.accn],
          form: ['8-K', '10-Q'],
          filingDate: ['2024-10-31', '2024-10-30'],
          reportDate: ['', '2024-09-30'],
        },
      },
    });
  });

  it.each(['/submissions/CIK0000000001.json', CONCEPT.replace(CAPEX, 'Gold'), '/robots.txt'])(
    'are 404 with XML for what is not there (%s)',
    async (path) => {
      const { ask } = await open();
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/xml']);
      expect(await answer.text()).toContain('<Code>NoSuchKey</Code>');
    },
  );

  it('are documents of filings, as HTML unless another type is told', async () => {
    const { ask, double } = await open();
    const path = `/Archives/edgar/data/${MSFT}/000095017024118967/msft.htm`;
    expect((await ask(path)).status).toBe(404);
    double.setDocument(MSFT, row.accn, 'msft.htm', { body: '<html></html>' });
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/html',
      '<html></html>',
    ]);
    double.setDocument(MSFT, row.accn, 'msft.htm', { body: '%PDF', type: 'application/pdf' });
    expect((await ask(path)).headers.get('content-type')).toBe('application/pdf');
    double.fail({ fault: 'truncated', on: ['document'] });
    expect(await (await ask(path)).text()).toBe('%P');
  });

  it('are zipped where that is accepted', async () => {
    const { ask } = await open();
    expect((await ask(CONCEPT, { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip');
    expect((await ask(CONCEPT, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });

  it('are 304 by ETag or by day of change until something changes', async () => {
    const { ask, double, advance } = await open();
    const first = await ask(CONCEPT);
    const validators = {
      'if-none-match': first.headers.get('etag') ?? '',
      'if-modified-since': first.headers.get('last-modified') ?? '',
    };
    const { 'if-modified-since': since } = validators;
    expect((await ask(CONCEPT, validators)).status).toBe(304);
    expect((await ask(CONCEPT, { 'if-modified-since': since })).status).toBe(304);
    advance(60_000);
    double.setConcept(MSFT, CAPEX, [row, { ...row, filed: '2025-10-29' }]);
    expect((await ask(CONCEPT, validators)).status).toBe(200);
    expect((await ask(CONCEPT, { 'if-modified-since': since })).status).toBe(200);
  });
});

describe('what was filed', () => {
  const SUBMISSIONS = '/submissions/CIK0000789019.json';
  const recent = z.object({ filings: z.object({ recent: z.record(z.string(), z.array(z.unknown())) }) });

  it('has its time of acceptance in UTC, or in New York’s time with a Z all the same', async () => {
    const { ask, double } = await open();
    const accepted = Date.parse('2024-10-30T20:04:07Z');
    double.addFiling(MSFT, { accession: 'a', form: '8-K', filed: '2024-10-31', items: '2.02,9.01', accepted });
    double.addFiling(MSFT, { accession: 'b', form: '8-K', filed: '2024-11-01', accepted, stamp: 'new-york' });
    expect(recent.parse(await (await ask(SUBMISSIONS)).json()).filings.recent).toMatchObject({
      accessionNumber: ['b', 'a', row.accn],
      acceptanceDateTime: ['2024-10-30T16:04:07.000Z', '2024-10-30T20:04:07.000Z', '2024-10-30T20:05:00.000Z'],
      items: ['', '2.02,9.01', ''],
    });
  });

  it('appears in one answer minutes after the other', async () => {
    const { ask, advance, double } = await open();
    double.addFiling(MSFT, { accession: 'newer', form: '10-Q', filed: '2024-11-01' });
    const newer = { ...row, val: 1, accn: 'newer' };
    double.setConcept(MSFT, CAPEX, [row, newer], { from: Date.parse('2024-11-01T12:10:00Z') });
    const seen = async () => ({
      listed: (await (await ask(SUBMISSIONS)).text()).includes('newer'),
      concept: (await (await ask(CONCEPT)).text()).includes('newer'),
      companyfacts: (await (await ask(FACTS)).text()).includes('newer'),
    });
    expect(await seen()).toEqual({ listed: true, concept: false, companyfacts: false });
    advance(600_000);
    expect(await seen()).toEqual({ listed: true, concept: true, companyfacts: true });
  });

  it('may be missing in an answer that is older than the one before', async () => {
    const { ask, advance, double } = await open();
    advance(60_000);
    double.addFiling(MSFT, { accession: 'newer', form: '10-Q', filed: '2024-11-01' });
    double.fail({ fault: 'stale', on: ['submissions'], asOf: Date.parse('2024-11-01T12:00:00Z') });
    expect(await (await ask(SUBMISSIONS)).text()).not.toContain('newer');
    expect(await (await ask(SUBMISSIONS)).text()).toContain('newer');
  });

  it('has an index of its documents, if it has exhibits', async () => {
    const { ask, double } = await open();
    const exhibits = { 'EX-99.1': 'msft-ex99_1.htm' };
    double.addFiling(MSFT, { accession: '0000950170-24-118955', form: '8-K', filed: '2024-10-30', exhibits });
    const index = (accession: string) =>
      ask(`/Archives/edgar/data/789019/${accession.replaceAll('-', '')}/${accession}-index.htm`);
    expect(await (await index('0000950170-24-118955')).text()).toContain(
      '<a href="/Archives/edgar/data/789019/000095017024118955/msft-ex99_1.htm">',
    );
    expect((await index(row.accn)).status).toBe(404);
  });
});

describe('the double refuses', () => {
  it.each(['', 'node', 'curl/8.5.0', 'tests@example.com'])('whoever does not say who he is (%j)', async (agent) => {
    const { ask } = await open();
    const answer = await ask(CONCEPT, { 'user-agent': agent });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html']);
    expect(await answer.text()).toContain('Undeclared Automated Tool');
  });

  it('whoever asks more than ten times a second, until he has kept quiet for ten minutes', async () => {
    const { ask, advance } = await open();
    const statuses: number[] = [];
    for (let turn = 0; turn < 11; turn += 1) statuses.push((await ask(CONCEPT)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    advance(599_000);
    expect(await (await ask(CONCEPT)).text()).toContain('Request Rate Threshold Exceeded');
    advance(599_000);
    expect((await ask(CONCEPT)).status).toBe(429);
    advance(600_000);
    expect((await ask(CONCEPT)).status).toBe(200);
  });

  it('nobody who asks ten times a second', async () => {
    const { ask, advance } = await open();
    for (let turn = 0; turn < 25; turn += 1) {
      expect((await ask(CONCEPT)).status).toBe(200);
      advance(100);
    }
  });
});

describe('a planned fault', () => {
  it('strikes after so many requests, so many times, on its endpoint, and is noted', async () => {
    const { ask, double } = await open();
    double.fail({ fault: 'unavailable', on: ['concept'], after: 1, times: 2, retryAfter: 7 });
    await ask('/submissions/CIK0000789019.json');
    const answers = [await ask(CONCEPT), await ask(CONCEPT), await ask(CONCEPT), await ask(CONCEPT)];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
    expect(double.requests.map(({ endpoint, status }) => [endpoint, status])).toEqual([
      ['submissions', 200],
      ['concept', 200],
      ['concept', 503],
      ['concept', 503],
      ['concept', 200],
    ]);
  });

  it('may cut the JSON, the connection, or both', async () => {
    const { ask, double } = await open();
    double.fail({ fault: 'truncated' });
    double.fail({ fault: 'disconnect' });
    double.fail({ fault: 'break-off' });
    await expect(ask(CONCEPT).then((answer) => answer.json())).rejects.toThrow(SyntaxError);
    await expect(ask(CONCEPT)).rejects.toThrow('fetch failed');
    await expect(ask(CONCEPT).then((answer) => answer.text())).rejects.toThrow('terminated');
  });

  it('may be no answer at all', async () => {
    const { ask, double } = await open();
    double.fail({ fault: 'hang' });
    const stop = new AbortController();
    const hanging = fetch(new URL(CONCEPT, double.url), { headers: { 'user-agent': AGENT }, signal: stop.signal });
    hanging.catch(() => {});
    await expect.poll(() => double.requests.length).toBe(1);
    stop.abort();
    await expect(hanging).rejects.toThrow('aborted');
    expect((await ask(CONCEPT)).status).toBe(200);
  });

  it('is gone after healing', async () => {
    const { ask, double } = await open();
    double.fail({ fault: 'unavailable', times: 5 });
    double.heal();
    expect((await ask(CONCEPT)).status).toBe(200);
  });
});

it('rows have the very keys and types of a real one', (context) => {
  const recorded = sharedOrSkip(context, 'data/edgar/msft_companyfacts_trimmed.json');
  const facts = z.object({
    facts: z.object({
      'us-gaap': z.object({
        [CAPEX]: z.object({ units: z.object({ USD: z.array(z.record(z.string(), z.unknown())) }) }),
      }),
    }),
  });
  const real = facts.parse(JSON.parse(readFileSync(recorded, 'utf8'))).facts['us-gaap'][CAPEX]?.units.USD;
  const shape = (it: object): string[] =>
    Object.entries(it)
      .map(([key, value]) => `${key}: ${typeof value}`)
      .toSorted();
  expect(real?.map(shape)).toContainEqual(shape(row));
});
