/** What a real build needs, in one import, so that finding dist up to date loads neither rolldown nor oclif. */
export {bundle} from './bundle.ts'
export {thirdPartyLicenses} from './licenses.ts'
export {commandManifest} from './manifest.ts'
