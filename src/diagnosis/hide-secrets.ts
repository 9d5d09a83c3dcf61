import {redact} from '../redact.ts'

const hidden = '[hidden]'

/** What may be shown on the user's own terminal, but does not leave the machine. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]+-----(?:[\w+/=\s]|\\[nr])*(?:-----END [A-Z0-9 ]+-----)?/g, hidden],
  [
    /\b((?:certificate-authority|client-certificate)-data\\?["']?\s*[:=]\s*\\?["']?)(?!\[hidden\])[^\s"'\\,}]+/gi,
    `$1${hidden}`,
  ],
  // To the end of a line of YAML: a passphrase may have spaces.
  [/^(\s*(?:- )?(?:token|password|passphrase|secret): ).+$/gim, `$1${hidden}`],
  // Logins of registries, in docker's configuration and in containerd's own words.
  [/\b(auth\\?["']?:\s*\\?["']?)[A-Za-z0-9+/]{8,}={0,2}(?![\w.:-])/gi, `$1${hidden}`],
  // The whole object that somebody applied, environment included, as plugins keep it among a pod's annotations.
  [/(last-applied-configuration":\s*")(?:[^"\\]|\\.)*/g, `$1${hidden}`],
  // The same inside a text inside a text: where it ends is hard to say.
  [/(last-applied-configuration\\+":)[\s\S]*/g, `$1${hidden}`],
  // A PEM block in base64 begins like this wherever it stands.
  [/\bLS0tLS1CRUdJTi[\w+/=-]*/g, hidden],
  // Variables whose name says what they hold, as NAME=value.
  [
    /\b(\w*(?:SECRET|TOKEN|PASSW(?:OR)?D|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)\w*=)(?!\[hidden\])[^\s"'\\,}]+/g,
    `$1${hidden}`,
  ],
]

/** The text of a file that somebody may send on: `redact`, and certificates and telling variables too. Hiding twice is hiding once. */
export function hideSecrets(text: string): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), redact(text))
}
