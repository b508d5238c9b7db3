/**
 * An experiment of our own is a script that ends well or does not; what Litmus knows of it is the ChaosResult that `finish` writes.
 * `undo` is called in the end whatever happens, also when the engine is stopped.
 */
const frame = `name="$CHAOSENGINE-$EXPERIMENT_NAME"
runs() { kubectl --namespace litmus get chaosresult "$name" --ignore-not-found --output "jsonpath={.status.history.$1Runs}"; }
passed=$(runs passed) failed=$(runs failed) stopped=$(runs stopped) aborted=
record() {
  kubectl apply --server-side --force-conflicts --validate=false --filename - <<END
apiVersion: litmuschaos.io/v1alpha1
kind: ChaosResult
metadata: { name: $name, namespace: litmus, labels: { chaosUID: $CHAOS_UID } }
spec: { engine: $CHAOSENGINE, experiment: $EXPERIMENT_NAME }
status:
  experimentStatus: { phase: $1, verdict: $2, probeSuccessPercentage: "$3" }
  history: { passedRuns: \${passed:-0}, failedRuns: \${failed:-0}, stoppedRuns: \${stopped:-0} }
END
}
undo() { :; }
finish() {
  code=$?
  trap - EXIT
  trap '' TERM
  undo || code=1
  if [ -n "$aborted" ]; then
    stopped=$((\${stopped:-0} + 1))
    record Stopped Stopped 0
  elif [ "$code" = 0 ]; then
    passed=$((\${passed:-0} + 1))
    record Completed Pass 100
  else
    failed=$((\${failed:-0} + 1))
    record Completed_With_Error Fail 0
  fi
  exit 0
}
trap finish EXIT
trap 'aborted=yes; exit 1' TERM
pause() { sleep "$1" & wait $!; }
# Tries a command for so many seconds until it succeeds.
within() {
  end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || { echo "not in time: $*"; return 1; }
    pause 5
  done
}
pods() {
  kubectl --namespace "$NAMESPACE" get pods --field-selector status.phase=Running --selector "$SELECTOR" --output \\
    jsonpath='{range .items[*]}{.metadata.name} {.metadata.uid} {.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}'
}
record Running Awaited Awaited
`

/** One pod of a selector, killed at once; well when another one is in its place and as many are ready as were. */
export const podLoss = `${frame}count_ready() { pods | grep -c ' True$' || true; }
before=$(count_ready)
[ "$before" -gt 0 ]
read -r pod uid _ <<<"$(pods | grep ' True$' | shuf -n 1)"
echo "kills $pod"
kubectl --namespace "$NAMESPACE" delete pod "$pod" --grace-period=0 --force --wait=false
replaced() { ! pods | grep -q " $uid " && [ "$(count_ready)" -ge "$before" ]; }
within 300 replaced
`

/** A node on which nothing of this experiment runs, drained and given back; well when what was ready is ready again. */
export const nodeLoss = `${frame}busy=$(kubectl --namespace litmus get pods --selector "chaosUID=$CHAOS_UID" --output 'jsonpath={.items[*].spec.nodeName}')
node=
for one in $(kubectl get nodes --output 'jsonpath={.items[*].metadata.name}' | tr ' ' '\\n' | shuf); do
  case " $busy " in *" $one "*) ;; *) node=$one; break ;; esac
done
[ -n "$node" ]
missing() {
  kubectl get deployments,statefulsets --all-namespaces --output \\
    jsonpath='{range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name} {.spec.replicas} {.status.readyReplicas}{"\\n"}{end}' |
    awk '$2 + 0 > $3 + 0 { print $1 }' | sort
}
before=$(missing)
undo() { kubectl uncordon "$node"; }
echo "drains $node"
# What a disruption budget holds stays on it.
kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --force --timeout "\${DURATION}s" & wait $! || true
pause "$DURATION"
undo
recovered() { [ -z "$(comm -13 <(echo "$before") <(missing))" ]; }
within 900 recovered
`

/** A namespace without its way to and from the other region; well when all of its pods are ready. */
export const linkLoss = `${frame}undo() { kubectl --namespace "$NAMESPACE" delete ciliumnetworkpolicy chaos-link-loss --ignore-not-found --wait=false; }
undo
peer="{ matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': $PEER }, matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: Exists }] }"
kubectl create --validate=false --filename - <<END
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: chaos-link-loss, namespace: $NAMESPACE }
spec:
  endpointSelector: {}
  enableDefaultDeny: { ingress: false, egress: false }
  ingressDeny: [{ fromEndpoints: [$peer] }]
  egressDeny: [{ toEndpoints: [$peer] }]
END
pause "$DURATION"
undo
unharmed() { ! pods | grep -q ' False$'; }
within 300 unharmed
`
