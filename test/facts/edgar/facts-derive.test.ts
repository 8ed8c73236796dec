import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import { type Ended, slidewatch } from '../../cli/in-process.ts';
import { filed, spelled, tenK, tenQ } from './rows.ts';

const CAPEX = 'PaymentsToAcquirePropertyPlantAndEquipment';

const rows = [
  ...filed(tenQ('2023-10-26'), { '2023-01-01/2023-09-30': 19_601 }),
  ...filed(tenK('2024-02-02'), { '2023-01-01/2023-12-31': 27_266 }),
  ...filed(tenQ('2024-04-25'), { '2024-01-01/2024-03-31': 6_400.5 }),
  ...filed(tenQ('2024-10-31'), { '2023-01-01/2023-09-30': 19_453 }),
  ...filed(tenK('2025-01-30'), { '2023-01-01/2023-12-31': 27_045 }),
];

const fileWith = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'edgar-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'companyfacts.json');
  writeFileSync(path, text);
  return path;
};

const companyfacts = (tags: Record<string, readonly FiledRow[]>, cik: number | string = 1326801): string => {
  const facts = Object.entries(tags).map(([tag, rows]) => [tag, { label: tag, units: { USD: spelled(rows) } }]);
  return JSON.stringify({ cik, entityName: 'Meta Platforms, Inc.', facts: { 'us-gaap': Object.fromEntries(facts) } });
};

const derive = (...args: readonly string[]): Promise<Ended> => slidewatch('facts', 'derive', ...args);

const META = ['--symbol', 'META', '--metric', 'capex_cash'];

const ended = (path: string, ...more: string[]): Promise<Ended> => derive('--companyfacts', path, ...META, ...more);

