import { expect, onTestFinished, test } from 'vitest';
import { createGetDocument } from '../../../../src/facts/edgar/documents/get-document.ts';
import { startEdgarDouble } from '../../../doubles/edgar/index.ts';
import { amounts, report } from '../inline/report.ts';
import { CONTACT, faultOf, stage } from '../setup.ts';

const NVDA = 1045810;
const ACCESSION = '0001045810-25-000209';
const NAME = 'nvda-20250727.htm';
const PATH = `/Archives/edgar/data/${NVDA}/000104581025000209/${NAME}`;
const REPORT = report(amounts('us-gaap:Revenues', {}, { '2025-04-28/2025-07-27': '46,743' }), '<p>Thank you.</p>');

const scene = async () => {
  const staged = await stage();
  staged.double.setDocument(NVDA, ACCESSION, NAME, { body: REPORT });
  const read = () => staged.client.filedText(NVDA, ACCESSION, NAME);
  const statuses = () => staged.double.requests.map(({ path, status }) => [path, status]);
  return { ...staged, read, statuses };
};

test('a document is one request with its amounts and its text as the answer', async () => {
  const { read, statuses, double } = await scene();
  const text = await read();
  expect(text?.facts.map(({ value }) => value)).toEqual([46_743_000_000]);
  expect(text?.paragraphs).toContain('Thank you.');
  expect(statuses()).toEqual([[PATH, 200]]);
  expect(double.requests[0]?.headers['user-agent']).toContain(CONTACT);
});

test('a document that is not there is undefined', async () => {
  const { client } = await scene();
  expect(await client.filedText(NVDA, ACCESSION, 'other.htm')).toBeUndefined();
});

test.each(['truncated', 'break-off', 'disconnect', 'unavailable'] as const)(
  'one that comes only in part (%s) is asked for again at once',
  async (fault) => {
    const { read, double, statuses } = await scene();
    double.fail({ fault, on: ['document'], times: 2 });
    expect((await read())?.facts).toHaveLength(1);
    expect(statuses()).toHaveLength(3);
  },
);

test('one that is cut off each time is an error that says so, in one line', async () => {
  const { read, double } = await scene();
  double.fail({ fault: 'truncated', times: 4 });
  const { fault, message } = await faultOf(read());
  expect([fault, message]).toEqual(['unreachable', `EDGAR's document ${PATH} was cut off; new figures are delayed`]);
});

test.each(['application/pdf', 'application/json', 'image/png'])(
  'an answer of the type %s is no document, and is not asked for again',
  async (type) => {
    const { read, double, statuses } = await scene();
    double.setDocument(NVDA, ACCESSION, NAME, { body: REPORT, type });
    const { fault, message } = await faultOf(read());
    expect([fault, message]).toEqual([
      'unreadable',
      `EDGAR's answer to ${PATH} is ${type} instead of a document; check EDGAR_URL`,
    ]);
    expect(statuses()).toHaveLength(1);
  },
);

test('a page that the SEC sends to whom it throttles is no document', async () => {
  const { read, double } = await scene();
  double.fail({ fault: 'throttled-403', times: 4 });
  expect((await faultOf(read())).fault).toBe('throttled');
});

test('what the SEC says of an unknown contact is told as such', async () => {
  const { read, double } = await scene();
  double.fail({ fault: 'undeclared', times: 4 });
  expect((await faultOf(read())).message).toContain('check that EDGAR_CONTACT is your name');
});

test('a document above the limit is given up there, and its size is said', async () => {
  const double = await startEdgarDouble();
  onTestFinished(() => double.close());
  double.setDocument(NVDA, ACCESSION, NAME, { body: REPORT });
  const limited = (maxBytes: number) =>
    createGetDocument({ url: double.url, userAgent: CONTACT, signal: undefined, maxBytes })(PATH);
  expect((await limited(REPORT.length))?.facts).toHaveLength(1);
  const { fault, message } = await faultOf(limited(REPORT.length - 1));
  expect(fault).toBe('unreadable');
  expect(message).toMatch(/is larger than 0\.\d+ MB; its figures are not read$/);
});

test('letters of several bytes are read whatever pieces they arrive in', async () => {
  const { client, double } = await stage();
  const body = `<html><body>${'<p>“자본 지출” — café</p>'.repeat(20_000)}</body></html>`;
  double.setDocument(NVDA, ACCESSION, NAME, { body });
  const text = await client.filedText(NVDA, ACCESSION, NAME);
  expect(new Set(text?.paragraphs)).toEqual(new Set(['“자본 지출” — café']));
});
