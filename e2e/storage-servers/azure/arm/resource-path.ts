/** What a path of Azure Resource Manager is about. Names are compared without regard to case. */
export type ResourcePath = Readonly<{
  subscription: string
  /** Of the resource; undefined where the path is about a whole subscription. */
  group: string | undefined
  /** Lower case, with the types above it: `microsoft.network/privatednszones/a`. */
  type: string
  /** One for each part of the type after the provider's; one fewer in the path of a list or of an action. */
  names: ReadonlyArray<string>
  /** The path of the resource as it was sent, without a list's or an action's last word. */
  id: string
  /** What is left over: the type of a list, or an action. */
  rest: string | undefined
}>

const every = (words: ReadonlyArray<string>, remainder: number): ReadonlyArray<string> =>
  words.filter((_, index) => index % 2 === remainder)

const pattern =
  /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/([^/]+)\/(.+)$/i

/** A path taken apart; undefined for one that is not about a resource. */
export const resourcePath = (path: string): ResourcePath | undefined => {
  const [, subscription = '', group, provider = '', tail = ''] = pattern.exec(path) ?? []
  if (subscription === '') return undefined
  const words = tail.split('/').map(decodeURIComponent)
  const isWhole = words.length % 2 === 0
  const pairs = isWhole ? words : words.slice(0, -1)
  return {
    subscription,
    group,
    type: [provider, ...every(pairs, 0)].join('/').toLowerCase(),
    names: every(pairs, 1),
    id: isWhole ? path : path.slice(0, path.lastIndexOf('/')),
    rest: isWhole ? undefined : words.at(-1),
  }
}

/** By which a resource is kept and found. */
export const resourceKey = (id: string): string => id.toLowerCase()
