/**
 * Trained models as files: named, versioned, each with the lineage that tells what it was learned from.
 * An artifact is a set of named byte parts; what is in them is the affair of those who save and load.
 */

export type { Allocators, Artifact, ArtifactInfo, ArtifactParts, ArtifactStore, Lineage } from './artifact-store.ts';
export { type FileArtifactsOptions, openFileArtifacts } from './files/open-file-artifacts.ts';
