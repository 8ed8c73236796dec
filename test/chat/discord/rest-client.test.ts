import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../../../src/util/read-config.ts';

test('a picture whose upload is aborted at its start fails its request, not the process', async () => {
  const program = ['test/chat/discord/abort-uploads.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root });
  expect(stdout).toBe('20 failed\n');
});
