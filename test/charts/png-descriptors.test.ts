import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.skipIf(process.platform === 'win32')(
  'without descriptors, a picture fails for that reason and not for a missing font',
  () => {
    const program = join(import.meta.dirname, 'without-descriptors.ts');
    const { stdout } = spawnSync('sh', ['-c', `ulimit -n 100; exec "$0" "$1"`, process.execPath, program], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('Too many files and connections are open');
    expect(stdout).not.toContain('font');
  },
);
