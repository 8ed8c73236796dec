import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The roads start real servers on loopback; two cores serve them best with two workers.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
