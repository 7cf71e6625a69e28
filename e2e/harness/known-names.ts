/** What a process of Node runs first: it finds 127.0.0.1 under a name that only pods know, by which they reach this machine. */
const program = `
import dns from 'node:dns'
const { lookup } = dns
dns.lookup = (name, ...rest) => lookup(name === 'machine.test' ? '127.0.0.1' : name, ...rest)`

/** Variables for a process of Node to which `machine.test` is this machine, as it is to pods. */
export const knowingMachine: Readonly<Record<'NODE_OPTIONS', string>> = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}`,
}
