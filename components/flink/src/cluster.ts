import { deployment, parseCpu, parseMemory, type Region, type Resource, resource } from '@openova/core'
import { podTemplate } from './pod.ts'
import type { Stores } from './pod.ts'
import type { FlinkValues } from './values.ts'

export const clusterName = 'flink'

/** One cluster for all jobs, with a fixed number of task managers, so that what it takes is known. */
export function cluster(values: FlinkValues, { region, ...stores }: Stores & { region: Region }): Resource {
  const { image, jobManager, taskManager } = values
  return resource('flink.apache.org/v1beta1/FlinkDeployment', clusterName, {
    workloads: [
      deployment(clusterName, {
        at: { replicas: 'spec.jobManager.replicas' },
        replicas: jobManager.replicas,
        cpu: jobManager.cpu,
        memory: jobManager.memory,
        memoryLimit: jobManager.memory,
      }),
      deployment(`${clusterName}-taskmanager`, {
        at: { replicas: 'spec.taskManager.replicas' },
        replicas: taskManager.replicas,
        cpu: taskManager.cpu,
        memory: taskManager.memory,
        memoryLimit: taskManager.memory,
        spread: 'preferred',
      }),
    ],
    spec: {
      image: `${image.repository}:${image.tag}`,
      flinkVersion: 'v2_2',
      mode: 'standalone',
      serviceAccount: 'flink',
      flinkConfiguration: settings(values, region, stores),
      podTemplate: podTemplate(image, stores),
      jobManager: { replicas: jobManager.replicas, resource: resourceOf(jobManager) },
      taskManager: { replicas: taskManager.replicas, resource: resourceOf(taskManager) },
    },
  })
}

/** Both regions see one bucket, so each has a folder of its own in it. */
function settings({ taskManager, checkpointInterval }: FlinkValues, { name: region }: Region, { state }: Stores): Record<string, string> {
  const folder = `s3://${state.bucket}/${region}`
  return {
    'taskmanager.numberOfTaskSlots': String(taskManager.slots),
    // The operator would make the request a limit.
    'kubernetes.jobmanager.cpu.limit-factor': '4',
    'kubernetes.taskmanager.cpu.limit-factor': '4',
    'high-availability.type': 'kubernetes',
    'high-availability.storageDir': `${folder}/ha`,
    'execution.checkpointing.interval': checkpointInterval,
    'execution.checkpointing.dir': `${folder}/checkpoints`,
    'execution.checkpointing.savepoint-dir': `${folder}/savepoints`,
    'execution.checkpointing.incremental': 'true',
    'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
    'state.backend.type': 'rocksdb',
    'restart-strategy.type': 'exponential-delay',
    's3.endpoint': state.endpoint,
    's3.path.style.access': 'true',
    'env.java.opts.all': '-Djavax.net.ssl.trustStore=/trust/cacerts',
    'metrics.reporters': 'prom',
    'metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
    'metrics.reporter.prom.port': '9249',
  }
}

/** As Flink reads it: `4096m` are mebibytes. */
const resourceOf = ({ cpu, memory }: { cpu: string; memory: string }) => ({
  cpu: parseCpu(cpu) / 1000,
  memory: `${Math.floor(parseMemory(memory) / 2 ** 20)}m`,
})
