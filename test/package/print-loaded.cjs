// Preloaded: says at the end which files of dist the program has loaded, one per line, on stderr.
const {relative, join} = require('node:path')

process.on('exit', () => {
  const dist = join(__dirname, '../../dist')
  const files = Object.keys(require.cache).map((file) => relative(dist, file))
  process.stderr.write(
    files
      .filter((file) => !file.startsWith('..'))
      .map((file) => `${file}\n`)
      .join(''),
  )
})
