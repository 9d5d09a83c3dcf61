import {expect, test} from 'vitest'
import type {Check} from '../../src/checks/check.ts'
import {checkGroups} from '../../src/checks/index.ts'

const introduction = `# What \`verify\` looks at

Each check is one file of \`src/checks\`: what to look at, as data, and a pure judge of what was seen. \`k8s-local verify --list\` prints this table,
\`--check\` takes a name, a number, a group or a pattern, and \`!\` leaves out. A check that a cluster gives nothing to look at is in the report all the same, as a
skip with the reason.

| tier | asks | on three nodes, two cores |
|---|---|--:|
| quick | is it installed, does it attach, do pods reach each other | ≤ 30 s |
| default | and does it carry, separate and refuse as it should | ≤ 120 s |
| full | and does it survive restarts, give back what it took, how fast is it | ≤ 8 min |

The full tier restarts agents and nodes, and removes Multus for half a minute: one check after another, when all others have looked, and it says so before it
begins. \`--check '!survival'\` leaves that out. Nothing of a cluster that k8s-local did not make is restarted without \`--disruptive\`, and its Multus is never
removed. Whoever interrupts the run gets nodes and Multus back. A failure of a check of severity \`warning\` is a warning, and does not fail the run.
`

const groupTitles: Readonly<Record<keyof typeof checkGroups, string>> = {
  cluster: 'The machine, the nodes and the primary network',
  install: 'Multus and the plugins, as installed',
  definition: 'NetworkAttachmentDefinitions, by the rules of `net lint`',
  attach: 'Pods get what they asked for',
  reach: 'Traffic passes, where it should',
  isolation: 'What must not pass does not',
  refusal: 'What cannot be had is refused, and leaves nothing',
  performance: 'How fast it is',
  hygiene: 'What is used is given back, and what is said stays true',
  survival: 'What a cluster must come through',
}

test('docs/checks.md lists every check by its group, as the code has it', async () => {
  const parts = Object.entries(checkGroups).map(([group, members]) => {
    const rows = Object.entries(members as Readonly<Record<string, Check>>).map(
      ([name, {id, tier, severity, title, needs = []}]) =>
        `| ${id} | \`${name}\` | ${tier} | ${severity} | ${title} | ${needs.join(', ') || '-'} |`,
    )
    const title = groupTitles[group as keyof typeof checkGroups]
    return `\n## \`${group}\`: ${title}\n\n| | check | tier | severity | proves | needs |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`
  })
  await expect(introduction + parts.join('')).toMatchFileSnapshot('../../docs/checks.md')
})

test('no two checks have one number', () => {
  const ids = Object.values(checkGroups).flatMap((group) =>
    Object.values(group as Readonly<Record<string, Check>>).map(({id}) => id),
  )
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})
