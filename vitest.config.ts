import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const LONG = 'test/**/*.long.test.ts';
/** They need a server: `npm run test:postgres`. */
const POSTGRES = 'test/store/postgres/**';

/** What the tests of every tier have in common. */
export const common = {
  // The roads start real servers on loopback; two cores serve them best with two workers.
  maxWorkers: 2,
  // Loading the program anew for each file took two fifths of all the work. So a test leaves nothing behind in its process.
  isolate: false,
  env: {
    // Processes that tests start find the program compiled.
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    // A watchlist and companies of their own, so that additions to the shipped ones change no test.
    SLIDEWATCH_CONFIG: join(import.meta.dirname, 'test/fixtures/config'),
  },
  // Limits for a fault, not for a busy machine; see test/eventually.ts.
  expect: { poll: { timeout: 60_000, interval: 5 } },
};

export default defineConfig({
  test: {
    ...common,
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [LONG, POSTGRES], testTimeout: 300_000 },
      },
      { extends: true, test: { name: 'long', include: [LONG], exclude: [POSTGRES], testTimeout: 600_000 } },
    ],
  },
});
