import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../../../src/util/read-config.ts';

test('a picture that is broken off as it begins to go out fails its own request, and never the process', async () => {
  const program = ['test/chat/discord/break-off.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root });
  expect(stdout).toBe('20 failed\n');
});
