/** Public images that several components run for a moment, each at one version everywhere. */
export const toolImages = {
  curl: 'docker.io/curlimages/curl:8.16.0',
  /** MinIO's client. */
  mc: 'docker.io/pgsty/mc:RELEASE.2026-09-16T00-00-00Z',
  /** ClickHouse's client: the server's image, of the version that component clickhouse runs. */
  clickhouse: 'docker.io/altinity/clickhouse-server:26.3.53.10001.altinitystable',
} as const
