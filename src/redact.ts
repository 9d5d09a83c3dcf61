const hidden = '[hidden]'

const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // Fields of kubeconfigs, exec credentials, docker configurations and kubeadm configurations, as YAML, JSON or key=value.
  [
    /\b((?:client-?key-?data|(?:id-|access-|refresh-)?token|passw(?:or)?d|certificate-?key|identitytoken)\\?["']?\s*[:=]\s*\\?["']?)(?!\[hidden\])[^\s"'\\,}]+/gi,
    `$1${hidden}`,
  ],
  [/(--(?:token|password|certificate-key|discovery-token|tls-bootstrap-token)[ =])\S+/g, `$1${hidden}`],
  [/\b((?:bearer|basic)\s+)[\w.~+/-]{8,}=*/gi, `$1${hidden}`],
  [/(\w:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${hidden}@`],
  // kubeadm's bootstrap tokens (kubernetes, cluster-bootstrap/token/api: `[a-z0-9]{6}.[a-z0-9]{16}`) and JSON web tokens.
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, hidden],
  [/\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g, hidden],
]

/** The text without secrets: private keys, tokens and passwords read `[hidden]`. What is shown, logged or put into a Problem passes here. */
export function redact(text: string): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}

/** The same for a text that comes line by line: the returned function remembers that it is inside a private key. */
export function createLineRedactor(): (line: string) => string {
  let insideKey = false
  return (line) => {
    const ends = /-----END [A-Z ]*PRIVATE KEY-----/.test(line)
    const starts = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)
    const secret = insideKey || starts
    insideKey = secret && !ends
    return secret ? hidden : redact(line)
  }
}
