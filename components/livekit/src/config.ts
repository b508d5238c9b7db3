import { hostNames, type Platform, type Region } from '@openova/core'
import type { LivekitValues } from './values.ts'

/** Where signalling, media and metrics are served. */
export const ports = { http: 7880, media: 7882, metrics: 6789 }

interface Options {
  platform: Platform
  region: Region
  /** `host:port` of the cache. */
  cache: string
}

/** The server's configuration; what stands as `$(NAME)` the kubelet fills in from the container's environment. */
export function serverConfig(values: LivekitValues, { platform, region, cache }: Options): string {
  const host = hostNames('turn', region.code, platform.domain).regionName
  const turn = { host, secret: '$(TURN_SECRET)', ttl: values.credentialHours * 3600 }
  return JSON.stringify({
    port: ports.http,
    prometheus_port: ports.metrics,
    region: region.name,
    logging: { level: values.logLevel, json: true },
    redis: { address: cache, username: '$(REDIS_USERNAME)', password: '$(REDIS_PASSWORD)' },
    rtc: {
      // All media passes STUNner, which reaches the pods by their own addresses: no port of a node is needed.
      udp_port: ports.media,
      tcp_port: 0,
      use_external_ip: false,
      stun_servers: [`${host}:3478`],
      turn_servers: [
        { ...turn, port: 3478, protocol: 'udp' },
        { ...turn, port: turnTlsPort(platform), protocol: 'tls' },
      ],
    },
    room: { auto_create: values.autoCreateRooms, max_participants: values.maxParticipants },
  })
}

/** As STUNner chooses it: 443, but where that port of the nodes is the Gateway's. */
const turnTlsPort = ({ loadBalancer }: Platform): number => (loadBalancer === 'k8gb' ? 5349 : 443)
