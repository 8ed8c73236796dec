import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';

/** The launcher in a folder of its own, with a .env beside it and a program that prints what it finds. */
const launcher = (): string => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'src'));
  for (const file of ['slidewatch.cjs', 'node-version.cjs'])
    copyFileSync(join(root, 'src', file), join(folder, 'src', file));
  const program = 'const { LANGUAGE, TIME_ZONE } = process.env; process.stdout.write(LANGUAGE + " " + TIME_ZONE);';
  writeFileSync(join(folder, 'src/main.ts'), program);
  writeFileSync(join(folder, '.env'), 'LANGUAGE=ko\nTIME_ZONE=Asia/Seoul\n');
  return join(folder, 'src/slidewatch.cjs');
};

test.each([
  ['start', 'ko Europe/London'],
  ['doctor', 'ko Europe/London'],
  ['digest', 'ko Europe/London'],
  ['facts', 'ko Europe/London'],
  ['replay', 'ko Europe/London'],
  ['demo', 'undefined Europe/London'],
])('%s finds what .env sets, if it needs settings, and the environment wins', (command, found) => {
  const env = { PATH: process.env.PATH, TIME_ZONE: 'Europe/London' };
  const { stdout, stderr } = spawnSync(process.execPath, [launcher(), command], { encoding: 'utf8', env });
  expect({ stdout, stderr }).toEqual({ stdout: found, stderr: '' });
});
