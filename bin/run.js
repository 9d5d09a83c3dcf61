#!/usr/bin/env node
const {existsSync} = require('node:fs')
const {join} = require('node:path')
const {name, version} = require('../package.json')

const args = process.argv.slice(2)
const program = join(__dirname, '../dist/cli.js')

if (args.length === 1 && args[0] === '--version') {
  // Answered before anything is loaded: 1.1 times `node -e 0` instead of 3.
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else if (existsSync(program)) {
  // Node 22.8 and later keep compiled code on disk; Node 20 has no such cache.
  require('node:module').enableCompileCache?.()
  void require(program).main(args)
} else {
  process.stderr.write('k8s-local is not built: run `npm run build` first\n')
  process.exitCode = 10
}
