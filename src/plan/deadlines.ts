/**
 * Seconds that each wait gives the world before it fails. Each is several times what was measured on two shared cores
 * (the whole of `create` took 90 s there), because a slow laptop is no reason to fail and a hung one is.
 */
export const deadlines = {
  nodesRunning: 180,
  nodesConfigured: 240,
  containerd: 180,
  api: 420,
  registered: 600,
  nodesReady: 600,
  rollout: 600,
  confFile: 600,
  multusFirst: 300,
  crd: 60,
  probePods: 60,
  testPod: 120,
  /** Somebody's own pods: their image and their probes decide. */
  workload: 240,
  podsGone: 60,
  /** What a repair has put right shows soon, or it has not helped: the next look tells. */
  mended: 120,
  /** Less than a step of the clean-up may take. */
  restored: 80,
} as const

/** Seconds for a whole run, where nobody says otherwise. */
export const runDeadlines = {
  create: 1200,
  delete: 180,
  change: 300,
  verify: 300,
  verifyFully: 900,
  repair: 900,
  warm: 900,
  clear: 180,
} as const
