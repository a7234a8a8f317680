// Bluesky's own servers on loopback: PLC directory, PDS and AppView, from the npm package @atproto/dev-env that Bluesky publishes.
//
//   node bluesky_servers.mjs     reads JSON from its input: {"modules", "postgres", "redis", "ports": {"plc", "pds", "appview"}, "names"}
//
// Writes one line of JSON when all is ready: {"service", "appview", "accounts": [{"handle", "did", "password", "app_password"}]}.
// Ends when its input ends, so that it never outlives who started it.
import net from 'node:net'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'

// None of these packages says where it listens, which would be everywhere.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...given) {
  const [first, second] = given
  if (typeof first === 'number' || /^\d+$/.test(first)) {
    if (typeof second !== 'string') given.splice(1, 0, '127.0.0.1')
  } else if (first && typeof first === 'object' && 'port' in first && !first.host) {
    given[0] = { ...first, host: '127.0.0.1' }
  }
  return listen.apply(this, given)
}
process.env.NODE_ENV = 'test'
process.env.LOG_ENABLED = 'false'

const input = readline.createInterface({ input: process.stdin })
const asked = JSON.parse(await new Promise((told) => input.once('line', told)))
input.once('close', () => process.exit(0))

const folder = path.join(asked.modules, '@atproto', 'dev-env')
const described = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
const entry = described.exports?.['.']?.default ?? described.main ?? 'dist/index.js'
const dev = await import(pathToFileURL(path.join(folder, entry)).href)

// As @atproto/dev-env puts a network together, without its moderation service.
const plc = await dev.TestPlc.create({ port: asked.ports.plc })
const bsync = await dev.TestBsync.create({ apiKeys: ['bsync-api-key'], dbUrl: asked.postgres, dbSchema: 'bsync' })
const bsky = await dev.TestBsky.create({
  plcUrl: plc.url,
  pdsPort: asked.ports.pds,
  bsyncApiKey: 'bsync-api-key',
  bsyncUrl: bsync.url,
  repoProvider: `ws://localhost:${asked.ports.pds}`,
  dbPostgresUrl: asked.postgres,
  dbPostgresSchema: 'appview',
  redisHost: asked.redis,
  port: asked.ports.appview,
  publicUrl: `http://localhost:${asked.ports.appview}`,
})
bsync.ctx.dataplaneClients = [bsky.ctx.dataplane]
const pds = await dev.TestPds.create({
  didPlcUrl: plc.url,
  bskyAppViewUrl: bsky.url,
  bskyAppViewDid: bsky.ctx.cfg.serverDid,
  bskyAppViewCdnUrlPattern: `http://localhost:${asked.ports.appview}/img/%s/plain/%s/%s@jpeg`,
  port: asked.ports.pds,
  hostname: 'localhost',
  enableDidDocWithSession: true,
})
dev.mockNetworkUtilities(pds, bsky) // names under .test are found at this PDS

const service = `http://localhost:${asked.ports.pds}`
const call = async (method, body, token) => {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const answer = await fetch(`${service}/xrpc/${method}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const data = await answer.json()
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${JSON.stringify(data)}`)
  return data
}
const accounts = []
for (const name of asked.names) {
  const [handle, password] = [`${name}.test`, `${name}-password`]
  const made = await call('com.atproto.server.createAccount', { handle, email: `${name}@example.test`, password })
  const app = await call('com.atproto.server.createAppPassword', { name: 'test' }, made.accessJwt)
  // The app writes one when an account is made.
  const record = { $type: 'app.bsky.actor.profile', displayName: name, createdAt: new Date().toISOString() }
  await call('com.atproto.repo.putRecord', { repo: made.did, collection: record.$type, rkey: 'self', record }, made.accessJwt)
  accounts.push({ handle, did: made.did, password, app_password: app.password })
}
console.log(JSON.stringify({ service, appview: `http://localhost:${asked.ports.appview}`, accounts }))
