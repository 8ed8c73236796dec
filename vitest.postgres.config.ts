import { defineConfig } from 'vitest/config';
import sqlite from './vitest.config.ts';

/** The tests of all that is stored, on a real PostgreSQL; see test/store/temporary.ts. */
export default defineConfig({
  test: {
    ...sqlite.test,
    include: [
      'test/{store,channels,outbox,delivery,digest,watch,refresh,schedule}/**/*.test.ts',
      'test/roads/{digest,figures,kept-quotes,no-data,own-rules,restart,routing}.test.ts',
    ],
    exclude: ['test/store/sqlite/**'],
    globalSetup: ['test/store/postgres/global-setup.ts'],
  },
});
