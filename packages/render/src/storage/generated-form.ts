/** The bounds and letters of names that operators generate; see the original. */
const LETTERED = 62

const joined = (cluster: string, extra: string): string =>
  [cluster, 'image-registry', extra]
    .filter((part) => part !== '')
    .join('-')
    .replace(/-{2,}/g, '-')
    .toLowerCase()

/** Whether a name has the form that the original, or we, generate for a cluster: nobody chooses such a name. */
export const hasGeneratedForm = (name: string, cluster: string, extra: string): boolean => {
  if (cluster === '') return false
  const stem = joined(cluster, extra)
  const plain = stem.slice(0, LETTERED).replace(/-$/, 's')
  const isLettered =
    name.length === LETTERED &&
    name.startsWith(stem.slice(0, LETTERED - 1)) &&
    /^-?[a-y]*$/.test(name.slice(stem.length))
  return name === plain || isLettered
}

/** The same of the name of a storage account or private endpoint of Azure. */
export const hasAccountForm = (name: string, cluster: string): boolean => {
  const stem = `imageregistry${cluster.replace(/[^0-9A-Za-z]/g, '')}`.slice(0, 19).toLowerCase()
  return (
    cluster !== '' &&
    name.startsWith(stem) &&
    /^[bcdfghjklmnpqrstvwxz24-9]{5}$/.test(name.slice(stem.length))
  )
}
