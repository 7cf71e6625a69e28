/** What people are to paste into a shell, and what they see then. */
export type GuideBlock = Readonly<{
  /** The heading above it. */
  heading: string
  /** Where its fence is, counted from 1. */
  line: number
  /** What stands behind `sh`: where alone it is run; empty if wherever the guide is. */
  where: string
  code: string
  /** Lines that it prints, in this order and perhaps among others. */
  prints: ReadonlyArray<string>
}>

type Fence = Readonly<{ line: number; info: string; lines: ReadonlyArray<string>; heading: string }>

const FENCE = /^(\s*)```(.*)$/
const HEADING = /^#{1,6} +(.+)$/

type Reading = Readonly<{
  heading: string
  fences: ReadonlyArray<Fence>
  open: (Fence & { readonly indent: string }) | undefined
}>

const withoutIndent = (line: string, indent: string): string =>
  line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()

const inFence = (
  { fences, heading, open }: Reading & { readonly open: NonNullable<Reading['open']> },
  line: string,
): Reading => {
  if (line.trim() !== '```') {
    const lines = [...open.lines, withoutIndent(line, open.indent)]
    return { heading, fences, open: { ...open, lines } }
  }
  const { indent: _, ...fence } = open
  return { heading, fences: [...fences, fence], open: undefined }
}

const read = (reading: Reading, line: string, index: number): Reading => {
  const { heading, open } = reading
  if (open !== undefined) return inFence({ ...reading, open }, line)
  const [, title] = HEADING.exec(line) ?? []
  if (title !== undefined) return { ...reading, heading: title }
  const [, indent, info] = FENCE.exec(line) ?? []
  if (indent === undefined || info === undefined) return reading
  return { ...reading, open: { line: index + 1, info: info.trim(), lines: [], heading, indent } }
}

const blockOf = ({ line, info, lines, heading }: Fence, next: Fence | undefined): GuideBlock => ({
  heading,
  line,
  where: info.replace(/^sh\s*/, ''),
  code: `${lines.join('\n')}\n`,
  prints: next?.info === 'text' ? next.lines.filter((text) => text.trim() !== '') : [],
})

const isCode = ({ info }: Fence): boolean => /^sh(\s|$)/.test(info)

/** The blocks of a Markdown text that a shell is to run, each with the output that is shown right after it. */
export const guideBlocks = (markdown: string): ReadonlyArray<GuideBlock> => {
  const nothing: Reading = { heading: '', fences: [], open: undefined }
  const { fences } = markdown.split('\n').reduce(read, nothing)
  return fences.flatMap((fence, index) =>
    isCode(fence) ? [blockOf(fence, fences[index + 1])] : [],
  )
}

/** The blocks of a guide that are run on a kind of cluster. */
export const blocksOn = (
  where: string,
  blocks: ReadonlyArray<GuideBlock>,
): ReadonlyArray<GuideBlock> => blocks.filter((block) => ['', where].includes(block.where))
