import { BlockList, isIP } from 'node:net'

import * as E from 'fp-ts/Either'

const inSubnet = (address: string, network: string): boolean => {
  const [base = '', bits = ''] = network.split('/')
  const family = (text: string): 'ipv4' | 'ipv6' => (isIP(text) === 6 ? 'ipv6' : 'ipv4')
  const answer = E.tryCatch(() => {
    const subnet = new BlockList()
    subnet.addSubnet(base, Number(bits), family(base))
    return subnet.check(address, family(address))
  }, E.toError)
  return E.isRight(answer) && answer.right
}

/** Whether one of the networks in a `noProxy` holds that address. Node knows every other form of an entry, but not these. */
export const isInNoProxyNetwork = (host: string, noProxy: string): boolean => {
  const address = host.replace(/^\[|\]$/g, '')
  return (
    isIP(address) !== 0 &&
    noProxy
      .split(',')
      .map((entry) => entry.trim())
      .some((entry) => entry.includes('/') && inSubnet(address, entry))
  )
}
