import { describe, expect, test } from 'vitest'

import { scheduleProblems } from './cron-schedule'

describe('a schedule is taken', () => {
  test.each([
    '0 0 * * *',
    '*/15 * * * *',
    '  5\t4 * * sun ',
    '0,30 8-18/2 1,15 JAN-mar mon-FRI',
    '1,,2 * * * *',
    '59 23 31 12 6',
    '? ? ? ? ?',
    '+5 007 * * *',
    '10/5 * * * *',
    '*-5 * * * *',
    '@daily',
    '@yearly',
    '@every 1h30m',
  ])('%s', (schedule) => {
    expect(scheduleProblems(schedule)).toEqual([])
  })
})

describe('a schedule is refused as the API server would', () => {
  test.each<readonly [string, string]>([
    ['now and then', 'must have five fields, got 3 in "now and then"'],
    [' ', 'must have five fields, got 0 in " "'],
    ['0 0 0 * * *', 'must have five fields, got 6 in "0 0 0 * * *"'],
    ['*/0 * * * *', 'the minute has a step that is not above 0, got "*/0"'],
    ['*/x * * * *', 'the minute has a step that is not above 0, got "*/x"'],
    ['*/-1 * * * *', 'the minute has a step that is not above 0, got "*/-1"'],
    ['1/2/3 * * * *', 'the minute has more than one slash, got "1/2/3"'],
    ['60 * * * *', 'the minute is out of range, got "60"'],
    ['* 24 * * *', 'the hour is out of range, got "24"'],
    ['* * 0 * *', 'the day of the month is out of range, got "0"'],
    ['* * * 13 *', 'the month is out of range, got "13"'],
    ['* * * * 7', 'the day of the week is out of range, got "7"'],
    ['* * * * sunday', 'the day of the week is neither a number nor a range, got "sunday"'],
    ['* * * * 1.5', 'the day of the week is neither a number nor a range, got "1.5"'],
    ['* * * mon *', 'the month is neither a number nor a range, got "mon"'],
    ['5-1 * * * *', 'the minute ends before it begins, got "5-1"'],
    ['1-2-3 * * * *', 'the minute has more than one dash, got "1-2-3"'],
    ['-5 * * * *', 'the minute is neither a number nor a range, got "-5"'],
    ['TZ=UTC 0 0 * * *', 'must not name a time zone, got "TZ=UTC 0 0 * * *"'],
    ['CRON_TZ=Asia/Tokyo @daily', 'must not name a time zone, got "CRON_TZ=Asia/Tokyo @daily"'],
    ['@noon', 'must be a schedule in cron format, got "@noon"'],
    ['@every day', 'must be a schedule in cron format, got "@every day"'],
  ])('%s', (schedule, message) => {
    expect(scheduleProblems(schedule).map((problem) => problem.message)).toEqual([message])
  })

  test('with everything that is wrong with it, and what to write instead', () => {
    expect(scheduleProblems('60/0,61 * * foo *')).toEqual([
      {
        message: 'the minute is out of range, got "60/0"',
        remedy: 'write values from 0 to 59, ranges such as 0-59, or *',
      },
      {
        message: 'the minute has a step that is not above 0, got "60/0"',
        remedy: 'write a step of 1 or more, e.g. */15, or leave the slash out',
      },
      {
        message: 'the minute is out of range, got "61"',
        remedy: 'write values from 0 to 59, ranges such as 0-59, or *',
      },
      {
        message: 'the month is neither a number nor a range, got "foo"',
        remedy: 'write values from 1 to 12 (or jan to dec), ranges such as 1-12, or *',
      },
    ])
  })

  test('a field of nothing but commas, which the API server takes, would never run', () => {
    expect(scheduleProblems(', * * * *').map(({ message }) => message)).toEqual([
      'the minute is empty, got ","',
    ])
  })
})
