import { type Maybe, type Region, type Resource, resource } from '@openova/core'
import { bootstrapService, brokerService, brokerTls } from './listeners.ts'

/** By the platform CA, so that clients in both regions trust every broker; Kafka reads keys in PKCS#8 only. */
export function brokerCertificate(region: Maybe<Region>, brokers: number): Resource {
  const services = ['kafka-kafka-bootstrap', '*.kafka-kafka-brokers', ...(region ? outside(region, brokers) : [])]
  return resource('cert-manager.io/v1/Certificate', 'kafka', {
    spec: {
      secretName: brokerTls,
      commonName: 'kafka',
      dnsNames: services.map((service) => `${service}.strimzi.svc`),
      usages: ['server auth'],
      privateKey: { algorithm: 'RSA', encoding: 'PKCS8', size: 2048, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

const outside = (region: Region, brokers: number) => [
  bootstrapService(region),
  ...Array.from({ length: brokers }, (_, broker) => brokerService(region, broker)),
]
