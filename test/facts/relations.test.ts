import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRelations, relationSources, relationsAt, relationTargets } from '../../src/facts/relations.ts';
import { at } from './samples.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relations-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const written = (text: string): string => {
  const path = join(dir, 'relations.yaml');
  writeFileSync(path, text);
  return path;
};

test('Nvidia’s customers are read in the order of the file', () => {
  expect(relationSources(loadRelations(), 'buys_chips_from', 'NVDA')).toEqual([
    'MSFT',
    'GOOGL',
    'AMZN',
    'META',
    'TSLA',
  ]);
});

test('Microsoft is the cloud of OpenAI and invests in it', () => {
  expect(relationTargets(loadRelations(), 'cloud_of', 'MSFT')).toEqual(['OPENAI']);
  expect(relationTargets(loadRelations(), 'invests_in', 'MSFT')).toEqual(['OPENAI']);
});

test('a relation holds from the first minute of its day', () => {
  const relations = loadRelations(
    written('relations:\n  - { from: OPENAI, kind: supplies, to: AAPL, what: models, since: 2024-06-10 }\n'),
  );
  expect(relationsAt(relations, at('2024-06-09 23:59'))).toEqual([]);
  expect(relationsAt(relations, at('2024-06-10 00:00'))).toHaveLength(1);
});

test.each([
  ['an unknown kind', '{ from: MSFT, kind: likes, to: NVDA }', /relations\.yaml:2: .*expected a kind of relation/],
  ['an unknown company', '{ from: IBM, kind: cloud_of, to: OPENAI }', /relations\.yaml:2: .*expected a subject/],
  ['a supply of nothing', '{ from: OPENAI, kind: supplies, to: AAPL }', /relations\.yaml:2: .*supplies needs `what`/],
  [
    'an unknown key',
    '{ from: MSFT, kind: cloud_of, to: OPENAI, sinse: 2024-06-10 }',
    /relations\.yaml:2: .*unknown key "sinse"/,
  ],
])('%s is refused with its line', (_, row, message) => {
  expect(() => loadRelations(written(`relations:\n  - ${row}\n`))).toThrow(message);
});
