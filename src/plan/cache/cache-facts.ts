import type {WarmImageFacts} from '../facts.ts'

/** What k8s-local keeps on this machine to be faster the next time. */
export interface CacheFacts {
  readonly warmImages: readonly CachedImage[]
  readonly files: readonly CachedFile[]
  /** Containers that builds have left; those of a build that goes on are not among them. */
  readonly leftBuilds: readonly string[]
}

/** A warm node image of ours. */
export interface CachedImage extends WarmImageFacts {
  /** RFC 3339. */
  readonly created: string
  /** Clusters whose nodes were made from it. */
  readonly usedBy: readonly string[]
}

export interface CachedFile {
  /** Absolute path. */
  readonly file: string
  readonly bytes: number
}