const run = async (path: string, ...more: string[]): Promise<string> => {
  const { code, out, err } = await ended(path, ...more);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

describe('facts derive', () => {
  it('prints an array, one entry for each quarter, with the value filed last', async () => {
    const printed: unknown = JSON.parse(await run(fileWith(companyfacts({ [CAPEX]: rows })), '--format', 'json'));
    expect(printed).toEqual([
      {
        symbol: 'META',
        metric: 'capex_cash',
        fiscalPeriod: '2023 Q4',
        start: '2023-10-01',
        end: '2023-12-31',
        value: 7_592,
        unit: 'USD_M',
        basis: 'cash_ppe',
        published: '2025-01-30',
        source: {
          title: 'Meta 10-K 0000000000-25-010030',
          url: 'https://www.sec.gov/Archives/edgar/data/1326801/000000000025010030/',
        },
        note: '27045−19453 (year less nine months); restates 7665 filed 2024-02-02',
      },
      {
        symbol: 'META',
        metric: 'capex_cash',
        fiscalPeriod: '2024 Q1',
        start: '2024-01-01',
        end: '2024-03-31',
        value: 6_400.5,
        unit: 'USD_M',
        basis: 'cash_ppe',
        published: '2024-04-25',
        source: {
          title: 'Meta 10-Q 0000000000-24-040025',
          url: 'https://www.sec.gov/Archives/edgar/data/1326801/000000000024040025/',
        },
        note: 'three months as filed',
      },
    ]);
  });

  it('prints a table with aligned columns', async () => {
    const lines = (await run(fileWith(companyfacts({ [CAPEX]: rows })))).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const column = lines.map((line) => /20\d\d-\d\d-\d\d(?= +Meta)|published/.exec(line)?.index);
    expect(new Set(column).size).toBe(1);
    expect(lines[1]).toMatch(/^2023 Q4 {2}2023-10-01 to 2023-12-31 +7,592 {2}2025-01-30 {2}Meta 10-K /);
  });

  it('prints an empty array if nothing can be derived', async () => {
    const year = filed(tenK('2024-02-02'), { '2023-01-01/2023-12-31': 27_266 });
    const path = fileWith(companyfacts({ [CAPEX]: year }));
    expect(await run(path, '--format', 'json')).toBe('[]\n');
    expect(await run(path)).toMatch(/^No quarter of capex_cash can be derived/);
  });

  it('accepts a CIK with leading zeros, a file without one, and a lower-case symbol', async () => {
    const wanted = await run(fileWith(companyfacts({ [CAPEX]: rows })));
    expect(await run(fileWith(companyfacts({ [CAPEX]: rows }, '0001326801')))).toBe(wanted);
    expect(await run(fileWith(companyfacts({ [CAPEX]: rows }).replace('"cik":1326801,', '')))).toBe(wanted);
    expect(await run(fileWith(companyfacts({ [CAPEX]: rows })), '--symbol', 'meta')).toBe(wanted);
  });

  it('reads Alphabet’s revenue from two tags, each for its periods', async () => {
    const contracts = filed(tenQ('2025-04-25'), { '2025-01-01/2025-03-31': 90_234 });
    const total = [
      // Of the years before the change, the newer tag is not what is compared with.
      ...filed(tenQ('2025-07-24'), { '2025-04-01/2025-06-30': 96_428, '2024-04-01/2024-06-30': 1 }),
    ];
    const tags = { RevenueFromContractWithCustomerExcludingAssessedTax: contracts, Revenues: total };
    const path = fileWith(companyfacts(tags, 1652044));
    const printed = await run(path, '--symbol', 'GOOGL', '--metric', 'revenue', '--format', 'json');
    expect(JSON.parse(printed)).toMatchObject([
      { fiscalPeriod: '2025 Q1', value: 90_234 },
      { fiscalPeriod: '2025 Q2', value: 96_428 },
    ]);
  });
});

describe('facts derive says in one line', () => {
  const whole = companyfacts({ [CAPEX]: rows });

  it.each([
    ['that there is no such file', () => ended('/nowhere/facts.json'), /^\/nowhere\/facts\.json: no such file/],
    [
      'that a file is truncated',
      () => ended(fileWith(whole.slice(0, 700))),
      /companyfacts\.json: the file is truncated/,
    ],
    ['that a file is not JSON', () => ended(fileWith('<html>')), /companyfacts\.json: not JSON/],
    ['that a file is empty', () => ended(fileWith('')), /companyfacts\.json: not JSON/],
    ['that a file is something else', () => ended(fileWith('{"a":1}')), /not a companyfacts file \(at "facts"\)/],
    [
      'that a tag is missing',
      () => ended(fileWith(companyfacts({ Assets: [] }))),
      new RegExp(`does not contain ${CAPEX}`),
    ],
    [
      'that a row cannot be read',
      () => ended(fileWith(whole.replace('"filed":"2024-02-02"', '"filed":"soon"'))),
      new RegExp(`${CAPEX} cannot be read \\(at "units\\.USD\\.1\\.filed"\\)`),
    ],
    [
      'that a file is of another company',
      () => ended(fileWith(whole), '--symbol', 'NVDA'),
      /belongs to Meta Platforms, Inc\. \(CIK 1326801\), but NVDA is CIK 1045810/,
    ],
    [
      'that a symbol is none of the seven',
      () => ended(fileWith(whole), '--symbol', 'IBM'),
      /^--symbol "IBM": expected one of AAPL,/,
    ],
    [
      'that a metric is unknown',
      () => ended(fileWith(whole), '--metric', 'capex'),
      /^--metric "capex": expected capex_cash or /,
    ],
    [
      'that a company does not file a metric',
      () => ended(fileWith(whole), '--symbol', 'AMZN', '--metric', 'rd_expense'),
      /^--metric "rd_expense": not in Amazon's filings; available: capex_cash,/,
    ],
    [
      'that a format is unknown',
      () => ended(fileWith(whole), '--format', 'csv'),
      /^--format "csv": expected json or text/,
    ],
    [
      'that an option is missing',
      () => derive('--symbol', 'META'),
      /^required option '--companyfacts <file>' not specified; see npm run facts -- derive --help\n/,
    ],
    ['that an option is unknown', () => ended('x', '--file', 'x'), /^unknown option '--file'; see npm run facts/],
  ])('%s', async (_, call, wanted) => {
    const { code, out, err } = await call();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err).toMatch(wanted);
  });
});
