import { expect, it } from 'vitest'

import { stableMessage } from './stable-message'

it('leaves out what the Blob service says of the request', () => {
  const text =
    'The specified container does not exist.\nRequestId:2b1d5c5e-001e-0041-5a1b-000000000000\nTime:2026-11-21T10:00:00.1234567Z'
  expect(stableMessage(text)).toBe('The specified container does not exist.')
})

it('leaves out what Azure Resource Manager says of the request', () => {
  expect(
    stableMessage("The request failed due to an internal error. (Tracking ID: '0a-1b', time: x)"),
  ).not.toMatch(/0a-1b/)
  expect(stableMessage('An error occurred. Correlation ID: 11-22-33')).toBe('An error occurred.')
})

it('keeps what is the same each time', () => {
  const text =
    "The client 'c' with object id 'o' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/write' over scope '/subscriptions/s'."
  expect(stableMessage(text)).toBe(text)
  expect(stableMessage('Try again after some time')).toBe('Try again after some time')
})
