import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { factFileJsonSchema } from '../../src/facts/fact-file-schema.ts';
import { checkFacts, loadFacts, readFactFiles } from '../../src/facts/fact-files.ts';
import { root } from '../../src/util/read-config.ts';
import { temporaryFile } from '../market/temporary.ts';
import { curatedFacts, curatedFolder } from './samples.ts';

const head = `# yaml-language-server: $schema=./schema.json
subject: TSLA
periods:
  2024 Q1: 2024-01-01/2024-03-31
  2024 Q2: 2024-04-01/2024-06-30
  CY2024: 2024-01-01/2024-12-31
sources:
  update: { title: Tesla update, url: "https://ir.tesla.com/", known_by: "16:30" }
series:
`;

const series = (metric: string, rows: readonly string[]): string =>
  `  - metric: ${metric}
    basis: company_capex
    unit: USD_M
    source: update
    facts:
${rows.map((row) => `      - { ${row} }\n`).join('')}`;

const messages = (text: string, file = 'TSLA.yaml'): string[] =>
  checkFacts([{ file, text }]).map(({ line, message }) => `${line}: ${message}`);

/** Those that ship, whatever companies the other tests have. */
const shipped = loadCompanies(join(root, 'config/companies.yaml'));

test('the shipped facts have no fault', () => {
  expect(checkFacts(readFactFiles(curatedFolder), shipped)).toEqual([]);
});

test('the shipped facts have a file for each subject', () => {
  expect(readFactFiles(curatedFolder).map(({ file }) => file.split('/').at(-1))).toEqual(
    shipped.subjects.map((subject) => `${subject}.yaml`).sort(),
  );
});

test('schema.json matches the schema in the code', () => {
  expect(JSON.parse(readFileSync(join(curatedFolder, 'schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(factFileJsonSchema())),
  );
});

test('schema.json accepts the shipped files and rejects a misspelt key', () => {
  const validate = new Ajv2020({ formats: { date: true, uri: true } }).compile(factFileJsonSchema());
  for (const { file, text } of readFactFiles(curatedFolder)) expect(validate(load(text)), file).toBe(true);
  expect(validate(load(`${head}${series('capex_cash', ['period: 2024 Q1, valeu: 1, published: 2024-04-23'])}`))).toBe(
    false,
  );
});

test('a source that is not the company or the regulator is marked secondary and names its publisher', () => {
  const own =
    /(^|\.)(sec\.gov|microsoft\.com|apple\.com|abc\.xyz|ir\.aboutamazon\.com|atmeta\.com|nvidianews\.nvidia\.com|ir\.tesla\.com|cloudfront\.net)$/;
  for (const { id, source } of curatedFacts) {
    if (!source.secondary) expect(new URL(source.url).hostname, id).toMatch(own);
    else expect(source.title, id).toMatch(/\S.*, via \S/);
  }
});

test('a figure of a results evening needs a minute or a bound', () => {
  const text = head + series('capex_cash', ['period: 2024 Q1, value: 1000, published: 2024-04-23']);
  expect(messages(text)).toEqual([]);
  expect(messages(text.replace(', known_by: "16:30"', ''))).toEqual([
    expect.stringMatching(/^15: published on the evening of results, 2024-04-23, but it would count from the close/),
  ]);
});

test('a jump from one quarter to the next needs a note', () => {
  const rows = [
    'period: 2024 Q1, value: 1000, published: 2024-04-23',
    'period: 2024 Q2, value: 1360, published: 2024-07-23',
  ];
  expect(messages(head + series('capex_cash', rows))).toEqual([
    "16: 1360 is 36% off the previous quarter's 1000; check it and explain it in a note",
  ]);
  expect(messages(head + series('capex_cash', [rows[0] ?? '', `${rows[1]}, note: a new plant`]))).toEqual([]);
  expect(messages(head + series('capex_cash', [rows[0] ?? '', rows[1]?.replace('1360', '1350') ?? '']))).toEqual([]);
});

test('revised guidance must name the guidance it replaces, which must stay', () => {
  const first = 'period: CY2024, low: 9000, published: 2024-04-23';
  const second = 'period: CY2024, low: 10000, published: 2024-07-23';
  expect(messages(head + series('capex_guidance', [first, second]))).toEqual([
    '16: the figure of 2024-04-23 for the same period is still in force: add `supersedes: 2024-04-23`',
  ]);
  expect(messages(head + series('capex_guidance', [first, `${second}, supersedes: 2024-04-23`]))).toEqual([]);
  expect(messages(head + series('capex_guidance', [`${second}, supersedes: 2024-04-23`]))).toEqual([
    expect.stringContaining('which does not exist; restore it or correct the date'),
  ]);
});

test('a disputed figure stays beside the one that it contradicts, which is of another source and another value', () => {
  const text = head.replace('series:', '  other: { title: Another, url: "https://example.com/2" }\nseries:');
  const first = 'period: CY2024, low: 9000, published: 2024-04-23';
  const second = (more: string): string[] => [first, `period: CY2024, published: 2024-05-23, ${more}`];
  const of = (more: string): string[] => messages(text + series('capex_guidance', second(more)));
  expect(of('low: 10000, source: other, disputes: 2024-04-23')).toEqual([]);
  expect(of('low: 9000, source: other, disputes: 2024-04-23')).toEqual([
    '17: disputes a figure of the same value; remove one of them',
  ]);
  expect(of('low: 10000, disputes: 2024-04-23')).toEqual([
    '17: disputes a figure of its own source; use `supersedes` for a correction',
  ]);
});

test('a file names its schema for editors and is named after its subject', () => {
  const text = head + series('capex_guidance', ['period: CY2024, low: 9000, published: 2024-04-23']);
  expect(messages(text.replace(/^.*\n/, ''), 'META.yaml')).toEqual([
    expect.stringContaining('the first line must be "# yaml-language-server'),
    '1: contains the facts of TSLA; rename it to TSLA.yaml',
  ]);
});

test('the facts of no company are refused, and not loaded', () => {
  const text =
    head.replace('TSLA', 'IBM') + series('capex_guidance', ['period: CY2024, low: 9000, published: 2024-04-23']);
  expect(messages(text, 'IBM.yaml')).toEqual(['1: no company has these facts; add its entry to config/companies.yaml']);
  expect(loadFacts(dirname(temporaryFile('IBM.yaml', text)))).toEqual([]);
});

test('the same figure in two files is a fault', () => {
  const text = head + series('capex_guidance', ['period: CY2024, low: 9000, published: 2024-04-23']);
  const faults = checkFacts([
    { file: 'TSLA.yaml', text },
    { file: 'copy/TSLA.yaml', text },
  ]);
  expect(faults).toEqual([
    { file: 'copy/TSLA.yaml', line: 15, message: 'the same figure is already in TSLA.yaml:15; remove one of them' },
  ]);
});
