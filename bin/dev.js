#!/usr/bin/env node
// Runs the sources as they are, without a build: `bin/dev.js create --dry-run`.
void (async () => {
  const {register} = await import('tsx/esm/api')
  register()
  const {main} = await import('../src/cli.ts')
  await main(process.argv.slice(2))
})()
