import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need a server: `npm run test:postgres`.
    exclude: ['test/store/postgres/**'],
    // The roads start real servers on loopback; two cores serve them best with two workers.
    maxWorkers: 2,
    // Loading the program anew for each file took two fifths of all the work. So a test leaves nothing behind in its process.
    isolate: false,
    testTimeout: 20_000,
  },
});
