// Numbers from the specification of ELF, for files of 64 bits with the lowest byte first, which all of ours are.
const MAGIC = [0x7f, 0x45, 0x4c, 0x46, 2, 1]
const LOADED = 1
const DYNAMIC = 2
const END = 0
const NEEDED = 1
const STRINGS = 5

type Segment = {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

const numberAt = (view: DataView, offset: number): number => Number(view.getBigUint64(offset, true))

const segments = (view: DataView): ReadonlyArray<Segment> => {
  const table = numberAt(view, 32)
  const size = view.getUint16(54, true)
  return Array.from({ length: view.getUint16(56, true) }, (_, index) => table + index * size).map(
    (at) => ({
      type: view.getUint32(at, true),
      offset: numberAt(view, at + 8),
      address: numberAt(view, at + 16),
      size: numberAt(view, at + 32),
    }),
  )
}

type Fact = { readonly tag: number; readonly value: number }

const facts = (view: DataView, { offset, size }: Segment): ReadonlyArray<Fact> => {
  const all = Array.from({ length: size / 16 }, (_, index) => offset + index * 16).map((at) => ({
    tag: numberAt(view, at),
    value: numberAt(view, at + 8),
  }))
  const end = all.findIndex(({ tag }) => tag === END)
  return end < 0 ? all : all.slice(0, end)
}

const textAt = (content: Uint8Array, offset: number): string =>
  new TextDecoder().decode(content.subarray(offset, content.indexOf(0, offset)))

const isElf = (content: Uint8Array): boolean =>
  content.length > 64 && MAGIC.every((byte, index) => content[index] === byte)

/** The libraries that a program or library says it needs, by name; none for what is neither. */
export const neededLibraries = (content: Uint8Array): ReadonlyArray<string> => {
  if (!isElf(content)) return []
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  const all = segments(view)
  const dynamic = all.find(({ type }) => type === DYNAMIC)
  const said = dynamic === undefined ? [] : facts(view, dynamic)
  const strings = said.find(({ tag }) => tag === STRINGS)?.value ?? 0
  const home = all.find(
    ({ type, address, size }) => type === LOADED && address <= strings && strings < address + size,
  )
  const start = home === undefined ? 0 : strings - home.address + home.offset
  return said.filter(({ tag }) => tag === NEEDED).map(({ value }) => textAt(content, start + value))
}
