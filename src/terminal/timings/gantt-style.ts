import type {Doer} from '../../run/doer-of.ts'

/** A full bar has at least 3 : 1 against its ground (WCAG 2.2, 1.4.11), and texts 4.5 : 1. */
const light = {
  ground: '#ffffff',
  text: '#1f2328',
  line: '#d1d9e0',
  bars: {
    kind: '#0969da',
    cni: '#8250df',
    multus: '#bf3989',
    kubernetes: '#1a7f37',
    engine: '#9a6700',
    images: '#bc4c00',
    'k8s-local': '#59636e',
  },
} as const satisfies Palette

const dark = {
  ground: '#0d1117',
  text: '#e6edf3',
  line: '#3d444d',
  bars: {
    kind: '#58a6ff',
    cni: '#bc8cff',
    multus: '#f778ba',
    kubernetes: '#3fb950',
    engine: '#d29922',
    images: '#f0883e',
    'k8s-local': '#9198a1',
  },
} as const satisfies Palette

/** The style sheet of the picture: it follows what the reader has chosen, also where it is embedded by `img`. Without variables, for not every renderer knows them. */
export const ganttStyle = [
  'text{font:12px system-ui,sans-serif}.head{font-size:15px;font-weight:600}.critical text{font-weight:600}',
  '.bar{opacity:.7}.critical .bar{opacity:1;stroke-width:1.5}.path{fill:none;stroke-width:1;stroke-dasharray:3 2}',
  sheet(light),
  `@media (prefers-color-scheme:dark){${sheet(dark)}}`,
].join('\n')

interface Palette {
  readonly ground: string
  readonly text: string
  readonly line: string
  readonly bars: Readonly<Record<Doer, string>>
}

function sheet({ground, text, line, bars}: Palette): string {
  const fills = Object.entries(bars).map(([doer, colour]) => `.${doer}{fill:${colour}}`)
  return `.ground{fill:${ground}}text{fill:${text}}.grid{stroke:${line}}.critical .bar,.path{stroke:${text}}${fills.join('')}`
}
