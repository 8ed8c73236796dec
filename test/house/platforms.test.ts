import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLATFORM_KINDS } from '../../src/chat/platform-kinds.ts';
import { root } from '../../src/util/read-config.ts';

/** Facts for the rooms below, the list of kinds, and the looks of the board with their style sheet. */
const MOST_FILES = 4;

test.each(PLATFORM_KINDS.map(({ id }) => id))('few files outside of its folder name %s', (id) => {
  const files = globSync(['src/**/*', 'commands/**/*'], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !PLATFORM_KINDS.some((kind) => file.startsWith(`src/chat/${kind.id}/`)));
  const naming = files.filter((file) => new RegExp(id, 'i').test(readFileSync(join(root, file), 'utf8')));
  expect(naming.length, naming.join(' ')).toBeLessThanOrEqual(MOST_FILES);
});
