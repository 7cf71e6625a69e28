const OF_CLUSTER = /^(create|update|patch|apply|delete) (\S+) (\S+)$/

/** What kind of write that is, whatever the name of what is written: `apply Config/status`, `make bucket`. */
export const effectKind = (words: string): string => {
  const [, verb = '', kind = '', name = ''] = OF_CLUSTER.exec(words) ?? []
  if (verb === '') return words.replace(/ \S+$/, '')
  return `${verb} ${kind}${name.endsWith('/status') ? '/status' : ''}`
}
