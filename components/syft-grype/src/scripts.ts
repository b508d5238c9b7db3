interface Bucket {
  endpoint: string
  bucket: string
}

/** What runs, each image once, by its full name; images without a name have no registry to be read from. */
export const findImages = `mkdir -p /work/tmp /work/bills /work/new /work/findings /work/events
account=/var/run/secrets/kubernetes.io/serviceaccount
curl --fail --silent --show-error --cacert $account/ca.crt --header "Authorization: Bearer $(cat $account/token)" \\
  --output /work/tmp/pods.json 'https://kubernetes.default.svc/api/v1/pods?fieldSelector=status.phase%3DRunning'
grep -o '"image": *"[^"]*"' /work/tmp/pods.json | cut -d '"' -f 4 | grep -v '^sha256:' |
  awk -F / '{ if (NF == 1) print "docker.io/library/" $0; else if ($1 !~ /[.:]/) print "docker.io/" $0; else print }' |
  sort -u >/work/images
rm /work/tmp/pods.json
echo "$(wc -l </work/images) images"
`

/** An image of one tag has one bill, whichever region made it. */
const fileOf = `file=$(echo "$image" | tr '/:@' '___')`

const openStore = ({ endpoint }: Bucket) => `mc alias set store ${endpoint} "$ACCESS_KEY" "$SECRET_KEY" >/dev/null
`

/** Bills that are there already; only what they lack is pulled. */
export const readBills = (bucket: Bucket) => `${openStore(bucket)}while read -r image; do
  ${fileOf}
  mc cp --quiet "store/${bucket.bucket}/bills/$file.json" "/work/bills/$file.json" >/dev/null 2>&1 </dev/null || true
done </work/images
`

/** An image that cannot be read is named in the end, and does not keep the others from being scanned. */
export const scanImages = `while read -r image; do
  ${fileOf}
  [ ! -s "/work/bills/$file.json" ] || continue
  if /syft scan "registry:$image" --quiet --output "cyclonedx-json=/work/tmp/$file.json" </dev/null; then
    cp "/work/tmp/$file.json" "/work/new/$file.json"
    mv "/work/tmp/$file.json" "/work/bills/$file.json"
  else
    echo "$image" >>/work/failed
  fi
done </work/images
`

/** Of each image all findings as JSON, and those that matter as events. An event's id is what it says, so in OpenSearch a second scan of a day replaces the first. */
export const vulnerabilitiesOf = (region: string, severities: readonly string[]) => `/grype db update --quiet
export GRYPE_DB_AUTO_UPDATE=false
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
while read -r image; do
  ${fileOf}
  [ -s "/work/bills/$file.json" ] || continue
  cat >/work/tmp/events.tmpl <<END
${eventTemplate(region, severities)}END
  /grype "sbom:/work/bills/$file.json" --quiet --template /work/tmp/events.tmpl \\
    --output "json=/work/findings/$file.json" --output "template=/work/events/$file.ndjson" </dev/null || echo "$image" >>/work/failed
done </work/images
`

/** Two lines of OpenSearch's bulk format for each match; \`$image\` and \`$now\` are the shell's. */
function eventTemplate(region: string, severities: readonly string[]): string {
  const id = '{{ printf "$image %s %s %s" .Vulnerability.ID .Artifact.Name .Artifact.Version | sha1sum }}'
  const fields = {
    vulnerability: '.Vulnerability.ID',
    severity: '.Vulnerability.Severity',
    risk: '.Vulnerability.Risk',
    fix: '.Vulnerability.Fix.State',
    fixedIn: '.Vulnerability.Fix.Versions',
    package: '.Artifact.Name',
    version: '.Artifact.Version',
    type: '.Artifact.Type',
  }
  const event = Object.entries(fields).map(([key, path]) => `,"${key}":{{ toJson ${path} }}`)
  const wanted = severities.map((severity) => `"${severity}"`).join(' ')
  return `{{ range .Matches }}{{ if has .Vulnerability.Severity (list ${wanted}) }}{"index":{"_id":"${id}"}}
{"@timestamp":"$now","region":"${region}","image":"$image"${event.join('')}}
{{ end }}{{ end }}
`
}

/** Bills are common to both regions, findings are of a region and a day. What is stored already is not stored again: the bucket keeps versions. */
export const storeResults = (
  bucket: Bucket,
  { region, keepDays }: { region: string; keepDays: number },
) => `${openStore(bucket)}put() { [ -z "$(ls "$1")" ] || mc cp --quiet --recursive "$1/" "store/${bucket.bucket}/$2/"; }
put /work/new bills
put /work/findings "findings/${region}/$(date -u +%Y-%m-%d)"
mc rm --quiet --recursive --force --older-than ${keepDays}d "store/${bucket.bucket}/findings/${region}/"
`

/** Where events go. For each, `send` says what is wrong, or nothing. */
type Target = 'kafka' | 'opensearch'

/** Events to Kafka, by the collector that writes there, or to this region's OpenSearch. The Job fails when one is refused, or when no image at all could be scanned. */
export const reportFindings = (region: string, target: Target) => `${target === 'kafka' ? sendToCollector : sendToOpenSearch(region)}
refused=
for file in /work/events/*.ndjson; do
  grep -v '^$' "$file" >/work/tmp/events || continue
  problem=$(send)
  [ -z "$problem" ] || { echo "$file: $problem"; refused=yes; }
done
if [ -s /work/failed ]; then
  echo 'could not be scanned:'
  sort -u /work/failed
fi
[ -z "$refused" ]
[ -n "$(ls /work/bills)" ]
`

/** Without the lines that only OpenSearch reads. */
const sendToCollector = `send() {
  grep -v '^{"index":' /work/tmp/events >/work/tmp/lines
  curl --fail-with-body --silent --show-error --retry 5 --retry-all-errors --output /work/tmp/answer \\
    --header 'Content-Type: application/x-ndjson' --data-binary @/work/tmp/lines \\
    http://siem-collector.opentelemetry.svc:8088/sbom 2>/work/tmp/error || cat /work/tmp/error /work/tmp/answer
}`

const sendToOpenSearch = (region: string) => `index=siem-${region}-sbom-$(date -u +%Y.%m.%d)
send() {
  answer=$(curl --fail-with-body --silent --show-error --retry 5 --retry-all-errors --cacert /ca/ca.crt --user "ingest:$PASSWORD" \\
    --header 'Content-Type: application/x-ndjson' --data-binary @/work/tmp/events \\
    "https://opensearch.opensearch.svc:9200/$index/_bulk?filter_path=errors,items.*.error" 2>&1) || true
  case $answer in
    *'"errors":false'*) ;;
    *) echo "$answer" ;;
  esac
}`
