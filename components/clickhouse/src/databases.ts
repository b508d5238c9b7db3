/**
 * Makes the databases on each server of the region. Not `ON CLUSTER`: that would wait for the other region.
 * A Job of ours and not of the consumer, whose Secret has other keys, and no startup script, which would run at the next start only.
 */
export function makeDatabases(hosts: readonly string[], databases: readonly string[]): string {
  return `for host in ${hosts.join(' ')}; do
${['  clickhouse-client --host "$host" --query "SELECT 1" >/dev/null', ...databases.map(create)].join('\n')}
done
`
}

const create = (database: string) => `  clickhouse-client --host "$host" --query "CREATE DATABASE IF NOT EXISTS ${database}"`

/**
 * Tables that were made before there was a second region. Those that come later are made `ON CLUSTER`, in both.
 * They are the write region's own statements, so that both sides have the same path and become replicas of one table.
 */
export function copyTables(hosts: readonly string[], { source, databases }: { source: string; databases: readonly string[] }): string {
  const list = databases.map((database) => `'${database}'`).join(', ')
  return `statements="$(clickhouse-client --host ${source} --query "
  SELECT concat(create_table_query, ';') FROM system.tables
  WHERE database IN (${list}) AND (engine LIKE 'Replicated%' OR engine IN ('View', 'MaterializedView'))
  ORDER BY engine LIKE 'Replicated%' DESC FORMAT TSVRaw" |
  sed -E 's/^CREATE (TABLE|VIEW|MATERIALIZED VIEW) /CREATE \\1 IF NOT EXISTS /')"
for host in ${hosts.join(' ')}; do
  clickhouse-client --host "$host" --multiquery <<<"$statements"
done
`
}

/**
 * Tables whose keepers have forgotten them are read-only: after a switch of the write region, or a loss of the keepers.
 * Each server tells the new keepers what it has. While the keepers are away it waits.
 */
export function recoverTables(hosts: readonly string[], keeper: string): string {
  return `# Keepers: ${keeper}
ask() { clickhouse-client --host "$host" --query "$1"; }
for host in ${hosts.join(' ')}; do
  ask "SELECT count() FROM system.zookeeper WHERE path = '/'" >/dev/null
  for attempt in $(seq 10); do
    tables="$(ask "SELECT concat('\`', database, '\`.\`', table, '\`') FROM system.replicas WHERE is_readonly FORMAT TSVRaw")"
    [ -n "$tables" ] || continue 2
    # A table is read-only for a moment after each start, too.
    sleep 15
    while read -r table; do
      ask "SYSTEM RESTART REPLICA $table" || true
      ask "SYSTEM RESTORE REPLICA $table" || true
    done <<<"$tables"
  done
  echo "$host: still read-only: $tables" >&2
  exit 1
done
`
}
