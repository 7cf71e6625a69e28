/** What the operator's image of a version is called where nobody calls it anything else: in no registry, but on machines. */
export const ownImage = (version: string): string => `localhost/image-registry-operator:${version}`
