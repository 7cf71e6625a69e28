// Images of containers as values: files in, an archive out that containerd, podman and skopeo take. Nothing here runs a
// container engine or speaks with a registry, and nothing depends on the clock, the machine's users or the order of a
// folder: what is the same going in is the same, byte by byte, coming out. What an image holds is for others to say.
export { type Blob, type Digest, sha256 } from './blob'
export { type Image, type ImageConfig, image, imageSize, type Platform } from './image'
export { type Layer, layer } from './layer'
export { describeOciError, type OciError } from './oci-error'
export { isReference, type OciArchive, ociArchive, writeArchive } from './oci-archive'
export { tarFiles } from './tar-files'
export { type Entry, file, folder, link } from './tree-entry'
export { treeOf } from './tree'
