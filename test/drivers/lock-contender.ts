/** Takes the lock of a cluster five times and notes when it holds it. Started several times at once by journal.test.ts. */
import {appendFileSync} from 'node:fs'
import {setTimeout as wait} from 'node:timers/promises'
import {createJournal} from '../../src/drivers/journal.ts'

const [, , state = '', log = ''] = process.argv
const journal = createJournal(state)

for (let turn = 0; turn < 5; ) {
  const release = await journal.lock('lab').catch(() => undefined)
  if (release) {
    appendFileSync(log, `in ${process.pid} ${turn}\n`)
    await wait(2)
    appendFileSync(log, `out ${process.pid} ${turn}\n`)
    await release()
    turn += 1
  }
  await wait(Math.random() * 5)
}
