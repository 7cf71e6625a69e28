// Starts Azurite's blob server with the accounts of a file (its first argument; JSON, name to key), which is read at each
// request: Azurite by itself takes its accounts from the environment, once a minute.
const { readFileSync } = require('node:fs')

const [, , file, ...args] = process.argv
process.argv.splice(2, process.argv.length, ...args)

const { default: AccountDataStore } = require('azurite/dist/src/common/AccountDataStore.js')

AccountDataStore.prototype.getAccount = (name) => {
  const key = JSON.parse(readFileSync(file, 'utf8'))[name]
  return key === undefined ? undefined : { name, key1: Buffer.from(key, 'base64') }
}

require('azurite/dist/src/blob/main.js')
