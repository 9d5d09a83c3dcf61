/** oclif's spinner is never started: progress is shown by our reporters. */
export default {dots2: {frames: ['']}, line: {frames: ['']}}
