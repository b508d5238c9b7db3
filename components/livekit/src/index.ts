import { cache, defineComponent, generate, host, secret, template } from '@openova/core'
import { ports, serverConfig } from './config.ts'
import { mediaPolicy, servers } from './server.ts'
import { values } from './values.ts'

export type { LivekitValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Video calls: a media server that sends each stream on to all who watch it, reached through STUNner. */
export default defineComponent({
  name: 'livekit',
  tier: 'a-la-carte',
  category: 'communication',
  namespace: 'livekit',
  values,

  requires: ['stunner'],
  network: { metrics: [ports.metrics] },
  metrics: [
    {
      name: 'Rooms',
      expr: 'sum(livekit_room_total)',
      unit: 'rooms',
      for: '5m',
      action: 'None at all while people call: the host livekit does not lead to this region, or an app has another API key.',
    },
    {
      name: 'People in rooms',
      expr: 'sum by (pod) (livekit_participant_total)',
      unit: 'people',
      for: '5m',
      action: 'One server with all of them: a large room lives on one server; raise `cpu` before its streams stutter.',
    },
    {
      name: 'Lost packets',
      expr: 'sum(rate(livekit_packet_loss_total[5m])) / sum(rate(livekit_packet_total[5m]))',
      unit: 'of 1',
      above: 0.05,
      for: '10m',
      action:
        'Look at CPU of livekit and of the TURN servers in namespace stunner, and at the nodes with their addresses: one of the three is full.',
    },
    {
      name: 'Servers away',
      expr: 'absent(livekit_room_total{namespace="livekit"})',
      unit: 'servers',
      above: 0,
      for: '5m',
      action: 'Look at the pods in namespace livekit; they wait for the cache of valkey.',
    },
  ],

  needs: ({ platform: { regions } }) => ({
    web: host({
      name: 'livekit',
      service: 'livekit',
      port: ports.http,
      waf: { off: 'Calls are set up and kept over a WebSocket that stays open as long as they last.' },
    }),
    // A room lives in one region, so each has a cache of its own.
    redis: cache({ scope: 'regional', secret: ({ username, password }) => ({ username, password }) }),
    // A token of one region is good in the other.
    keys: secret('keys', { key: template(apiKey), secret: generate(40), keys: template(`${apiKey}: {{ .secret }}`) }, { scope: 'shared' }),
    turn: secret(
      'turn',
      { secret: template('{{ .secret }}') },
      { scope: 'shared', path: `shared/${regions[0]}/stunner/auth`, readOnly: true },
    ),
  }),

  before: () => [mediaPolicy()],
  install: ({ values, platform, region, granted: { redis, keys, turn } }) =>
    servers(values, {
      config: serverConfig(values, { platform, region, cache: redis.address }),
      secrets: { keys: keys.secret, cache: redis.secret, turn: turn.secret },
    }),
})

/** Whoever makes tokens names it; the secret beside it is what matters. */
const apiKey = 'platform'
