/** Where dumps lie, and of which region they are. */
export interface Store {
  endpoint: string
  bucket: string
  region: string
}

const openStore = ({ endpoint }: Store) => `until mc alias set store ${endpoint} "$ACCESS_KEY" "$SECRET_KEY" >/dev/null; do sleep 5; done
`

/** Brings the dump that is to replace the graph, unless it did already. */
export const fetchDump = (store: Store, restore: string) => `[ "$(cat /backups/restored 2>/dev/null)" != '${restore}' ] || exit 0
${openStore(store)}mkdir -p /backups/incoming
mc cp --quiet 'store/${store.bucket}/${restore}' /backups/incoming/neo4j.dump
`

/**
 * What can be done only while the server stands still: a dump replaces the graph, or one is made of it, unless the last is of this hour.
 * Without a dump the server starts all the same: whoever asked for it finds none in the bucket, and says so.
 */
export const workOffline = (restore: string) => `mkdir -p /backups/outgoing
if [ -f /backups/incoming/neo4j.dump ]; then
  neo4j-admin database load neo4j --from-path=/backups/incoming --overwrite-destination=true
  echo '${restore}' >/backups/restored
  rm /backups/incoming/neo4j.dump
elif [ -d /data/databases/neo4j ] && [ -z "$(find /backups/last -mmin -60 2>/dev/null)" ]; then
  if neo4j-admin database dump neo4j --to-path=/backups --overwrite-destination=true; then
    mv /backups/neo4j.dump "/backups/outgoing/neo4j-$(date -u +%Y%m%dT%H%M%SZ).dump"
    touch /backups/last
  else
    echo 'no dump: the server was not shut down in order, the next start tries again'
  fi
fi
`

/** Beside the server, for as long as it runs: what has arrived in MinIO leaves the volume. */
export const sendDumps = (store: Store) => `trap exit TERM
${openStore(store)}while true; do
  for dump in /backups/outgoing/*.dump; do
    [ -f "$dump" ] || continue
    mc cp --quiet "$dump" store/${store.bucket}/${store.region}/ && rm "$dump" || echo "$dump has to wait"
  done
  sleep 30 & wait $!
done
`

/** Stops the server, which is started again by its StatefulSet and does its work offline before. */
export const restartServer = `account=/var/run/secrets/kubernetes.io/serviceaccount
pod() {
  curl --fail --silent --show-error --cacert $account/ca.crt --header "Authorization: Bearer $(cat $account/token)" \\
    --request "$1" https://kubernetes.default.svc/api/v1/namespaces/neo4j/pods/neo4j-0 | tr -d ' \\n'
}
started() { grep -o '"startTime":"[^"]*"'; }
before=$(pod GET | started)
pod DELETE >/dev/null
until now=$(pod GET) && [ "$(echo "$now" | started)" != "$before" ] && echo "$now" | grep -q '"type":"Ready"[^}]*"status":"True"'; do
  sleep 10
done
`

/** Fails where no new dump arrives, and deletes the old ones of this region. */
export const checkDump = (store: Store, keepDays: number) => `${openStore(store)}tries=0
until mc find store/${store.bucket}/${store.region} --name '*.dump' --newer-than 2h | grep .; do
  tries=$((tries + 1))
  [ $tries -lt 60 ] || { echo 'no dump: read the log of the container offline of neo4j-0'; exit 1; }
  sleep 15
done
mc rm --quiet --recursive --force --older-than ${keepDays}d store/${store.bucket}/${store.region}/ || echo 'nothing to delete'
`
