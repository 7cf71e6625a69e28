import type { Json, StoragePart } from '@image-registry-operator/render/model'

type Tags = { readonly [name: string]: string }

/** The members of a value that are texts. */
export const textsOf = (value: Json): { [name: string]: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {}

/** What a new part is tagged with: the tags that are wanted, and the marks, which nobody overrides. */
export const tagsOf = ({ marks, settings }: StoragePart): { [name: string]: string } => ({
  ...settings
    .filter(({ name }) => name === 'Tagged')
    .reduce((tags, { wanted }) => ({ ...tags, ...textsOf(wanted) }), {}),
  ...marks,
})

const holds = (tags: Tags, marks: Tags): boolean => {
  const wanted = Object.entries(marks)
  return wanted.length > 0 && wanted.every(([name, value]) => tags[name] === value)
}

/** Whether what carries these tags was made for that part: its marks are there, or those of the original under a name that only we give. */
export const isMadeFor = (
  tags: Tags | undefined,
  { marks, formerMarks, isGeneratedName }: StoragePart,
): boolean => holds(tags ?? {}, marks) || (isGeneratedName && holds(tags ?? {}, formerMarks))
