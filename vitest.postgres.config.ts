import { defineConfig } from 'vitest/config';
import { findPrograms } from './test/store/postgres/find-programs.ts';
import { common } from './vitest.config.ts';

const hasServer = Boolean(process.env.TEST_DATABASE_URL?.trim()) || findPrograms() !== undefined;
if (!hasServer)
  console.log('Tests on PostgreSQL skipped: no TEST_DATABASE_URL, and no PostgreSQL 15 or newer on this machine.');

/** The tests of all that is stored, on a real PostgreSQL; see test/store/temporary.ts. */
export default defineConfig({
  test: {
    ...common,
    testTimeout: 600_000,
    passWithNoTests: !hasServer,
    include: hasServer
      ? [
          'test/{store,channels,outbox,delivery,digest,watch,refresh,schedule}/**/*.test.ts',
          'test/roads/{digest,figures,routing}.test.ts',
          'test/roads/{clocks,kept-quotes,no-data,own-rules,restart,rises,webhook}.long.test.ts',
          'test/soak/soak.long.test.ts',
        ]
      : [],
    exclude: ['test/store/sqlite/**'],
    globalSetup: ['test/store/postgres/global-setup.ts'],
  },
});
