/** Colours of the series in their order, apart in hue and in lightness; each has at least 3 : 1 against white (WCAG 2.2, 1.4.11). */
const colours = ['#0969da', '#bc4c00', '#1a7f37', '#bf3989', '#8250df', '#59636e', '#9a6700', '#0a3069'] as const

/** Dashes tell series apart without colour. */
const dashes = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 4', '1 4', '9 2 2 2 2 2'] as const

/** How many series can be told apart. */
export const mostSeries = colours.length

/** The style sheet: dark on a ground of its own, so that it can be read on any page. */
export const lineChartStyle = [
  'text{font:12px system-ui,sans-serif;fill:#1f2328}.head{font-size:15px;font-weight:600}.ground{fill:#ffffff}',
  '.grid{stroke:#d1d9e0}.series polyline{fill:none;stroke-width:2}.spread{stroke-width:1}',
  ...colours.map(
    (colour, index) =>
      `.s${index} *{stroke:${colour}}.s${index} circle{fill:${colour}}.s${index} polyline{stroke-dasharray:${dashes[index]}}`,
  ),
].join('\n')
