import type {ArtifactName} from '../steps/artifact.ts'
import type {Facts} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** An artifact that nobody has, and where it could come from. */
export function lackingArtifact(name: ArtifactName, {source}: Facts): PreflightFinding {
  if (name === 'load-balancer') return lackingLoadBalancer(source)
  return source === 'bundle'
    ? {
        problem: 'bundle-incomplete',
        at: '--bundle',
        message: `the bundle has no ${name}`,
        fix: 'use a bundle that has it, or leave --bundle out to download what is needed',
      }
    : {
        problem: 'artifact-unavailable',
        at: name,
        message: `${name} cannot be had for this platform`,
        fix: 'use a bundle that has it: --bundle DIR',
      }
}

/** kind starts it in front of several control planes only, so there is a way without it. */
function lackingLoadBalancer(source: Facts['source']): PreflightFinding {
  return {
    problem: source === 'bundle' ? 'bundle-incomplete' : 'artifact-unavailable',
    at: '--control-planes',
    message: `several control planes need a load balancer, and ${source === 'bundle' ? 'the bundle has none' : 'its image cannot be had'}`,
    fix: 'use --control-planes 1',
  }
}
