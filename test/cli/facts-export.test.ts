import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { DOCS_FOLDER } from '../../src/cli/docs.ts';
import { exportText } from '../../src/facts/export-text.ts';
import { EXPORT_FIELDS, type ExportedFact, exportFacts } from '../../src/facts/exported-fact.ts';
import { addFiledFacts } from '../../src/store/filed-facts.ts';
import { curatedFacts, factOf, ledger } from '../facts/samples.ts';
import { databasePath, openTestStore } from '../store/temporary.ts';
import { slidewatch, withEnv } from './in-process.ts';

const exported = async (...args: string[]) => slidewatch('facts', 'export', ...args);

const asJson = async (): Promise<{ facts: ExportedFact[] }> => JSON.parse((await exported('--format', 'json')).out);

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'slidewatch-export-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

test('every figure known is in the export, as its published schema says', async () => {
  const schema = JSON.parse(readFileSync(join(DOCS_FOLDER, 'facts-export.schema.json'), 'utf8'));
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const valid = ajv.compile(schema);
  const data = await asJson();
  expect(valid(data), JSON.stringify(valid.errors)).toBe(true);
  expect(data).toMatchObject({ schema: 'slidewatch-facts/1', licence: expect.stringContaining('MIT') });
  expect(data.facts.map(({ id }) => id)).toEqual(ledger.known(Date.now()).map(({ id }) => id));
  expect(valid({ ...data, facts: [{ ...data.facts[0], extra: 1 }] })).toBe(false);
});

test('a figure has its filing, its minute and the instant from which it counts', async () => {
  const { facts } = await asJson();
  expect(facts.find(({ id }) => id === 'MSFT/capex_cash/2024-04-01..2024-06-30/cash_ppe/2024-07-30')).toEqual({
    schema: 'slidewatch-facts/1',
    id: 'MSFT/capex_cash/2024-04-01..2024-06-30/cash_ppe/2024-07-30',
    subject: 'MSFT',
    name: 'Microsoft',
    metric: 'capex_cash',
    fiscal_period: 'FY2024 Q4',
    start: '2024-04-01',
    end: '2024-06-30',
    value: 13_873,
    unit: 'USD_M',
    basis: 'cash_ppe',
    published: '2024-07-30',
    released: '16:03',
    counts_from: '2024-07-30T20:03:00.000Z',
    first_hand: true,
    source_title: 'Microsoft results FY2024 Q4, 8-K exhibit 99.1',
    source_url: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024087835/msft-ex99_1.htm',
    accession: '0000950170-24-087835',
    origin: 'curated',
    note: 'year to date 44,477 less 30,604',
  });
});

test('what was revised and what revised it name each other; what others told is not first-hand', async () => {
  const { facts } = await asJson();
  const steps = facts.filter(
    ({ subject, metric, end }) => `${subject} ${metric} ${end}` === 'META capex_guidance 2024-12-31',
  );
  expect(steps.map(({ low, high }) => [low, high])).toEqual([
    [30_000, 37_000],
    [35_000, 40_000],
    [37_000, 40_000],
    [38_000, 40_000],
  ]);
  for (const [n, step] of steps.entries()) {
    expect(step.supersedes).toBe(steps[n - 1]?.id);
    expect(step.superseded_by).toBe(steps[n + 1]?.id);
  }
  const own = facts.filter(({ subject, metric }) => subject === 'OPENAI' && metric !== 'openai_revenue');
  expect(new Set(own.map(({ first_hand }) => first_hand))).toEqual(new Set([false]));
});

test('CSV has the same rows and columns, and standard error the terms', async () => {
  const { out, err } = await exported('--format', 'csv');
  const rows = parse(out, { columns: true }) as Record<string, string>[];
  const { facts } = await asJson();
  expect(out.split('\r\n')[0]).toBe(EXPORT_FIELDS.join(','));
  expect(rows).toHaveLength(facts.length);
  for (const [n, fact] of facts.entries())
    for (const field of EXPORT_FIELDS)
      expect(rows[n]?.[field]).toBe(fact[field] === undefined ? '' : String(fact[field]));
  expect(err).toMatch(/^\d+ figures, slidewatch-facts\/1\. MIT, .*\n$/);
});

test('no cell of a spreadsheet becomes a formula, and a negative number stays one', () => {
  const parts = { nameOf: () => '@name', isCurated: () => true };
  const note = '=HYPERLINK("https://example.org","a, b")';
  const [csv] = [exportText('csv', exportFacts([factOf({ value: -1_092, note, label: '+1' })], parts), 0)];
  const [row] = parse(csv, { columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({ name: "'@name", note: `'${note}`, fiscal_period: "'+1", value: '-1092' });
});

test('figures of the bot’s database are in it, and said to be from there', async () => {
  const path = databasePath();
  const { db, close } = await openTestStore(`sqlite:${path}`);
  const filed = factOf({
    subject: 'META',
    published: '2026-10-28',
    period: { start: '2026-07-01', end: '2026-09-30' },
  });
  await addFiledFacts(db, [filed], 1);
  await close();
  withEnv({ DATABASE_URL: `sqlite:${path}` });
  const { facts } = await asJson();
  expect(facts).toHaveLength(curatedFacts.length + 1);
  expect(facts.filter(({ origin }) => origin === 'database').map(({ id }) => id)).toEqual([filed.id]);
});

test('a filing that takes the place of a figure told by others is from the database', async () => {
  const told = curatedFacts.find(({ source }) => source.secondary);
  if (!told) throw new Error('nothing is secondary');
  const path = databasePath();
  const { db, close } = await openTestStore(`sqlite:${path}`);
  await addFiledFacts(db, [{ ...told, source: { title: 'A filing', url: 'https://www.sec.gov/' } }], 1);
  await close();
  withEnv({ DATABASE_URL: `sqlite:${path}` });
  const { facts } = await asJson();
  expect(facts.find(({ id }) => id === told.id)).toMatchObject({ origin: 'database', first_hand: true });
  expect(facts).toHaveLength(curatedFacts.length);
});

test('an export to a file prints nothing but its terms', async () => {
  const path = join(folder(), 'figures.csv');
  const { code, out, err } = await exported('--out', path);
  expect([code, out]).toEqual([0, '']);
  expect(err).toContain(path);
  expect(readFileSync(path, 'utf8')).toBe((await exported()).out);
});

test.each([
  [['--format', 'xml'], '--format "xml": expected csv or json\n'],
  [['--out', ' '], '--out " ": expected the path of a file or folder\n'],
  [
    ['--out', join(tmpdir(), 'no', 'such', 'folder', 'x.csv')],
    /^--out ".*x\.csv": cannot be written \(ENOENT.*\); give a file in a folder that exists\n$/,
  ],
  [['--out', tmpdir()], /^--out ".*": cannot be written \(EISDIR.*\n$/],
])('%j ends in one line', async (args, message) => {
  const { code, out, err } = await exported(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});
