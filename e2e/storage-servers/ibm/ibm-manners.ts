/** How the account behaves where the published API leaves it open. */
export type IbmManners = {
  /** The most that is on a page, whatever was asked for. */
  pageSize: number
  /** How often a new instance is looked at before it is active. */
  looksUntilActive: number
  /** How many requests with a new key are refused before the object storage has heard of it. */
  refusalsOfNewKeys: number
  /** Whether the broker of the object storage refuses parameters that it does not know. */
  refusesUnknownParameters: boolean
  /** Whether the credentials of keys are shown. */
  showsCredentials: boolean
}
