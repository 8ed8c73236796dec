import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';

const FULL_DISK = '/dev/full';

const run = (program: string, stderr: number | 'pipe') =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', stderr],
    timeout: 60_000,
  });

const IMPORT = `const { createLogger } = await import(${JSON.stringify(join(root, 'src/telemetry/log.ts'))});`;

const program = `
  ${IMPORT}
  const log = await createLogger('info');
  for (let line = 0; line < 100; line += 1) log.info({ line }, 'a line');
  setImmediate(() => console.log('still here'));
`;

test('logs go to stderr, which leaves stdout to the results of a command', () => {
  const { stdout, stderr } = run(program, 'pipe');
  expect(stdout).toBe('still here\n');
  expect(stderr.trim().split('\n')).toHaveLength(100);
});

test.skipIf(!existsSync(FULL_DISK))(
  'a full disk under the log neither ends the process nor keeps it from ending',
  () => {
    const full = openSync(FULL_DISK, 'w');
    const { stdout, status, signal } = run(program, full);
    closeSync(full);
    expect({ stdout, status, signal }).toEqual({ stdout: 'still here\n', status: 0, signal: null });
  },
);

test('a line names its level, its time in ISO form, and what a child logger is about', () => {
  const { stderr } = run(
    `${IMPORT} (await createLogger('info')).child({ source: 'edgar' }).warn({ tries: 2 }, 'slow');`,
    'pipe',
  );
  expect(JSON.parse(stderr)).toMatchObject({ level: 'warn', source: 'edgar', tries: 2, msg: 'slow' });
  expect(JSON.parse(stderr).time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('the pretty form is a line of words, without colour where there is no terminal', () => {
  const { stderr } = run(`${IMPORT} (await createLogger('info', 'pretty')).warn({ tries: 2 }, 'slow');`, 'pipe');
  expect(stderr).toMatch(/^\[\S+Z\] WARN: slow \{"tries":2\}\n$/);
});
