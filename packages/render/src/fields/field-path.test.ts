import { describe, expect, it } from 'vitest'

import { fieldStep, indexStep, isWithin, itemStep, showPath, stepOf, valueStep } from './field-path'

describe('a path', () => {
  it('is shown with dots, keys and places', () => {
    const path = [
      fieldStep('spec'),
      fieldStep('ports'),
      itemStep({ port: 5000, protocol: 'TCP' }),
      fieldStep('targetPort'),
    ]
    expect(showPath(path)).toBe('spec.ports[port=5000,protocol=TCP].targetPort')
    expect(showPath([fieldStep('ingress'), indexStep(1)])).toBe('ingress[1]')
    expect(showPath([fieldStep('finalizers'), valueStep('a')])).toBe('finalizers[=a]')
  })

  it('quotes names that have dots themselves', () => {
    expect(showPath([fieldStep('data'), fieldStep('.dockerconfigjson')])).toBe(
      'data[".dockerconfigjson"]',
    )
  })

  it('is within what it starts with, and not within what its text starts with', () => {
    const env = [fieldStep('env'), itemStep({ name: 'A' })]
    expect(isWithin([...env, fieldStep('value')], env)).toBe(true)
    expect(isWithin([fieldStep('environment')], [fieldStep('env')])).toBe(false)
  })
})

describe('a key of fieldsV1', () => {
  it('is a step', () => {
    expect(stepOf('f:spec')).toEqual(fieldStep('spec'))
    expect(stepOf('k:{"name":"registry"}')).toEqual(itemStep({ name: 'registry' }))
    expect(stepOf('v:"a"')).toEqual(valueStep('a'))
    expect(stepOf('i:0')).toEqual(indexStep(0))
  })

  it('is no step where it stands for the thing itself, or makes no sense', () => {
    expect(['.', 'k:{', 'k:1', 'i:"a"', 'x:1'].map(stepOf)).toEqual(Array(5).fill(undefined))
  })
})
