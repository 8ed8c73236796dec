import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';

const files = globSync(['test/**/*.ts', 'bench/**/*.ts'], { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('test/house/'))
  .toSorted();

const having = (pattern: RegExp): string[] =>
  files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

test('the folder of recorded data is reached through one file', () => {
  expect(having(/SLIDEWATCH_SHARED|\.\.\/shared\//)).toEqual(['test/shared.ts']);
});

test('tables and columns of the database are named in four files', () => {
  const schema = readFileSync(join(root, 'src/store/schema.ts'), 'utf8');
  const columns = new Set(schema.match(/\b[a-z]+_[a-z_]+(?=[:?])/g));
  // Platforms have these, too, and the last one is a field of the board's API.
  for (const theirs of ['channel_id', 'message_id', 'withdrawn_at']) columns.delete(theirs);
  const tables = '(bars|splits|stories|channels|deliveries|fanouts|mutes|digests)';
  const query = `\\.(selectFrom|insertInto|updateTable|deleteFrom)\\(|\\b(insert into|delete from|update|create table|alter table) ${tables}\\b`;
  const naming = having(new RegExp(`${query}|[{.,(' ](${[...columns].join('|')})\\b`));
  expect(naming.filter((file) => /^test\/(?!chat|doubles)/.test(file))).toEqual([
    'test/soak/look.ts',
    'test/store/inspect.ts',
    'test/store/old-database.ts',
    'test/store/sqlite/migrations.test.ts',
  ]);
});
