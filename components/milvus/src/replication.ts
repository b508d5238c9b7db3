import { job, type Resource, resource } from '@openova/core'
import { port } from './cluster.ts'

interface Link {
  /** Regions that write and follow. */
  from: string
  to: string
  channels: number
  /** Secret with the password of `root`, the same in both. */
  root: string
}

const definitions = 'replication-api'

/** As much of Milvus' API as the Jobs call. */
export function replicationApi(): Resource {
  return resource('v1/ConfigMap', definitions, { data: { 'milvus.proto': proto } })
}

/** Tells both sides who writes and who follows; a side that says so already is left alone. */
export function replicateJob(link: Link): Resource {
  const { from, to } = link
  const topology = JSON.stringify({ sourceClusterId: from, targetClusterId: to }).slice(1, -1)
  const configuration = JSON.stringify({
    replicateConfiguration: {
      clusters: [clusterOf(from, link.channels), clusterOf(to, link.channels)],
      crossClusterTopology: [{ sourceClusterId: from, targetClusterId: to }],
    },
  })
  // Told at the same time: while the direction turns, the one that is to write waits for what the other has left.
  return apiJob('replicate', {
    root: link.root,
    script: `link() {
  found=$(call "$1" GetReplicateConfiguration '{}')
  echo "$found" | tr -d ' \\n' | grep -q '${topology}' && { echo "$1 knows it"; return; }
  answer=$(call "$1" UpdateReplicateConfiguration "${quoted(configuration)}")
  failed "$answer" && return 1
  echo "$1 is told"
}
link ${to} & other=$!
link ${from}
wait $other
`,
  })
}

/**
 * Makes this region write by itself, whatever the other one says: for the day on which it does not answer.
 * Suspended; the failover-controller starts a copy of it, or a person.
 */
export function promoteJob({ to, channels, root }: Link): Resource {
  const configuration = JSON.stringify({
    replicateConfiguration: { clusters: [clusterOf(to, channels)], crossClusterTopology: [] },
    forcePromote: true,
  })
  return apiJob('promote', {
    root,
    suspend: true,
    script: `answer=$(call ${to} UpdateReplicateConfiguration "${quoted(configuration)}")
case $answer in *'current cluster is primary'*) echo 'it writes already'; exit ;; esac
! failed "$answer"
`,
  })
}

const clusterOf = (region: string, channels: number) => ({
  clusterId: region,
  connectionParam: { uri: `http://${addressOf(region)}`, token: '$TOKEN' },
  pchannels: Array.from({ length: channels }, (_, index) => `${region}-rootcoord-dml_${index}`),
})

const addressOf = (region: string) => `milvus-${region}.milvus.svc:${port}`

/** For the shell's double quotes, which fill in the token. */
const quoted = (json: string) => json.replaceAll('"', '\\"')

/** `call REGION METHOD BODY`; what is answered may be a failure all the same. */
const functions = `export TOKEN="root:$ROOT_PASSWORD"
export LOGIN=$(printf %s "$TOKEN" | base64 | tr -d '\\n')
call() {
  printf %s "$3" | grpcurl -plaintext -max-time 900 -import-path /api -proto milvus.proto -expand-headers \\
    -H 'authorization: \${LOGIN}' -d @ "milvus-$1.milvus.svc:${port}" "milvus.proto.milvus.MilvusService/$2"
}
failed() {
  echo "$1" | tr -d ' \\n' | grep -Eq '"(code|errorCode)":-?[1-9]' || return 1
  echo "$1" | grep '"reason"' >&2 || true
}
`

interface Script {
  script: string
  root: string
  suspend?: boolean
}

/** It may run again at any time, and does after every change of its script. */
function apiJob(name: string, { script, root, suspend }: Script): Resource {
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '32Mi' })],
    spec: {
      suspend,
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image: 'docker.io/fullstorydev/grpcurl:v1.9.3-alpine',
              command: ['/bin/sh', '-euc', `${functions}${script}`],
              env: [{ name: 'ROOT_PASSWORD', valueFrom: { secretKeyRef: { name: root, key: 'password' } } }],
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'api', mountPath: '/api', readOnly: true }],
            },
          ],
          volumes: [{ name: 'api', configMap: { name: definitions } }],
        },
      },
    },
  })
}

const proto = `syntax = "proto3";
package milvus.proto.milvus;

service MilvusService {
  rpc UpdateReplicateConfiguration(UpdateReplicateConfigurationRequest) returns (Status) {}
  rpc GetReplicateConfiguration(GetReplicateConfigurationRequest) returns (GetReplicateConfigurationResponse) {}
}

message Status {
  int32 error_code = 1;
  string reason = 2;
  int32 code = 3;
  bool retriable = 4;
  string detail = 5;
}

message ConnectionParam {
  string uri = 1;
  string token = 2;
}

message MilvusCluster {
  string cluster_id = 1;
  ConnectionParam connection_param = 2;
  repeated string pchannels = 3;
}

message CrossClusterTopology {
  string source_cluster_id = 1;
  string target_cluster_id = 2;
}

message ReplicateConfiguration {
  repeated MilvusCluster clusters = 1;
  repeated CrossClusterTopology cross_cluster_topology = 2;
}

message UpdateReplicateConfigurationRequest {
  ReplicateConfiguration replicate_configuration = 1;
  bool force_promote = 2;
}

message GetReplicateConfigurationRequest {}

message GetReplicateConfigurationResponse {
  Status status = 1;
  ReplicateConfiguration configuration = 2;
}
`
