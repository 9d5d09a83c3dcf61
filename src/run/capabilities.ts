/** Names by number (linux v6.18 include/uapi/linux/capability.h). */
const names = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const

/** The capabilities, without `CAP_`, that a process can ever have, from the text of its /proc/PID/status. All of them where the text does not say. */
export function boundingSet(status: string): ReadonlySet<string> {
  const [, mask] = /^CapBnd:\s*([0-9a-f]+)$/im.exec(status) ?? []
  if (mask === undefined) return new Set(names)
  const bits = BigInt(`0x${mask}`)
  return new Set(names.filter((_, bit) => (bits >> BigInt(bit)) & 1n))
}
