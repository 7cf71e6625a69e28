import { describe, expect, it } from 'vitest'

import { durationText } from './duration-text'

describe('the text of a duration', () => {
  it.each([
    [0n, '0s'],
    [5n, '5ns'],
    [2_000n, '2µs'],
    [100_000_000n, '100ms'],
    [1_500_000n, '1.5ms'],
    [3_000_000_000n, '3s'],
    [1_500_000_000n, '1.5s'],
    [1_000_000_001n, '1.000000001s'],
    [90_000_000_000n, '1m30s'],
    [300_000_000_000n, '5m0s'],
    [3_600_000_000_000n, '1h0m0s'],
    [21_600_000_000_000n, '6h0m0s'],
    [-90_000_000_000n, '-1m30s'],
  ])('of %s ns is the one that Go writes', (ns, text) => {
    expect(durationText(ns)).toBe(text)
  })
})
