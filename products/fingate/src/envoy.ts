import { type Resource, resource } from '@openova/core'
import { envoySecrets, namespace } from './names.ts'
import { grpc, http, type Service } from './services.ts'

const name = 'openbanking'
const type = (path: string) => `type.googleapis.com/envoy.${path}`
/** As Cilium would make it: then the name is the same to those who look it up by themselves. */
const clusterName = (service: string) => `${namespace}/${name}/${service}`

export interface Backend {
  name: string
  namespace: string
  port: number
}
interface Options {
  hosts: { api: readonly string[]; auth: readonly string[] }
  port: number
  certificate: string
  anchors: string
  apis: readonly Service[]
  login: Backend
}

/**
 * Cilium's Gateways cannot ask for the certificate of a client, nor for somebody else's verdict on a request.
 * So Envoy gets a listener of its own: for the API it ends TLS, wants a certificate, and asks ext-authz before it calls anybody;
 * for logins it passes TLS on to Keycloak, which asks for the certificate itself.
 */
export function envoy({ hosts, port, certificate, anchors, apis, login }: Options): Resource {
  const backends: Backend[] = [
    { name: 'ext-authz', namespace, port: grpc },
    ...apis.map((service) => ({ name: service.name, namespace, port: http })),
    login,
  ]
  return resource('cilium.io/v2/CiliumEnvoyConfig', name, {
    annotations: { 'cec.cilium.io/use-original-source-address': 'false' },
    spec: {
      services: [{ name, namespace, listener: name, ports: [port] }],
      backendServices: backends.map((backend) => ({ name: backend.name, namespace: backend.namespace, number: [String(backend.port)] })),
      resources: [
        {
          '@type': type('config.listener.v3.Listener'),
          name,
          listener_filters: [
            {
              name: 'envoy.filters.listener.tls_inspector',
              typed_config: { '@type': type('extensions.filters.listener.tls_inspector.v3.TlsInspector') },
            },
          ],
          filter_chains: [
            {
              filter_chain_match: { transport_protocol: 'tls', server_names: hosts.api },
              transport_socket: mutualTls(certificate, anchors),
              filters: [connectionManager(apis)],
            },
            {
              filter_chain_match: { transport_protocol: 'tls', server_names: hosts.auth },
              filters: [
                {
                  name: 'envoy.filters.network.tcp_proxy',
                  typed_config: {
                    '@type': type('extensions.filters.network.tcp_proxy.v3.TcpProxy'),
                    stat_prefix: 'openbanking-auth',
                    cluster: clusterName(login.name),
                  },
                },
              ],
            },
          ],
        },
        ...backends.map(cluster),
      ],
    },
  })
}

function mutualTls(certificate: string, anchors: string) {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': type('extensions.transport_sockets.tls.v3.DownstreamTlsContext'),
      require_client_certificate: true,
      common_tls_context: {
        alpn_protocols: ['h2', 'http/1.1'],
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
        tls_certificate_sds_secret_configs: [{ name: `${envoySecrets}/${certificate}` }],
        validation_context_sds_secret_config: { name: `${envoySecrets}/${anchors}` },
      },
    },
  }
}

/** What a client says of its certificate in headers is thrown away; what Envoy saw takes its place. */
function connectionManager(apis: readonly Service[]) {
  const routes = apis.flatMap(({ name: service, paths = [] }) =>
    paths.map((path) => ({ match: { path_separated_prefix: path }, route: { cluster: clusterName(service), timeout: '30s' } })),
  )
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': type('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'),
      stat_prefix: 'openbanking-api',
      use_remote_address: true,
      normalize_path: true,
      merge_slashes: true,
      path_with_escaped_slashes_action: 'REJECT_REQUEST',
      forward_client_cert_details: 'SANITIZE_SET',
      set_current_client_cert_details: { subject: true, cert: true, chain: true },
      http_filters: [
        authorization,
        { name: 'envoy.filters.http.router', typed_config: { '@type': type('extensions.filters.http.router.v3.Router') } },
      ],
      route_config: { name: 'openbanking-api', virtual_hosts: [{ name: 'openbanking-api', domains: ['*'], routes }] },
    },
  }
}

/** Without a verdict nobody gets in. */
const authorization = {
  name: 'envoy.filters.http.ext_authz',
  typed_config: {
    '@type': type('extensions.filters.http.ext_authz.v3.ExtAuthz'),
    transport_api_version: 'V3',
    failure_mode_allow: false,
    status_on_error: { code: 'ServiceUnavailable' },
    include_peer_certificate: true,
    grpc_service: { envoy_grpc: { cluster_name: clusterName('ext-authz') }, timeout: '2s' },
  },
}

function cluster({ name: service, namespace: where, port }: Backend) {
  return {
    '@type': type('config.cluster.v3.Cluster'),
    name: clusterName(service),
    type: 'EDS',
    connect_timeout: '5s',
    lb_policy: 'ROUND_ROBIN',
    eds_cluster_config: { service_name: `${where}/${service}:${port}` },
    ...(port === grpc && {
      typed_extension_protocol_options: {
        'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
          '@type': type('extensions.upstreams.http.v3.HttpProtocolOptions'),
          explicit_http_config: { http2_protocol_options: {} },
        },
      },
    }),
  }
}
