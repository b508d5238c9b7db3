import { boolean, integer, list, map, object, oneOf, text } from '../shapes.ts'
import { kind } from './kind.ts'

export const k8gb = () => [
  kind('k8gb.io/v1beta1/Gslb', {
    'strategy!': object({
      'type!': oneOf('roundRobin', 'failover', 'geoip'),
      primaryGeoTag: text,
      dnsTtlSeconds: integer,
      splitBrainThresholdSeconds: integer,
      weight: map(integer),
    }),
    serviceHealthPolicy: { ...oneOf('Any', 'All'), default: 'Any' },
    resourceRef: object({
      apiVersion: text,
      kind: text,
      name: text,
      namespace: text,
      matchLabels: map(text),
      matchExpressions: list(object({ 'key!': text, 'operator!': text, values: list(text) })),
    }),
  }),
  kind('k8gb.io/v1beta1/ZoneDelegation', {
    'loadBalancedZone!': text,
    'parentZone!': text,
    'dnsZoneNegTTL!': integer,
    doFinalize: { ...boolean, default: false },
  }),
]
