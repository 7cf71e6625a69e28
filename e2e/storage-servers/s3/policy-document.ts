/** What a user may do, in the form of IAM. */
export type PolicyDocument = Readonly<{
  Version: '2012-10-17'
  Statement: ReadonlyArray<
    Readonly<{
      Effect: 'Allow' | 'Deny'
      Action: string | ReadonlyArray<string>
      Resource: string | ReadonlyArray<string>
      Condition?: Readonly<Record<string, unknown>>
    }>
  >
}>
