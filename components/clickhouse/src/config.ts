import { platformCa } from '@openova/core'
import { ports } from './hosts.ts'

interface Config {
  region: string
  /** Services of all servers that hold the same tables. */
  replicas: readonly string[]
  /** Address of the bucket for backups. */
  backup: string
  /** Whether Kafka is read. */
  kafka: boolean
}

/** What all servers of a region have in common; it is read after what the operator makes. */
export function serverConfig({ region, replicas, backup, kafka }: Config): string {
  return `<clickhouse>
  <logger>
    <level>information</level>
    <console>1</console>
    <log remove="1"/>
    <errorlog remove="1"/>
  </logger>
  <macros>
    <region>${region}</region>
  </macros>
  <!-- The same table has the same path on all servers, whoever makes it. -->
  <default_replica_path>/clickhouse/tables/{shard}/{database}/{table}</default_replica_path>
  <default_replica_name>{replica}</default_replica_name>
  <remote_servers>
    <default replace="1">
      <secret from_env="CLICKHOUSE_INTERNODE_CLUSTER_SECRET"/>
      <shard>
        <internal_replication>true</internal_replication>
${replicas.map(replica).join('')}      </shard>
    </default>
  </remote_servers>
  <!-- The operator's own path has the name of the installation, which is another one in each region. -->
  <distributed_ddl>
    <path replace="1">/clickhouse/task_queue/ddl</path>
  </distributed_ddl>
  <prometheus>
    <endpoint>/metrics</endpoint>
    <port>${ports.metrics}</port>
    <metrics>true</metrics>
    <events>true</events>
    <asynchronous_metrics>true</asynchronous_metrics>
  </prometheus>
  <openSSL>
    <client>
      <loadDefaultCAFile>false</loadDefaultCAFile>
      <caConfig>${platformCa.file}</caConfig>
      <verificationMode>strict</verificationMode>
      <disableProtocols>sslv2,sslv3,tlsv1,tlsv1_1</disableProtocols>
      <invalidCertificateHandler>
        <name>RejectCertificateHandler</name>
      </invalidCertificateHandler>
    </client>
  </openSSL>
  <named_collections>
    <backup>
      <url>${backup}</url>
      <access_key_id from_env="BACKUP_ACCESS_KEY"/>
      <secret_access_key from_env="BACKUP_SECRET_KEY"/>
    </backup>
  </named_collections>
${kafka ? kafkaClient : ''}${endless.map((table) => `  <${table} remove="1"/>\n`).join('')}</clickhouse>
`
}

/** By the short name: only that is an address of its own in a pod's hosts file, by which a server knows which statements `ON CLUSTER` are for it. */
const replica = (host: string) => `        <replica>
          <host>${host}</host>
          <port>${ports.native}</port>
        </replica>
`

const kafkaClient = `  <kafka>
    <security_protocol>SASL_SSL</security_protocol>
    <sasl_mechanism>SCRAM-SHA-512</sasl_mechanism>
    <sasl_username from_env="KAFKA_USERNAME"/>
    <sasl_password from_env="KAFKA_PASSWORD"/>
    <ssl_ca_location>${platformCa.file}</ssl_ca_location>
    <auto_offset_reset>earliest</auto_offset_reset>
  </kafka>
`

/** Logs of the server about itself that nothing reads and nothing ends. */
const endless = ['asynchronous_metric_log', 'metric_log', 'text_log', 'processors_profile_log', 'latency_log', 'query_metric_log']
