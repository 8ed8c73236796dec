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
