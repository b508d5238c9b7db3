import { type Platform, present, type Region, type Resource, resource } from '@openova/core'
import { edgeService, tlsPort, turnName, turnPorts } from './edge.ts'
import type { StunnerValues } from './values.ts'

interface Options {
  platform: Platform
  region: Region
  /** The Secret with the shared secret from which credentials are made. */
  auth: string
  livekit: boolean
}

/** Class, configuration and Gateway of the TURN servers, what leads to them, and the one app to which they lead. */
export function turnGateway({ tls, certificateIssuer, logLevel }: StunnerValues, { platform, region, auth, livekit }: Options): Resource[] {
  const hostname = turnName(platform, region)
  return present<Resource>([
    resource('stunner.l7mp.io/v1/GatewayConfig', 'turn', {
      spec: {
        authRef: { name: auth, namespace: 'stunner' },
        logLevel: `all:${logLevel.toUpperCase()}`,
        // The operator's Service is for itself; the one at the edge is ours.
        loadBalancerServiceAnnotations: {
          'stunner.l7mp.io/service-type': 'ClusterIP',
          'stunner.l7mp.io/enable-mixed-protocol-lb': 'true',
          'stunner.l7mp.io/targetport': JSON.stringify(tls ? { udp: turnPorts.udp, tls: turnPorts.tls } : { udp: turnPorts.udp }),
        },
      },
    }),
    resource('gateway.networking.k8s.io/v1/GatewayClass', 'stunner', {
      spec: {
        controllerName: 'stunner.l7mp.io/gateway-operator',
        parametersRef: { group: 'stunner.l7mp.io', kind: 'GatewayConfig', name: 'turn', namespace: 'stunner' },
      },
    }),
    tls &&
      resource('cert-manager.io/v1/Certificate', 'turn', {
        spec: { secretName: 'turn-tls', dnsNames: [hostname], issuerRef: { kind: 'ClusterIssuer', name: certificateIssuer } },
      }),
    resource('gateway.networking.k8s.io/v1/Gateway', 'turn', {
      spec: {
        gatewayClassName: 'stunner',
        addresses: [{ type: 'Hostname', value: hostname }],
        listeners: [
          { name: 'udp', port: turnPorts.udp, protocol: 'TURN-UDP' },
          ...(tls
            ? [
                {
                  name: 'tls',
                  port: tlsPort(platform),
                  protocol: 'TURN-TLS',
                  tls: { mode: 'Terminate' as const, certificateRefs: [{ name: 'turn-tls' }] },
                },
              ]
            : []),
        ],
      },
    }),
    edgeService({ platform, region, tls }),
    livekit &&
      resource('stunner.l7mp.io/v1/UDPRoute', 'livekit', {
        spec: { parentRefs: [{ name: 'turn' }], rules: [{ backendRefs: [{ name: 'livekit', namespace: 'livekit' }] }] },
      }),
  ])
}
