import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';

const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

test('every file and folder that ARCHITECTURE.md names is there', () => {
  const named = [...text.matchAll(/`([\w./-]+(?:\.(?:ts|cjs|json|yaml)|\/))`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(50);
  const folders = ['', 'src', 'src/chat', 'src/cards', 'src/facts', 'src/market', 'src/store'];
  const isThere = (path: string) => folders.some((folder) => existsSync(join(root, folder, path)));
  expect(named.filter((path) => !isThere(path.replace('SUBJECT', 'NVDA')))).toEqual([]);
});

test('ARCHITECTURE.md has a line for every room', () => {
  const rooms = globSync('src/*/', { cwd: root }).map(
    (folder) => `\`${folder.replaceAll('\\', '/').replace(/\/?$/, '/')}\``,
  );
  expect(rooms.length).toBeGreaterThan(20);
  expect(rooms.filter((room) => !text.includes(room))).toEqual([]);
});
