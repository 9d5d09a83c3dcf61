/** Gets an engine and artifacts ready ahead of use, and prints the bundle's folder when one is needed. */
import {artifactSource} from './world/artifact-source.ts'

const bundle = await artifactSource()
if (bundle) console.log(bundle)
