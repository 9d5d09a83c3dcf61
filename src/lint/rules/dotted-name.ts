import type {Rule} from '../rule.ts'

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

export const dottedName: Rule = {
  code: 'KL-L503',
  title: 'The short form cannot name this network',
  severity: 'error',
  why: 'In the short form network and namespace consist of lower-case letters, digits and dashes (multus v4.3.0 pkg/k8sclient/k8sclient.go): a name with a dot can only be written in the JSON form.',
  fix: 'Write the JSON form: [{"name": "my.network"}]',
  *request({form, attachments}) {
    if (form !== 'short') return
    for (const {network, namespace} of attachments) {
      if (namespace && !label.test(namespace.text))
        yield {
          at: namespace.at,
          message: `'${namespace.text}' is no namespace`,
          fix: 'Use lower-case letters, digits and dashes',
        }
      if (label.test(network.text)) continue
      yield {
        at: network.at,
        message: `the short form cannot name '${network.text}'`,
        fix: network.text.includes('.')
          ? `Write [{"name": "${network.text}"}], or rename the network`
          : 'Use lower-case letters, digits and dashes',
      }
    }
  },
}
