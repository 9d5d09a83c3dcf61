import {Problem} from '../../problem.ts'
import type {EngineInfo} from '../ports.ts'
import {toEngineProblem} from './engine-problem.ts'
import {isRecord, member, text} from '../untyped.ts'
import {parseAnswer} from './parse-answer.ts'
import type {Docker} from './run-docker.ts'

/** What the engine says of itself. Throws engine-missing, engine-unreachable. */
export async function readEngineInfo(docker: Docker, signal?: AbortSignal): Promise<EngineInfo> {
  const {stdout} = await docker.must('say what it is', ['info', '--format', '{{json .}}'], {
    timeoutSeconds: 30,
    ...(signal ? {signal} : {}),
  })
  const info = parseAnswer('itself', stdout)
  // Some releases end with 0 although the daemon did not answer, and say so only here.
  const errors = member(info, 'ServerErrors')
  if (Array.isArray(errors) && errors.length > 0) throw unreachable(errors.join('\n'))
  if (!isRecord(info) || text(info['ServerVersion']) === '') throw unreachable(stdout.slice(0, 400))
  return {
    version: text(info['ServerVersion']),
    platform: `${text(info['OSType']) || 'linux'}/${architecture(text(info['Architecture']))}`,
    // Absent before API 1.41 (Docker 20.10), which knew only version 1.
    cgroupVersion: info['CgroupVersion'] === '2' ? '2' : '1',
    memory: Number(info['MemTotal'] ?? 0),
    cpus: Number(info['NCPU'] ?? 0),
    dataRoot: text(info['DockerRootDir']),
  }
}

/** Go's name for what `uname -m` says. */
export function architecture(machine: string): string {
  return {x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm', i686: '386'}[machine] ?? machine
}

function unreachable(cause: string): Problem {
  return (
    toEngineProblem({stdout: '', stderr: cause}) ??
    new Problem('engine-unreachable', {
      message: 'The container engine does not answer',
      cause,
      suggestions: ['Check with: docker info'],
    })
  )
}
