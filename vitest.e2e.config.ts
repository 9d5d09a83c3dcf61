import {defineConfig} from 'vitest/config'

/** Real clusters: one file after another, one test after another, because they share one machine and one engine. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/package/build-once.ts'],
    isolate: false,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    sequence: {concurrent: false},
    testTimeout: 15 * 60_000,
    hookTimeout: 15 * 60_000,
    env: {NO_COLOR: '1', NODE_ENV: 'production'},
  },
})
