import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/util/make-folder.ts';

test('makes the folder and the missing ones above it, and leaves an existing one alone', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'slidewatch-')), 'a', 'b');
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

test('a folder below a file cannot be made', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'slidewatch-')), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'folder'))).toThrow(/ENOTDIR/);
});

test.skipIf(!existsSync('/proc/self'))('a folder that takes none is refused at once', () => {
  expect(() => makeFolder('/proc/slidewatch/data')).toThrow(/ENOENT/);
});
