/** A request of the operator, as the gateway sees it. */
export type ApiRequest = Readonly<{
  /** Counts from 1, in the order in which requests came. */
  n: number
  method: string
  /** With its query. */
  path: string
  /** Empty where there is none. */
  body: string
  /** Milliseconds since 1970. */
  at: number
}>

/** `before`: the API server never hears of the request. `after`: it does as asked, and its answer is lost. */
export type Moment = 'before' | 'after'

/** What happens to one request on its way. */
export type ApiFault =
  /** It arrives late. */
  | Readonly<{ _tag: 'Late'; ms: number }>
  /** The connection breaks. */
  | Readonly<{ _tag: 'Reset'; moment: Moment }>
  /** Something on the way answers with an error; 429 and 503 say when to come again. */
  | Readonly<{ _tag: 'Refused'; code: 429 | 500 | 502 | 503 | 504; moment: Moment }>
  /** Half of the answer comes, and the connection breaks. */
  | Readonly<{ _tag: 'Half' }>
  /** The answer comes byte by byte, as long as it is not too long for that. */
  | Readonly<{ _tag: 'Dripping' }>
  /** Nobody ever answers. */
  | Readonly<{ _tag: 'Silent'; moment: Moment }>
  /** Held until then: the API server hears of it then, or has answered and the answer waits. */
  | Readonly<{ _tag: 'Held'; moment: Moment; until: Promise<unknown> }>
  /** Of a watch: it breaks in the middle of the event in which so many bytes have come. */
  | Readonly<{ _tag: 'Cut'; afterBytes: number }>
  /** Of a watch: it is told that it looks too far back, although it does not. */
  | Readonly<{ _tag: 'Gone'; how: 'answer' | 'event' }>

export const isWatch = ({ path }: Pick<ApiRequest, 'path'>): boolean =>
  /[?&]watch=(true|1)/.test(path)

const isOfLease = ({ path }: Pick<ApiRequest, 'path'>): boolean => path.includes('/leases')

/** True for what is to change something, but for the lease. */
export const isWork = (request: Pick<ApiRequest, 'method' | 'path'>): boolean =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method) &&
  !isOfLease(request) &&
  !/\/apis\/auth(entic|oriz)ation\.k8s\.io\//.test(request.path)
