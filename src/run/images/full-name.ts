/** The name under which containerd keeps an image: with registry, and with a tag (distribution/reference, familiar names). */
export function fullName(name: string): string {
  const [first = '', ...rest] = name.split('/')
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = hasRegistry ? name : `docker.io/${rest.length === 0 ? 'library/' : ''}${name}`
  return /:[^/]+$/.test(path) || path.includes('@') ? path : `${path}:latest`
}
