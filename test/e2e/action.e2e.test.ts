import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, inject, test} from 'vitest'
import {type ActionEnd, type ActionRun, repository, runAction} from '../support/run-action.ts'
import {copyPackage} from './support/copy-package.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {tracesOf} from './support/traces.ts'

const cluster = 'e2e-action'
const small = {name: cluster, workers: '1', networks: 'lan', tier: 'quick'}

/** A network that no pod can have: its configuration ends in the middle. */
const brokenNetwork = {
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: {name: 'broken', namespace: 'default'},
  spec: {config: '{"type": '},
}

describe('the action, step by step as a runner carries it out', () => {
  let home: Home
  let actionPath: string
  beforeAll(() => {
    home = makeHome()
    actionPath = join(home.directory, 'action')
    mkdirSync(actionPath)
    copyPackage(inject('package'), actionPath)
    cpSync(join(repository, 'scripts/action'), join(actionPath, 'scripts/action'), {recursive: true})
  })
  afterAll(() => removeHome(home))

  async function run(options: Partial<ActionRun>): Promise<ActionEnd> {
    const folder = mkdtempSync(join(home.directory, 'job-'))
    const end = await runAction({env: home.env, folder, actionPath, ...options, inputs: {...small, ...options.inputs}})
    for (const {name, outcome, output} of end.steps)
      say(`${outcome}: ${name}\n${output.split('\n').slice(-8).join('\n')}`)
    return end
  }

  test('proves a cluster on which the caller has made a network, reports, and leaves nothing', async () => {
    const add = 'k8s-local net add bridge inside --cluster "$CLUSTER"\ngrep -q "kind-$CLUSTER" "$KUBECONFIG"'

    const end = await run({inputs: {run: add, reports: 'tap=verify.tap'}})

    expect(end.outcome, told(end)).toBe('success')
    const junit = readFileSync(end.outputs['junit'] ?? '', 'utf8')
    expect(junit).toContain('default/inside')
    expect(junit).not.toContain('<failure')
    expect(JSON.parse(readFileSync(end.outputs['json'] ?? '', 'utf8'))).toMatchObject({cluster})
    expect(end.summary).toContain(`cluster \`${cluster}\``)
    expect(end.used).toEqual([])
    expect(await tracesOf(cluster, home)).toEqual([])
  })

  test('fails with a check, keeps reports and a diagnosis for the artifact, and leaves nothing', async () => {
    const breaks = `docker exec -i "$CLUSTER-control-plane" kubectl --kubeconfig=/etc/kubernetes/admin.conf apply -f - <<'EOF'\n${JSON.stringify(brokenNetwork)}\nEOF`

    const end = await run({inputs: {run: breaks}})

    expect(end.outcome, told(end)).toBe('failure')
    expect(end.outputs['verdict']).toBe('failure')
    expect(end.steps.find(({name}) => name === 'Verify the cluster')?.output).toMatch(/^::error .*/m)
    expect(end.summary).toContain('default/broken')
    expect(readFileSync(end.outputs['junit'] ?? '', 'utf8')).toContain('<failure')
    const evidence = end.outputs['evidence'] ?? ''
    const folders = readdirSync(evidence, {withFileTypes: true}).filter((entry) => entry.isDirectory())
    expect(folders.map(({name}) => existsSync(join(evidence, name, 'README.md')))).toEqual([true])
    expect(end.used).toMatchObject([{with: {path: evidence}}])
    expect(await tracesOf(cluster, home)).toEqual([])
  })

  test('leaves nothing when the job is cancelled while nodes start', async () => {
    const end = await run({cancel: {step: 'Create the cluster', at: /start +Create 2 nodes with kind/}})

    expect(end.outcome, told(end)).toBe('cancelled')
    expect(end.steps.find(({name}) => name === 'Delete the cluster')?.outcome).toBe('success')
    expect(await tracesOf(cluster, home)).toEqual([])
  })
})

function told({steps}: ActionEnd): string {
  return steps.map(({name, outcome, output}) => `${outcome}: ${name}\n${output}`).join('\n')
}
