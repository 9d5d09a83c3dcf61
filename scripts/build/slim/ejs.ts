/**
 * The part of EJS that help texts use: `<%= config.bin %>`, a path of members in the context.
 * @throws Error for anything else between the marks, so that such a text cannot be shipped unseen: the package's tests render all help
 */
export function render(template: string, context: object): string {
  return template.replaceAll(/<%(.*?)%>/gs, (mark, inside: string) => {
    const path = /^=\s*([\w.]+)\s*$/.exec(inside)?.[1]
    if (!path) throw new Error(`help texts may name a value as <%= config.bin %>, not ${mark}`)
    const value = path
      .split('.')
      .reduce<unknown>((member, name) => (member as Record<string, unknown> | undefined)?.[name], context)
    return typeof value === 'string' ? value : ''
  })
}

export default {render}
