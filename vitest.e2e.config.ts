import {defineConfig} from 'vitest/config'

/** Real clusters: one file after another, one test after another, because they share one machine and one engine. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/package/build-once.ts', 'test/e2e/support/global-setup.ts'],
    isolate: false,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    // Once more: real clusters on a busy machine are late now and then, and what is wrong is wrong again.
    retry: 1,
    sequence: {concurrent: false},
    // Node names, addresses and pings are the point of the log: they go out as they come.
    disableConsoleIntercept: true,
    reporters: ['verbose'],
    // Longer than any deadline that the tests set for a command: those tell what the program said.
    testTimeout: 15 * 60_000,
    hookTimeout: 15 * 60_000,
    env: {NO_COLOR: '1', NODE_ENV: 'production'},
  },
})
