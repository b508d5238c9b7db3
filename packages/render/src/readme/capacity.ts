import { parseCpu, parseMemory, type Region, type UnitPlan, type Workload } from '@openova/core'

interface Amount {
  cpu: number
  memory: number
  pods: number
}

/** Requests of a unit in a region; what a Job takes, it gives back. */
export function sizeOf(unit: UnitPlan, region: Region): { cpu: number; memory: string; pods: number } {
  return readable(requestsOf(unit, region))
}

/** What all units request, beside what the node pools have. */
export function describeCapacity(units: readonly UnitPlan[], region: Region) {
  const total = units.map((unit) => requestsOf(unit, region)).reduce(add, none)
  const cores = sum(region.pools.map(({ count, cpu }) => count * cpu))
  const gigabytes = sum(region.pools.map(({ count, memory }) => count * memory))
  return {
    ...readable(total),
    cores,
    gigabytes,
    nodes: region.nodes,
    cpuShare: percent(total.cpu, cores * 1000),
    memoryShare: percent(total.memory, gigabytes * 1e9),
    perNode: readable({ cpu: total.cpu / region.nodes, memory: total.memory / region.nodes, pods: Math.ceil(total.pods / region.nodes) }),
    pools: region.pools.map(({ name, role, source, count, cpu, memory, gpu }) => ({
      name,
      role,
      source,
      count,
      cpu,
      memory,
      gpu: gpu ? `${gpu.count} x ${gpu.model}` : 'none',
    })),
  }
}

function requestsOf({ stages }: UnitPlan, region: Region): Amount {
  const workloads = stages.flatMap(({ releases, resources }) => [...releases, ...resources].flatMap((one) => one.workloads))
  return workloads
    .filter(({ kind }) => kind !== 'Job')
    .map((workload) => amountOf(workload, region))
    .reduce(add, none)
}

function amountOf({ kind, replicas, cpu, memory }: Workload, { nodes }: Region): Amount {
  const pods = replicas ?? (kind === 'DaemonSet' ? nodes : 1)
  return { cpu: pods * parseCpu(cpu), memory: pods * parseMemory(memory), pods }
}

const none: Amount = { cpu: 0, memory: 0, pods: 0 }
const add = (a: Amount, b: Amount): Amount => ({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory, pods: a.pods + b.pods })
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const percent = (part: number, whole: number) => (whole > 0 ? `${Math.round((100 * part) / whole)} %` : 'n/a')

/** Cores with two decimals, whole Mi: a README is no ledger. */
const readable = ({ cpu, memory, pods }: Amount) => ({ cpu: Math.ceil(cpu / 10) / 100, memory: `${Math.ceil(memory / 2 ** 20)}Mi`, pods })
